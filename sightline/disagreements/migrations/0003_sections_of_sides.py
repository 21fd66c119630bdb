"""A side's words are read by whoever may read what its agency says: health's and the police's by fewer."""

from django.db import migrations, models

from sightline.access.fence import row_by_row, statements
from sightline.access.rules import section_choices

SIDE = row_by_row(
    "EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = disagreements_side.disagreement_id"
    " AND access_may_see(s.person_id, disagreements_side.section))"
)


class Migration(migrations.Migration):
    dependencies = [("disagreements", "0002_fences"), ("record", "0015_step_due_again")]

    operations = [
        migrations.AddField(
            model_name="side",
            name="section",
            field=models.CharField(choices=section_choices(), default="ordinary", max_length=20),
        ),
        statements([f"ALTER POLICY reading ON disagreements_side USING ({SIDE})"]),
    ]

from django.db import migrations

from sightline.access.fence import may_see, row_by_row, statements

# As it was (0003), with whom I may see asked once for all sides: a function is asked anew for each.
SIDE = row_by_row(
    "EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = disagreements_side.disagreement_id"
    f" AND {may_see('s.person_id', 'disagreements_side.section')})"
)


class Migration(migrations.Migration):
    dependencies = [("disagreements", "0004_unheld"), ("access", "0005_one_person_two_keys")]

    operations = [statements([f"ALTER POLICY reading ON disagreements_side USING ({SIDE})"])]

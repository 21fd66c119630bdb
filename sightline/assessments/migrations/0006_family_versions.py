import django.db.models.deletion
from django.db import migrations, models

from sightline.access.fence import fence, may_see, statements
from sightline.kernel.references import new_id

# Of an assessment that I may read, the version of somebody whom I may see: one child's is not read through another's.
READ = (
    "EXISTS (SELECT 1 FROM assessments_signedassessment s WHERE s.entry_id = assessments_familyversion.signed_id)"
    f" AND {may_see('recipient_id')}"
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_fences_of_rounds"), ("people", "0006_withdrawn")]

    operations = [
        migrations.CreateModel(
            name="FamilyVersion",
            fields=[
                ("id", models.UUIDField(default=new_id, primary_key=True, serialize=False)),
                (
                    "signed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="assessments.signedassessment",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("by", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("signed", "recipient", "number"), name="assessments_family_version_once"
                    )
                ]
            },
        ),
        statements(fence("assessments_familyversion", read=READ)),
    ]

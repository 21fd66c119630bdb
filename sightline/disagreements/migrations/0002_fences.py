from django.db import migrations

from sightline.access.fence import fence, statements

STEP = "EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = {step})"


class Migration(migrations.Migration):
    dependencies = [("disagreements", "0001_initial"), ("record", "0014_protecting")]

    operations = [
        statements(
            fence(
                "disagreements_disagreement",
                read=STEP.format(step="disagreements_disagreement.step_id"),
                change=["safety", "resolved_on", "resolved_at", "resolved_by", "resolved_how", "learned", "entry_id"],
            ),
            fence("disagreements_side", read=STEP.format(step="disagreements_side.disagreement_id")),
            fence(
                "disagreements_stage",
                read=STEP.format(step="disagreements_stage.disagreement_id"),
                change=["ended_at", "came_of"],
            ),
        )
    ]

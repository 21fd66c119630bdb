from django.db import migrations

from sightline.access.fence import fence, statements

ENTRY = "EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = {entry})"


class Migration(migrations.Migration):
    dependencies = [("recording", "0003_visits"), ("record", "0008_fences_of_endings")]

    operations = [
        statements(
            fence(
                "recording_plannedvisit",
                read="EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = recording_plannedvisit.step_id)",
            ),
            fence("recording_visit", read=ENTRY.format(entry="recording_visit.entry_id")),
            fence("recording_appointment", read=ENTRY.format(entry="recording_appointment.entry_id")),
            # What is one child's alone is read by whoever reads that child, while it stands on their record.
            fence(
                "recording_visitchild",
                read="EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = recording_visitchild.entry_id"
                " AND s.person_id = recording_visitchild.child_id)",
            ),
        )
    ]

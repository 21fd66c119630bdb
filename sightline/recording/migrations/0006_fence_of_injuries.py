from django.db import migrations

from sightline.access.fence import fence, statements


class Migration(migrations.Migration):
    dependencies = [("recording", "0005_injuries"), ("record", "0014_protecting")]

    operations = [
        statements(
            # Read while it stands on the child's own record.
            fence(
                "recording_injury",
                read="EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = recording_injury.entry_id"
                " AND s.person_id = recording_injury.child_id)",
            )
        )
    ]

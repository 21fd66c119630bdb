from django.db import migrations

from sightline.access.fence import fence, statements


class Migration(migrations.Migration):
    dependencies = [("recording", "0001_initial"), ("record", "0002_fences")]

    operations = [
        statements(
            fence(
                "recording_phonecall",
                read="EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = recording_phonecall.entry_id)",
            )
        )
    ]

from django.db import migrations

from sightline.access.fence import SERVING, fence, statements


class Migration(migrations.Migration):
    dependencies = [("record", "0007_with_help")]

    operations = [
        statements(
            [f"GRANT UPDATE (late_because) ON record_step TO {SERVING}"],
            fence(
                "record_ending",
                read="EXISTS (SELECT 1 FROM record_step p WHERE p.id = record_ending.step_id)",
                change=[
                    "reason", "what_changed", "how_to_come_back", "who_holds_worry", "returned_at",
                    "returned_because", "authorised_at", "authorised_by", "entry_id",
                ],
            ),
            fence(
                "record_leftopen",
                read="EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = record_leftopen.entry_id)",
            ),
        )
    ]  # fmt: skip

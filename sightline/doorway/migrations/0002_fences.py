from django.db import migrations

from sightline.access.fence import fence, open_table, statements

MINE = "account = access_actor()"


class Migration(migrations.Migration):
    dependencies = [("doorway", "0001_initial"), ("access", "0002_fences")]

    operations = [
        statements(
            fence("doorway_submission", read=MINE, add=MINE, change=["result"]),
            fence(
                "doorway_draft",
                read=MINE,
                add=MINE,
                change=["body", "saved_at", "version", "title"],
                remove=True,
            ),
            open_table("doorway_effect"),
        )
    ]

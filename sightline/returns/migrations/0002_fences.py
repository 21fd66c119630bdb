from django.db import migrations

from sightline.access.fence import fence, may_see, open_table, statements

PERSON = may_see("person_id")


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("record", "0002_fences")]

    operations = [
        statements(
            open_table("returns_import", change=["undone_at", "undone_by", "counts"]),
            fence("returns_importedchild", read=PERSON, change=["withdrawn_at"]),
            fence(
                "returns_importedepisode",
                read="EXISTS (SELECT 1 FROM record_episode e WHERE e.id = returns_importedepisode.episode_id)",
            ),
            fence("returns_staged", read=PERSON),
        )
    ]

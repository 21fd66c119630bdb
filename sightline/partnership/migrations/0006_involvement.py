from django.db import migrations

from sightline.access.fence import SERVING, fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("partnership", "0005_with_help"), ("access", "0002_fences")]

    operations = [
        statements(
            fence("partnership_involvement", read=may_see("child"), change=["to_on", "name", "role"]),
            [
                f"GRANT UPDATE (closed_on) ON partnership_agency TO {SERVING}",
                f"GRANT UPDATE (closed_on) ON partnership_agencypost TO {SERVING}",
            ],
        )
    ]

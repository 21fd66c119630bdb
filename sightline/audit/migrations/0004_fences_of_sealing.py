from django.db import migrations

from sightline.access.fence import fence, statements


class Migration(migrations.Migration):
    # Leaves are written by the sealer's function alone; what a supervisor found is theirs to read.
    dependencies = [("audit", "0003_need_to_know")]

    operations = [
        statements(
            fence("audit_leaf", read="false", add="false"),
            fence("audit_answered", read="by = access_actor()"),
        )
    ]

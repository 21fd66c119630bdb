from django.db import migrations

from sightline.access.fence import SERVING, statements


class Migration(migrations.Migration):
    # A worker gives their address because they choose to, and takes it back: the row goes.
    dependencies = [("workforce", "0006_fences_of_sessions")]

    operations = [
        statements(
            [
                (
                    f"CREATE POLICY removing ON workforce_workerhome FOR DELETE TO {SERVING}"
                    " USING (account_id = access_actor())"
                ),
                f"GRANT DELETE ON workforce_workerhome TO {SERVING}",
            ]
        )
    ]

from django.db import migrations

from sightline.access.fence import SERVING, open_table, statements


class Migration(migrations.Migration):
    # A session is asked for by its key before anybody is known, so no row policy can stand before it. The store
    # of the library, whose keys nobody could end, goes with what is in it: whoever is signed in signs in again.
    dependencies = [("workforce", "0005_sessions_and_closing")]

    operations = [
        statements(
            open_table(
                "workforce_session",
                change=["session_data", "expire_date", "account_id", "browser", "began_at", "seen_at"],
            ),
            [
                f"GRANT DELETE ON workforce_session TO {SERVING}",
                f"GRANT UPDATE (closed_because, opened_again_at) ON workforce_account TO {SERVING}",
                "DROP TABLE IF EXISTS django_session",
            ],
        )
    ]

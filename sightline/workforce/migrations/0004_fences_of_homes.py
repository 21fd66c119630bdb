from django.db import migrations

from sightline.access.fence import fence, statements


class Migration(migrations.Migration):
    # Where a worker lives is theirs alone to see; the steward's function compares it.
    dependencies = [("workforce", "0003_need_to_know")]

    operations = [
        statements(
            fence(
                "workforce_workerhome",
                read="account_id = access_actor()",
                add="account_id = access_actor()",
                change=["match_key", "postcode", "given_at"],
            )
        )
    ]

from django.db import migrations

from sightline.access.fence import mine


class Migration(migrations.Migration):
    # The fence of the grants themselves stands inside every other rule. As a plain equality it would
    # be searched for, once for each of a manager's many posts, before the person is.
    dependencies = [("access", "0002_fences")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY reading ON access_grant USING (({mine('reader')}) IS TRUE)", migrations.RunSQL.noop
        )
    ]

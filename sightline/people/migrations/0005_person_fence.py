from django.db import migrations

from sightline.access.fence import may_see


class Migration(migrations.Migration):
    # Inside the rule's own question a bare `id` is the grant's, so the column has to say whose it is.
    dependencies = [("people", "0004_finding")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY reading ON people_person USING ({may_see('people_person.id', chr(39) + 'identity' + chr(39))})",
            migrations.RunSQL.noop,
        )
    ]

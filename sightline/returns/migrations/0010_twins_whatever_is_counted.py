from django.db import migrations

from sightline.access.fence import as_steward, statements

# An import is one transaction, so the database has not counted what it brought in; and after one that was refused it
# has counted none at all. It would then go through every child for each child: a thousand took five minutes.
JOINED_WHOLE = as_steward(["ALTER FUNCTION returns_close_twins(uuid, timestamptz) SET enable_nestloop = off"])


class Migration(migrations.Migration):
    dependencies = [("returns", "0009_possible_twins")]

    operations = [statements(JOINED_WHOLE)]

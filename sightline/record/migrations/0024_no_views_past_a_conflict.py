from importlib import import_module

from django.db import migrations

from sightline.access.fence import statements

ENDS = "(b.until_at IS NULL OR b.until_at > statement_timestamp())\n    ), look AS"
WITHOUT = ENDS.replace("\n    ), look", "\n        UNION SELECT unnest(access_conflicts())\n    ), look")

# As it was made, but for one line: who reviews a restriction is told of the views of it, unless they have a conflict
# of interest about whom it closes.
MADE = import_module("sightline.record.migrations.0022_views_of_a_week").VIEWS
VIEWS = [statement.replace(ENDS, WITHOUT) for statement in MADE]


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0023_newest_of_mine"),
        ("access", "0009_conflicts_of_whoever_reviews"),
    ]

    operations = [statements(VIEWS)]

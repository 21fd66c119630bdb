from django.db import migrations, models

from sightline.access.fence import may_see, statements
from sightline.people.search_functions import FUNCTIONS

IDENTITY = may_see("people_person.id", "'identity'")


class Migration(migrations.Migration):
    # Somebody whom an undone import had brought in is gone from every view; and a child without a
    # name is found under the authority's child id.
    dependencies = [("people", "0005_weighing_by_index")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        statements(
            [f"ALTER POLICY reading ON people_person USING ({IDENTITY} AND withdrawn_at IS NULL)"],
            FUNCTIONS,
        ),
    ]

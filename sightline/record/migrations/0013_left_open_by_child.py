import django.contrib.postgres.fields
from django.db import migrations, models

from sightline.access.fence import as_steward, may_see, row_by_row, statements

# What was open about one child is not read with a half-brother's closing summary.
READ = row_by_row(
    "EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = record_leftopen.entry_id)"
    f" AND EXISTS (SELECT 1 FROM unnest(record_leftopen.children) AS c(child) WHERE {may_see('c.child')})"
)
OF_ALL = """
    UPDATE record_leftopen l SET children = ARRAY(SELECT s.person_id FROM record_entrysubject s
                                                  WHERE s.entry_id = l.entry_id)
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0012_goes_on_for_others")]

    operations = [
        migrations.AddField(
            model_name="leftopen",
            name="children",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        statements(as_steward([OF_ALL]), [f"ALTER POLICY reading ON record_leftopen USING ({READ})"]),
    ]

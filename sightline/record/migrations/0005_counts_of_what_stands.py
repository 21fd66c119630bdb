from django.db import migrations

from sightline.access.fence import statements, steward_function

# What an operator counts, over everything and about nobody. What was withdrawn does not stand.
COUNTS = steward_function(
    "record_status_counts() RETURNS TABLE (label text, count bigint) LANGUAGE sql STABLE",
    body="""
    SELECT 'people', count(*) FROM people_person WHERE withdrawn_at IS NULL
    UNION ALL SELECT 'children', count(*) FROM people_person WHERE kind = 'child' AND withdrawn_at IS NULL
    UNION ALL SELECT 'episodes', count(*) FROM record_episode WHERE withdrawn_at IS NULL
    UNION ALL SELECT 'entries', count(*) FROM record_entry e
        WHERE EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = e.id AND s.withdrawn_at IS NULL)
    UNION ALL SELECT 'open steps', count(*) FROM record_step WHERE closed_at IS NULL
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0004_taken_off"), ("people", "0006_withdrawn")]

    operations = [statements(COUNTS)]

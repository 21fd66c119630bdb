from django.db import migrations

from sightline.access.fence import statements, steward_function

# What an operator counts, over everything and about nobody.
COUNTS = steward_function(
    "record_status_counts() RETURNS TABLE (label text, count bigint) LANGUAGE sql STABLE",
    body="""
    SELECT 'people', count(*) FROM people_person
    UNION ALL SELECT 'children', count(*) FROM people_person WHERE kind = 'child'
    UNION ALL SELECT 'episodes', count(*) FROM record_episode WHERE withdrawn_at IS NULL
    UNION ALL SELECT 'entries', count(*) FROM record_entry
    UNION ALL SELECT 'open steps', count(*) FROM record_step WHERE closed_at IS NULL
    """,
)

# Anything that nobody carries: an open step, or an open episode, whose line of posts ends without
# somebody to ring at that moment. The answer should be no rows.
UNHELD = steward_function(
    "record_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    WITH silent AS (
        SELECT p.id FROM workforce_post p
        WHERE NOT EXISTS (SELECT 1 FROM workforce_who_to_ring(p.id, at_moment))
    )
    SELECT 'step', s.id FROM record_step s
    WHERE s.closed_at IS NULL AND s.post_id IN (SELECT id FROM silent)
    UNION ALL
    SELECT 'episode', e.id FROM record_episode e
    WHERE e.closed_at IS NULL AND e.withdrawn_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM record_allocation a WHERE a.episode_id = e.id AND a.to_at IS NULL
          AND a.post_id NOT IN (SELECT id FROM silent))
    """,
)

# Which post carries somebody's open episode, whoever asks: for routing to it and for nothing else.
CARRIER_OF = steward_function(
    "record_carrier_of(of_person uuid) RETURNS uuid LANGUAGE sql STABLE",
    body="""
    SELECT a.post_id FROM record_allocation a JOIN record_episode e ON e.id = a.episode_id
    WHERE a.child_id = of_person AND a.to_at IS NULL AND e.closed_at IS NULL
      AND e.withdrawn_at IS NULL AND access_actor() IS NOT NULL
    ORDER BY a.from_at DESC LIMIT 1
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0002_fences")]

    operations = [statements(COUNTS, UNHELD, CARRIER_OF)]

from django.db import migrations

from sightline.access.fence import statements, steward_function

# What is on nobody's record any more owes nothing: its open steps end, and the posts that carried
# them are named so that they can be told. Nothing happens while it still is on somebody's. A plan, an enquiry, an
# order, a conference, help that was asked for and a disagreement go on, whatever they arose from: they end by an
# act of their own, and until then somebody holds them. Their posts are told as well.
CLOSE_WITHDRAWN = steward_function(
    "record_close_withdrawn(of_entry uuid, at_moment timestamptz) RETURNS TABLE (post uuid) LANGUAGE sql",
    body="""
    WITH versions AS (
        SELECT v.id FROM record_entry asked JOIN record_entry v ON v.root = asked.root
        WHERE asked.id = of_entry AND access_actor() IS NOT NULL
    ), arose AS (
        SELECT t.id, t.kind, t.post_id FROM record_step t
        WHERE t.arose_from_id IN (SELECT id FROM versions) AND t.closed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM record_entrysubject s
                          WHERE s.entry_id IN (SELECT id FROM versions) AND s.withdrawn_at IS NULL)
    ), closed AS (
        UPDATE record_step SET closed_at = at_moment, outcome = 'withdrawn'
        WHERE id IN (SELECT a.id FROM arose a WHERE a.kind NOT IN
                     ('plan', 'service', 'enquiry', 'order', 'conference', 'disagreement'))
        RETURNING id
    ), sight AS (
        UPDATE access_grant SET until_at = greatest(at_moment, from_at)
        WHERE because_of IN (SELECT id FROM closed) AND (until_at IS NULL OR until_at > at_moment)
    )
    SELECT DISTINCT post_id FROM arose
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0025_barred_once")]

    operations = [statements(CLOSE_WITHDRAWN)]

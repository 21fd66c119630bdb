from django.db import migrations, models
from django.db.models import Q

from sightline.access.fence import statements, steward_function

# The rule for one person, as the policies have it: a grant to one of mine that covers the section, and no bar.
# A wish and a wholly withdrawn passage are asked where the words are read.
GRANTED = """
    g.reader = ANY (mine) AND 'ordinary' = ANY (g.sections) AND g.from_at <= statement_timestamp()
    AND (g.until_at IS NULL OR g.until_at > statement_timestamp())
"""
STANDS = """
    s.withdrawn_at IS NULL AND s.superseded_at IS NULL AND (s.apart IS NULL OR s.apart = ANY (mine))
"""

# A reader of few is answered child by child. Of a reader of many, the newest are soon met walking back from
# today, each asked by itself; where the two meet, both cost the same.
NEWEST = steward_function(
    "record_newest_of_mine(how_many integer, few_are integer DEFAULT 1000) RETURNS TABLE (entry uuid, occurred timestamptz)"
    " LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan SET jit = off",
    body=f"""
    DECLARE
        mine uuid[] := access_principals();
        closed uuid[] := access_bars();
        wanted integer := least(how_many, 200);
        few boolean;
    BEGIN
        SELECT count(*) <= few_are INTO few FROM (SELECT 1 FROM access_grant g WHERE {GRANTED} LIMIT few_are + 1) AS granted;
        IF few THEN
            RETURN QUERY
            SELECT DISTINCT found.entry_id, found.occurred_from
            FROM (SELECT DISTINCT g.person FROM access_grant g WHERE {GRANTED} AND g.person <> ALL (closed)) AS child
            CROSS JOIN LATERAL (
                SELECT s.entry_id, s.occurred_from FROM record_entrysubject s
                WHERE s.person_id = child.person AND {STANDS}
                ORDER BY s.occurred_from DESC, s.entry_id DESC LIMIT wanted) AS found
            ORDER BY 2 DESC, 1 DESC LIMIT wanted;
        ELSE
            RETURN QUERY
            SELECT DISTINCT found.entry_id, found.occurred_from FROM (
                SELECT s.entry_id, s.occurred_from FROM record_entrysubject s
                WHERE {STANDS} AND s.person_id <> ALL (closed) AND EXISTS (
                    SELECT 1 FROM access_grant g
                    WHERE g.person = s.person_id AND ({GRANTED}) IS TRUE OFFSET 0)
                -- One entry may concern several of mine.
                ORDER BY s.occurred_from DESC, s.entry_id DESC LIMIT wanted * 4) AS found
            ORDER BY 2 DESC, 1 DESC LIMIT wanted;
        END IF;
    END
    """,
)
COUNT = steward_function(
    "record_count_of_mine() RETURNS TABLE (people bigint, entries bigint)"
    " LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan SET jit = off",
    body=f"""
    DECLARE
        mine uuid[] := access_principals();
        closed uuid[] := access_bars();
    BEGIN
        RETURN QUERY
        WITH child AS MATERIALIZED (
            SELECT DISTINCT g.person FROM access_grant g WHERE {GRANTED} AND g.person <> ALL (closed)
        )
        SELECT (SELECT count(*) FROM child),
            (SELECT count(*) FROM child c JOIN record_entrysubject s ON s.person_id = c.person WHERE {STANDS});
    END
    """,
)


class Migration(migrations.Migration):
    # What happened last to any of mine, and how much there is of mine, at a cost that does not grow with the authority.
    dependencies = [("record", "0022_views_of_a_week")]

    operations = [
        migrations.AddIndex(
            model_name="entrysubject",
            index=models.Index(
                fields=["-occurred_from", "-entry"],
                include=["person", "apart"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="record_subject_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="entrysubject",
            index=models.Index(
                fields=["person"],
                include=["apart"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="record_subject_standing",
            ),
        ),
        statements(NEWEST, COUNT),
    ]

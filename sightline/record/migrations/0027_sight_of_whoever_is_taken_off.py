from django.db import migrations

from sightline.access.fence import statements, steward_function

# Whoever is taken off an entry was perhaps never meant: a team that reads an adult only because an episode arose
# from that entry reads them no longer. A child's own record, and an adult who is around the child, stay with the team.
WITHDRAW = steward_function(
    "record_withdraw(of_entry uuid, from_person uuid, at_moment timestamptz) RETURNS integer LANGUAGE plpgsql",
    body="""
    DECLARE
        touched integer;
        versions uuid[] := ARRAY(
            SELECT v.id FROM record_entry asked JOIN record_entry v ON v.root = asked.root WHERE asked.id = of_entry);
    BEGIN
        IF NOT access_may_see(from_person, 'ordinary') THEN RETURN 0; END IF;
        UPDATE record_entrysubject SET withdrawn_at = at_moment
        WHERE person_id = from_person AND withdrawn_at IS NULL AND entry_id = ANY (versions);
        GET DIAGNOSTICS touched = ROW_COUNT;
        UPDATE record_passagesubject SET withdrawn_at = at_moment
        WHERE person_id = from_person AND withdrawn_at IS NULL AND entry_id = ANY (versions);
        IF touched > 0 THEN
            UPDATE access_grant g SET until_at = greatest(at_moment, g.from_at)
            FROM record_episode e
            WHERE e.arose_from_id = ANY (versions) AND g.because = 'allocation' AND g.because_of = e.id
              AND g.person = from_person AND e.child_id <> from_person
              AND from_person NOT IN (SELECT n.person FROM people_network(ARRAY[e.child_id]) n)
              AND (g.until_at IS NULL OR g.until_at > at_moment);
        END IF;
        RETURN touched;
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0026_what_goes_on_when_withdrawn"), ("people", "0009_known_of")]

    operations = [statements(WITHDRAW)]

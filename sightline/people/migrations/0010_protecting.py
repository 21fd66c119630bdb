from django.db import migrations

from sightline.access.fence import statements, steward_function

LIVE = "g.from_at <= statement_timestamp() AND (g.until_at IS NULL OR g.until_at > statement_timestamp())"

# Where somebody lived until now ends, and with an address that protects what was given to those who were named
# for it. Whoever moves somebody to safety need not have been able to read where they fled from.
LEAVE_HOME = steward_function(
    "people_leave_home(of_person uuid, on_day date, at_moment timestamptz) RETURNS void LANGUAGE plpgsql",
    body="""
    DECLARE old people_residence%ROWTYPE;
    BEGIN
        IF access_actor() IS NULL OR NOT access_may_see(of_person, 'identity') THEN RETURN; END IF;
        FOR old IN SELECT * FROM people_residence r
                   WHERE r.person_id = of_person AND r.believed_to IS NULL AND r.true_to IS NULL FOR UPDATE LOOP
            UPDATE people_residence SET believed_to = at_moment WHERE id = old.id;
            INSERT INTO people_residence
                (id, person_id, home_id, section, protects, confirmed_on, true_from, true_to, believed_from)
            VALUES (gen_random_uuid(), old.person_id, old.home_id, old.section, old.protects, old.confirmed_on,
                old.true_from, on_day, at_moment);
            UPDATE access_grant g SET until_at = greatest(at_moment, g.from_at)
            WHERE old.section = 'safe_address' AND g.because = 'named_for_address' AND g.because_of = old.id
              AND (g.until_at IS NULL OR g.until_at > at_moment);
        END LOOP;
    END
    """,
)

# Who reads an address that protects, told to those who read it: nobody else may know whom to press for it.
READERS = steward_function(
    "people_address_readers(of_person uuid)"
    " RETURNS TABLE (reader uuid, because text, since timestamptz, until timestamptz) LANGUAGE sql STABLE",
    body=f"""
    SELECT g.reader, g.because, min(g.from_at), nullif(max(coalesce(g.until_at, 'infinity')), 'infinity')
    FROM access_grant g
    WHERE g.person = of_person AND 'safe_address' = ANY (g.sections) AND {LIVE}
      AND access_may_see(of_person, 'safe_address')
    GROUP BY g.reader, g.because ORDER BY 3, 1
    """,
)
UNNAME = steward_function(
    "people_unname_reader(of_person uuid, of_reader uuid, at_moment timestamptz) RETURNS void LANGUAGE sql",
    body="""
    UPDATE access_grant g SET until_at = greatest(at_moment, g.from_at)
    WHERE g.person = of_person AND g.reader = of_reader AND g.because = 'named_for_address' AND g.mirrors IS NULL
      AND (g.until_at IS NULL OR g.until_at > at_moment) AND access_may_see(of_person, 'safe_address')
    """,
)

# To whom a letter must not go unthought: whoever lives at a protected address, and whoever lived with them before.
# That an address protects is known to those who may see whose it is; where it is, to nobody by this.
AT_RISK = steward_function(
    "people_at_risk(recipients uuid[], about uuid[]) RETURNS TABLE (recipient uuid, person uuid) LANGUAGE sql STABLE",
    body="""
    WITH protected AS (
        SELECT DISTINCT r.person_id AS person FROM people_residence r
        WHERE r.person_id = ANY (recipients || about) AND r.section = 'safe_address'
          AND r.believed_to IS NULL AND r.true_to IS NULL AND access_may_see(r.person_id, 'identity')
    )
    SELECT p.person, p.person FROM protected p WHERE p.person = ANY (recipients)
    UNION
    SELECT theirs.person_id, p.person FROM protected p
    JOIN people_residence fled ON fled.person_id = p.person AND fled.section = 'address' AND fled.believed_to IS NULL
    JOIN people_residence theirs ON theirs.home_id = fled.home_id AND theirs.person_id <> p.person
        AND theirs.section = 'address' AND theirs.believed_to IS NULL
    WHERE theirs.person_id = ANY (recipients) AND access_may_see(theirs.person_id, 'identity')
    """,
)


class Migration(migrations.Migration):
    # An address that protects has readers who are named for it, and is left at once when somebody moves on.
    dependencies = [("people", "0009_known_of")]

    operations = [statements(LEAVE_HOME, READERS, UNNAME, AT_RISK)]

from django.db import migrations

from sightline.access.fence import statements, steward_function

NOW = "statement_timestamp()"

# A census has no names. Whoever it brings in under an id that the register does not have may be a child whose
# record is restricted: by a number of theirs; or born that day, or on it with day and month exchanged, of that
# sex, and not known by a pupil number of their own. Their sight is taken from everybody in the same breath.
CLOSE_TWINS = steward_function(
    "returns_close_twins(of_batch uuid, at_moment timestamptz) RETURNS TABLE (person uuid, restricted uuid)"
    " LANGUAGE plpgsql",
    body=f"""
    #variable_conflict use_column
    DECLARE twins uuid[]; originals uuid[];
    BEGIN
        WITH closed AS MATERIALIZED (
            SELECT DISTINCT b.person FROM access_bar b
            WHERE b.kind = 'restricted' AND b.mirrors IS NULL AND b.from_at <= {NOW}
              AND (b.until_at IS NULL OR b.until_at > {NOW})
        ), added AS MATERIALIZED (
            SELECT n.person_id AS person FROM returns_importedchild n JOIN returns_import i ON i.id = n.batch_id
            WHERE n.batch_id = of_batch AND i.by = access_actor() AND n.created AND n.withdrawn_at IS NULL
        ), upns AS MATERIALIZED (
            SELECT i.person_id AS person, array_agg(i.value) AS held FROM people_identifier i
            WHERE i.scheme IN ('upn', 'former_upn') AND i.believed_to IS NULL
              AND (i.person_id IN (SELECT person FROM added) OR i.person_id IN (SELECT person FROM closed))
            GROUP BY i.person_id
        ), theirs AS MATERIALIZED (
            SELECT c.person, p.sex, d.day FROM closed c
            JOIN people_particulars p ON p.person_id = c.person AND p.believed_to IS NULL
            CROSS JOIN LATERAL (
                SELECT coalesce(p.birth_date, p.expected_date) AS day
                UNION
                SELECT make_date(extract(year FROM p.birth_date)::int, extract(day FROM p.birth_date)::int,
                                 extract(month FROM p.birth_date)::int)
                WHERE extract(day FROM p.birth_date) <= 12) AS d
        )
        SELECT array_agg(one.person), array_agg(one.restricted) INTO twins, originals FROM (
        SELECT DISTINCT ON (alike.person) alike.person, alike.restricted FROM (
            SELECT a.person, c.person AS restricted, 0 AS far FROM added a
            JOIN people_identifier mine ON mine.person_id = a.person AND mine.believed_to IS NULL
            JOIN people_identifier held ON held.value = mine.value AND held.believed_to IS NULL
                AND held.scheme IN ('nhs', 'upn', 'former_upn') AND mine.scheme IN ('nhs', 'upn', 'former_upn')
            JOIN closed c ON c.person = held.person_id
            UNION ALL
            SELECT a.person, t.person, 1 FROM added a
            JOIN people_particulars p ON p.person_id = a.person AND p.believed_to IS NULL
            JOIN theirs t ON t.day = coalesce(p.birth_date, p.expected_date)
                AND (t.sex = p.sex OR 'U' IN (t.sex, p.sex))
            LEFT JOIN upns mine ON mine.person = a.person
            LEFT JOIN upns held ON held.person = t.person
            WHERE mine.held IS NULL OR held.held IS NULL OR mine.held && held.held
        ) AS alike
        WHERE alike.person <> alike.restricted
        ORDER BY alike.person, alike.far, alike.restricted) AS one;
        UPDATE access_grant g SET until_at = greatest(at_moment, g.from_at)
        WHERE g.person = ANY (twins) AND g.mirrors IS NULL AND (g.until_at IS NULL OR g.until_at > at_moment);
        RETURN QUERY SELECT t.person, t.restricted FROM unnest(twins, originals) AS t(person, restricted);
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [("returns", "0008_all_keys_at_once"), ("access", "0006_emergency_review")]

    operations = [statements(CLOSE_TWINS)]

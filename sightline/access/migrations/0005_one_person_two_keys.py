from django.db import migrations

from sightline.access.fence import SERVING, as_steward, fence, may_see, mine, statements, steward_function

NOW = "statement_timestamp()"
LIVE = f"{{row}}.from_at <= {NOW} AND ({{row}}.until_at IS NULL OR {{row}}.until_at > {NOW})"

# What stands about one key stands about the other keys of the same person, for as long as both the
# row and the links between stand. It is written down rather than asked, so that the rule costs nobody
# anything: of a hundred thousand people a few hundred are linked. Whatever changes a grant, a bar or a
# link of somebody linked has all of theirs written again.
REACHED = steward_function(
    "access_reached(of_people uuid[]) RETURNS TABLE (origin uuid, person uuid, during tstzrange, all_same boolean)"
    " LANGUAGE sql STABLE",
    allow=False,
    body="""
    WITH RECURSIVE walked(origin, person, during, all_same, path) AS (
        SELECT m, m, tstzrange(NULL, NULL), true, ARRAY[m] FROM unnest(of_people) AS m
        UNION ALL
        SELECT w.origin, other.person, w.during * tstzrange(i.from_at, i.until_at),
            w.all_same AND i.kind = 'same', w.path || other.person
        FROM walked w
        JOIN access_identity i ON i.person = w.person OR i.same_as = w.person
        CROSS JOIN LATERAL (SELECT CASE WHEN i.person = w.person THEN i.same_as ELSE i.person END) AS other(person)
        WHERE other.person <> ALL (w.path) AND w.during && tstzrange(i.from_at, i.until_at)
    )
    SELECT w.origin, w.person, w.during, w.all_same FROM walked w WHERE w.origin <> w.person
    """,
)
MIRROR = steward_function(
    "access_mirror(of_people uuid[]) RETURNS void LANGUAGE plpgsql",
    allow=False,
    body="""
    DECLARE members uuid[];
    BEGIN
        WITH RECURSIVE joined(person) AS (
            SELECT unnest(of_people)
            UNION
            SELECT CASE WHEN i.person = j.person THEN i.same_as ELSE i.person END
            FROM joined j JOIN access_identity i ON i.person = j.person OR i.same_as = j.person
        ) SELECT array_agg(person) INTO members FROM joined;
        DELETE FROM access_grant WHERE mirrors IS NOT NULL AND person = ANY (members);
        DELETE FROM access_bar WHERE mirrors IS NOT NULL AND person = ANY (members);
        -- With a new identity, sight of what was sealed does not follow; what keeps readers out does.
        INSERT INTO access_grant (id, person, reader, sections, because, because_of, from_at, until_at, mirrors)
        SELECT gen_random_uuid(), r.person, g.reader, g.sections, g.because, g.because_of,
            lower(tstzrange(g.from_at, g.until_at) * r.during), upper(tstzrange(g.from_at, g.until_at) * r.during), g.id
        FROM access_reached(members) r JOIN access_grant g ON g.person = r.origin
        WHERE r.all_same AND g.mirrors IS NULL AND tstzrange(g.from_at, g.until_at) && r.during;
        INSERT INTO access_bar
            (id, kind, person, against, hidden, reviewer, review_on, reason, by, from_at, until_at, mirrors)
        SELECT gen_random_uuid(), b.kind, r.person, b.against, b.hidden, b.reviewer, b.review_on, b.reason, b.by,
            lower(tstzrange(b.from_at, b.until_at) * r.during), upper(tstzrange(b.from_at, b.until_at) * r.during), b.id
        FROM access_reached(members) r JOIN access_bar b ON b.person = r.origin
        WHERE b.mirrors IS NULL AND tstzrange(b.from_at, b.until_at) && r.during;
    END
    """,
)

TRIGGERS = [
    *as_steward(
        [
            """
            CREATE FUNCTION access_mirror_changed() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE linked uuid[];
            BEGIN
                SELECT array_agg(DISTINCT c.person) INTO linked FROM changed c
                WHERE c.mirrors IS NULL AND EXISTS (
                    SELECT 1 FROM access_identity i WHERE i.person = c.person OR i.same_as = c.person OFFSET 0);
                IF linked IS NOT NULL THEN PERFORM access_mirror(linked); END IF;
                RETURN NULL;
            END $$
            """,
            """
            CREATE FUNCTION access_identity_changed() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
                IF EXISTS (
                    SELECT 1 FROM access_identity i
                    WHERE i.id <> NEW.id AND i.kind = NEW.kind
                      AND (i.person IN (NEW.person, NEW.same_as) OR i.same_as = NEW.person)
                      AND tstzrange(i.from_at, i.until_at) && tstzrange(NEW.from_at, NEW.until_at)) THEN
                    RAISE EXCEPTION 'a person who is linked to another is linked to one, and nobody to them';
                END IF;
                PERFORM access_mirror(ARRAY[NEW.person]);
                RETURN NULL;
            END $$
            """,
        ]
    ),
    *[
        f"CREATE TRIGGER access_mirror_{what} AFTER {what} ON {table} REFERENCING NEW TABLE AS changed"
        " FOR EACH STATEMENT EXECUTE FUNCTION access_mirror_changed()"
        for table in ("access_grant", "access_bar")
        for what in ("insert", "update")
    ],
    (
        "CREATE TRIGGER access_identity_changed AFTER INSERT OR UPDATE ON access_identity"
        " FOR EACH ROW EXECUTE FUNCTION access_identity_changed()"
    ),
]

LISTED = f"""ARRAY(
    SELECT r.bar_id FROM access_barreader r
    WHERE r.account = access_actor() AND (r.from_at IS NULL OR r.from_at <= {NOW})
      AND (r.until_at IS NULL OR r.until_at > {NOW}))"""
IN_AN_EMERGENCY = f"""ARRAY(
    SELECT g.person FROM access_grant g
    WHERE g.reader = access_actor() AND g.because = 'emergency' AND {LIVE.format(row="g")})"""
CONFLICTS = f"""
    SELECT b.person FROM access_bar b
    WHERE b.kind = 'conflict' AND b.against = access_actor() AND {LIVE.format(row="b")}"""
RESTRICTED = f"""
    SELECT b.person FROM access_bar b
    WHERE b.kind = 'restricted' AND {LIVE.format(row="b")}
      AND coalesce(b.mirrors, b.id) <> ALL ({LISTED}) AND b.person <> ALL ({IN_AN_EMERGENCY})"""

# Whose record is closed to me. Emergency access opens what is restricted, and never what I have a conflict about.
BARS = steward_function(
    "access_bars() RETURNS uuid[] LANGUAGE sql STABLE",
    body=f"SELECT coalesce(array_agg(DISTINCT person), '{{}}') FROM ({CONFLICTS} UNION ALL {RESTRICTED}) AS closed",
)

# Who is not even found by me: of those who are closed to me, all but the restricted who may be known of;
# and whoever may be the twin of somebody restricted, unless I have sight of them already.
HIDDEN = steward_function(
    "access_hidden() RETURNS uuid[] LANGUAGE sql STABLE",
    body=f"""
    SELECT coalesce(array_agg(DISTINCT person), '{{}}') FROM (
        {CONFLICTS} UNION ALL {RESTRICTED} AND b.hidden
        UNION ALL
        SELECT b.person FROM access_bar b
        WHERE b.kind = 'twin' AND {LIVE.format(row="b")}
          AND NOT EXISTS (SELECT 1 FROM access_grant g
                          WHERE g.person = b.person AND g.reader = ANY ((SELECT access_principals())::uuid[])
                            AND {LIVE.format(row="g")})
    ) AS hidden
    """,
)

IDENTITY = "'identity'"
ADOPTION = "'adoption'"


class Migration(migrations.Migration):
    # Two keys may be one person; a restriction may be known of; a record may be opened in an emergency.
    dependencies = [("access", "0004_need_to_know")]

    operations = [
        statements(
            fence(
                "access_identity",
                read=(
                    f"(kind = 'same' AND {may_see('person', IDENTITY)} AND {may_see('same_as', IDENTITY)})"
                    f" OR (kind = 'new_identity' AND {may_see('person', ADOPTION)} AND {may_see('same_as', ADOPTION)})"
                ),
                change=["until_at", "ended_by", "end_reason"],
            ),
            fence(
                "access_emergencyaccess",
                read=f"account = access_actor() OR {mine('reviewer')} OR {may_see('person')}",
                change=["finding", "finding_words", "reviewed_by", "reviewed_at"],
            ),
            [f"ALTER POLICY changing ON access_emergencyaccess USING ({mine('reviewer')})"],
            [f"ALTER POLICY reading ON access_bar USING ({mine('reviewer')})"],
            [
                (
                    f"CREATE POLICY changing ON access_bar FOR UPDATE TO {SERVING}"
                    f" USING ({mine('reviewer')}) WITH CHECK (access_actor() IS NOT NULL)"
                ),
                f"GRANT UPDATE (until_at, review_on, reviewer, hidden) ON access_bar TO {SERVING}",
                (
                    "ALTER POLICY reading ON access_barreader USING (account = access_actor() OR EXISTS"
                    " (SELECT 1 FROM access_bar b WHERE b.id = access_barreader.bar_id OFFSET 0))"
                ),
                (
                    f"CREATE POLICY changing ON access_barreader FOR UPDATE TO {SERVING} USING (EXISTS"
                    " (SELECT 1 FROM access_bar b WHERE b.id = access_barreader.bar_id OFFSET 0))"
                    " WITH CHECK (access_actor() IS NOT NULL)"
                ),
                f"GRANT UPDATE (until_at) ON access_barreader TO {SERVING}",
            ],
            fence(
                "access_barreview",
                read="EXISTS (SELECT 1 FROM access_bar b WHERE b.id = access_barreview.bar_id)",
            ),
            REACHED,
            MIRROR,
            TRIGGERS,
            BARS,
            HIDDEN,
        )
    ]

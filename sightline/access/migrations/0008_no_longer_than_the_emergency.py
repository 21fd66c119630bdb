from django.db import migrations

from sightline.access.fence import as_steward, statements

LIVE = "g.from_at <= statement_timestamp() AND (g.until_at IS NULL OR g.until_at > statement_timestamp())"

# Whoever opens a step on their own post while they read somebody in an emergency and by nothing else sees
# them because of it no longer than the emergency lasts: else eight hours would become for ever.
CAPPED = [
    *as_steward(
        [
            f"""
            CREATE FUNCTION access_no_longer_than_emergency() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE ends timestamptz; mine uuid[];
            BEGIN
                SELECT max(g.until_at) INTO ends FROM access_grant g
                WHERE g.reader = access_actor() AND g.because = 'emergency' AND g.person = NEW.person AND {LIVE};
                IF ends IS NULL THEN RETURN NEW; END IF;
                mine := access_principals();
                IF NEW.reader = ANY (mine) AND NOT EXISTS (
                    SELECT 1 FROM access_grant g
                    WHERE g.person = NEW.person AND g.reader = ANY (mine) AND g.because <> 'emergency'
                      AND 'ordinary' = ANY (g.sections) AND {LIVE}) THEN
                    NEW.until_at := greatest(least(NEW.until_at, ends), NEW.from_at);
                END IF;
                RETURN NEW;
            END $$
            """
        ]
    ),
    (
        "CREATE TRIGGER access_no_longer_than_emergency BEFORE INSERT ON access_grant FOR EACH ROW"
        " WHEN (NEW.because = 'step' AND NEW.mirrors IS NULL) EXECUTE FUNCTION access_no_longer_than_emergency()"
    ),
]

# A link and what is to follow from it may be written at once, by two who do not see each other's row. A link
# waits for whoever writes grants or bars, and they for it; among themselves those do not wait.
ONE_AT_A_TIME = as_steward(
    [
        """
        CREATE OR REPLACE FUNCTION access_mirror_changed() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE linked uuid[];
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(hashtextextended('access_identity', 0));
            SELECT array_agg(DISTINCT c.person) INTO linked FROM changed c
            WHERE c.mirrors IS NULL AND EXISTS (
                SELECT 1 FROM access_identity i WHERE i.person = c.person OR i.same_as = c.person OFFSET 0);
            IF linked IS NOT NULL THEN PERFORM access_mirror(linked); END IF;
            RETURN NULL;
        END $$
        """,
        """
        CREATE OR REPLACE FUNCTION access_identity_changed() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended('access_identity', 0));
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
)


class Migration(migrations.Migration):
    # What is given in an emergency ends with it; what follows from a link follows also from what is written meanwhile.
    dependencies = [("access", "0007_who_reads")]

    operations = [statements(CAPPED, ONE_AT_A_TIME)]

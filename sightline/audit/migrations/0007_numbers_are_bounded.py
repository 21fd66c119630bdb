from django.db import migrations

from sightline.access.fence import statements, steward_function

# As it stands in `0006_own_transactions`, and bounded: whoever serves may call it, with any number. The folder of seals
# is ahead of the numbers only where an older copy of the database was put back. What is left out for that, in all, is
# a million at most; beyond, the numbers would run out, and every pass would go through places in which there is nothing.
LEFT_OUT, BATCH = 1_000_000, 20_000
SEAL = steward_function(
    "audit_seal(since xid8, at_least bigint, most integer)"
    " RETURNS TABLE (below xid8, numbered bigint, cluster text) LANGUAGE plpgsql",
    body=f"""
    DECLARE
        taken pg_snapshot := pg_current_snapshot();
        elsewhere xid[];
        oldest xid8;
        first bigint;
        furthest xid8;
    BEGIN
        IF most IS NULL OR most NOT BETWEEN 1 AND {BATCH} THEN
            RAISE EXCEPTION 'between 1 and {BATCH} are numbered at once';
        END IF;
        -- One sealer: whoever comes meanwhile goes away with nothing.
        IF NOT pg_try_advisory_xact_lock(hashtextextended('sightline audit sealer', 0)) THEN RETURN; END IF;
        PERFORM pg_stat_clear_snapshot();
        elsewhere := ARRAY(
            SELECT a.backend_xid FROM pg_stat_activity a
            WHERE a.datname <> current_database() AND a.backend_xid IS NOT NULL
            UNION ALL SELECT p.transaction FROM pg_prepared_xacts p WHERE p.database <> current_database()
        );
        SELECT x INTO oldest FROM pg_snapshot_xip(taken) x
        WHERE x::xid <> ALL (elsewhere) AND NOT pg_visible_in_snapshot(x, pg_current_snapshot())
        ORDER BY x LIMIT 1;
        oldest := coalesce(oldest, pg_snapshot_xmax(taken));
        SELECT coalesce(max(l.number) + 1, 0) INTO first FROM audit_leaf l;
        IF at_least > first THEN
            IF at_least > (SELECT count(*) FROM audit_leaf) + {LEFT_OUT} THEN
                RAISE EXCEPTION 'the folder of seals is too far ahead of the database: is it that of another one?';
            END IF;
            first := at_least;
        END IF;
        WITH waiting AS (
            SELECT e.id, e.tx FROM audit_event e
            WHERE (e.tx < oldest OR e.tx >= (SELECT pg_snapshot_xmax(pg_current_snapshot())))
              AND (since IS NULL OR e.tx >= since)
              AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.event = e.id)
            ORDER BY e.tx, e.id LIMIT most
        ), added AS (
            INSERT INTO audit_leaf (number, event)
            SELECT first - 1 + row_number() OVER (ORDER BY w.tx, w.id), w.id FROM waiting w
            RETURNING 1
        )
        SELECT count(*), (SELECT w.tx FROM waiting w ORDER BY w.tx DESC LIMIT 1) INTO numbered, furthest FROM waiting;
        below := CASE WHEN numbered < most THEN oldest ELSE least(oldest, furthest) END;
        cluster := (SELECT c.system_identifier::text FROM pg_control_system() c);
        RETURN NEXT;
    END
    """,
)


class Migration(migrations.Migration):
    # Whoever serves cannot use up the numbers of the audit.
    dependencies = [("audit", "0006_own_transactions")]

    operations = [statements(SEAL)]

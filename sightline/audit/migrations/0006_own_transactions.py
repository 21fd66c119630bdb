from django.db import migrations

from sightline.access.fence import statements, steward_function

# A number for every event of a transaction that had ended when the oldest of this database that still ran had begun:
# none can come later that belongs before them. The server counts the transactions of all its databases together, and
# what runs in another one writes nothing here: a long piece of work elsewhere must not keep everything unsealed.
# Left out is therefore what is known to run in another database, and nothing else; what is not known counts as ours
# and waits for the next pass. The order of reading is what makes that certain. `taken` comes first: whatever in it
# still runs afterwards has run all the while in one session, and a session stays in its database; so the activity must
# be read anew and not as remembered from before. What ended in between is not to be found there, and need not be: the
# numbering comes later still, and sees all that it wrote.
# (A row of a transaction that is still to come was restored from another server. To come is what the numbering itself
# cannot see yet: one that ends just before it is numbered in its turn.)
# From `since` on, so that a pass costs what is new; without it everything is gone through.
SEAL = steward_function(
    "audit_seal(since xid8, at_least bigint, most integer)"
    " RETURNS TABLE (below xid8, numbered bigint, cluster text) LANGUAGE plpgsql",
    body="""
    DECLARE
        taken pg_snapshot := pg_current_snapshot();
        elsewhere xid[];
        oldest xid8;
        first bigint;
        furthest xid8;
    BEGIN
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
        SELECT greatest(at_least, coalesce(max(l.number) + 1, 0)) INTO first FROM audit_leaf l;
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
    # What runs in another database of the server holds up no sealing in this one.
    dependencies = [("audit", "0005_the_sealer")]

    operations = [statements(SEAL)]

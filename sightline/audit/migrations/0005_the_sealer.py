from django.db import migrations

from sightline.access.fence import STEWARD, statements, steward_function

# The database itself writes in which transaction a row came, and when; nobody may say otherwise. Both stay outside
# the model: no page asks for them, and the sealer must not depend on what the product says of itself.
# Constants while the columns are added, so that no row is rewritten.
COLUMNS = [
    "ALTER TABLE audit_event ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id()",
    "ALTER TABLE audit_event ADD COLUMN written_at timestamptz NOT NULL DEFAULT statement_timestamp()",
    "CREATE INDEX audit_event_tx ON audit_event (tx)",
    (
        "ALTER POLICY adding ON audit_event"
        " WITH CHECK (tx = pg_current_xact_id() AND written_at = statement_timestamp())"
    ),
]

# What is added stays: not even the steward's functions may change or remove it.
FINAL = [
    f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {STEWARD}"
    for table in ("audit_event", "audit_eventperson", "audit_leaf")
]

# A number for every event of a transaction that had ended when the oldest that still ran had begun: none can come
# later that belongs before them. (A row of a transaction that is still to come was restored from another server.)
# From `since` on, so that a pass costs what is new; without it everything is gone through.
SEAL = steward_function(
    "audit_seal(since xid8, at_least bigint, most integer)"
    " RETURNS TABLE (below xid8, numbered bigint, cluster text) LANGUAGE plpgsql",
    body="""
    DECLARE
        oldest xid8 := pg_snapshot_xmin(pg_current_snapshot());
        to_come xid8 := pg_snapshot_xmax(pg_current_snapshot());
        first bigint;
        furthest xid8;
    BEGIN
        -- One sealer: whoever comes meanwhile goes away with nothing.
        IF NOT pg_try_advisory_xact_lock(hashtextextended('sightline audit sealer', 0)) THEN RETURN; END IF;
        SELECT greatest(at_least, coalesce(max(l.number) + 1, 0)) INTO first FROM audit_leaf l;
        WITH waiting AS (
            SELECT e.id, e.tx FROM audit_event e
            WHERE (e.tx < oldest OR e.tx >= to_come) AND (since IS NULL OR e.tx >= since)
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

# Hashes and no contents: whoever seals reads nothing of anybody. RFC 6962, section 2.1, over the canonical form that
# `verifying.canonical` says again in Python.
LEAVES = steward_function(
    "audit_leaves(first bigint, most integer)"
    " RETURNS TABLE (number bigint, hash bytea, written_at timestamptz) LANGUAGE sql STABLE",
    body="""
    SELECT l.number,
        sha256('\\x00'::bytea || convert_to(jsonb_build_array(
            'sightline audit 1', e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.kind, e.what, e.actor, e.role,
            e.agency, e.section, e.because, e.via, e.request, e.facts::text, e.tx::text,
            (extract(epoch FROM e.written_at) * 1000000)::bigint,
            coalesce((
                SELECT jsonb_agg(jsonb_build_array(
                    p.id, p.person, (extract(epoch FROM p.at) * 1000000)::bigint) ORDER BY p.id)
                FROM audit_eventperson p WHERE p.event_id = e.id), '[]'::jsonb)
        )::text, 'UTF8')),
        e.written_at
    FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event
    WHERE l.number >= first ORDER BY l.number LIMIT most
    """,
)


class Migration(migrations.Migration):
    # One sealer numbers the events and hashes them; the hashes are kept outside the database.
    dependencies = [("audit", "0004_fences_of_sealing")]

    operations = [statements(COLUMNS, FINAL, SEAL, LEAVES)]

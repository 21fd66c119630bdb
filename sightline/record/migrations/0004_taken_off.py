from django.db import migrations

from sightline.access.fence import may_see, mine, statements, steward_function

# What a withdrawal or a keeping apart takes off a person's record leaves with everything that
# hangs on it: the versions before and after, mentions, steps, documents. The marks are not
# readable by whoever they hide an entry from, so the steward looks.
KEPT_FOR_ME = steward_function(
    # One named reader keeps the original, in each of its versions.
    "record_kept_for_me(of_entry uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (
        SELECT 1 FROM record_entry asked
        JOIN record_entry marked ON marked.root = asked.root
        JOIN record_withdrawal w ON w.entry_id = marked.id
        WHERE asked.id = of_entry AND w.person_id = of_person AND w.reader = access_actor())
    """,
)
TAKEN_OFF = steward_function(
    "record_taken_off(of_entry uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (
        SELECT 1 FROM record_entrysubject s
        WHERE s.entry_id = of_entry AND s.person_id = of_person
          AND ((s.withdrawn_at IS NOT NULL AND NOT record_kept_for_me(s.entry_id, s.person_id))
            OR (s.apart IS NOT NULL AND s.apart <> ALL (access_principals()))))
    """,
)
STEP_TAKEN_OFF = steward_function(
    "record_step_taken_off(of_step uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (
        SELECT 1 FROM record_step p
        WHERE p.id = of_step AND p.arose_from_id IS NOT NULL
          AND record_taken_off(p.arose_from_id, of_person))
    """,
)
DOCUMENT_TAKEN_OFF = steward_function(
    # A file that also came with an entry that stands is still read.
    "record_document_taken_off(of_document uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(bool_and(record_taken_off(a.entry_id, of_person)), false)
    FROM record_attachment a
    WHERE a.document_id = of_document
      AND EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = a.entry_id AND s.person_id = of_person)
    """,
)


def reading(table: str, rule: str) -> str:
    return f"ALTER POLICY reading ON {table} USING ({rule})"


def standing(table: str) -> str:
    kept = f"({table}.withdrawn_at IS NULL OR record_kept_for_me({table}.entry_id, {table}.person_id))"
    return f"{kept} AND ({table}.apart IS NULL OR {mine(f'{table}.apart')})"


POLICIES = [
    reading("record_entrysubject", f"{may_see('person_id')} AND {standing('record_entrysubject')}"),
    reading("record_passagesubject", f"{may_see('person_id', 'section')} AND {standing('record_passagesubject')}"),
    reading("record_mention", f"{may_see('child_id')} AND NOT record_taken_off(entry_id, child_id)"),
    reading("record_stepsubject", f"{may_see('person_id')} AND NOT record_step_taken_off(step_id, person_id)"),
    reading(
        "documents_documentsubject",
        may_see("documents_documentsubject.person", "documents_documentsubject.section")
        + " AND NOT record_document_taken_off(document_id, documents_documentsubject.person)",
    ),
]

# A corrector rewrites what they may read. Whom and what they may not see stays on the new version:
# people whose rows are hidden from them, and the passages that they never read.
CARRY_OVER = steward_function(
    "record_carry_over(from_entry uuid, to_entry uuid) RETURNS void LANGUAGE plpgsql",
    body="""
    DECLARE
        old record_passage%ROWTYPE;
        hidden uuid[];
        target uuid;
        next_position integer;
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM record_entry e WHERE e.id = to_entry AND e.replaces_id = from_entry
                       AND e.author = access_actor()) THEN
            RETURN;
        END IF;
        INSERT INTO record_entrysubject
            (id, entry_id, person_id, part, kind, occurred_from, recorded_at, apart, seen)
        SELECT gen_random_uuid(), to_entry, s.person_id, s.part, s.kind, s.occurred_from, e.recorded_at, s.apart, s.seen
        FROM record_entrysubject s JOIN record_entry e ON e.id = to_entry
        WHERE s.entry_id = from_entry AND s.withdrawn_at IS NULL
        ON CONFLICT (entry_id, person_id) DO UPDATE SET apart = excluded.apart;

        FOR old IN SELECT * FROM record_passage p WHERE p.entry_id = from_entry ORDER BY p.position LOOP
            SELECT array_agg(s.person_id) INTO hidden
            FROM record_passagesubject s
            WHERE s.passage_id = old.id AND s.withdrawn_at IS NULL
              AND NOT access_may_see(s.person_id, s.section);
            CONTINUE WHEN hidden IS NULL;
            -- What the corrector read and rewrote is about the same people as before.
            SELECT p.id INTO target FROM record_passage p
            WHERE p.entry_id = to_entry AND p.heading = old.heading AND p.section = old.section
              AND EXISTS (SELECT 1 FROM record_passagesubject s WHERE s.passage_id = old.id
                          AND s.withdrawn_at IS NULL AND access_may_see(s.person_id, s.section))
            ORDER BY p.position LIMIT 1;
            IF target IS NULL THEN
                target := gen_random_uuid();
                SELECT coalesce(max(p.position) + 1, 0) INTO next_position
                FROM record_passage p WHERE p.entry_id = to_entry;
                INSERT INTO record_passage (id, entry_id, position, heading, section, told_by, handling, text)
                VALUES (target, to_entry, next_position, old.heading, old.section, old.told_by,
                        old.handling, old.text);
            END IF;
            INSERT INTO record_passagesubject (id, passage_id, entry_id, person_id, section)
            SELECT gen_random_uuid(), target, to_entry, person, old.section FROM unnest(hidden) AS person
            ON CONFLICT (passage_id, person_id) DO NOTHING;
        END LOOP;
        UPDATE record_passagesubject s SET apart = e.apart
        FROM record_entrysubject e
        WHERE s.entry_id = to_entry AND e.entry_id = to_entry AND e.person_id = s.person_id
          AND s.apart IS DISTINCT FROM e.apart;
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0003_status"), ("documents", "0003_awaiting_a_subject")]

    operations = [
        statements(KEPT_FOR_ME, TAKEN_OFF, STEP_TAKEN_OFF, DOCUMENT_TAKEN_OFF, POLICIES, CARRY_OVER),
    ]

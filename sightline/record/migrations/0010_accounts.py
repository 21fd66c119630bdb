from django.db import migrations

from sightline.access.fence import statements, steward_function

# An account is attached to the version that stands. Its place is after every paragraph, also those that
# the writer may not read; the entry is held meanwhile, so that a correction waits and takes it along.
PLACE_ACCOUNT = steward_function(
    "record_place_account(of_entry uuid) RETURNS TABLE (entry uuid, place integer) LANGUAGE plpgsql",
    body="""
    DECLARE standing uuid;
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM record_entrysubject s
                       WHERE s.entry_id = of_entry AND access_may_see(s.person_id, 'ordinary')) THEN
            RETURN;
        END IF;
        LOOP
            SELECT v.id INTO standing FROM record_entry asked JOIN record_entry v ON v.root = asked.root
            WHERE asked.id = of_entry AND v.superseded_at IS NULL;
            PERFORM 1 FROM record_entry v WHERE v.id = standing AND v.superseded_at IS NULL FOR UPDATE;
            EXIT WHEN FOUND OR standing IS NULL;
        END LOOP;
        RETURN QUERY SELECT standing, coalesce(max(p.position) + 1, 0)::integer
                     FROM record_passage p WHERE p.entry_id = standing;
    END
    """,
)

# A corrector rewrites what they may read. Whom and what they may not see stays on the new version, and
# so does every account of a parent or young person: their words are nobody else's to rewrite.
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
        SELECT gen_random_uuid(), to_entry, s.person_id, s.part, s.kind, e.occurred_from, e.recorded_at, s.apart, s.seen
        FROM record_entrysubject s JOIN record_entry e ON e.id = to_entry
        WHERE s.entry_id = from_entry AND s.withdrawn_at IS NULL
        ON CONFLICT (entry_id, person_id) DO UPDATE SET apart = excluded.apart;

        FOR old IN SELECT * FROM record_passage p WHERE p.entry_id = from_entry
                   ORDER BY p.added_at NULLS FIRST, p.position LOOP
            SELECT array_agg(s.person_id) INTO hidden
            FROM record_passagesubject s
            WHERE s.passage_id = old.id AND s.withdrawn_at IS NULL
              AND (old.added_at IS NOT NULL OR NOT access_may_see(s.person_id, s.section));
            CONTINUE WHEN hidden IS NULL;
            target := NULL;
            IF old.added_at IS NULL THEN
                -- What the corrector read and rewrote is about the same people as before.
                SELECT p.id INTO target FROM record_passage p
                WHERE p.entry_id = to_entry AND p.heading = old.heading AND p.section = old.section
                  AND p.added_at IS NULL
                  AND EXISTS (SELECT 1 FROM record_passagesubject s WHERE s.passage_id = old.id
                              AND s.withdrawn_at IS NULL AND access_may_see(s.person_id, s.section))
                ORDER BY p.position LIMIT 1;
            END IF;
            IF target IS NULL THEN
                target := gen_random_uuid();
                SELECT coalesce(max(p.position) + 1, 0) INTO next_position
                FROM record_passage p WHERE p.entry_id = to_entry;
                INSERT INTO record_passage (id, entry_id, position, heading, section, told_by, handling, text,
                                            added_at, added_by, given_by_id, disagrees)
                VALUES (target, to_entry, next_position, old.heading, old.section, old.told_by,
                        old.handling, old.text, old.added_at, old.added_by, old.given_by_id, old.disagrees);
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
    dependencies = [("record", "0009_last_seen_by_outcome")]

    operations = [statements(PLACE_ACCOUNT, CARRY_OVER)]

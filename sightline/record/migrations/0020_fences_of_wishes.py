from django.db import migrations

from sightline.access.fence import fence, may_see, row_by_row, statements, steward_function

READABLE = "EXISTS (SELECT 1 FROM record_passagesubject s WHERE s.passage_id = record_passage.id)"
OVERRULED = "EXISTS (SELECT 1 FROM record_wishoverruled w WHERE w.passage_id = record_passage.id)"
WISHED = f"(kept_to IS NULL OR kept_to && (SELECT access_principals())::uuid[] OR {OVERRULED})"
CHILD_WORDS = "'child_words'"

# A corrector rewrites what they may read. Whom and what they may not see stays on the new version, and
# so does every account of a parent or young person, whose words are nobody else's to rewrite. What a child
# wished to be kept to some stays kept to them: where the corrector does not read it, whole and in a paragraph of
# its own; where they do, the paragraph that they put in its place is kept to the same.
CARRY_OVER = steward_function(
    "record_carry_over(from_entry uuid, to_entry uuid) RETURNS void LANGUAGE plpgsql",
    body="""
    DECLARE
        old record_passage%ROWTYPE;
        hidden uuid[];
        target uuid;
        wished uuid[];
        closed boolean;
        written integer;
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
        SELECT coalesce(max(p.position), -1) INTO written FROM record_passage p WHERE p.entry_id = to_entry;

        FOR old IN SELECT * FROM record_passage p WHERE p.entry_id = from_entry
                   ORDER BY p.added_at NULLS FIRST, p.position LOOP
            wished := old.kept_to;
            IF EXISTS (SELECT 1 FROM record_wishoverruled w WHERE w.passage_id = old.id) THEN
                wished := NULL;
            END IF;
            closed := wished IS NOT NULL AND NOT wished && access_principals();
            IF wished IS NOT NULL AND NOT closed AND old.added_at IS NULL THEN
                UPDATE record_passage p SET kept_to = wished
                WHERE p.entry_id = to_entry AND p.position <= written AND p.kept_to IS NULL
                  AND p.heading = old.heading AND p.section = old.section
                  AND EXISTS (SELECT 1 FROM record_passagesubject n
                              JOIN record_passagesubject o ON o.person_id = n.person_id
                              WHERE n.passage_id = p.id AND o.passage_id = old.id)
                  AND NOT EXISTS (SELECT 1 FROM record_passage k
                                  WHERE k.entry_id = to_entry AND k.position <= written AND k.kept_to = wished
                                    AND k.heading = old.heading AND k.section = old.section);
            END IF;
            SELECT array_agg(s.person_id) INTO hidden
            FROM record_passagesubject s
            WHERE s.passage_id = old.id AND s.withdrawn_at IS NULL
              AND (old.added_at IS NOT NULL OR closed OR NOT access_may_see(s.person_id, s.section));
            CONTINUE WHEN hidden IS NULL;
            target := NULL;
            IF old.added_at IS NULL AND NOT closed THEN
                -- What the corrector read and rewrote is about the same people as before.
                SELECT p.id INTO target FROM record_passage p
                WHERE p.entry_id = to_entry AND p.heading = old.heading AND p.section = old.section
                  AND p.added_at IS NULL AND p.position <= written AND p.kept_to IS NOT DISTINCT FROM wished
                  AND EXISTS (SELECT 1 FROM record_passagesubject s WHERE s.passage_id = old.id
                              AND s.withdrawn_at IS NULL AND access_may_see(s.person_id, s.section))
                ORDER BY p.position LIMIT 1;
            END IF;
            IF target IS NULL THEN
                target := gen_random_uuid();
                SELECT coalesce(max(p.position) + 1, 0) INTO next_position
                FROM record_passage p WHERE p.entry_id = to_entry;
                INSERT INTO record_passage (id, entry_id, position, heading, section, told_by, handling, text,
                                            kept_to, added_at, added_by, given_by_id, disagrees)
                VALUES (target, to_entry, next_position, old.heading, old.section, old.told_by, old.handling,
                        old.text, wished, old.added_at, old.added_by, old.given_by_id, old.disagrees);
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
    # A child's wish about who reads what they told survives a correction, and may be set aside with a reason.
    dependencies = [("record", "0019_a_wish_set_aside")]

    operations = [
        statements(
            fence("record_wishoverruled", read=may_see("child_id", CHILD_WORDS)),
            [f"ALTER POLICY reading ON record_passage USING ({row_by_row(f'{WISHED} AND {READABLE}')})"],
            CARRY_OVER,
        )
    ]

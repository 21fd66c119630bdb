from django.db import migrations

from sightline.access.fence import SERVING, statements, steward_function

# A professional answered a request for evidence, and nobody of ours acts. The clock brings it in, and may
# read none of it: this function writes the words, for the clock alone, and only
# - where the reply answers a message that asked for evidence for a round, at the post that was asked,
# - on the records of those children whom the request itself was about,
# - once: the entry's key is the reply's own.
# Whoever may read the record reads the answer by the same rule as everything else on it. Where somebody is
# kept away from one of the children, the words stand as about that child alone, so that they are not
# read through a brother's or a sister's record by whom the request itself was closed to.
# It is theirs to say how it may be handled, and they are not asked: so whoever would share it asks them first.
TAKE_EVIDENCE = steward_function(
    "assessments_take_evidence(of_reply uuid, at_moment timestamptz)"
    " RETURNS TABLE (entry uuid, post uuid, people uuid[]) LANGUAGE plpgsql",
    body="""
    DECLARE
        came record;
        children uuid[];
        closed_children uuid[];
        in_section text;
        new_passage uuid := gen_random_uuid();
    BEGIN
        SELECT r.text, r.signed, r.at, m.id AS message, m.sent_by_post, p.agency_id, g.kind AS agency_kind,
               q.id AS request, q.step_id AS step
        INTO came
        FROM partnership_reply r
        JOIN partnership_message m ON m.id = r.message_id AND m.kind = 'evidence'
        JOIN partnership_agencypost p ON p.id = m.agency_post_id
        JOIN partnership_agency g ON g.id = p.agency_id
        JOIN assessments_evidencerequest q ON q.round_id = m.subject AND q.agency_post_id = m.agency_post_id
        JOIN workforce_account a ON a.id = access_actor() AND a.role = 'clock'
        WHERE r.id = of_reply
        FOR UPDATE OF r;
        IF NOT FOUND OR EXISTS (SELECT 1 FROM record_entry e WHERE e.id = of_reply) THEN
            RETURN;
        END IF;

        SELECT array_agg(b.person) INTO children FROM partnership_messageabout b
        JOIN people_person o ON o.id = b.person AND o.withdrawn_at IS NULL
        WHERE b.message_id = came.message;
        IF children IS NULL THEN
            RETURN;
        END IF;
        SELECT array_agg(DISTINCT b.person) INTO closed_children FROM access_bar b
        WHERE b.person = ANY (children) AND b.from_at <= statement_timestamp()
          AND (b.until_at IS NULL OR b.until_at > statement_timestamp());
        in_section := CASE WHEN came.agency_kind IN ('health', 'police') THEN came.agency_kind ELSE 'ordinary' END;

        INSERT INTO record_entry (id, root, kind, occurred_from, occurred_to, precision, recorded_at, author,
                                  agency_id, form, answers, correction_reason)
        VALUES (of_reply, of_reply, 'evidence', came.at, came.at, 'exact', at_moment, access_actor(),
                came.agency_id, '', '{}', '');
        INSERT INTO record_entrysubject (id, entry_id, person_id, part, kind, occurred_from, recorded_at, seen)
        SELECT gen_random_uuid(), of_reply, o.id, CASE o.kind WHEN 'child' THEN 'child' ELSE 'adult' END,
               'evidence', came.at, at_moment, ''
        FROM people_person o WHERE o.id = ANY (children);
        INSERT INTO record_passage (id, entry_id, position, heading, section, told_by, handling, text, disagrees)
        VALUES (new_passage, of_reply, 0, '', in_section, came.signed, 'ask_first', came.text, false);
        INSERT INTO record_passagesubject (id, passage_id, entry_id, person_id, section)
        SELECT gen_random_uuid(), new_passage, of_reply, about, in_section
        FROM unnest(coalesce(closed_children, children)) AS about;

        -- The first answer is the request's; what is added later stands on the record beside it.
        UPDATE assessments_evidencerequest q
        SET answered_at = coalesce(q.answered_at, came.at), answer_id = coalesce(q.answer_id, of_reply)
        WHERE q.id = came.request;
        UPDATE record_step s SET closed_at = greatest(at_moment, s.opened_at), closed_by_id = of_reply,
                                 outcome = 'answered'
        WHERE s.id = came.step AND s.closed_at IS NULL;
        PERFORM access_end_sight(came.step, NULL, at_moment);

        RETURN QUERY SELECT of_reply, coalesce((SELECT s.post_id FROM record_step s WHERE s.id = came.step),
                                               came.sent_by_post), children;
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_fences"),
        ("partnership", "0006_involvement"),
        ("people", "0006_withdrawn"),
        ("record", "0008_fences_of_endings"),
    ]

    operations = [
        statements(
            TAKE_EVIDENCE,
            # A professional who was not asked, and why, can be asked after all; who was silent, again.
            [f'GRANT UPDATE (name, question, "by") ON assessments_evidencerequest TO {SERVING}'],
        )
    ]

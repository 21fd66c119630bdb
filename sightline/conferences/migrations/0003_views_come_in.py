from django.db import migrations

from sightline.access.fence import statements, steward_function

# Somebody wrote a view through the link of their invitation, and nobody of ours acts. The clock brings it in, and
# may read none of it: this function writes the words, for the clock alone, and only
# - where the reply answers an invitation that was sent to that very invitee,
# - on the records of those children of the meeting whom the invitation was about,
# - once: the keys of the entry and of the view are the reply's own.
# It adds a row and changes none, so that no view takes the place of another, their own earlier one included.
# Where somebody is kept away from one of the children, the words stand as about that child alone (as evidence
# does: `assessments`, migration 0003). What a child wrote is the child's own words. It is theirs to say how it may
# be handled, and they are not asked: so whoever would share it asks them first.
TAKE_VIEW = steward_function(
    "conferences_take_view(of_reply uuid, at_moment timestamptz)"
    " RETURNS TABLE (entry uuid, meeting uuid, posts uuid[], people uuid[]) LANGUAGE plpgsql",
    body="""
    DECLARE
        came record;
        children uuid[];
        closed_children uuid[];
        in_section text;
        new_passage uuid := gen_random_uuid();
    BEGIN
        SELECT r.text, r.signed, r.at, r.for_plan, m.id AS message, m.sent_by_post, i.id AS invitee,
               i.meeting_id, i.person_id, p.agency_id, g.kind AS agency_kind
        INTO came
        FROM partnership_reply r
        JOIN partnership_message m ON m.id = r.message_id AND m.kind = 'invitation'
        JOIN conferences_invitee i ON i.id = m.subject
        JOIN workforce_account a ON a.id = access_actor() AND a.role = 'clock'
        LEFT JOIN partnership_agencypost p ON p.id = i.agency_post_id
        LEFT JOIN partnership_agency g ON g.id = p.agency_id
        WHERE r.id = of_reply
        FOR UPDATE OF r, i;
        IF NOT FOUND OR EXISTS (SELECT 1 FROM conferences_view v WHERE v.id = of_reply) THEN
            RETURN;
        END IF;

        SELECT array_agg(b.person) INTO children FROM partnership_messageabout b
        JOIN conferences_meetingchild c ON c.child_id = b.person AND c.meeting_id = came.meeting_id
        JOIN people_person o ON o.id = b.person AND o.withdrawn_at IS NULL
        WHERE b.message_id = came.message;
        IF children IS NULL THEN
            RETURN;
        END IF;
        SELECT array_agg(DISTINCT b.person) INTO closed_children FROM access_bar b
        WHERE b.person = ANY (children) AND b.from_at <= statement_timestamp()
          AND (b.until_at IS NULL OR b.until_at > statement_timestamp());
        in_section := CASE WHEN came.agency_kind IN ('health', 'police') THEN came.agency_kind
                           WHEN came.person_id = ANY (children) THEN 'child_words' ELSE 'ordinary' END;

        INSERT INTO record_entry (id, root, kind, occurred_from, occurred_to, precision, recorded_at, author,
                                  agency_id, form, answers, correction_reason)
        VALUES (of_reply, of_reply, 'view', came.at, came.at, 'exact', at_moment, access_actor(), came.agency_id, '',
                jsonb_build_object('meeting', came.meeting_id, 'invitee', came.invitee), '');
        INSERT INTO record_entrysubject (id, entry_id, person_id, part, kind, occurred_from, recorded_at, seen)
        SELECT gen_random_uuid(), of_reply, o.id, CASE o.kind WHEN 'child' THEN 'child' ELSE 'adult' END,
               'view', came.at, at_moment, ''
        FROM people_person o WHERE o.id = ANY (children);
        INSERT INTO record_passage (id, entry_id, position, heading, section, told_by, handling, text, disagrees)
        VALUES (new_passage, of_reply, 0, '', in_section, came.signed, 'ask_first', came.text, false);
        INSERT INTO record_passagesubject (id, passage_id, entry_id, person_id, section)
        SELECT gen_random_uuid(), new_passage, of_reply, about, in_section
        FROM unnest(coalesce(closed_children, children)) AS about;

        INSERT INTO conferences_view (id, invitee_id, for_plan, entry_id, said_at, recorded_at, by_link, by)
        VALUES (of_reply, came.invitee, came.for_plan, of_reply, came.at, at_moment, true, access_actor());
        -- Whoever spoke at the meeting has spoken, whatever they write after it.
        UPDATE conferences_invitee i SET view = 'written' WHERE i.id = came.invitee AND i.view <> 'spoken';

        RETURN QUERY SELECT of_reply, came.meeting_id,
            (SELECT array_agg(DISTINCT told) FROM unnest(ARRAY[s.post_id, k.convened_post_id, came.sent_by_post])
                AS told WHERE told IS NOT NULL),
            children
        FROM conferences_meeting k JOIN record_step s ON s.id = k.step_id WHERE k.step_id = came.meeting_id;
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("conferences", "0002_fences"),
        ("partnership", "0011_views"),
        ("people", "0006_withdrawn"),
        ("record", "0014_protecting"),
        ("workforce", "0001_initial"),
    ]

    operations = [statements(TAKE_VIEW)]

from django.db import migrations

from sightline.access.fence import as_steward, statements, steward_function

# A parent who was given a link by hand belongs to no agency. What was answered before to a request for
# evidence or to an invitation is not shown again: a mailbox, and a phone, have more than one reader.
OPEN_MESSAGE = steward_function(
    "partnership_open_message(of_link text, of_code text, at_moment timestamptz)"
    " RETURNS TABLE (said text, message uuid, kind text, words text, agency text, post_title text,"
    " composed timestamptz, ring text, about uuid[], replies jsonb) LANGUAGE plpgsql",
    body="""
    DECLARE answer text; opened uuid;
    BEGIN
        SELECT t.said, t.found INTO answer, opened FROM partnership_try_key(of_link, of_code, at_moment) t;
        IF answer <> 'open' THEN
            RETURN QUERY SELECT answer, NULL::uuid, NULL::text, NULL::text, NULL::text, NULL::text,
                NULL::timestamptz, m.ring::text, NULL::uuid[], NULL::jsonb
            FROM (SELECT 1) AS one LEFT JOIN partnership_message m ON m.id = opened;
            RETURN;
        END IF;
        UPDATE partnership_message m SET acknowledged_at = at_moment, acknowledged_how = 'Opened with its code'
        WHERE m.id = opened AND m.acknowledged_at IS NULL;
        RETURN QUERY SELECT answer, m.id, m.kind::text, m.text, coalesce(g.name, '')::text,
            coalesce(p.title, '')::text, m.composed_at, m.ring::text,
            ARRAY(SELECT a.person FROM partnership_messageabout a WHERE a.message_id = m.id),
            coalesce((SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'at', r.at,
                'text', CASE WHEN m.kind IN ('evidence', 'invitation') THEN '' ELSE r.text END,
                'signed', CASE WHEN m.kind IN ('evidence', 'invitation') THEN '' ELSE r.signed END) ORDER BY r.at)
                FROM partnership_reply r WHERE r.message_id = m.id), '[]'::jsonb)
        FROM partnership_message m
        LEFT JOIN partnership_agencypost p ON p.id = m.agency_post_id
        LEFT JOIN partnership_agency g ON g.id = p.agency_id
        WHERE m.id = opened;
    END
    """,
)

# As before, with what the writer would decide (`for_plan`, of a view for a conference and of nothing else).
REPLY = steward_function(
    "partnership_reply(of_link text, of_code text, at_moment timestamptz, new_id uuid, of_kind text,"
    " words text, signature text, choice text DEFAULT '')"
    " RETURNS TABLE (said text, message uuid, ring text, about uuid[]) LANGUAGE plpgsql",
    body="""
    DECLARE answer text; opened uuid; kept_as text; chosen text;
    BEGIN
        SELECT t.said, t.found INTO answer, opened FROM partnership_try_key(of_link, of_code, at_moment) t;
        IF answer = 'open' THEN
            SELECT CASE WHEN m.kind IN ('evidence', 'invitation') THEN 'answer' ELSE of_kind END,
                   CASE m.kind WHEN 'invitation' THEN choice ELSE '' END
            INTO kept_as, chosen FROM partnership_message m WHERE m.id = opened;
            INSERT INTO partnership_reply (id, message_id, kind, text, signed, at, for_plan)
            SELECT CASE WHEN EXISTS (SELECT 1 FROM partnership_reply k WHERE k.id = new_id)
                        THEN gen_random_uuid() ELSE new_id END,
                   opened, kept_as, words, signature, at_moment, chosen
            WHERE NOT EXISTS (
                SELECT 1 FROM partnership_reply s
                WHERE s.message_id = opened AND s.kind = kept_as AND s.text = words AND s.signed = signature
                  AND s.for_plan = chosen);
        END IF;
        RETURN QUERY SELECT answer, opened, m.ring::text,
            ARRAY(SELECT a.person FROM partnership_messageabout a WHERE a.message_id = opened)
        FROM (SELECT 1) AS one LEFT JOIN partnership_message m ON m.id = opened;
    END
    """,
)
# Two functions of one name would answer the same call.
NO_LONGER = as_steward(["DROP FUNCTION partnership_reply(text, text, timestamptz, uuid, text, text, text)"])


class Migration(migrations.Migration):
    dependencies = [("partnership", "0010_meetings")]

    operations = [statements(NO_LONGER, OPEN_MESSAGE, REPLY)]

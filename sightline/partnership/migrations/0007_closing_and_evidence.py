from django.db import migrations

from sightline.access.fence import statements, steward_function

# A message to a post that has closed comes back to its sender as soon as it is known, whether or not it was
# delivered there: nobody will open it. The manager of a post that has closed is not written to.
CLOSED = """
    EXISTS (SELECT 1 FROM partnership_agencypost p JOIN partnership_agency g ON g.id = p.agency_id
            WHERE p.id = m.agency_post_id AND (p.closed_on IS NOT NULL OR g.closed_on IS NOT NULL))
"""
OVERDUE = f"""
    m.acknowledged_at IS NULL AND m.silent_at IS NULL
    AND (m.open_by < at_moment OR (m.failure <> '' AND m.delivered_at IS NULL) OR {CLOSED})
"""

LIST_OVERDUE = steward_function(
    "partnership_overdue(at_moment timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE",
    body=f"SELECT m.id FROM partnership_message m WHERE {OVERDUE} AND access_actor() IS NOT NULL ORDER BY m.id",
)

RETURN_MESSAGE = steward_function(
    "partnership_return(of_message uuid, at_moment timestamptz)"
    " RETURNS TABLE (post uuid, failed boolean, manager_to_tell boolean) LANGUAGE sql",
    body=f"""
    UPDATE partnership_message m
    SET silent_at = at_moment,
        failure = CASE WHEN {CLOSED} AND m.failure = '' THEN 'the post has closed' ELSE m.failure END
    WHERE m.id = of_message AND {OVERDUE} AND access_actor() IS NOT NULL
    RETURNING m.sent_by_post, m.failure <> '',
        m.delivered_at IS NOT NULL AND NOT {CLOSED} AND EXISTS (
            SELECT 1 FROM partnership_agencypost p WHERE p.id = m.agency_post_id AND p.manager_email <> '')
    """,
)

# What was answered before is not shown again to whoever opens a request for evidence: a mailbox has more than
# one reader, and what a colleague said of a family is theirs.
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
        RETURN QUERY SELECT answer, m.id, m.kind::text, m.text, g.name::text, p.title::text, m.composed_at,
            m.ring::text,
            ARRAY(SELECT a.person FROM partnership_messageabout a WHERE a.message_id = m.id),
            coalesce((SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'at', r.at,
                'text', CASE m.kind WHEN 'evidence' THEN '' ELSE r.text END,
                'signed', CASE m.kind WHEN 'evidence' THEN '' ELSE r.signed END) ORDER BY r.at)
                FROM partnership_reply r WHERE r.message_id = m.id), '[]'::jsonb)
        FROM partnership_message m
        JOIN partnership_agencypost p ON p.id = m.agency_post_id
        JOIN partnership_agency g ON g.id = p.agency_id
        WHERE m.id = opened;
    END
    """,
)

# Sent twice, kept once; other words under the same key, as after going back in the browser, are kept beside
# the first, so that nothing is lost. Evidence is an answer and never a disagreement with a decision.
REPLY = steward_function(
    "partnership_reply(of_link text, of_code text, at_moment timestamptz, new_id uuid, of_kind text,"
    " words text, signature text)"
    " RETURNS TABLE (said text, message uuid, ring text, about uuid[]) LANGUAGE plpgsql",
    body="""
    DECLARE answer text; opened uuid;
    BEGIN
        SELECT t.said, t.found INTO answer, opened FROM partnership_try_key(of_link, of_code, at_moment) t;
        IF answer = 'open' THEN
            INSERT INTO partnership_reply (id, message_id, kind, text, signed, at)
            SELECT CASE WHEN EXISTS (SELECT 1 FROM partnership_reply k WHERE k.id = new_id)
                        THEN gen_random_uuid() ELSE new_id END,
                   opened, CASE m.kind WHEN 'evidence' THEN 'answer' ELSE of_kind END, words, signature, at_moment
            FROM partnership_message m
            WHERE m.id = opened AND NOT EXISTS (
                SELECT 1 FROM partnership_reply s
                WHERE s.message_id = opened AND s.kind = of_kind AND s.text = words AND s.signed = signature);
        END IF;
        RETURN QUERY SELECT answer, opened, m.ring::text,
            ARRAY(SELECT a.person FROM partnership_messageabout a WHERE a.message_id = opened)
        FROM (SELECT 1) AS one LEFT JOIN partnership_message m ON m.id = opened;
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [("partnership", "0006_involvement")]

    operations = [statements(LIST_OVERDUE, RETURN_MESSAGE, OPEN_MESSAGE, REPLY)]

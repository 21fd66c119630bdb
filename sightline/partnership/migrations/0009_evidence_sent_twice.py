from django.db import migrations

from sightline.access.fence import statements, steward_function

# As before, and what evidence is compared with is what it is kept as: whatever the form called it, an answer
# that is sent twice is kept once.
REPLY = steward_function(
    "partnership_reply(of_link text, of_code text, at_moment timestamptz, new_id uuid, of_kind text,"
    " words text, signature text)"
    " RETURNS TABLE (said text, message uuid, ring text, about uuid[]) LANGUAGE plpgsql",
    body="""
    DECLARE answer text; opened uuid; kept_as text;
    BEGIN
        SELECT t.said, t.found INTO answer, opened FROM partnership_try_key(of_link, of_code, at_moment) t;
        IF answer = 'open' THEN
            SELECT CASE m.kind WHEN 'evidence' THEN 'answer' ELSE of_kind END INTO kept_as
            FROM partnership_message m WHERE m.id = opened;
            INSERT INTO partnership_reply (id, message_id, kind, text, signed, at)
            SELECT CASE WHEN EXISTS (SELECT 1 FROM partnership_reply k WHERE k.id = new_id)
                        THEN gen_random_uuid() ELSE new_id END,
                   opened, kept_as, words, signature, at_moment
            WHERE NOT EXISTS (
                SELECT 1 FROM partnership_reply s
                WHERE s.message_id = opened AND s.kind = kept_as AND s.text = words AND s.signed = signature);
        END IF;
        RETURN QUERY SELECT answer, opened, m.ring::text,
            ARRAY(SELECT a.person FROM partnership_messageabout a WHERE a.message_id = opened)
        FROM (SELECT 1) AS one LEFT JOIN partnership_message m ON m.id = opened;
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [("partnership", "0008_messages_about_somebody")]

    operations = [statements(REPLY)]

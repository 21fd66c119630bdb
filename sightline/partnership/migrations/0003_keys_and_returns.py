from django.db import migrations, models

from sightline.access.fence import statements, steward_function

# The recipient of a message has no account: what they may do, these functions do for them, and
# only for whoever brings both the link and the code. Nothing here tells a link that never was
# from a message that is not theirs.

TRY_KEY = steward_function(
    "partnership_try_key(of_link text, of_code text, at_moment timestamptz)"
    " RETURNS TABLE (said text, found uuid) LANGUAGE plpgsql",
    body="""
    DECLARE k partnership_key%ROWTYPE;
    BEGIN
        -- Locked, so that guesses made at once are counted one by one.
        SELECT * INTO k FROM partnership_key pk WHERE pk.link_hash = of_link FOR UPDATE;
        IF NOT FOUND THEN
            RETURN QUERY SELECT 'unknown'::text, NULL::uuid; RETURN;
        END IF;
        IF k.expires_at <= at_moment THEN
            RETURN QUERY SELECT 'expired'::text, k.message_id; RETURN;
        END IF;
        IF k.failures >= 5 THEN
            RETURN QUERY SELECT 'locked'::text, k.message_id; RETURN;
        END IF;
        IF k.code_hash <> of_code THEN
            UPDATE partnership_key SET failures = failures + 1 WHERE message_id = k.message_id;
            RETURN QUERY SELECT CASE WHEN k.failures >= 4 THEN 'locked' ELSE 'wrong' END, k.message_id;
            RETURN;
        END IF;
        UPDATE partnership_key SET failures = 0 WHERE message_id = k.message_id AND failures > 0;
        RETURN QUERY SELECT 'open'::text, k.message_id;
    END
    """,
    allow=False,
)

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
            coalesce((SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'text', r.text, 'signed', r.signed,
                'at', r.at) ORDER BY r.at) FROM partnership_reply r WHERE r.message_id = m.id), '[]'::jsonb)
        FROM partnership_message m
        JOIN partnership_agencypost p ON p.id = m.agency_post_id
        JOIN partnership_agency g ON g.id = p.agency_id
        WHERE m.id = opened;
    END
    """,
)

REPLY = steward_function(
    "partnership_reply(of_link text, of_code text, at_moment timestamptz, new_id uuid, of_kind text,"
    " words text, signature text)"
    " RETURNS TABLE (said text, message uuid, ring text, about uuid[]) LANGUAGE plpgsql",
    body="""
    DECLARE answer text; opened uuid;
    BEGIN
        SELECT t.said, t.found INTO answer, opened FROM partnership_try_key(of_link, of_code, at_moment) t;
        IF answer = 'open' THEN
            -- The page's own key: the same reply sent twice is kept once.
            INSERT INTO partnership_reply (id, message_id, kind, text, signed, at)
            VALUES (new_id, opened, of_kind, words, signature, at_moment) ON CONFLICT (id) DO NOTHING;
        END IF;
        RETURN QUERY SELECT answer, opened, m.ring::text,
            ARRAY(SELECT a.person FROM partnership_messageabout a WHERE a.message_id = opened)
        FROM (SELECT 1) AS one LEFT JOIN partnership_message m ON m.id = opened;
    END
    """,
)

KEY_FITS = steward_function(
    "partnership_key_fits(of_message uuid, of_link text) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT access_actor() IS NOT NULL
       AND EXISTS (SELECT 1 FROM partnership_key WHERE message_id = of_message AND link_hash = of_link)
    """,
)

NOT_DELIVERED = steward_function(
    # The sender may have left by the time that the mail server answers.
    "partnership_not_delivered(of_message uuid, why text) RETURNS void LANGUAGE sql",
    body="""
    UPDATE partnership_message SET failure = left(why, 200)
    WHERE id = of_message AND delivered_at IS NULL AND access_actor() IS NOT NULL
    """,
)

# What a periodic job must find. It has no sight of anybody's record, and is told only keys.

OVERDUE = """
    acknowledged_at IS NULL AND silent_at IS NULL
    AND (open_by < at_moment OR (failure <> '' AND delivered_at IS NULL))
"""

LIST_OVERDUE = steward_function(
    "partnership_overdue(at_moment timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE",
    body="SELECT id FROM partnership_message WHERE " + OVERDUE + " AND access_actor() IS NOT NULL ORDER BY id",
)

RETURN_MESSAGE = steward_function(
    "partnership_return(of_message uuid, at_moment timestamptz)"
    " RETURNS TABLE (post uuid, failed boolean, manager_to_tell boolean) LANGUAGE sql",
    body="UPDATE partnership_message m SET silent_at = at_moment WHERE m.id = of_message AND "
    + OVERDUE
    + """
    AND access_actor() IS NOT NULL
    RETURNING m.sent_by_post, m.delivered_at IS NULL AND m.failure <> '',
        m.delivered_at IS NOT NULL AND EXISTS (
            SELECT 1 FROM partnership_agencypost p WHERE p.id = m.agency_post_id AND p.manager_email <> '')
    """,
)

MANAGER_TO_TELL = steward_function(
    "partnership_manager_to_tell(of_message uuid)"
    " RETURNS TABLE (email text, post_title text, agency text, composed timestamptz, ring text)"
    " LANGUAGE sql STABLE",
    body="""
    SELECT p.manager_email::text, p.title::text, g.name::text, m.composed_at, m.ring::text
    FROM partnership_message m
    JOIN partnership_agencypost p ON p.id = m.agency_post_id
    JOIN partnership_agency g ON g.id = p.agency_id
    WHERE m.id = of_message AND m.silent_at IS NOT NULL AND m.acknowledged_at IS NULL
      AND m.manager_told_at IS NULL AND p.manager_email <> '' AND access_actor() IS NOT NULL
    """,
)

MANAGER_TOLD = steward_function(
    "partnership_manager_told(of_message uuid, at_moment timestamptz) RETURNS void LANGUAGE sql",
    body="""
    UPDATE partnership_message SET manager_told_at = at_moment
    WHERE id = of_message AND manager_told_at IS NULL AND access_actor() IS NOT NULL
    """,
)

UNTOLD_REPLIES = steward_function(
    "partnership_untold_replies() RETURNS SETOF uuid LANGUAGE sql STABLE",
    body="SELECT id FROM partnership_reply WHERE told_at IS NULL AND access_actor() IS NOT NULL ORDER BY id",
)

REPLY_TOLD = steward_function(
    "partnership_reply_told(of_reply uuid, at_moment timestamptz)"
    " RETURNS TABLE (message uuid, post uuid, kind text) LANGUAGE sql",
    body="""
    UPDATE partnership_reply r SET told_at = at_moment FROM partnership_message m
    WHERE r.id = of_reply AND r.told_at IS NULL AND m.id = r.message_id AND access_actor() IS NOT NULL
    RETURNING m.id, m.sent_by_post, r.kind::text
    """,
)


class Migration(migrations.Migration):
    dependencies = [("partnership", "0002_fences")]

    operations = [
        migrations.AddField(
            "message", "ring", models.CharField(blank=True, max_length=120, default=""), preserve_default=False
        ),
        migrations.AddField("message", "open_by", models.DateTimeField(null=True)),
        migrations.AddField("message", "manager_told_at", models.DateTimeField(null=True)),
        migrations.AddField("reply", "told_at", models.DateTimeField(null=True)),
        statements(
            TRY_KEY,
            OPEN_MESSAGE,
            REPLY,
            KEY_FITS,
            NOT_DELIVERED,
            LIST_OVERDUE,
            RETURN_MESSAGE,
            MANAGER_TO_TELL,
            MANAGER_TOLD,
            UNTOLD_REPLIES,
            REPLY_TOLD,
        ),
    ]

from django.db import migrations

from sightline.access.fence import may_see, statements, steward_function

A_KEY = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

# What somebody typed and never sent goes to the manager of the posts that they held last, and to the managers above.
# Whom it is about, and its words, only where that manager may see whom it is about, and everybody whose key is in it.
# A contact is about nobody until it is taken; of other forms that say nobody, who it is cannot be told.
LEFT_DRAFTS = steward_function(
    "workforce_left_drafts() RETURNS TABLE (account uuid, form text, saved_at timestamptz, about uuid, body jsonb)"
    " LANGUAGE sql STABLE",
    body=f"""
    SELECT a.id, d.form, d.saved_at, CASE WHEN s.seen THEN d.about END, CASE WHEN s.seen THEN d.body END
    FROM workforce_account a JOIN doorway_draft d ON d.account = a.id
    CROSS JOIN LATERAL (
        SELECT (d.about IS NULL AND d.form = 'contact' OR d.about IS NOT NULL AND {may_see("d.about")})
            AND NOT EXISTS (
                SELECT 1 FROM regexp_matches(d.body::text, '({A_KEY})', 'g') AS m(found)
                WHERE EXISTS (SELECT 1 FROM access_grant g WHERE g.person = m.found[1]::uuid)
                  AND NOT {may_see("m.found[1]::uuid")}) AS seen) AS s
    WHERE access_actor() IS NOT NULL AND NOT a.is_active AND a.left_at IS NOT NULL
      AND EXISTS (
        SELECT 1 FROM workforce_occupancy o JOIN workforce_post p ON p.id = o.post_id
        WHERE o.account_id = a.id
          AND o.to_at = (SELECT max(l.to_at) FROM workforce_occupancy l WHERE l.account_id = a.id)
          AND p.manager_id = ANY ((SELECT access_principals())::uuid[]))
    ORDER BY d.saved_at DESC
    LIMIT 100
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0007_home_taken_back"),
        ("doorway", "0003_once_for_each_form"),
        ("access", "0007_who_reads"),
    ]

    operations = [statements(LEFT_DRAFTS)]

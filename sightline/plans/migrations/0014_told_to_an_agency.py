from django.db import migrations

from sightline.access.fence import statements, steward_function

LIVE = "s.from_at <= statement_timestamp() AND (s.until_at IS NULL OR s.until_at > statement_timestamp())"

# Of the children that are shared with my agency with why we are involved: since when, on which plan, and which post
# carries them. Not a word of the record.
WHY = steward_function(
    "plans_told_to_agency(of_share uuid) RETURNS TABLE (child uuid, open_since date, plans text[]) LANGUAGE sql STABLE",
    body=f"""
    SELECT shared.child,
        (SELECT max(e.opened_on) FROM record_episode e
         WHERE e.child_id = shared.child AND e.closed_on IS NULL AND e.withdrawn_at IS NULL),
        ARRAY(SELECT DISTINCT c.kind::text FROM plans_planchild c
              WHERE c.child_id = shared.child AND c.to_on IS NULL ORDER BY 1)
    FROM partnership_shared(of_share) AS shared
    JOIN partnership_share s ON s.id = of_share AND s.tells_why AND {LIVE}
    """,
)


class Migration(migrations.Migration):
    # Why we are involved, for an agency with whom that is shared.
    dependencies = [
        ("plans", "0013_reviews_of_earlier"),
        ("partnership", "0016_fence_of_shares"),
        ("record", "0018_kept_to"),
    ]

    operations = [statements(WHY)]

from django.db import migrations

from sightline.access.fence import open_table, statements, steward_function

# Whom I read as: my account, the posts I occupy or cover, their teams, and, below a manager's
# post, the posts and teams it manages. Read live, so that a leaver reads nothing from that moment.
PRINCIPALS = steward_function(
    "access_principals() RETURNS uuid[] LANGUAGE sql STABLE",
    body="""
    WITH RECURSIVE standing AS (
        SELECT o.post_id FROM workforce_occupancy o
        WHERE o.account_id = access_actor()
          AND o.from_at <= statement_timestamp() AND (o.to_at IS NULL OR o.to_at > statement_timestamp())
        UNION
        SELECT c.post_id FROM workforce_cover c
        WHERE c.account_id = access_actor()
          AND c.from_at <= statement_timestamp() AND (c.to_at IS NULL OR c.to_at > statement_timestamp())
    ), held AS (
        SELECT s.post_id FROM standing s JOIN workforce_account a ON a.id = access_actor()
        WHERE a.is_active
        UNION
        SELECT p.id FROM workforce_post p JOIN held h ON p.manager_id = h.post_id
    )
    SELECT coalesce(array_agg(principal), '{}') FROM (
        SELECT a.id AS principal FROM workforce_account a
        WHERE a.id = access_actor() AND a.is_active
        UNION SELECT post_id FROM held
        UNION SELECT p.team_id FROM workforce_post p JOIN held h ON h.post_id = p.id
    ) AS mine
    """,
)

# Whom to ring about a post at a moment: its occupant unless away, else its cover, else the same
# for the manager's post and so on up, else the emergency duty team.
WHO_TO_RING = steward_function(
    "workforce_who_to_ring(of_post uuid, at_moment timestamptz)"
    " RETURNS TABLE (account uuid, post uuid, standing text) LANGUAGE sql STABLE",
    body="""
    WITH RECURSIVE line AS (
        SELECT p.id, p.manager_id, 0 AS height FROM workforce_post p WHERE p.id = of_post
        UNION ALL
        SELECT p.id, p.manager_id, l.height + 1
        FROM workforce_post p JOIN line l ON p.id = l.manager_id WHERE l.height < 8
    ), emergency AS (
        SELECT p.id, 100 AS height
        FROM workforce_post p JOIN workforce_team t ON t.id = p.team_id
        WHERE t.kind = 'emergency_duty' AND p.closed_at IS NULL
    ), places AS (
        SELECT id, height FROM line UNION ALL SELECT id, height FROM emergency
    ), present AS (
        SELECT o.account_id, o.post_id, pl.height, 0 AS turn
        FROM places pl JOIN workforce_occupancy o ON o.post_id = pl.id
        WHERE o.from_at <= at_moment AND (o.to_at IS NULL OR o.to_at > at_moment)
        UNION ALL
        SELECT c.account_id, c.post_id, pl.height, 1
        FROM places pl JOIN workforce_cover c ON c.post_id = pl.id
        WHERE c.from_at <= at_moment AND (c.to_at IS NULL OR c.to_at > at_moment)
    )
    SELECT p.account_id, p.post_id,
        CASE WHEN p.height = 100 THEN 'emergency_duty'
             WHEN p.height > 0 THEN 'manager'
             WHEN p.turn = 1 THEN 'cover' ELSE 'occupant' END
    FROM present p JOIN workforce_account a ON a.id = p.account_id
    WHERE a.is_active AND NOT EXISTS (
        SELECT 1 FROM workforce_absence b
        WHERE b.account_id = p.account_id
          AND b.from_at <= at_moment AND (b.to_at IS NULL OR b.to_at > at_moment))
    ORDER BY p.height, p.turn, p.post_id
    LIMIT 1
    """,
)


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_initial"), ("access", "0002_fences")]

    operations = [
        statements(
            open_table(
                "workforce_account",
                change=["password", "last_login", "name", "role", "registration", "phone", "is_active", "left_at"],
            ),
            open_table("workforce_team", change=["name", "phone"]),
            open_table("workforce_post", change=["title", "manager_id", "closed_at"]),
            open_table("workforce_occupancy", change=["to_at"]),
            open_table("workforce_cover", change=["to_at"]),
            open_table("workforce_absence", change=["to_at", "back_on"]),
            PRINCIPALS,
            WHO_TO_RING,
        )
    ]

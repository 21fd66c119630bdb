from django.db import migrations

from sightline.access.fence import open_table, statements, steward_function

# Whom I read as: my account, the posts I occupy or cover, their teams, below a manager's post the
# posts and teams it manages, and the shares of my agency. Read live, so that a leaver reads nothing
# from that moment, and a share that has ended gives nothing.
PRINCIPALS = steward_function(
    "access_principals() RETURNS uuid[] LANGUAGE sql STABLE",
    body="""
    WITH RECURSIVE me AS (
        SELECT a.id, a.agency FROM workforce_account a WHERE a.id = access_actor() AND a.is_active
    ), standing AS (
        SELECT o.post_id FROM workforce_occupancy o JOIN me ON o.account_id = me.id
        WHERE o.from_at <= statement_timestamp() AND (o.to_at IS NULL OR o.to_at > statement_timestamp())
        UNION
        SELECT c.post_id FROM workforce_cover c JOIN me ON c.account_id = me.id
        WHERE c.from_at <= statement_timestamp() AND (c.to_at IS NULL OR c.to_at > statement_timestamp())
    ), held AS (
        SELECT post_id FROM standing
        UNION
        SELECT p.id FROM workforce_post p JOIN held h ON p.manager_id = h.post_id
    )
    SELECT coalesce(array_agg(principal), '{}') FROM (
        SELECT id AS principal FROM me
        UNION SELECT post_id FROM held
        UNION SELECT p.team_id FROM workforce_post p JOIN held h ON h.post_id = p.id
        UNION SELECT s.id FROM partnership_share s JOIN me ON s.agency_id = me.agency
        WHERE s.from_at <= statement_timestamp() AND (s.until_at IS NULL OR s.until_at > statement_timestamp())
    ) AS mine
    """,
)


class Migration(migrations.Migration):
    # An agency's share is a reader too.
    dependencies = [("partnership", "0013_need_to_know"), ("workforce", "0004_fences_of_homes")]

    operations = [statements(open_table("partnership_share", change=["until_at", "ended_by"]), PRINCIPALS)]

from importlib import import_module

from django.db import migrations

from sightline.access.fence import as_steward, statements

# A week's views are weighed for all workers together: which posts each of them held, and which work each of them had
# with whom, was a function that was asked anew for every worker and for every pair.
WORKER = """
    WITH worker AS MATERIALIZED (
        SELECT a.id, a.role, record_posts_held(a.id, since, until) AS posts,"""
HELD = """
    WITH RECURSIVE below AS MATERIALIZED (
        SELECT unnest(record_accounts_below(since)) AS id
    ), held(account, post) AS (
        SELECT s.account_id, s.post_id FROM (
            SELECT account_id, post_id, from_at, to_at FROM workforce_occupancy
            UNION ALL
            SELECT account_id, post_id, from_at, to_at FROM workforce_cover) AS s
        JOIN below b ON b.id = s.account_id
        WHERE s.from_at < until AND (s.to_at IS NULL OR s.to_at > since)
        UNION
        SELECT h.account, p.id FROM workforce_post p JOIN held h ON p.manager_id = h.post
    ), posts_of AS MATERIALIZED (
        SELECT h.account, array_agg(h.post) AS posts FROM held h GROUP BY h.account
    ), worker AS MATERIALIZED (
        SELECT a.id, a.role, coalesce(o.posts, '{}') AS posts,"""
FROM_BELOW = "FROM unnest(record_accounts_below(since)) AS m(id) JOIN workforce_account a ON a.id = m.id"
BELOW = "FROM below m JOIN workforce_account a ON a.id = m.id LEFT JOIN posts_of o ON o.account = a.id"
ASKED = "p.queued OR record_had_work(p.account, p.person, w.posts, since, until) AS work"
# As `record_had_work` had it (0022).
WORK = """(p.queued OR EXISTS (
                SELECT 1 FROM access_grant g
                WHERE g.person = p.person AND g.from_at < until AND (g.until_at IS NULL OR g.until_at > since)
                  AND (g.reader = p.account AND g.because <> 'emergency'
                    OR g.because = 'allocation' AND EXISTS (
                        SELECT 1 FROM record_allocation l
                        WHERE l.episode_id = g.because_of AND l.post_id = ANY (w.posts)
                          AND l.from_at < until AND (l.to_at IS NULL OR l.to_at > since) OFFSET 0)
                    OR g.because = 'step' AND EXISTS (
                        SELECT 1 FROM record_stepcarrier c
                        WHERE c.step_id = g.because_of AND c.post_id = ANY (w.posts)
                          AND c.from_at < until AND (c.to_at IS NULL OR c.to_at > since) OFFSET 0)) OFFSET 0)
            OR EXISTS (
                SELECT 1 FROM audit_eventperson q JOIN audit_event e ON e.id = q.event_id
                WHERE q.person = p.person AND q.at >= since - interval '90 days' AND q.at < until
                  AND e.actor = p.account AND e.kind = 'act' OFFSET 0)) AS work"""

MADE = import_module("sightline.record.migrations.0024_no_views_past_a_conflict").VIEWS
VIEWS = [statement.replace(WORKER, HELD).replace(FROM_BELOW, BELOW).replace(ASKED, WORK) for statement in MADE]
NO_LONGER = as_steward(
    [
        "DROP FUNCTION record_had_work(uuid, uuid, uuid[], timestamptz, timestamptz)",
        "DROP FUNCTION record_posts_held(uuid, timestamptz, timestamptz)",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0027_sight_of_whoever_is_taken_off"),
        ("access", "0009_conflicts_of_whoever_reviews"),
    ]

    operations = [statements(VIEWS, NO_LONGER)]

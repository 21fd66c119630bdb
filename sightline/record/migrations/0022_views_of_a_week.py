from django.db import migrations

from sightline.access.fence import statements, steward_function

# Whose views I answer for: those who stood in a post below mine lately. Never my own.
BELOW_ME = steward_function(
    "record_accounts_below(since timestamptz) RETURNS uuid[] LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(array_agg(DISTINCT s.account_id), '{}')
    FROM workforce_post p
    CROSS JOIN LATERAL (
        SELECT o.account_id FROM workforce_occupancy o
        WHERE o.post_id = p.id AND (o.to_at IS NULL OR o.to_at > since)
        UNION ALL
        SELECT c.account_id FROM workforce_cover c
        WHERE c.post_id = p.id AND (c.to_at IS NULL OR c.to_at > since)) AS s
    WHERE p.manager_id = ANY ((SELECT access_principals())::uuid[]) AND s.account_id <> access_actor()
    """,
)

# The posts somebody held in a period, with those below them: what those carry is a manager's work too.
POSTS_HELD = steward_function(
    "record_posts_held(of_account uuid, since timestamptz, until timestamptz) RETURNS uuid[] LANGUAGE sql STABLE",
    allow=False,
    body="""
    WITH RECURSIVE held(post) AS (
        SELECT s.post_id FROM (
            SELECT post_id, from_at, to_at FROM workforce_occupancy WHERE account_id = of_account
            UNION ALL
            SELECT post_id, from_at, to_at FROM workforce_cover WHERE account_id = of_account) AS s
        WHERE s.from_at < until AND (s.to_at IS NULL OR s.to_at > since)
        UNION
        SELECT p.id FROM workforce_post p JOIN held h ON p.manager_id = h.post
    ) SELECT coalesce(array_agg(post), '{}') FROM held
    """,
)

# Some work of theirs with a person: carried by a post of theirs, or around what is; given to them by name; the
# desk's queue; or something that they did. Emergency access is none.
HAD_WORK = steward_function(
    "record_had_work(of_account uuid, with_person uuid, posts uuid[], since timestamptz, until timestamptz)"
    " RETURNS boolean LANGUAGE sql STABLE",
    allow=False,
    body="""
    SELECT EXISTS (
        SELECT 1 FROM access_grant g
        WHERE g.person = with_person AND g.from_at < until AND (g.until_at IS NULL OR g.until_at > since)
          AND (g.reader = of_account AND g.because <> 'emergency'
            OR g.because = 'allocation' AND EXISTS (
                SELECT 1 FROM record_allocation a
                WHERE a.episode_id = g.because_of AND a.post_id = ANY (posts)
                  AND a.from_at < until AND (a.to_at IS NULL OR a.to_at > since))
            OR g.because = 'step' AND EXISTS (
                SELECT 1 FROM record_stepcarrier c
                WHERE c.step_id = g.because_of AND c.post_id = ANY (posts)
                  AND c.from_at < until AND (c.to_at IS NULL OR c.to_at > since)))
    ) OR EXISTS (
        SELECT 1 FROM audit_eventperson p JOIN audit_event e ON e.id = p.event_id
        WHERE p.person = with_person AND p.at >= since - interval '90 days' AND p.at < until
          AND e.actor = of_account AND e.kind = 'act')
    """,
)

OWN_VIEWS = "'viewing'"
QUEUE = "('contact', 'handover', 'taking_contact', 'possible_match')"

# How many people a usual worker of a role looked at: the median of up to a hundred who do the same, so that its
# cost does not grow with the authority.
USUAL = steward_function(
    "record_usual_number(of_role text, since timestamptz, until timestamptz)"
    " RETURNS TABLE (usual double precision, peers bigint) LANGUAGE sql STABLE",
    allow=False,
    body=f"""
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n.people), count(*)
    FROM (SELECT a.id FROM workforce_account a WHERE a.role = of_role AND a.joined_at < until
          ORDER BY md5(a.id::text || since::date::text) LIMIT 100) AS peer
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT p.person) AS people
        FROM audit_event e JOIN audit_eventperson p ON p.event_id = e.id
        WHERE e.actor = peer.id AND e.at >= since AND e.at < until AND e.kind = 'look' AND e.what <> {OWN_VIEWS}
    ) AS n
    WHERE n.people > 0
    """,
)

# What stands out among a week's views of those below me. Whoever is closed to me is not told of, unless I review
# the restriction. A home that protects is compared with nobody's: the answer would say where it is.
VIEWS = steward_function(
    "record_views_of_a_week(since timestamptz, until timestamptz, days_off date[], surnames jsonb)"
    " RETURNS TABLE (account uuid, signal text, person uuid, name text, times bigint, people bigint,"
    " first_at timestamptz, last_at timestamptz, usual double precision) LANGUAGE sql STABLE SET jit = off",
    body=f"""
    WITH worker AS MATERIALIZED (
        SELECT a.id, a.role, record_posts_held(a.id, since, until) AS posts,
            array(SELECT jsonb_array_elements_text(surnames -> a.id::text)) AS surname
        FROM unnest(record_accounts_below(since)) AS m(id) JOIN workforce_account a ON a.id = m.id
    ), closed AS MATERIALIZED (
        SELECT unnest(access_bars() || access_hidden()) AS person
        EXCEPT
        SELECT b.person FROM access_bar b
        WHERE b.kind = 'restricted' AND b.reviewer = ANY ((SELECT access_principals())::uuid[])
          AND b.from_at <= statement_timestamp() AND (b.until_at IS NULL OR b.until_at > statement_timestamp())
    ), look AS MATERIALIZED (
        SELECT w.id AS account, p.person, e.at, e.because,
            (e.at AT TIME ZONE 'Europe/London')::time AS clock, (e.at AT TIME ZONE 'Europe/London')::date AS day
        FROM worker w
        JOIN audit_event e ON e.actor = w.id AND e.at >= since AND e.at < until AND e.kind = 'look'
            AND e.what <> {OWN_VIEWS}
        JOIN audit_eventperson p ON p.event_id = e.id
    ), pair AS MATERIALIZED (
        SELECT l.account, l.person, count(*) AS times, min(l.at) AS first_at, max(l.at) AS last_at,
            bool_or(l.because IN {QUEUE}) AS queued,
            count(*) FILTER (WHERE l.clock < '07:00' OR l.clock >= '20:00' OR l.day = ANY (days_off)) AS odd_times,
            min(l.at) FILTER (WHERE l.clock < '07:00' OR l.clock >= '20:00' OR l.day = ANY (days_off)) AS odd_first,
            max(l.at) FILTER (WHERE l.clock < '07:00' OR l.clock >= '20:00' OR l.day = ANY (days_off)) AS odd_last
        FROM look l GROUP BY l.account, l.person
    ), seen AS MATERIALIZED (
        SELECT p.*, w.role, w.surname,
            p.queued OR record_had_work(p.account, p.person, w.posts, since, until) AS work
        FROM pair p JOIN worker w ON w.id = p.account
        WHERE p.person NOT IN (SELECT c.person FROM closed c)
    ), lived AS (
        SELECT s.account, s.person, s.times, s.first_at, s.last_at,
            bool_or(h.match_key = w.match_key AND h.match_key <> '') AS address,
            bool_or(h.postcode = w.postcode AND h.postcode <> '') AS postcode
        FROM seen s
        JOIN workforce_workerhome w ON w.account_id = s.account
        JOIN people_residence r ON r.person_id = s.person AND r.believed_to IS NULL
            AND r.section = 'address' AND r.protects = ''
        JOIN people_home h ON h.id = r.home_id
        GROUP BY s.account, s.person, s.times, s.first_at, s.last_at
    ), found AS (
        SELECT e.account, 'emergency' AS signal,
            CASE WHEN e.person NOT IN (SELECT c.person FROM closed c) THEN e.person END AS person,
            1::bigint AS times, 1::bigint AS people, e.from_at AS first_at, e.until_at AS last_at,
            NULL::double precision AS usual
        FROM access_emergencyaccess e JOIN worker w ON w.id = e.account
        WHERE e.from_at >= since AND e.from_at < until
        UNION ALL
        SELECT s.account, 'no_work', s.person, s.times, 1, s.first_at, s.last_at, NULL FROM seen s WHERE NOT s.work
        UNION ALL
        SELECT s.account, 'surname', s.person, s.times, 1, s.first_at, s.last_at, NULL FROM seen s
        WHERE EXISTS (SELECT 1 FROM people_nametoken t
                      WHERE t.person_id = s.person AND t.is_family AND t.token = ANY (s.surname))
        UNION ALL
        SELECT l.account, CASE WHEN l.address THEN 'address' ELSE 'postcode' END, l.person, l.times, 1,
            l.first_at, l.last_at, NULL
        FROM lived l WHERE l.address OR l.postcode
        UNION ALL
        -- One line for a worker's week: what is theirs to do at night is theirs to open at night.
        SELECT s.account, 'hours', NULL, sum(s.odd_times)::bigint, count(*), min(s.odd_first), max(s.odd_last), NULL
        FROM seen s WHERE NOT s.work AND s.odd_times > 0 AND s.role <> 'emergency_duty' GROUP BY s.account
        UNION ALL
        SELECT n.account, 'volume', NULL, n.times, n.people, n.first_at, n.last_at, u.usual
        FROM (SELECT p.account, sum(p.times)::bigint AS times, count(*) AS people, min(p.first_at) AS first_at,
                max(p.last_at) AS last_at FROM pair p GROUP BY p.account HAVING count(*) >= 15) AS n
        JOIN worker w ON w.id = n.account
        JOIN (SELECT r.role, q.usual, q.peers FROM (SELECT DISTINCT role FROM worker) r
              CROSS JOIN LATERAL record_usual_number(r.role, since, until) AS q) AS u ON u.role = w.role
        WHERE u.peers >= 5 AND n.people > 3 * u.usual
    )
    SELECT f.account, f.signal, f.person, called.name, f.times, f.people, f.first_at, f.last_at, f.usual
    FROM found f
    LEFT JOIN LATERAL (
        SELECT btrim(n.given || ' ' || n.family) AS name FROM people_name n
        WHERE n.person_id = f.person AND n.believed_to IS NULL AND n.true_to IS NULL
        ORDER BY n.kind <> 'legal', n.believed_from DESC LIMIT 1) AS called ON true
    """,
)

MINE_TO_ANSWER = "account = ANY ((SELECT record_accounts_below(now() - interval '120 days'))::uuid[])"


class Migration(migrations.Migration):
    # What a manager looks through each week of the views of those below; and what was answered is read by those
    # above whoever answered, and never by whom it is about.
    dependencies = [
        ("record", "0021_why_a_wish_was_set_aside"),
        ("audit", "0004_fences_of_sealing"),
        ("access", "0005_one_person_two_keys"),
        ("people", "0008_need_to_know"),
        ("partnership", "0014_shares"),
        ("workforce", "0004_fences_of_homes"),
    ]

    operations = [
        statements(
            BELOW_ME,
            POSTS_HELD,
            HAD_WORK,
            USUAL,
            VIEWS,
            [
                f"ALTER POLICY reading ON audit_answered USING (by = access_actor() OR {MINE_TO_ANSWER})",
                f"ALTER POLICY adding ON audit_answered WITH CHECK (by = access_actor() AND {MINE_TO_ANSWER})",
            ],
        )
    ]

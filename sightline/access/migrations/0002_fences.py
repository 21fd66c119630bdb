from django.db import migrations

from sightline.access.fence import (
    SERVING,
    SOMEBODY_ACTS,
    STEWARD,
    fence,
    may_see,
    mine,
    statements,
    steward_function,
)

ACTOR = [
    # Outside a transaction that has an actor the setting is '' and not NULL.
    (
        "CREATE FUNCTION access_actor() RETURNS uuid LANGUAGE sql STABLE AS"
        " $$ SELECT nullif(current_setting('sightline.actor', true), '')::uuid $$"
    ),
    f"GRANT EXECUTE ON FUNCTION access_actor() TO {SERVING}, {STEWARD}",
]

PRINCIPALS = steward_function(
    # Whom I read as. With no workforce there is only my own account; the workforce room puts my
    # posts and my teams in here.
    "access_principals() RETURNS uuid[] LANGUAGE sql STABLE",
    body="SELECT array[access_actor()]",
)

BARS = steward_function(
    "access_bars() RETURNS uuid[] LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(array_agg(DISTINCT b.person), '{}')
    FROM access_bar b
    WHERE b.from_at <= statement_timestamp()
      AND (b.until_at IS NULL OR b.until_at > statement_timestamp())
      AND ((b.kind = 'conflict' AND b.against = access_actor())
        OR (b.kind = 'restricted' AND NOT EXISTS (
              SELECT 1 FROM access_barreader r
              WHERE r.bar_id = b.id AND r.account = access_actor())))
    """,
)

MAY_SEE = [
    (
        "CREATE FUNCTION access_may_see(person uuid, section text) RETURNS boolean"
        f" LANGUAGE sql STABLE AS $$ SELECT {may_see('$1', '$2')} $$"
    ),
    f"GRANT EXECUTE ON FUNCTION access_may_see(uuid, text) TO {SERVING}, {STEWARD}",
]

END_SIGHT = steward_function(
    "access_end_sight(because_of_what uuid, of_reader uuid, at_moment timestamptz) RETURNS void LANGUAGE sql",
    body="""
    UPDATE access_grant SET until_at = greatest(at_moment, from_at)
    WHERE because_of = because_of_what
      AND (of_reader IS NULL OR reader = of_reader)
      AND (until_at IS NULL OR until_at > at_moment)
      AND access_actor() IS NOT NULL
    """,
)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        statements(
            ACTOR,
            PRINCIPALS,
            BARS,
            # This stands inside every other rule. As a plain equality it would be searched for, once for
            # each of a manager's many posts, before the person is.
            fence("access_grant", read=f"({mine('reader')}) IS TRUE"),
            fence("access_bar", read="reviewer = access_actor()"),
            fence(
                "access_barreader",
                read="account = access_actor()",
                add=SOMEBODY_ACTS,
            ),
            MAY_SEE,
            END_SIGHT,
        )
    ]

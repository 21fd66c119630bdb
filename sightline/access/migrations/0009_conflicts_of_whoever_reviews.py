from django.db import migrations

from sightline.access.fence import may_see, mine, statements, steward_function

NOW = "statement_timestamp()"

# About whom I have a conflict of interest, under any key of theirs.
CONFLICTS = steward_function(
    "access_conflicts() RETURNS uuid[] LANGUAGE sql STABLE",
    body=f"""
    SELECT coalesce(array_agg(DISTINCT b.person), '{{}}') FROM access_bar b
    WHERE b.kind = 'conflict' AND b.against = access_actor()
      AND b.from_at <= {NOW} AND (b.until_at IS NULL OR b.until_at > {NOW})
    """,
)

# What somebody was given by name ends with their account: whoever is let in again begins with nothing. Grants
# and readers' rows are seen by few, and an administrator is none of them.
END_OF_ACCOUNT = steward_function(
    "access_end_account(of_account uuid, at_moment timestamptz) RETURNS void LANGUAGE sql",
    body="""
    UPDATE access_grant g SET until_at = greatest(at_moment, g.from_at)
    WHERE g.reader = of_account AND g.mirrors IS NULL AND (g.until_at IS NULL OR g.until_at > at_moment)
      AND access_actor() IS NOT NULL AND of_account <> access_actor();
    UPDATE access_barreader r SET until_at = greatest(at_moment, coalesce(r.from_at, at_moment))
    WHERE r.account = of_account AND (r.until_at IS NULL OR r.until_at > at_moment)
      AND access_actor() IS NOT NULL AND of_account <> access_actor();
    """,
)

# Whoever reviews looks at none of somebody about whom they have a conflict: the posts above theirs do.
REVIEWS = f"({mine('reviewer')} AND person <> ALL ((SELECT access_conflicts())::uuid[]))"


class Migration(migrations.Migration):
    # A conflict of interest keeps also a reviewer from what is said of a restriction, a conflict or an emergency;
    # and what was given to an account by name ends when the account is closed.
    dependencies = [("access", "0008_no_longer_than_the_emergency")]

    operations = [
        statements(
            CONFLICTS,
            END_OF_ACCOUNT,
            [f"ALTER POLICY {policy} ON access_bar USING {REVIEWS}" for policy in ("reading", "changing")],
            [
                (
                    "ALTER POLICY reading ON access_emergencyaccess"
                    f" USING (account = access_actor() OR {REVIEWS} OR {may_see('person')})"
                ),
                f"ALTER POLICY changing ON access_emergencyaccess USING {REVIEWS}",
            ],
        )
    ]

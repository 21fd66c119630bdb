from django.db import migrations

from sightline.access.fence import as_steward, statements, steward_function
from sightline.people.search_functions import FUNCTIONS

# What these two say was asked of who is closed to the actor. It is asked of who is hidden: whoever may be
# known of has a number that others may not be given, and is kin whose worker is told.
NUMBER_HELD = steward_function(
    "people_number_held(of_person uuid, of_scheme text, number text) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT access_actor() IS NOT NULL AND EXISTS (
        SELECT 1 FROM people_identifier i
        WHERE i.scheme = of_scheme AND i.value = number AND i.believed_to IS NULL
          AND i.person_id <> of_person AND i.person_id <> ALL (access_hidden()))
    """,
)
NETWORK = steward_function(
    "people_network(of_people uuid[]) RETURNS TABLE (person uuid) LANGUAGE sql STABLE",
    body="""
    WITH hidden AS MATERIALIZED (
        SELECT access_hidden() AS people
    ), closed AS MATERIALIZED (
        SELECT access_bars() AS people
    ), asked AS (
        SELECT p AS person FROM unnest(of_people) AS p
        WHERE p <> ALL ((SELECT people FROM hidden)::uuid[]) AND access_actor() IS NOT NULL
    ), related AS (
        SELECT person FROM asked
        UNION SELECT r.to_id FROM people_relationship r JOIN asked a ON a.person = r.person_id
        WHERE r.believed_to IS NULL
        UNION SELECT r.person_id FROM people_relationship r JOIN asked a ON a.person = r.to_id
        WHERE r.believed_to IS NULL
        UNION SELECT theirs.person_id FROM people_residence mine
        JOIN asked a ON a.person = mine.person_id
        JOIN people_residence theirs ON theirs.home_id = mine.home_id
        WHERE mine.section = 'address' AND mine.believed_to IS NULL AND mine.true_to IS NULL
          AND theirs.section = 'address' AND theirs.believed_to IS NULL AND theirs.true_to IS NULL
          -- Where somebody lives whose record is closed joins them to nobody.
          AND mine.person_id <> ALL ((SELECT people FROM closed)::uuid[])
          AND theirs.person_id <> ALL ((SELECT people FROM closed)::uuid[])
    )
    SELECT r.person FROM related r WHERE r.person <> ALL ((SELECT people FROM hidden)::uuid[])
    """,
)


class Migration(migrations.Migration):
    # Whoever is restricted and may be known of is found, without where they live; and a search says that
    # they are. A function that answers with more columns is made anew.
    dependencies = [("people", "0008_need_to_know"), ("access", "0005_one_person_two_keys")]

    operations = [
        statements(
            as_steward(
                [
                    "DROP FUNCTION IF EXISTS people_search(jsonb)",
                    "DROP FUNCTION IF EXISTS people_hidden_matches(jsonb)",
                ]
            ),
            NUMBER_HELD,
            NETWORK,
            FUNCTIONS,
        )
    ]

from django.db import migrations

from sightline.access.fence import statements, steward_function
from sightline.people.search_functions import KEYS_OF, SEARCH

# That an address is withheld may be known to those who may see whose it is, under whichever key they ask.
WITHHELD = steward_function(
    "people_address_withheld(of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT access_may_see(of_person, 'identity') AND EXISTS (
        SELECT 1 FROM people_keys_of(ARRAY[of_person]) k
        JOIN people_residence r ON r.person_id = k.key
        WHERE r.section = 'safe_address' AND r.believed_to IS NULL AND r.true_to IS NULL)
    """,
)

# To whom a letter must not go unthought. Where somebody lived is asked of all their keys, as is who is protected;
# the answer is in the keys that were asked about.
AT_RISK = steward_function(
    "people_at_risk(recipients uuid[], about uuid[]) RETURNS TABLE (recipient uuid, person uuid) LANGUAGE sql STABLE",
    body="""
    WITH keys AS MATERIALIZED (
        SELECT k.person, k.key FROM people_keys_of(recipients || about) k
    ), protected AS (
        SELECT DISTINCT k.person FROM keys k
        JOIN people_residence r ON r.person_id = k.key AND r.section = 'safe_address'
            AND r.believed_to IS NULL AND r.true_to IS NULL
        WHERE access_may_see(k.person, 'identity')
    )
    SELECT p.person, p.person FROM protected p WHERE p.person = ANY (recipients)
    UNION
    SELECT t.person, p.person FROM protected p
    JOIN keys f ON f.person = p.person
    JOIN people_residence fled ON fled.person_id = f.key AND fled.section = 'address' AND fled.believed_to IS NULL
    JOIN people_residence theirs ON theirs.home_id = fled.home_id
        AND theirs.section = 'address' AND theirs.believed_to IS NULL
    JOIN keys t ON t.key = theirs.person_id AND t.person = ANY (recipients)
    WHERE NOT EXISTS (SELECT 1 FROM keys same WHERE same.person = p.person AND same.key = t.person)
      AND access_may_see(t.person, 'identity')
    """,
)


class Migration(migrations.Migration):
    # Whoever is protected under one key is protected under each key of theirs.
    dependencies = [("people", "0011_called"), ("access", "0008_no_longer_than_the_emergency")]

    operations = [statements(KEYS_OF, SEARCH, WITHHELD, AT_RISK)]

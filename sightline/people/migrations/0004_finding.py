from django.db import migrations

from sightline.access.fence import statements, steward_function
from sightline.people.search_functions import FUNCTIONS

# The words of a name, learnt when it is written: how they sound, and what one slip makes of them.
WORDS = [
    *steward_function(
        "people_slips(word text) RETURNS text[] LANGUAGE sql IMMUTABLE",
        allow=False,
        body="""
        SELECT coalesce(array_agg(DISTINCT left(word, n - 1) || substr(word, n + 1)), '{}') || word
        FROM generate_series(1, length(word)) AS n WHERE length(word) > 1
        """,
    ),
    *steward_function(
        "people_sounds(word text) RETURNS text[] LANGUAGE sql IMMUTABLE",
        allow=False,
        body="""
        SELECT CASE WHEN word ~ '^[a-z]+$'
            THEN array_remove(ARRAY[dmetaphone(word), nullif(dmetaphone_alt(word), dmetaphone(word))], NULL)
            ELSE '{}' END
        """,
    ),
    *steward_function(
        "people_learn_words(learnt text[]) RETURNS void LANGUAGE sql",
        body="""
        INSERT INTO people_word (word, sounds, slips)
        SELECT w, people_sounds(w), people_slips(w)
        FROM (SELECT DISTINCT unnest(learnt) AS w ORDER BY 1) AS words
        WHERE access_actor() IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_word known WHERE known.word = w)
        ON CONFLICT DO NOTHING
        """,
    ),
]

# Whether somebody other than this person has a number. Whoever is closed to the actor does not
# count, and nor does anyone while nobody acts.
NUMBER_HELD = steward_function(
    "people_number_held(of_person uuid, of_scheme text, number text) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT access_actor() IS NOT NULL AND EXISTS (
        SELECT 1 FROM people_identifier i
        WHERE i.scheme = of_scheme AND i.value = number AND i.believed_to IS NULL
          AND i.person_id <> of_person AND i.person_id <> ALL (access_bars()))
    """,
)

# One row for one home, also where the actor may not see who lives there; two who write the same
# new home at once wait for each other.
HOME_OF = steward_function(
    "people_home_of(new_key uuid, new_lines text, new_postcode text, key text) RETURNS uuid LANGUAGE plpgsql",
    body="""
    DECLARE home uuid;
    BEGIN
        IF access_actor() IS NULL THEN RETURN NULL; END IF;
        PERFORM pg_advisory_xact_lock(hashtextextended('people_home ' || key, 0));
        SELECT h.id INTO home FROM people_home h WHERE h.match_key = key ORDER BY h.id LIMIT 1;
        IF home IS NULL THEN
            INSERT INTO people_home (id, lines, postcode, match_key)
            VALUES (new_key, new_lines, new_postcode, key) RETURNING id INTO home;
        END IF;
        RETURN home;
    END
    """,
)

# That an address is withheld may be known to those who may see whose it is.
WITHHELD = steward_function(
    "people_address_withheld(of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT access_may_see(of_person, 'identity') AND EXISTS (
        SELECT 1 FROM people_residence r
        WHERE r.person_id = of_person AND r.section = 'safe_address'
          AND r.believed_to IS NULL AND r.true_to IS NULL)
    """,
)

# Who is related to these people or lives with them, and they themselves: keys, and no more.
NETWORK = steward_function(
    "people_network(of_people uuid[]) RETURNS TABLE (person uuid) LANGUAGE sql STABLE",
    body="""
    WITH asked AS (
        SELECT p AS person FROM unnest(of_people) AS p WHERE p <> ALL (access_bars()) AND access_actor() IS NOT NULL
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
    )
    SELECT r.person FROM related r WHERE r.person <> ALL (access_bars())
    """,
)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_search_words"), ("access", "0002_fences")]

    operations = [
        statements(
            WORDS,
            NUMBER_HELD,
            HOME_OF,
            WITHHELD,
            NETWORK,
            FUNCTIONS,
        )
    ]

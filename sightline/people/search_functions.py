"""The functions that find people, in SQL, run as the steward.

Who is hidden from whoever asks is not among them (`access_hidden`). Whose record is closed to them and
may be known of is found by name, birth and number, and never by where they live (`access_bars`).
With `barred` only whoever is closed is looked for: whom somebody new may be, to be asked of their carrier.

Nothing here scans people. What was typed is first looked for among the words of names (`people_alike`);
people are then gathered through equality on stored keys (`people_candidates`), and only they are
weighed (`people_weighed`). Each source of candidates has a ceiling, so that a common name cannot make
a search slow. Migrations apply `FUNCTIONS`; a change here needs a new migration that applies it again.
"""

from sightline.access.fence import steward_function

# Plans depend on how many words were given and how common they are; compiling costs more than it saves.
PLANNED = "LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan SET jit = off"

ALIKE = steward_function(
    # Words of names that are like a word that was typed: `near` from 0 to 1, and how they are alike.
    "people_alike(term text) RETURNS TABLE (word text, near real, how text) LANGUAGE sql STABLE ROWS 30 SET jit = off",
    allow=False,
    body="""
    SELECT DISTINCT ON (found.word) found.word, found.near::real, found.how FROM (
        SELECT w.word, 1.0 AS near, 'same' AS how FROM people_word w WHERE w.word = term
        UNION ALL
        SELECT w.word,
            CASE WHEN length(term) <= 3 THEN 0.70
                 WHEN left(w.word, 1) <> left(term, 1) THEN 0.76
                 WHEN levenshtein_less_equal(w.word, term, 2) > 1 THEN 0.80
                 ELSE 0.85 END, 'spelling'
        FROM people_word w
        WHERE w.slips && people_slips(term) AND w.word <> term
          AND levenshtein_less_equal(w.word, term, 2) <= 2
        UNION ALL
        SELECT w.word, 0.55 + 0.35 * similarity(w.word, term), 'sound'
        FROM people_word w
        WHERE w.sounds && people_sounds(term) AND w.word <> term
          AND similarity(w.word, term) >= 0.10
        UNION ALL
        (SELECT w.word, 0.60 + 0.30 * length(term) / length(w.word), 'beginning'
         FROM people_word w
         WHERE length(term) >= 3 AND w.word > term AND w.word < term || chr(1114109)
         LIMIT 40)
    ) AS found
    ORDER BY found.word, found.near DESC
    """,
)

EXPAND = steward_function(
    # Every word that would do for a place in what was typed. Other forms of a name are given by the caller.
    "people_expand(asked jsonb) RETURNS TABLE (place integer, word text, near real, how text)"
    " LANGUAGE sql STABLE ROWS 60 SET jit = off",
    allow=False,
    body="""
    SELECT DISTINCT ON (best.place, best.word) best.place, best.word, best.near, best.how FROM (
        SELECT t.place, alike.word, alike.near, alike.how
        FROM jsonb_to_recordset(asked -> 'terms') AS t(place integer, term text)
        CROSS JOIN LATERAL (SELECT * FROM people_alike(t.term) a ORDER BY a.near DESC LIMIT 60) AS alike
        UNION ALL
        SELECT f.place, f.form, 0.92::real, 'form'
        FROM jsonb_to_recordset(asked -> 'forms') AS f(place integer, form text)
    ) AS best
    ORDER BY best.place, best.word, best.near DESC
    """,
)

BY_NAME = steward_function(
    # Those whose names come nearest. Words are read nearest first, up to a ceiling for each place.
    "people_by_name(places integer[], words text[], nears real[], asked jsonb, barred boolean)"
    f" RETURNS TABLE (person uuid) {PLANNED} ROWS 300",
    allow=False,
    body="""
    DECLARE closed uuid[] := access_bars();
        left_out uuid[] := CASE WHEN barred THEN closed ELSE access_hidden() END;
        no_home uuid[] := CASE WHEN barred THEN '{}' ELSE closed END;
        born_from date := asked ->> 'born_from'; born_to date := asked ->> 'born_to';
        outward text := asked ->> 'outward';
    BEGIN
        RETURN QUERY
        WITH likely AS MATERIALIZED (
            SELECT held.person_id, p.place, max(held.near) AS near
            FROM (SELECT DISTINCT unnest(places) AS place) AS p
            CROSS JOIN LATERAL (
                SELECT t.person_id, w.near
                FROM (SELECT u.word, u.near FROM unnest(places, words, nears) AS u(place, word, near)
                      WHERE u.place = p.place ORDER BY u.near DESC) AS w
                CROSS JOIN LATERAL (SELECT n.person_id FROM people_nametoken n WHERE n.token = w.word) AS t
                LIMIT 8000) AS held
            GROUP BY held.person_id, p.place
        ), named AS MATERIALIZED (
            SELECT l.person_id, sum(l.near) AS near FROM likely l
            WHERE (l.person_id = ANY (left_out)) = barred
            GROUP BY l.person_id
        )
        SELECT n.person_id FROM named n
        LEFT JOIN people_particulars b ON born_from IS NOT NULL AND b.person_id = n.person_id
            AND b.believed_to IS NULL AND b.birth_date BETWEEN born_from AND born_to
        LEFT JOIN LATERAL (
            SELECT 1 AS lives FROM people_residence r JOIN people_home h ON h.id = r.home_id
            WHERE outward <> '' AND r.person_id = n.person_id AND r.person_id <> ALL (no_home) AND r.section = 'address'
              AND r.believed_to IS NULL AND split_part(h.postcode, ' ', 1) = outward LIMIT 1) AS a ON true
        ORDER BY n.near + CASE WHEN b.id IS NULL THEN 0 ELSE 0.5 END
            + CASE WHEN a.lives IS NULL THEN 0 ELSE 0.4 END DESC, n.person_id
        LIMIT 300;
    END
    """,
)

CANDIDATES = steward_function(
    # Everybody worth weighing, by number, birth, home and name. A withheld address finds nobody.
    "people_candidates(places integer[], words text[], nears real[], asked jsonb, barred boolean)"
    f" RETURNS TABLE (person uuid) {PLANNED} ROWS 500",
    allow=False,
    body="""
    DECLARE closed uuid[] := access_bars();
        left_out uuid[] := CASE WHEN barred THEN closed ELSE access_hidden() END;
        no_home uuid[] := CASE WHEN barred THEN '{}' ELSE closed END;
        numbers text[] := ARRAY(SELECT jsonb_array_elements_text(asked -> 'numbers'));
        near_days date[] := ARRAY(SELECT jsonb_array_elements_text(asked -> 'near_days')::date);
        postcode_given text := asked ->> 'postcode'; street text := asked ->> 'street';
        number_given text := asked ->> 'house';
    BEGIN
        RETURN QUERY
        SELECT DISTINCT c.person FROM (
            (SELECT i.person_id AS person FROM people_identifier i
             WHERE i.scheme IN ('nhs', 'upn', 'former_upn', 'child_id') AND i.value = ANY (numbers)
               AND i.believed_to IS NULL LIMIT 200)
            UNION ALL
            (SELECT b.person_id FROM people_particulars b
             WHERE b.birth_date = (asked ->> 'born')::date AND b.believed_to IS NULL LIMIT 1000)
            UNION ALL
            (SELECT b.person_id FROM people_particulars b
             WHERE b.expected_date BETWEEN (asked ->> 'due_from')::date AND (asked ->> 'due_to')::date
               AND b.believed_to IS NULL LIMIT 1000)
            UNION ALL
            (SELECT b.person_id FROM people_particulars b
             WHERE b.birth_date = ANY (near_days) AND b.believed_to IS NULL
               AND EXISTS (SELECT 1 FROM people_nametoken n
                           WHERE n.person_id = b.person_id AND n.token = ANY (words)) LIMIT 1000)
            UNION ALL
            (SELECT r.person_id FROM people_home h JOIN people_residence r ON r.home_id = h.id
             WHERE h.postcode = postcode_given AND postcode_given <> '' AND r.person_id <> ALL (no_home)
               AND r.section = 'address' AND r.believed_to IS NULL LIMIT 1000)
            UNION ALL
            (SELECT r.person_id FROM people_home h JOIN people_residence r ON r.home_id = h.id
             WHERE street <> '' AND number_given <> ''
               AND h.match_key ~>=~ (number_given || ' ' || street)
               AND h.match_key ~<~ (number_given || ' ' || street || chr(1114109))
               AND r.person_id <> ALL (no_home) AND r.section = 'address' AND r.believed_to IS NULL LIMIT 200)
            UNION ALL
            SELECT n.person FROM people_by_name(places, words, nears, asked, barred) n
            WHERE cardinality(words) > 0
        ) AS c
        WHERE (c.person = ANY (left_out)) = barred;
    END
    """,
)

WEIGHED = steward_function(
    # Candidates with their weight and why. Weights: a number 20, all of a name 5, a birth 4, a home 3.
    "people_weighed(asked jsonb, barred boolean)"
    f" RETURNS TABLE (person uuid, weight real, named real, because text[]) {PLANNED} ROWS 50",
    allow=False,
    body="""
    DECLARE places integer[]; words text[]; nears real[]; hows text[]; people uuid[];
        no_home uuid[] := CASE WHEN barred THEN '{}' ELSE access_bars() END;
        many real := greatest((asked ->> 'places')::integer, 1);
        numbered uuid[] := ARRAY(SELECT i.person_id FROM people_identifier i
            WHERE i.scheme IN ('nhs', 'upn', 'former_upn', 'child_id') AND i.believed_to IS NULL
              AND i.value = ANY (ARRAY(SELECT jsonb_array_elements_text(asked -> 'numbers'))) LIMIT 200);
        near_days date[] := ARRAY(SELECT jsonb_array_elements_text(asked -> 'near_days')::date);
        born date := asked ->> 'born'; born_from date := asked ->> 'born_from'; born_to date := asked ->> 'born_to';
        due_from date := asked ->> 'due_from'; due_to date := asked ->> 'due_to';
        postcode_given text := asked ->> 'postcode'; outward text := asked ->> 'outward';
        house text := asked ->> 'house'; street text := asked ->> 'street';
    BEGIN
        SELECT array_agg(e.place), array_agg(e.word), array_agg(e.near), array_agg(e.how)
        INTO places, words, nears, hows FROM people_expand(asked) e;
        people := ARRAY(SELECT c.person FROM people_candidates(
            coalesce(places, '{}'), coalesce(words, '{}'), coalesce(nears, '{}'), asked, barred) c);
        RETURN QUERY
        WITH asked_words AS MATERIALIZED (
            SELECT u.* FROM unnest(places, words, nears, hows) AS u(place, word, near, how)
        ), worded AS MATERIALIZED (
            SELECT DISTINCT ON (n.person_id, w.place) n.person_id, w.near, w.how
            FROM unnest(people) AS p(id)
            JOIN people_nametoken n ON n.person_id = p.id
            JOIN asked_words w ON w.word = n.token
            JOIN people_name name ON name.id = n.name_id AND name.believed_to IS NULL
            ORDER BY n.person_id, w.place, w.near DESC
        ), by_name AS MATERIALIZED (
            SELECT w.person_id, sum(w.near) / many AS near, array_agg(DISTINCT w.how) AS hows
            FROM worded w GROUP BY w.person_id
        ), by_home AS MATERIALIZED (
            SELECT r.person_id, max(CASE
                    WHEN h.postcode = postcode_given AND house <> ''
                        AND h.match_key ~ ('\\m' || house || '\\M') THEN 3.5
                    WHEN street <> '' AND position((house || ' ' || street) IN h.match_key) = 1 THEN 3.5
                    WHEN h.postcode = postcode_given THEN 2.5
                    WHEN split_part(h.postcode, ' ', 1) = outward THEN 1.0 END) AS weight
            FROM unnest(people) AS p(id)
            JOIN people_residence r ON r.person_id = p.id AND r.section = 'address' AND r.believed_to IS NULL
            JOIN people_home h ON h.id = r.home_id
            WHERE (postcode_given <> '' OR outward <> '' OR street <> '') AND p.id <> ALL (no_home)
            GROUP BY r.person_id
        ), facts AS MATERIALIZED (
            SELECT p.id, coalesce(n.near, 0) AS near, n.hows, coalesce(h.weight, 0) AS home,
                CASE WHEN b.birth_date = born AND b.birth = 'exact' THEN 4.0
                     WHEN b.expected_date BETWEEN due_from AND due_to THEN 3.0
                     WHEN b.birth_date = ANY (near_days) AND b.birth = 'exact' THEN 2.5
                     WHEN b.birth_date BETWEEN born_from AND born_to THEN 1.5
                     WHEN b.birth IN ('year', 'about') AND abs(b.birth_date - born) < 550 THEN 1.5
                     ELSE 0 END AS birth,
                p.id = ANY (numbered) AS has_number
            FROM unnest(people) AS p(id)
            LEFT JOIN by_name n ON n.person_id = p.id
            LEFT JOIN by_home h ON h.person_id = p.id
            LEFT JOIN people_particulars b ON b.person_id = p.id AND b.believed_to IS NULL
        )
        SELECT f.id, (5 * f.near + f.home + f.birth + CASE WHEN f.has_number THEN 20 ELSE 0 END)::real,
            f.near::real,
            array_remove(coalesce(f.hows, '{}') || ARRAY[
                CASE WHEN f.has_number THEN 'number' END,
                CASE f.birth WHEN 4.0 THEN 'born' WHEN 3.0 THEN 'due' WHEN 2.5 THEN 'born_near' WHEN 1.5 THEN 'age' END,
                CASE f.home WHEN 3.5 THEN 'home' WHEN 2.5 THEN 'postcode' WHEN 1.0 THEN 'area' END], NULL)
        FROM facts f
        WHERE 5 * f.near + f.home + f.birth > 1.4 OR f.has_number
        ORDER BY 2 DESC, f.id DESC
        LIMIT 50;
    END
    """,
)

LINK_HOLDS = """i.kind = 'same' AND i.from_at <= statement_timestamp()
              AND (i.until_at IS NULL OR i.until_at > statement_timestamp())"""

KEYS_OF = steward_function(
    # All keys under which each of these is registered now, their own among them: who is protected under one of
    # them is protected under all. Links are looked up for each who is asked about (OFFSET keeps it so), so that
    # the cost follows them and not how many links an authority has.
    "people_keys_of(of_people uuid[]) RETURNS TABLE (person uuid, key uuid) LANGUAGE plpgsql STABLE ROWS 50",
    allow=False,
    body=f"""
    BEGIN
        RETURN QUERY
        WITH asked AS MATERIALIZED (
            SELECT p.id, coalesce(onward.key, p.id) AS goes_on FROM unnest(of_people) AS p(id)
            LEFT JOIN LATERAL (
                SELECT i.same_as AS key FROM access_identity i WHERE i.person = p.id AND {LINK_HOLDS} OFFSET 0
            ) AS onward ON true
        )
        SELECT a.id, a.goes_on FROM asked a
        UNION
        SELECT a.id, other.key FROM asked a
        CROSS JOIN LATERAL (
            SELECT i.person AS key FROM access_identity i WHERE i.same_as = a.goes_on AND {LINK_HOLDS} OFFSET 0
        ) AS other;
    END
    """,  # noqa: S608 (the condition stands above)
)

SEARCH = steward_function(
    # What an acting person may be shown: identity only, and nobody who is hidden from them. Of a record that is
    # closed to them and may be known of, not even the area.
    "people_search(asked jsonb) RETURNS TABLE (person uuid, kind text, name text, known_as text, birth text,"
    " birth_date date, expected_date date, death_date date, sex text, area text, because text[], closed boolean)"
    " LANGUAGE sql STABLE ROWS 50 SET jit = off",
    body="""
    WITH w AS MATERIALIZED (
        SELECT * FROM people_weighed(asked, false) WHERE access_actor() = ANY (access_principals())
    ), withheld AS MATERIALIZED (
        SELECT DISTINCT k.person FROM people_keys_of(ARRAY(SELECT w.person FROM w)) k
        JOIN people_residence s ON s.person_id = k.key AND s.section = 'safe_address'
            AND s.believed_to IS NULL AND s.true_to IS NULL
    )
    SELECT w.person, p.kind, coalesce(called.name, handle.name, ''), coalesce(known.name, ''),
        coalesce(b.birth, 'unknown'), b.birth_date, b.expected_date, b.death_date,
        coalesce(b.sex, 'U'), coalesce(lives.area, ''), w.because, w.person = ANY ((SELECT access_bars())::uuid[])
    FROM w
    JOIN people_person p ON p.id = w.person
    LEFT JOIN people_particulars b ON b.person_id = w.person AND b.believed_to IS NULL
    LEFT JOIN LATERAL (
        SELECT trim(n.given || ' ' || n.family) AS name, n.kind FROM people_name n
        WHERE n.person_id = w.person AND n.believed_to IS NULL
        ORDER BY array_position(ARRAY['legal', 'known_as', 'described', 'former'], n.kind::text), n.id DESC
        LIMIT 1) AS called ON true
    LEFT JOIN LATERAL (
        SELECT trim(n.given || ' ' || n.family) AS name FROM people_name n
        WHERE n.person_id = w.person AND n.believed_to IS NULL AND n.kind = 'known_as' AND called.kind = 'legal'
        ORDER BY n.id DESC LIMIT 1) AS known ON true
    LEFT JOIN LATERAL (
        -- A child without a name is called by the authority's child id.
        SELECT 'Child ' || i.value AS name FROM people_identifier i
        WHERE called.name IS NULL AND i.person_id = w.person AND i.scheme = 'child_id'
          AND i.believed_to IS NULL LIMIT 1) AS handle ON true
    LEFT JOIN LATERAL (
        SELECT split_part(h.postcode, ' ', 1) AS area
        FROM people_residence r JOIN people_home h ON h.id = r.home_id
        WHERE r.person_id = w.person AND r.section = 'address'
          AND r.believed_to IS NULL AND r.true_to IS NULL AND r.person_id <> ALL ((SELECT access_bars())::uuid[])
          AND r.person_id NOT IN (SELECT h.person FROM withheld h)
        ORDER BY r.id DESC LIMIT 1) AS lives ON true
    ORDER BY w.weight DESC, w.person DESC
    """,
)

HIDDEN = steward_function(
    # Who is closed to the actor and probably the person just registered: never shown, only routed.
    "people_hidden_matches(asked jsonb) RETURNS TABLE (person uuid, restricted boolean)"
    " LANGUAGE sql STABLE SET jit = off",
    body="""
    SELECT w.person, EXISTS (
        SELECT 1 FROM access_bar b WHERE b.person = w.person AND b.kind = 'restricted'
          AND b.from_at <= statement_timestamp() AND (b.until_at IS NULL OR b.until_at > statement_timestamp()))
    FROM people_weighed(asked, true) AS w
    WHERE access_actor() IS NOT NULL
      AND ('number' = ANY (w.because)
        OR w.named >= 0.75 AND w.because && ARRAY['born', 'born_near', 'due', 'age', 'home', 'postcode']
        OR w.named >= 0.45 AND w.because && ARRAY['born', 'due'] AND w.because && ARRAY['home', 'postcode']
        OR w.named >= 0.95 AND (asked ->> 'places')::integer > 1)
    """,
)

FUNCTIONS = [*ALIKE, *EXPAND, *BY_NAME, *CANDIDATES, *WEIGHED, *KEYS_OF, *SEARCH, *HIDDEN]

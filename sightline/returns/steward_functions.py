"""What an import must find and undo past everybody's sight, in SQL, run as the steward.

Each answers only to the account of imports (`workforce.queries.CENSUS`), under which nobody signs
in. Migrations apply `FUNCTIONS`; a change here needs a new migration that applies it again.
"""

from sightline.access.fence import steward_function

IMPORTING = steward_function(
    # Whether the account of imports acts: its key, as `workforce.queries` has it.
    "returns_importing() RETURNS boolean LANGUAGE sql STABLE",
    allow=False,
    body="SELECT access_actor() = '00000000-0000-7000-8000-000000000002'::uuid",
)

KNOWN = steward_function(
    # Children whom the register has under these child ids, also those who are closed to everybody else:
    # an import that could not see them would make a second, open record of a protected child.
    "returns_known(child_ids text[]) RETURNS TABLE (child_id text, person uuid, facts jsonb, numbers jsonb,"
    " episodes jsonb, kept text[]) LANGUAGE sql STABLE",
    body="""
    SELECT f.value, f.person_id, to_jsonb(b),
        (SELECT jsonb_agg(jsonb_build_array(n.scheme, n.value)) FROM people_identifier n
         WHERE n.person_id = f.person_id AND n.believed_to IS NULL),
        (SELECT jsonb_agg(jsonb_build_array(e.opened_on, e.id, e.closed_on) ORDER BY e.id) FROM record_episode e
         WHERE e.child_id = f.person_id AND e.withdrawn_at IS NULL),
        ARRAY(SELECT s.digest::text FROM returns_staged s WHERE s.person_id = f.person_id AND s.withdrawn_at IS NULL)
    FROM (SELECT DISTINCT ON (i.value) i.value, i.person_id FROM people_identifier i
          WHERE i.scheme = 'child_id' AND i.value = ANY (child_ids) AND i.believed_to IS NULL
          ORDER BY i.value, i.believed_from, i.id) AS f
    LEFT JOIN people_particulars b ON b.person_id = f.person_id AND b.believed_to IS NULL
    WHERE returns_importing()
    """,
)

NUMBERS_HELD = steward_function(
    # Which of these pupil numbers somebody has already. Whoever is closed to the actor does not count.
    "returns_numbers_held(pupil_numbers text[]) RETURNS TABLE (number text) LANGUAGE sql STABLE",
    body="""
    SELECT DISTINCT i.value FROM people_identifier i
    WHERE i.scheme IN ('upn', 'former_upn') AND i.value = ANY (pupil_numbers) AND i.believed_to IS NULL
      AND i.person_id <> ALL (access_bars()) AND returns_importing()
    """,
)

WORKED_ON = steward_function(
    # Children of an import on whom somebody has worked since, and what says so. Every table that points
    # at a child, an episode or an entry is asked, those of rooms yet to be built among them.
    "returns_worked_on(of_batch uuid) RETURNS TABLE (person uuid, what text) LANGUAGE plpgsql SET jit = off",
    body="""
    DECLARE
        link record;
        since timestamptz;
    BEGIN
        IF returns_importing() IS NOT TRUE THEN RETURN; END IF;
        SELECT b.at INTO since FROM returns_import b WHERE b.id = of_batch;
        -- Nobody may write about these children between this question and the withdrawal.
        PERFORM 1 FROM people_person p
        WHERE p.id IN (SELECT i.person_id FROM returns_importedchild i WHERE i.batch_id = of_batch)
        ORDER BY p.id FOR UPDATE;

        FOR link IN
            SELECT c.conrelid::regclass::text AS pointing, a.attname AS by_column,
                c.confrelid::regclass::text AS to_what
            FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.confrelid IN
                ('people_person'::regclass, 'record_episode'::regclass, 'record_entry'::regclass)
            UNION
            -- Keys of people that lower floors hold without a foreign key.
            SELECT t.relname::text, a.attname, 'people_person'
            FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
            WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND a.attnum > 0
              AND a.atttypid = 'uuid'::regtype AND a.attname IN ('person', 'about')
        LOOP
            -- What an import writes itself is left out here and asked about below.
            IF link.to_what = 'people_person' AND link.pointing NOT IN (
                'people_particulars', 'people_identifier', 'record_entrysubject', 'record_passagesubject',
                'record_withdrawal', 'record_episode', 'record_allocation', 'returns_importedchild', 'returns_staged',
                'access_grant', 'audit_eventperson') THEN
                RETURN QUERY EXECUTE format(
                    'SELECT DISTINCT i.person_id, %L::text FROM returns_importedchild i JOIN %I t ON t.%I = i.person_id'
                    ' WHERE i.batch_id = $1 AND i.created AND i.withdrawn_at IS NULL',
                    link.pointing, link.pointing, link.by_column) USING of_batch;
            ELSIF link.to_what = 'record_episode' AND link.pointing NOT IN (
                'record_allocation', 'returns_importedepisode', 'returns_staged') THEN
                RETURN QUERY EXECUTE format(
                    'SELECT DISTINCT e.child_id, %L::text FROM returns_importedepisode i'
                    ' JOIN record_episode e ON e.id = i.episode_id JOIN %I t ON t.%I = e.id'
                    ' WHERE i.batch_id = $1 AND i.created AND i.withdrawn_at IS NULL',
                    link.pointing, link.pointing, link.by_column) USING of_batch;
            ELSIF link.to_what = 'record_entry' AND link.pointing NOT IN (
                'record_entrysubject', 'record_passage', 'record_passagesubject', 'record_episode',
                'record_withdrawal', 'returns_importedchild') THEN
                RETURN QUERY EXECUTE format(
                    'SELECT DISTINCT i.person_id, %L::text FROM returns_importedchild i JOIN %I t ON t.%I = i.entry_id'
                    ' WHERE i.batch_id = $1 AND i.withdrawn_at IS NULL',
                    link.pointing, link.pointing, link.by_column) USING of_batch;
            END IF;
        END LOOP;

        RETURN QUERY
        WITH brought AS (
            SELECT i.* FROM returns_importedchild i WHERE i.batch_id = of_batch AND i.withdrawn_at IS NULL
        ), opened AS (
            SELECT e.* FROM returns_importedepisode i JOIN record_episode e ON e.id = i.episode_id
            WHERE i.batch_id = of_batch AND i.created AND i.withdrawn_at IS NULL
        )
        SELECT i.person_id, 'people_particulars' FROM brought i JOIN people_particulars t USING (person_id)
        WHERE i.created AND (t.believed_from <> since OR t.believed_to IS NOT NULL)
        UNION SELECT i.person_id, 'people_identifier' FROM brought i JOIN people_identifier t USING (person_id)
        WHERE i.created AND (t.believed_from <> since OR t.believed_to IS NOT NULL)
        UNION SELECT i.person_id, 'record_entry' FROM brought i JOIN record_entrysubject t USING (person_id)
        WHERE t.entry_id IS DISTINCT FROM i.entry_id AND t.withdrawn_at IS NULL AND (i.created OR t.recorded_at > since)
        UNION SELECT i.person_id, 'record_step' FROM brought i JOIN record_stepsubject s USING (person_id)
        JOIN record_step t ON t.id = s.step_id WHERE t.opened_at > since
        UNION SELECT i.person_id, 'record_withdrawal' FROM brought i JOIN record_withdrawal t USING (person_id)
        JOIN record_entry e ON e.id = t.entry_id WHERE i.created AND e.kind <> 'import'
        UNION SELECT i.person_id, 'record_withdrawal' FROM brought i JOIN record_withdrawal t USING (entry_id)
        UNION SELECT i.person_id, 'record_episode' FROM brought i JOIN record_episode t ON t.child_id = i.person_id
        WHERE i.created AND t.withdrawn_at IS NULL AND t.id NOT IN (SELECT o.id FROM opened o)
        UNION SELECT o.child_id, 'record_episode' FROM opened o WHERE o.closed_at > since
        UNION SELECT o.child_id, 'record_allocation' FROM opened o JOIN record_allocation t ON t.episode_id = o.id
        WHERE t.from_at > since
        UNION SELECT i.person_id, 'access_grant' FROM brought i JOIN access_grant t ON t.person = i.person_id
        WHERE i.created AND (t.until_at IS NULL OR t.until_at > now())
          AND t.because_of IS DISTINCT FROM i.id AND NOT EXISTS (SELECT 1 FROM opened o WHERE o.id = t.because_of)
        UNION SELECT i.person_id, 'returns_import' FROM brought i
        JOIN returns_importedchild t ON t.person_id = i.person_id AND t.withdrawn_at IS NULL
        JOIN returns_import b ON b.id = t.batch_id WHERE b.at > since;
    END
    """,
)

LEAVING = steward_function(
    # Those who leave with an import. They are marked as gone last, so that each statement finds them.
    "returns_leaving(of_batch uuid, people uuid[]) RETURNS SETOF returns_importedchild LANGUAGE sql STABLE",
    allow=False,
    body="""
    SELECT i.* FROM returns_importedchild i
    WHERE i.batch_id = of_batch AND i.person_id = ANY (people) AND i.withdrawn_at IS NULL
    """,
)

WITHDRAW = steward_function(
    # Takes what an import brought in for these children out of every view, with a mark where a record
    # stays. Nothing is deleted.
    "returns_withdraw(of_batch uuid, leavers uuid[], at_moment timestamptz) RETURNS TABLE (what text, number bigint)"
    " LANGUAGE plpgsql SET jit = off",
    body="""
    DECLARE
        since timestamptz;
        opened uuid[];
        gone bigint;
        fallen bigint;
    BEGIN
        IF returns_importing() IS NOT TRUE THEN RETURN; END IF;
        SELECT b.at INTO since FROM returns_import b WHERE b.id = of_batch;
        opened := ARRAY(SELECT e.id FROM returns_importedepisode i JOIN record_episode e ON e.id = i.episode_id
                        JOIN returns_leaving(of_batch, leavers) l ON l.person_id = e.child_id
                        WHERE i.batch_id = of_batch AND i.created AND i.withdrawn_at IS NULL);

        UPDATE record_episode e SET withdrawn_at = at_moment WHERE e.id = ANY (opened);
        GET DIAGNOSTICS fallen = ROW_COUNT;
        UPDATE record_allocation a SET to_at = at_moment WHERE a.episode_id = ANY (opened) AND a.to_at IS NULL;
        INSERT INTO record_withdrawal (id, entry_id, person_id, reason, by, at, reader, occurred_from)
            SELECT gen_random_uuid(), e.id, l.person_id, 'The import of a census file was undone.', access_actor(),
                at_moment, access_actor(), e.occurred_from
            FROM returns_leaving(of_batch, leavers) l JOIN record_entry e ON e.id = l.entry_id;
        UPDATE record_entrysubject s SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE s.entry_id = l.entry_id;
        GET DIAGNOSTICS gone = ROW_COUNT;
        UPDATE record_passagesubject s SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE s.entry_id = l.entry_id;
        RETURN QUERY VALUES ('episodes', fallen), ('entries', gone);

        UPDATE people_identifier t SET believed_to = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE t.person_id = l.person_id AND t.believed_to IS NULL AND t.believed_from = since;
        UPDATE people_particulars t SET believed_to = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE t.person_id = l.person_id AND l.created AND t.believed_to IS NULL;
        UPDATE people_person p SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE p.id = l.person_id AND l.created;
        GET DIAGNOSTICS gone = ROW_COUNT;
        RETURN QUERY VALUES ('children', gone);
        UPDATE access_grant g SET until_at = greatest(at_moment, g.from_at)
        WHERE g.because_of IN (SELECT l.id FROM returns_leaving(of_batch, leavers) l UNION ALL SELECT unnest(opened))
          AND (g.until_at IS NULL OR g.until_at > at_moment);

        UPDATE returns_staged t SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE t.batch_id = of_batch AND t.person_id = l.person_id AND t.withdrawn_at IS NULL;
        UPDATE returns_importedepisode i SET withdrawn_at = at_moment
        FROM record_episode e, returns_leaving(of_batch, leavers) l
        WHERE i.batch_id = of_batch AND e.id = i.episode_id AND e.child_id = l.person_id;
        UPDATE returns_importedchild i SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE i.id = l.id;
    END
    """,
)

CHILD_IDS = steward_function(
    # By which child id each of these children is known: for a list that an operator reads.
    "returns_child_ids(people uuid[]) RETURNS TABLE (person uuid, child_id text) LANGUAGE sql STABLE",
    body="""
    SELECT DISTINCT ON (i.person_id) i.person_id, i.value FROM people_identifier i
    WHERE i.person_id = ANY (people) AND i.scheme = 'child_id' AND i.believed_to IS NULL AND returns_importing()
    ORDER BY i.person_id, i.id DESC
    """,
)

PEOPLE_OF = steward_function(
    "returns_people_of(of_batch uuid) RETURNS TABLE (person uuid) LANGUAGE sql STABLE",
    body="""
    SELECT i.person_id FROM returns_importedchild i
    WHERE i.batch_id = of_batch AND i.withdrawn_at IS NULL AND returns_importing() ORDER BY i.person_id
    """,
)

FUNCTIONS = [*IMPORTING, *KNOWN, *NUMBERS_HELD, *WORKED_ON, *LEAVING, *WITHDRAW, *CHILD_IDS, *PEOPLE_OF]

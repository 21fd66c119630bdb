"""What an import must find and undo past everybody's sight, in SQL, run as the steward.

Each answers only to the account of imports (`workforce.queries.CENSUS`), under which nobody signs
in. Migrations apply `FUNCTIONS`; a change here needs a new migration that applies it again.
"""

from sightline.access.fence import steward_function

EARLIER = (
    "assessments_earlierassessment",
    "plans_earlierplan",
    "enquiries_earlierenquiry",
    "conferences_earlierconference",
    "court_preproceedings",
)
"""Where what an earlier system recorded becomes rows."""
_WITH_STEP = tuple(table for table in EARLIER if table != "conferences_earlierconference")
_NAMES = ", ".join(f"'{table}'" for table in EARLIER)
REPLACED = "A newer census file says how it ended"
UNDONE = "The import of a census file was undone."

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

# Whether somebody here goes on with a row: a plan took it up, a round was begun on its step, the step was closed, or
# what a file said of pre-proceedings was changed.
_STEP_USED = (
    "EXISTS (SELECT 1 FROM record_step s WHERE s.id = t.step_id AND (s.closed_at IS NOT NULL"
    " OR EXISTS (SELECT 1 FROM assessments_round r WHERE r.step_id = s.id)))"
)
_CHANGED = (
    "NOT EXISTS (SELECT 1 FROM record_entry n WHERE n.id = t.entry_id AND n.kind = 'import'"
    " AND to_jsonb(t) @> (n.answers -> 'pre_proceedings' -> (t.id::text)))"
)
_USED = {
    "assessments_earlierassessment": _STEP_USED,
    "plans_earlierplan": f"t.taken_up_by_id IS NOT NULL OR {_STEP_USED}",
    "enquiries_earlierenquiry": _STEP_USED,
    "conferences_earlierconference": "false",
    "court_preproceedings": f"{_STEP_USED} OR {_CHANGED}",
}

HELD = steward_function(
    # What earlier systems recorded of these children and stands, and the reference date of the file that told of it.
    "returns_held(people uuid[]) RETURNS TABLE (person uuid, source text, held jsonb, worked_on boolean, told_on date)"
    " LANGUAGE sql STABLE",
    body=" UNION ALL ".join(
        f"""
    SELECT t.child_id, '{table}', to_jsonb(t), ({_USED[table]}), (
        SELECT max(b.reference_date) FROM returns_importedchild i JOIN returns_import b ON b.id = i.batch_id
        WHERE i.entry_id = t.entry_id)
    FROM {table} t WHERE t.child_id = ANY (people) AND t.withdrawn_at IS NULL AND returns_importing()
    """  # noqa: S608 (names and conditions of this file)
        for table in EARLIER
    ),
)

OWN = steward_function(
    # From which days this record has the same of its own: a file that was written from it doubles nothing.
    "returns_own(people uuid[]) RETURNS TABLE (person uuid, source text, kind text, began_on date) LANGUAGE sql STABLE",
    body="""
    SELECT c.child_id, 'assessments_earlierassessment', '', r.started_on
    FROM assessments_roundchild c JOIN assessments_round r ON r.step_id = c.round_id
    WHERE c.child_id = ANY (people) AND returns_importing()
    UNION ALL
    SELECT c.child_id, 'plans_earlierplan', c.kind, c.from_on FROM plans_planchild c
    WHERE c.child_id = ANY (people) AND (c.to_on IS NULL OR c.to_on > c.from_on) AND returns_importing()
    UNION ALL
    SELECT c.child_id, 'enquiries_earlierenquiry', '', (e.began_at AT TIME ZONE 'Europe/London')::date
    FROM enquiries_enquirychild c JOIN enquiries_enquiry e ON e.step_id = c.enquiry_id
    WHERE c.child_id = ANY (people) AND returns_importing()
    UNION ALL
    SELECT c.child_id, 'conferences_earlierconference', '', (m.held_at AT TIME ZONE 'Europe/London')::date
    FROM conferences_meetingchild c JOIN conferences_meeting m ON m.step_id = c.meeting_id
    WHERE c.child_id = ANY (people) AND m.held_at IS NOT NULL AND m.kind IN ('initial', 'transfer')
      AND returns_importing()
    """,
)

REPLACE = steward_function(
    # What a newer file goes on from is taken out at the moment of that import, so that undoing it finds and restores
    # it; its step carries what came instead, or ends.
    "returns_replace(replaced jsonb, at_moment timestamptz) RETURNS void LANGUAGE plpgsql",
    body=f"""
    DECLARE
        one record;
    BEGIN
        IF returns_importing() IS NOT TRUE THEN RETURN; END IF;
        FOR one IN SELECT * FROM jsonb_to_recordset(replaced)
                   AS x(source text, old uuid, new uuid, step uuid, ends boolean)
        LOOP
            IF one.source NOT IN ({_NAMES}) THEN
                RAISE EXCEPTION 'no table of earlier facts: %', one.source;
            END IF;
            EXECUTE format('UPDATE %I SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL', one.source)
                USING at_moment, one.old;
            IF one.ends THEN
                UPDATE record_step SET closed_at = at_moment, outcome = '{REPLACED}'
                WHERE id = one.step AND closed_at IS NULL;
                UPDATE access_grant SET until_at = greatest(at_moment, from_at)
                WHERE because_of = one.step AND (until_at IS NULL OR until_at > at_moment);
            ELSIF one.step IS NOT NULL THEN
                UPDATE record_step SET subject = one.new WHERE id = one.step;
            END IF;
        END LOOP;
    END
    """,  # noqa: S608 (names and words of this file)
)

STEPS_OF = steward_function(
    # The steps that an import opened for what its file left open.
    "returns_steps_of(of_batch uuid) RETURNS TABLE (person uuid, step uuid) LANGUAGE sql STABLE",
    allow=False,
    body="""
    SELECT i.person_id, s.id FROM returns_import b JOIN returns_importedchild i ON i.batch_id = b.id
    JOIN record_step s ON s.arose_from_id = i.entry_id AND s.opened_at = b.at
    WHERE b.id = of_batch AND i.withdrawn_at IS NULL
    """,
)

STATUS = steward_function(
    # What an operator counts of what earlier systems recorded and stands, over everything and about nobody.
    "returns_status_counts() RETURNS TABLE (label text, count bigint) LANGUAGE sql STABLE",
    body="""
    SELECT 'assessments', count(*) FROM assessments_earlierassessment WHERE withdrawn_at IS NULL
    UNION ALL SELECT 'child in need plans', count(*) FROM plans_earlierplan
        WHERE withdrawn_at IS NULL AND kind = 'child_in_need'
    UNION ALL SELECT 'section 47 enquiries', count(*) FROM enquiries_earlierenquiry WHERE withdrawn_at IS NULL
    UNION ALL SELECT 'conferences without an enquiry', count(*) FROM conferences_earlierconference
        WHERE withdrawn_at IS NULL
    UNION ALL SELECT 'child protection plans', count(*) FROM plans_earlierplan
        WHERE withdrawn_at IS NULL AND kind = 'protection'
    UNION ALL SELECT 'reviews of protection plans', coalesce(sum(cardinality(reviewed_on)), 0) FROM plans_earlierplan
        WHERE withdrawn_at IS NULL
    UNION ALL SELECT 'pre-proceedings', count(*) FROM court_preproceedings p JOIN record_entry e ON e.id = p.entry_id
        WHERE p.withdrawn_at IS NULL AND e.kind = 'import'
    UNION ALL SELECT 'kept as written', count(*) FROM returns_staged WHERE withdrawn_at IS NULL
    """,
)


def _rows_worked_on() -> str:
    """Rows of the import with which somebody goes on, and court rows of these children that are none of its own."""
    ours = "".join(
        f"""
        UNION SELECT i.person_id, '{table}' FROM brought i JOIN {table} t ON t.entry_id = i.entry_id
        WHERE t.withdrawn_at IS NULL AND ({used})"""  # noqa: S608 (names and conditions of this file)
        for table, used in _USED.items()
    )
    others = """
        UNION SELECT i.person_id, 'court_preproceedings' FROM brought i
        JOIN court_preproceedings t ON t.child_id = i.person_id
        WHERE i.created AND t.entry_id <> i.entry_id AND t.withdrawn_at IS NULL"""
    return ours + others


WORKED_ON = steward_function(
    # Children of an import on whom somebody has worked since, and what says so. Every table that points
    # at a child, an episode or an entry is asked, those of rooms yet to be built among them.
    "returns_worked_on(of_batch uuid) RETURNS TABLE (person uuid, what text) LANGUAGE plpgsql SET jit = off",
    body=f"""
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
                ('people_person'::regclass, 'record_episode'::regclass, 'record_entry'::regclass,
                 'record_step'::regclass)
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
                'record_stepsubject', 'access_grant', 'audit_eventperson', {_NAMES}) THEN
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
                'record_withdrawal', 'record_step', 'returns_importedchild', {_NAMES}) THEN
                RETURN QUERY EXECUTE format(
                    'SELECT DISTINCT i.person_id, %L::text FROM returns_importedchild i JOIN %I t ON t.%I = i.entry_id'
                    ' WHERE i.batch_id = $1 AND i.withdrawn_at IS NULL',
                    link.pointing, link.pointing, link.by_column) USING of_batch;
            ELSIF link.to_what = 'record_step' AND link.pointing NOT IN (
                'record_stepsubject', 'record_stepcarrier', {_NAMES}) THEN
                RETURN QUERY EXECUTE format(
                    'SELECT DISTINCT o.person, %L::text FROM returns_steps_of($1) o JOIN %I t ON t.%I = o.step',
                    link.pointing, link.pointing, link.by_column) USING of_batch;
            END IF;
        END LOOP;

        RETURN QUERY
        WITH brought AS (
            SELECT i.* FROM returns_importedchild i WHERE i.batch_id = of_batch AND i.withdrawn_at IS NULL
        ), owed AS (
            SELECT o.* FROM returns_steps_of(of_batch) o
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
        JOIN record_step t ON t.id = s.step_id
        WHERE t.id NOT IN (SELECT o.step FROM owed o) AND (i.created OR t.opened_at > since)
        UNION SELECT i.person_id, 'record_step' FROM brought i JOIN record_step t ON t.arose_from_id = i.entry_id
        WHERE t.id NOT IN (SELECT o.step FROM owed o)
        UNION SELECT o.person, 'record_stepcarrier' FROM owed o JOIN record_stepcarrier t ON t.step_id = o.step
        WHERE t.from_at > since
        {_rows_worked_on()}
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
          AND NOT EXISTS (SELECT 1 FROM owed o WHERE o.step = t.because_of)
        UNION SELECT i.person_id, 'returns_import' FROM brought i
        JOIN returns_importedchild t ON t.person_id = i.person_id AND t.withdrawn_at IS NULL
        JOIN returns_import b ON b.id = t.batch_id WHERE b.at > since;
    END
    """,  # noqa: S608 (names and conditions of this file)
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


def _rows_withdrawn() -> str:
    """Takes out the rows of an import, counts them, and restores those that it went on from, with their steps."""
    made = ""
    for table in EARLIER:
        made += f"""
        UPDATE {table} t SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE t.entry_id = l.entry_id AND t.withdrawn_at IS NULL;
        GET DIAGNOSTICS gone = ROW_COUNT;
        told := told + gone;"""  # noqa: S608 (names of this file)
        if table in _WITH_STEP:
            made += f"""
        UPDATE record_step s SET subject = t.id,
            closed_at = CASE WHEN s.closed_at = since THEN NULL ELSE s.closed_at END,
            outcome = CASE WHEN s.closed_at = since THEN '' ELSE s.outcome END
        FROM {table} t JOIN returns_leaving(of_batch, leavers) l ON l.person_id = t.child_id
        WHERE s.id = t.step_id AND t.withdrawn_at = since;
        UPDATE access_grant g SET until_at = NULL
        FROM {table} t JOIN returns_leaving(of_batch, leavers) l ON l.person_id = t.child_id
        WHERE g.because_of = t.step_id AND g.until_at = since AND t.withdrawn_at = since;"""  # noqa: S608 (names of this file)
        made += f"""
        UPDATE {table} t SET withdrawn_at = NULL FROM returns_leaving(of_batch, leavers) l
        WHERE t.child_id = l.person_id AND t.withdrawn_at = since;"""  # noqa: S608 (names of this file)
    return made


WITHDRAW = steward_function(
    # Takes what an import brought in for these children out of every view, with a mark where a record
    # stays. Nothing is deleted.
    "returns_withdraw(of_batch uuid, leavers uuid[], at_moment timestamptz) RETURNS TABLE (what text, number bigint)"
    " LANGUAGE plpgsql SET jit = off",
    body=f"""
    DECLARE
        since timestamptz;
        opened uuid[];
        owed uuid[];
        told bigint := 0;
        gone bigint;
        fallen bigint;
    BEGIN
        IF returns_importing() IS NOT TRUE THEN RETURN; END IF;
        SELECT b.at INTO since FROM returns_import b WHERE b.id = of_batch;
        opened := ARRAY(SELECT e.id FROM returns_importedepisode i JOIN record_episode e ON e.id = i.episode_id
                        JOIN returns_leaving(of_batch, leavers) l ON l.person_id = e.child_id
                        WHERE i.batch_id = of_batch AND i.created AND i.withdrawn_at IS NULL);
        owed := ARRAY(SELECT o.step FROM returns_steps_of(of_batch) o JOIN returns_leaving(of_batch, leavers) l
                      ON l.person_id = o.person);
{_rows_withdrawn()}
        UPDATE record_step s SET closed_at = at_moment, outcome = '{UNDONE}'
        WHERE s.id = ANY (owed) AND s.closed_at IS NULL;
        UPDATE record_stepsubject s SET ended_at = at_moment WHERE s.step_id = ANY (owed) AND s.ended_at IS NULL;
        RETURN QUERY VALUES ('facts', told);

        UPDATE record_episode e SET withdrawn_at = at_moment WHERE e.id = ANY (opened);
        GET DIAGNOSTICS fallen = ROW_COUNT;
        UPDATE record_allocation a SET to_at = at_moment WHERE a.episode_id = ANY (opened) AND a.to_at IS NULL;
        INSERT INTO record_withdrawal (id, entry_id, person_id, reason, by, at, reader, occurred_from)
            SELECT gen_random_uuid(), e.id, l.person_id, '{UNDONE}', access_actor(),
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
        WHERE g.because_of IN
            (SELECT l.id FROM returns_leaving(of_batch, leavers) l UNION ALL SELECT unnest(opened || owed))
          AND (g.until_at IS NULL OR g.until_at > at_moment);

        UPDATE returns_staged t SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE t.batch_id = of_batch AND t.person_id = l.person_id AND t.withdrawn_at IS NULL;
        UPDATE returns_importedepisode i SET withdrawn_at = at_moment
        FROM record_episode e, returns_leaving(of_batch, leavers) l
        WHERE i.batch_id = of_batch AND e.id = i.episode_id AND e.child_id = l.person_id;
        UPDATE returns_importedchild i SET withdrawn_at = at_moment FROM returns_leaving(of_batch, leavers) l
        WHERE i.id = l.id;
    END
    """,  # noqa: S608 (names and words of this file)
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

FUNCTIONS = [*IMPORTING, *KNOWN, *NUMBERS_HELD, *STEPS_OF, *WORKED_ON, *LEAVING, *WITHDRAW, *CHILD_IDS, *PEOPLE_OF]
EARLIER_FUNCTIONS = [*HELD, *OWN, *REPLACE, *STATUS]

"""What the record knows of some children for a census, in SQL: one function for each kind of fact.

They run as whoever asks (SECURITY INVOKER), so that a worker's page reads them under its reader's own row
security. Only `returns_census_facts` and `returns_census_children` reach past everybody's sight, and they answer
the account of imports and returns alone. Each row is one fact as a JSON list whose places `facts.rows` names.
Nothing is judged here: which year it belongs to, and to which episode, is decided in one place for both.

Migrations apply `FUNCTIONS`; a change here needs a new migration that applies it again.
"""

from sightline.access.fence import SERVING, STEWARD, steward_function


def _of_whoever_asks(name: str, body: str) -> list[str]:
    signature = f"{name}(children uuid[])"
    return [
        (
            f"CREATE OR REPLACE FUNCTION {signature} RETURNS TABLE (child uuid, facts jsonb)"
            f" LANGUAGE sql STABLE SECURITY INVOKER AS $function${body}$function$"
        ),
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {signature} TO {SERVING}, {STEWARD}",
    ]


def _day(moment: str) -> str:
    """The day in England on which a moment falls."""
    return f"({moment} AT TIME ZONE 'Europe/London')::date"


def _stands(entry: str, child: str) -> str:
    """The entry, or what it was corrected to, is on this child's record: nobody has taken it off."""
    return (
        "EXISTS (SELECT 1 FROM record_entry first_said JOIN record_entry said ON said.root = first_said.root"  # noqa: S608 (expressions of this file)
        " JOIN record_entrysubject about ON about.entry_id = said.id"
        f" WHERE first_said.id = {entry} AND about.person_id = {child}"
        " AND about.withdrawn_at IS NULL AND about.superseded_at IS NULL)"
    )


CHILDREN = _of_whoever_asks(
    "returns_facts_children",
    # Of several numbers of one scheme the last that was believed counts. What was expected of a child who has
    # been born since is kept too: at the end of a year that is over they may not have been.
    """
    SELECT p.id, jsonb_build_array(b.birth, b.birth_date, b.expected_date, b.death_date, b.sex, b.ethnicity,
        to_jsonb(b.disabilities), b.upn_unknown,
        (SELECT jsonb_object_agg(n.scheme, n.value ORDER BY n.believed_from, n.id) FROM people_identifier n
         WHERE n.person_id = p.id AND n.believed_to IS NULL),
        (SELECT x.expected_date FROM people_particulars x WHERE x.person_id = p.id AND x.birth = 'expected'
         ORDER BY x.believed_from DESC LIMIT 1))
    FROM people_person p LEFT JOIN people_particulars b ON b.person_id = p.id AND b.believed_to IS NULL
    WHERE p.id = ANY (children) AND p.withdrawn_at IS NULL
    """,
)

EPISODES = _of_whoever_asks(
    "returns_facts_episodes",
    """
    SELECT e.child_id, jsonb_build_array(e.id, e.opened_on, e.source, e.need, e.no_further_action, e.closed_on,
        e.closure_reason)
    FROM record_episode e WHERE e.child_id = ANY (children) AND e.withdrawn_at IS NULL
    """,
)

ASSESSMENTS = _of_whoever_asks(
    "returns_facts_assessments",
    # A round that goes on from what an earlier system had open is that assessment, and it counts once: from each
    # child's own first day there, also where brothers and sisters are assessed in one.
    f"""
    SELECT c.child_id, jsonb_build_array(r.step_id, coalesce((SELECT min(a.started_on)
            FROM assessments_earlierassessment a
            WHERE a.step_id = r.step_id AND a.child_id = c.child_id AND a.withdrawn_at IS NULL), r.started_on),
        {_day("s.authorised_at")}, {_day("t.closed_at")},
        NULL, (SELECT jsonb_agg(f.code ORDER BY f.id) FROM assessments_signedfactor f
               WHERE f.signed_id = s.entry_id AND f.child_id = c.child_id))
    FROM assessments_roundchild c JOIN assessments_round r ON r.step_id = c.round_id
    LEFT JOIN record_step t ON t.id = r.step_id
    LEFT JOIN assessments_signedassessment s ON s.round_id = r.step_id
    WHERE c.child_id = ANY (children) AND (s.entry_id IS NULL OR {_stands("s.entry_id", "c.child_id")})
    UNION ALL
    SELECT a.child_id, jsonb_build_array(a.id, a.started_on, a.authorised_on, {_day("t.closed_at")},
        a.internal_review_on, to_jsonb(a.factors))
    FROM assessments_earlierassessment a LEFT JOIN record_step t ON t.id = a.step_id
    WHERE a.child_id = ANY (children) AND a.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM assessments_roundchild c
                      WHERE c.round_id = a.step_id AND c.child_id = a.child_id)
    """,  # noqa: S608 (expressions of this file)
)

PLANS = _of_whoever_asks(
    "returns_facts_plans",
    # What an earlier system recorded of a plan that goes on here stands with it: its first category, its reviews.
    # A child who comes off a plan and on to it again has two places on it, each with the categories of its own days.
    f"""
    SELECT c.child_id, jsonb_build_array(c.id, c.kind, c.from_on, c.to_on, coalesce(c.plans_before, e.plans_before),
        coalesce((SELECT jsonb_agg(jsonb_build_array(g.main, g.from_on) ORDER BY g.from_on, g.recorded_at, g.id)
                  FROM plans_category g WHERE g.plan_id = c.plan_id AND g.child_id = c.child_id
                    AND (g.to_on IS NULL OR g.to_on > greatest(g.from_on, c.from_on))
                    AND (c.to_on IS NULL OR g.from_on < c.to_on)), '[]'),
        coalesce((SELECT jsonb_agg(v.held_on) FROM plans_review v
                  WHERE v.plan_id = c.plan_id AND v.kind = 'conference' AND v.held_on > c.from_on
                    AND (c.to_on IS NULL OR v.held_on <= c.to_on) AND {_stands("v.entry_id", "c.child_id")}), '[]')
            || coalesce(to_jsonb(e.reviewed_on), '[]'),
        e.first_category, e.last_category, true)
    FROM plans_planchild c LEFT JOIN LATERAL (
        SELECT x.* FROM plans_earlierplan x WHERE x.taken_up_by_id = c.plan_id AND x.child_id = c.child_id
          AND x.kind = c.kind AND x.withdrawn_at IS NULL AND c.from_on =
            (SELECT min(o.from_on) FROM plans_planchild o WHERE o.plan_id = c.plan_id AND o.child_id = c.child_id)
        LIMIT 1) e ON true
    WHERE c.child_id = ANY (children) AND c.kind IN ('child_in_need', 'protection')
    UNION ALL
    SELECT x.child_id, jsonb_build_array(x.id, x.kind, x.from_on, x.to_on, x.plans_before, '[]'::jsonb,
        to_jsonb(x.reviewed_on), x.first_category, x.last_category, false)
    FROM plans_earlierplan x WHERE x.child_id = ANY (children) AND x.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM plans_planchild c WHERE c.plan_id = x.taken_up_by_id AND c.child_id = x.child_id
                        AND c.kind = x.kind)
    """,  # noqa: S608 (expressions of this file)
)

_HELD = f"""(SELECT min({_day("m.held_at")}) FROM conferences_meeting m
             JOIN conferences_meetingchild k ON k.meeting_id = m.step_id
             WHERE m.enquiry = {{enquiry}} AND m.kind = 'initial' AND m.held_at IS NOT NULL AND k.child_id = c.child_id
               AND (m.entry_id IS NULL OR {_stands("m.entry_id", "c.child_id")}))"""  # noqa: S608 (as above)

ENQUIRIES = _of_whoever_asks(
    "returns_facts_enquiries",
    # The days to the conference are counted from the discussion at which section 47 began, else from its opening.
    # Of one that an earlier system ended without a conference nobody knows the day: by the end of its file's year.
    f"""
    SELECT c.child_id, jsonb_build_array(q.step_id, {_day("q.began_at")},
        {_day("coalesce(d.held_at, q.began_at)")}, NULL, {_HELD.format(enquiry="q.step_id")},
        c.outcome <> '' AND (c.outcome <> 'continuing_risk' OR c.no_conference_because <> ''), c.concluded_on)
    FROM enquiries_enquirychild c JOIN enquiries_enquiry q ON q.step_id = c.enquiry_id
    LEFT JOIN enquiries_discussion d ON d.step_id = q.discussion_id
    WHERE c.child_id = ANY (children)
    UNION ALL
    SELECT c.child_id, jsonb_build_array(c.id, c.began_on, NULL, c.conference_target_on,
        coalesce(c.conference_on, {_HELD.format(enquiry="c.step_id")}), coalesce(c.conference_not_required, false),
        CASE WHEN c.conference_not_required THEN coalesce({_day("t.closed_at")},
            to_date(substring(n.form from '^cin-census:([0-9]{{4}})$') || '-03-31', 'YYYY-MM-DD')) END)
    FROM enquiries_earlierenquiry c JOIN record_entry n ON n.id = c.entry_id
    LEFT JOIN record_step t ON t.id = c.step_id
    WHERE c.child_id = ANY (children) AND c.withdrawn_at IS NULL
      -- One that goes on here is carried by the step of the enquiry here, and counts once.
      AND NOT EXISTS (SELECT 1 FROM enquiries_enquirychild k
                      WHERE k.enquiry_id = c.step_id AND k.child_id = c.child_id)
    """,  # noqa: S608 (expressions of this file)
)

CONFERENCES = _of_whoever_asks(
    "returns_facts_conferences",
    # Initial conferences that no enquiry about this child led to: a child who moved here on a plan, or a brother
    # or sister who was brought into the conference.
    f"""
    SELECT c.child_id, jsonb_build_array(m.step_id, {_day("m.held_at")})
    FROM conferences_meetingchild c JOIN conferences_meeting m ON m.step_id = c.meeting_id
    WHERE c.child_id = ANY (children) AND m.kind IN ('initial', 'transfer') AND m.held_at IS NOT NULL
      AND (m.entry_id IS NULL OR {_stands("m.entry_id", "c.child_id")})
      AND (m.kind = 'transfer' OR NOT (
          EXISTS (SELECT 1 FROM enquiries_enquirychild q WHERE q.enquiry_id = m.enquiry AND q.child_id = c.child_id)
          OR EXISTS (SELECT 1 FROM enquiries_earlierenquiry q WHERE q.step_id = m.enquiry
                       AND q.child_id = c.child_id AND q.withdrawn_at IS NULL)))
    UNION ALL
    SELECT x.child_id, jsonb_build_array(x.id, x.held_on)
    FROM conferences_earlierconference x WHERE x.child_id = ANY (children) AND x.withdrawn_at IS NULL
    """,  # noqa: S608 (expressions of this file)
)

PRE_PROCEEDINGS = _of_whoever_asks(
    "returns_facts_pre_proceedings",
    """
    SELECT x.child_id, jsonb_build_array(x.id, x.started_on, x.letter_sent_on, x.meeting_offered, x.meeting_held,
        x.first_meeting_on, x.review_meetings, x.decided_on, x.outcome, x.applied_on, x.letter_of_issue_on)
    FROM court_preproceedings x WHERE x.child_id = ANY (children) AND x.withdrawn_at IS NULL
    """,
)

KINDS = (
    "children",
    "episodes",
    "assessments",
    "plans",
    "enquiries",
    "conferences",
    "pre_proceedings",
)
_ALL = "\n    UNION ALL ".join(
    f"SELECT '{kind}', f.child, f.facts FROM returns_facts_{kind}(children) f"  # noqa: S608 (names of this file)
    for kind in KINDS
)

ALL = [
    (
        "CREATE OR REPLACE FUNCTION returns_facts(children uuid[]) RETURNS TABLE (kind text, child uuid, facts jsonb)"
        f" LANGUAGE sql STABLE SECURITY INVOKER AS $function${_ALL}$function$"
    ),
    "REVOKE ALL ON FUNCTION returns_facts(uuid[]) FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION returns_facts(uuid[]) TO {SERVING}, {STEWARD}",
]

CENSUS_FACTS = steward_function(
    "returns_census_facts(people uuid[]) RETURNS TABLE (kind text, child uuid, facts jsonb)"
    " LANGUAGE sql STABLE SET jit = off",
    body="SELECT f.kind, f.child, f.facts FROM returns_facts(people) f WHERE returns_importing()",
)

CENSUS_CHILDREN = steward_function(
    # Children with an episode open on any day from the first to the last, in the order of keys. All at once: asked
    # for a page at a time, each page sorted all that were still to come.
    "returns_census_children(first_day date, last_day date) RETURNS TABLE (child uuid)"
    " LANGUAGE sql STABLE SET jit = off",
    body="""
    SELECT DISTINCT e.child_id FROM record_episode e JOIN people_person p ON p.id = e.child_id
    WHERE e.withdrawn_at IS NULL AND p.withdrawn_at IS NULL
      AND e.opened_on <= last_day AND (e.closed_on IS NULL OR e.closed_on >= first_day) AND returns_importing()
    ORDER BY e.child_id
    """,
)

FUNCTIONS = [
    *CHILDREN,
    *EPISODES,
    *ASSESSMENTS,
    *PLANS,
    *ENQUIRIES,
    *CONFERENCES,
    *PRE_PROCEEDINGS,
    *ALL,
    *CENSUS_FACTS,
    *CENSUS_CHILDREN,
]

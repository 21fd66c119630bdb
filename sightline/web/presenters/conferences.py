"""Conferences in words: when one is due and by which rule, who was told what, and what each said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.conferences.models import Invitee
from sightline.conferences.queries import ChildInMeeting, DissentView, InviteeView, MeetingView
from sightline.conferences.rules import STATES, where_words
from sightline.journeys.propose_invitees import kept_out_words
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.people.queries import PersonName
from sightline.plans.queries import Clock
from sightline.practice.spec import Pack
from sightline.record.queries import OpenStep
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within, shown_name
from sightline.web.presenters.words import capital

AGENCY_COLUMNS = ["Who", "Invited", "Answered", "Report", "The parents had it on", "Would have a plan"]
FAMILY_COLUMNS = ["Who", "Safe to tell them when and where", "Invited", "Answered", "Would have a plan"]
INITIAL = "conference.initial"
FOR_PLAN = {"yes": "Yes", "no": "No", "unsure": "Not sure, or it differs"}


@dataclass(frozen=True)
class ConferenceFacts:
    """What the words of one conference stand on, read by its page. `posts` and `names` are of ours, in words."""

    view: MeetingView
    headers: Mapping[UUID, PersonName]
    posts: Mapping[UUID, str]
    names: Mapping[UUID, str]
    pack: Pack
    at: datetime
    categories: Mapping[str, str] = field(default_factory=dict)
    dissents: Sequence[DissentView] = ()


# --- when it is due ------------------------------------------------------------------------------


def due_lines(owed: Sequence[OpenStep], clocks: Sequence[Clock], pack: Pack, at: datetime) -> list[str]:
    """By when a conference is to be held, and by which rule; nothing where none is due."""
    if not owed and not clocks:
        return [f"No conference is owed on this record. {_rule(INITIAL, pack, at, of='an initial one')}"]
    said = [
        f"The conference is {due_within(step.due_at, at)}. {_rule(step.due_rule, pack, at)}"
        for step in owed
        if step.due_at is not None
    ]
    return said + [
        f"The review conference of the plan is {due_within(one.due_at, at)}, {one.since}. Rule: {one.citation}."
        for one in clocks
    ]


def _rule(due_rule: str, pack: Pack, at: datetime, *, of: str = "") -> str:
    try:
        rule = pack.timescale(due_rule.rpartition(":")[2], local_day(at))
    except Refusal:
        return ""
    length, starts = words.count(rule.length, rule.unit.removesuffix("s")), str(rule.starts)
    return f"Rule{f' for {of}' if of else ''}: {length}, from {starts[:1].lower()}{starts[1:]}. {rule.basis.citation}."


# --- the conference ------------------------------------------------------------------------------


def fact_rows(facts: ConferenceFacts) -> list[dict[str, str]]:
    """When and where, and what it stands on: for workers, and for nobody who is invited."""
    view, at = facts.view, facts.at
    rows = [("When", _when(view, at)), ("Where", _where(view)), ("Chair", facts.posts.get(view.chair_post, ""))]
    if view.due_at is not None and view.due_rule and not view.recorded and not view.called_off:
        rows.append(
            ("To be held by", f"{capital(due_within(view.due_at, at))}. {_rule(view.due_rule, facts.pack, at)}")
        )
    if view.alone_because:
        rows.append(("Went ahead without a quorum", view.alone_because))
    if view.next_on is not None:
        rows.append(("Next", words.day(view.next_on)))
    if view.called_off:
        rows.append(("Called off", view.not_held_because))
    rows.append(("Convened", f"{words.day(view.convened_at)}, by {facts.names.get(view.convened_by, 'a worker')}"))
    return [{"key": key, "value": value} for key, value in rows]


def _when(view: MeetingView, at: datetime) -> str:
    if view.held_at is not None:
        return f"Held {words.full_moment(view.held_at)}"
    return words.when(view.sitting.starts_at, at) if view.sitting else ""


def _where(view: MeetingView) -> str:
    return where_words(view.sitting.place, view.sitting.how) if view.sitting else ""


def moved_lines(view: MeetingView) -> list[str]:
    """Where it was to be before, and why it was moved."""
    return [
        f"It was to be {words.full_moment(one.starts_at)}, {one.place or 'by video'}. Moved {words.day(one.to_at)}: "
        f"{one.moved_because}"
        for one in view.earlier
    ]


# --- who was asked, and what they said ------------------------------------------------------------


def agency_rows(view: MeetingView, at: datetime, *, linked: bool) -> list[list[object]]:
    """Agencies and our own by their view, whoever said nothing among them: cells of components/table.html.

    `linked` leads from each to what can be done about them, for whoever may.
    """
    return [
        [
            {"text": one.who, "url": _page(one) if linked else ""},
            told_words(one, at, over=is_over(view, at)),
            answered_words(one, at),
            _report_cell(one),
            _shared_cell(one),
            would_words(one),
        ]
        for one in view.asked
        if not one.family
    ]


def family_rows(view: MeetingView, at: datetime, *, linked: bool) -> list[list[object]]:
    """The children, their parents, and whoever comes with them."""
    return [
        [
            {"text": one.who, "url": _page(one) if linked else ""},
            safe_words(one),
            told_words(one, at, over=is_over(view, at)),
            answered_words(one, at),
            would_words(one),
        ]
        for one in view.asked
        if one.family
    ]


def _page(one: InviteeView) -> str:
    return reverse("conference-invitee", args=[one.meeting, one.id])


def is_over(view: MeetingView, at: datetime) -> bool:
    """Whether its time has come, or it was called off: nobody is rung any more to come to it."""
    begun = view.sitting is not None and view.sitting.starts_at <= at
    return view.recorded or view.called_off or view.held_at is not None or begun


def told_words(one: InviteeView, at: datetime, *, over: bool = False) -> str:
    """How far the invitation got. Nobody is to be rung who is kept out or waits, nor once the meeting is over."""
    if one.state == "excluded":
        return _kept_out_words(one, at, over=over)
    if one.state == "waits":
        return STATES["waits"] + (f". Told {_day(one.told_at, at)}, before that" if one.told_at else "")
    if one.to_tell_again and not over:
        return "Told of a time or a place that has changed since: tell them again"
    if one.came_back and not over:
        return f"Told {_day(one.told_at, at)}. Nobody opened it: ring them"
    if one.told_at is not None:
        opened = f", opened {_day(one.opened_at, at)}" if one.opened_at else ""
        return f"Told {_day(one.told_at, at)}{opened}"
    return STATES[one.state]


def _kept_out_words(one: InviteeView, at: datetime, *, over: bool) -> str:
    """Whoever is kept out is written to, and told neither when nor where."""
    if one.letter_unwritten:
        return STATES["excluded"] + ("" if over else ". The letter asking for their views is not written")
    opened = ". Nobody opened it" if one.came_back and not over else ""
    return f"{STATES['excluded']}. Written to {_day(one.invited_at, at)}, without when and where{opened}"


def _day(moment: datetime | None, at: datetime) -> str:
    return words.days_ago(local_day(moment), local_day(at)) if moment else ""


def answered_words(one: InviteeView, at: datetime) -> str:
    """Whether they said anything, and whether they wrote it themselves."""
    if not one.views:
        return "Report only" if one.report_in_at else "No"
    last = one.views[-1]
    return f"{'Wrote' if last.by_link else 'Yes'}, {_day(last.said_at, at)}"


def would_words(one: InviteeView) -> str:
    """What they would decide, as they said it last."""
    if not one.views:
        return "Not said"
    return FOR_PLAN.get(one.views[-1].for_plan, "Not said")


def _report_cell(one: InviteeView) -> str:
    if one.report_in_at is not None:
        return f"In, {words.day(one.report_in_at)}"
    if one.report_asked and one.view == "written":
        return "Written view in; report not in"
    return "Asked for, not in" if one.report_asked else "Not asked for"


def _shared_cell(one: InviteeView) -> str:
    if one.report_shared_on is not None:
        return words.day(one.report_shared_on)
    return "Not yet" if one.report_in_at is not None else "No report yet"


def report_words(one: InviteeView) -> str:
    """Where a report stands, in sentences."""
    if one.report_in_at is None and one.report_asked and one.view == "written":
        return "They wrote their view. The report that was asked for is not in."
    if one.report_in_at is None:
        return "A report was asked for, and is not in." if one.report_asked else "No report was asked for."
    shared = f" The parents had it on {words.day(one.report_shared_on)}." if one.report_shared_on else ""
    how = f" {capital(one.report_shared_how)}." if one.report_shared_how else ""
    missing = "" if one.report_shared_on else " Nobody has recorded that the parents had it."
    return f"It came in on {words.day(one.report_in_at)}.{shared}{how}{missing}"


def safe_words(one: InviteeView) -> str:
    """What a worker answered, with why."""
    if not one.safe_to_tell:
        return "Nobody has said"
    return f"{'Yes' if one.safe_to_tell == 'yes' else 'No, or not known'}: {one.safe_because}"


def said_rows(invitees: Iterable[InviteeView], at: datetime) -> list[dict[str, str]]:
    """Everything that these said, in their words, for conferences/said.html."""
    return [
        {
            "whom": one.who,
            "said": _said_line(one, number, at),
            "would": view.for_plan_words,
            "words": view.words or "You do not have sight of these words.",
        }
        for one in invitees
        for number, view in enumerate(one.views)
    ]


def _said_line(one: InviteeView, number: int, at: datetime) -> str:
    view = one.views[number]
    how = "Wrote, through their own link" if view.by_link else "Told us"
    later = " (added later)" if number else ""
    return f"{how}, {words.when(view.said_at, at)}{later}"


def left_out_lines(view: MeetingView) -> list[str]:
    """Whoever is not invited, with why."""
    return [f"{one.who}: {one.left_out_because}" for one in view.invitees if one.left_out]


# --- the children --------------------------------------------------------------------------------


def child_rows(facts: ConferenceFacts) -> list[dict[str, object]]:
    """Each child's part, and what was decided for them, as far as the reader may see them."""
    return [
        {
            "name": shown_name(facts.headers[one.child]),
            "part": one.part_label or "Nobody has said how they are heard",
            "words": one.part_words,
            "decided": _decided(one, facts),
            "dissents": [
                f"{said.name} does not agree: {said.words}" for said in facts.dissents if said.child == one.child
            ],
            "reasons": one.reasons,
            "url": reverse("conference-part", args=[facts.view.step, one.child]),
        }
        for one in facts.view.children
        if one.child in facts.headers
    ]


def _decided(one: ChildInMeeting, facts: ConferenceFacts) -> str:
    """`A child protection plan begins: neglect; also emotional abuse`. The main category stands first."""
    if not one.category:
        return one.decision_words
    main, *others = [facts.categories.get(code, code).lower() for code in (one.category, *one.others)]
    return f"{one.decision_words}: {main}" + (f"; also {words.listing(others)}" if others else "")


# --- one invitee ---------------------------------------------------------------------------------


def invitee_facts(
    one: InviteeView, names: Mapping[UUID, str], at: datetime, *, over: bool = False
) -> list[dict[str, str]]:
    """How one person stands, for components/summary-list.html."""
    rows = [("Invitation", told_words(one, at, over=over))]
    if one.attendance:
        came = f": {one.deputy}" if one.deputy else ""
        rows.append(("At the conference", f"{Invitee.Attendance(one.attendance).label}{came}"))
    if one.family:
        rows.append(("Safe to tell them when and where?", safe_words(one)))
    if one.kept_out_before is not None:
        rows.append(("Kept out before", f"{kept_out_words(one.kept_out_before)}."))
    if one.excluded_at is not None:
        by = names.get(one.excluded_by, "the chair") if one.excluded_by else "the chair"
        why = f". For the record: {one.excluded_on_record}" if one.excluded_on_record else ""
        rows.append(("Kept out", f"{words.full_moment(one.excluded_at)}, by {by}{why}"))
        rows.append(("The words for them", one.excluded_because))
    if one.allowed_at is not None:
        rows.append(("Let in by the chair", words.full_moment(one.allowed_at)))
    if not one.family or one.report_in_at:
        rows.append(("Report", report_words(one)))
    rows.append(("Would have a plan", would_words(one)))
    return [{"key": key, "value": value} for key, value in rows]


def waits_because(one: InviteeView) -> str:
    """Why the chair has to decide: what was decided before, and what a worker says."""
    before = f"{kept_out_words(one.kept_out_before)}. " if one.kept_out_before else ""
    safe = "A worker says that it is safe to tell them" if one.safe_to_tell == "yes" else "Not safe to tell them"
    return f"{before}{safe}: {one.safe_because}" if one.safe_because else before.strip()


def waiting_rows(view: MeetingView, *, chairs: bool) -> list[dict[str, str]]:
    """Who waits for the chair, and whom nobody has told yet, as rows of components/tasks.html."""
    rows = []
    for one in view.asked:
        called = one.name or one.who
        if one.standing.waits:
            title = f"Decide whether {called} may come" if chairs else f"{called} waits for the chair"
            rows.append({"title": title, "url": _page(one), "detail": waits_because(one)})
        elif one.letter_unwritten and one.post is None:
            title = f"{called}'s letter asking for their views is not written"
            rows.append({"title": title, "url": _page(one), "detail": "It says neither when nor where."})
        elif one.to_tell_again:
            rows.append({"title": f"Tell {called} again", "url": _page(one), "detail": "It has been moved."})
        elif one.standing.may_be_told and (one.let_in_since or not one.standing.told) and one.post is None:
            rows.append({"title": f"Tell {called}", "url": _page(one), "detail": "Nothing has gone to them yet."})
    return rows

"""The children whom somebody carries, a line each: why we are involved, last seen, next visit, next date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.kernel.london import local_day
from sightline.people.queries import PersonName
from sightline.plans.queries import Clock, PlanLine
from sightline.plans.rules import PROTECTION
from sightline.record.queries import CarriedEpisode, LastSeen, OpenStep
from sightline.recording.queries import PlannedVisitView
from sightline.web.presenters.child import seen_line, why_in_parts, why_involved
from sightline.web.presenters.plan_protection import meeting_title, since_words
from sightline.web.presenters.steps import clock_of, due_within, no_outcome_words, shown_name, title_of
from sightline.web.presenters.visits import planned_moment
from sightline.web.presenters.words import capital

ASKED_OF = {
    "authorise_ending": "Ending asked of",
    "authorise_assessment": "Assessment with",
    "authorise_step": "Step up or down asked of",
}
"""What a manager has to decide, as whoever waits for it is told."""
COLUMNS = ["Child", "Why we are involved", "Last seen", "Next visit", "Next date"]


@dataclass(frozen=True)
class CaseFacts:
    """What the lines stand on, read for all children at once.

    `managers` are the posts, in words, that others stand in and that were asked for a decision. `categories` is
    the main category, in words, of those who are protected.
    """

    at: datetime
    headers: Mapping[UUID, PersonName]
    needs: Mapping[str, str]
    seen: Mapping[UUID, LastSeen]
    episodes: Mapping[UUID, CarriedEpisode] = field(default_factory=dict)
    plans: Sequence[PlanLine] = ()
    clocks: Sequence[Clock] = ()
    planned: Sequence[PlannedVisitView] = ()
    steps: Sequence[OpenStep] = ()
    managers: Mapping[UUID, str] = field(default_factory=dict)
    categories: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day from which spans are said."""
        return local_day(self.at)


def case_rows(children: Iterable[UUID], facts: CaseFacts) -> list[list[object]]:
    """The rows of the case list, in the order of the children."""
    of_child = _Indexed(facts)
    return [
        [
            child_cell(facts.headers[child], facts.today),
            why(child, facts, of_child.plans.get(child)),
            seen_line(facts.headers[child], facts.seen.get(child), facts.today),
            next_visit(of_child.planned.get(child), of_child.over.get(child), of_child.visits.get(child), facts.at),
            next_date(of_child.steps.get(child), of_child.reviews.get(child), facts),
        ]
        for child in children
        if child in facts.headers
    ]


def child_cell(header: PersonName, today: date) -> dict[str, str]:
    """Name and age, linked to the record."""
    return {"text": f"{shown_name(header)}, {header.age_words(today)}", "url": reverse("person", args=[header.id])}


def why(child: UUID, facts: CaseFacts, plan: PlanLine | None) -> str:
    """`Child in need plan (since 3 March 2026). Abuse or neglect (since 20 January 2026)`."""
    if plan is not None and plan.kind == PROTECTION:
        episode = facts.episodes.get(child)
        others = [f". {why_involved(episode, facts.needs)}"] if episode else []
        return f"{_protected(child, plan, facts)}{''.join(others)}"
    return ". ".join(why_in_parts([plan] if plan else [], facts.episodes.get(child), facts.needs))


def _protected(child: UUID, plan: PlanLine, facts: CaseFacts) -> str:
    """`On a child protection plan since 3 March 2026: neglect`."""
    main = facts.categories.get(child, "")
    return f"On a child protection plan since {since_words(plan, child)}{f': {main.lower()}' if main else ''}"


def next_visit(planned: PlannedVisitView | None, over: PlannedVisitView | None, due: Clock | None, at: datetime) -> str:
    """`Planned for Tue 24 Nov at 10:00`; else one of which nobody said how it went, or when a plan has it due."""
    if planned is not None:
        return f"Planned for {planned_moment(planned.starts_at, at)}"
    if over is not None:
        return no_outcome_words(over.starts_at, at)
    if due is not None:
        return capital(due_within(due.due_at, at))
    return "None planned"


def next_date(step: OpenStep | None, review: Clock | None, facts: CaseFacts) -> str:
    """The next thing that is due for a child, whoever carries it: a step, or a meeting on the plan."""
    at, title = facts.at, _title(step, facts.managers) if step else ""
    said = [(one.due_at, f"{title}: {due_within(one.due_at, at)}") for one in [step] if one and one.due_at]
    met = meeting_title(review) if review else ""
    said += [(one.due_at, f"{met or 'Review of the plan'}: {due_within(one.due_at, at)}") for one in [review] if one]
    if said:
        return min(said)[1]
    if step is not None and step.due_rule:
        return f"{title}. {clock_of(step, at)}"
    return title or "Nothing is set"


def _title(step: OpenStep, managers: Mapping[UUID, str]) -> str:
    if step.kind in ASKED_OF and step.post in managers:
        return f"{ASKED_OF[step.kind]} {managers[step.post]}"
    return title_of(step)


class _Indexed:
    """The first of each kind for each child; everything is given soonest first."""

    def __init__(self, facts: CaseFacts) -> None:
        self.plans = {child: plan for plan in reversed(facts.plans) for child in plan.children}
        self.visits = {one.child: one for one in reversed(facts.clocks) if one.kind == "visit"}
        self.reviews = {child: one for one in reversed(facts.clocks) if one.kind != "visit" for child in one.children}
        coming = [one for one in facts.planned if one.starts_at >= facts.at]
        self.planned = {child: one for one in reversed(coming) for child in one.children}
        self.over = {child: one for one in facts.planned if one.starts_at < facts.at for child in one.children}
        # A planned visit has a column of its own, and a plan is no date.
        dated = [one for one in facts.steps if one.kind not in {"visit", "plan"}]
        self.steps = {person: one for one in reversed(dated) for person in one.people}

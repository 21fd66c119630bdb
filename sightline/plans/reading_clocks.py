"""What is next due for children on plans: worked out whenever it is read, and kept nowhere.

So an event that is recorded late, or out of order, changes what is due by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.people.models import Particulars
from sightline.plans.reading_lines import OnPlan, PlanLine, list_plans
from sightline.plans.rules import due_after
from sightline.practice.queries import packs_on
from sightline.practice.rules import rule_on
from sightline.practice.spec import Pack
from sightline.record.models import Entry, EntrySubject
from sightline.record.queries import LastSeen, last_seen_of

VISIT, REVIEW, CORE_GROUP = "visit", "review", "core_group"


@dataclass(frozen=True)
class Clock:
    """Something next due: a visit, a review, a core group. `child` is None for what is of a whole plan.

    `since` says from what it is counted. The review of a protection plan is a conference.
    `rule` cites the rule as a record does, `citation` in the words of its source; `children` are whom it is for.
    """

    kind: str
    plan: UUID
    plan_kind: str
    plan_title: str
    child: UUID | None
    children: tuple[UUID, ...]
    post: UUID | None
    due_at: datetime
    since_on: date
    since: str
    rule: str
    citation: str


def clocks_of(
    children: Iterable[UUID],
    *,
    at: datetime,
    last_seen: Mapping[UUID, LastSeen] | None = None,
    plans: list[PlanLine] | None = None,
) -> list[Clock]:
    """What is next due for these children on their open plans, soonest first: visits, reviews and core groups.

    `last_seen`, and `plans` (their open ones), spare asking when the reader has them. A clock stops for a child
    with the plan, and a visit's with the child's death.
    """
    asked = list(dict.fromkeys(children))
    lines = plans if plans is not None else list_plans(asked)
    seen = last_seen if last_seen is not None else last_seen_of(asked)
    visits = _visits(lines, set(asked), seen, at)
    return sorted(
        [*visits, *_reviews(lines), *_core_groups(lines)], key=lambda one: (one.due_at, one.kind, str(one.plan))
    )


def visits_due(
    children: Iterable[UUID],
    last_seen: Mapping[UUID, LastSeen],
    *,
    at: datetime,
    plans: Sequence[PlanLine] | None = None,
) -> dict[UUID, Clock]:
    """When each of these children who is on a plan is next visited: the soonest where plans differ.

    `plans` (their open ones) spares asking when the reader has them.
    """
    asked = list(dict.fromkeys(children))
    lines = plans if plans is not None else list_plans(asked)
    due: dict[UUID, Clock] = {}
    for one in sorted(_visits(lines, set(asked), last_seen, at), key=lambda one: one.due_at, reverse=True):
        if one.child is not None:
            due[one.child] = one
    return due


def _visits(lines: Sequence[PlanLine], asked: set[UUID], seen: Mapping[UUID, LastSeen], at: datetime) -> list[Clock]:
    """From the latest day on which the child was seen while on the plan, else from their joining it."""
    visited, died, born = _visited_died_born(asked)
    counted = [
        (line, one, *_since(one, seen.get(one.child), _known(line, one.child, visited, born), at))
        for line in lines
        for one in line.members
        if one.to_on is None and one.child in asked and one.child not in died
    ]
    packs = packs_on(day for _, _, day, _ in counted)
    found = [_visit(line, one, day, words, packs.get(day)) for line, one, day, words in counted]
    return [clock for clock in found if clock is not None]


@dataclass(frozen=True)
class _Known:
    """Of one child: when the mother was last visited before the birth, and the day of birth where it is known.

    `reviewed` is the latest review that an earlier system recorded of the plan.
    """

    visited: datetime | None
    born: date | None
    reviewed: date | None


def _visited_died_born(children: Iterable[UUID]) -> tuple[dict[UUID, datetime], set[UUID], dict[UUID, date]]:
    """When the mother of each child who is not yet born was last visited, who has died, and who was born when.

    Nobody sees a child before birth. Of a visit that was made nothing is said of the child; one that found
    nobody, or was cancelled, counts as none. Nobody visits a child who has died: the plan waits to be ended.
    """
    told = Particulars.objects.filter(person__in=list(children), believed_to=None)
    told = told.filter(Q(birth__in=["expected", "exact"]) | Q(death_date__isnull=False))
    rows = list(told.values_list("person", "birth", "birth_date", "death_date"))
    died = {child for child, _, _, day in rows if day is not None}
    born = {child: day for child, birth, day, _ in rows if birth == "exact" and day is not None}
    unborn = [child for child, birth, _, _ in rows if birth == "expected" and child not in died]
    if not unborn:
        return {}, died, born
    visits = EntrySubject.objects.filter(
        person__in=unborn, kind=Entry.Kind.VISIT, seen="", superseded_at=None, withdrawn_at=None
    )
    return dict(visits.values_list("person").annotate(latest=Max("occurred_from"))), died, born


def _known(line: PlanLine, child: UUID, visited: Mapping[UUID, datetime], born: Mapping[UUID, date]) -> _Known:
    return _Known(visited.get(child), born.get(child), line.earlier_review_on)


def _since(one: OnPlan, seen: LastSeen | None, known: _Known, at: datetime) -> tuple[date, str]:
    """A day on which the child was seen counts from the day on which they came on to the plan.

    Of a child who was born while on it, the visits before were to the mother: it is counted from the birth.
    """
    moment, how = (known.visited, "the last visit") if known.visited else (seen.seen_at if seen else None, "last seen")
    day = local_day(moment) if moment else None
    if day is not None and one.from_on <= day <= local_day(at):
        return day, f"since {how} on {day_words(day)}"
    if known.born is not None and known.born > one.from_on:
        return known.born, f"since the birth on {day_words(known.born)}"
    if known.reviewed is not None and known.reviewed > one.from_on:
        # Whoever saw the child before, an earlier system knows: a file tells of reviews, and of no visit.
        return known.reviewed, f"since the review on {day_words(known.reviewed)}, in an earlier system"
    return one.from_on, f"since the plan began for this child on {day_words(one.from_on)}"


def _visit(line: PlanLine, one: OnPlan, since: date, words: str, pack: Pack | None) -> Clock | None:
    rule = rule_on(pack, f"visit.{one.kind}", since) if pack else None
    if rule is None or pack is None:
        return None
    return Clock(
        kind=VISIT,
        plan=line.plan,
        plan_kind=one.kind,
        plan_title=line.kind_words,
        child=one.child,
        children=(one.child,),
        post=line.post,
        due_at=due_after(rule, since).due_at,
        since_on=since,
        since=words,
        rule=pack.cite(rule.key),
        citation=rule.basis.citation,
    )


def _reviews(lines: list[PlanLine]) -> list[Clock]:
    return [
        Clock(
            kind=REVIEW,
            plan=line.plan,
            plan_kind=line.kind,
            plan_title=line.kind_words,
            child=None,
            children=line.children,
            post=line.post,
            due_at=line.next_review_due,
            since_on=line.counted_from,
            since=line.counted_words,
            rule=line.review_rule,
            citation=line.review_citation,
        )
        for line in lines
        if line.next_review_due is not None
    ]


def _core_groups(lines: list[PlanLine]) -> list[Clock]:
    return [
        Clock(
            kind=CORE_GROUP,
            plan=line.plan,
            plan_kind=line.kind,
            plan_title=line.kind_words,
            child=None,
            children=line.children,
            post=line.post,
            due_at=line.core_group.due_at,
            since_on=line.core_group.since_on,
            since=line.core_group.since,
            rule=line.core_group.rule,
            citation=line.core_group.citation,
        )
        for line in lines
        if line.core_group is not None
    ]

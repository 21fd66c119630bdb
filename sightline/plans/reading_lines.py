"""Reading plans in lines: which there are, who is on them, when they are next reviewed, and help asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from sightline.kernel.reading import day_words
from sightline.partnership.models import AgencyPost
from sightline.plans.kinds import kind_now, led_by_anyone, one_with, title_of
from sightline.plans.models import Plan, PlanChild, Service
from sightline.plans.rules import (
    CHILD_IN_NEED,
    CORE_GROUP,
    PROTECTION,
    Due,
    Held,
    core_groups,
    counts,
    earlier_review,
    next_due,
    not_begun_for,
    sooner_where_named,
)
from sightline.practice.queries import packs_on
from sightline.practice.rules import rule_on
from sightline.practice.spec import Pack
from sightline.record.models import Step, StepSubject


@dataclass(frozen=True)
class OnPlan:
    """A child on a plan: half-open days, why it ended for this child, and of which kind the plan was for them."""

    child: UUID
    from_on: date
    to_on: date | None
    end_reason: str
    kind: str


@dataclass(frozen=True)
class Lead:
    """Who leads: whoever of an agency was named; else nobody outside, and the post that carries the plan."""

    agency_post: UUID | None = None
    title: str = ""
    agency: str = ""
    name: str = ""


@dataclass(frozen=True)
class NextDue:
    """A meeting next due: when, and from which day and event that is counted, by which rule."""

    due_at: datetime
    since_on: date
    since: str
    rule: str
    citation: str


@dataclass(frozen=True)
class PlanLine:
    """A plan in a line. `children` are on it now, or were when it ended; `members` are all, with their days.

    `kind` is that of a child in need as soon as one of them is. `title` is what the practice calls it that was in
    force when the last of them came on to it, which says too whether it is one with another kind (`one_with`)
    and whether anybody may lead it. `to_on` is None while anybody is on it. `next_review_due` is worked out,
    never kept, and None once it ended; `review_rule` cites the rule. A protection plan's review is a conference,
    and `core_group` its next core group. `post` is None where the reader may not see who carries it.
    """

    plan: UUID
    kind: str
    children: tuple[UUID, ...]
    members: tuple[OnPlan, ...]
    began_on: date
    to_on: date | None
    post: UUID | None
    lead: Lead
    next_review_due: datetime | None
    review_rule: str
    review_citation: str
    last_review_on: date | None
    core_group: NextDue | None = None
    earlier_review_on: date | None = None
    title: str = ""
    one_with: str = ""
    led_by_anyone: bool = True

    @property
    def counted_from(self) -> date:
        """The day from which its next review is counted."""
        reviewed = self.last_review_on
        return reviewed if reviewed is not None and reviewed >= self.began_on else self.began_on

    @property
    def counted_words(self) -> str:
        """The same, and why it is that day."""
        if self.last_review_on is None or self.last_review_on < self.began_on:
            return f"since the plan began on {day_words(self.began_on)}"
        met = "review conference" if self.kind == PROTECTION else "review"
        return f"since the {met} on {day_words(self.last_review_on)}"

    @property
    def kind_words(self) -> str:
        """What it is called: `Child in need plan`."""
        return self.title or str(Plan.Kind(self.kind).label)

    @property
    def in_need(self) -> dict[UUID, date]:
        """Those on it now who are in need, and since which day."""
        return {one.child: one.from_on for one in self.members if one.to_on is None and one.kind == CHILD_IN_NEED}


@dataclass(frozen=True)
class ServiceLine:
    """Help that was asked for, and how far it got. `standing` is asked, began, not_coming or ended."""

    step: UUID
    plan: UUID | None
    children: tuple[UUID, ...]
    what: str
    agency_post: UUID | None
    agency: str
    of_whom: str
    asked_on: date
    began_on: date | None
    began_said_by: str
    not_begun_because: str
    ended_on: date | None
    post: UUID | None
    due_at: datetime | None

    @property
    def standing(self) -> str:
        """How far it got."""
        if self.ended_on is not None:
            return "ended"
        if self.began_on is not None:
            return "began"
        return "not_coming" if self.not_begun_because else "asked"

    def days_waiting(self, on: date) -> int | None:
        """For how many days nobody has said that it began; None once somebody said what became of it."""
        return not_begun_for(self.asked_on, on) if self.standing == "asked" else None


def list_plans(children: Iterable[UUID], *, only_open: bool = True) -> list[PlanLine]:
    """The plans that these children are on (or ever were), newest first, in five queries."""
    theirs = PlanChild.objects.filter(child__in=list(children))
    keys = (theirs.filter(to_on=None) if only_open else theirs).values("plan")
    return _lines(Plan.objects.filter(step_id__in=keys))


def lines_of(keys: Iterable[UUID]) -> list[PlanLine]:
    """The same for the plans with these keys."""
    return _lines(Plan.objects.filter(step_id__in=list(keys)))


def _lines(found: QuerySet[Plan]) -> list[PlanLine]:
    carrying = Subquery(Step.objects.filter(pk=OuterRef("step")).values("post"))
    plans = list(found.annotate(carrying=carrying).order_by("-began_on", "-step"))
    if not plans:
        return []
    wanted = [plan.step_id for plan in plans]
    members: dict[UUID, list[OnPlan]] = {key: [] for key in wanted}
    for row in PlanChild.objects.filter(plan__in=wanted).order_by("from_on", "recorded_at", "id"):
        members[row.plan_id].append(OnPlan(row.child_id, row.from_on, row.to_on, row.end_reason, row.kind))
    posts = {plan.step_id: plan.carrying for plan in plans if plan.carrying is not None}
    held = meetings_held(wanted)
    leads = _leads(plans)
    counted = {day for plan in plans for day in _counted_from(plan, held.get(plan.step_id, []))}
    packs = packs_on(counted | {_named_on(plan, members[plan.step_id]) for plan in plans})
    around = _Around(members, posts, held, leads, packs)
    return [_line(plan, around) for plan in plans]


@dataclass(frozen=True)
class _Around:
    """What was read once for all the plans asked for, by plan; packs by day."""

    members: Mapping[UUID, list[OnPlan]]
    posts: Mapping[UUID, UUID]
    held: Mapping[UUID, list[Held]]
    leads: Mapping[UUID, Lead]
    packs: Mapping[date, Pack]


def meetings_held(plans: Iterable[UUID]) -> Mapping[UUID, list[Held]]:
    """Which reviews, core groups and review conferences these plans had: the days alone, also of unreadable ones.

    What is next due must not depend on who asks.
    """
    found: dict[UUID, list[Held]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT plan, kind, held_on, next_on FROM plans_meetings_held(%s)", [list(plans)])
        for plan, *one in cursor.fetchall():
            found.setdefault(plan, []).append(Held(*one))
    return found


def _leads(plans: Iterable[Plan]) -> dict[UUID, Lead]:
    """By plan."""
    those = list(plans)
    rows = AgencyPost.objects.filter(id__in=[one.lead_agency_post_id for one in those if one.lead_agency_post_id])
    posts = {row.id: row for row in rows.select_related("agency")}
    leads = {}
    for one in those:
        post = posts.get(one.lead_agency_post_id) if one.lead_agency_post_id else None
        leads[one.step_id] = Lead(
            post.id if post else None, post.title if post else "", post.agency.name if post else "", one.lead_name
        )
    return leads


def _counted_from(plan: Plan, held: list[Held]) -> tuple[date, date]:
    """The days from which its next review and its next core group are counted."""
    return max([plan.began_on, *counts(plan.kind, held)]), max([plan.began_on, *core_groups(held)])


def _named_on(plan: Plan, members: Sequence[OnPlan]) -> date:
    """The day whose practice names a plan: on which the last of them came on to it, or was in need."""
    return max([plan.began_on, *(one.from_on for one in members)])


def _line(plan: Plan, around: _Around) -> PlanLine:
    members = around.members[plan.step_id]
    now_on = [one for one in members if one.to_on is None]
    ended_on = None if now_on else max((one.to_on for one in members if one.to_on), default=plan.began_on)
    held = around.held.get(plan.step_id, [])
    reviewed = counts(plan.kind, held)
    pack, named = around.packs.get(_counted_from(plan, held)[0]), around.packs.get(_named_on(plan, members))
    kind = kind_now(plan.kind, (one.kind for one in (now_on or [old for old in members if old.to_on == ended_on])))
    due = _due(f"review.{kind}", plan, reviewed, pack) if now_on else None
    if due is not None:
        due = sooner_where_named(due, held, first_review_on=plan.first_review_on)
    return PlanLine(
        plan=plan.step_id,
        kind=kind,
        children=tuple(
            dict.fromkeys(one.child for one in (now_on or [old for old in members if old.to_on == ended_on]))
        ),
        members=tuple(members),
        began_on=plan.began_on,
        to_on=ended_on,
        post=around.posts.get(plan.step_id),
        lead=around.leads[plan.step_id],
        next_review_due=due.due_at if due else None,
        review_rule=pack.cite(due.rule.key) if due and pack else "",
        review_citation=due.rule.basis.citation if due else "",
        last_review_on=max(reviewed, default=None),
        core_group=_core_group(plan, held, around) if now_on and plan.kind == PROTECTION else None,
        earlier_review_on=earlier_review(held),
        title=title_of(named, kind),
        one_with=one_with(named, kind),
        led_by_anyone=led_by_anyone(named, kind),
    )


def _due(key: str, plan: Plan, held: list[date], pack: Pack | None) -> Due | None:
    """None where the pack has no rule of that key for this kind of plan."""
    on = max([plan.began_on, *held])
    first = rule_on(pack, f"{key}.first", on) if pack else None
    following = rule_on(pack, f"{key}.next", on) if pack else None
    if first is None or following is None:
        return None
    return next_due(began_on=plan.began_on, held=held, first=first, following=following)


def _core_group(plan: Plan, held: list[Held], around: _Around) -> NextDue | None:
    """The first from the plan's beginning, which is the conference; the next from the latest that was held."""
    met = core_groups(held)
    pack = around.packs.get(_counted_from(plan, held)[1])
    due = _due("core_group", plan, met, pack)
    if due is None or pack is None:
        return None
    event = "core group" if due.since_on in met and due.rule.key.endswith(".next") else "plan began"
    if event == "core group" and not any(one.kind == CORE_GROUP and one.on == due.since_on for one in held):
        event = "review conference"
    since = f"since the {event} on {day_words(due.since_on)}"
    return NextDue(due.due_at, due.since_on, since, pack.cite(due.rule.key), due.rule.basis.citation)


def list_services(children: Iterable[UUID], *, plans: Iterable[UUID] = ()) -> list[ServiceLine]:
    """Help that was asked for for these children or within these plans, latest first, in one query."""
    hers = StepSubject.objects.filter(person__in=list(children)).values("step")
    for_whom = StepSubject.objects.filter(step=OuterRef("step")).order_by("id").values("person")
    rows = (
        (Service.objects.filter(step__in=hers) | Service.objects.filter(plan__in=list(plans)))
        .select_related("step", "agency_post__agency")
        .annotate(for_whom=ArraySubquery(for_whom))
        .order_by("-asked_on", "-step_id")
    )
    return [_service(row, row.for_whom) for row in rows]


def _service(row: Service, children: list[UUID]) -> ServiceLine:
    asked_of = row.agency_post
    return ServiceLine(
        step=row.step_id,
        plan=row.plan_id,
        children=tuple(children),
        what=row.what,
        agency_post=row.agency_post_id,
        agency=f"{asked_of.title}, {asked_of.agency.name}" if asked_of else "",
        of_whom=row.of_whom,
        asked_on=row.asked_on,
        began_on=row.began_on,
        began_said_by=row.began_said_by,
        not_begun_because=row.not_begun_because,
        ended_on=row.ended_on,
        post=row.step.post_id,
        due_at=row.step.due_at if row.step.closed_at is None else None,
    )

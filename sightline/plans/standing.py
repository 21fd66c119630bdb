"""A plan as the acts of this room find it, and what they refuse before they write. Part of its operations."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from sightline.doorway.actor import Actor
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.reading import day_words, in_sentence
from sightline.people.queries import get_names
from sightline.plans.kinds import kind_now, title_of
from sightline.plans.models import Plan, PlanChild
from sightline.plans.permissions import NOT_WORKING_WITH, refuse_unless_may_plan
from sightline.plans.rules import NEVER_AT_ONCE
from sightline.practice.queries import packs_on
from sightline.record.models import Step
from sightline.workforce.queries import describe_posts


def open_to(by: Actor, plan: UUID) -> Plan:
    """The plan, held until this act is over; refuses whoever makes no plans."""
    refuse_unless_may_plan(by)
    return hold(plan)


def hold(plan: UUID) -> Plan:
    """The plan, held until this act is over. Absent and hidden read alike."""
    found = Plan.objects.select_for_update().filter(step_id=plan).first()
    if found is None:
        raise NotFound("There is no such plan among the children that you work with.")
    return found


def called(kind: str, on: date) -> str:
    """What the practice that was in force on a day calls a plan of that kind."""
    return title_of(packs_on([on]).get(on), kind)


def standing_kind(plan: Plan) -> str:
    """Of which kind a plan is now, by the places of those on it."""
    return kind_now(
        plan.kind, PlanChild.objects.filter(plan_id=plan.step_id, to_on=None).values_list("kind", flat=True)
    )


def children_on(plan: UUID, on: date | None = None) -> list[UUID]:
    """Those who are on the plan, or were on a day; where nobody is, everybody who ever was."""
    rows = PlanChild.objects.filter(plan_id=plan).order_by("from_on", "id")
    there = rows.filter(to_on=None)
    if on is not None:
        there = rows.filter(Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gt=on)))
    found = there.values_list("child_id", flat=True) or rows.values_list("child_id", flat=True)
    return list(dict.fromkeys(found))


def carrier_of(plan: UUID) -> UUID | None:
    """The post that carries a plan, as far as the reader may see its step."""
    return Step.objects.filter(id=plan).values_list("post_id", flat=True).first()


def post_of(by: Actor, plan: UUID) -> UUID | None:
    """In which of their posts somebody writes about a plan: the one that carries it, if it is theirs."""
    carried = carrier_of(plan)
    return carried if carried in by.posts else min(by.posts, default=None)


def refuse_overlap(
    kind: str, children: Iterable[UUID], from_on: date, to_on: date | None, *, but: UUID | None = None
) -> None:
    """Refuse a second plan that one child may not be on at the same time, and name the one that stands.

    A child in need plan and a protection plan never overlap for one child (Working Together 2023,
    chapter 3; Children in Need census guide), and nor do two of one kind.
    """
    if to_on == from_on:
        return
    rows = PlanChild.objects.filter(child__in=list(children), kind__in=NEVER_AT_ONCE[kind])
    over = rows.filter(Q(to_on=None) | Q(to_on__gt=from_on)).exclude(to_on=F("from_on"))
    if but is not None:
        over = over.exclude(id=but)
    if to_on is not None:
        over = over.filter(from_on__lt=to_on)
    standing = over.order_by("from_on").first()
    if standing is not None:
        raise Refusal(_already_on(standing, kind), field="children")


def _already_on(standing: PlanChild, kind: str) -> str:
    header = get_names(people=[standing.child_id]).get(standing.child_id)
    name = header.name if header else "This child"
    until = f" to {day_words(standing.to_on)}" if standing.to_on else ""
    title = in_sentence(called(standing.kind, standing.from_on))
    there = f"{name} is on a {title} from {day_words(standing.from_on)}{until}"
    post = carrier_of(standing.plan_id)
    carried = f", which {describe_posts([post])[post]} carries" if post else ""
    if standing.kind == kind:
        return f"{there}{carried}. Write in that plan, or say on which day it ended."
    return (
        f"{there}{carried}. A child is never on both at once. Record the day on which that one ended, "
        "or choose a day after it."
    )


@contextmanager
def never_at_once(
    kind: str, children: Sequence[UUID], from_on: date, to_on: date | None = None, *, but: UUID | None = None
) -> Iterator[None]:
    """Writing a child's place on a plan: refused in words before it, and by the database where two write at once.

    `but` is the place that is put right, which does not overlap with itself.

    What the database refuses because of a row that the writer may not read is answered as if they
    were not working with the child, so that a hidden plan is not given away.
    """
    refuse_overlap(kind, children, from_on, to_on, but=but)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        refuse_overlap(kind, children, from_on, to_on, but=but)
        raise NotPermitted(NOT_WORKING_WITH) from clash

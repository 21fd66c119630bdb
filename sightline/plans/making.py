"""A plan's beginning, who is on it, who leads it, and its end. Part of this room's operations."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.operations import give_sight
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.partnership.queries import get_agency_post
from sightline.people.queries import get_names, list_network
from sightline.plans.categories import end_with_place, go_on_from, move_end
from sightline.plans.models import Outcome, Plan, PlanChild
from sightline.plans.permissions import (
    refuse_unless_may_begin,
    refuse_unless_may_end,
    refuse_unless_may_end_by_law,
    refuse_unless_may_plan,
)
from sightline.plans.rules import GROWN_UP, ended_by_law, refuse_blank, refuse_days, refuse_future
from sightline.plans.standing import called, carrier_of, children_on, never_at_once, open_to, post_of, standing_kind
from sightline.record.models import Entry
from sightline.record.operations import add_to_step, close_step, take_off_step, write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.queries import get_step
from sightline.record.rules import Concerned, Words
from sightline.workforce.queries import team_of

STEP = "plan"
"""The kind of the step that a plan details."""


@act("open_plan")
def open_plan(
    *,
    by: Actor,
    kind: str,
    children: Iterable[UUID],
    began_on: date,
    step: UUID,
    at: datetime,
    arose_from: UUID | None = None,
    lead_agency_post: UUID | None = None,
    lead_name: str = "",
    ended_on: date | None = None,
    end_reason: str = "",
    first_review_on: date | None = None,
) -> UUID:
    """Begin a plan, which details an open step of kind "plan": so a post carries it from the first moment.

    Its key is the step's. `ended_on` records a plan that is over already; `first_review_on` is the day that
    a chair named for the first review, sooner than the rule's. Refuses nobody to help, a
    day that has not come, and an overlap for one child with another plan of that kind or, for child
    in need and protection, of the other (Children Act 1989, section 17; Working Together 2023, chapter 3).
    A protection plan is a conference's decision, which its chair records, or a manager.
    """
    on_it = list(dict.fromkeys(children))
    if not on_it:
        raise Refusal("Choose the child or children whom this plan is for.", field="children")
    refuse_unless_may_plan(by, on_it)
    refuse_unless_may_begin(by, kind)
    refuse_days(began_on, ended_on, at=at)
    if get_step(step).kind != STEP or Plan.objects.filter(step_id=step).exists():
        raise Refusal("A plan is carried by a step of its own. Open one for it first.")
    _refuse_closed(lead_agency_post, began_on)
    plan = Plan.objects.create(
        step_id=step, kind=kind, began_on=began_on, made_at=at, made_by=by.id, arose_from_id=arose_from,
        lead_agency_post_id=lead_agency_post, lead_name=lead_name.strip(),
        first_review_on=first_review_on,
    )  # fmt: skip
    with never_at_once(kind, on_it, began_on, ended_on):
        PlanChild.objects.bulk_create(
            PlanChild(plan_id=step, child_id=child, kind=kind, from_on=began_on, to_on=ended_on, recorded_at=at)
            for child in on_it
        )
    touch(*on_it)
    if ended_on is not None:
        _end_at_once(by, plan, ended_on, end_reason, at)
    return step


def _end_at_once(by: Actor, plan: Plan, ended_on: date, reason: str, at: datetime) -> None:
    """What is recorded when it was over already: the same words on each record, and no step left open."""
    refuse_unless_may_end(by, plan.kind)
    said = refuse_blank(reason, "Say why this plan ended.", field="end_reason")
    rows = PlanChild.objects.filter(plan_id=plan.step_id).order_by("id")
    entries = [_write_ending(by, row, ended_on, said, at) for row in rows]
    for row in rows:
        _let_read_on(row, at)
    rows.update(end_reason=said[:300], ended_at=at)
    close_step(by=by, step=plan.step_id, closed_by=entries[0], outcome="ended", at=at)


def _refuse_closed(agency_post: UUID | None, on: date) -> None:
    if agency_post is None:
        return
    found = get_agency_post(agency_post)
    closed = min((day for day in (found.closed_on, found.agency.closed_on) if day), default=None)
    if closed is not None and closed <= on:
        raise Refusal(
            f"{found.title}, {found.agency.name}, closed on {day_words(closed)}. Choose who leads now.",
            field="lead_agency_post",
        )


@act("set_lead")
def set_lead(*, by: Actor, plan: UUID, at: datetime, lead_agency_post: UUID | None = None, lead_name: str = "") -> None:
    """Say who leads: somebody at an agency, or nobody outside, and then whoever stands in the post that carries it."""
    found = open_to(by, plan)
    _refuse_closed(lead_agency_post, local_day(at))
    found.lead_agency_post_id, found.lead_name = lead_agency_post, lead_name.strip()
    found.save(update_fields=["lead_agency_post", "lead_name"])
    touch(*children_on(plan))


@act("add_child")
def add_child(*, by: Actor, plan: UUID, child: UUID, from_on: date, at: datetime) -> None:
    """Put a child on a plan from a day, also late: a baby who was born, a brother who came to live there.

    Refuses an ended plan, a child who is on it, a day before it began, and an overlap.
    """
    found = open_to(by, plan)
    kind = standing_kind(found)
    refuse_unless_may_begin(by, kind)
    refuse_unless_may_write(by, [child])
    refuse_future(from_on, at=at, field="from_on")
    if from_on < found.began_on:
        raise Refusal(f"This plan began on {day_words(found.began_on)}. Choose that day or a later one.",
                      field="from_on")  # fmt: skip
    if not PlanChild.objects.filter(plan_id=plan, to_on=None).exists():
        raise Refusal("This plan has ended. Make a new one for this child.")
    with never_at_once(kind, [child], from_on):
        place(found, child, kind, from_on, at)
    add_to_step(by=by, step=plan, people=[child], at=at)


def place(plan: Plan, child: UUID, kind: str, from_on: date, at: datetime) -> None:
    """Taken off and put on again as of one day, a child has been on all along."""
    same_day = PlanChild.objects.filter(plan_id=plan.step_id, child_id=child, kind=kind, from_on=from_on).first()
    if same_day is None:
        PlanChild.objects.create(
            plan_id=plan.step_id, child_id=child, kind=kind, from_on=from_on, recorded_at=at,
        )  # fmt: skip
        return
    go_on_from(plan.step_id, child, same_day.to_on)
    same_day.to_on, same_day.end_reason, same_day.ended_at = None, "", None
    same_day.save(update_fields=["to_on", "end_reason", "ended_at"])


@act("take_off_plan")
def take_off_plan(
    *, by: Actor, plan: UUID, child: UUID, to_on: date, reason: str, at: datetime, decided: UUID | None = None
) -> UUID:
    """End a plan for one child, with the reason, from a day on; an entry on the child's record says so.

    `decided` is the record of the conference that decided it, which that entry then names.

    The last child off ends the plan: its step closes, and its clocks with it. What else is open for
    the child (actions, help that was asked for) stays with the posts that carry it. A child in need
    plan is ended by a manager, a protection plan by the chair of a conference. Refuses no reason.
    """
    open_to(by, plan)
    refuse_unless_may_write(by, [child])
    row = place_of(plan, child)
    refuse_unless_may_end(by, row.kind)
    said = refuse_blank(reason, "Say why this plan ends for this child.", field="reason")
    refuse_days(row.from_on, to_on, at=at, field="from_on")
    return take_off(by, row, to_on, said, at, decided=decided)


@act("end_by_law")
def end_by_law(*, by: Actor, plan: UUID, child: UUID, at: datetime) -> UUID:
    """Take a child off a plan that the law has ended: at eighteen, or by death. An entry says so, and from which day.

    A manager records it, also of a protection plan: no conference decides it. The day and the reason
    are those of the person's particulars. Refuses a living child under eighteen, and one whose date of
    birth is not known to the day (Children Act 1989, section 105; Working Together 2023, chapter 3).
    """
    open_to(by, plan)
    refuse_unless_may_end_by_law(by)
    refuse_unless_may_write(by, [child])
    row = place_of(plan, child)
    header = get_names(people=[child])[child]
    ended = ended_by_law(birth=header.birth, birth_date=header.birth_date, death_date=header.death_date, at=at)
    if ended is None:
        raise Refusal(
            f"{header.known_as or header.name} is living and not known to be {GROWN_UP}, so the law does not end this "
            "plan. Check the dates of birth and of death, or ask whoever ends such a plan.",
            field="child",
        )
    day, why = ended
    return take_off(by, row, max(day, row.from_on), f"Ended by law. {why}", at)


def take_off(by: Actor, row: PlanChild, to_on: date, said: str, at: datetime, *, decided: UUID | None = None) -> UUID:
    """End a child's place on a plan; whoever calls this has permitted it."""
    plan, child = row.plan_id, row.child_id
    entry = _write_ending(by, row, to_on, said, at, decided=decided)
    row.to_on, row.end_reason, row.ended_at = to_on, said[:300], at
    row.save(update_fields=["to_on", "end_reason", "ended_at"])
    end_with_place(plan, child, to_on)
    Outcome.objects.filter(plan_id=plan, child_id=child, to_at=None).update(to_at=at, ended_because=said[:300])
    _let_read_on(row, at)
    # Last of all: with it ends the sight that the plan gave.
    if _goes_on(plan):
        take_off_step(by=by, step=plan, person=child, at=at)
    else:
        close_step(by=by, step=plan, closed_by=entry, outcome="ended", at=at)
    return entry


def _goes_on(plan: UUID) -> bool:
    """Whether anybody is still on it, also a child whose record is closed to whoever took another off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_goes_on(%s)", [plan])
        return bool(cursor.fetchone()[0])


@act("correct_days")
def correct_days(
    *, by: Actor, plan: UUID, child: UUID, from_on: date, reason: str, at: datetime, to_on: date | None = None
) -> UUID:
    """Put right the days on which a child came on to a plan or off it; an entry says what stood before, and why.

    What is due is worked out anew from the right days. `to_on` only where the plan has ended for the
    child. Refuses no reason, a day that has not come, and an overlap.
    """
    open_to(by, plan)
    refuse_unless_may_write(by, [child])
    row = latest_place(plan, child)
    said = refuse_blank(reason, "Say why these days are put right.", field="reason")
    until = (to_on or row.to_on) if row.to_on else None
    if until != row.to_on:
        refuse_unless_may_end(by, row.kind)
    refuse_days(from_on, until, at=at, field="from_on")
    began, before, ended = row.from_on, days_in_words(row), row.to_on
    row.from_on, row.to_on = from_on, until
    with never_at_once(row.kind, [child], from_on, until, but=row.id):
        _move_what_came_before(row, began)
        row.save(update_fields=["from_on", "to_on"])
    move_end(plan, child, ended, until)
    Plan.objects.filter(step_id=plan).update(began_on=_first_day(plan))
    return write_of_place(
        by, row, f"{days_in_words(row)}. Recorded before as: {before}. Because: {said}", at, heading="days"
    )


def _move_what_came_before(row: PlanChild, began: date) -> None:
    """Of a plan that is for early help and for children in need: the place before ends where this one begins."""
    before = PlanChild.objects.filter(plan_id=row.plan_id, child_id=row.child_id, to_on=began).exclude(kind=row.kind)
    for one in before:
        if one.from_on > row.from_on:
            raise Refusal(f"{days_in_words(one)}. Choose that first day or a later one.", field="from_on")
    before.update(to_on=row.from_on)


def days_in_words(row: PlanChild) -> str:
    """`Child in need plan from 3 March 2026 to 9 April 2026`."""
    until = f" to {day_words(row.to_on)}" if row.to_on else ""
    return f"{called(row.kind, row.from_on)} from {day_words(row.from_on)}{until}"


def _first_day(plan: UUID) -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_first_day(%s)", [plan])
        day: date = cursor.fetchone()[0]
        return day


def latest_place(plan: UUID, child: UUID) -> PlanChild:
    """A child's place on a plan, the last where there were several. Absent and hidden read alike."""
    latest = PlanChild.objects.filter(plan_id=plan, child_id=child).order_by("-from_on", "-recorded_at", "-id").first()
    if latest is None:
        raise NotFound("This child is not on that plan.")
    return latest


def place_of(plan: UUID, child: UUID) -> PlanChild:
    """A child's place on a plan that has not ended for this child."""
    latest = latest_place(plan, child)
    if latest.to_on is not None:
        raise Refusal(f"This plan ended for this child on {day_words(latest.to_on)}: {latest.end_reason}")
    return latest


def _write_ending(
    by: Actor, row: PlanChild, to_on: date, reason: str, at: datetime, *, decided: UUID | None = None
) -> UUID:
    text = (
        f"{called(row.kind, row.from_on)} from {day_words(row.from_on)} to {day_words(to_on)}. Ended because: {reason}"
    )
    return write_of_place(by, row, text, at, heading="plan_ended", on=to_on, decided=decided)


def write_of_place(
    by: Actor,
    row: PlanChild,
    text: str,
    at: datetime,
    *,
    heading: str,
    on: date | None = None,
    decided: UUID | None = None,
) -> UUID:
    """An entry on the child's record about their place on a plan. `decided` is the meeting that it follows from."""
    return write_entry(
        by=by,
        kind=Entry.Kind.PLAN,
        concerned=[Concerned(row.child_id)],
        words=[Words(text, (row.child_id,), heading=heading)],
        occurred=When.exactly(at) if on in {None, local_day(at)} else When.on(on),
        post=post_of(by, row.plan_id),
        answers={"plan": str(row.plan_id)} | ({"decided": str(decided)} if decided else {}),
        at=at,
    )


def _let_read_on(row: PlanChild, at: datetime) -> None:
    """The team that carried a plan reads on after it ends, as after an episode: what happened may be recorded late."""
    post = carrier_of(row.plan_id)
    if post is None:
        return
    around = get_names(people=list_network(people=[row.child_id]))
    adults = [key for key, one in around.items() if one.kind == "adult"]
    give_sight(people=[row.child_id, *adults], reader=team_of(post), because="plan_ended", because_of=row.id, at=at)

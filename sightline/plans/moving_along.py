"""What goes along when a child moves from one plan to another. Part of this room's operations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.reading import day_words, in_sentence
from sightline.kernel.references import new_id
from sightline.plans.kinds import BY_LAW
from sightline.plans.making import days_in_words, place, place_of, write_of_place
from sightline.plans.models import Action, Outcome, Plan, PlanChild, Service
from sightline.plans.permissions import refuse_unless_may_end, refuse_unless_may_step_up
from sightline.plans.rules import CHILD_IN_NEED, refuse_blank, refuse_days
from sightline.plans.standing import called, children_on, never_at_once, open_to
from sightline.record.models import StepSubject
from sightline.record.operations import close_step, open_step
from sightline.record.permissions import refuse_unless_may_write


@act("change_need")
def change_need(
    *, by: Actor, plan: UUID, children: Iterable[UUID], to: str, on: date, reason: str, at: datetime
) -> list[UUID]:
    """From a day on, some children of a plan are in need, or are helped early again; the plan goes on as it was.

    For where the practice has one plan for both: its outcomes, actions, help, agreements and history stay,
    and only the child's place says what the help is in law, and since when. An entry on each child's
    record says so; returns them. A registered social worker decides that a child is in need, and a manager
    that a child no longer is (Children Act 1989, section 17). Refuses no reason, a child who is not on the
    plan or has that kind of help already, and a day before the child came on to it.
    """
    found, moving = open_to(by, plan), list(dict.fromkeys(children))
    if to == CHILD_IN_NEED:
        refuse_unless_may_step_up(by)
    else:
        refuse_unless_may_end(by, CHILD_IN_NEED)
    refuse_unless_may_write(by, moving)
    said = refuse_blank(reason, "Say what has changed for each child.", field="reason")
    rows = [place_of(plan, child) for child in moving]
    for row in rows:
        _refuse_move(row, to, on, at)
    with never_at_once(to, moving, on):
        for row in rows:
            row.to_on, row.end_reason, row.ended_at = on, f"Goes on as {BY_LAW[to]}"[:300], at
            row.save(update_fields=["to_on", "end_reason", "ended_at"])
            place(found, row.child_id, to, on, at)
    touch(*moving)
    title = in_sentence(called(to, on))
    words = f"{BY_LAW[to].capitalize()} from {day_words(on)}, in the {title} that goes on. Because: {said}"
    return [write_of_place(by, row, words, at, heading="need", on=on) for row in rows]


def _refuse_move(row: PlanChild, to: str, on: date, at: datetime) -> None:
    if row.kind not in BY_LAW or row.kind == to:
        raise Refusal(
            f"{days_in_words(row)}: {BY_LAW.get(row.kind, 'a protection plan')} already. Choose another child.",
            field="children",
        )
    refuse_days(row.from_on, on, at=at, field="on")


@act("carry_along")
def carry_along(
    *,
    by: Actor,
    children: Iterable[UUID],
    from_plan: UUID,
    to_plan: UUID,
    outcomes: Iterable[UUID],
    services: Iterable[UUID],
    post: UUID,
    at: datetime,
) -> None:
    """Take the chosen outcomes (roots) and help (steps) of some children along to another plan.

    A child's own outcome goes with its root, so that its progress can be followed, and with the
    actions for it. Of one that is for all the children, whoever goes takes the words and whoever stays
    keeps it. Help for nobody else goes over; of help shared with those who stay, a part of its own
    begins, carried by `post`.
    """
    going = list(dict.fromkeys(children))
    open_to(by, from_plan)
    moving = _Moving(from_plan, open_to(by, to_plan), going, whole=set(children_on(from_plan)) <= set(going))
    touch(*going)
    for outcome in _chosen_outcomes(moving, outcomes):
        _carry_outcome(outcome, moving, by, at)
    for service, for_whom in _chosen_services(moving, services):
        if for_whom <= set(going):
            Service.objects.filter(step_id=service.step_id).update(plan_id=to_plan)
        else:
            _share(service, moving, sorted(for_whom & set(going)), post=post, by=by, at=at)


@dataclass(frozen=True)
class _Moving:
    """From where to where, and who; `whole` when nobody stays."""

    old: UUID
    new: Plan
    going: list[UUID]
    whole: bool


def _chosen_outcomes(moving: _Moving, roots: Iterable[UUID]) -> list[Outcome]:
    wanted = set(roots)
    rows = Outcome.objects.filter(plan_id=moving.old, root__in=wanted, to_at=None).order_by("position", "id")
    found = [row for row in rows if row.child_id is None or row.child_id in moving.going]
    if {row.root for row in found} != wanted:
        raise NotFound("There is no such outcome for these children on the plan. Choose among those that it has.")
    return found


def _carry_outcome(old: Outcome, moving: _Moving, by: Actor, at: datetime) -> None:
    new, goes = moving.new, moving.whole or old.child_id is not None
    if goes:
        because = f"Goes on in the {in_sentence(called(new.kind, new.began_on))}"
        Outcome.objects.filter(id=old.id).update(to_at=at, ended_because=because)
        Action.objects.filter(plan_id=old.plan_id, outcome=old.root, step__closed_at=None).update(plan_id=new.step_id)
    only = moving.going[0] if len(moving.going) == 1 else None
    Outcome.objects.create(
        root=old.root if goes else new_id(), plan_id=new.step_id, child_id=old.child_id or only, words=old.words,
        childs_words=old.childs_words, how_we_know=old.how_we_know, from_at=at, by=by.id,
        position=Outcome.objects.filter(plan_id=new.step_id).count(),
    )  # fmt: skip


def _chosen_services(moving: _Moving, steps: Iterable[UUID]) -> list[tuple[Service, set[UUID]]]:
    wanted = set(steps)
    for_whom: dict[UUID, set[UUID]] = {}
    for step, person in StepSubject.objects.filter(step__in=wanted).values_list("step", "person"):
        for_whom.setdefault(step, set()).add(person)
    rows = Service.objects.filter(step_id__in=wanted).order_by("asked_on", "step_id").select_related("step")
    found = [(row, for_whom[row.step_id]) for row in rows if for_whom.get(row.step_id, set()) & set(moving.going)]
    if {row.step_id for row, _ in found} != wanted:
        raise NotFound("There is no such help for these children. Choose among what was asked for.")
    return found


def _share(old: Service, moving: _Moving, for_whom: list[UUID], *, post: UUID, by: Actor, at: datetime) -> None:
    step = open_step(
        by=by, kind="service", post=post, people=for_whom, words=old.what, due_at=old.step.due_at,
        due_rule=old.step.due_rule, at=at,
    )  # fmt: skip
    Service.objects.create(
        step_id=step, plan_id=moving.new.step_id, what=old.what, agency_post_id=old.agency_post_id,
        of_whom=old.of_whom, asked_on=old.asked_on, began_on=old.began_on, began_said_by=old.began_said_by,
        not_begun_because=old.not_begun_because, ended_on=old.ended_on,
    )  # fmt: skip
    if old.step.closed_at is not None:
        close_step(by=by, step=step, outcome=old.step.outcome, at=at)

"""What goes along when a child moves from one plan to another. Part of this room's operations."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound
from sightline.kernel.references import new_id
from sightline.plans.models import Action, Outcome, Plan, Service
from sightline.plans.standing import open_to
from sightline.record.models import StepSubject
from sightline.record.operations import close_step, open_step


@act("carry_along")
def carry_along(
    *,
    by: Actor,
    child: UUID,
    from_plan: UUID,
    to_plan: UUID,
    outcomes: Iterable[UUID],
    services: Iterable[UUID],
    post: UUID,
    at: datetime,
) -> None:
    """Take the chosen outcomes (roots) and help of one child along to another plan.

    The child's own outcome goes with its root, so its progress can be followed, and with the actions
    for it; of one that is for all children, the child takes the words and the others keep it. Help for
    this child alone goes over; of help shared with others, a part of its own begins, carried by `post`.
    """
    open_to(by, from_plan)
    new = open_to(by, to_plan)
    touch(child)
    for outcome in _chosen_outcomes(from_plan, child, outcomes):
        _carry_outcome(outcome, child, new, by, at)
    for service in _chosen_services(child, services):
        if not StepSubject.objects.filter(step_id=service.step_id).exclude(person_id=child).exists():
            Service.objects.filter(step_id=service.step_id).update(plan_id=new.step_id)
        else:
            _share(service, new, child=child, post=post, by=by, at=at)


def _chosen_outcomes(plan: UUID, child: UUID, roots: Iterable[UUID]) -> list[Outcome]:
    wanted = set(roots)
    rows = Outcome.objects.filter(plan_id=plan, root__in=wanted, to_at=None).order_by("position", "id")
    found = [row for row in rows if row.child_id in {child, None}]
    if {row.root for row in found} != wanted:
        raise NotFound("There is no such outcome for this child on the plan. Choose among those that it has.")
    return found


def _carry_outcome(old: Outcome, child: UUID, new: Plan, by: Actor, at: datetime) -> None:
    key = new_id()
    own = old.child_id == child
    if own:
        because = f"Goes on in the {Plan.Kind(new.kind).label.lower()}"
        Outcome.objects.filter(id=old.id).update(to_at=at, ended_because=because)
        Action.objects.filter(plan_id=old.plan_id, outcome=old.root, step__closed_at=None).update(plan_id=new.step_id)
    Outcome.objects.create(
        id=key, root=old.root if own else key, plan_id=new.step_id, child_id=child, words=old.words,
        childs_words=old.childs_words, how_we_know=old.how_we_know, from_at=at, by=by.id,
        position=Outcome.objects.filter(plan_id=new.step_id).count(),
    )  # fmt: skip


def _chosen_services(child: UUID, steps: Iterable[UUID]) -> list[Service]:
    wanted = set(steps)
    hers = StepSubject.objects.filter(step__in=wanted, person_id=child).values_list("step", flat=True)
    rows = list(Service.objects.filter(step_id__in=list(hers)).order_by("asked_on", "step_id"))
    if {row.step_id for row in rows} != wanted:
        raise NotFound("There is no such help for this child. Choose among what was asked for.")
    return rows


def _share(old: Service, new: Plan, *, child: UUID, post: UUID, by: Actor, at: datetime) -> None:
    step = open_step(
        by=by, kind="service", post=post, people=[child], words=old.what, due_at=old.step.due_at,
        due_rule=old.step.due_rule, at=at,
    )  # fmt: skip
    Service.objects.create(
        step_id=step, plan_id=new.step_id, what=old.what, agency_post_id=old.agency_post_id, of_whom=old.of_whom,
        asked_on=old.asked_on, began_on=old.began_on, began_said_by=old.began_said_by,
        not_begun_because=old.not_begun_because, ended_on=old.ended_on,
    )  # fmt: skip
    if old.step.closed_at is not None:
        close_step(by=by, step=step, outcome=old.step.outcome, at=at)

"""What goes along when a child moves from one plan to another. Part of this room's operations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound
from sightline.kernel.references import new_id
from sightline.plans.models import Action, Outcome, Plan, Service
from sightline.plans.standing import children_on, open_to
from sightline.record.models import StepSubject
from sightline.record.operations import close_step, open_step


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
        because = f"Goes on in the {Plan.Kind(new.kind).label.lower()}"
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

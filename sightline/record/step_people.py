"""For whom a step is owed, while it goes on: a child joins it, or is taken off it. Part of this room's operations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY, Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.record.models import Step, StepSubject
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.steps import close_step
from sightline.workforce.queries import team_of


@act("add_to_step")
def add_to_step(
    *, by: Actor, step: UUID, people: Sequence[UUID], at: datetime, sections: Sequence[Section] = EVERYDAY
) -> None:
    """Owe a step to more people; the team of the post that carries it sees them from now on."""
    found = _open(step)
    refuse_unless_may_write(by, people)
    already = set(StepSubject.objects.filter(step_id=step).values_list("person_id", flat=True))
    new = [person for person in dict.fromkeys(people) if person not in already]
    give_sight(
        people=new, reader=team_of(found.post_id), because="step", because_of=step, sections=sections, at=at,
    )  # fmt: skip
    StepSubject.objects.bulk_create(StepSubject(step_id=step, person_id=person) for person in new)
    touch(*new)


@act("take_off_step")
def take_off_step(*, by: Actor, step: UUID, person: UUID, at: datetime) -> None:
    """Owe a step to one person no longer, while it goes on for others; sight given for it of them ends.

    Refuses to leave a step owed to nobody: then it is closed.
    """
    _open(step)
    refuse_unless_may_write(by, [person])
    visible = set(StepSubject.objects.filter(step_id=step).values_list("person_id", flat=True))
    if visible <= {person} and not goes_on_without(step, [person]):
        raise Refusal("Nobody else is left on this step. Close it instead.")
    touch(person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_take_off_step(%s, %s, %s)", [step, person, at])


@act("finish_for")
def finish_for(
    *,
    by: Actor,
    step: UUID,
    children: Iterable[UUID],
    at: datetime,
    outcome: str = "",
    closed_by: UUID | None = None,
    late_because: str = "",
) -> bool:
    """End a step for these children: they are taken off it, or it closes where no other child is on it.

    Also one whose record is closed to whoever acts: what is owed for that child never ends unseen.
    Returns whether it closed.
    """
    done = list(dict.fromkeys(children))
    if not goes_on_without(step, done):
        close_step(by=by, step=step, closed_by=closed_by, outcome=outcome, late_because=late_because, at=at)
        return True
    for person in StepSubject.objects.filter(step_id=step, person__in=done).values_list("person_id", flat=True):
        take_off_step(by=by, step=step, person=person, at=at)
    return False


def goes_on_without(step: UUID, children: Iterable[UUID]) -> bool:
    """Whether a step is owed for another child as well, whoever may see that one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_goes_on_without(%s, %s)", [step, list(children)])
        return bool(cursor.fetchone()[0])


def _open(step: UUID) -> Step:
    found = Step.objects.select_for_update().filter(id=step).first()
    if found is None:
        raise NotFound("There is no such step among the work that you can see.")
    if found.closed_at is not None:
        raise Refusal("This step was already closed. Look at the record for how it ended.")
    return found

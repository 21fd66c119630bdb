"""For whom a step is owed, while it goes on: a child joins it, or is taken off it. Part of this room's operations."""

from collections.abc import Sequence
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
    if set(StepSubject.objects.filter(step_id=step).values_list("person_id", flat=True)) <= {person}:
        raise Refusal("Nobody else is left on this step. Close it instead.")
    touch(person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_take_off_step(%s, %s, %s)", [step, person, at])


def _open(step: UUID) -> Step:
    found = Step.objects.select_for_update().filter(id=step).first()
    if found is None:
        raise NotFound("There is no such step among the work that you can see.")
    if found.closed_at is not None:
        raise Refusal("This step was already closed. Look at the record for how it ended.")
    return found

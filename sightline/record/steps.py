"""Steps and what posts are told. Part of this room's operations.

A step is never nobody's: its post is not null, and whoever is rung for that post carries it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sightline.access.operations import end_sight, give_sight
from sightline.access.rules import EVERYDAY, Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.record.models import Notice, Step, StepCarrier, StepSubject
from sightline.workforce.queries import team_of


@act("open_step")
def open_step(
    *,
    by: Actor,
    kind: str,
    post: UUID,
    people: Iterable[UUID],
    at: datetime,
    due_at: datetime | None = None,
    due_rule: str = "",
    arose_from: UUID | None = None,
    words: str = "",
    subject: UUID | None = None,
    sections: Sequence[Section] = EVERYDAY,
    step: UUID | None = None,
) -> UUID:
    """Open something owed, carried by a post, and let that post's team see whom it is for.

    `due_rule` names the dated rule, with its pack, from which `due_at` was worked out.
    """
    for_whom = list(dict.fromkeys(people))
    opened = Step(
        kind=kind,
        post_id=post,
        words=words,
        opened_at=at,
        due_at=due_at,
        due_rule=due_rule,
        arose_from_id=arose_from,
        subject=subject,
    )
    if step is not None:
        opened.id = step
    _give_team_sight(post, for_whom, because_of=opened.id, sections=sections, at=at)
    opened.save(force_insert=True)
    StepSubject.objects.bulk_create(StepSubject(step_id=opened.id, person_id=person) for person in for_whom)
    StepCarrier.objects.create(step_id=opened.id, post_id=post, from_at=at, by=by.id)
    touch(*for_whom)
    return opened.id


def _give_team_sight(
    post: UUID, people: list[UUID], *, because_of: UUID, sections: Sequence[Section], at: datetime
) -> None:
    give_sight(
        people=people,
        reader=team_of(post),
        because="step",
        because_of=because_of,
        sections=sections,
        at=at,
    )


@act("close_step")
def close_step(
    *,
    by: Actor,
    step: UUID,
    at: datetime,
    closed_by: UUID | None = None,
    outcome: str = "",
    late_because: str = "",
) -> None:
    """Close a step with the entry or the words that ended it; sight given for it ends.

    What told whoever closes it of this step is ticked with it, by them.
    `late_because` is why it was done later than it was due. It is asked for and never required.
    """
    found = _open_step(step)
    touch(*found.subjects.values_list("person_id", flat=True))
    found.closed_at, found.closed_by_id, found.outcome = at, closed_by, outcome
    found.late_because = late_because.strip()
    found.save(update_fields=["closed_at", "closed_by", "outcome", "late_because"])
    clear_notices_of(by=by, subject=step, at=at)
    end_sight(because_of=step, at=at)


@act("move_step")
def move_step(
    *,
    by: Actor,
    step: UUID,
    post: UUID,
    at: datetime,
    sections: Sequence[Section] = EVERYDAY,
) -> None:
    """Give a step to another post, whose team sees whom it is for from now on; the team before it does not.

    What that team sees because of anything else that it carries goes on.
    """
    found = _open_step(step)
    if found.post_id == post:
        return
    before, now = team_of(found.post_id), team_of(post)
    people = list(found.subjects.values_list("person_id", flat=True))
    StepCarrier.objects.filter(step_id=step, to_at=None).update(to_at=at)
    StepCarrier.objects.create(step_id=step, post_id=post, from_at=at, by=by.id)
    _give_team_sight(post, people, because_of=step, sections=sections, at=at)
    found.post_id = post
    found.save(update_fields=["post"])
    touch(*people)
    # Last: whoever gives it away may see it because of this alone, until it is given.
    if now != before:
        end_sight(because_of=step, reader=before, at=at)


@act("set_due")
def set_due(*, by: Actor, step: UUID, due_at: datetime, due_rule: str, at: datetime) -> None:
    """Begin a step's clock anew, by another dated rule: what it waits for has reached its next stage."""
    found = _open_step(step)
    found.due_at, found.due_rule = due_at, due_rule
    found.save(update_fields=["due_at", "due_rule"])
    touch(*found.subjects.values_list("person_id", flat=True))


def _open_step(step: UUID) -> Step:
    found = Step.objects.select_for_update().filter(id=step).first()
    if found is None:
        raise NotFound("There is no such step among the work that you can see.")
    if found.closed_at is not None:
        raise Refusal("This step was already closed. Look at the record for how it ended.")
    return found


def tell(
    *,
    post: UUID,
    kind: str,
    at: datetime,
    person: UUID | None = None,
    subject: UUID | None = None,
) -> UUID:
    """Tell a post something; it stays under "Told to you" until somebody there ticks it."""
    return Notice.objects.create(post_id=post, kind=kind, at=at, person_id=person, subject=subject).id


def clear_notices_of(*, by: Actor, subject: UUID, at: datetime, kind: str = "") -> None:
    """Tick whatever told the posts of whoever acts of this subject: it is done. Who did it is kept."""
    found = Notice.objects.filter(subject=subject, cleared_at=None)
    (found.filter(kind=kind) if kind else found).update(cleared_at=at, cleared_by=by.id)


@act("clear_notice")
def clear_notice(*, by: Actor, notice: UUID, at: datetime) -> None:
    """Tick something one was told. Who ticked it is kept."""
    found = Notice.objects.filter(id=notice, cleared_at=None).first()
    if found is None:
        raise NotFound("This was already ticked, or is not yours to tick.")
    found.cleared_at, found.cleared_by = at, by.id
    found.save(update_fields=["cleared_at", "cleared_by"])
    if found.person_id:
        touch(found.person_id)

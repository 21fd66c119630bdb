"""Recording what happened. The only writer of this room; visits and injuries stand in files of their own."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.people.queries import get_names
from sightline.record.models import Entry
from sightline.record.operations import close_step, keep_apart, tell, write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.queries import OpenStep, get_step, kept_apart_for, list_entries
from sightline.record.rules import Concerned, Words
from sightline.recording.injuries import record_injury
from sightline.recording.models import PhoneCall
from sightline.recording.permissions import refuse_unless_may_finish, refuse_unless_may_oversee
from sightline.recording.rules import Written, refuse_unless_finishable, refuse_unless_spoken_with
from sightline.recording.visits import cancel_planned_visit, plan_visit, record_appointment, record_visit
from sightline.recording.writing import write_with_actions
from sightline.workforce.queries import list_occupants, team_of

__all__ = [
    "cancel_planned_visit",
    "finish_step",
    "plan_visit",
    "record_appointment",
    "record_injury",
    "record_note",
    "record_oversight",
    "record_phone_call",
    "record_visit",
]


@act("record_note")
def record_note(*, by: Actor, written: Written, at: datetime, post: UUID | None = None) -> UUID:
    """Record a case note, once, for everyone whom it concerns. Refuses what `write_entry` refuses."""
    return write_with_actions(by, Entry.Kind.NOTE, written, post, at)


@act("record_phone_call")
def record_phone_call(
    *,
    by: Actor,
    written: Written,
    spoke_with: str,
    direction: str,
    at: datetime,
    post: UUID | None = None,
) -> UUID:
    """Record a phone call, also one that nobody answered. Refuses one that does not say with whom."""
    refuse_unless_spoken_with(spoke_with, direction)
    entry = write_with_actions(by, Entry.Kind.PHONE_CALL, written, post, at)
    PhoneCall.objects.create(entry_id=entry, spoke_with=spoke_with.strip(), direction=direction)
    return entry


@act("record_oversight")
def record_oversight(*, by: Actor, written: Written, at: datetime, post: UUID | None = None) -> UUID:
    """Record a manager's oversight of the work (Working Together 2023, chapter 3, supervision)."""
    refuse_unless_may_oversee(by)
    return write_with_actions(by, Entry.Kind.OVERSIGHT, written, post, at)


@act("finish_step")
def finish_step(*, by: Actor, step: UUID, outcome: str, at: datetime) -> UUID:
    """Close a step with what was done, and leave an entry that says so on the record of whom it was for.

    Refuses steps that another act ends, and whoever neither carries the step nor manages the post
    that does. The post is told when somebody finished it who is not its occupant.
    """
    found = get_step(step)
    refuse_unless_may_write(by, found.people)
    refuse_unless_may_finish(by, found.post, at)
    refuse_unless_finishable(found.kind, outcome)
    entry = _write_what_was_done(by, found, outcome, at)
    close_step(by=by, step=step, outcome=outcome.strip()[:200], closed_by=entry, at=at)
    if by.id not in list_occupants([found.post]):
        tell(post=found.post, kind="step_finished", person=found.people[0], subject=entry, at=at)
    return entry


def _write_what_was_done(by: Actor, step: OpenStep, outcome: str, at: datetime) -> UUID:
    headers = get_names(people=step.people)
    owed = step.words or step.kind.replace("_", " ").capitalize()
    entry = write_entry(
        by=by,
        kind=Entry.Kind.NOTE,
        concerned=[Concerned(person, headers[person].kind) for person in step.people],
        words=[Words(text=f"{owed}: {outcome.strip()}", about=step.people, heading="step_finished")],
        post=step.post if step.post in by.posts else min(by.posts, default=None),
        at=at,
    )
    if team := _kept_apart_with(step):
        keep_apart(by=by, entry=entry, team=team, at=at)
    return entry


def _kept_apart_with(step: OpenStep) -> UUID | None:
    """The team that alone reads what the step arose from; its own team where the finisher may not read that."""
    if step.arose_from is None:
        return None
    if step.arose_from in list_entries([step.arose_from]):
        return kept_apart_for([step.arose_from]).get(step.arose_from)
    return team_of(step.post)

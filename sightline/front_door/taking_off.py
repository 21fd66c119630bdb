"""Taking what came in, and what was decided, off a record it was put on wrongly. Part of this room's operations."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.front_door.models import Check, Decision
from sightline.front_door.permissions import FRONT_DOOR_KINDS, refuse_unless_may_take_off
from sightline.kernel.errors import NotFound, Refusal
from sightline.record.models import Entry, EntrySubject
from sightline.record.operations import withdraw_entry


@act("take_off_record")
def take_off_record(*, by: Actor, entry: UUID, person: UUID, reason: str, reader: UUID, at: datetime) -> UUID:
    """Take an entry of any kind off somebody's record; a contact goes with what hangs on it.

    What the front door took and decided is taken off by a manager. A contact takes its decisions and
    the agencies' answers with it, and where it is then on nobody's record, what was owed because of
    it ends. A decision that stands is refused while its contact is on that record: it would read as
    undecided, and nobody would be asked to decide.
    """
    found = Entry.objects.filter(id=entry).first()
    if found is None:
        raise NotFound("There is no such entry on a record that you work with.")
    hanging: list[UUID] = []
    if found.kind in FRONT_DOOR_KINDS:
        refuse_unless_may_take_off(by)
        hanging = _hanging_on(found, person)
        _refuse_a_decision_alone(entry, person)
    mark = withdraw_entry(by=by, entry=entry, person=person, reason=reason, reader=reader, at=at)
    for one in hanging:
        withdraw_entry(by=by, entry=one, person=person, reason=reason, reader=reader, at=at)
    return mark


def _hanging_on(contact: Entry, person: UUID) -> list[UUID]:
    """The decisions and answers that a contact brought onto this record; of another entry, nothing."""
    decisions = Decision.objects.filter(contact_id=contact.root).values_list("entry", flat=True)
    answers = Check.objects.filter(contact_id=contact.root).exclude(answer=None).values_list("answer", flat=True)
    return _standing([*decisions, *answers], person)


def _refuse_a_decision_alone(entry: UUID, person: UUID) -> None:
    decision = Decision.objects.filter(entry_id=entry, superseded_at=None).first()
    if decision is not None and _standing([decision.contact_id], person):
        raise Refusal("Take the contact off this record. Its decision, and what agencies answered, go with it.")


def _standing(entries: Iterable[UUID | None], person: UUID) -> list[UUID]:
    rows = EntrySubject.objects.filter(entry__in=list(entries), person=person, withdrawn_at=None)
    return list(rows.values_list("entry", flat=True))

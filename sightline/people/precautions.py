"""Writing what somebody needs to be spoken with in safety, and what those who visit must know."""

from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.people.models import Need, Warning  # noqa: A004 - the field's noun
from sightline.people.permissions import check_keep, require_sight


@act("add_need")
def add_need(*, by: Actor, person: UUID, kind: str, words: str, at: datetime) -> UUID:
    """What somebody needs: an interpreter, help to communicate, or a safe way to be contacted."""
    check_keep(by)
    require_sight(person)
    if not words.strip():
        raise Refusal("Say what is needed, such as the language or when it is safe to ring.", field="words")
    row = Need(person_id=person, kind=kind, words=words.strip(), true_from=local_day(at), believed_from=at)
    row.save(force_insert=True)
    touch(person)
    return row.id


@act("end_need")
def end_need(*, by: Actor, need: UUID, at: datetime) -> None:
    """A need no longer holds from today. Nothing happens if it had ended."""
    check_keep(by)
    found = Need.objects.filter(id=need).first()
    if found is None:
        raise Refusal("This need is not on the record. Open the record again to see what is.")
    Need.objects.filter(id=need, true_to=None).update(true_to=local_day(at))
    touch(found.person_id)


@act("add_warning")
def add_warning(*, by: Actor, person: UUID, words: str, review_on: date, at: datetime) -> UUID:
    """A factual warning to those who visit. Refuses one without a day to look at it again."""
    check_keep(by)
    require_sight(person)
    if not words.strip():
        raise Refusal("Write the fact that a visitor needs to know, and how it is known.", field="words")
    if review_on <= local_day(at):
        raise Refusal("Give a day to come by which this warning is looked at again.", field="review_on")
    row = Warning(
        person_id=person,
        words=words.strip(),
        added_by=by.id,
        review_on=review_on,
        true_from=local_day(at),
        believed_from=at,
    )
    row.save(force_insert=True)
    touch(person)
    return row.id


@act("end_warning")
def end_warning(*, by: Actor, warning: UUID, at: datetime) -> None:
    """A warning no longer holds from today. Refuses one that had ended, also where two end it at once."""
    check_keep(by)
    found = Warning.objects.filter(id=warning).first()
    if found is None:
        raise Refusal("This warning is not on the record. Open the record again to see what is.")
    if not Warning.objects.filter(id=warning, true_to=None).update(true_to=local_day(at)):
        raise Refusal("This warning has already ended. Open the record again to see what holds.")
    touch(found.person_id)

"""What is concluded about the adults around children, and looking at it again. Part of operations."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.assessments.models import Conclusion, ConclusionChild
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.people.permissions import require_sight
from sightline.record.permissions import refuse_unless_may_write

STILL_STANDS = "Looked at again, and it still stands."
LONGEST = 300
"""Characters of a conclusion, and of why it no longer stands. What it rests on has no end."""


@act("record_conclusion")
def record_conclusion(
    *,
    by: Actor,
    children: Iterable[UUID],
    adult: UUID | None,
    words: str,
    basis: str,
    concluded_on: date,
    at: datetime,
) -> UUID:
    """Record what was concluded, such as that a mother is protective, with its day and what it rests on.

    Refuses one without a basis, about no child, or of a day to come. From then on it is shown with its
    date and basis, and as out of date once the household has changed.
    """
    refuse_unless_may_assess(by)
    drawn_for = list(dict.fromkeys(children))
    _refuse_unsound(drawn_for, words, basis)
    if concluded_on > local_day(at):
        raise Refusal("That day has not come yet. Check the date.", field="concluded_on")
    refuse_unless_may_write(by, drawn_for)
    if adult is not None:
        require_sight(adult)
    made = _write(adult, words, basis, concluded_on, by=by, at=at)
    ConclusionChild.objects.bulk_create(ConclusionChild(conclusion_id=made, child_id=child) for child in drawn_for)
    touch(*drawn_for, *([adult] if adult else []))
    return made


def _refuse_unsound(children: list[UUID], words: str, basis: str) -> None:
    if not children:
        raise Refusal("Choose for which child this was concluded.", field="children")
    if not words.strip():
        raise Refusal("Write what was concluded.", field="words")
    refuse_longer(words, LONGEST, field="words", what="what was concluded")
    if not basis.strip():
        raise Refusal("Say what this rests on: what was seen, heard or read, and by whom.", field="basis")


def _write(adult: UUID | None, words: str, basis: str, concluded_on: date, *, by: Actor, at: datetime) -> UUID:
    return Conclusion.objects.create(
        adult_id=adult,
        words=words.strip(),
        basis=basis.strip(),
        concluded_on=concluded_on,
        recorded_at=at,
        by=by.id,
    ).id


@act("look_again")
def look_again(*, by: Actor, conclusion: UUID, stands: bool, because: str, at: datetime) -> UUID | None:
    """Look at a conclusion again. Where it still stands, `because` is what it rests on now, and it begins anew.

    Returns the new conclusion, or None where it no longer stands and `because` says why. Refuses without
    words, and one that a colleague has looked at meanwhile.
    """
    refuse_unless_may_assess(by)
    if not because.strip():
        raise Refusal("Say what it rests on now." if stands else "Say why this no longer stands.", field="because")
    if not stands:
        refuse_longer(because, LONGEST, field="because", what="why it no longer stands")
    found = Conclusion.objects.select_for_update().filter(id=conclusion).first()
    if found is None:
        raise NotFound("There is no such conclusion on a record that you work with.")
    if found.ended_at is not None:
        raise Refusal("Somebody has looked at this again already. Open the record again to see what they found.")
    children = list(ConclusionChild.objects.filter(conclusion=conclusion).values_list("child", flat=True))
    refuse_unless_may_write(by, children)
    found.ended_at, found.ended_by = at, by.id
    found.ended_because = STILL_STANDS if stands else because.strip()
    found.save(update_fields=["ended_at", "ended_by", "ended_because"])
    touch(*children)
    if not stands:
        return None
    made = _write(found.adult_id, found.words, because, local_day(at), by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT assessments_carry_children(%s, %s)", [conclusion, made])
    return made

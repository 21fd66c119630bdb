"""The versions of a signed assessment that members of the family are given: one for each person.

Each saving is kept, so that it can be said later what somebody was given. Working Together 2023,
chapter 3: families understand what an assessment found, and what follows from it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.assessments.models import FamilyVersion, SignedAssessment
from sightline.assessments.permissions import refuse_unless_may_assess, refuse_unless_sees_whole
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.people.permissions import require_sight


@dataclass(frozen=True)
class FamilyVersionView:
    """What one person's version says, and which saving it is."""

    number: int
    text: str
    written_at: datetime
    by: UUID


def list_family_versions(entry: UUID) -> dict[UUID, FamilyVersionView]:
    """The latest version for each person, in one query; nobody's whom the reader may not see."""
    rows = FamilyVersion.objects.filter(signed=entry).order_by("number")
    return {row.recipient_id: FamilyVersionView(row.number, row.text, row.written_at, row.by) for row in rows}


@act("write_version_for")
def write_version_for(*, by: Actor, entry: UUID, recipient: UUID, text: str, base: int, at: datetime) -> int:
    """Write what one person is given of a signed assessment. Returns which saving it is.

    `base` is the saving that the page showed, nought for none: where somebody saved since, `Stale`
    carries both texts. Refuses a blank text, a recipient whom the writer may not see, and whoever cannot
    read the whole assessment: they could not know whom a paragraph is about.
    """
    refuse_unless_may_assess(by)
    if not text.strip():
        raise Refusal("Write what they will read.", field="text")
    signed = SignedAssessment.objects.filter(entry=entry).first()
    if signed is None:
        raise NotFound("There is no such signed assessment on a record that you work with.")
    refuse_unless_sees_whole(signed.round_id)
    # The database holds the key of anybody, and keeps quiet on whether the writer works with them.
    require_sight(recipient)
    latest = list_family_versions(entry).get(recipient)
    number = latest.number if latest else 0
    if latest is not None and latest.text == text.strip():
        return number
    if number != base:
        raise _stale(latest, text)
    try:
        with transaction.atomic():
            FamilyVersion.objects.create(
                signed=signed, recipient_id=recipient, number=number + 1, text=text.strip(), written_at=at, by=by.id
            )
    except IntegrityError:
        # A colleague saved at the same moment: theirs is there now.
        raise _stale(list_family_versions(entry).get(recipient), text) from None
    touch(recipient)
    return number + 1


def _stale(latest: FamilyVersionView | None, yours: str) -> Stale:
    return Stale(
        "Somebody changed this version while you were writing. Both texts are shown; keep the words you want.",
        theirs=latest.text if latest else "",
        yours=yours,
        field="text",
    )

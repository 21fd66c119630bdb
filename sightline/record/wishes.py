"""Setting aside a child's wish about who reads what they told. Part of this room's operations."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.record.models import EntrySubject, Passage, PassageSubject, WishOverruled
from sightline.record.permissions import refuse_unless_may_write

LONGEST_REASON = 500
SHORTEST_REASON = 10


@act("overrule_wish")
def overrule_wish(*, by: Actor, passage: UUID, reason: str, child_told: bool, at: datetime) -> UUID:
    """Let everybody who works with a child read what the child wished to be kept to some.

    A child who can understand may decide who is told, until they or another would be left in danger
    (Working Together to Safeguard Children 2023, chapter 1; Gillick v West Norfolk [1986] AC 112). `child_told`
    is whether the child was told beforehand. Only those read the passage, and so can do this, who were named or
    stand above them. Refuses one without a reason, one that was not kept to anybody, and one that was set aside
    before.
    """
    refuse_longer(reason, LONGEST_REASON, field="reason", what="why")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("Say who would be in danger, or why else this cannot stay with those named.", field="reason")
    found = Passage.objects.filter(id=passage, kept_to__isnull=False).first()
    child = _whose(passage) if found else None
    if found is None or child is None:
        raise NotFound("There is no such wish on a record that you work with. Open the record again.")
    refuse_unless_may_write(by, [child])
    if WishOverruled.objects.filter(passage=passage).exists():
        raise Refusal("This wish has been set aside already, with a reason. Open the record again to see it.")
    row = WishOverruled.objects.create(
        passage_id=passage, entry_id=found.entry_id, child_id=child, reason=reason.strip(), child_told=child_told,
        by=by.id, at=at,
    )  # fmt: skip
    touch(child)
    return row.id


def _whose(passage: UUID) -> UUID | None:
    """The child whom the passage is about; an adult only where no child is."""
    about = PassageSubject.objects.filter(passage=passage, withdrawn_at=None).values_list("entry", "person")
    parts = EntrySubject.objects.filter(entry__in=[entry for entry, _ in about], part="child")
    children = set(parts.values_list("person", flat=True))
    people = [person for _, person in about]
    return next((one for one in people if one in children), people[0] if people else None)

"""What a parent or a young person says of an entry, in their own words. Part of this room's operations."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.access.queries import may_see_of
from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.people.models import Person
from sightline.record.models import Entry, EntrySubject, Passage, PassageSubject
from sightline.record.permissions import refuse_unless_may_write

ACCOUNT = "account"
"""The heading of a passage that is an account."""
NO_ENTRY = "There is no such entry on a record that you work with."


@act("attach_account")
def attach_account(
    *,
    by: Actor,
    entry: UUID,
    given_by: UUID,
    words: str,
    disagrees: bool,
    at: datetime,
    section: Section | None = None,
) -> UUID:
    """Attach what a parent or a young person says of an entry; from then on it goes wherever the entry goes.

    It is about those whom the entry concerns and the writer may see, and is final. A child's account is the
    child's own words unless another section is given. It lands on the version that stands, should somebody
    have corrected the entry meanwhile (UK GDPR, articles 5(1)(d) and 16; Children Act 1989, section 17(4A)).
    Refuses one without words, one of somebody whom the writer may not see, and one of an entry that is
    withdrawn from everybody whom the writer may see.
    """
    if not words.strip():
        raise Refusal("Write what they say, in their own words.", field="words")
    teller = Person.objects.filter(id=given_by).first()
    if teller is None or given_by not in may_see_of(people={given_by}):
        raise NotFound("Choose somebody whom you work with as the one whose account this is.")
    standing, position = _place(entry)
    concerned = {row.person_id: row.apart for row in EntrySubject.objects.filter(entry=standing, withdrawn_at=None)}
    if not concerned:
        # Withdrawn from everybody whom the writer may see: an account would stand on no record.
        raise NotFound(NO_ENTRY)
    refuse_unless_may_write(by, concerned)
    passage = Passage.objects.create(
        entry_id=standing,
        position=position,
        heading=ACCOUNT,
        section=section or (Section.CHILD_WORDS if teller.kind == "child" else Section.ORDINARY),
        text=words.strip(),
        added_at=at,
        added_by=by.id,
        given_by_id=given_by,
        disagrees=disagrees,
    )
    PassageSubject.objects.bulk_create(
        PassageSubject(passage_id=passage.id, entry_id=standing, person_id=person, section=passage.section, apart=apart)
        for person, apart in concerned.items()
    )
    touch(*concerned, given_by, disagrees=disagrees)
    return passage.id


def _place(entry: UUID) -> tuple[UUID, int]:
    if not Entry.objects.filter(id=entry).exists():
        raise NotFound(NO_ENTRY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, place FROM record_place_account(%s)", [entry])
        found = cursor.fetchone()
    if found is None or found[0] is None:
        raise NotFound(NO_ENTRY)
    return found[0], found[1]

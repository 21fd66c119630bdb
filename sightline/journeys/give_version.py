"""That somebody in the family was given their version of a signed assessment, kept on the children's record."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.assessments.family import list_family_versions
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.assessments.queries import get_signed
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import Refusal
from sightline.kernel.when import When
from sightline.people.queries import get_names
from sightline.record.models import Entry
from sightline.record.operations import write_entry
from sightline.record.rules import Concerned, Words


@act("record_given")
def record_given(
    *, by: Actor, entry: UUID, recipient: UUID, children: Iterable[UUID], given_on: date, at: datetime, how: str = ""
) -> UUID:
    """Record on which day a person was given their version, and how it was received; returns the case note.

    `children` are those of the assessment whom this person's version may be about: the child themself,
    or a parent's own children. Refuses a day before it was signed or that has not come, and where no
    version was saved. Working Together 2023, chapter 3: the family are told what an assessment found.
    """
    refuse_unless_may_assess(by)
    signed, version = get_signed(entry), list_family_versions(entry).get(recipient)
    about = tuple(child for child in dict.fromkeys(children) if child in signed.children)
    if version is None or not about:
        raise Refusal("Save their version first. Then record that it was given.", field="given_on")
    if not local_day(signed.authorised_at) <= given_on <= local_day(at):
        raise Refusal("Check the day: after it was signed, and not in the future.", field="given_on")
    name = get_names(people=[recipient])[recipient].name
    text = (
        f"{name} was given their version of the assessment signed on {day_words(local_day(signed.authorised_at))}, "
        f"as it was saved on {day_words(local_day(version.written_at))}."
    )
    return write_entry(
        by=by,
        kind=Entry.Kind.NOTE,
        concerned=[Concerned(child) for child in about],
        words=[Words(text=" ".join(part for part in (text, how.strip()) if part), about=about)],
        occurred=When.on(given_on),
        at=at,
    )

"""Medical examinations that were asked for, until they are held or somebody says why not. Part of its operations."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.enquiries.models import Medical
from sightline.enquiries.rules import LONG_LINE, MEDICAL_CLOCK, NAME, refuse_blank, refuse_future
from sightline.enquiries.standing import carrier, chosen, due, end_step, hold_medical, write
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.when import When
from sightline.record.models import Entry
from sightline.record.operations import open_step
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Words

STEP = "medical"
FINDINGS = "findings"


@act("ask_for_medical")
def ask_for_medical(
    *,
    by: Actor,
    child: UUID,
    at: datetime,
    enquiry: UUID | None = None,
    asked_of: str = "",
    post: UUID | None = None,
) -> UUID:
    """Ask for a child to be examined; it waits as a step of its own, on the clock `medical.held`.

    `enquiry` is the step of the enquiry, or of the discussion, from which it arose. Who examines may be
    said later: a child is not kept waiting for it.
    """
    (whom,) = chosen(by, [child])
    refuse_longer(asked_of, NAME, field="asked_of", what="of whom it was asked")
    asked = f": {asked_of.strip()}" if asked_of.strip() else ""
    step = open_step(
        by=by, kind=STEP, post=carrier(by, post), people=[whom], words=f"Medical examination{asked}"[:200],
        subject=enquiry, at=at, **due(MEDICAL_CLOCK, at, at),
    )  # fmt: skip
    Medical.objects.create(step_id=step, child_id=whom, asked_of=asked_of.strip(), asked_at=at)
    return step


@act("record_medical")
def record_medical(
    *,
    by: Actor,
    medical: UUID,
    held_at: datetime,
    examiner: str,
    words: str,
    at: datetime,
    documents: Iterable[UUID] = (),
) -> UUID:
    """Record what an examination found, in the examiner's section; its waiting ends. Added to where it was recorded.

    Also of one that was said not to be held. Refuses a time to come, nobody's name, and no words.
    """
    found = hold_medical(medical)
    refuse_unless_may_write(by, [found.child_id])
    refuse_future(held_at, at=at, field="held_at")
    who = refuse_blank(examiner, "Say who examined the child.", field="examiner")
    refuse_longer(who, NAME, field="examiner", what="who examined the child")
    said = refuse_blank(words, "Write what was found, also where nothing was.", field="words")
    entry = write(
        by, Entry.Kind.MEDICAL, [found.child_id],
        [Words(said, (found.child_id,), heading=FINDINGS, section=Section.HEALTH, told_by=who)], at,
        step=medical, occurred=When.exactly(held_at), documents=documents,
    )  # fmt: skip
    # A second report of one examination is an entry of its own; the first stays the one that answered.
    if found.entry_id is None or found.held_at is None:
        found.held_at, found.examiner, found.entry_id = held_at, who, entry
        found.not_held_because = ""
        found.save(update_fields=["held_at", "examiner", "entry", "not_held_because"])
    end_step(by, medical, at, closed_by=entry, outcome="Held")
    return entry


@act("medical_not_held")
def medical_not_held(*, by: Actor, medical: UUID, because: str, at: datetime) -> UUID:
    """Say why an examination that was asked for is not held; the record says so. Refuses no reason."""
    found = hold_medical(medical)
    refuse_unless_may_write(by, [found.child_id])
    reason = refuse_blank(because, "Say why it was not held.", field="because")
    refuse_longer(reason, LONG_LINE, field="because", what="the reason")
    entry = write(
        by, Entry.Kind.MEDICAL, [found.child_id],
        [Words(f"The examination that was asked for was not held. Because: {reason}", (found.child_id,))], at,
        step=medical,
    )  # fmt: skip
    if found.held_at is None:
        found.not_held_because, found.entry_id = reason, entry
        found.save(update_fields=["not_held_because", "entry"])
    end_step(by, medical, at, closed_by=entry, outcome="Not held")
    return entry

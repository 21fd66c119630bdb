"""How an enquiry ended that an earlier system left open. Part of this room's operations."""

from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.enquiries.models import EarlierEnquiry
from sightline.enquiries.permissions import refuse_unless_may_decide
from sightline.enquiries.rules import LINE
from sightline.enquiries.standing import end_step, post_of
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.record.models import Entry
from sightline.record.operations import write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Concerned, Words

HEADING = "earlier_enquiry"


@act("say_how_earlier_ended")
def say_how_earlier_ended(
    *,
    by: Actor,
    earlier: UUID,
    at: datetime,
    conference_on: date | None = None,
    not_needed_because: str = "",
    goes_on: UUID | None = None,
) -> UUID:
    """Say how an enquiry ended that an earlier system left open; an entry on the child's record, and its step ends.

    With a conference on a day, or that none was needed and why; or it `goes_on` as an enquiry here, whose step
    then is its own, so that it counts once. Refuses whoever does not decide for the authority, none or two of
    these, a day before it began or to come, and one of which the end is known (Children Act 1989, section 47).
    """
    refuse_unless_may_decide(by)
    found = EarlierEnquiry.objects.select_for_update().filter(id=earlier, withdrawn_at=None).first()
    if found is None:
        raise NotFound("There is no such enquiry among the children that you work with.")
    refuse_unless_may_write(by, [found.child_id])
    if found.conference_on is not None or found.conference_not_required:
        raise Refusal("It is known already how this enquiry ended. Look at the record.")
    because = not_needed_because.strip()
    refuse_longer(because, LINE, field="because", what="why none was needed")
    if [conference_on is not None, bool(because), goes_on is not None].count(True) != 1:
        raise Refusal("Say how it ended: with a conference, without one, or that it goes on here.", field="ended")
    began = f"The section 47 enquiry that an earlier system recorded from {day_words(found.began_on)}"
    if conference_on is not None:
        _refuse_day(conference_on, found.began_on, at)
        text, outcome = f"{began} led to a conference on {day_words(conference_on)}.", "A conference was held"
    elif because:
        text, outcome = f"{began} ended without a conference. Because: {because}", "No conference was needed"
    else:
        text, outcome = f"{began} goes on here.", "It goes on here"
    waiting = found.step_id
    entry = write_entry(
        by=by, kind=Entry.Kind.ENQUIRY, concerned=[Concerned(found.child_id)],
        words=[Words(text, (found.child_id,), heading=HEADING)], occurred=When.exactly(at),
        post=post_of(by, waiting) if waiting else min(by.posts, default=None), at=at,
    )  # fmt: skip
    found.conference_on = conference_on
    found.conference_not_required = True if because else found.conference_not_required
    found.step_id = goes_on or found.step_id
    found.save(update_fields=["conference_on", "conference_not_required", "step"])
    touch(found.child_id)
    if waiting is not None:
        end_step(by, waiting, at, closed_by=entry, outcome=outcome)
    return entry


def _refuse_day(day: date, began_on: date, at: datetime) -> None:
    if day > local_day(at):
        raise Refusal("That has not happened yet. Check the date.", field="conference_on")
    if day < began_on:
        raise Refusal(f"The enquiry began on {day_words(began_on)}. Check the two dates.", field="conference_on")

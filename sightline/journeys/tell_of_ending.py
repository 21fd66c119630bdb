"""Telling a professional that involvement has ended, and how to come back: each confirmed by name, one at a time."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.journeys.letters import desk_line, write_letter
from sightline.kernel.clocks import short_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.partnership.operations import Composed, compose_message, record_call
from sightline.practice.queries import current_pack
from sightline.record.models import Entry
from sightline.record.queries import EntryView, get_entry
from sightline.workforce.queries import front_door_manager

COMING_BACK = "how_to_come_back"


def draft_closing(*, by: Actor, entry: UUID, at: datetime) -> str:
    """What is offered to be sent: for whom it ended, when, how to come back, and nothing else of the record."""
    found = _closure(entry)
    return write_letter(
        current_pack(at),
        "closing.professional",
        people=[one.person for one in found.subjects],
        desk=_post_of(by),
        at=at,
        ended_on=short_day(local_day(found.when.earliest), local_day(at)),
        how_to_come_back=found.text_of(COMING_BACK) or "ring us.",
    )


@act("tell_of_ending")
def tell_of_ending(
    *, by: Actor, entry: UUID, agency_post: UUID, text: str, means: str, at: datetime, call_words: str = ""
) -> Composed:
    """Tell one post at an agency, by a link with a second code or in a call that is recorded.

    Its answer, its silence and its disagreement come back to the teller's post. Refuses a call of
    which nothing is said, and what `compose_message` refuses.
    """
    found = _closure(entry)
    if means == "call" and not call_words.strip():
        raise Refusal("Say whom you spoke to and when.", field="call_words")
    composed = compose_message(
        by=by,
        kind="outcome",
        means=means,
        agency_post=agency_post,
        subject=entry,
        text=text,
        about=[one.person for one in found.subjects],
        post=_post_of(by),
        ring=desk_line(_post_of(by)),
        at=at,
    )
    if means == "call":
        record_call(by=by, message=composed.message, how=call_words, at=at)
    return composed


def _closure(entry: UUID) -> EntryView:
    found = get_entry(entry)
    if found.kind != Entry.Kind.CLOSURE:
        raise NotFound("There is no such ending on a record that you work with.")
    return found


def _post_of(by: Actor) -> UUID:
    return min(by.posts, default=None) or front_door_manager()

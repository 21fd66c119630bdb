"""Telling agencies how a section 47 enquiry ended: whoever referred first, each confirmed by name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.enquiries.operations import note_told
from sightline.enquiries.queries import EnquiryLine, get_discussion, get_enquiry
from sightline.front_door.queries import ContactView, list_contacts, list_contacts_about
from sightline.journeys.letters import desk_line, write_letter
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.partnership.operations import Composed, compose_message, record_call
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import describe_agency_posts, get_agency_post, is_closed
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.record.operations import close_step
from sightline.record.queries import list_steps_about

FEEDBACK_STEP = "feedback_enquiry"
LATELY = timedelta(days=90)
"""Whoever told us in the time before an enquiry began is taken to have referred it, where no contact is named."""
NEXT = {
    "not_substantiated": "We make no more enquiries. The family is offered help where it wants it.",
    "no_continuing_risk": "There is no child protection conference. We go on helping where help is needed.",
    "continuing_risk": "A child protection conference is convened. You may be asked to take part.",
}
"""What comes next, for whoever is told; the worker changes the words before they go."""


@dataclass(frozen=True)
class ToBeTold:
    """An agency's post that is to be told, why, and when its agency was. `referred` ones are owed it."""

    agency_post: UUID
    agency: UUID
    agency_name: str
    title: str
    name: str
    because: str
    referred: bool
    told_at: datetime | None


def to_be_told(enquiry: UUID) -> list[ToBeTold]:
    """Who is to hear how an enquiry ended: whoever referred, then who took part in the discussion. Sends nothing."""
    found = get_enquiry(enquiry)
    told = {one.agency: one.told_at for one in found.told}
    named: dict[UUID, tuple[str, str, bool]] = {}
    for contact in referrers_of(found.line):
        if contact.agency_post is not None:
            on = day_words(local_day(contact.received_at))
            named.setdefault(contact.agency_post, (contact.referrer_name, f"Told us on {on}", True))
    for one in _took_part(found.line):
        named.setdefault(one[0], (one[1], "Took part in the strategy discussion", False))
    posts = describe_agency_posts(named)
    return [
        ToBeTold(post, posts[post].agency_id, posts[post].agency.name, posts[post].title, name, because, referred,
                 told.get(posts[post].agency_id))
        for post, (name, because, referred) in named.items()
        if post in posts and not is_closed(posts[post])
    ]  # fmt: skip


def referrers_of(line: EnquiryLine) -> list[ContactView]:
    """The contact from which the enquiry arose, where it is known, else the latest of a professional before it."""
    named = _contact_of(line)
    if named is not None:
        return [named] if named.professional and named.agency_post else []
    before = [
        one
        for one in list_contacts_about(line.children)
        if one.professional and one.agency_post and line.began_at - LATELY <= one.received_at <= line.began_at
    ]
    return before[:1]


def _contact_of(line: EnquiryLine) -> ContactView | None:
    if line.discussion is None:
        return None
    try:
        subject = get_discussion(line.discussion).subject
    except NotFound:
        return None
    return next(iter(list_contacts([subject])), None) if subject else None


def _took_part(line: EnquiryLine) -> list[tuple[UUID, str]]:
    if line.discussion is None:
        return []
    try:
        took_part = get_discussion(line.discussion).took_part
    except NotFound:
        return []
    return [(one.agency_post, one.name) for one in took_part if one.agency_post is not None]


def draft_told(*, by: Actor, enquiry: UUID, at: datetime) -> str:
    """What is offered to be sent: what was found for each child, and what comes next; nothing else of the record."""
    line = get_enquiry(enquiry).line
    names = {key: one.name for key, one in get_names(people=line.children).items()}
    concluded = [one for one in line.children.values() if one.outcome]
    found = "\n".join(f"{names.get(one.child, 'A child')}: {one.outcome_words}" for one in concluded)
    return write_letter(
        current_pack(at), "enquiry.outcome", people=[one.child for one in concluded],
        desk=min(by.posts, default=line.post), outcome=found or "It goes on.",
        next_step=" ".join(dict.fromkeys(NEXT[one.outcome] for one in concluded)) or "We write when it has ended.",
        at=at,
    )  # fmt: skip


@act("tell_agency")
def tell_agency(
    *,
    by: Actor,
    enquiry: UUID,
    agency_post: UUID,
    text: str,
    at: datetime,
    means: str = "link",
    call_words: str = "",
) -> Composed:
    """Tell one post at an agency how an enquiry ended, by a link with a second code or in a recorded call.

    When everybody who referred has been told, what was owed of it ends. Its answer, its silence and its
    disagreement come back to the enquiry's post. Refuses an enquiry with no conclusion, and a call of
    which nothing is said.
    """
    found = get_enquiry(enquiry)
    concluded = [one.child for one in found.children.values() if one.outcome]
    if not concluded:
        raise Refusal("This enquiry has no conclusion yet. Conclude it first; then tell whoever referred.")
    if means == "call" and not call_words.strip():
        raise Refusal("Say whom you spoke to and when.", field="call_words")
    composed = compose_message(
        by=by, kind="enquiry", means=means, agency_post=agency_post, subject=enquiry, text=text, about=concluded,
        post=found.line.post, ring=desk_line(found.line.post), at=at,
    )  # fmt: skip
    if means == "call":
        record_call(by=by, message=composed.message, how=call_words, at=at)
    note_told(by=by, enquiry=enquiry, agency=get_agency_post(agency_post).agency_id, message=composed.message, at=at)
    if all(one.told_at for one in to_be_told(enquiry) if one.referred):
        _end_what_was_owed(by, enquiry, "told", at)
    return composed


@act("not_told")
def not_told(*, by: Actor, enquiry: UUID, because: str, at: datetime) -> None:
    """Say why whoever referred cannot be told how it ended. Refuses no reason."""
    refuse_unless_may_send(by, get_enquiry(enquiry).children)
    if not because.strip():
        raise Refusal("Say why they cannot be told.", field="because")
    _end_what_was_owed(by, enquiry, f"not told: {because.strip()}"[:200], at)


def _end_what_was_owed(by: Actor, enquiry: UUID, outcome: str, at: datetime) -> None:
    for step in list_steps_about(subject=enquiry):
        if step.kind == FEEDBACK_STEP:
            close_step(by=by, step=step.id, outcome=outcome, at=at)

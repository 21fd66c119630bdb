"""Feedback to whoever raised a concern: an acknowledgement, then the outcome."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.front_door.operations import note_telling
from sightline.front_door.queries import ContactView, get_contact
from sightline.journeys.letters import desk_line
from sightline.journeys.take_contact import desk_of
from sightline.kernel.errors import Refusal
from sightline.partnership.operations import Composed, compose_message, record_call
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import get_message
from sightline.record.operations import close_step
from sightline.record.queries import list_steps_about

# Whoever has been told the outcome need not also be told that we received it.
STEPS_OF = {"acknowledgement": {"acknowledge"}, "outcome": {"acknowledge", "feedback"}}
OWED = {"acknowledge", "feedback"}
TOLD_IN_A_CALL = "Told in a call"


@act("feed_back")
def feed_back(
    *,
    by: Actor,
    contact: UUID,
    kind: str,
    text: str,
    means: str,
    at: datetime,
    agency_post: UUID | None = None,
    call_words: str = "",
) -> Composed:
    """Tell whoever raised it, through a link with a second code or in a recorded call.

    `kind` is `acknowledgement` or `outcome`; `means` is `link`, `call` or `letter`. A
    professional is written to at their post. A member of the public gets an acknowledgement and
    nothing about the family, so an outcome to them is refused.
    """
    seen = get_contact(contact)
    _refuse_unsound(seen, kind, text, means, call_words)
    composed = compose_message(
        by=by,
        kind=kind,
        means=means,
        agency_post=(agency_post or seen.agency_post) if seen.professional else None,
        subject=contact,
        text=text,
        about=list(seen.people),
        post=desk_of(by),
        ring=desk_line(desk_of(by)),
        at=at,
    )
    if means == "call":
        _record_call(by, composed.message, seen, call_words, at)
    for step in list_steps_about(subject=contact):
        if step.kind in STEPS_OF[kind]:
            close_step(by=by, step=step.id, outcome="told", at=at)
    return composed


def _refuse_unsound(seen: ContactView, kind: str, text: str, means: str, call_words: str) -> None:
    if kind not in STEPS_OF:
        raise Refusal("Choose what to tell them: that we have it, or what was decided.")
    if not text.strip():
        raise Refusal("The message has no words in it.", field="feedback_text")
    if kind == "outcome" and seen.decision is None:
        raise Refusal("Decide the contact first; then tell whoever raised it.")
    if kind == "outcome" and not seen.professional:
        raise Refusal("A member of the public is thanked, and told nothing about the family. Send the acknowledgement.")
    if means == "call" and not call_words.strip():
        raise Refusal("Say whom you spoke to and when.", field="call_words")


@act("record_heard")
def record_heard(*, by: Actor, message: UUID, how: str, at: datetime) -> None:
    """A message was heard in a call instead: `how` says who heard it and what they said back."""
    line = get_message(message)
    _record_call(by, message, get_contact(line.subject) if line.agency_post is None else None, how, at)


def _record_call(by: Actor, message: UUID, told: ContactView | None, how: str, at: datetime) -> None:
    """Words about a call to a member of the public can name them, and stand apart from the message."""
    if told is not None and not told.professional and how.strip():
        note_telling(by=by, contact=told.id, words=how, at=at)
        how = TOLD_IN_A_CALL
    record_call(by=by, message=message, how=how, at=at)


@act("no_feedback")
def no_feedback(*, by: Actor, contact: UUID, reason: str, at: datetime) -> None:
    """Record why somebody cannot be told: an anonymous caller, a caller whom a call would endanger."""
    if not reason.strip():
        raise Refusal("Say why they cannot be told.", field="reason")
    seen = get_contact(contact)
    refuse_unless_may_send(by, seen.people)
    outcome = f"not told: {reason.strip()}"[:200]
    if not seen.professional:
        note_telling(by=by, contact=contact, words=reason, at=at)
        outcome = "not told: a member of the public"
    for step in list_steps_about(subject=contact):
        if step.kind in OWED:
            close_step(by=by, step=step.id, outcome=outcome, at=at)

"""What the front door does with a contact once it is taken: answers, checks, decisions, hand-overs."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import acting
from sightline.front_door.deciding import Deciding
from sightline.front_door.operations import accept_handover, record_check_answer
from sightline.front_door.queries import ContactView, get_contact, list_waiting_handovers
from sightline.front_door.rules import Referrer
from sightline.journeys.ask_agencies import ask_for_check
from sightline.journeys.decide import decide
from sightline.journeys.feed_back import feed_back, no_feedback
from sightline.journeys.hand_over import hand_over
from sightline.journeys.letters import draft_acknowledgement, draft_outcome
from sightline.kernel.errors import Refusal
from sightline.partnership.delivery import deliver
from sightline.partnership.operations import Composed, record_posting
from sightline.partnership.public import open_message, reply_to_message
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.record.operations import close_step
from sightline.record.queries import list_steps_about

Given = TypeVar("Given")


def acknowledge(story: Telling, title: str, *, by: str, at: datetime, heard: str = "") -> Composed:
    """Say that we have it: in a call where somebody `heard` it; else a professional by link, others by letter."""
    who, pack = story.who(by), current_pack(at)
    with acting(who.id):
        contact = get_contact(story.contacts[title])
        due = due_from(pack.timescale("contact.decide", contact.received_at.date()), contact.received_at)
        text = draft_acknowledgement(pack, contact, desk=story.post("duty-front-door"), decide_by=due, at=at)
    return _send(story, contact, "acknowledgement", text, by=by, at=at, heard=heard)


def tell_outcome(story: Telling, title: str, *, by: str, at: datetime, heard: str = "") -> Composed:
    """Tell a professional what was decided, as the pack drafts it."""
    who, pack = story.who(by), current_pack(at)
    with acting(who.id):
        contact = get_contact(story.contacts[title])
        outcome = contact.decision.outcome if contact.decision else ""
        text = draft_outcome(pack, contact, outcome=outcome, desk=story.post("duty-front-door"), at=at)
    return _send(story, contact, "outcome", text, by=by, at=at, heard=heard)


def _send(story: Telling, contact: ContactView, kind: str, text: str, *, by: str, at: datetime, heard: str) -> Composed:
    written = "link" if contact.professional else "letter"
    composed = feed_back(
        by=story.who(by), contact=contact.id, kind=kind, text=text, means="call" if heard else written,
        call_words=heard, at=at,
    )  # fmt: skip
    if composed.link_token:
        send_now(story, composed, by=by, at=at)
    elif not heard:
        record_posting(by=story.who(by), message=composed.message, at=at)
    return composed


def send_now(story: Telling, composed: Composed, *, by: str, at: datetime) -> None:
    """The e-mail goes: what the worker's job would do a moment later; the job finds it done."""
    with acting(story.who(by).id):
        deliver(message=composed.message, at=at, last_try=True)


def nobody_to_tell(story: Telling, title: str, *, by: str, at: datetime, reason: str) -> None:
    """Whoever raised it cannot be told."""
    no_feedback(by=story.who(by), contact=story.contacts[title], reason=reason, at=at)


def opened(composed: Composed, *, at: datetime) -> None:
    """The recipient opens a message with its link and its code."""
    _heed(open_message(link_token=composed.link_token, code=composed.code, at=at))


def answered(
    composed: Composed, *, kind: str, text: str, signed: str, at: datetime, for_plan: str = ""
) -> UUID:  # fmt: skip
    """The recipient opens a message and answers or disagrees; returns the reply. `for_plan` is of a conference."""
    opened(composed, at=at)
    return _heed(
        reply_to_message(
            link_token=composed.link_token, code=composed.code, kind=kind, text=text, signed=signed, for_plan=for_plan,
            at=at,
        )
    )  # fmt: skip


def _heed(answer: Given | Refusal) -> Given:
    # A message's page gives a refusal back instead of raising it.
    if isinstance(answer, Refusal):
        raise answer
    return answer


def ask(
    story: Telling, title: str, kind: str, mailbox: str, *, by: str, at: datetime, question: str, reason: str
) -> Composed:
    """Ask an agency what it knows, by link."""
    composed = ask_for_check(
        by=story.who(by), contact=story.contacts[title], kind=kind, agency_post=story.authority.mailboxes[mailbox],
        question=question, reason=reason, lawful_basis="ca1989_s17", at=at,
    )  # fmt: skip
    send_now(story, composed, by=by, at=at)
    return composed


def agency_answers(
    story: Telling, title: str, *, by: str, at: datetime, told_by: str, text: str, section: str = "health"
) -> UUID:
    """What came back from the one agency that was asked and has not answered."""
    with acting(story.who(by).id):
        waiting = [step for step in list_steps_about(subject=story.contacts[title]) if step.kind == "check_answer"]
    return record_check_answer(
        by=story.who(by), check=waiting[0].id, text=text, told_by=told_by, section=section,  # type: ignore[arg-type]
        at=at,
    )  # fmt: skip


def settle(
    story: Telling, title: str, outcome: str, *, by: str, at: datetime, reason: str, need: str = "", **more: object
) -> UUID:
    """A registered social worker decides the contact."""
    given = Deciding(outcome=outcome, reason=reason, need=need, **more)  # type: ignore[arg-type]
    entry = decide(by=story.who(by), contact=story.contacts[title], given=given, at=at)
    story.entries[f"decision: {title}"] = entry
    return entry


def hand_to_night(story: Telling, title: str, *, by: str, at: datetime, words: str, accepted: datetime) -> None:
    """The front door closes with this undecided; the emergency duty team accepts it by name."""
    hand_over(by=story.who(by), contact=story.contacts[title], words=words, at=at)
    night = story.who("sanjay")
    with acting(night.id):
        waiting = [one for one in list_waiting_handovers(night.posts) if one.contact_id == story.contacts[title]]
    accept_handover(by=night, handover=waiting[0].id, at=accepted)


def finish(story: Telling, title: str, kind: str, *, by: str, at: datetime, outcome: str) -> None:
    """A step that a decision opened has been done."""
    who = story.who(by)
    with acting(who.id):
        steps = [one for one in list_steps_about(subject=story.contacts[title]) if one.kind == kind]
    for step in steps:
        close_step(by=who, step=step.id, outcome=outcome, at=at)


def answer_to(referrer: Referrer) -> str:
    """How a call to whoever told us is written down."""
    return f"Rang {referrer.name}, who heard it and had nothing to add."

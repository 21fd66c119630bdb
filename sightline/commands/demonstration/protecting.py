"""How children are protected, as the stories tell it: discussions, enquiries, conferences, letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.holding_rules import ChildDecided, Held
from sightline.conferences.operations import confirm_invitee, letter_given
from sightline.conferences.queries import list_letters
from sightline.doorway.acts import acting
from sightline.enquiries.queries import list_enquiries
from sightline.enquiries.rules import ConclusionGiven, DecisionGiven, DiscussionHeld, TookPartGiven
from sightline.journeys.chase_silence import bring_reply
from sightline.journeys.convene import convene_conference, invite
from sightline.journeys.hold_conference import HeldConference, Outline, hold_conference, release
from sightline.journeys.protect import ask_strategy, conclude_enquiry, hold_strategy, tell_agency
from sightline.kernel.london import local_day
from sightline.partnership.operations import Composed
from sightline.workforce.operations import ensure_clock_account

CHAIR = "conference-chair"
AN_HOUR = timedelta(hours=1)
SHORTLY = timedelta(minutes=5)


# --- the strategy discussion and the enquiry ------------------------------------------------------


def there(story: Telling, mailbox: str, name: str, role: str, shared: str) -> TookPartGiven:
    """Somebody of another agency who took part, with what they told."""
    kind = {"police": "police", "school": "school"}.get(mailbox.split("-", maxsplit=1)[0], "health")
    return TookPartGiven(
        kind, agency_post=story.authority.mailboxes[mailbox], name=name, role=role, shared=shared
    )  # fmt: skip


def us(story: Telling, post: str, name: str, role: str, shared: str = "") -> TookPartGiven:
    """One of ours who took part."""
    return TookPartGiven("social_care", post=story.post(post), name=name, role=role, shared=shared)


def discuss(
    story: Telling, why: str, decided: Mapping[str, tuple[str, str]], took_part: Sequence[TookPartGiven], *, by: str,
    at: datetime, medical_for: Sequence[str] = (), medical_of: str = "", **held: Any,
) -> UUID:  # fmt: skip
    """A strategy discussion an hour before it is written up; `decided` has each child's outcome and its reasons."""
    children = [story.people[name] for name in decided]
    step = ask_strategy(by=story.who(by), children=children, why=why, at=at - 2 * AN_HOUR)
    given = DiscussionHeld(held_at=at - AN_HOUR, took_part=tuple(took_part), **({"how": "video"} | held))
    hold_strategy(
        by=story.who(by), discussion=step, held=given, at=at, medical_of=medical_of,
        medical_for=[story.people[name] for name in medical_for],
        decisions=[DecisionGiven(story.people[name], *said) for name, said in decided.items()],
    )  # fmt: skip
    return step


def enquiry_of(story: Telling, name: str, *, by: str) -> UUID:
    """The enquiry that goes on about a child."""
    with acting(story.who(by).id):
        return list_enquiries([story.people[name]])[0].step


def conclude(story: Telling, found: Mapping[str, tuple[str, str]], *, by: str, at: datetime, **media: Any) -> None:
    """An enquiry is concluded for these children: each one's outcome, and its reasons."""
    conclude_enquiry(
        by=story.who(by), enquiry=enquiry_of(story, next(iter(found)), by=by), at=at,
        conclusions=[
            ConclusionGiven(story.people[name], outcome, reasons, **media)
            for name, (outcome, reasons) in found.items()
        ],
    )  # fmt: skip


def told(story: Telling, name: str, mailbox: str, heard: str, *, by: str, at: datetime) -> None:
    """Whoever referred is rung, and hears how the enquiry ended."""
    tell_agency(
        by=story.who(by), enquiry=enquiry_of(story, name, by=by), agency_post=story.authority.mailboxes[mailbox],
        text="The enquiry is concluded. There is a conference, and you are asked to it.", means="call",
        call_words=heard, at=at,
    )  # fmt: skip


# --- the conference -------------------------------------------------------------------------------


@dataclass
class Conference:
    """A conference in the making: who is asked to it, by a word, and what was sent to them."""

    meeting: UUID
    convened_by: str
    starts_at: datetime
    invitees: dict[str, UUID] = field(default_factory=dict)
    sent: dict[str, Composed] = field(default_factory=dict)


def convene(
    story: Telling, children: Sequence[str], *, by: str, at: datetime, starts_at: datetime, place: str,
    kind: str = "initial", **more: Any,
) -> Conference:  # fmt: skip
    """A conference is convened; nobody is asked to it yet."""
    meeting = convene_conference(
        by=story.who(by), kind=kind, children=[story.people[name] for name in children], starts_at=starts_at,
        place=place, how="in_person", chair_post=story.post(CHAIR), at=at, **more,
    )  # fmt: skip
    return Conference(meeting, by, starts_at)


def ask(
    story: Telling, conference: Conference, name: str, *, at: datetime, mailbox: str = "", post: str = "",
    role: str = "", report: bool = False, safe: str = "", because: str = "", told: bool = True,
) -> UUID:  # fmt: skip
    """Somebody is confirmed, and invited: of an agency by link, one of ours, or of the family by a letter."""
    who = story.who(conference.convened_by)
    family = not mailbox and not post
    invitee = conference.invitees[name] = confirm_invitee(
        by=who, meeting=conference.meeting, at=at, name="" if family else name, role=role, report_asked=report,
        agency_post=story.authority.mailboxes[mailbox] if mailbox else None, post=story.post(post) if post else None,
        person=story.people[name] if family else None, safe_to_tell=safe, safe_because=because,
    )  # fmt: skip
    if told:
        tell(story, conference, name, at=at + SHORTLY)
    return invitee


def tell(story: Telling, conference: Conference, name: str, *, at: datetime) -> None:
    """The invitation goes; an e-mail at once."""
    sent = invite(by=story.who(conference.convened_by), invitee=conference.invitees[name], at=at)
    if sent is not None:
        conference.sent[name] = sent
        if name not in story.people:
            desk.send_now(story, sent, by=conference.convened_by, at=at)


def writes(conference: Conference, name: str, text: str, *, at: datetime, for_plan: str = "") -> None:
    """Somebody writes their view by the link they were sent, and the clock brings it on to the record."""
    reply = desk.answered(conference.sent[name], kind="answer", text=text, signed=name, at=at, for_plan=for_plan)
    bring_reply(by=ensure_clock_account(), reply=reply, at=at + SHORTLY)


def decided(story: Telling, name: str, decision: str, reasons: str, **facts: Any) -> ChildDecided:
    """What was decided for one child, and the child's part in it."""
    return ChildDecided(story.people[name], decision=decision, reasons=reasons, **facts)


def held(
    story: Telling, title: str, conference: Conference, given: Held, *, at: datetime, outline: Outline | None = None
) -> HeldConference:
    """The chair writes down what was decided."""
    came = hold_conference(
        by=story.who("winston"), meeting=conference.meeting, held=given, outline=outline, at=at
    )  # fmt: skip
    story.entries[title] = came.entry
    return came


def letters_go(
    story: Telling, conference: Conference, *, at: datetime, given: Mapping[str, str], on: date | None = None
) -> dict[str, Composed]:
    """The chair releases every letter; `given` says how those by hand reached each of the family.

    Returns what went, by the word of each who is written to.
    """
    winston = story.who("winston")
    with acting(winston.id):
        letters = {one.invitee: one.id for one in list_letters(conference.meeting)}
    names, went = {invitee: name for name, invitee in conference.invitees.items()}, {}
    for invitee, letter in letters.items():
        composed = release(by=winston, letter=letter, at=at)
        name = names[invitee]
        went[name] = composed
        if name not in story.people:
            desk.send_now(story, composed, by="winston", at=at)
        elif name in given:
            letter_given(
                by=story.who(conference.convened_by), letter=letter, on=on or local_day(at), how=given[name],
                at=at + AN_HOUR,
            )  # fmt: skip
    return went

"""Taking what comes in: searching first, then recording, telling whoever raised it, asking agencies, handing over."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sightline.commands.demonstration import desk
from sightline.commands.simulation.rates import rate, rates
from sightline.commands.simulation.service import Service, heeding, registering
from sightline.commands.simulation.service.staff import NIGHT
from sightline.doorway.acts import acting
from sightline.front_door.operations import accept_handover
from sightline.front_door.queries import list_waiting_handovers
from sightline.front_door.rules import Referrer
from sightline.journeys.chase_silence import chase_silence
from sightline.journeys.hand_over import close_the_day
from sightline.kernel.london import local_day
from sightline.partnership.operations import Composed
from sightline.record.queries import list_steps_about

if TYPE_CHECKING:
    from sightline.commands.simulation.service.front_door import Contact

PUBLIC = {"family_member", "acquaintance", "self", "stranger", "anonymous"}
A_MINUTE = timedelta(minutes=1)


def take(service: Service, came: "Contact") -> None:
    """Write it down, with whoever is not in the register yet."""
    story, by, now = service.story, service.staff.on_duty(), service.now
    present = registering.look_for(service, came.family, came.children, by=by)
    saw, fears = service.words.contact(came.family, came.children, came.source, local_day(now))
    source = rates("front_door")["sources"][came.source]
    story.take(
        came.title, by=by, at=now, received=min(came.received, now), known=present.known, new=present.new,
        ties=present.ties, saw=saw, fears=fears, channel=service.engine.stream("channels").choice(source["channel"]),
        referrer=_referrer(service, came),
        danger=service.words.danger(came.family, came.children, local_day(now)) if came.danger else "",
    )  # fmt: skip
    came.refs = [present.refs[one.ref] for one in came.children]


def _referrer(service: Service, came: "Contact") -> Referrer:
    story, source = service.story, came.source
    if source in PUBLIC:
        return story.public(source)
    boxes = rates("front_door")["sources"][source]["mailboxes"]
    if source == "school":
        boxes = [one.school for one in came.children if one.school] or ["school-lead"]
    return story.professional(source, service.engine.stream("mailboxes").choice(boxes), "Whoever is on duty there")


def acknowledge(service: Service, came: "Contact", stream: Random) -> None:
    """Say that we have it: in a call, by link, or not at all where nobody left a name."""
    by, at = service.staff.on_duty(), service.now + A_MINUTE
    if came.source == "anonymous":
        desk.nobody_to_tell(service.story, came.title, by=by, at=at, reason="They gave no name and no number.")
        return
    call = stream.random() < rate("front_door", "desk", "acknowledge_by_call")
    heard = service.words.heard(came.family, local_day(at), source=came.source) if call else ""
    _waits(service, came, desk.acknowledge(service.story, came.title, by=by, at=at, heard=heard), by=by)


def tell_outcome(service: Service, came: "Contact", stream: Random, *, by: str) -> None:
    """A professional is told what was decided."""
    if came.source in PUBLIC:
        return
    call = stream.random() < rate("front_door", "desk", "outcome_by_call")
    heard = service.words.heard(came.family, local_day(service.now), source=came.source) if call else ""
    sent = desk.tell_outcome(service.story, came.title, by=by, at=service.now + A_MINUTE, heard=heard)
    _waits(service, came, sent, by=by)


def _waits(service: Service, came: "Contact", sent: Composed, *, by: str) -> None:
    """Most of those who are written to open it; the others are rung."""
    heeding.sent(
        service, sent, lambda: service.words.heard(came.family, local_day(service.now), source=came.source), by=by
    )  # fmt: skip


def ask(service: Service, came: "Contact", stream: Random) -> None:
    """Ask one agency what it knows."""
    kind, mailbox = stream.choice([("health", "hospital-safeguarding"), ("police", "police-hub")])
    on = local_day(service.now)
    question, reason = service.words.check_question(came.family, came.children, kind, on)
    came.asked = kind
    came.check = desk.ask(
        service.story, came.title, kind, mailbox, by=service.staff.on_duty(), at=service.now, question=question,
        reason=reason,
    )  # fmt: skip


def answered(service: Service, came: "Contact") -> None:
    """They open what they were asked and ring; it is written down, unless the work with the family has ended since."""
    if came.check is not None:
        desk.opened(came.check, at=service.now)
    if not _is_awaited(service, came):
        return
    text = service.words.check_answer(came.family, came.children, came.asked, local_day(service.now))
    desk.agency_answers(
        service.story, came.title, by=service.staff.on_duty(), at=service.now, told_by="Whoever is on duty there",
        text=text, section="health" if came.asked == "health" else "ordinary",
    )  # fmt: skip


def _is_awaited(service: Service, came: "Contact") -> bool:
    contact = service.story.contacts[came.title]
    with acting(service.story.who(service.staff.on_duty()).id):
        return any(one.kind == "check_answer" for one in list_steps_about(subject=contact))


def come_back(service: Service) -> None:
    """What nobody has opened comes back to whoever sent it, as the clock brings it."""
    chase_silence(at=service.now)


def hand_over(service: Service) -> None:
    """The clock hands over what is undecided; the emergency duty team accepts it by name."""
    close_the_day(at=service.now)
    night = service.story.who(service.staff.carrying(NIGHT[0]))
    with acting(night.id):
        waiting = list_waiting_handovers(night.posts)
    for one in waiting:
        accept_handover(by=night, handover=one.id, at=service.now + A_MINUTE)

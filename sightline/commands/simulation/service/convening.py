"""Who is asked to a conference, and what they send before it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from uuid import UUID

from sightline.commands.demonstration import protecting as verbs
from sightline.commands.demonstration.protecting import Conference
from sightline.commands.simulation.dwellers import Dweller
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service, heeding
from sightline.commands.simulation.service.around import (
    SCHOOL,
    Professional,
    called_in,
    children_of,
    grown_ups,
    happens,
    professionals,
)
from sightline.commands.simulation.service.chairs import sitting
from sightline.conferences.operations import allow, exclude, report_shared, take_report
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.working_days import add_working_days

PLACE = "Tern Room, Quayside House"
READ_AT_HOME = "Read with them at home"
AN_HOUR = timedelta(hours=1)
WORKER, INITIAL, REVIEW = "worker", "initial", "review"
KEPT_OUT = (
    "Somebody who is to speak at the meeting would not feel able to in front of you. You can write to me, and what you "
    "write will be heard."
)
LIVES_THERE = "They live with the children, or see them, and nobody has spoken of a danger in it."
NOT_SAFE = "What brought us here was done at home. The chair is asked first."


@dataclass(eq=False)
class Asked:
    """A conference in the making: who is asked to it, and by when it is due."""

    conference: Conference
    kind: str
    starts: datetime
    until: date | None = None
    agencies: list[Professional] = field(default_factory=list)
    adults: list[Dweller] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    kept_out: list[Dweller] = field(default_factory=list)
    reported: list[Professional] = field(default_factory=list)
    there: dict[str, tuple[str, str]] = field(default_factory=dict)
    """How it was with each on the day, and who came for them; by the word by which the list has them."""

    def invitee(self, name: str) -> UUID:
        """Their place on the list."""
        return self.conference.invitees[name]

    def came(self, name: str) -> bool:
        """Whether they, or somebody for them, came."""
        return self.there[name][0] in {"there", "in_part", "deputy"}

    @property
    def heard(self) -> list[Professional]:
        """Those of agencies who came."""
        return [one for one in self.agencies if self.came(one.name)]


def convene(service: Service, case: Case, stream: Random, kind: str, until: date | None) -> Asked:
    """A half day is found, and everybody is asked."""
    by, at, story = service.staff.carrying(case.post), service.now, service.story
    notice = round(rate("protection", "conference", "notice_days"))
    starts = sitting(service, add_working_days(local_day(at), notice - 1), until)
    conference = verbs.convene(
        story, case.children, by=by, at=at, starts_at=starts, place=PLACE, kind=kind,
        plan=case.plan if kind == REVIEW else None,
    )  # fmt: skip
    asked = Asked(conference, kind, starts, until)
    verbs.ask(story, conference, WORKER, post=case.post, role="Social worker", at=at)
    for one in professionals(service, case):
        if one.kind != SCHOOL or happens(stream, "conference", "school"):
            report = happens(stream, "conference", "report")
            verbs.ask(story, conference, one.name, mailbox=one.mailbox, role=one.role, report=report, at=at)
            asked.agencies.append(one)
            asked.reported += [one] if report else []
    _ask_family(service, case, asked, stream)
    for name, sent in conference.sent.items():
        heard = READ_AT_HOME if name in story.people else f"Rang {name}, who had not seen it and has the day now."
        heeding.sent(service, sent, partial(str, heard), by=by)
    return asked


def _ask_family(service: Service, case: Case, asked: Asked, stream: Random) -> None:
    story, conference, at = service.story, asked.conference, service.now
    for one in grown_ups(service, case):
        before = one.ref in service.parts.setdefault("kept out", {})
        unsafe = before or (_hurts(case, one) and happens(stream, "conference", "kept_out"))
        verbs.ask(
            story, conference, one.ref, role=_role(case, one), at=at, safe="no" if unsafe else "yes", told=not unsafe,
            because=NOT_SAFE if unsafe else LIVES_THERE,
        )  # fmt: skip
        asked.adults.append(one)
        if unsafe:
            _chair_decides(service, asked, one, let_in=before and happens(stream, "conference", "let_in"))
    for child in children_of(case):
        if child.age(local_day(at)) >= rate("protection", "conference", "child_asked_from"):
            because = "They are asked themselves."
            ref = called_in(case, child)
            verbs.ask(story, conference, ref, role="Child", at=at, safe="yes", because=because)
            asked.children.append(ref)


def _chair_decides(service: Service, asked: Asked, one: Dweller, *, let_in: bool) -> None:
    """The chair lets somebody come, or keeps them out, who is then written to without when and where."""
    at, chair, invitee = service.now + AN_HOUR, service.story.who(service.staff.chair()), asked.invitee(one.ref)
    if let_in:
        allow(by=chair, invitee=invitee, at=at)
    else:
        service.parts["kept out"][one.ref] = True
        asked.kept_out.append(one)
        exclude(by=chair, invitee=invitee, because=KEPT_OUT, at=at)
    verbs.tell(service.story, asked.conference, one.ref, at=at + AN_HOUR)


def _role(case: Case, one: Dweller) -> str:
    return case.family.carers.get(one.ref, "other").replace("_", " ").capitalize()


def _hurts(case: Case, one: Dweller) -> bool:
    return "violence" in case.family.troubles and case.family.carers.get(one.ref) in {"father", "step_parent"}


def before(service: Service, case: Case, asked: Asked, stream: Random) -> Life:
    """Reports come in, and are read with the parents; some write what they think by their link."""
    ahead = add_working_days(local_day(asked.starts), -3)
    yield service.engine.until(max(service.now + 2 * AN_HOUR, at_local_time(ahead, time(11))))
    day = local_day(service.now)
    said = service.words.conference(case, day, review=asked.kind == REVIEW)
    for one in asked.reported:
        if happens(stream, "conference", "report_comes"):
            _report(service, case, asked.invitee(one.name), said.reports[one.kind])
    for one in asked.agencies:
        if one.name in asked.conference.sent and happens(stream, "conference", "view_written"):
            thinks = "yes" if stream.random() < 0.75 else "unsure"
            verbs.writes(asked.conference, one.name, said.views[one.kind], at=service.now, for_plan=thinks)


def _report(service: Service, case: Case, invitee: UUID, words: str) -> None:
    by, at = service.story.who(service.staff.carrying(case.post)), service.now
    take_report(by=by, invitee=invitee, words=words, at=at)
    report_shared(by=by, invitee=invitee, on=local_day(at), at=at + AN_HOUR, how=READ_AT_HOME)

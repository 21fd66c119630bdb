"""Convening a conference on one page: which, when, where, who chairs, and everybody who is invited."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.doorway.roles import Role
from sightline.journeys.convene import convene_conference, propose_for
from sightline.kernel.london import local_day
from sightline.plans.queries import PlanLine, clocks_of, list_plans
from sightline.practice.queries import current_pack
from sightline.record.queries import OpenStep, list_steps_for
from sightline.web.access.risk import risks_of_writing
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened, family_of, open_person, require_record
from sightline.web.conferences.desk import Desk, answer
from sightline.web.conferences.forms import ConveneForm, moment_of
from sightline.web.conferences.invitees import Confirmed, after, confirm
from sightline.web.conferences.slots import InviteesSheet, Slot, others_of, slots_of
from sightline.web.plans.choosing import children_among
from sightline.web.plans.forms import Choices
from sightline.web.presenters.conferences import due_lines
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import list_posts_held_by

NAME = "conference-convene"
OWED = "convene_conference"


@dataclass(frozen=True)
class Offered:
    """Whom and what the page lets a worker choose among.

    `owed` says that a conference is due, and `due` of which kind, where that is plain; `known` are the
    children whom that, or their plan, is about.
    """

    opened: Opened
    owed: list[OpenStep]
    due: str
    known: set[UUID]
    children: Choices
    chairs: Choices
    slots: list[Slot]
    people: Choices

    @property
    def about(self) -> list[str]:
        """The children of whom the record says that one is to be held, and this one: a fact, and no judgement."""
        return [key for key, _ in self.children if UUID(key) in self.known]


class ConveneSheet(InviteesSheet):
    """The forms of a new conference."""

    leave = False

    def __init__(self, offered: Offered, typed: QueryDict | None, *, bound: bool) -> None:
        self.offered = offered
        super().__init__(offered.opened, offered.slots, offered.people, typed, bound=bound)

    def build(self) -> None:
        """What it is, and then whom it invites."""
        offered = self.offered
        self.convene = self.make(
            ConveneForm, children=offered.children, chairs=offered.chairs, today=self.today, due=offered.due
        )
        self.convene.initial["children"] = offered.about
        super().build()


def convene(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it; `conference-convene`."""
    opened = require_record(open_person(request, person, "conference"))
    refuse_unless_may_convene(opened.by)
    offered = offered_to(opened)
    went: list[Confirmed] = []
    return answer(
        request,
        Desk(
            opened=opened,
            name=NAME,
            template="conferences/convene.html",
            address={"person": person},
            make=lambda typed, bound: ConveneSheet(offered, typed, bound=bound),
            perform=lambda sheet: _convene(opened, sheet, went),
            done=lambda _sheet, key: after(request, key, went),
            back=(reverse("person", args=[person]), "Back to the record"),
            context={
                "names": shown_name(opened.header),
                "due": _due(offered),
                "at_risk": risks_of_writing(to=[one.proposed.person for one in offered.slots], about=offered.known),
            },
            fields={"starts_at": "starts", "chair_post": "chair"},
        ),
    )


def offered_to(opened: Opened) -> Offered:
    """What the page offers, each read once."""
    owed = list_steps_for([opened.person], kinds=[OWED])
    headers = {**family_of(opened), opened.person: opened.header}
    known = {person for step in owed for person in step.people} | {opened.person}
    plans = [line for line in list_plans([opened.person]) if _goes_on(line)]
    known |= {child for line in plans for child in line.children}
    children = [key for key in headers if key in known]
    slots = slots_of(propose_for(children=children, at=opened.at, posts=sorted(opened.by.posts)))
    return Offered(
        opened=opened,
        owed=owed,
        due=_due_kind(owed=bool(owed), on_plan=bool(plans)),
        known=known,
        children=children_among(headers, local_day(opened.at)),
        chairs=[(str(post), text) for post, text in list_posts_held_by(Role.CONFERENCE_CHAIR).items()],
        slots=slots,
        people=others_of(opened, slots),
    )


def _due_kind(*, owed: bool, on_plan: bool) -> str:
    """An enquiry asks for an initial one, and a plan for its review; where both do, or neither, a worker says which."""
    if owed == on_plan:
        return ""
    return "initial" if owed else "review"


def _goes_on(line: PlanLine) -> bool:
    return line.kind == "protection" and line.to_on is None


def _due(offered: Offered) -> list[str]:
    at = offered.opened.at
    clocks = [
        one
        for one in clocks_of([offered.opened.person], at=at)
        if one.kind == "review" and one.plan_kind == "protection"
    ]
    return due_lines(offered.owed, clocks, current_pack(at), at)


def _convene(opened: Opened, sheet: ConveneSheet, went: list[Confirmed]) -> UUID:
    given, starts = sheet.convene.cleaned_data, moment_of(sheet.convene.cleaned_data["starts"])
    meeting = convene_conference(
        by=opened.by,
        kind=given["kind"],
        children=[UUID(key) for key in given["children"]],
        starts_at=starts,
        place=given["place"],
        how="",
        chair_post=key_in(given["chair"]),
        at=opened.at,
    )
    went.append(confirm(opened.by, meeting, sheet, opened.at))
    return meeting

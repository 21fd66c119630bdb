"""A conference on three children of one mother and two fathers, convened for ten months before now.

Ayo and Bim are Dayo's, Chi is Emeka's. Cara chairs; Rhys is a reviewing officer, and no chair. The school, the health
visitor and the police are asked; so are Ngozi and Dayo, of whom it is safe, and Emeka, whom the chair keeps out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.conferences.holding_rules import ChildDecided, Held, Paragraph
from sightline.conferences.operations import confirm_invitee, exclude
from sightline.conferences.queries import LetterView, MeetingView, get_meeting, list_letters
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.doorway.roles import Role
from sightline.journeys.convene import convene_conference
from sightline.journeys.hold_conference import HeldConference, hold_conference
from sightline.partnership import operations as partnership
from sightline.workforce import operations as workforce
from sightline.workforce.queries import get_actor
from tests.journeys.world import BEGIN, PASSWORD
from tests.plans.household import Household

STARTS = BEGIN + timedelta(days=3, hours=5, minutes=30)
"""Thursday 5 March 2026 at half past two: every form of it is looked for in what the excluded may read."""
HELD = STARTS
THERE = ("school", "health", "jane", "ngozi")
AFTER = HELD + timedelta(hours=3)
PLACE = "Harbour Rooms, 4 Quayside"


@dataclass
class Case:
    """The family, who works there, and the conference with its invitees by a key word."""

    home: Household
    chair: UUID
    officer: UUID
    chair_post: UUID
    agencies: Mapping[str, UUID]
    meeting: UUID
    invitees: dict[str, UUID] = field(default_factory=dict)

    @property
    def cara(self) -> Actor:
        return get_actor(self.chair)

    @property
    def rhys(self) -> Actor:
        return get_actor(self.officer)

    def read(self) -> MeetingView:
        with acting(self.chair):
            return get_meeting(self.meeting)

    def decided(self, **codes: str) -> tuple[ChildDecided, ...]:
        """Each child's decision: "plan:NEG", "no_plan". Without any, all go on a plan for neglect."""
        given = codes or dict.fromkeys(("Ayo", "Bim", "Chi"), "plan:NEG")
        return tuple(
            ChildDecided(self.home[name], decision=code.partition(":")[0], category=code.partition(":")[2])
            for name, code in given.items()
        )

    def held(self, **more: Any) -> Held:
        """Everybody there, and a plan for each child."""
        given: dict[str, Any] = {
            "held_at": HELD,
            "children": self.decided(),
            "attendance": {self.invitees[name]: ("there", "") for name in THERE if name in self.invitees},
            "paragraphs": (self.said("The house is cold and there is no food in it.", "Ayo", "Bim", "Chi"),),
        }
        return Held(**(given | more))

    def said(self, text: str, *about: str, **more: Any) -> Paragraph:
        return Paragraph(text, tuple(self.home[name] for name in about), **more)

    def hold(self, at: datetime = AFTER, **more: Any) -> HeldConference:
        outline = more.pop("outline", None)
        return hold_conference(by=self.cara, meeting=self.meeting, held=self.held(**more), outline=outline, at=at)

    def letters(self) -> dict[str, LetterView]:
        with acting(self.chair):
            found = {one.invitee: one for one in list_letters(self.meeting)}
        return {name: found[key] for name, key in self.invitees.items() if key in found}


def make_case(home: Household, *, kind: str = "initial", children: tuple[str, ...] = ("Ayo", "Bim", "Chi")) -> Case:
    chair, post = _account(home, "Cara Lune", Role.CONFERENCE_CHAIR, "chair")
    officer, _ = _account(home, "Rhys Oake", Role.REVIEWING_OFFICER, "reviewer")
    agencies = {"school": home.world.school_lead, **_agencies(home.jane)}
    meeting = convene_conference(
        by=home.jane, kind=kind, children=home.children(*children), starts_at=STARTS, place=PLACE, chair_post=post,
        how="in_person", at=BEGIN + timedelta(hours=1),
    )  # fmt: skip
    case = Case(home, chair, officer, post, agencies, meeting)
    _ask(case)
    return case


def _account(home: Household, name: str, role: Role, key: str) -> tuple[UUID, UUID]:
    admin = home.world.admin
    account = workforce.open_account(
        by=admin, name=name, email=f"{key}@hallowby.example", role=role, password=PASSWORD, registration="SW100009",
        phone="01632 960209", at=BEGIN,
    )  # fmt: skip
    team = workforce.open_team(
        by=admin, key=key, name=f"Team of {key}", kind="casework", phone="01632 960299", at=BEGIN
    )
    post = workforce.open_post(by=admin, team=team, key=key, title=key.title(), kind="other", at=BEGIN)
    workforce.place(by=admin, post=post, account=account, at=BEGIN)
    return account, post


def _agencies(by: Actor) -> dict[str, UUID]:
    found = {}
    for key, kind, name in (("health", "health", "Hallowby Health Visitors"), ("police", "police", "Hallowby Police")):
        agency = partnership.add_agency(by=by, key=key, kind=kind, name=name, at=BEGIN)
        found[key] = partnership.add_agency_post(
            by=by, agency=agency, key=f"{key}-lead", title="Safeguarding lead", email=f"{key}@lead.example", at=BEGIN
        )
    return found


def _ask(case: Case) -> None:
    home, at = case.home, BEGIN + timedelta(hours=2)

    def confirm(key: str, **who: Any) -> None:
        case.invitees[key] = confirm_invitee(by=home.jane, meeting=case.meeting, at=at, **who)

    for key, post in case.agencies.items():
        confirm(key, agency_post=post, name=f"{key.title()} lead")
    confirm("jane", post=home.world.posts["family-1"], name="Jane Smith")
    for key in ("Ngozi", "Dayo"):
        confirm(key.lower(), person=home[key], name=f"{key} Okafor", safe_to_tell="yes", safe_because="We asked her.")
    confirm("emeka", person=home["Emeka"], name="Emeka Okafor", safe_to_tell="no", safe_because="He has hurt Ngozi.")
    exclude(by=case.cara, invitee=case.invitees["emeka"], because="Ngozi is not safe with him in the room.", at=at)

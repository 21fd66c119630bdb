"""What Jane and her colleagues do to protect Ayo, Bim and Chi, in few words; and how it is read back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.doorway.acts import acting
from sightline.enquiries.operations import (
    ConclusionGiven,
    DecisionGiven,
    DiscussionHeld,
    TookPartGiven,
    ask_for_discussion,
    conclude,
    decide_for,
    open_enquiry,
    record_discussion,
    record_order,
)
from sightline.enquiries.queries import (
    DiscussionView,
    EnquiryView,
    MedicalLine,
    OrderLine,
    get_discussion,
    get_enquiry,
    list_medicals,
    list_orders,
)
from sightline.kernel.references import new_id
from sightline.people.operations import register_person
from sightline.record.operations import open_step
from sightline.record.queries import OpenStep, list_steps_for
from tests.journeys.world import BEGIN
from tests.plans.household import Household

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
AT = BEGIN + 10 * DAY
WHY = "Bruises on Chi's back that nobody can explain."

POLICE = TookPartGiven("police", name="Priya Shah", role="detective sergeant", shared="Two calls to the address.")
HEALTH = TookPartGiven(
    "health", name="Dr Odu", role="paediatrician", shared="The bruises are of several ages.", handling="ask_first"
)
OURS = TookPartGiven("social_care", name="Fay Lund", role="team manager")


def ask(household: Household, *names: str, by: str = "Jane Smith", at: datetime = AT) -> UUID:
    actor = household.world.actor(by)
    return ask_for_discussion(by=actor, children=household.children(*names), why=WHY, post=None, at=at)


def held(*took_part: TookPartGiven, at: datetime = AT, **given: Any) -> DiscussionHeld:
    return DiscussionHeld(held_at=at, took_part=took_part or (OURS, POLICE, HEALTH), **({"how": "video"} | given))


def hold(household: Household, discussion: UUID, *took_part: TookPartGiven, at: datetime = AT, **given: Any) -> UUID:
    return record_discussion(
        by=household.jane, discussion=discussion, held=held(*took_part, at=at, **given), at=at + HOUR
    )


def decision(household: Household, name: str, outcome: str = "enquiry", reasons: str = "Unexplained.") -> DecisionGiven:
    return DecisionGiven(household[name], outcome, reasons)


def decide(household: Household, discussion: UUID, *given: DecisionGiven, by: str = "Jane Smith") -> UUID:
    return decide_for(by=household.world.actor(by), discussion=discussion, decisions=given, at=AT + HOUR)


def enquiry(household: Household, *names: str, by: str = "Jane Smith", at: datetime = AT) -> UUID:
    children = household.children(*names)
    actor = household.world.actor(by)
    step = open_step(by=actor, kind="enquiry", post=household.world.posts["family-1"], people=children, at=at)
    return open_enquiry(by=actor, children=children, why=WHY, step=step, at=at)


def concluded(household: Household, name: str, outcome: str = "not_substantiated", **given: Any) -> ConclusionGiven:
    said = {"reasons": "A clotting disorder was found.", "media": "seen"} | given
    return ConclusionGiven(household[name], outcome, **said)


def end(household: Household, enquiry: UUID, *given: ConclusionGiven, by: str = "Jane Smith", **more: Any) -> UUID:
    return conclude(by=household.world.actor(by), enquiry=enquiry, conclusions=given, at=AT + DAY, **more)


def order(household: Household, kind: str = "police_protection", *, began_at: datetime = AT, **given: Any) -> UUID:
    child = given.pop("child", household["Chi"])
    return record_order(
        by=household.jane, child=child, kind=kind, began_at=began_at, made_by="PC Ellis",
        at=given.pop("at", began_at + HOUR), **given,
    )  # fmt: skip


def unborn(household: Household) -> UUID:
    baby = new_id()
    household.world.let_watch([baby], BEGIN)
    with acting(household.world.admin.id):
        give_sight(
            people=[baby], reader=household.world.teams["family"], because="test", because_of=None, at=BEGIN,
            sections=EVERYDAY,
        )  # fmt: skip
    register_person(
        by=household.jane, person=baby, kind="child", given="Baby", family="Okafor", birth="expected",
        expected_date=date(2026, 9, 1), at=BEGIN,
    )  # fmt: skip
    return baby


def read(household: Household, discussion: UUID, by: str = "Jane Smith") -> DiscussionView:
    with acting(household.world.accounts[by]):
        return get_discussion(discussion)


def read_enquiry(household: Household, enquiry: UUID, by: str = "Jane Smith") -> EnquiryView:
    with acting(household.world.accounts[by]):
        return get_enquiry(enquiry)


def orders(household: Household, at: datetime, name: str = "Chi") -> list[OrderLine]:
    with acting(household.jane.id):
        return list_orders([household[name]], at)


def medicals(household: Household, name: str = "Chi") -> list[MedicalLine]:
    with acting(household.jane.id):
        return list_medicals([household[name]])


def owed(household: Household, *names: str) -> dict[str, OpenStep]:
    """Open steps for the children, by their kind."""
    with acting(household.jane.id):
        return {one.kind: one for one in list_steps_for(household.children(*names))}

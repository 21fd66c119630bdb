"""An injury that is told to the front door stands beside what others have recorded, and is told the same day."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from sightline.doorway.acts import acting
from sightline.front_door.rules import InjuryGiven, Referrer, Story
from sightline.journeys.register_people import NewPerson
from sightline.journeys.take_contact import take_contact
from sightline.kernel.references import new_id
from sightline.practice.operations import publish_shipped_packs
from sightline.record.queries import list_notices
from sightline.record.rules import Concerned
from tests.staff import AT, Staff, make_staff

FIRST = date(2026, 9, 1)


@pytest.fixture
def staff(db: None) -> Staff:
    publish_shipped_packs(at=AT)
    return make_staff()


def told(staff: Staff, child: UUID, hurt_on: date, at: datetime, *, new: bool) -> UUID:
    contact = new_id()
    duty = staff.actor("Tom Bell")
    with acting(duty.id):
        take_contact(
            by=duty,
            contact=contact,
            received_at=at,
            channel="phone",
            referrer=Referrer(capacity="acquaintance", source="1B", professional=False, phone="07700 900111"),
            story=Story(saw_or_heard="A bruise on the arm.", fears="That it was no fall.", danger="no"),
            concerned=[Concerned(child)],
            new_people=[NewPerson(id=child, kind="child", given="Wren", family="Ashdown")] if new else [],
            injuries=[InjuryGiven(child, "Left arm", happened_on=hurt_on, account="She fell.", account_by="Mother")],
            at=at,
        )
    return contact


def notices(staff: Staff, child: UUID) -> int:
    """What the front door's manager reads, who hears of a child whom nobody carries."""
    with acting(staff.actor("Priya Nair").id):
        found = list_notices([staff.posts["front-door-manager"]])
        return len([one for one in found if one.kind == "second_injury" and one.person == child])


@pytest.mark.parametrize(("days", "expected"), [(14, 1), (60, 1), (120, 1), (121, 0)])
def test_two_contacts_from_anybody_within_the_time_are_told_and_no_others(
    staff: Staff, days: int, expected: int
) -> None:
    child = new_id()
    told(staff, child, FIRST, AT, new=True)
    assert notices(staff, child) == 0
    told(staff, child, FIRST + timedelta(days=days), AT + timedelta(minutes=5), new=False)
    assert notices(staff, child) == expected

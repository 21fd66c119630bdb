"""When the front door closes, what it left undecided goes to the emergency duty team by itself."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from sightline.access.operations import restrict
from sightline.doorway.acts import acting
from sightline.front_door.queries import list_waiting_handovers
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.hand_over import close_the_day, hand_over, is_closed
from sightline.journeys.register_people import NewPerson
from sightline.journeys.take_contact import take_contact
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.practice.operations import publish_shipped_packs
from sightline.record.queries import list_open_steps
from sightline.record.rules import Concerned
from tests.staff import AT, Staff, make_staff

AFTERNOON = AT + timedelta(hours=5)
EVENING = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)


@pytest.fixture
def staff(db: None) -> Staff:
    publish_shipped_packs(at=AT)
    return make_staff()


def take(staff: Staff) -> tuple[UUID, UUID]:
    child, contact = new_id(), new_id()
    take_contact(
        by=staff.actor("Tom Bell"),
        contact=contact,
        received_at=AFTERNOON,
        channel="phone",
        referrer=Referrer(capacity="acquaintance", source="1B", professional=False, phone="07700 900111"),
        story=Story(saw_or_heard="He was crying outside in the rain.", fears="Nobody is at home.", danger="no"),
        concerned=[Concerned(child)],
        new_people=[
            NewPerson(id=child, kind="child", given="Idris", family="Vale", birth="exact", birth_date=date(2019, 5, 4))
        ],
        at=AFTERNOON,
    )
    return child, contact


@pytest.mark.parametrize(
    ("moment", "closed"),
    [
        (datetime(2026, 11, 20, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), True),
    ],
)
def test_the_front_door_is_closed_at_night_at_weekends_and_on_bank_holidays(
    db: None,
    moment: datetime,
    closed: bool,  # noqa: FBT001 (a column of the table above)
) -> None:
    publish_shipped_packs(at=AT)
    assert is_closed(moment) is closed


def test_what_is_undecided_at_closing_is_carried_by_the_emergency_duty_team_until_it_accepts(staff: Staff) -> None:
    take(staff)
    assert close_the_day(at=AFTERNOON) == 0
    assert close_the_day(at=EVENING) == 1
    emergency = staff.posts["emergency-1"]
    with acting(staff.accounts["Omar Reid"]):
        assert [step.kind for step in list_open_steps([emergency])] == ["decide_contact"]
        waiting = list_waiting_handovers([emergency])
    assert len(waiting) == 1
    assert waiting[0].accepted_at is None


def test_a_contact_is_handed_over_once(staff: Staff) -> None:
    take(staff)
    assert [close_the_day(at=EVENING), close_the_day(at=EVENING + timedelta(minutes=5))] == [1, 0]


def test_nobody_but_the_clock_is_shown_what_the_steward_finds(staff: Staff) -> None:
    take(staff)
    with acting(staff.accounts["Jane Smith"]), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM front_door_left_undecided()")
        assert cursor.fetchall() == []


def test_a_contact_that_is_closed_to_the_clock_keeps_no_other_back(staff: Staff) -> None:
    restricted = [take(staff)[0], take(staff)[0]]
    take(staff)
    tom = staff.accounts["Tom Bell"]
    with acting(tom):
        for child in restricted:
            restrict(person=child, readers=[tom], reviewer=tom, reason="A colleague's child.", at=AFTERNOON)
    assert close_the_day(at=EVENING) == 1
    with acting(tom):
        assert len(list_open_steps([staff.posts["duty"]], kinds=["decide_contact"])) == len(restricted)


def test_what_the_emergency_duty_team_has_is_not_handed_to_it_again(staff: Staff) -> None:
    _, contact = take(staff)
    hand_over(by=staff.actor("Tom Bell"), contact=contact, at=AFTERNOON)
    with pytest.raises(Refusal, match="has this contact already"):
        hand_over(by=staff.actor("Tom Bell"), contact=contact, at=AFTERNOON)
    with acting(staff.accounts["Omar Reid"]):
        assert len(list_waiting_handovers([staff.posts["emergency-1"]])) == 1

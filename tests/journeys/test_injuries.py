"""A second injury, from any source, is put beside the first, and whoever carries the child is told at once."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY, Section
from sightline.documents.operations import add_document
from sightline.doorway.acts import acting
from sightline.journeys.injuries import note_injury, window_days
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.partnership.operations import add_agency
from sightline.people.operations import register_person
from sightline.record.operations import correct_entry, withdraw_entry
from sightline.record.queries import ToldNotice, get_entry, list_notices
from sightline.record.rules import Words
from sightline.recording.queries import list_injuries
from sightline.recording.rules import together
from tests.journeys.ending_case import LATER, Case, make_case
from tests.journeys.world import BEGIN, World

TODAY = LATER.date()
DAY = timedelta(days=1)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def case(world: World) -> Case:
    """Leo and Max, whom Jane Smith carries."""
    return make_case(world)


def hurt(case: Case, seen_on: date = TODAY, *, by: str = "Jane Smith", at: datetime = LATER, **given: Any) -> UUID:
    more = {"child": case.leo, "what": "bruise", "sites": ["ear_left"]} | given
    return note_injury(by=case.world.actor(by), seen_on=seen_on, at=at, **more)


def told(case: Case, post: str = "family-1", account: str = "Jane Smith") -> list[ToldNotice]:
    with acting(case.world.accounts[account]):
        found = list_notices([case.world.posts[post]])
    return [one for one in found if one.kind == "second_injury"]


def beside(case: Case, entry: UUID | None = None) -> list[UUID]:
    with acting(case.jane.id):
        found = list_injuries([case.leo])[case.leo]
    this = {one.root: one.seen_on for one in found if entry in (None, one.root)}
    return [
        one.root
        for one in found
        if any(one.root != root and together(one.seen_on, day, window_days(LATER)) for root, day in this.items())
    ]


def test_two_things_record_an_injury_what_it_is_and_when_it_was_seen(case: Case) -> None:
    entry = hurt(case, sites=())
    with acting(case.jane.id):
        (injury,) = list_injuries([case.leo])[case.leo]
    assert (injury.root, injury.what, injury.sites, injury.seen_on) == (entry, "bruise", (), TODAY)
    assert injury.text.startswith("Bruise, first seen on")


def test_one_injury_alone_tells_nobody(case: Case) -> None:
    hurt(case)
    assert told(case) == []
    assert beside(case) == []


@pytest.mark.parametrize("days", [0, 1, 119, 120])
def test_a_second_within_the_window_stands_beside_the_first_and_is_told_at_once(case: Case, days: int) -> None:
    first = hurt(case, TODAY - days * DAY)
    second = hurt(case, what="burn", sites=["hand_right"])
    (notice,) = told(case)
    assert (notice.person, notice.subject, notice.at) == (case.leo, second, LATER)
    assert beside(case, second) == [first]
    assert set(beside(case)) == {first, second}


def test_one_beyond_the_window_stands_apart(case: Case) -> None:
    hurt(case, TODAY - 121 * DAY)
    second = hurt(case)
    assert told(case) == []
    assert beside(case, second) == []


def test_it_is_told_when_the_first_is_recorded_after_the_second(case: Case) -> None:
    second = hurt(case)
    first = hurt(case, TODAY - 60 * DAY, at=LATER + 3 * DAY)
    (notice,) = told(case)
    assert (notice.subject, notice.at) == (first, LATER + 3 * DAY)
    assert beside(case, first) == [second]


def test_it_is_told_when_both_are_recorded_long_after(case: Case) -> None:
    hurt(case, TODAY - 400 * DAY)
    hurt(case, TODAY - 390 * DAY)
    assert len(told(case)) == 1


def test_a_brothers_injury_is_not_a_second_one(case: Case) -> None:
    hurt(case, child=case.max)
    hurt(case)
    assert told(case) == []


def test_whoever_records_it_the_worker_who_carries_the_child_is_told(case: Case) -> None:
    hurt(case)
    hospital = add_agency(by=case.world.actor("Dee Marlow"), key="weir-hospital", kind="health", name="Weir", at=BEGIN)
    hurt(case, by="Fay Lund", agency=hospital, seen_by="Dr Odu")
    assert len(told(case)) == 1


def test_where_nobody_carries_the_child_the_front_doors_manager_is_told(case: Case) -> None:
    child = new_id()
    with acting(case.world.admin.id):
        for reader in (case.world.teams["family"], case.world.teams["front-door"]):
            give_sight(people=[child], reader=reader, because="test", because_of=None, at=BEGIN, sections=EVERYDAY)
    register_person(by=case.jane, person=child, kind="child", given="Una", family="Reed", birth="unknown", at=BEGIN)
    hurt(case, child=child)
    hurt(case, child=child, what="cut")
    assert [one.person for one in told(case, "front-door-manager", "Mag Price")] == [child]


def test_accounts_keep_whose_they_are_and_the_childs_own_are_the_childs_words(case: Case) -> None:
    entry = hurt(
        case, account="He fell off the swing.", account_of="His mother", childs_account="Dad was cross.",
        handling="not_family",
    )  # fmt: skip
    with acting(case.jane.id):
        passages = {one.heading: one for one in get_entry(entry).passages}
    assert (passages["account"].told_by, passages["account"].handling) == ("His mother", "not_family")
    assert passages["childs_words"].section == "child_words"


def test_what_health_told_is_in_healths_section(case: Case) -> None:
    hospital = add_agency(by=case.world.actor("Dee Marlow"), key="weir-hospital", kind="health", name="Weir", at=BEGIN)
    entry = hurt(case, agency=hospital, examined_by="Dr Odu", examined_on=TODAY)
    with acting(case.jane.id):
        (said,) = get_entry(entry).passages
    assert said.section == "health"
    assert "Examined by Dr Odu" in said.text


def test_without_an_examination_the_record_says_why(case: Case) -> None:
    entry = hurt(case, not_examined_because="The surgery had closed.")
    with acting(case.jane.id):
        assert "Not examined by a clinician. Because: The surgery had closed." in get_entry(entry).text_of("injury")


def test_photographs_and_body_maps_stay_with_the_injury(case: Case) -> None:
    picture = add_document(
        by=case.jane,
        name="ear.png",
        content=PICTURE,
        about=[(case.leo, Section.ORDINARY)],
        at=LATER,
    )
    hurt(case, documents=[picture])
    with acting(case.jane.id):
        assert list_injuries([case.leo])[case.leo][0].documents == (picture,)


def test_a_corrected_injury_is_read_once_as_it_stands_and_a_withdrawn_one_is_not_counted(case: Case) -> None:
    first = hurt(case, TODAY - 5 * DAY)
    corrected = correct_entry(
        by=case.jane, entry=first, words=[Words("The right ear.", (case.leo,), heading="injury")], reason="Wrong ear",
        at=LATER,
    )  # fmt: skip
    with acting(case.jane.id):
        (injury,) = list_injuries([case.leo])[case.leo]
    assert (injury.entry, injury.root, injury.text) == (corrected, first, "The right ear.")
    second = hurt(case)
    assert len(told(case)) == 1
    withdraw_entry(
        by=case.jane, entry=corrected, person=case.leo, reason="Another child", reader=case.world.keeper, at=LATER
    )
    assert beside(case, second) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"what": "scratchy"}, "Choose what it is"),
        ({"sites": ["elbowish"]}, "Choose where on the body"),
        ({"seen_on": TODAY + DAY}, "has not happened yet"),
        ({"examined_on": TODAY + DAY}, "has not happened yet"),
    ],
)
def test_a_code_that_the_pack_has_not_and_a_day_to_come_are_refused(
    case: Case, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        hurt(case, **given)


def test_a_child_who_is_not_yet_born_has_no_injury_of_its_own(case: Case) -> None:
    baby = new_id()
    with acting(case.world.admin.id):
        give_sight(
            people=[baby], reader=case.world.teams["family"], because="test", because_of=None, at=BEGIN,
            sections=EVERYDAY,
        )  # fmt: skip
    register_person(by=case.jane, person=baby, kind="child", birth="expected", expected_date=date(2026, 9, 1), at=BEGIN)
    with pytest.raises(Refusal, match="not yet born"):
        hurt(case, child=baby)


def test_whoever_does_not_work_with_the_child_records_none(case: Case) -> None:
    with pytest.raises(NotPermitted):
        hurt(case, by="Una Spare")

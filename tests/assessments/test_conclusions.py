"""What was concluded of an adult carries its day and basis, and is out of date when the household changes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline.access.operations import restrict
from sightline.assessments.models import ConclusionChild
from sightline.assessments.operations import look_again, record_conclusion
from sightline.assessments.queries import ConclusionView, list_conclusions
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.people.operations import add_unidentified_adult, end_residence, record_address, relate
from sightline.people.queries import list_addresses
from sightline.record.operations import mention_adult
from tests.assessments.family import FIRST_HOME, Family, let_read
from tests.journeys.world import BEGIN

CONCLUDED = BEGIN + timedelta(days=10)
LATER = BEGIN + timedelta(days=40)
MUCH_LATER = BEGIN + timedelta(days=90)


def conclude(family: Family, *children: str, adult: str = "Dana", at: datetime = CONCLUDED) -> UUID:
    return record_conclusion(
        by=family.who("Jane Smith"), children=[family[child] for child in children or ("Ava",)],
        adult=family[adult], words="Dana is protective.", basis="She left when he hit her.",
        concluded_on=at.date(), at=at,
    )  # fmt: skip


def of(family: Family, child: str = "Ava", by: str = "Jane Smith") -> list[ConclusionView]:
    with acting(family.world.accounts[by]):
        return list_conclusions([family[child]])


def moves(family: Family, person: str, lines: str, at: datetime = LATER, **given: Any) -> None:
    record_address(by=family.who("Jane Smith"), person=family[person], lines=lines, at=at, **given)


def ends(family: Family, person: str, at: datetime = LATER) -> None:
    with acting(family.world.accounts["Jane Smith"]):
        [home] = [one for one in list_addresses(person=family[person]) if one.true_to is None]
    end_residence(by=family.who("Jane Smith"), residence=home.id, true_to=at.date(), at=at)


def mentioned(family: Family, child: str, at: datetime = LATER) -> None:
    mention_adult(
        by=family.who("Jane Smith"), adult=family["Lee"], child=family[child], words="mum's new partner", at=at
    )  # fmt: skip


def unidentified(family: Family, child: str, at: datetime = LATER) -> None:
    """Related to the child, and nobody has said who they are."""
    adult = new_id()
    let_read(family.world, "family", [adult])
    add_unidentified_adult(by=family.who("Jane Smith"), person=adult, described="a man called Gaz", at=at)
    relate(by=family.who("Jane Smith"), person=adult, to=family[child], kind="other", at=at)


CHANGES: dict[str, tuple[Callable[[Family], None], str]] = {
    "somebody moved in": (lambda family: moves(family, "Lee", FIRST_HOME), "Lee Holt moved in"),
    "somebody moved out": (lambda family: ends(family, "Ben"), "Ben Holt moved out (11 April 2026)"),
    "the child moved": (lambda family: moves(family, "Ava", "9 High Street"), "Ava Holt moved home"),
    "an adult was spoken of": (lambda family: mentioned(family, "Ava"), "newly spoken of: “mum's new partner”"),
    "an adult is not identified": (lambda family: unidentified(family, "Ava"), "not identified yet: a man called Gaz"),
}


def test_a_conclusion_shows_its_day_and_basis_and_is_not_out_of_date_while_nothing_changes(family: Family) -> None:
    conclude(family)
    [found] = of(family)
    assert (found.words, found.basis) == ("Dana is protective.", "She left when he hit her.")
    assert (found.concluded_on, found.adult) == (CONCLUDED.date(), family["Dana"])
    assert (found.out_of_date_since, found.because) == (None, ())


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_out_of_date_with_why_when(family: Family, what: str) -> None:
    conclude(family)
    change, words = CHANGES[what]
    change(family)
    [found] = of(family)
    assert found.out_of_date_since == LATER
    assert any(words in one for one in found.because), found.because


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_known_when_it_was_concluded_makes_nothing_out_of_date(family: Family, what: str) -> None:
    CHANGES[what][0](family)
    conclude(family, at=MUCH_LATER)
    [found] = of(family)
    assert (found.out_of_date_since, found.because) == (None, ())


def test_what_concerns_another_family_s_home_changes_nothing(family: Family) -> None:
    conclude(family)
    moves(family, "Lee", "9 High Street")
    mentioned(family, "Ben")
    # Confirmed to live where they lived is no change.
    moves(family, "Ben", FIRST_HOME, confirmed_on=LATER.date())
    [found] = of(family)
    assert found.because == ()


def test_that_the_adult_was_spoken_of_is_no_news_of_them_and_that_they_left_is(family: Family) -> None:
    conclude(family, adult="Lee")
    mentioned(family, "Ava")
    assert of(family)[0].because == ()
    conclude(family)
    ends(family, "Dana")
    dana_left = next(one for one in of(family) if one.adult == family["Dana"])
    assert "Dana Holt moved out (11 April 2026)" in dana_left.because


def test_a_household_that_moves_together_is_one_move_and_no_parting(family: Family) -> None:
    conclude(family)
    for minutes, person in enumerate(("Dana", "Ava", "Ben", "Cal")):
        moves(family, person, "9 High Street", at=LATER + timedelta(minutes=minutes))
    [found] = of(family)
    assert found.because == ("Ava Holt moved home",)


def test_who_had_moved_in_before_and_is_recorded_later_makes_it_out_of_date(family: Family) -> None:
    """Whoever drew it did not know."""
    conclude(family)
    moves(family, "Lee", FIRST_HOME, true_from=BEGIN.date())
    [found] = of(family)
    assert found.because == ("Lee Holt moved in (2 March 2026)",)


def test_what_came_about_after_the_day_of_a_conclusion_recorded_late_counts(family: Family) -> None:
    moves(family, "Lee", FIRST_HOME, true_from=(CONCLUDED + timedelta(days=3)).date())
    record_conclusion(
        by=family.who("Jane Smith"), children=[family["Ava"]], adult=None, words="Nobody else lives there.",
        basis="Two visits.", concluded_on=CONCLUDED.date(), at=MUCH_LATER,
    )  # fmt: skip
    [found] = of(family)
    assert found.because == ("Lee Holt moved in (15 March 2026)",)


def test_it_is_out_of_date_for_the_brother_for_whom_it_was_drawn_too(family: Family) -> None:
    conclude(family, "Ava", "Ben")
    mentioned(family, "Ben")
    assert of(family, "Ava")[0].because == of(family, "Ben")[0].because != ()


# --- looking again ------------------------------------------------------------------------------


def test_looked_at_again_it_stands_anew_from_that_day_with_what_it_rests_on_now(family: Family) -> None:
    old = conclude(family)
    moves(family, "Lee", FIRST_HOME)
    new = look_again(
        by=family.who("Fay Lund"), conclusion=old, stands=True, because="She asked Lee to leave.", at=MUCH_LATER
    )  # fmt: skip
    standing, ended = of(family)
    assert (standing.id, standing.basis, standing.concluded_on) == (new, "She asked Lee to leave.", MUCH_LATER.date())
    assert standing.because == ()
    assert (ended.id, ended.ended_at, ended.because) == (old, MUCH_LATER, ())
    with acting(family.world.accounts["Jane Smith"]):
        assert [one.id for one in list_conclusions([family["Ava"]], only_standing=True)] == [new]


def test_what_no_longer_stands_says_why_and_is_kept(family: Family) -> None:
    old = conclude(family)
    with pytest.raises(Refusal, match="no longer stands"):
        look_again(by=family.who("Jane Smith"), conclusion=old, stands=False, because="", at=LATER)
    assert (
        look_again(by=family.who("Jane Smith"), conclusion=old, stands=False, because="Lee is back.", at=LATER) is None
    )
    [ended] = of(family)
    assert (ended.ended_because, ended.ended_by) == ("Lee is back.", family.world.accounts["Jane Smith"])
    with pytest.raises(Refusal, match="already"):
        look_again(by=family.who("Fay Lund"), conclusion=old, stands=True, because="Words.", at=LATER)


def test_looked_at_again_it_stays_drawn_for_a_child_closed_to_whoever_looks(family: Family) -> None:
    old = conclude(family, "Ava", "Ben")
    fay = family.who("Fay Lund")
    with acting(fay.id):
        restrict(person=family["Ben"], readers=[fay.id], reviewer=fay.id, reason="A relative.", at=CONCLUDED)
    new = look_again(by=family.who("Jane Smith"), conclusion=old, stands=True, because="Seen again.", at=LATER)
    with acting(fay.id):
        drawn = ConclusionChild.objects.filter(conclusion=new).values_list("child", flat=True)
        assert set(drawn) == {family["Ava"], family["Ben"]}


@pytest.mark.parametrize(
    ("missing", "words"),
    [({"words": " "}, "what was concluded"), ({"basis": ""}, "rests on"), ({"children": []}, "for which child")],
)
def test_a_conclusion_without_its_basis_is_no_conclusion(
    family: Family, missing: dict[str, object], words: str
) -> None:
    given = {
        "children": [family["Ava"]], "adult": None, "words": "She is safe.", "basis": "Seen.",
        "concluded_on": CONCLUDED.date(),
    }  # fmt: skip
    with pytest.raises(Refusal, match=words):
        record_conclusion(by=family.who("Jane Smith"), at=CONCLUDED, **(given | missing))
    with pytest.raises(Refusal, match="not come yet"):
        record_conclusion(by=family.who("Jane Smith"), at=CONCLUDED, **(given | {"concluded_on": LATER.date()}))


def test_it_is_drawn_and_read_by_who_works_with_the_child(family: Family) -> None:
    conclusion = conclude(family)
    assert of(family, by="Kit Rowe") == []
    with pytest.raises(NotFound):
        look_again(by=family.who("Kit Rowe"), conclusion=conclusion, stands=True, because="Words.", at=LATER)
    with pytest.raises(NotPermitted):
        record_conclusion(
            by=family.who("Kit Rowe"), children=[family["Ava"]], adult=None, words="W", basis="B",
            concluded_on=LATER.date(), at=LATER,
        )  # fmt: skip


def test_what_was_concluded_is_refused_in_a_sentence_when_it_is_too_long(family: Family) -> None:
    given: dict[str, Any] = {
        "by": family.who("Jane Smith"), "children": [family["Ava"]], "adult": None, "basis": "Seen.",
        "concluded_on": CONCLUDED.date(), "at": CONCLUDED,
    }  # fmt: skip
    with pytest.raises(Refusal, match="what was concluded to 300 characters: there are 301"):
        record_conclusion(words="x" * 301, **given)
    made = record_conclusion(words="x" * 300, **given)
    with pytest.raises(Refusal, match="why it no longer stands to 300 characters"):
        look_again(by=given["by"], conclusion=made, stands=False, because="x" * 301, at=LATER)

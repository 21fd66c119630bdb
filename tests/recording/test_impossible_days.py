"""A day that cannot be is refused with a sentence, before anything is recorded."""

from datetime import date, timedelta

import pytest

from sightline.journeys.stand_in import be_away
from sightline.kernel.errors import Refusal
from sightline.kernel.when import When
from sightline.record.rules import Concerned, Words
from sightline.recording.operations import record_note
from sightline.recording.rules import Written
from tests.universe import Universe


def note(universe: Universe, occurred: When, *names: str) -> None:
    people = tuple(universe.person(name) for name in names)
    kinds = ["adult" if name == "Lowenna Penhallow" else "child" for name in names]
    concerned = tuple(Concerned(person, kind) for person, kind in zip(people, kinds, strict=True))
    written = Written(concerned=concerned, words=(Words("They moved house.", people),), occurred=occurred)
    record_note(by=universe.who("jane"), written=written, at=universe.at)


def test_nothing_happened_to_a_child_before_the_child_was_born(universe: Universe) -> None:
    with pytest.raises(Refusal, match="before the youngest child chosen was born") as refused:
        note(universe, When.on(date(2001, 3, 3)), "Rosie Penhallow", "Jack Penhallow")
    assert refused.value.field == "occurred"
    note(universe, When.on(date(2001, 3, 3)), "Lowenna Penhallow")


def test_nothing_is_recorded_of_more_than_a_lifetime_ago(universe: Universe) -> None:
    with pytest.raises(Refusal, match="more than 100 years ago"):
        note(universe, When.on(date(1901, 3, 3)), "Lowenna Penhallow")


def test_nobody_is_back_before_they_went(universe: Universe) -> None:
    with pytest.raises(Refusal, match="before they went"):
        be_away(
            by=universe.who("gareth"), account=universe.who("jane").id,
            back_on=universe.at.date() - timedelta(days=2), at=universe.at,
        )  # fmt: skip

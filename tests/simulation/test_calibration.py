"""What a play is compared with: what is said of a figure, and what is left unsaid."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sightline.commands.simulation.calibration import report
from sightline.commands.simulation.calibration.counted import Found, Played
from sightline.commands.simulation.calibration.measured import Measuring
from sightline.commands.simulation.calibration.report import Figure, Line
from sightline.commands.simulation.engine import Engine
from sightline.commands.simulation.place import Place
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service.front_door import DEALT, FrontDoor, grave
from sightline.commands.simulation.words import Words
from sightline.kernel.london import local_day

BEGINS = datetime(2024, 9, 1, tzinfo=UTC)
OPEN = Figure("in_need", "Open", "1,000 children", "emerges", 30.0)


def played(years: float) -> Played:
    return Played(1000, BEGINS, BEGINS + timedelta(days=365.25 * years))


def test_every_figure_is_read_by_a_statement_of_its_own_and_says_where_its_target_is_from() -> None:
    for one in report.figures():
        assert callable(getattr(Measuring, f"_{one.key}"))
        assert one.how in report.HOW
        assert bool(one.source) == (one.target is not None)


@pytest.mark.parametrize(("years", "needs"), [(1, "needs 2 years"), (2, "")])
def test_what_needs_a_longer_play_is_not_read(years: float, needs: str) -> None:
    assert report._needs(replace(OPEN, years=2.0), played(years)) == needs


def test_the_first_year_fills_the_place_and_all_that_follows_is_measured() -> None:
    assert [played(years).since - BEGINS for years in (0.5, 1.0, 1.5, 2.0, 3.0)] == [
        timedelta(days=365.25 * years) for years in (0, 0, 0.5, 1, 1)
    ]
    assert [len(played(years).quarter_days) for years in (0.2, 1.0, 2.0, 3.0)] == [1, 4, 4, 8]
    assert all(played(3.0).since < day <= played(3.0).ends for day in played(3.0).quarter_days)
    assert "the 12 months before it fill an empty authority" in report.in_words([], played(2.0))
    assert "fill an empty authority" not in report.in_words([], played(1.0))


def test_several_plays_are_counted_together_and_not_their_figures() -> None:
    few, many = Found(1, 10, 100), Found(9, 30, 100)
    assert ((few + many).figure, (few + many).counted) == (25.0, 10)
    assert (Found(values=(1, 2)) + Found(values=(9,))).figure == 2.0
    assert (Found().figure, Found(0, 5).figure) == (None, 0.0)
    lines = report.compare([{one.key: found for one in report.figures()} for found in (few, many)], played(3.0))
    assert {line.simulated for line in lines} == {25.0}
    assert "by 2 seeds one after another" in report.in_words(lines, played(3.0), 2)


def test_of_a_share_that_is_nearly_all_chance_moves_little() -> None:
    assert Line(OPEN, 90.0, counted=90, share=0.9).by_chance < Line(OPEN, 90.0, counted=90).by_chance / 3


def test_a_difference_stands_beside_what_chance_alone_does() -> None:
    few, many = Line(OPEN, 36.0, counted=8), Line(OPEN, 36.0, counted=800)
    assert (round(few.differs or 0), round(few.by_chance or 0), round(many.by_chance or 0)) == (20, 100, 10)
    said = report.in_words([few, many, Line(OPEN, 31.0, counted=800)], played(2.0))
    assert "| 30.0 | 36.0 | +20 % | ± 100 % | 8 | emerges |" in said
    assert "Of 3 figures that emerge and have a target, 1 are within 10 in a hundred of it, and 1 more" in said


def test_few_contacts_are_as_grave_as_many() -> None:
    engine = Engine(seed=7, begins=BEGINS, ends=BEGINS + timedelta(days=1))
    door = FrontDoor.__new__(FrontDoor)
    door.dealt, door._stream = {}, engine.stream  # type: ignore[method-assign]  # (a door that only deals)
    for _ in range(3):
        dealt = sorted(door._happened("police") for _ in range(DEALT))
        assert [int(one * DEALT) for one in dealt] == list(range(DEALT))
    family = Place(engine, children=20).families[0]
    family.strain = 1.0
    referred = [grave(family, (n + 0.5) / 1000) > rate("front_door", "becomes", "referral") for n in range(1000)]
    assert 0 < sum(referred) < 200
    family.strain = 16.0
    assert sum(grave(family, (n + 0.5) / 1000) > rate("front_door", "becomes", "referral") for n in range(1000)) > 300


def test_a_family_may_go_another_way_and_its_people_and_things_stay() -> None:
    engine = Engine(seed=7, begins=BEGINS, ends=BEGINS + timedelta(days=1))
    words, families = Words(engine), [one for one in Place(engine, children=80).families if one.children]
    before = {one.ref: dict(words.story(one).facts) for one in families}
    ways = [words.story(one).course for one in families]
    later = local_day(BEGINS) + timedelta(weeks=60)
    for one in families:
        words.may_turn(one, later, 0.0)
    assert [words.story(one).course for one in families] == ways
    for one in families:
        words.may_turn(one, later, 1.0)
    assert [words.story(one).course for one in families] != ways
    assert all(words.story(one).facts == before[one.ref] and words.story(one).begun == later for one in families)

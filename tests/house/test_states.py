"""The diagrams are drawn from the tables by which rooms refuse, and change with them."""

import pytest

from sightline.assessments import rules as assessments
from sightline.commands.reference_pages import clocks, states
from sightline.commands.reference_pages.practice_pack import packs


def test_every_move_of_an_assessments_signing_is_drawn() -> None:
    drawn = states.page()
    for state, turns in assessments.MOVES.items():
        for to in turns.values():
            assert f"{state.value} --> {to.value}: " in drawn


def test_a_move_that_is_taken_away_is_drawn_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "with_manager --> changed" in states.page()
    moves = dict(assessments.MOVES) | {assessments.Standing.WITH_MANAGER: {}}
    monkeypatch.setattr(assessments, "MOVES", moves)
    assert "with_manager --> changed" not in states.page()


def test_every_clock_says_what_begins_and_ends_it_and_where_it_comes_from() -> None:
    page = clocks.page()
    for pack in packs():
        for clock in pack.timescales:
            row = next(line for line in page.splitlines() if f"(`{clock.key}`)" in line)
            assert str(clock.starts) in row
            assert str(clock.stops) in row
            assert clock.basis.citation in row
            assert ("(not confirmed)" in row) is not clock.basis.confirmed

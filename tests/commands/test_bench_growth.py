"""The bench of growth: what counts as faster than the logarithm, and what its page says."""

import tomllib
from datetime import date
from typing import Any

import pytest

from sightline.commands.bench_growth.commands import COMMANDS
from sightline.commands.bench_growth.course import EVERY_PAGE, NO_REASON, REASONS, Told, reason
from sightline.commands.bench_growth.ground import Loaded
from sightline.commands.bench_growth.page import as_page
from sightline.commands.bench_growth.people import Somebody
from sightline.commands.bench_growth.rules import Growth, is_faster_than_logarithm
from sightline.commands.bench_growth.walk import Found, Page, routes
from sightline.kernel.references import new_id


@pytest.mark.parametrize(
    ("taken", "grows"),
    [
        ([40, 40, 41], False),
        ([40, 55, 70], False),
        ([40, 41, 58], True),
        ([10, 19, 100], True),
        ([10, 14, 20], False),
        ([50, 200, 220], False),
        ([200, 100, 130], False),
        ([40, 90], False),
    ],
    ids=["flat", "logarithm", "more than before", "with the size", "noise", "full", "quicker", "two sizes say nothing"],
)
def test_what_adds_more_at_the_second_step_than_at_the_first_grows_faster_than_the_logarithm(
    taken: list[float], *, grows: bool
) -> None:
    assert is_faster_than_logarithm(taken) is grows


def test_more_statements_in_a_larger_authority_are_growth_however_quick_they_are() -> None:
    assert not page_of(statements=(20, 21, 22)).grows
    assert page_of(statements=(20, 20, 23)).grows


def page_of(**more: Any) -> Growth:
    return Growth("team, to a service manager", "team", (50.0, 60.0, 70.0), (40.0, 50.0, 60.0), **more)


def test_every_reason_is_of_a_page_or_a_command_that_there_is() -> None:
    there = {*routes(), *(one.words.partition(" --")[0] for one in COMMANDS)}
    told = tomllib.loads(REASONS.read_text("utf-8"))
    assert set(told) - {EVERY_PAGE} <= there
    assert all(one["why"].endswith(".") for one in told.values())


def test_what_all_pages_have_in_common_explains_a_little_growth_and_no_more() -> None:
    def told(last: float, *statements: int) -> str:
        return reason(Growth("quite new, to a clock", "quite-new", (), (9.0, 10.0, last), statements=statements))

    assert told(20.0, 5, 5, 5).startswith("Each statement works out anew")
    assert told(30.0, 5, 5, 5) == told(20.0, 5, 5, 9) == told(20.0) == NO_REASON


def test_of_a_page_that_is_another_for_each_person_the_fullest_is_measured_and_of_a_list_one_for_each_role() -> None:
    worker, manager, found = (Somebody(new_id(), role, "casework") for role in ("social_worker", "team_manager", "x"))
    one, other = Page("person", "/people/1", worker, 9), Page("person", "/people/2", manager, 90)
    mine, theirs, small = (
        Page("my-day", "/my-day", who, size) for who, size in ((worker, 5), (manager, 8), (worker, 4))
    )
    walked = Found(pages={"person": [one, other], "my-day": [mine, theirs, small]}, others={"home": {302}})
    assert list(walked.most()) == [theirs, mine, other]
    assert walked.forms == ["home"]
    assert "team" in walked.never
    assert (found.words, one_of("administrator")) == ("a x", "an administrator")


def one_of(role: str) -> str:
    return Somebody(new_id(), role, "").words


def test_the_page_names_what_grows_with_its_reason_and_all_that_was_measured() -> None:
    growing = Growth("quite new, to a clock", "quite-new", (9.0, 10.0, 99.0), (9.0, 10.0, 99.0), statements=(5, 5, 5))
    command = Growth("./run status", "status", (900, 910, 920), (900, 910, 920), memory=(80.0, 81.0, 82.0))
    sizes = [
        Loaded("name", times, 40 * times, 90 * times, 200 * times, 2000 * times, 10**8, 30.0) for times in (1, 10, 100)
    ]
    flat = page_of(statements=(20, 20, 20))
    told = Told(date(2026, 3, 2), 5, sizes, [flat, growing], [command], Found(), ["It was lost."], "18.1", 1.0)
    shown = as_page(told)
    assert told.growing == [growing]
    assert f"**quite new, to a clock**: 9 → 10 → 99 ms. {NO_REASON}" in shown
    assert "| team, to a service manager | 70.0 | 60.0 | 50.0 | 60.0 | 50.0 | 40.0 | 20 |" in shown
    assert "| `./run status` | 920.0 | 910.0 | 900.0 | 82 MB |" in shown
    [slowest, second, status] = told.part.lines
    assert (slowest.ratio, slowest.beside, slowest.verdict) == (9.9, "400 children", "grows faster than the logarithm")
    assert (second.verdict, status.memory) == ("", 82.0)
    assert "It was lost." in told.part.said

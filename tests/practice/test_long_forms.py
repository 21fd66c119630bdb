"""A form as long as the longest that anybody was given is checked with the work that its length asks for."""

import json
import subprocess
import sys
from typing import Any

from sightline.commands.bench_form import CONDITIONS, QUESTIONS, with_questions
from sightline.practice.parse import parse_pack
from sightline.practice.soundness import unsound
from sightline.practice.spec import Pack


class _Key(str):
    """A key that counts how often it is compared with another: once for a look-up, often for a search."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        _Key.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


class _Questions(tuple[Any, ...]):
    """Questions that count how often anybody walks through them."""

    __slots__ = ()
    walked = 0

    def __iter__(self) -> Any:
        _Questions.walked += 1
        return super().__iter__()


def _counted(values: dict[str, Any]) -> dict[str, Any]:
    for section in values["contact"]["sections"]:
        for question in section["questions"]:
            question["key"] = _Key(question["key"])
            if "asked_when" in question:
                question["asked_when"]["question"] = _Key(question["asked_when"]["question"])
    return values


def _watched(pack: Pack) -> Pack:
    """The same pack, whose longest section counts how often its questions are walked through."""
    section = pack.form("contact").sections[-1]
    assert len(section.questions) > 1_000
    object.__setattr__(section, "questions", _Questions(section.questions))
    return pack


def test_each_question_is_looked_up_and_never_searched_for() -> None:
    values = _counted(with_questions(QUESTIONS, CONDITIONS))
    _Key.compared = 0
    pack = parse_pack(values)
    assert sum(question.asked_when is not None for question in pack.form("contact").questions) == CONDITIONS
    assert 0 < _Key.compared < 10 * QUESTIONS


def test_no_question_makes_the_others_be_walked_through_again() -> None:
    watched = _watched(parse_pack(with_questions(QUESTIONS, CONDITIONS)))
    _Questions.walked = 0
    assert unsound(watched) == ()
    assert 0 < _Questions.walked < 50


def test_the_bench_says_how_long_it_took_at_two_lengths() -> None:
    words = [sys.executable, "-P", "-m", "sightline.commands", "bench", "form", "--rounds", "1", "--json"]
    said = json.loads(subprocess.run(words, capture_output=True, text=True, check=True, timeout=120).stdout)
    lengths = [name for name in said if name.endswith("conditions")]
    assert lengths == ["1,300 questions, 1,200 conditions", "130 questions, 110 conditions"]
    assert all(said[name]["median_ms"] > 0 for name in lengths)

"""How long it takes to check a form as long as the longest that authorities were once given."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any

from sightline.commands.bench_front_door.work import most_allocated
from sightline.commands.bench_line import percentile

QUESTIONS, CONDITIONS = 1_300, 1_200
TENTH = (130, 110)
AIM_MS = 100


def run(rounds: int, *, as_json: bool) -> int:
    """Checks a form of 1,300 questions and 1,200 conditions, and one of a tenth, and says how long each took."""
    from sightline.practice.parse import parse_pack

    figures: dict[str, Any] = {"aim_ms": AIM_MS, "rounds": rounds}
    for questions, conditions in ((QUESTIONS, CONDITIONS), TENTH):
        values = with_questions(questions, conditions)
        figures[f"{questions:,} questions, {conditions:,} conditions"] = _taken(partial(parse_pack, values), rounds)
    print(json.dumps(figures, indent=2) if as_json else _in_words(figures))
    return 0


def with_questions(questions: int, conditions: int) -> dict[str, Any]:
    """The pack that comes with the product, its contact form grown to so many questions and conditions.

    The last of them look back, each at the one before it.
    """
    from sightline.practice.shipped import PACKS, SHIPPED, read_source

    values = deepcopy(read_source(PACKS / SHIPPED[0]).values)
    sections = values["contact"]["sections"]
    there = [question for section in sections for question in section["questions"]]
    more = questions - len(there)
    unconditional = more - (conditions - sum("asked_when" in question for question in there))
    local = [_question(number, looks_back=number >= unconditional) for number in range(more)]
    sections.append({"key": "local", "title": {"en": "Local questions"}, "questions": local})
    return values


def _question(number: int, *, looks_back: bool) -> dict[str, Any]:
    basis = {"kind": "local", "citation": "Front door procedure", "effective_from": "2026-04-01"}
    question = {
        "key": f"local_{number}",
        "label": {"en": f"Is there anything to say of this, at place {number}?"},
        "hint": {"en": "In a sentence."},
        "answer": "choice",
        "list": "yes_no_not_known",
        "basis": basis,
    }
    if looks_back:
        question["asked_when"] = {"question": f"local_{number - 1}", "is": ["yes", "not_known"]}
    return question


def _taken(act: Callable[[], object], rounds: int) -> dict[str, float]:
    """By the clock, and by what the processor gave to it: on a busy machine the two are far apart."""
    act()
    by_clock, by_processor = [], []
    for _ in range(rounds):
        began, worked = perf_counter(), process_time()
        act()
        by_clock.append((perf_counter() - began) * 1_000)
        by_processor.append((process_time() - worked) * 1_000)
    return {
        "median_ms": round(median(by_clock), 1),
        "high_ms": round(percentile(by_clock, 95), 1),
        "p99_ms": round(percentile(by_clock, 99), 1),
        "processor_ms": round(median(by_processor), 1),
        "memory": most_allocated(act),
    }


def _in_words(figures: dict[str, Any]) -> str:
    rows = [
        f"  {name}: {taken['median_ms']} ms; 19 in 20 {taken['high_ms']} ms; {taken['processor_ms']} ms of a core"
        for name, taken in figures.items()
        if isinstance(taken, dict)
    ]
    return "\n".join(
        [f"Checking a form whole (aim: {figures['aim_ms']} ms), {figures['rounds']} rounds of each:", *rows]
    )

"""What the same stories are held to under each practice pack: its own words and clocks, and no other era's."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.plans.kinds import one_with
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP
from sightline.practice.rules import due_or_none
from sightline.practice.spec import AssessmentKind, Pack, Words
from tests.web.stories.eras import Told
from tests.web.stories.steps import EMAILS, Stage

Clocks = dict[str, dict[str, Any]]
LATE = timedelta(minutes=10)
"""How long before a step is opened the contact may have been received, from which its time runs."""


def texts_of(said: Any) -> Iterator[str]:
    """Every text in which a pack, or a part of one, says something."""
    if isinstance(said, Words):
        yield str(said)
        yield in_sentence(str(said))
    elif is_dataclass(said):
        for one in fields(said):
            yield from texts_of(getattr(said, one.name))
    elif isinstance(said, tuple):
        for inner in said:
            yield from texts_of(inner)


def names_nothing_of_another_era(told: Told, packs: list[Pack]) -> None:
    """No page is headed or labelled in words that only another pack has: nothing of one era is built in."""
    own = {text.lower() for text in texts_of(told.pack)}
    foreign = {text.lower() for pack in packs for text in _names_in(pack)} - own
    for page, _, lines in told.pages:
        for line in lines:
            found = [text for text in foreign if text in line.lower()]
            assert not found, f"“{page}” under {told.pack.key} says {found}: {line}"


def _names_in(pack: Pack) -> Iterator[str]:
    """What a pack calls plans and assessments; one word alone, as Assessment, is everybody's."""
    titles = [*(one.title for one in pack.plan_kinds), *(one.title for one in pack.assessment_kinds)]
    return (str(title) for title in titles if " " in str(title))


def read_clocks(stage: Stage, told: Iterable[Told]) -> Clocks:
    """What was owed for every child of these stories, by name, read as whoever carries the child."""
    carried: dict[str, str] = {}
    for one in told:
        helped, _, assessed, _ = one.names
        carried |= {helped: EMAILS["tomas"], assessed: EMAILS["jane"]}
    found: Clocks = json.loads(stage.aside("clocks", SIGHTLINE_CARRIED=json.dumps(carried)))
    return found


def clocks_are_the_packs(told: Told, clocks: Clocks, pin: tuple[str, int]) -> None:
    """Each assessment is owed by its kind's name and rule, from when that says; plans are as the pack has them."""
    helped, _, assessed, _ = told.names
    of_assessed = clocks[assessed]
    steps = [one for one in of_assessed["steps"] if one[0] == "assessment"]
    kinds = told.pack.assessment_kinds
    assert of_assessed["signed"] == len(kinds) == len(steps) == len(told.signed)
    for kind, step in zip(kinds, steps, strict=True):
        _is_due_as_said(told.pack, kind, step, pin)
    assert [one[0] for one in of_assessed["steps"]].count("strategy_discussion") == 1
    places = clocks[helped]["places"]
    plans = {plan for plan, _, _ in places}
    assert len(plans) == (1 if one_with(told.pack, EARLY_HELP) else 2)
    assert [(kind, goes_on) for _, kind, goes_on in places] == [(EARLY_HELP, False), (CHILD_IN_NEED, True)]


def _is_due_as_said(pack: Pack, kind: AssessmentKind, step: list[Any], pin: tuple[str, int]) -> None:
    _, words, opened, due, cited = step
    opened_at = datetime.fromisoformat(opened)
    rule = pack.timescale(kind.timescale, local_day(opened_at))
    expected = {due_or_none(rule, opened_at), due_or_none(rule, opened_at - LATE)}
    assert words.startswith(str(kind.title))
    assert cited == f"{pin[0]}:{pin[1]}:{kind.timescale}"
    assert (datetime.fromisoformat(due) if due else None) in expected

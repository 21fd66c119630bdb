"""What the same stories may differ in under two practice packs: in what the packs say, and in nothing else."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from sightline.assessments.kinds import form_of, kind_in
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.plans.kinds import one_with, title_of
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP
from sightline.practice.rules import due_or_none
from sightline.practice.spec import AssessmentKind, Pack, Words
from tests.web.stories.eras import Told
from tests.web.stories.steps import EMAILS, Stage

OF_ONE_PLAN = {"In need, by section 17"}
"""What a plan's page says beside the pack's own words, where early help and help in need are one plan."""
ELSEWHERE = {"more help is needed"}
"""Where one plan goes on, this is another page than where a second plan begins."""
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


def words_of(pack: Pack, kind: str) -> set[str]:
    """What a pack says on a page, with the one form of that kind of assessment."""
    of_kinds = {one.form for one in pack.assessment_kinds}
    others = tuple(one for one in pack.forms if one.key not in of_kinds)
    rest = (getattr(pack, one.name) for one in fields(pack) if one.name not in {"forms", "assessment_kinds"})
    found = {text for part in (*rest, others, form_of(pack, kind), kind_in(pack, kind)) for text in texts_of(part)}
    return found | (OF_ONE_PLAN if one_with(pack, EARLY_HELP) else set())


def pages_differ_as_the_packs_say(base: Told, other: Told) -> None:
    """Page by page, what is on one and not on the other is what one pack says and the other does not."""
    before, after = _by_page(base), _by_page(other)
    # As often as the pack has kinds of assessment, and no page more.
    cycle = [page for page, kind, _ in base.pages if kind]
    assert len(other.pages) == len(base.pages) + len(cycle) * (len(other.pack.assessment_kinds) - 1)
    assert {page for page, _ in after} == {page for page, _ in before}
    alike = one_with(base.pack, EARLY_HELP) == one_with(other.pack, EARLY_HELP)
    first = base.pack.first_assessment.key
    for (page, kind), lines in after.items():
        if page in ELSEWHERE and not alike:
            continue
        there = before[page, first if kind else ""]
        ours, theirs = words_of(other.pack, kind), words_of(base.pack, first if kind else "")
        _same_but_for(page, _left(lines, ours - theirs), _left(there, theirs - ours))


def _by_page(told: Told) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(page, kind): lines for page, kind, lines in told.pages}


def _left(lines: tuple[str, ...], own: set[str]) -> Counter[str]:
    """The lines that hold nothing of what only this pack says, each as often as it stands there."""
    return Counter(line for line in lines if not any(text in line for text in own))


def _same_but_for(page: str, ours: Counter[str], theirs: Counter[str]) -> None:
    assert not (ours - theirs), f"“{page}” says what no pack does: {sorted(ours - theirs)}"
    assert not (theirs - ours), f"“{page}” no longer says: {sorted(theirs - ours)}"


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


def clocks_are_the_packs(stage: Stage, told: Told, pin: tuple[str, int]) -> None:
    """Each assessment is owed by its kind's name and rule, from when that says; plans are as the pack has them."""
    helped, _, assessed, _ = told.names
    of_assessed = _read(stage, "jane", assessed)
    steps = [one for one in of_assessed["steps"] if one[0] == "assessment"]
    kinds = told.pack.assessment_kinds
    assert of_assessed["signed"] == len(kinds) == len(steps) == len(told.signed)
    for kind, step in zip(kinds, steps, strict=True):
        _is_due_as_said(told.pack, kind, step, pin)
    assert [one[0] for one in of_assessed["steps"]].count("strategy_discussion") == 1
    places = _read(stage, "tomas", helped)["places"]
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


def _read(stage: Stage, worker: str, child: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(stage.aside("clocks", SIGHTLINE_WORKER=EMAILS[worker], SIGHTLINE_CHILD=child))
    return told


def plan_titles(told: Told) -> tuple[str, str]:
    """What its two plans of help are called."""
    return title_of(told.pack, EARLY_HELP), title_of(told.pack, CHILD_IN_NEED)

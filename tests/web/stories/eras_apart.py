"""The same stories laid beside each other, page by page: they differ in what the packs say, and in nothing else.

Of every line the words that only its own pack has are taken out. What is left around them is the product's own,
and must stand under both packs alike.
"""

import re
from collections import Counter
from dataclasses import fields

from sightline.assessments.kinds import form_of, kind_in
from sightline.plans.kinds import BY_LAW, one_with, told_apart
from sightline.plans.rules import EARLY_HELP
from sightline.practice.spec import Pack
from tests.web.stories.eras import Told
from tests.web.stories.eras_compared import texts_of

SAID = "«»"
"""Stands where a line says something in words that only its own pack has."""
OF_ONE_PLAN = {"In need, by section 17"}
"""What the page of a plan says beside the pack's own words where help early and help in need are one plan."""
CHILDS_DAY, WHAT_IS_NEW = "childs_day", "what_has_changed"
"""The one required question that the story answers, and the one that is asked where something was signed before."""
OF_SEVERAL_EMPTY = {"One reason for all that have none above"}
OF_NEWS = {"Information that needs your attention"}
STEP_OR_CHANGE = "more help is needed"
"""A second plan begins, or one plan goes on: which page this is, the packs say."""


def pages_differ_as_the_packs_say(one: Told, other: Told) -> None:
    """Every page of one is laid beside the same page of the other, for each kind of assessment that either has."""
    assert _how_many(one) == _how_many(other), "A page was passed under one pack and not under the other"
    for ours, theirs in ((one, other), (other, one)):
        for page, kind, _ in ours.pages:
            there = theirs.pack.first_assessment.key if kind else ""
            if not _is_another_page(page, ours.pack, theirs.pack):
                _is_alike(page, (ours, kind), (theirs, there))


def _how_many(told: Told) -> Counter[tuple[str, bool]]:
    """How often each page was passed; those of assessments once, since a pack has as many kinds as it says."""
    first = told.pack.first_assessment.key
    return Counter((page, bool(kind)) for page, kind, _ in told.pages if kind in {"", first})


def _is_another_page(page: str, one: Pack, other: Pack) -> bool:
    return page == STEP_OR_CHANGE and one_with(one, EARLY_HELP) != one_with(other, EARLY_HELP)


def _is_alike(page: str, ours: tuple[Told, str], theirs: tuple[Told, str]) -> None:
    of_one, of_other = words_of(ours[0].pack, ours[1]), words_of(theirs[0].pack, theirs[1])
    of_ours, of_theirs = of_one - of_other, of_other - of_one
    here, there = _left(_lines(page, *ours), of_ours), _left(_lines(page, *theirs), of_theirs)
    where = f"“{page}” {ours[1]} under {ours[0].pack.key}, and {theirs[1]} under {theirs[0].pack.key}"
    only_here = set(here - there) - of_ours - _of_form(*ours)
    only_there = set(there - here) - of_theirs - _of_form(*theirs)
    assert not only_here | only_there, f"{where}: only here {sorted(only_here)}, only there {sorted(only_there)}"


def _lines(page: str, told: Told, kind: str) -> tuple[str, ...]:
    return next(lines for name, of, lines in told.pages if (name, of) == (page, kind))


def _of_form(told: Told, kind: str) -> set[str]:
    """What this kind's form asks, also where another form of the other pack has the same heading."""
    return set(texts_of(form_of(told.pack, kind))) if kind else set()


def words_of(pack: Pack, kind: str) -> set[str]:
    """What a pack says on a page, with the one form of that kind of assessment."""
    of_kinds = {one.form for one in pack.assessment_kinds}
    others = tuple(one for one in pack.forms if one.key not in of_kinds)
    rest = (getattr(pack, one.name) for one in fields(pack) if one.name not in {"forms", "assessment_kinds"})
    found = {text for part in (*rest, others, form_of(pack, kind), kind_in(pack, kind)) for text in texts_of(part)}
    return found | _of_plans(pack) | _of_assessments(pack, kind)


def _of_plans(pack: Pack) -> set[str]:
    """Where two of the law's kinds are one plan, a page says which it is in law."""
    return {words for _, words in told_apart(pack, BY_LAW)} | (OF_ONE_PLAN if one_with(pack, EARLY_HELP) else set())


def _of_assessments(pack: Pack, kind: str) -> set[str]:
    """What a page says because this kind requires several answers, or asks what is new since the kind before."""
    asked = form_of(pack, kind).questions
    empty = [one for one in asked if one.required and one.key != CHILDS_DAY]
    goes_on = kind_in(pack, kind) != pack.first_assessment and any(one.key == WHAT_IS_NEW for one in asked)
    return (OF_SEVERAL_EMPTY if len(empty) > 1 else set()) | (OF_NEWS if goes_on else set())


def _left(lines: tuple[str, ...], own: set[str]) -> Counter[str]:
    """Each line without what only this pack says, as often as it stands there.

    A line that is nothing else says nothing of the product. Where something stands around the pack's words it
    counts once, since there are as many sections and questions as the pack says.
    """
    found: Counter[str] = Counter()
    for line in lines:
        left = _without(line, own)
        if SAID not in left:
            found[left] += 1
        elif left != SAID:
            found[left] = 1
    return found


def _without(line: str, own: set[str]) -> str:
    """The longest first. One small word alone is everybody's; one that is the whole line may be either's."""
    if line in own:
        return SAID if " " in line else line
    for text in sorted(own, key=len, reverse=True):
        if " " in text or text[:1].isupper():
            line = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", SAID, line)
    return line

"""The same two families under four practice packs: each pack's own words, clocks and number of assessments.

One script plays both stories under each. What is expected is worked out from the packs and not written here.
"""

import json
from itertools import combinations

import pytest

from tests.packs import BASE, ERAS, pack_of
from tests.web.stories.eras import Told, is_told
from tests.web.stories.eras_apart import pages_differ_as_the_packs_say
from tests.web.stories.eras_compared import clocks_are_the_packs, names_nothing_of_another_era, read_clocks
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser


def test_two_families_under_four_packs_differ_only_as_the_packs_say(stage: Stage) -> None:
    told: dict[str, Told] = {}
    pins = {}
    try:
        for days_ago, era in zip((None, 3, 2, 1), ERAS, strict=True):
            pins[era] = (BASE, 1) if days_ago is None else _put_in_force(stage, era, days_ago)
            told[era] = is_told(stage, pack_of(era))
    finally:
        _put_in_force(stage, BASE, 0)
    packs = [pack_of(era) for era in ERAS]
    clocks = read_clocks(stage, told.values())
    for era in ERAS:
        clocks_are_the_packs(told[era], clocks, pins[era])
        names_nothing_of_another_era(told[era], packs)
    for one, other in combinations(told.values(), 2):
        pages_differ_as_the_packs_say(one, other)


def _put_in_force(stage: Stage, era: str, days_ago: int) -> tuple[str, int]:
    key, version = json.loads(stage.aside("put_in_force", SIGHTLINE_ERA=era, SIGHTLINE_DAYS_AGO=str(days_ago)))
    return key, version

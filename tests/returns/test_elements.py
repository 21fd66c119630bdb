"""The page that says what each return needs is as the census's parts and rules are."""

import re

import pytest

from sightline.commands.reference_pages.return_needs import read_elements
from sightline.returns.cin import RULES, judge, open_census
from sightline.returns.cin.parts import Child, Group, Header, shapes
from tests.returns.cases import CASES

LISTED = {(one["group"], one["element"]): one for one in read_elements()}
OF_ANYTHING = {"SL01", "SL02", "SL03", "SL04"}
"""What cannot be read, wherever it stands."""


def _elements(of: type[Group]):
    for _, shape in shapes(of):
        if shape["shape"] == "item":
            yield of.ELEMENT, shape["element"]
        elif shape["shape"] == "items":
            yield of.ELEMENT, shape["each"]
        else:
            yield from _elements(shape["group"])


def test_every_element_of_the_census_has_its_page_its_room_and_whoever_gives_it():
    asked = {*_elements(Header), *_elements(Child)}
    assert {one for one in LISTED if one[0] != one[1]} == asked
    assert all(one["how"] in {"asked", "derived"} and one["where"] and one["who"] for one in LISTED.values())


def test_every_rule_is_named_at_an_element():
    named = {code for one in LISTED.values() for code in one.get("rules", ())}
    assert named == set(RULES) - OF_ANYTHING


@pytest.mark.parametrize("code", sorted(set(CASES) - OF_ANYTHING))
def test_a_rule_is_named_where_its_fault_is_shown(code):
    places = {re.sub(r"^Children$", "", f.element) for f in judge(open_census(CASES[code][0])).faults if f.rule == code}
    named = {element for (_, element), one in LISTED.items() if code in one.get("rules", ())}
    assert places <= named | {""}

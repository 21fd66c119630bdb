"""Checks of ours: what the department's schema would refuse, and we load and report."""

from collections.abc import Iterator

from sightline.returns.cin.parts import Child, Group, Header
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import Place, child_rule, declare, wrong_code

declare(
    "SL01",
    "The year's census has no such element here.",
    "Check the year of the file and the element's name. The text was kept, and not used.",
)
declare(
    "SL02",
    "An element that stands once is given again.",
    "Give it once. The first was used; the text of the other was kept.",
)
declare(
    "SL03",
    "There is text or an attribute where the census has none.",
    "Put it in the element it belongs to. It was kept, and not used.",
)
declare(
    "SL06",
    "The head of the file does not say which collection or which authority it is for.",
    "Fill in Collection (CIN) and LEA (the authority's three-digit number).",
)


@child_rule(
    "SL04",
    "This cannot be read as what it should be: a day, a whole number, or yes or no.",
    "Write a day as 2027-03-31, a number in digits, and yes or no as true or false.",
)
def unreadable_value(child: Child, census: Census) -> Iterator[Place]:
    yield from unreadable_values(child)


@child_rule(
    "SL05",
    "This is not one of the year's codes.",
    "Give one of the year's codes.",
)
def unknown_code(child: Child, census: Census) -> Iterator[Place]:
    if wrong_code(child.identifiers.upn_unknown, census.year.upn_unknown):
        yield child.identifiers.upn_unknown
    factors = census.year.factors | census.year.split_factors
    for episode in child.episodes:
        for assessment in episode.assessments:
            yield from (f for f in assessment.factors if wrong_code(f, factors))


def unreadable_values(group: Group) -> Iterator[Place]:
    """Every value in a group that is given and cannot be read."""
    for inner in group.groups():
        yield from (each for each in inner.all_fields() if each.given and each.value is None)


def unnamed(header: Header) -> Iterator[Place]:
    """What the head of the file leaves out."""
    authority = header.source.authority
    if not header.collection.collection.given:
        yield header.collection.collection
    if not (len(authority.raw) == 3 and authority.raw.isascii() and authority.raw.isdigit()):
        yield authority

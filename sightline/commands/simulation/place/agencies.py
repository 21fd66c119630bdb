"""The schools, nurseries and surgeries of the place. All are invented; those of the demonstration stand beside them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from sightline.commands.simulation.place.wording import words

NURSERY, PRIMARY, SECONDARY = "nursery", "primary", "secondary"
STAGES = ((3, NURSERY), (4, PRIMARY), (11, SECONDARY))
"""From which age on the first of September a child goes where."""
CHILDREN_A_SCHOOL = {NURSERY: 400, PRIMARY: 650, SECONDARY: 2700}
"""Children of all ages in the place for each: a sixth of eighteen years is not at school yet."""
CHILDREN_A_SURGERY = 2000
CALLED = {NURSERY: "Nursery", PRIMARY: "Primary School", SECONDARY: "Academy"}


@dataclass(frozen=True)
class Agency:
    """Somewhere that knows children: to be opened with its mailboxes, pairs of a key and a title."""

    key: str
    kind: str
    name: str
    domain: str
    boxes: tuple[tuple[str, str], ...]
    stage: str = ""
    """For which children, where it is a school."""
    area: int = 0
    number: int = 0
    """By which its pupil numbers say where they were given."""


@dataclass(frozen=True)
class School:
    """What a child's `school` names, with what one calls it."""

    agency: str
    mailbox: str
    name: str


MAILBOXES = {
    "health": ("hospital-safeguarding",), "midwife": ("hospital-midwives",), "health_visitor": ("hospital-visitors",),
    "police": ("police-hub",), "housing": ("housing-safeguarding",), "authority": ("vellenshire-referrals",),
}  # fmt: skip
"""Posts of the demonstration's own agencies, which stand already."""


def found_agencies(*, children: int, areas: int, stream: random.Random) -> list[Agency]:
    """Schools of each stage and surgeries in proportion to the children, spread over the areas."""
    made: list[Agency] = []
    names = _names(stream)
    for stage, served in CHILDREN_A_SCHOOL.items():
        for turn in range(max(2 if stage == PRIMARY else 1, ceil(children / served))):
            made.append(_school(next(names), stage, area=turn % areas, number=1000 + len(made)))
    surgeries = max(1, ceil(children / CHILDREN_A_SURGERY))
    return made + [_surgery(next(names), area=turn % areas) for turn in range(surgeries)]


def _names(stream: random.Random) -> Iterator[str]:
    grounds, saints = list(words("grounds")), words("saints")
    stream.shuffle(grounds)
    yield from grounds
    turn = 0
    while True:
        yield f"{saints[turn % len(saints)]} {grounds[turn // len(saints) % len(grounds)]}"
        turn += 1


def _slug(name: str) -> str:
    return name.lower().replace("'", "").replace(" ", "-")


def _school(ground: str, stage: str, *, area: int, number: int) -> Agency:
    name = f"{ground} {CALLED[stage]}"
    key = _slug(name)
    return Agency(
        key, "school", name, f"{key}.example", ((f"{key}-lead", "Safeguarding lead and deputy"),), stage, area, number
    )


def _surgery(ground: str, *, area: int) -> Agency:
    name = f"{ground} Surgery"
    key = _slug(name)
    return Agency(key, "health", name, f"{key}.example", ((f"{key}-doctors", "Safeguarding lead"),), "", area)


def stage_of(age_in_september: int) -> str:
    """Where a child of that age on the first of September goes; empty when too young."""
    return next((stage for least, stage in reversed(STAGES) if age_in_september >= least), "")

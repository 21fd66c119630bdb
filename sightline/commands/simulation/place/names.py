"""How people in the place are called: by community, generation and what a community does with a family's name."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sightline.commands.simulation.place.wording import words

OF_FAME = frozenset(words("of_fame"))
"""Whoever the lists could make and everybody knows: drawn again."""
HIS, SLAVIC, OWN, BEGUM, KAUR, FATHERS = "his", "slavic", "own", "begum", "kaur", "fathers"
FRONT = 1.7
"""How much likelier the names at the front of a list are than those at its end."""
KAUR_AND_SINGH = {"F": "Kaur", "M": "Singh"}


@dataclass(frozen=True)
class Community:
    """What people of one community are called."""

    custom: str
    families: tuple[str, ...]
    given: dict[tuple[str, str], tuple[str, ...]]
    """By sex and generation: child, parent, grandparent."""
    women_called: tuple[str, ...]


@cache
def communities() -> dict[str, Community]:
    """Those whose names stand in `names.toml`."""
    written = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
    return {name: _community(told) for name, told in written.items()}


def _community(told: dict[str, str]) -> Community:
    lists = {kind: tuple(text.split()) for kind, text in told.items()}
    women, men = lists.get("women", lists["girls"]), lists.get("men", lists["boys"])
    given = {
        ("F", "child"): lists["girls"], ("M", "child"): lists["boys"],
        ("F", "parent"): women, ("M", "parent"): men,
        ("F", "grandparent"): lists.get("grandmothers", women), ("M", "grandparent"): lists.get("grandfathers", men),
    }  # fmt: skip
    return Community(told["custom"], lists["families"], given, lists.get("women_called", ()))


def draw_from(names: tuple[str, ...], stream: random.Random) -> str:
    """A name, those at the front more often."""
    return names[int(stream.random() ** FRONT * len(names))]


def given_name(
    community: str, sex: str, stream: random.Random, *, generation: str = "child", family: str = "",
    taken: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """A given name that is not `taken` by a brother or sister and makes nobody of fame of `family`."""
    people = communities()[community]
    for _ in range(20):
        given = draw_from(people.given[sex, generation], stream)
        if given not in taken and not is_of_fame(given, family):
            break
    if people.custom == KAUR and generation != "child" and stream.random() < 0.5:
        return f"{given} {KAUR_AND_SINGH[sex]}"
    return given


def is_of_fame(given: str, family: str) -> bool:
    """Whether everybody knows somebody who is called so; nobody in the place is."""
    return f"{given} {family}" in OF_FAME


def family_name(community: str, sex: str, stream: random.Random) -> str:
    """The name of somebody grown up who was born into a family of this community."""
    people = communities()[community]
    if people.custom == BEGUM and sex == "F" and stream.random() < 0.6:
        return draw_from(people.women_called, stream)
    if people.custom == FATHERS:
        return f"{draw_from(people.given['M', 'grandparent'], stream)} {draw_from(people.families, stream)}"
    return for_sex(community, draw_from(people.families, stream), sex)


def for_sex(community: str, family: str, sex: str) -> str:
    """The same name as a woman or a man has it."""
    if communities()[community].custom == SLAVIC:
        if sex == "F" and family.endswith("ski"):
            return f"{family[:-1]}a"
        if sex != "F" and family.endswith("ska"):
            return f"{family[:-1]}i"
    return family


def takes_his(community: str) -> bool:
    """Whether a wife of this community mostly takes her husband's name."""
    return communities()[community].custom in {HIS, SLAVIC}


def child_of(community: str, sex: str, *, father_given: str, father_family: str) -> str:
    """The family name of a child who is named after their father."""
    if communities()[community].custom == FATHERS:
        return f"{father_given.split(maxsplit=1)[0]} {father_family.split(maxsplit=1)[0]}"
    return for_sex(community, father_family, sex)

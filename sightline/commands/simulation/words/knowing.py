"""What a text may know of a family on a day: who is who, how old, what holds, and how each is called."""

from collections.abc import Iterable, Sequence
from datetime import date

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.words.grammar import Fact, listed

BANDS = (
    ("unborn", -1), ("baby", 0), ("toddler", 2), ("nursery", 3), ("infant", 5), ("junior", 8), ("early_teen", 11),
    ("teen", 14), ("nearly_grown", 16),
)  # fmt: skip
"""Age bands, each from this age on."""
TALKS = frozenset({"nursery", "infant", "junior", "early_teen", "teen", "nearly_grown"})
AT_SCHOOL = frozenset({"infant", "junior", "early_teen", "teen"})
TEENS = frozenset({"early_teen", "teen", "nearly_grown"})
SMALL = frozenset({"baby", "toddler", "nursery"})
PRONOUNS = {
    "F": {"he": "she", "him": "her", "his": "her", "himself": "herself"},
    "M": {"he": "he", "him": "him", "his": "his", "himself": "himself"},
}
CALLED = {
    ("mother", "F"): "Mum", ("father", "M"): "Dad", ("grandparent", "F"): "Nan", ("grandparent", "M"): "Grandad",
}  # fmt: skip
"""What a child calls an adult; anybody else has their name."""
ROLES = {
    ("grandparent", "F"): "grandmother", ("grandparent", "M"): "grandfather",
    ("step_parent", "F"): "stepmother", ("step_parent", "M"): "stepfather",
}  # fmt: skip
FIRST = ("mother", "father", "grandparent", "step_parent")
WEATHER = ("winter", "winter", "spring", "spring", "spring", "summer", "summer", "summer", "autumn", "autumn",
           "autumn", "winter")  # fmt: skip


def band_of(child: Dweller, on: date) -> str:
    """The age band of a child."""
    age = child.age(on)
    return next(name for name, least in reversed(BANDS) if age >= least)


def called(one: Dweller, on: date) -> str:
    """The name in a worker's sentence: the given one, and of the unborn and the unnamed the baby's."""
    return "the baby" if one.age(on) < 0 or not one.given else one.given


def pronouns(one: Dweller, name: str) -> dict[str, str]:
    """He, him, his and himself of this person; of whom nobody knows, the name again."""
    return PRONOUNS.get(one.sex) or {"he": name, "him": name, "his": f"{name}'s", "himself": name}


def person(word: str, one: Dweller, on: date, kind: str = "") -> dict[str, Fact]:
    """The facts by which lines name somebody: {carer}, {carer_he}, {carer_mum}, {carer_formal} and so on."""
    name = called(one, on)
    facts: dict[str, Fact] = {word: name}
    facts |= {f"{word}_{form}": said for form, said in pronouns(one, name).items()}
    if kind:
        role = ROLES.get((kind, one.sex), kind if kind in {"mother", "father"} else "carer")
        title = {"F": "Ms", "M": "Mr"}.get(one.sex, "")
        facts |= {
            f"{word}_mum": CALLED.get((kind, one.sex), name),
            f"{word}_role": role,
            f"{word}_formal": f"{title} {one.family}".strip() if one.family else name,
            f"{word}_full": f"{one.given} {one.family}".strip(),
        }
    return facts


def living(family: Family, on: date) -> list[Dweller]:
    """The adults of the family who are alive, mother first."""
    alive = [one for one in family.adults.values() if one.died is None or one.died > on]
    place = {kind: number for number, kind in enumerate(FIRST)}
    return sorted(alive, key=lambda one: (place.get(family.carers.get(one.ref, ""), len(FIRST)), one.ref))


def adults_known(family: Family, on: date) -> dict[str, Dweller]:
    """Who is the carer, the partner at home, the parent elsewhere, mother and father: by those words."""
    alive = living(family, on)
    home = [one for one in alive if one.ref in family.at_home]
    found: dict[str, Dweller] = {}
    for one in home or alive:
        found.setdefault("carer", one)
    for one in home:
        if one is not found["carer"]:
            found.setdefault("partner", one)
    for one in alive:
        kind = family.carers.get(one.ref, "")
        if kind in {"mother", "father"}:
            found.setdefault(kind, one)
            if one.ref not in family.at_home and one is not found["carer"]:
                found.setdefault("other", one)
    return found


def tags_of_child(child: Dweller, on: date) -> set[str]:
    """What holds of one child: the age band, whether they talk, go to school, are small; a boy or a girl."""
    band = band_of(child, on)
    found = {band, {"F": "girl", "M": "boy"}.get(child.sex, "child")}
    found |= {"talks"} if band in TALKS else set()
    found |= {"school_age"} if band in AT_SCHOOL else set()
    found |= {"teens"} if band in TEENS else set()
    found |= {"small"} if band in SMALL else set()
    return found


def tags_of_day(on: date) -> set[str]:
    """The season, and the days about Christmas and the long holidays."""
    found = {WEATHER[on.month - 1]}
    if (on.month, on.day) >= (12, 10) or (on.month, on.day) <= (1, 4):
        found.add("christmas")
    return found | ({"holidays"} if on.month == 8 or (on.month, on.day) >= (7, 24) and on.month == 7 else {"term"})  # noqa: PLR2004 - August and July


def facts_of_children(children: Sequence[Dweller], on: date) -> dict[str, Fact]:
    """{children} together, and the verbs that go with them."""
    several = len(children) > 1
    return {
        "children": listed(called(one, on) for one in children),
        "are": "are" if several else "is", "were": "were" if several else "was",
        "have": "have" if several else "has", "do": "do" if several else "does",
        "both": {1: "", 2: "both", 3: "all three"}.get(len(children), "all"),
        "number": {2: "two", 3: "three", 4: "four", 5: "five"}.get(len(children), "several"),
        "a_child_of": aged(children[0], on),
    }  # fmt: skip


def aged(child: Dweller, on: date) -> str:
    """How old, as one writes it: seven weeks, four months, six."""
    if on < child.born:
        return "not yet born"
    days = (on - child.born).days
    if days < 84:  # noqa: PLR2004 - a baby's age is said in weeks for twelve weeks
        return f"{max(days // 7, 1)} week{'s' if days >= 14 else ''} old"  # noqa: PLR2004 - two weeks
    if child.age(on) < 2:  # noqa: PLR2004 - and in months until two
        return f"{days // 30} months old"
    return f"{child.age(on)}"


def eldest_first(children: Iterable[Dweller]) -> list[Dweller]:
    """As one names them."""
    return sorted(children, key=lambda one: (one.born, one.ref))

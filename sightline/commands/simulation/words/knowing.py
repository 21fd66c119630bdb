"""What a text may know of a family on a day: who is who, how old, what holds, and how each is called."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.words.grammar import Fact, listed

BANDS = (
    ("unborn", -1), ("baby", 0), ("toddler", 2), ("nursery", 3), ("infant", 5), ("junior", 8), ("early_teen", 11),
    ("teen", 14), ("nearly_grown", 16),
)  # fmt: skip
"""Age bands, each from this age on."""
WEEK, IN_WEEKS, IN_MONTHS = 7, 84, 2
"""A baby's age is said in weeks for twelve of them, and then in months until two years."""
TALKS = frozenset({"nursery", "infant", "junior", "early_teen", "teen", "nearly_grown"})
AT_SCHOOL = frozenset({"infant", "junior", "early_teen", "teen"})
TEENS = frozenset({"early_teen", "teen", "nearly_grown"})
SMALL = frozenset({"baby", "toddler", "nursery"})
OF_SOME_AGE = {"behaviour": TALKS - {"nursery"}, "exploitation": TEENS, "young_carer": TALKS - {"nursery"}}
"""Troubles that are a child's own, by the ages at which they are."""
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
UNNAMED = {"F": "the woman who has moved in", "M": "the man who has moved in"}
FIRST = ("mother", "father", "grandparent", "step_parent")
SUMMER = ((7, 24), (9, 2))
"""When schools are shut."""
WEATHER = ("winter", "winter", "spring", "spring", "spring", "summer", "summer", "summer", "autumn", "autumn",
           "autumn", "winter")  # fmt: skip


def band_of(child: Dweller, on: date) -> str:
    """The age band of a child."""
    age = child.age(on)
    return next(name for name, least in reversed(BANDS) if age >= least)


def called(one: Dweller, on: date) -> str:
    """The name in a worker's sentence: of the unborn the baby, and nobody says a name that they do not know."""
    if one.age(on) < 0 or not one.given:
        return "the baby"
    return UNNAMED.get(one.sex, "somebody") if one.spoken_of else one.given


def pronouns(sex: str, name: str) -> Mapping[str, str]:
    """He, him, his and himself of whoever is called so; of whom nobody knows it, the name again."""
    return PRONOUNS.get(sex) or {"he": name, "him": name, "his": f"{name}'s", "himself": name}


def person(word: str, one: Dweller, on: date, kind: str = "") -> Mapping[str, Fact]:
    """The facts by which lines name somebody: {carer}, {carer_he}, {carer_mum}, {carer_formal} and so on."""
    unnamed = bool(one.spoken_of) or on < one.born
    return _named(word, called(one, on), "" if unnamed else one.family, one.sex, kind)


@cache
def _named(word: str, name: str, family: str, sex: str, kind: str) -> Mapping[str, Fact]:
    facts: dict[str, Fact] = {word: name}
    facts |= {f"{word}_{form}": said for form, said in pronouns(sex, name).items()}
    role = ROLES.get((kind, sex), kind if kind in {"mother", "father"} else "carer")
    title = {"F": "Ms", "M": "Mr"}.get(sex, "")
    return facts | {
        f"{word}_mum": CALLED.get((kind, sex), name),
        f"{word}_role": role,
        f"{word}_formal": f"{title} {family}".strip() if family else name,
        f"{word}_full": f"{name} {family}".strip(),
    }


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
    return found | ({"holidays"} if SUMMER[0] <= (on.month, on.day) <= SUMMER[1] else {"term"})


def facts_of_children(children: Sequence[Dweller], on: date) -> dict[str, Fact]:
    """{children} together, and the verbs that go with them."""
    told = [one for one in children if one.born <= on] or list(children)[:1]
    several = len(told) > 1
    pupils = [called(one, on) for one in told if AT_SCHOOL & tags_of_child(one, on)]
    at_school: dict[str, Fact] = {
        "pupils": listed(pupils), "pupils_are": "are" if len(pupils) > 1 else "is",
        "pupils_were": "were" if len(pupils) > 1 else "was", "pupils_have": "have" if len(pupils) > 1 else "has",
    } if pupils else {}  # fmt: skip
    return at_school | {
        "children": listed(called(one, on) for one in told),
        "them": "them" if several else pronouns(told[0].sex, called(told[0], on))["him"],
        "are": "are" if several else "is", "were": "were" if several else "was",
        "have": "have" if several else "has", "do": "do" if several else "does",
        "both": {1: "", 2: "both", 3: "all three"}.get(len(told), "all"),
    }  # fmt: skip


def aged(child: Dweller, on: date) -> str:
    """How old, as one writes it: seven weeks, four months, six."""
    if on < child.born:
        return "not yet born"
    days = (on - child.born).days
    if days < IN_WEEKS:
        return f"{max(days // WEEK, 1)} week{'s' if days >= 2 * WEEK else ''} old"
    if child.age(on) < IN_MONTHS:
        return f"{days // 30} months old"
    return f"{child.age(on)}"


def due(child: Dweller, on: date) -> str:
    """When a child is expected: in eight weeks, next week, any day."""
    weeks = (child.born - on).days // WEEK
    return f"in {weeks} weeks" if weeks > 1 else "next week" if weeks == 1 else "any day now"


def eldest_first(children: Iterable[Dweller]) -> list[Dweller]:
    """As one names them."""
    return sorted(children, key=lambda one: (one.born, one.ref))

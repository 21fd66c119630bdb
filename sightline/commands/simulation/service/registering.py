"""Who is in a contact: looked for first as a worker looks, and registered, with what was told of them, if not found."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.place.faults import Told, as_told, missed
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Service
from sightline.doorway.acts import acting
from sightline.journeys.register_people import NewPerson, Tie
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.search import search_people

TIES = {"mother": "mother", "father": "father", "step_parent": "step_parent", "grandparent": "grandparent",
        "sibling": "sibling"}  # fmt: skip
"""What the register calls what an adult is to a child."""


@dataclass(eq=False)
class Present:
    """Who is in a contact, as the record has them or will have them."""

    refs: dict[str, str] = field(default_factory=dict)
    """By which word the play calls the record of each: their own, or another where they were registered anew."""
    new: list[NewPerson] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def known(self) -> list[str]:
        """Whom the desk found."""
        fresh = {one.id for one in self.new}
        return [ref for ref in self.refs.values() if self.keys[ref] not in fresh]

    keys: dict[str, object] = field(default_factory=dict)


def look_for(service: Service, family: Family, children: Iterable[Dweller], *, by: str) -> Present:
    """Everybody who is spoken of, found or to be registered. One search is made as the desk makes it."""
    stream, around = service.engine.stream("registering"), [*children, *_adults(service, family)]
    found, open_case = Present(), service.case_of(family)
    told = {one.ref: as_told(one, stream, family) for one in around}
    _search(service, told[around[0].ref], by=by)
    for one in around:
        anew = one.registered and open_case is None and missed(told[one.ref], stream)
        if one.registered and not anew:
            found.refs[one.ref] = one.ref
        else:
            found.refs[one.ref] = ref = _another(service, one) if anew else one.ref
            found.new.append(_register(service, one, told[one.ref], ref, family=family, anew=anew))
        found.keys[found.refs[one.ref]] = service.story.people[found.refs[one.ref]]
    found.ties.extend(_ties(service, family, around, found))
    for one in around:
        one.registered = True
    return found


def _adults(service: Service, family: Family) -> list[Dweller]:
    """Who lives there, and a parent elsewhere where the caller thinks of them."""
    stream, away = service.engine.stream("parents elsewhere"), rate("front_door", "desk", "names_parent_elsewhere")
    absent = [one for ref, one in family.adults.items() if ref in family.elsewhere and one.died is None]
    return [*family.adults_at_home(), *(one for one in absent if one.registered or stream.random() < away)]


def _search(service: Service, told: Told, *, by: str) -> None:
    who = service.story.who(by)
    with acting(who.id):
        search_people(by=who, at=service.now, text=f"{told.given} {told.family}".strip(), birth=told.born)


def _another(service: Service, one: Dweller) -> str:
    return f"{one.ref} {service.title('again')}"


def _register(service: Service, one: Dweller, told: Told, ref: str, *, family: Family, anew: bool) -> NewPerson:
    story, key = service.story, new_id()
    story.people[ref] = key
    child = one.is_child(local_day(service.now)) and one in family.children
    if child:
        story.children.add(key)
    expected = told.birth == "expected"
    # A number that is held already would have shown the desk who it is.
    numbers = () if anew else tuple((scheme, it) for scheme, it in (("nhs", told.nhs), ("upn", told.upn)) if it)
    service.truth.registered(one, key, told, ("registered_again",) if anew else ())
    return NewPerson(
        id=key, kind="child" if child else "adult", given=told.given, family=told.family, birth=told.birth,
        birth_date=None if expected else told.born, expected_date=told.born if expected else None, sex=told.sex,
        described=told.described, numbers=numbers, unidentified=bool(told.described), **_home(family, one, child=child),
    )  # fmt: skip


def _home(family: Family, one: Dweller, *, child: bool) -> dict[str, str]:
    home = family.home if child or one.ref in family.at_home else family.elsewhere.get(one.ref)
    return {"lines": home.lines, "postcode": home.postcode} if home else {}


def _ties(service: Service, family: Family, around: list[Dweller], found: Present) -> Iterable[Tie]:
    """What each who is new is to the others; who was here before was tied then."""
    key = service.story.people
    fresh = {one.id for one in found.new}
    children = [one for one in around if one in family.children]
    adults = [one for one in around if one not in family.children]
    for one, other in combinations(children, 2):
        ends = key[found.refs[one.ref]], key[found.refs[other.ref]]
        if fresh & set(ends):
            yield Tie(*ends, "sibling" if one.parents == other.parents else "half_sibling")
    for adult in adults:
        kind = TIES.get(family.carers.get(adult.ref, ""), "other")
        for child in children:
            ends = key[found.refs[adult.ref]], key[found.refs[child.ref]]
            if fresh & set(ends):
                yield Tie(*ends, kind, True if adult.ref in child.parents and kind == "mother" else None)

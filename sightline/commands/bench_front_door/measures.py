"""What is measured, and what each is aimed to take.

A measure prepares one sample in a world (which is not timed) and gives back what is timed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from sightline.commands.bench_front_door import calls
from sightline.commands.bench_front_door.world import Child, World
from sightline.doorway.acts import acting
from sightline.front_door.deciding import Deciding
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.decide import decide
from sightline.journeys.take_contact import look_before_recording, take_contact
from sightline.kernel.references import new_id
from sightline.people.models import Person
from sightline.people.queries import list_network
from sightline.record.rules import Concerned

SEARCH_MS, PAGE_MS = 100, 300
Timed = Callable[[], object]


@dataclass(frozen=True)
class Measure:
    """`aim` in milliseconds for the 95th percentile; none for what is only set beside the others."""

    name: str
    aim: int | None
    prepare: Callable[[World, int], Timed]


def _bare(world: World, number: int) -> Timed:
    return lambda: world.bare.get(f"/bare/{world.desk['duty'].id}")


def _search(words: Callable[[Child], str]) -> Callable[[World, int], Timed]:
    def prepare(world: World, number: int) -> Timed:
        text = words(world.children[number % len(world.children)])
        return lambda: calls.search(world.desk["duty"], text)

    return prepare


def misspelt(child: Child) -> str:
    """One letter too few in the given name, and two changed places in the family name."""
    family = child.family
    return f"{child.given[:2]}{child.given[3:]} {family[:-3]}{family[-2]}{family[-3]}{family[-1]}"


SEARCHES: dict[str, Callable[[Child], str]] = {
    "whole name": lambda child: f"{child.given} {child.family}",
    "names swapped": lambda child: f"{child.family} {child.given}",
    "misspelt": misspelt,
    "a common family name alone": lambda _child: "Smith",
    "beginning of a name": lambda child: f"{child.given[:3]} {child.family[:4]}",
    "name, age and area": lambda child: f"{child.given} about {_age(child)} {child.postcode.split()[0]}",
    "misspelt, with date of birth": lambda child: f"{misspelt(child)} {child.born:%d/%m/%Y}",
    "date of birth alone": lambda child: f"{child.born:%d/%m/%Y}",
    "postcode alone": lambda child: child.postcode,
    "NHS number": lambda child: child.number,
}


def _age(child: Child) -> int:
    return max(1, (datetime.now(UTC).date() - child.born).days // 365)


def _known(world: World, number: int) -> Timed:
    by, child = world.desk["duty"], world.contacted[number % len(world.contacted)]
    look_before_recording(by=by, draft=new_id(), people=[child], at=datetime.now(UTC))
    return lambda: calls.known(by, child)


_turn = count()


def _take(world: World, number: int) -> Callable[[], object]:
    """A contact about a family that was heard of before."""
    by, child = world.desk["decider"], world.contacted[(7 * next(_turn) + 3) % len(world.contacted)]
    at = datetime.now(UTC)
    look_before_recording(by=by, draft=new_id(), people=[child], at=at)
    with acting(by.id):
        kinds = dict(Person.objects.filter(id__in=list_network(people=[child])).values_list("id", "kind"))
    key = new_id()

    def take() -> object:
        with acting(by.id):
            take_contact(
                by=by, contact=key, received_at=at, channel="phone",
                referrer=Referrer(capacity="school", source="2A", professional=True, agency_post=world.school),
                story=Story(saw_or_heard="Tired and hungry again.", fears="Left alone at night.", danger="no"),
                concerned=[Concerned(person, kind) for person, kind in kinds.items()], at=at,
            )  # fmt: skip
        return key

    return take


def _decide(world: World, number: int) -> Timed:
    contact = _take(world, number)()
    by = world.desk["decider"]
    given = Deciding(outcome="referral_assessment", reason="The school has seen this three times.", need="N1")

    def decided() -> object:
        with acting(by.id):
            return decide(by=by, contact=contact, given=given, at=datetime.now(UTC))

    return decided


def _record(world: World, number: int) -> Timed:
    account, child = world.carried[number % len(world.carried)]
    by = world.actor(account)
    return lambda: calls.record(by, child)


def _longest(world: World, number: int) -> Timed:
    account, child = world.longest
    by = world.actor(account)
    return lambda: calls.record(by, child)


def _by_manager(world: World, number: int) -> Timed:
    _, child = world.carried[number % len(world.carried)]
    return lambda: calls.record(world.desk["service_manager"], child)


def _my_day(world: World, number: int) -> Timed:
    account, _ = world.carried[number % len(world.carried)]
    by = world.actor(account)
    return lambda: calls.my_day(by)


def _team(desk: str) -> Callable[[World, int], Timed]:
    return lambda world, _number: lambda: calls.team(world.desk[desk])


MEASURES = [
    Measure("Bare view, one indexed query", None, _bare),
    *(Measure(f"Search: {kind}", SEARCH_MS, _search(words)) for kind, words in SEARCHES.items()),
    Measure("Contact page with what is known", PAGE_MS, _known),
    Measure("Contact recorded", PAGE_MS, _take),
    Measure("Decision", PAGE_MS, _decide),
    Measure("Child's record", PAGE_MS, _record),
    Measure("Child's record, the longest there is", PAGE_MS, _longest),
    Measure("Child's record, to a service manager", PAGE_MS, _by_manager),
    Measure("My day", PAGE_MS, _my_day),
    Measure("Team page, team manager", PAGE_MS, _team("manager")),
    Measure("Team page, service manager", PAGE_MS, _team("service_manager")),
]

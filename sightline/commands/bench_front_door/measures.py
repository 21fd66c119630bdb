"""What is measured, and what each is aimed to take.

A measure prepares one sample in a world (which is not timed) and gives back the request that is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse

from sightline.commands.bench_front_door.world import Child, World
from sightline.doorway.acts import acting
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.take_contact import look_before_recording, take_contact
from sightline.kernel.references import new_id
from sightline.people.models import Person
from sightline.people.queries import list_network
from sightline.record.rules import Concerned

SEARCH_MS, PAGE_MS = 100, 300
STORY = "Tired and hungry for the third day, and says that nobody was at home last night."


class Answer(Protocol):
    """What a page answered: of a test client's answer, what a sample is judged by."""

    status_code: int
    content: bytes

    def get(self, header: str, alternate: Any = None, /) -> Any: ...


Timed = Callable[[], Answer]
Prepare = Callable[[World, int], Timed]


@dataclass(frozen=True)
class Measure:
    """`aim` in milliseconds for the 95th percentile; none for what is only set beside the others.

    `status` and `shows` are how the page answers when it did its work: a page that refused is no sample.
    `tried` says, where a measure is known to miss, why it does and what was tried.
    """

    name: str
    aim: int | None
    prepare: Prepare
    status: int = 200
    shows: str = ""
    tried: str = ""


def get(world: World, account: UUID, name: str, *keys: UUID) -> Timed:
    """Opening a page, as somebody who is signed in."""
    client, address = world.client(account), reverse(name, args=keys)
    return lambda: client.get(address, secure=True)


def post(world: World, account: UUID, name: str, *keys: UUID, body: Mapping[str, str]) -> Timed:
    """Sending a form, as somebody who is signed in."""
    client, address = world.client(account), reverse(name, args=keys)
    return lambda: client.post(address, body, secure=True)


def _bare(world: World, _number: int) -> Timed:
    return lambda: world.bare.get(f"/bare/{world.desk['duty'].id}")


def _search(words: Callable[[Child], str]) -> Prepare:
    def prepare(world: World, number: int) -> Timed:
        text = words(world.children[number % len(world.children)])
        return post(world, world.desk["duty"].id, "search", body={"words": text})

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


_turn = count()


def _next_child(world: World) -> UUID:
    """Another child at each call: what is measured leaves the children that follow as they were."""
    return world.contacted[next(_turn) % len(world.contacted)]


def _add_to_contact(world: World, _number: int) -> Timed:
    body = {"add": str(_next_child(world)), "window": str(new_id()), "seen_version": "0"}
    return post(world, world.desk["duty"].id, "contact-draft", new_id(), body=body)


def take(world: World) -> UUID:
    """A contact about a family that was heard of before. Returns its key."""
    by, at, key, child = world.desk["duty"], datetime.now(UTC), new_id(), _next_child(world)
    look_before_recording(by=by, draft=new_id(), people=[child], at=at)
    with acting(by.id):
        kinds = dict(Person.objects.filter(id__in=list_network(people=[child])).values_list("id", "kind"))
        return take_contact(
            by=by, contact=key, received_at=at, channel="phone",
            referrer=Referrer(capacity="school", source="2A", professional=True, agency_post=world.school),
            story=Story(saw_or_heard=STORY, fears="Left alone at night.", danger="no"),
            concerned=[Concerned(person, kind) for person, kind in kinds.items()], at=at,
        )  # fmt: skip


def _contact(world: World, _number: int) -> Timed:
    return get(world, world.desk["decider"].id, "contact", take(world))


def _decide(then: str, **more: str) -> Prepare:
    def prepare(world: World, _number: int) -> Timed:
        body = {"key": str(new_id()), "outcome": "referral_assessment", "need": "N1", "reason": STORY, "then": then}
        return post(world, world.desk["decider"].id, "contact-decide", take(world), body=body | more)

    return prepare


def _carried(name: str) -> Prepare:
    def prepare(world: World, number: int) -> Timed:
        account, child = world.carried[number % len(world.carried)]
        return get(world, account, name, child)

    return prepare


def _longest(name: str) -> Prepare:
    def prepare(world: World, _number: int) -> Timed:
        account, child = world.longest
        return get(world, account, name, child)

    return prepare


def _by_manager(world: World, number: int) -> Timed:
    return get(world, world.desk["service_manager"].id, "person", world.carried[number % len(world.carried)][1])


def _my_day(world: World, number: int) -> Timed:
    return get(world, world.carried[number % len(world.carried)][0], "my-day")


def _desk(desk: str, name: str) -> Prepare:
    return lambda world, _number: get(world, world.desk[desk].id, name)


TELL = {"feedback_text": "We will assess what the children need. Ring us if you learn more."}
SEARCHES_TRIED = {
    "name, age and area": (
        "One given name is many people's: up to 8,000 of them are read, with their births and homes, before the best "
        "300 are weighed, so it grows until that ceiling. Reading the homes of only the 2,000 likeliest by name and "
        "age was tried: the same people were found, and a twentieth of the time was saved, so it was left."
    )
}
EVERY_TEAM = (
    "It lists the children of every team below the manager by when they were last seen, up to 500 of them and as many "
    "steps, so it grows until it is full. Names are now read only of people whom the page shows, a third less; "
    "what remains is 500 rows, read and drawn. The list needs pages, or a choice of team."
)
MEASURES = [
    Measure("Bare view, one indexed query", None, _bare),
    *(
        Measure(f"Search: {kind}", SEARCH_MS, _search(words), tried=SEARCHES_TRIED.get(kind, ""))
        for kind, words in SEARCHES.items()
    ),
    Measure("New contact, a child added, with what is known", PAGE_MS, _add_to_contact),
    Measure("Contact page with what is known", PAGE_MS, _contact, shows=STORY),
    Measure("Decision", PAGE_MS, _decide("later"), status=302, shows="/contacts/"),
    Measure("Decision, with feedback by link", PAGE_MS, _decide("link", **TELL), shows="data-code"),
    Measure("Front door", PAGE_MS, _desk("duty", "front-door")),
    Measure("Child's record, overview", PAGE_MS, _carried("person")),
    Measure("Child's record, timeline", PAGE_MS, _carried("person-timeline")),
    Measure("Longest record, overview", PAGE_MS, _longest("person")),
    Measure("Longest record, timeline", PAGE_MS, _longest("person-timeline")),
    Measure("Child's record, to a service manager", PAGE_MS, _by_manager),
    Measure("My day, social worker", PAGE_MS, _my_day),
    Measure("My day, team manager", PAGE_MS, _desk("manager", "my-day")),
    Measure("Team page, team manager", PAGE_MS, _desk("manager", "team")),
    Measure("Team page, service manager", PAGE_MS, _desk("service_manager", "team"), tried=EVERY_TEAM),
]

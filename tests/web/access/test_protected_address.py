"""An address that protects is on one page, for those who are named, and on no other page for anybody."""

import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from sightline.audit.models import Event
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.references import new_id
from sightline.people.protecting import record_protecting_address
from sightline.people.protecting_queries import list_protecting
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, _signed_in

__all__ = ["_on_this_machine"]

FAMILY = ("Rosie Penhallow", "Jack Penhallow", "Lowenna Penhallow")
WHERE = {"lines": "Qzsafe Lodge, 88 Qzhiding Lane, Tidewell", "postcode": "QX9 4ZZ"}
CANARIES = ("qzsafe", "qzhiding", "9 4zz", "94zz")


def typed(readers: list[Any], **changes: Any) -> dict[str, Any]:
    return {"key": str(new_id()), "protects": "refuge", **WHERE, "readers": [str(one) for one in readers], **changes}


def tells(client: Client, address: str) -> bool:
    """Whether anything of the address is in the answer."""
    answer = client.get(address, follow=True)
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    said = (body + str(answer.headers).encode()).decode("utf-8", "replace").lower()
    return any(canary in said for canary in CANARIES)


def about_a_person(person: UUID) -> Iterator[tuple[str, str]]:
    """The name and address of every page that is about one person, and of every page that is about nobody."""

    def walk(patterns: Any, converters: dict[str, Any]) -> Iterator[str]:
        for one in patterns:
            found = converters | one.pattern.converters
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, found)
            elif isinstance(one, URLPattern) and one.name and set(found) <= {"person"}:
                yield one.name

    for name in sorted(set(walk(get_resolver().url_patterns, {}))):
        for keys in ([person], []):
            with suppress(NoReverseMatch):
                if "logout" not in name:
                    yield name, reverse(name, args=keys)


def test_it_is_recorded_read_on_its_own_page_and_ended(two_families: Universe) -> None:
    jane, gareth = _signed_in(two_families, "jane"), _signed_in(two_families, "gareth")
    rosie, janes = two_families.person("Rosie Penhallow"), two_families.post("worker-1-family-support-2")
    page, record = (reverse(name, args=[rosie]) for name in ("protected-address", "protected-address-record"))

    refused = jane.post(record, typed([], lines="Qzsafe Lodge")).content.decode()
    assert "Name at least one person or post" in refused
    assert "Qzsafe Lodge" in refused, "what was typed is kept"

    assert jane.post(record, typed([janes])).url == page
    assert tells(jane, page)
    set_actor(two_families.who("jane").id)
    looks = Event.objects.filter(actor=two_families.who("jane").id, kind="look", what="safe_address")
    assert looks.count() == 1
    around = jane.get(reverse("person-people", args=[rosie])).content.decode()
    assert "Protected address, and whom to ring" in around
    assert "do not disclose" in around

    # Her manager's post stands above hers; a colleague of another team is told nothing, also by posting.
    assert tells(gareth, page)
    ruth = _signed_in(two_families, "ruth")
    assert not tells(ruth, page)
    assert ruth.post(page, {"key": str(new_id()), "end": "yes", "true_to": "today"}).status_code == 404

    ended = jane.post(page, {"key": str(new_id()), "end": "yes", "true_to": "today"})
    assert ended.url == page
    assert not tells(jane, page)
    assert "No protected address is recorded now" in jane.get(page).content.decode()


def test_whoever_works_with_them_and_is_not_named_is_told_whom_to_ring(two_families: Universe) -> None:
    jane, rosie = _signed_in(two_families, "jane"), two_families.person("Rosie Penhallow")
    protect(two_families, rosie, [two_families.who("helen").id])
    page = reverse("protected-address", args=[rosie])
    said = jane.get(page).content.decode()
    assert not tells(jane, page)
    assert "you are not among those who were named" in said
    assert "ring Jane Smith" in said
    assert "Helen" not in said, "nobody learns whom to press for it"
    assert (
        "Do not write here where they are safe"
        in jane.get(reverse("person-add", args=[rosie, "address"])).content.decode()
    )


def protect(told: Universe, person: UUID, readers: list[UUID]) -> UUID:
    return record_protecting_address(
        by=told.who("jane"), person=person, protects="refuge", readers=readers, at=told.at, **WHERE
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_no_other_page_says_where_also_to_those_who_read_it(two_families: Universe, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same families again each time)
    janes = two_families.post("worker-1-family-support-2")
    hiding = chance.sample(FAMILY, chance.randint(1, 3))
    named = {name: chance.choice([janes, two_families.who("jane").id, two_families.who("helen").id]) for name in hiding}
    for name in hiding:
        protect(two_families, two_families.person(name), [named[name]])
    with acting(two_families.who("jane").id):
        reads = {name for name in hiding if list_protecting(person=two_families.person(name))}
    jane, leaked = _signed_in(two_families, "jane"), []
    people = {name: two_families.person(name) for name in FAMILY}
    pages = {address: (page, name) for name, key in people.items() for page, address in about_a_person(key)}
    # Pages about nobody are asked for once, after everybody has been looked at.
    for address in sorted(pages, key=lambda one: str(people[pages[one][1]]) not in one):
        page, name = pages[address]
        if tells(jane, address) != (page == "protected-address" and name in reads):
            leaked.append((page, name))
    found = jane.post(reverse("search"), {"q": "Rosie Penhallow"}).content.decode().lower()
    assert leaked == []
    assert not any(canary in found for canary in CANARIES)

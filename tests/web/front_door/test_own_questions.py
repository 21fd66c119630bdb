"""An authority's own questions on the contact page: each kind asked, judged, kept, and read back as it was asked."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.kernel.dates import local_day
from sightline.practice.operations import propose, publish
from sightline.record.models import Entry
from tests.journeys.world import World
from tests.web.front_door.desk import Desk, begin, press, told, typed_in

SignIn = Callable[[str], Client]

BASIS = 'basis = { kind = "local", citation = "Practice board, 2 November 2026", effective_from = 2026-11-01 }'
OVERLAY = f"""
[overlay]
key = "own-2026"
base = "england-2023"
title.en = "Our own"
{BASIS}

[[add_section]]
form = "contact"
key = "home"
title.en = "At home"
{BASIS}
"""
ASKED = {
    "rooms": ("How many rooms are there?", "number", ""),
    "moved_on": ("When did they move in?", "date", ""),
    "rung_at": ("When were they last rung?", "moment", ""),
    "shares": ("Who shares the home?", "choices", "kin,lodgers"),
    "heating": ("Is it warm?", "choice", "warm,cold"),
    "home_words": ("What is it like?", "long_text", ""),
}
REWORD = '\n[[reword]]\nform = "contact"\nquestion = "fears"\nlabel.en = "What frightens them?"\n'


def overlay() -> str:
    written = [OVERLAY]
    for key, (label, answer, options) in ASKED.items():
        listed = ", ".join(f'{{ key = "{one}", label.en = "{one.title()}" }}' for one in options.split(",") if one)
        written.append(
            f'[[add_question]]\nform = "contact"\nsection = "home"\nkey = "{key}"\nlabel.en = "{label}"\n'
            f'answer = "{answer}"\n{f"options = [ {listed} ]" if listed else ""}\n{BASIS}\n'
        )
    return "\n".join([*written, REWORD])


def take_up(source: str) -> None:
    """Two managers of the authority, and from today."""
    one, other = (Actor(id=uuid4(), name="A manager", role=Role.SERVICE_MANAGER) for _ in range(2))
    at = datetime.now(UTC)
    proposal = propose(by=one, source=source, why="The board asked", effective_from=local_day(at), at=at)
    publish(by=other, proposal=proposal, at=at)


@pytest.fixture
def at_home(sign_in: SignIn, world: World) -> tuple[Client, dict[str, Any]]:
    """A worker of the front door with everything typed that the page asks of itself."""
    client = sign_in("Dee Marlow")
    take_up(overlay())
    fields = {**begin(client), "find": "Mia Orme, about 4"}
    page = press(client, fields, register="child").content.decode()
    assert "At home" in page
    return client, {**typed_in(page), **told(world)}


def test_each_kind_of_answer_is_kept_under_its_key_and_read_back_in_words(
    at_home: tuple[Client, dict[str, Any]],
) -> None:
    client, fields = at_home
    given = {
        "own-rooms": "3", "own-moved_on": "3/3/2024", "own-rung_at": "20/11/2026 9.30",
        "own-shares": ["kin", "lodgers"], "own-heating": "cold", "own-home_words": "Bare boards.",
    }  # fmt: skip
    assert press(client, fields | given, record="record").status_code == 302
    entry = Entry.objects.get(id=fields["key"])
    assert entry.answers == {
        "rooms": 3, "moved_on": "2024-03-03", "rung_at": entry.answers["rung_at"], "shares": ["kin", "lodgers"],
        "heating": "cold", "home_words": "Bare boards.",
    }  # fmt: skip
    page = client.get(reverse("contact", args=[entry.id])).content.decode()
    for label, _, _ in ASKED.values():
        assert label in page
    for said in ("3 March 2024", "20 November 2026, 09:30", "Kin; Lodgers", "Cold", "Bare boards."):
        assert said in page


def test_what_cannot_be_is_refused_beside_its_question_and_nothing_typed_is_lost(
    at_home: tuple[Client, dict[str, Any]],
) -> None:
    client, fields = at_home
    wrong = {"own-rooms": "many", "own-moved_on": "31/2/2024", "own-heating": "tepid", "own-home_words": "Bare boards."}
    page = press(client, fields | wrong, record="record").content.decode()
    kept = typed_in(page)
    assert (kept["own-rooms"], kept["own-moved_on"], kept["own-home_words"]) == ("many", "31/2/2024", "Bare boards.")
    for name in ("rooms", "moved_on", "heating"):
        assert f'href="#id_own-{name}"' in page
    assert not Entry.objects.filter(id=fields["key"]).exists()


def test_what_was_written_before_keeps_the_words_it_was_asked_in(desk: Desk, sign_in: SignIn, world: World) -> None:
    client = sign_in("Dee Marlow")
    before = desk.contact()
    take_up(OVERLAY.split("[[add_section]]", maxsplit=1)[0] + REWORD)
    page = client.get(reverse("contact", args=[before])).content.decode()
    assert "What do they fear may happen?" in page
    assert "What frightens them?" not in page
    assert "What frightens them?" in client.get(reverse("new-contact")).content.decode()

"""Every address of the resolver, every method, every persona: the answer is the one that the table says."""

import re
from dataclasses import dataclass
from itertools import zip_longest

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.matrix.asking import Address, addresses, ask, body_of, outcome
from tests.web.matrix.personas import PERSONAS
from tests.web.matrix.table import LIBRARY, TABLE, expected
from tests.web.matrix.typed import forms, typed_for
from tests.web.matrix.walk import ASKED, Walk
from tests.web.matrix.world import World, undone

BEGUN = {(name, "POST") for name in ("save-draft", "contact-draft", "contact-draft-save")}
"""Under a key that nobody has, a draft is begun: absent is what a page that was just opened is."""
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def test_the_table_has_a_row_for_every_address_and_no_other() -> None:
    assert {address.name for address in addresses()} == {*TABLE, *LIBRARY}


def test_everybody_is_answered_as_the_table_says(walked: Walk) -> None:
    wrong = [
        f"{answer.cell}: {answer.outcome}, not {said} {answer.changed or ''}"
        for answer in walked.answers
        if answer.outcome != (said := expected(answer.name, answer.method, answer.persona, answer.whose))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_persona_was_asked_at_every_address_of_ours(walked: Walk) -> None:
    asked = {(answer.persona, answer.method, answer.name) for answer in walked.answers}
    missing = [
        (persona, method, name)
        for persona in ASKED["own"]
        for method in ("GET", "POST")
        for name in TABLE
        if (persona, method, name) not in asked
    ]
    assert not missing


def test_what_is_refused_or_only_looked_at_changes_nothing(walked: Walk) -> None:
    # Forms that got anywhere are judged one by one: what changed something says "done" in the table.
    assert walked.left == {persona: [] for persona in PERSONAS}


def test_every_form_does_something_for_somebody(world: World, walked: Walk) -> None:
    # Else the refusals above would prove only that the form was not whole.
    done = {answer.name for answer in walked.answers if answer.outcome == "done"}
    # Reading out a code changes nothing but who has seen it.
    assert set(forms(world, "own")) - done == {"message-code"}


@pytest.mark.parametrize(("persona", "whose"), [("social_worker", "restricted"), ("barred", "own")])
def test_a_hidden_thing_and_an_absent_one_are_the_same_to_the_byte_after_the_same_questions(
    world: World, persona: str, whose: str
) -> None:
    # A restricted child whom this worker carried before, and the kin of a worker who is kept away from her.
    compared, unlike = 0, []
    for address in addresses():
        if not (address.keys and address.belongs(world, whose)):
            continue
        for method in ("GET", "POST"):
            hidden = _answered(world, persona, method, address, whose)
            if (address.name, method) not in BEGUN and hidden.outcome == "absent":
                compared += 1
                absent = _answered(world, persona, method, address, "absent")
                unlike += [f"{method} {address.name}: {what}" for what in hidden.unlike(absent)]
    assert compared >= 20
    assert not unlike, "\n".join(unlike)


@dataclass(frozen=True)
class _Answered:
    outcome: str
    status: int
    head: str
    body: bytes
    asked: tuple[str, ...]
    """What the database was asked, in order, without the values."""

    def unlike(self, other: "_Answered") -> list[str]:
        said = [name for name in ("status", "head", "body") if getattr(self, name) != getattr(other, name)]
        if self.asked != other.asked:
            pairs = list(zip_longest(self.asked, other.asked, fillvalue="nothing"))
            first = next(place for place, (mine, theirs) in enumerate(pairs) if mine != theirs)
            said.append(f"{len(self.asked)} questions and {len(other.asked)}; at {first}: {pairs[first]}"[:600])
        return said


_VALUES = re.compile(r"'(?:[^']|'')*'(?:::\w+(?:\[\])?)?|\b\d+\b|\bs\d+_x\d+\b")


def _answered(world: World, persona: str, method: str, address: Address, whose: str) -> _Answered:
    body = typed_for(address.name, world, "own")
    reset_queries()
    with undone(), CaptureQueriesContext(connection) as asked:
        response = ask(world, persona, method, address.path(world, whose), body)
    return _Answered(
        outcome(response), response.status_code, str(sorted(response.items())), body_of(response),
        tuple(_VALUES.sub("?", question["sql"]) for question in asked.captured_queries),
    )  # fmt: skip


@pytest.mark.parametrize("persona", ["nobody", "social_worker"])
def test_no_address_answers_to_any_other_method(world: World, persona: str) -> None:
    for address in addresses():
        for method in OTHER_METHODS:
            if (address.name, method) == ("healthy", "HEAD"):
                continue  # what watches over the server asks for this
            with undone():
                said = outcome(ask(world, persona, method, address.path(world, "own")))
            assert said == "no such method", f"{method} {address.name}"


def test_no_form_is_taken_without_its_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.browser("service_manager").cookies.copy()
    for address in addresses():
        with undone():
            response = client.post(address.path(world, "own"), {})
        assert response.status_code in {403, 405}, address.name

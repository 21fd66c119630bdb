"""Browsers that are signed in, and what a worker types on the page of a visit."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.universe import Universe
from tests.web.casework.conftest import SignIn, _on_this_machine, sign_in

__all__ = ["_on_this_machine", "sign_in"]

ROSIE, JACK, LOWENNA = "Rosie Penhallow", "Jack Penhallow", "Lowenna Penhallow"


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    """Jane Smith, who carries Rosie and Jack Penhallow."""
    return sign_in("jane")


@pytest.fixture
def rosie(universe: Universe) -> UUID:
    return universe.person(ROSIE)


@pytest.fixture
def jack(universe: Universe) -> UUID:
    return universe.person(JACK)


def of_child(child: UUID, outcome: str, **answers: Any) -> dict[str, Any]:
    """One child's row, as the page sends it."""
    return {f"c-{child}-outcome": outcome} | {f"c-{child}-{name}": value for name, value in answers.items()}


def the_visit(**changed: Any) -> dict[str, Any]:
    """What is said once of a visit, whole."""
    said: Mapping[str, Any] = {
        "when": "yesterday at 16:00", "announced": "no", "place": "home", "present": "Lowenna", "sleeping": "seen",
        "text": "The kitchen was warm, and there was soup.", "paragraphs": "0", "actions": "0",
    }  # fmt: skip
    return {**said, **changed}

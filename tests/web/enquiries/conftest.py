"""Browsers that are signed in, and Rosie and Jack Penhallow with a discussion, an enquiry or an order of theirs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from sightline.doorway.acts import acting
from sightline.journeys.protect import ask_strategy, begin_enquiry, keep_safe
from tests.universe import Universe
from tests.universe import two_families as universe
from tests.web.casework.conftest import SignIn, _on_this_machine, sign_in

__all__ = ["_on_this_machine", "sign_in", "universe"]

ROSIE, JACK = "Rosie Penhallow", "Jack Penhallow"
WHY = "Jack has a hand-shaped bruise, and says that Dad did it."


@dataclass(frozen=True)
class Danger:
    """The two children, and how they are protected."""

    universe: Universe

    @property
    def rosie(self) -> UUID:
        return self.universe.person(ROSIE)

    @property
    def jack(self) -> UUID:
        return self.universe.person(JACK)

    def asked(self) -> UUID:
        """A strategy discussion on both, asked for and not held."""
        by, at = self.universe.who("jane"), self.universe.at
        with acting(by.id):
            return ask_strategy(by=by, children=[self.rosie, self.jack], why=WHY, at=at)

    def enquired(self) -> UUID:
        """An enquiry on both."""
        by, at = self.universe.who("jane"), self.universe.at
        with acting(by.id):
            return begin_enquiry(by=by, children=[self.rosie, self.jack], why=WHY, at=at)

    def ordered(self, kind: str = "police_protection", **given: Any) -> UUID:
        """An order on Jack that began two hours ago."""
        by, at = self.universe.who("jane"), self.universe.at
        with acting(by.id):
            return keep_safe(
                by=by,
                child=self.jack,
                kind=kind,
                began_at=at - timedelta(hours=2),
                made_by="PC 4411 Rowe",
                at=at,
                **given,
            )

    def tab(self, child: UUID | None = None) -> str:
        """The Protection page of Jack, or of another child."""
        return f"/people/{child or self.jack}/protection"


@pytest.fixture
def danger(universe: Universe) -> Danger:
    return Danger(universe)


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    """Jane Smith, who carries Rosie and Jack Penhallow."""
    return sign_in("jane")

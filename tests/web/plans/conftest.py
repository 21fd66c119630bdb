"""Rosie's and Jack's plan, made by operations: an outcome for both, one for Jack alone, actions, help and terms."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.london import local_day
from sightline.plans.operations import add_outcome, agree_action, ask_service, set_terms
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, sign_in

__all__ = ["_on_this_machine", "sign_in"]

ROSIE, JACK = "Rosie Penhallow", "Jack Penhallow"
LOWENNA, PERRAN = "Lowenna Penhallow", "Perran Penhallow"
TOAST = "I want Mum to do the toast."
DRY = "Jack has dry nights and somebody to tell."


@dataclass(frozen=True)
class Made:
    """The plan with its keys, and the address of its pages on somebody's record."""

    plan: UUID
    both: UUID
    jacks: UUID
    service: UUID
    universe: Universe

    def url(self, name: str, page: str = "") -> str:
        """A page of the plan on this child's record."""
        return f"/people/{self.universe.person(name)}/plans/{self.plan}{page}"

    def tab(self, name: str) -> str:
        """The tab on this child's record."""
        return f"/people/{self.universe.person(name)}/plan"


def let_chair_see(universe: Universe, people: list[UUID]) -> None:
    """The chair of conferences reads these people, as the chair of a conference on them does."""
    with acting(universe.authority.administrator):
        give_sight(
            people=people, reader=universe.who("winston").id, because="test", because_of=None, at=universe.at,
            sections=EVERYDAY,
        )  # fmt: skip


Maker = Callable[..., Made]


@pytest.fixture
def make(universe: Universe) -> Maker:
    """Make it, of a kind, for some children."""

    def made(kind: str = "child_in_need", children: tuple[str, ...] = (ROSIE, JACK)) -> Made:
        by, at = universe.who("jane"), universe.at
        on_it = [universe.person(one) for one in children]
        if kind == "protection":
            let_chair_see(universe, on_it)
        maker = universe.who("winston") if kind == "protection" else by
        with acting(maker.id):
            plan = make_plan(by=maker, kind=kind, children=on_it, began_on=local_day(at), post=min(by.posts), at=at)
        with acting(by.id):
            both = add_outcome(
                by=by, plan=plan, words="There is breakfast every morning.", childs_words=TOAST,
                how_we_know="Breakfast club is a choice and not a need.", at=at,
            )  # fmt: skip
            jacks = add_outcome(by=by, plan=plan, words=DRY, child=universe.person(children[-1]), at=at)
            for outcome, what in (
                (both, "Puts the breakfast out the night before"),
                (jacks, "Rings the bladder clinic"),
            ):
                agree_action(by=by, plan=plan, outcome=outcome, what=what, who="Lowenna", post=None, at=at)
            set_terms(
                by=by, plan=plan, contingency="Their aunt has them for the week.",
                further_action="Two mornings in one week without breakfast.", at=at,
            )  # fmt: skip
            service = ask_service(
                by=by, plan=plan, children=[universe.person(children[-1])], what="Bladder clinic",
                of_whom="The health visitors", asked_on=local_day(at), post=min(by.posts), at=at,
            )  # fmt: skip
        return Made(plan, both, jacks, service, universe)

    return made

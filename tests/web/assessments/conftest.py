"""An assessment of two of the Penhallows, begun by their worker, in the small universe."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.urls import reverse

from sightline.assessments.operations import write_part
from sightline.assessments.queries import get_document
from sightline.journeys.assess import begin_assessment, send_to_manager, sign_off
from sightline.kernel.references import new_id
from tests.universe import Universe
from tests.web.casework.conftest import SignIn, _on_this_machine, sign_in

__all__ = ["SignIn", "_on_this_machine", "sign_in"]

ROSIE, JACK, MOTHER, NAN = "Rosie Penhallow", "Jack Penhallow", "Kerry Penhallow", ""
WORKER, MANAGER = "jane", "gareth"


@dataclass(frozen=True)
class Assessed:
    """The document with its round, and the two children."""

    universe: Universe
    assessment: UUID

    @property
    def rosie(self) -> UUID:
        return self.universe.person(ROSIE)

    @property
    def jack(self) -> UUID:
        return self.universe.person(JACK)

    @property
    def round(self) -> UUID:
        found = get_document(self.assessment).round
        assert found is not None
        return found.id

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.assessment, *more])

    def say(self, key: str, text: str, *, child: UUID | None = None, by: str = WORKER, base: int = 0) -> int:
        """Write one part."""
        return write_part(
            by=self.universe.who(by), assessment=self.assessment, key=key, child=child, text=text, base=base,
            at=self.universe.at,
        ).number  # fmt: skip

    def text_of(self, key: str, child: UUID | None = None) -> str:
        """What a part says now, to whoever acts."""
        found = get_document(self.assessment).parts.get((key, child))
        return found.text if found else ""

    def send(self) -> None:
        """To the worker's own manager, with what is empty left so."""
        send_to_manager(by=self.universe.who(WORKER), round=self.round, reasons={}, at=self.universe.at)

    def sign(self, outcome: str = "child_in_need_plan") -> UUID:
        """By that manager."""
        entry = sign_off(by=self.universe.who(MANAGER), round=self.round, outcome=outcome, at=self.universe.at)
        assert entry is not None
        return entry


@pytest.fixture
def assessed(universe: Universe) -> Assessed:
    children = [universe.person(ROSIE), universe.person(JACK)]
    begun = begin_assessment(
        by=universe.who(WORKER), children=children, why="The school is worried.", at=universe.at
    )  # fmt: skip
    return Assessed(universe, begun)


def key() -> str:
    """A form's own key."""
    return str(new_id())

"""How far a play has come."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sightline.commands.demonstration.telling import Telling
from sightline.commands.scenarios.family import Household
from sightline.commands.scenarios.offices import Offices
from sightline.commands.scenarios.spec import Happened
from sightline.kernel.errors import Refusal
from sightline.kernel.london import at_local_time, local_day

UNSAID = "The timeline does not say."
AN_HOUR, MINUTES = timedelta(hours=1), timedelta(minutes=10)
MORNING = time(9, 30)


@dataclass
class Stage:
    """How far a play has come: who is open, what waits to be decided, and what it did that no event said."""

    story: Telling
    household: Household
    offices: Offices
    ends: datetime
    scenario: UUID
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)
    unborn: set[str] = field(default_factory=set)
    supplied: list[str] = field(default_factory=list)
    _today: dict[date, int] = field(default_factory=dict)

    def mark(self) -> dict[str, Any]:
        """How far it is now, to come `back` to where an event is taken back."""
        kept = ("waiting", "open", "public", "unborn", "supplied")
        told = ("people", "contacts", "entries", "children")
        return {
            "own": {name: copy(getattr(self, name)) for name in kept},
            "story": {name: copy(getattr(self.story, name)) for name in told},
            "opened": copy(self.offices.opened),
        }

    def back(self, mark: dict[str, Any]) -> None:
        """To that mark."""
        for name, value in mark["own"].items():
            setattr(self, name, value)
        for name, value in mark["story"].items():
            setattr(self.story, name, value)
        self.offices.opened = mark["opened"]

    def moment(self, event: Happened) -> datetime:
        """In the morning of its day, those of one day one after the other; never after the play ends."""
        day = event.when.first
        nth = self._today[day] = self._today.get(day, 0) + 1
        if day >= local_day(self.ends):
            raise Refusal("It is of today or still to come. An event is of a day that has passed.")
        return at_local_time(day, MORNING) + (nth - 1) * 4 * MINUTES

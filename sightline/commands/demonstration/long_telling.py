"""A telling that begins earlier: whoever an earlier chapter has brought is known to those that come after it.

The chapters of the families are written so that each can be told by itself, and registers its own people. Where a
year is told, most of them have been met.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sightline.commands.demonstration.telling import Telling
from sightline.journeys.register_people import NewPerson


@dataclass
class LongTelling(Telling):
    """The same verbs. `homes` are the addresses that were told of each."""

    homes: dict[str, str] = field(default_factory=dict)
    _registered: set[UUID] = field(default_factory=set)

    def _new(self, kind: str, name: str, *, birth: str, birth_date: date | None, sex: str) -> NewPerson:
        known = self.people.get(name)
        made = super()._new(kind, name, birth=birth, birth_date=birth_date, sex=sex)
        if known is None:
            return made
        self.people[name] = known
        self.children.discard(made.id)
        return replace(made, id=known)

    def take(self, title: str, *, known: Sequence[str] = (), new: Sequence[NewPerson] = (), **told: Any) -> UUID:
        """Somebody gets in touch; who is registered already is looked up instead."""
        names = {key: name for name, key in self.people.items()}
        met = [names[one.id] for one in new if one.id in self._registered]
        brought = [one for one in new if one.id not in self._registered]
        self._registered |= {one.id for one in brought}
        return super().take(title, known=[*known, *met], new=brought, **told)

    def home(self, names: Iterable[str], lines: str, postcode: str, *, by: str, at: datetime, **facts: object) -> None:
        """Where these people live; one who lives there already has not moved."""
        moved = [name for name in names if self.homes.get(name) != lines]
        self.homes |= dict.fromkeys(moved, lines)
        super().home(moved, lines, postcode, by=by, at=at, **facts)

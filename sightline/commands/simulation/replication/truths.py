"""What is true of a copy's people: as of those who were played, under their own names and keys."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sightline.commands.simulation.place.faults import Told
from sightline.commands.simulation.replication.change import Change
from sightline.commands.simulation.truth import Registered, Truth


def tell(truth: Truth, played: tuple[Registered, ...], change: Change) -> None:
    """Add a copy's people; `played` is what was true before any copy."""
    for row in played:
        change.enter([str(row.key)])
        key = UUID(change.key(str(row.key)))
        truth.add(
            Registered(f"{row.ref} {change.copy}", key, _told(row.told, change), _told(row.true, change), row.faults)
        )


def _told(told: Told, change: Change) -> Told:
    born = date.fromisoformat(change.born(told.born.isoformat())) if told.born else None
    return replace(
        told, given=change.name(told.given), family=change.name(told.family), born=born,
        nhs=change.identifiers.get(told.nhs, ""), upn=change.identifiers.get(told.upn, ""),
        described=change.words(told.described),
    )  # fmt: skip

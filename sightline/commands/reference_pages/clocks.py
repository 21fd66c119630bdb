"""Every clock of the shipped packs: what begins it, how long it runs, what ends it, and where it comes from."""

from datetime import date

from sightline.commands.reference_pages.practice_pack import packs, table
from sightline.practice.spec import Basis, Pack, Timescale

HEAD = """\
# Clocks

No due date is typed. Each is worked out from an event by one of these rules, as it stood on the day,
and worked out again when an event is recorded late. A clock stops when its work ends; what was due
stays due, and being late asks for its reason. An authority may change a rule from a day on, but not
the law's. *Not confirmed* marks what has yet to be checked against its source. Written by `./run reference`.
"""
COLUMNS = ("Clock", "Begins with", "Runs for", "Ends with", "Kind", "Source", "In force")


def page() -> str:
    return "\n".join([HEAD, *(line for pack in packs() for line in _pack(pack))])


def _pack(pack: Pack) -> list[str]:
    return [*table(str(pack.title), COLUMNS, map(_clock, pack.timescales), level=2), ""]


def _clock(clock: Timescale) -> tuple[str, ...]:
    named = f"{clock.label} (`{clock.key}`)"
    return named, str(clock.starts), _length(clock), str(clock.stops), *_source(clock.basis), _in_force(clock.basis)


def _length(clock: Timescale) -> str:
    if clock.unit == "at once":
        return clock.unit
    unit = clock.unit.removesuffix("s") if clock.length == 1 else clock.unit
    return f"{clock.length} {unit}, {clock.by}"


def _source(basis: Basis) -> tuple[str, str]:
    return basis.kind, f"{basis.citation}{'' if basis.confirmed else ' (not confirmed)'}"


def _in_force(basis: Basis) -> str:
    until = f", until {_day(basis.effective.ends)}" if basis.effective.ends else ""
    return f"from {_day(basis.effective.begins)}{until}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

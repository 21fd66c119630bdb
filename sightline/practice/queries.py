"""Reading the packs. The only reader that other rooms use.

A page or an operation asks for its pack once and passes it on: each call here costs
one small query, and the parsed pack is kept for the life of the process by its seal.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.practice.models import PublishedPack
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import seal_of
from sightline.practice.spec import Form, Letter, Option, Pack, Pin, Threshold, Timescale

_Row = tuple[str, int, str]


def current_pack(at: datetime) -> Pack:
    """The pack in force in England at ``at``. Refuses a day before the first."""
    return _pack_on(local_day(at))


def get_pack(pin: Pin) -> Pack:
    """The pack that a record was written under."""
    row = _rows().filter(key=pin.pack, version=pin.version).first()
    if row is None:
        raise NotFound(
            f"Version {pin.version} of the practice pack {pin.pack} is not here. "
            "Ask whoever looks after the system to restore it."
        )
    return _parsed(row)


def get_packs(pins: Iterable[Pin]) -> Mapping[Pin, Pack]:
    """Those of these packs that are here, in one query however many are asked for, also when none is."""
    wanted = set(pins)
    rows = {Pin(row[0], row[1]): row for row in _rows()}
    return {pin: _parsed(rows[pin]) for pin in wanted if pin in rows}


def packs_on(days: Iterable[date]) -> Mapping[date, Pack]:
    """The pack in force on each of these days, in one query; the first there was for a day before it."""
    wanted = set(days)
    rows = list(
        _rows().order_by("-effective_from", "-version").values_list("effective_from", "key", "version", "sealed")
    )
    if not rows:
        return {}
    found = {day: next((row for row in rows if row[0] <= day), rows[-1]) for day in wanted}
    return {day: _parsed((row[1], row[2], row[3])) for day, row in found.items()}


def get_form(key: str, version: int, *, pack: str = "england-2023") -> Form:
    """The form of that key as that version of the pack has it."""
    return get_pack(Pin(pack, version)).form(key)


def get_timescale(key: str, on: date) -> Timescale:
    """The timescale of that key in force on that day."""
    return _pack_on(on).timescale(key, on)


def get_threshold(key: str, on: date) -> Threshold:
    """The threshold of that key in force on that day."""
    return _pack_on(on).threshold(key, on)


def list_options(form: str, question: str, *, at: datetime) -> tuple[Option, ...]:
    """The options of a question of the form now in force, in the pack's order."""
    return current_pack(at).form(form).question(question).options


def letter(key: str, *, at: datetime) -> Letter:
    """The letter of that key now in force."""
    return current_pack(at).letter(key)


def _rows() -> Any:
    return PublishedPack.objects.values_list("key", "version", "sealed")


def _pack_on(day: date) -> Pack:
    row = _rows().filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    if row is None:
        raise NotFound(
            f"No practice pack is in force on {day_words(day)}. Check the date; if it is "
            "right, ask whoever looks after the system to publish one for that time."
        )
    return _parsed(row)


def _parsed(row: _Row) -> Pack:
    return _by_seal(*row)


@lru_cache(maxsize=32)
def _by_seal(key: str, version: int, sealed: str) -> Pack:
    spec = PublishedPack.objects.values_list("spec", flat=True).get(key=key, version=version)
    if seal_of(spec) != sealed:
        raise Refusal(
            f"The sealed copy of {key} version {version} has been changed since it was "
            "published and is not used. Ask whoever looks after the system to restore it."
        )
    return parse_pack(spec, version=version)

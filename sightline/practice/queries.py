"""Reading the packs. The only reader that other rooms use.

The parsed pack is kept for the life of the process by its seal. Which packs there are is asked once
in an act or a request, by one small query.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.remembering import asked_once
from sightline.practice.models import ProposedPack, PublishedPack
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import seal_of
from sightline.practice.spec import Letter, Pack, Pin, Threshold, Timescale

_Row = tuple[str, int, str]
_IS_SHIPPED = ExpressionWrapper(Q(base_key=""), output_field=BooleanField())
# An authority's overlay before what comes with the product, the latest to start before the rest,
# and of two that start on one day the last that was published.
_IN_FORCE_FIRST = (_IS_SHIPPED.asc(), "-effective_from", "-published_at", "-version")

_previewed: ContextVar[Pack | None] = ContextVar("previewed", default=None)


@contextmanager
def previewing(pack: Pack) -> Iterator[None]:
    """Within it, and in this context alone, that pack is in force on every day. Nothing is saved.

    For showing what has not been published. Whoever writes anything within it pins what is not
    there, so the page that is shown is asked for and never sent.
    """
    token = _previewed.set(pack)
    try:
        yield
    finally:
        _previewed.reset(token)


def current_pack(at: datetime) -> Pack:
    """The pack in force at ``at``: the overlay that started last, else what comes with the product.

    Refuses a day before the first.
    """
    return _pack_on(local_day(at))


def current_pack_on(day: date) -> Pack:
    """The pack in force on that day, also one that is still to come. Refuses a day before the first."""
    return _pack_on(day)


def get_pack(pin: Pin) -> Pack:
    """The pack that a record was written under."""
    previewed = _previewed.get()
    if previewed is not None and previewed.pin == pin:
        return previewed
    row = next((row for _, row in _in_force_first() if row[:2] == (pin.pack, pin.version)), None)
    if row is None:
        raise NotFound(
            f"Version {pin.version} of the practice pack {pin.pack} is not here. "
            "Ask whoever looks after the system to restore it."
        )
    return _parsed(row)


def get_packs(pins: Iterable[Pin]) -> Mapping[Pin, Pack]:
    """Those of these packs that are here, in one query however many are asked for, also when none is."""
    wanted = set(pins)
    rows = {Pin(row[0], row[1]): row for _, row in _in_force_first()}
    return {pin: _parsed(rows[pin]) for pin in wanted if pin in rows}


def packs_on(days: Iterable[date]) -> Mapping[date, Pack]:
    """The pack in force on each of these days, in one query; the first there was for a day before it."""
    wanted = set(days)
    rows = _in_force_first()
    if not rows:
        return {}
    found = {day: next((row for begins, row in rows if begins <= day), rows[-1][1]) for day in wanted}
    return {day: _parsed(row) for day, row in found.items()}


def get_timescale(key: str, on: date) -> Timescale:
    """The timescale of that key in force on that day."""
    return _pack_on(on).timescale(key, on)


def get_threshold(key: str, on: date) -> Threshold:
    """The threshold of that key in force on that day."""
    return _pack_on(on).threshold(key, on)


def letter(key: str, *, at: datetime) -> Letter:
    """The letter of that key now in force."""
    return current_pack(at).letter(key)


@dataclass(frozen=True)
class Base:
    """The last sealed copy of a pack that comes with the product, and what it says."""

    key: str
    version: int
    values: Mapping[str, Any]


def get_base(key: str) -> Base:
    """That on which an overlay stands. Refuses a key that is no pack which comes with the product."""
    shipped = PublishedPack.objects.filter(base_key="")
    row = shipped.filter(key=key).order_by("-version").first()
    if row is None:
        there = ", ".join(sorted(set(shipped.values_list("key", flat=True))))
        raise Refusal(f"There is no pack “{key}” to stand on. Choose from: {there}.")
    return Base(row.key, row.version, row.spec)


@dataclass(frozen=True)
class Published:
    """One sealed copy, as lists of them show it. ``base`` is None for what comes with the product."""

    pin: Pin
    title: str
    effective_from: date
    published_at: datetime
    published_by: UUID | None
    proposed_by: UUID | None
    base: Pin | None


def list_published() -> list[Published]:
    """Every sealed copy, the one that was published last first."""
    return [_published(row) for row in PublishedPack.objects.order_by("-published_at", "-key", "-version")]


def list_overlays() -> list[Pack]:
    """Every overlay that was ever published, as it was sealed, the first one first."""
    rows = PublishedPack.objects.exclude(base_key="").order_by("published_at", "version")
    return [_parsed(row) for row in rows.values_list("key", "version", "sealed")]


def get_in_force(on: date) -> Published | None:
    """The sealed copy that is in force on that day; None before the first."""
    row = PublishedPack.objects.filter(effective_from__lte=on).order_by(*_IN_FORCE_FIRST).first()
    return _published(row) if row else None


def has_base_moved_on(published: Published) -> bool:
    """Whether a newer copy of an overlay's base has been sealed since, which the overlay does not have."""
    if published.base is None:
        return False
    newer = PublishedPack.objects.filter(base_key="", key=published.base.pack, version__gt=published.base.version)
    return newer.exists()


def list_left_behind(on: date) -> list[Pin]:
    """The overlays in force on that day or later that stand on an older copy of their base, as they start."""
    newest = dict(PublishedPack.objects.filter(base_key="").order_by("version").values_list("key", "version"))
    # Of those that start on one day the last that was published comes last, and so is the one that is kept.
    overlays = PublishedPack.objects.exclude(base_key="").order_by("effective_from", "published_at", "version")
    starting = {row.effective_from: row for row in overlays.defer("spec", "source", "overlay")}
    begun = [day for day in starting if day <= on][-1:]
    rows = [starting[day] for day in (*begun, *(day for day in starting if day > on))]
    return [Pin(row.key, row.version) for row in rows if row.base_version != newest.get(row.base_key)]


def last_overlay_start() -> date | None:
    """The day from which the latest of the published overlays is in force; None where there is none."""
    overlays = PublishedPack.objects.exclude(base_key="").order_by("-effective_from")
    return overlays.values_list("effective_from", flat=True).first()


def list_waiting() -> list[ProposedPack]:
    """What was proposed and is neither published nor withdrawn, the oldest first."""
    return list(ProposedPack.objects.filter(decided_at=None).order_by("proposed_at"))


def get_waiting(key: str) -> ProposedPack:
    """The proposal of that key that waits to be published. Refuses a key of which none waits."""
    found = ProposedPack.objects.filter(key=key, decided_at=None).first()
    if found is None:
        raise NotFound(f"Nothing with the key {key} waits to be published. `./run practice list` shows what waits.")
    return found


def _published(row: PublishedPack) -> Published:
    pin = Pin(row.key, row.version)
    base = Pin(row.base_key, row.base_version) if row.base_version else None
    title = str(_parsed((row.key, row.version, row.sealed)).title)
    return Published(pin, title, row.effective_from, row.published_at, row.published_by, row.proposed_by, base)


@asked_once
def _in_force_first() -> list[tuple[date, _Row]]:
    """Every pack with the day from which it may be in force; the first whose day has come is."""
    rows = PublishedPack.objects.order_by(*_IN_FORCE_FIRST).values_list("effective_from", "key", "version", "sealed")
    return [(begins, (key, version, sealed)) for begins, key, version, sealed in rows]


def _pack_on(day: date) -> Pack:
    previewed = _previewed.get()
    if previewed is not None:
        return previewed
    row = next((row for begins, row in _in_force_first() if begins <= day), None)
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

"""An overlay's file on its base: what they say together, judged as a whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sightline.practice.changes import Change
from sightline.practice.overlay import apply_overlay
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, SHIPPED, read_source, read_toml, seal_of
from sightline.practice.spec import Pack
from sightline.practice.tables import Fault, PackRefused

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Overlaid:
    """Base and overlay together. ``pack`` has no version until it is published."""

    base_key: str
    overlay: Values
    values: Values
    pack: Pack
    source: str

    @property
    def seal(self) -> str:
        """SHA-256 of what they say together, in hexadecimal."""
        return seal_of(self.values)


def overlaid(source: str, where: str, *, base: Callable[[str], Values]) -> Overlaid:
    """What the overlay of that text makes of its base. Raises `PackRefused` with every fault that can be found.

    ``base`` gives what the base of that key says. Refuses an overlay that takes the key of a pack
    which comes with the product: records would then not say under which of the two they were written.
    """
    overlay = read_toml(source, where)
    head = overlay.get("overlay")
    named = head.get("base") if isinstance(head, Mapping) else None
    if not isinstance(named, str):
        mend = 'Begin the file with [overlay], and under it base = "england-2023"'
        raise PackRefused(Fault(where, "it does not say on which pack it stands", mend))
    values = apply_overlay(base(named), overlay)
    pack = parse_pack(values)
    if pack.key in SHIPPED:
        mend = "Give the overlay a key of its own, such as the authority's name and the year"
        raise PackRefused(Fault(where, f"“{pack.key}” is the key of a pack that comes with the product", mend))
    return Overlaid(named, overlay, values, pack, source)


def shipped_base(key: str) -> Values:
    """What the pack of that key says as it comes with the product. Refuses one that does not come with it."""
    if key not in SHIPPED:
        raise PackRefused(Fault("overlay, base", f"there is no pack “{key}”", f"Choose from: {', '.join(SHIPPED)}"))
    return read_source(PACKS / key).values


def breaking(changes: Iterable[Change]) -> list[Fault]:
    """Those of the changes that no overlay may make, each with what to do instead."""
    mend = "Leave what is there as it is, and give what is new a key of its own"
    return [Fault(one.where, f"it would break “{one.before}”", mend) for one in changes if one.kind == "breaks"]

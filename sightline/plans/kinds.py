"""What the practice calls the law's kinds of plan, who may lead them, and which two are one plan."""

from collections.abc import Iterable

from sightline.plans.models import Plan
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP
from sightline.practice.spec import Pack

BY_LAW = {EARLY_HELP: "help early", CHILD_IN_NEED: "help as a child in need"}
"""What the help of a plan is in law, however the practice calls the plan."""


def title_of(pack: Pack | None, kind: str) -> str:
    """What a pack calls a plan of that kind; the law's own word where there was no pack."""
    return str(pack.plan_kind(kind).title) if pack else str(Plan.Kind(kind).label)


def one_with(pack: Pack | None, kind: str) -> str:
    """The kind with which this kind is one plan, or nothing."""
    return pack.plan_kind(kind).one_with if pack else ""


def led_by_anyone(pack: Pack | None, kind: str) -> bool:
    """Whether the practice leaves open who leads, of whichever profession and agency."""
    return pack is None or pack.plan_kind(kind).lead == "anyone"


def kind_now(begun_as: str, places: Iterable[str]) -> str:
    """Of which kind a plan is by the places of those on it: of a child in need as soon as one of them is."""
    kinds = set(places)
    if begun_as not in BY_LAW or not kinds:
        return begun_as
    return CHILD_IN_NEED if CHILD_IN_NEED in kinds else EARLY_HELP


def told_apart(pack: Pack, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Kinds to choose among, each by its title; with what it is in law where two have one title."""
    titles = {kind: title_of(pack, kind) for kind in kinds}
    several = len(set(titles.values())) < len(titles)
    return [(kind, f"{title}: {BY_LAW[kind]}" if several else title) for kind, title in titles.items()]

"""By when a next conference and a first core group are held: worked out by rule from what was decided, never typed."""

from collections.abc import Iterable
from datetime import date

from sightline.conferences.holding_rules import GOES_ON, PLAN
from sightline.kernel.london import local_day
from sightline.plans.rules import due_after
from sightline.practice.rules import rule_on
from sightline.practice.spec import Pack

REVIEWS = {PLAN: "review.protection.first", GOES_ON: "review.protection.next"}
FIRST_CORE_GROUP = "core_group.first"


def next_conference_by(decisions: Iterable[str], held_on: date, pack: Pack) -> date | None:
    """The day by which the next conference is held, by the rule in force on the day of this one; None without a plan.

    Three months from the day on which a plan begins, six from a review at which it goes on; with both, the sooner
    (Working Together 2023, chapter 3).
    """
    keys = [REVIEWS[one] for one in dict.fromkeys(decisions) if one in REVIEWS]
    return min((day for key in keys if (day := _due(key, held_on, pack)) is not None), default=None)


def core_group_by(decisions: Iterable[str], held_on: date, pack: Pack) -> date | None:
    """The day by which the first core group of a plan that begins is held; None where none begins."""
    return _due(FIRST_CORE_GROUP, held_on, pack) if PLAN in set(decisions) else None


def _due(key: str, held_on: date, pack: Pack) -> date | None:
    rule = rule_on(pack, key, held_on)
    return local_day(due_after(rule, held_on).due_at) if rule else None

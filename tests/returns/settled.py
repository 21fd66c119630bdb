"""Where our judge and csc-validator-be-cin differ: whose reading stands, why, and which places that explains.

`text` is the rule's own, from the published table of rules (Crown copyright, Open Government Licence v3.0).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sightline.returns.cin import Census

Side = Literal["ours", "theirs"]
SHOWN_OTHERWISE = "shown otherwise"


class Only(NamedTuple):
    """What one judge found and the other did not."""

    side: Side
    place: Any
    census: Census

    @property
    def day(self) -> date:
        """The day that stands there."""
        return date.fromisoformat(self.place.found)


Explains = Callable[[Only], bool]


@dataclass(frozen=True)
class Settled:
    """A rule's difference: `verdict` is "theirs" where the other judge is wrong, SHOWN_OTHERWISE where both
    find the same children and name other places of them. `explains` holds for each place that it explains."""

    text: str
    verdict: str
    why: str
    explains: Explains


def _their_first_day(census: Census) -> date:
    return census.end.replace(year=census.end.year - 1) + timedelta(days=1)


def _in_the_months_between(one: Only) -> bool:
    return one.side == "theirs" and one.census.start <= one.day < _their_first_day(one.census)


def _only(wanted: str, element: str) -> Explains:
    return lambda one: wanted in (one.side, "either") and one.place.element == element


_START = (
    "The validator counts the census year back from the file's reference date. This sample's is 21 July 2022, so it"
    " leaves out 1 April to 21 July 2021, which belong to the census year that the file is of (Year 2022). We begin at"
    " 1 April whatever the reference date, and rule 100 says that the reference date is wrong."
)

SETTLED = {
    "2887Q": Settled(
        "Please check and either amend or provide a reason: Less than 8 disability codes have been used in your return",
        "theirs",
        "The file uses twelve different codes beside NONE. The validator keeps only the rows that are NONE, counts"
        " those (six) and finds fewer than eight; its own remark beside the rule says that NONE is to be left out.",
        lambda one: one.side == "theirs" and not one.place.child,
    ),
    "4180": Settled(
        "Sex must be provided and equal M, F, or U (ERROR)",
        "theirs",
        "The file is of 2022, when the census asked for GenderCurrent; every child has one. The validator asks"
        " what 2025 began to ask, whatever the file's year. Each year's names and codes are in `years.toml`.",
        lambda one: one.side == "theirs" and one.census.year.sex_element != "Sex",
    ),
    "8555Q": Settled(
        "Child cannot be referred after its recorded date of death (QUERY)",
        SHOWN_OTHERWISE,
        "The same children. The validator names the referral and the date of death; we name the referral.",
        _only("theirs", "PersonDeathDate"),
    ),
    "8569Q": Settled(
        "A case with referral date before one working day prior to the collection start date must not be flagged as a"
        " no further action case (QUERY)",
        "theirs",
        _START,
        _in_the_months_between,
    ),
    "8585Q": Settled(
        "CIN episode shows Died as the Closure Reason, however child has no recorded Date of Death (QUERY)",
        SHOWN_OTHERWISE,
        "The same children. The validator names the reason and the date of death that is missing; we name the reason.",
        _only("theirs", "PersonDeathDate"),
    ),
    "8620": Settled(
        "CIN Closure Date present and does not fall within the Census year (ERROR)",
        "theirs",
        _START,
        _in_the_months_between,
    ),
    "8715": Settled(
        "Date of Initial Child Protection Conference must fall within the census year (ERROR)",
        "theirs",
        "DateOfInitialCPC stands on an enquiry or, where there was none, on the episode: one item of the census in two"
        " places. The validator reads it on enquiries only, and this file has no enquiry at all.",
        lambda one: one.side == "ours" and not one.census.start <= one.day <= one.census.end,
    ),
    "8790": Settled(
        "Disability information includes both None and other values (ERROR)",
        SHOWN_OTHERWISE,
        "The same children. The validator names every disability of such a child; we name NONE, or one of two.",
        _only("either", "Disability"),
    ),
    "8794": Settled(
        "Child has two or more disabilities with the same code (ERROR)",
        SHOWN_OTHERWISE,
        "The same children. The validator names both; we name the one that stands there again.",
        _only("theirs", "Disability"),
    ),
    "8875": Settled(
        "The Date of Initial Child Protection Conference cannot be a weekend (ERROR)",
        "theirs",
        "As 8715: the validator does not read the conferences that stand on the episode.",
        lambda one: one.side == "ours" and one.day.weekday() >= 5,
    ),
}

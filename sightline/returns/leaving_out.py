"""What a census file leaves out of what the record holds, and why, in words. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

BEFORE_YEAR, NO_EPISODE, EPISODE_OVER, STOPPED, NO_DAY, ONE_CONFERENCE, NOT_EXACT, NOT_ASKED, NOT_SAID = (
    "before_year", "no_episode", "episode_over", "stopped", "no_day", "one_conference", "not_exact", "not_asked",
    "not_said",
)  # fmt: skip

WHY = {
    BEFORE_YEAR: "It was over before the census year began, so it belongs to an earlier census.",
    NO_EPISODE: (
        "No episode was open on the day on which it began, and the census has no other place for it. "
        "Check that day and the day of the referral."
    ),
    EPISODE_OVER: (
        "The episode in which it began closed before the census year. "
        "If it goes on, an episode should be open; if it is over, record when it ended."
    ),
    STOPPED: "It was stopped before anybody signed it, so there is no assessment to count.",
    NO_DAY: "It began and ended on one day, so it stood on none. Nothing need be done.",
    ONE_CONFERENCE: (
        "The census has room for one initial conference without an enquiry in an episode, and the latest is written."
    ),
    NOT_EXACT: (
        "Only the year of birth or an age is known, and the census asks for a day. "
        "Record the date of birth when it is known."
    ),
    NOT_ASKED: "The census of this year does not ask for it.",
    NOT_SAID: (
        "Nobody has said it yet, and the file must say something: it is written as not yet obtained (NOBT). "
        "Ask the child or the family once, and record it on the page about the child."
    ),
}
"""Each reason, as whoever makes the return reads it, with what to do where anything is to be done."""

EPISODE, ASSESSMENT, CHILD_IN_NEED, PROTECTION, ENQUIRY, CONFERENCE, PRE_PROCEEDINGS, BIRTH, ETHNICITY = (
    "episode", "assessment", "child_in_need", "protection", "enquiry", "conference", "pre_proceedings", "birth",
    "ethnicity",
)  # fmt: skip

MODULES = {
    EPISODE: ("episode", "episodes"),
    ASSESSMENT: ("assessment", "assessments"),
    CHILD_IN_NEED: ("child in need plan", "child in need plans"),
    PROTECTION: ("child protection plan", "child protection plans"),
    ENQUIRY: ("section 47 enquiry", "section 47 enquiries"),
    CONFERENCE: ("initial conference without an enquiry", "initial conferences without an enquiry"),
    PRE_PROCEEDINGS: ("time of pre-proceedings", "times of pre-proceedings"),
    BIRTH: ("date of birth", "dates of birth"),
    ETHNICITY: ("ethnicity", "ethnicities"),
}
"""One and several of each kind of fact, in words."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One fact of one child that the file does not carry: of `MODULES`, why by `WHY`, and the day it began."""

    module: str
    why: str
    began_on: date | None = None


def counted_line(module: str, why: str, number: int) -> str:
    """How many of one kind are left out for one reason."""
    one, several = MODULES[module]
    return f"{number:,} {one if number == 1 else several}: {WHY[why]}"


def in_order(counts: Mapping[tuple[str, str], int]) -> Iterable[tuple[str, str]]:
    """What is left out, in one order: by kind of fact, then what needs somebody first."""
    modules, whys = list(MODULES), [*(why for why in WHY if why != BEFORE_YEAR), BEFORE_YEAR]
    return sorted(counts, key=lambda pair: (whys.index(pair[1]) == len(whys) - 1, modules.index(pair[0]), pair[1]))

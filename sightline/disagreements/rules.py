"""What a disagreement may become, who settles it at each stage, and by when. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.kernel.errors import Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.reading import day_words
from sightline.practice.rules import due_from
from sightline.practice.spec import Timescale

SIDES = 2
LONGEST_NAME = 200
LONGEST_ABOUT = 300

SETTLES = {
    1: "the two of them",
    2: "their managers",
    3: "heads of service",
    4: "the safeguarding partners",
}
"""Who settles it at each stage (the area's procedure for resolving professional disagreement)."""

STATES = {
    "stage_1": "Between the two of them",
    "stage_2": "With their managers",
    "stage_3": "With heads of service",
    "stage_4": "With the safeguarding partners",
    "resolved": "Resolved",
}
_WORKER = "whoever records on the child's record"
MOVES = {
    "stage_1": {
        "add_side": ("stage_1", _WORKER),
        "add_safety": ("stage_1", _WORKER),
        "escalate": ("stage_2", _WORKER),
        "resolve": ("resolved", _WORKER),
    },
    "stage_2": {
        "add_side": ("stage_2", _WORKER),
        "add_safety": ("stage_2", _WORKER),
        "escalate": ("stage_3", _WORKER),
        "resolve": ("resolved", _WORKER),
    },
    "stage_3": {
        "add_side": ("stage_3", _WORKER),
        "add_safety": ("stage_3", _WORKER),
        "escalate": ("stage_4", _WORKER),
        "resolve": ("resolved", _WORKER),
    },
    "stage_4": {
        "add_side": ("stage_4", _WORKER),
        "add_safety": ("stage_4", _WORKER),
        "resolve": ("resolved", _WORKER),
    },
    "resolved": {"add_side": ("resolved", _WORKER)},
}
"""For each state: which act leads where, and who may do it. A side may still add its words once it is over."""


@dataclass(frozen=True)
class SideGiven:
    """One side: a post at an agency or a post of ours, whoever stands in it by name, and what they say in their words.

    Somebody in no post that is known has a name alone. `words` may be empty: they may say it later.
    """

    name: str = ""
    words: str = ""
    agency_post: UUID | None = None
    post: UUID | None = None


def state_of(*, stage: int, resolved: bool) -> str:
    """Where a disagreement stands."""
    return "resolved" if resolved else f"stage_{stage}"


def refuse_move(state: str, act: str) -> None:
    """Refuse what cannot follow, and say what can be done instead."""
    if act in MOVES[state]:
        return
    if state == "resolved":
        raise Refusal("This disagreement is resolved. If they disagree again, raise it anew.")
    raise Refusal("Nobody stands above the safeguarding partners. Record how they resolved it.")


def key_of(stage: int) -> str:
    """The key of the pack's rule for a stage."""
    return f"disagreement.stage_{stage}"


def began_of(raised_on: date, at: datetime) -> datetime:
    """From when the first stage counts: from now, or from the end of an earlier day on which it was raised."""
    return at if raised_on == local_day(at) else end_of_day(raised_on)


def due_of(rule: Timescale, began_at: datetime) -> datetime:
    """By when a stage is to be over."""
    return due_from(rule, began_at)


def worth_recording(sides: tuple[SideGiven, ...]) -> None:
    """Refuse what is not between two, and one of which neither has said a word."""
    if len(sides) != SIDES:
        raise Refusal("A disagreement is between two. Say who does not agree, and with whom.", field="side")
    for side in sides:
        refuse_nameless(side)
    if (sides[0].name, sides[0].agency_post, sides[0].post) == (sides[1].name, sides[1].agency_post, sides[1].post):
        raise Refusal("Nobody disagrees with themselves. Say with whom they do not agree.", field="with_whom")
    if not any(side.words.strip() for side in sides):
        raise Refusal("Write what they say, in their own words. The other side can add theirs later.", field="words")


def refuse_nameless(side: SideGiven) -> None:
    """Refuse a side of which nobody could say who it is."""
    if not side.name.strip() and side.agency_post is None and side.post is None:
        raise Refusal("Say who it is that does not agree, by name or by their post.", field="name")
    if len(side.name.strip()) > LONGEST_NAME:
        raise Refusal(f"Give the name in up to {LONGEST_NAME} characters.", field="name")


def refuse_days(raised_on: date, resolved_on: date | None, *, at: datetime) -> None:
    """Refuse a day that has not come, and an end before the beginning. Nothing is refused for being late."""
    today = local_day(at)
    if raised_on > today:
        raise Refusal("That has not happened yet. Check the date.", field="raised_on")
    if resolved_on is None:
        return
    if resolved_on > today:
        raise Refusal("That has not happened yet. Check the date.", field="resolved_on")
    if resolved_on < raised_on:
        raise Refusal(
            f"It was raised on {day_words(raised_on)}, and cannot have been resolved before that. Check the two dates.",
            field="resolved_on",
        )


def refuse_blank(words: str, sentence: str, *, field: str) -> str:
    """The words without the space around them; refuses when there are none."""
    kept = words.strip()
    if not kept:
        raise Refusal(sentence, field=field)
    return kept

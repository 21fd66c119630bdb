"""Where a meeting and each of its invitees stand, and what may be told to whom. Pure: no database, no clock.

What a conference needs to go ahead, and who may have which paragraph of it, is in `holding_rules`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sightline.kernel.errors import Refusal
from sightline.kernel.london import local, local_day
from sightline.kernel.reading import day_words

LONGEST_NAME = 120
LONGEST_REASON = 500
LONGEST_LEFT_OUT = 300

WORKER, CHAIR, NOBODY = "whoever convenes", "a conference chair", "nobody: it is sent"

STATES = {
    "confirmed": "Confirmed, and not told yet",
    "waits": "Waits for the chair: nothing is sent",
    "told": "Told when and where",
    "excluded": "Kept out by the chair",
    "left_out": "Not invited",
}
MOVES = {
    "confirmed": {
        "invite": ("told", WORKER),
        "confirm_invitee": ("waits", WORKER),
        "exclude": ("excluded", CHAIR),
        "leave_out": ("left_out", WORKER),
    },
    "waits": {
        "allow": ("confirmed", CHAIR),
        "exclude": ("excluded", CHAIR),
        "confirm_invitee": ("confirmed", WORKER),
        "leave_out": ("left_out", WORKER),
    },
    "told": {"move": ("confirmed", WORKER), "exclude": ("excluded", CHAIR), "confirm_invitee": ("waits", WORKER)},
    "excluded": {"allow": ("confirmed", CHAIR)},
    "left_out": {"confirm_invitee": ("confirmed", WORKER)},
}
"""For each state of an invitee: which act leads where, and who may do it. Whoever is kept out can still give a view."""


@dataclass(frozen=True)
class Standing:
    """What is known of one invitee that decides what they may be told. `sitting_from` is since when it is at that time.

    `family` is everybody who is neither at an agency nor in a post of ours.
    """

    family: bool
    confirmed_at: datetime | None
    left_out: bool = False
    safe_to_tell: str = ""
    waits_for_chair: bool = False
    allowed_at: datetime | None = None
    excluded_at: datetime | None = None
    told_at: datetime | None = None
    sitting_from: datetime | None = None

    @property
    def excluded(self) -> bool:
        """Kept out by the chair, and not let in again since."""
        return self.excluded_at is not None and (self.allowed_at is None or self.allowed_at < self.excluded_at)

    @property
    def waits(self) -> bool:
        """Nothing goes to them until the chair has decided."""
        return self.waits_for_chair and self.allowed_at is None and self.excluded_at is None

    @property
    def may_be_told(self) -> bool:
        """Whether anybody may tell them when and where."""
        if self.confirmed_at is None or self.left_out or self.excluded or self.waits:
            return False
        return not self.family or self.safe_to_tell == "yes" or self.allowed_at is not None

    @property
    def told(self) -> bool:
        """Told of the time and the place that hold now."""
        return self.told_at is not None and (self.sitting_from is None or self.told_at >= self.sitting_from)

    @property
    def to_tell_again(self) -> bool:
        """Told of a time or a place that has been changed since, and not of the one that holds now."""
        return self.told_at is not None and not self.told and self.may_be_told

    @property
    def state(self) -> str:
        """A key of `STATES`. The first that holds, in this order."""
        in_order = (
            (self.excluded, "excluded"),
            (self.left_out or self.confirmed_at is None, "left_out"),
            (not self.may_be_told, "waits"),
            (self.told, "told"),
            (True, "confirmed"),
        )
        return next(key for holds, key in in_order if holds)


def when_words(starts_at: datetime) -> str:
    """ "10:00 on Tuesday 8 December 2026"."""
    there = local(starts_at)
    return f"{there:%H:%M} on {there:%A} {day_words(there.date())}"


def where_words(place: str, how: str) -> str:
    """The place, and whether one may come by video."""
    if how == "video":
        return f"By video. {place}".strip()
    return f"{place}, or by video" if how == "both" and place else place


def says_when_or_where(text: str, *, starts_at: datetime, place: str) -> bool:
    """Whether words give away the day, the hour or the place of a meeting, however they are written.

    Of a place its own words count (a number, a name), and not "room" or "the".
    """
    said = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    forms = [*_day_forms(local_day(starts_at)), *_clock_forms(starts_at), *_place_forms(place)]
    return any(f" {form} " in said for form in forms)


def _day_forms(day: date) -> list[str]:
    month, short = f"{day:%B}".lower(), f"{day:%b}".lower()
    ordinal = f"{day.day}{_ordinal(day.day)}"
    forms = [f"{number} {name}" for number in (str(day.day), f"{day.day:02}", ordinal) for name in (month, short)]
    forms += [f"{number} of {month}" for number in (str(day.day), ordinal)]
    forms += [f"{name} {number}" for number in (str(day.day), ordinal) for name in (month, short)]
    numbers = [f"{day.day} {day.month}", f"{day.day:02} {day.month:02}"]
    return [*forms, *numbers, f"{day:%Y} {day:%m} {day:%d}", f"{day:%A}".lower(), f"the {ordinal}", ordinal]


def _ordinal(number: int) -> str:
    if 11 <= number <= 13:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _clock_forms(starts_at: datetime) -> list[str]:
    there = local(starts_at)
    hour, half = there.hour % 12 or 12, "am" if there.hour < 12 else "pm"
    forms = [f"{there.hour} {there.minute:02}", f"{there.hour:02} {there.minute:02}", f"{there:%H%M}"]
    forms += [f"{hour} {there.minute:02}", f"{hour} {half}", f"{hour}{half}"]
    forms += [f"{hour} {there.minute:02} {half}", f"{hour} {there.minute:02}{half}", f"at {hour}", f"{hour} o clock"]
    return forms


PLAIN = frozenset(
    {"an", "and", "at", "by", "for", "in", "of", "on", "or", "our", "the", "to", "room", "rooms", "video", "floor"}
)
"""Words of a place that give nothing away."""


def _place_forms(place: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", place.lower())
    return [word for word in words if len(word) > 1 and word not in PLAIN]


def refuse_blank(words: str, sentence: str, *, field: str, longest: int = 0) -> str:
    """The words without the space around them; refuses when there are none, or too many."""
    kept = words.strip()
    if not kept:
        raise Refusal(sentence, field=field)
    if longest and len(kept) > longest:
        raise Refusal(f"Keep this to {longest} characters; the rest goes in a case note.", field=field)
    return kept


def refuse_future(moment: datetime | date, *, at: datetime, field: str) -> None:
    """Refuse what has not happened yet. Nothing is refused for being late."""
    day = moment if not isinstance(moment, datetime) else local_day(moment)
    if day > local_day(at):
        raise Refusal("That has not happened yet. Check the date.", field=field)


def view_standing(present: str, given: str) -> str:
    """What an invitee's view is after another was given: whoever spoke has spoken, whatever they write after."""
    return "spoken" if "spoken" in {present, given} else given

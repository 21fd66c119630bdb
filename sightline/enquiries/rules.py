"""What a discussion, an enquiry and an order may become, and what each asks. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sightline.access.rules import Section
from sightline.kernel.errors import Refusal
from sightline.kernel.london import at_local_time_or_next, local, local_day
from sightline.kernel.reading import day_words
from sightline.kernel.working_days import bank_holiday
from sightline.practice.rules import due_from, rule_on
from sightline.practice.spec import Pack

ENQUIRY, ASSESSMENT = "enquiry", "assessment"
"""What a strategy discussion may decide for a child and something new begins by."""
CONTINUING_RISK = "continuing_risk"
POLICE_PROTECTION, EMERGENCY, EXTENDED = "police_protection", "emergency", "extended"
SOCIAL_CARE, POLICE, HEALTH = "social_care", "police", "health"
NEEDED = (SOCIAL_CARE, POLICE, HEALTH)
"""Who takes part in every strategy discussion (Working Together 2023, chapter 3)."""
SECTION_OF = {HEALTH: Section.HEALTH, POLICE: Section.POLICE}
"""Health's and the police's words are read by fewer people than the rest."""

STRATEGY_CLOCK, MEDICAL_CLOCK, CONFERENCE_CLOCK, TOLD_CLOCK = (
    "strategy", "medical.held", "conference.initial", "enquiry.told",
)  # fmt: skip
BEFORE_BIRTH = "enquiry.before_birth"
CLOCK_OF = {
    POLICE_PROTECTION: "police_protection",
    EMERGENCY: "emergency_protection",
    EXTENDED: "emergency_protection.extended",
}
"""By which statutory rule each kind of order runs out, nights and weekends counted."""
SUNDAY, NOON = 6, time(12)
LONG_LINE, LINE, NAME = 500, 300, 200

STATES = {
    "asked": "Asked for",
    "held": "Held, and not yet decided",
    "decided": "Decided for every child",
    "open": "A section 47 enquiry goes on",
    "concluded": "Concluded for every child",
    "in_force": "An order is in force",
    "ran_out": "The order's time has run out",
    "ended": "The order ended",
}
ANYBODY, DECIDER, MANAGER = "whoever records", "a registered social worker, emergency duty or a manager", "a manager"
MOVES = {
    "asked": {"record_discussion": ("held", ANYBODY), "open_enquiry": ("open", DECIDER)},
    "held": {"add_shared": ("held", ANYBODY), "decide_for": ("decided", DECIDER)},
    "decided": {"add_shared": ("decided", ANYBODY), "open_enquiry": ("open", DECIDER)},
    "open": {"add_account": ("open", ANYBODY), "conclude": ("concluded", DECIDER)},
    "concluded": {"add_account": ("concluded", ANYBODY), "decide_no_conference": ("concluded", MANAGER)},
    "in_force": {"record_order": ("in_force", ANYBODY), "end_order": ("ended", ANYBODY)},
    "ran_out": {"end_order": ("ended", ANYBODY)},
    "ended": {},
}
"""For each state: which act leads where, and who may do it. What is recorded late moves nothing back."""


@dataclass(frozen=True)
class TookPartGiven:
    """Somebody who was at a strategy discussion, or was asked and was not; `shared` is what they told.

    `agency_kind` is the pack's kind of agency, "social_care" for us. `about` is whom what they shared
    is about, everybody where it is empty. `handling` stays on those words.
    """

    agency_kind: str
    agency_post: UUID | None = None
    post: UUID | None = None
    name: str = ""
    role: str = ""
    there: str = "there"
    because: str = ""
    shared: str = ""
    about: tuple[UUID, ...] = ()
    handling: str = "ordinary"


@dataclass(frozen=True)
class DiscussionHeld:
    """A strategy discussion as it is recorded. Only when it was held is needed; the rest may come later."""

    held_at: datetime
    how: str = ""
    manner: str = ""
    medical: str = ""
    medical_because: str = ""
    safety: str = ""
    alone_because: str = ""
    took_part: tuple[TookPartGiven, ...] = ()


@dataclass(frozen=True)
class DecisionGiven:
    """What is decided for one child: `outcome` is one of `DiscussionChild.Outcome`."""

    child: UUID
    outcome: str
    reasons: str


@dataclass(frozen=True)
class ConclusionGiven:
    """What an enquiry found for one child: `outcome` is one of `EnquiryChild.Outcome`, `media` of `Media`."""

    child: UUID
    outcome: str
    reasons: str
    media: str = ""
    media_because: str = ""
    no_conference_because: str = ""
    concluded_on: date | None = None
    late_because: str = ""


def state_of_discussion(*, held: bool, decided: Iterable[bool]) -> str:
    """Where a discussion stands; `decided` says it of each child."""
    each = list(decided)
    if each and all(each):
        return "decided"
    return "held" if held else "asked"


def state_of_enquiry(*, concluded: Iterable[bool]) -> str:
    """Where an enquiry stands; `concluded` says it of each child."""
    each = list(concluded)
    return "concluded" if each and all(each) else "open"


def state_of_order(*, ended_at: datetime | None, runs_out_at: datetime, at: datetime) -> str:
    """Where an order stands at a moment."""
    if ended_at is not None and ended_at <= at:
        return "ended"
    return "ran_out" if runs_out_at <= at else "in_force"


def absent_of(there: Iterable[str]) -> tuple[str, ...]:
    """Which of the three kinds of agency were not at a discussion; shown, and never a reason to refuse it."""
    present = set(there)
    return tuple(kind for kind in NEEDED if kind not in present)


def who_said(given_name: str, role: str) -> str:
    """ "Priya Shah, detective sergeant": whose words a passage holds, as it is kept beside them."""
    return ", ".join(one.strip() for one in (given_name, role) if one.strip())[:NAME]


def runs_out(pack: Pack, kind: str, began_at: datetime) -> datetime:
    """When the law ends an order of that kind: by the clock, through nights, weekends and holidays."""
    rule = rule_on(pack, CLOCK_OF[kind], local_day(began_at))
    if rule is None:
        raise Refusal("The practice pack does not say how long this lasts. Ask whoever keeps the pack.", field="kind")
    return due_from(rule, began_at)


def longest(kind: str, by_law: datetime) -> datetime:
    """The longest that a court may give: noon of the next ordinary day where an order ends on a Sunday or holiday.

    Children Act 1989, section 45(2). An extension and police protection have no such grace.
    """
    if kind != EMERGENCY or not _holiday(local_day(by_law)):
        return by_law
    day = local_day(by_law)
    while _holiday(day):
        day += timedelta(days=1)
    return at_local_time_or_next(day, NOON)


def _holiday(day: date) -> bool:
    return day.weekday() == SUNDAY or bank_holiday(day) is not None


def refuse_unless_within(kind: str, until: datetime | None, *, began_at: datetime, by_law: datetime) -> None:
    """A court may give less than the law allows, and never more."""
    if until is None:
        return
    if until <= began_at:
        raise Refusal("It runs out before it began. Check the two times.", field="until")
    if until > longest(kind, by_law):
        raise Refusal(
            f"The law ends this by {moment_words(longest(kind, by_law))}. Enter that or an earlier time; "
            "if the court made another order, record it as a new one.",
            field="until",
        )


def moment_words(moment: datetime) -> str:
    """ "14:40 on 3 March 2026", as people in England would say it."""
    return f"{local(moment):%H:%M} on {day_words(local_day(moment))}"


def refuse_blank(words: str, sentence: str, *, field: str) -> str:
    """The words without the space around them; refuses when there are none."""
    kept = words.strip()
    if not kept:
        raise Refusal(sentence, field=field)
    return kept


def refuse_future(moment: datetime, *, at: datetime, field: str) -> None:
    """Refuse a moment that has not come yet; clocks may differ by a few minutes."""
    if moment > at + timedelta(minutes=5):
        raise Refusal("That has not happened yet. Check the date and time.", field=field)


def without_media(media: str, because: str) -> str:
    """What a conclusion says of itself where photographs, body maps and recordings were not seen; else nothing."""
    if media not in {"not_seen", "none"}:
        return ""
    why = f" Because: {because.strip()}" if because.strip() else ""
    there = "there are some, and they were not seen." if media == "not_seen" else "there are none."
    return f"Concluded without photographs, body maps or recordings: {there}{why}"


def listed(names: Sequence[str]) -> str:
    """ "Ayo", "Ayo and Bim", "Ayo, Bim and Chi"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

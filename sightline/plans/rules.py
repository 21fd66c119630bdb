"""What a plan may become, what it asks, and when it is next looked at. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sightline.kernel.errors import Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.reading import day_words
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack, Timescale

EARLY_HELP, CHILD_IN_NEED, PROTECTION = "early_help", "child_in_need", "protection"
NEVER_AT_ONCE = {
    EARLY_HELP: frozenset({EARLY_HELP}),
    CHILD_IN_NEED: frozenset({CHILD_IN_NEED, PROTECTION}),
    PROTECTION: frozenset({CHILD_IN_NEED, PROTECTION}),
}
"""Kinds of plan that one child is never on at once with a plan of this kind."""

REVIEW, CORE_GROUP, CONFERENCE = "review", "core_group", "conference"
EARLIER = "earlier"
"""A review that an earlier system recorded of a plan with which one here goes on."""
MEETINGS = {PROTECTION: frozenset({CORE_GROUP, CONFERENCE})}
"""How a plan of a kind is looked at, where it is not simply reviewed."""

AGREES_FOR_THEMSELVES = 16
"""From this age a young person is asked for their own agreement (Family Law Reform Act 1969, section 8)."""

GROWN_UP = 18
"""From this age nobody is a child, and no child protection plan is about them (Children Act 1989, section 105)."""

LEAST, MOST = 0, 10

STATES = {
    "drawn_up": "Drawn up",
    "agreed": "Agreed",
    "reviewed": "Reviewed",
    "ended": "Ended",
}
WORKER, MANAGER, CHAIR = "whoever plans", "a manager", "a conference chair"
ENDS = {EARLY_HELP: WORKER, CHILD_IN_NEED: MANAGER, PROTECTION: CHAIR}
"""Who may take a child off a plan, by its kind."""
_ENDER = "early help: whoever plans; child in need: a manager; protection: a conference chair"
MOVES = {
    "drawn_up": {
        "make_version": ("agreed", WORKER),
        "hold_review": ("reviewed", WORKER),
        "take_off_plan": ("ended", _ENDER),
        "end_by_law": ("ended", MANAGER),
    },
    "agreed": {
        "make_version": ("agreed", WORKER),
        "hold_review": ("reviewed", WORKER),
        "take_off_plan": ("ended", _ENDER),
        "end_by_law": ("ended", MANAGER),
    },
    "reviewed": {
        "make_version": ("reviewed", WORKER),
        "hold_review": ("reviewed", WORKER),
        "take_off_plan": ("ended", _ENDER),
        "end_by_law": ("ended", MANAGER),
    },
    "ended": {"make_version": ("ended", WORKER), "hold_review": ("ended", WORKER)},
}
"""For each state: which act leads where, and who may do it. What is recorded late moves nothing back.

A protection plan is looked at in core groups and at review conferences, which are both `hold_review`.
"""


@dataclass(frozen=True)
class SignatureGiven:
    """Somebody's signature under a version, or why there is none."""

    name: str
    person: UUID | None = None
    capacity: str = ""
    signed_on: date | None = None
    not_signed_because: str = ""


@dataclass(frozen=True)
class ProgressGiven:
    """How far an outcome (its root) has come, from 0 to 10, or only in words."""

    outcome: UUID
    scale: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Held:
    """A review, a core group or a review conference that was held, and on which day."""

    kind: str
    on: date
    next_on: date | None = None


@dataclass(frozen=True)
class Due:
    """When something is due, by which rule, and from which day that is counted."""

    rule: Timescale
    since_on: date
    due_at: datetime


def state_of(*, on_it: bool, versions: int, reviews: int) -> str:
    """Where a plan stands, from what has been recorded of it."""
    if not on_it:
        return "ended"
    if reviews:
        return "reviewed"
    return "agreed" if versions else "drawn_up"


def due_after(rule: Timescale, since_on: date) -> Due:
    """When what a rule asks is due, counted from a day."""
    return Due(rule, since_on, due_from(rule, end_of_day(since_on)))


def next_due(*, began_on: date, held: Iterable[date], first: Timescale, following: Timescale) -> Due:
    """When a plan is next reviewed: from its latest review, or from its beginning where there is none.

    A review counts on the day on which it was held, however late it was recorded; one that was held
    before the plan began is no review of it.
    """
    latest = max((day for day in held if day >= began_on), default=None)
    return due_after(first, began_on) if latest is None else due_after(following, latest)


def counts(plan_kind: str, held: Iterable[Held]) -> list[date]:
    """The days from which the review of a plan of this kind is counted.

    A protection plan is reviewed by a conference: a core group, however good, moves no review conference
    (Working Together 2023, chapter 3).
    """
    if plan_kind == PROTECTION:
        return [one.on for one in held if one.kind in {CONFERENCE, EARLIER}]
    return [one.on for one in held if one.kind != CORE_GROUP]


def sooner_where_named(due: Due, held: Iterable[Held], *, first_review_on: date | None) -> Due:
    """The same, by the day that a chair named where that is sooner: at its latest conference, else as it began."""
    conferences = [one for one in held if one.kind == CONFERENCE]
    latest = next((one for one in conferences if one.on == due.since_on), None)
    named = latest.next_on if latest else first_review_on if not conferences else None
    return replace(due, due_at=min(due.due_at, end_of_day(named))) if named else due


def core_groups(held: Iterable[Held]) -> list[date]:
    """The days from which core groups are counted.

    A file tells of reviews and of no core group: of a plan that goes on from there, the latest review is where
    the counting begins, until one is held here.
    """
    return [one.on for one in held if one.kind in {CORE_GROUP, EARLIER}]


def earlier_review(held: Iterable[Held]) -> date | None:
    """The latest review that an earlier system recorded of a plan; None of one that began here."""
    return max((one.on for one in held if one.kind == EARLIER), default=None)


def refuse_meeting(plan_kind: str, kind: str) -> None:
    """Refuse a meeting of a kind that a plan of this kind does not have: it would move the wrong clock."""
    if kind in MEETINGS.get(plan_kind, frozenset({REVIEW})):
        return
    if plan_kind == PROTECTION:
        raise Refusal(
            "A child protection plan is looked at in core groups, and reviewed at a conference. Say which this was.",
            field="kind",
        )
    raise Refusal("Core groups and review conferences are of a child protection plan. Record this as a review.",
                  field="kind")  # fmt: skip


def judge_categories(pack: Pack, main: str, others: Iterable[str]) -> tuple[str, list[str]]:
    """The main category and the others, each once, in the order of the pack's list; refuses none and unknown ones."""
    known = [one.code for one in pack.list("protection_category").options]
    also = set(others) - {main, ""}
    if main not in known:
        raise Refusal("Choose the main category: what this child is protected from above all.", field="main")
    if not also <= set(known):
        raise Refusal("Choose the other categories from the list.", field="others")
    return main, [code for code in known if code in also]


def category_words(pack: Pack, main: str, others: Iterable[str] = ()) -> str:
    """`Neglect; also emotional abuse`."""
    labels = {one.code: str(one.label) for one in pack.list("protection_category").options}
    also = [labels.get(code, code).lower() for code in others]
    return f"{labels.get(main, main)}{f'; also {listed(also)}' if also else ''}"


@dataclass(frozen=True)
class BroughtIn:
    """A protection plan as a census file tells it. `earlier` is how many it says there were before."""

    began_on: date | None
    earlier: int = 0


def times_before(since: date, began: Iterable[date], brought_in: Iterable[BroughtIn] = ()) -> int:
    """How many protection plans a child was on before the one that began on `since`.

    Those that are recorded here, and those that a file told of, each day once; where the file counts more
    plans before one of its own than we know of, its count is taken.
    """
    told = list(brought_in)
    known = sorted({day for day in [*began, *(one.began_on for one in told)] if day is not None and day < since})
    found = len(known)
    for one in told:
        begun = one.began_on if one.began_on is not None else since
        if begun <= since:
            found = max(found, one.earlier + len([day for day in known if day >= begun]))
    return found


def ended_by_law(
    *, birth: str, birth_date: date | None, death_date: date | None, at: datetime
) -> tuple[date, str] | None:
    """The day on which the law itself ended a plan for a child, with why; None while the child is living and under 18.

    An age that was only told, or worked out from a year, ends nothing.
    """
    found: list[tuple[date, str]] = []
    if death_date is not None:
        found.append((death_date, f"Died on {day_words(death_date)}."))
    if birth == "exact" and birth_date is not None:
        grown_up = _birthday(birth_date, GROWN_UP)
        found.append((grown_up, f"Became {GROWN_UP} on {day_words(grown_up)}."))
    return min((one for one in found if one[0] <= local_day(at)), default=None)


def _birthday(born: date, age: int) -> date:
    """Somebody born on 29 February is older on 1 March."""
    if (born.month, born.day) == (2, 29):
        return date(born.year + age, 3, 1)
    return born.replace(year=born.year + age)


def refuse_days(began_on: date, ended_on: date | None, *, at: datetime, field: str = "began_on") -> None:
    """Refuse a day that has not come, and an end before the beginning. Nothing is refused for being late."""
    refuse_future(began_on, at=at, field=field)
    if ended_on is not None:
        refuse_future(ended_on, at=at, field="to_on")
        if ended_on < began_on:
            raise Refusal(f"It began on {day_words(began_on)}, and cannot end before that. Check the two dates.",
                          field="to_on")  # fmt: skip


def refuse_future(day: date, *, at: datetime, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > local_day(at):
        raise Refusal("That has not happened yet. Check the date.", field=field)


def refuse_blank(words: str, sentence: str, *, field: str) -> str:
    """The words without the space around them; refuses when there are none."""
    kept = words.strip()
    if not kept:
        raise Refusal(sentence, field=field)
    return kept


def worth_keeping(progress: Iterable[ProgressGiven]) -> list[ProgressGiven]:
    """What was said of outcomes, without those of which nothing was; refuses a number off the scale."""
    kept = [one for one in progress if one.scale is not None or one.words.strip()]
    for one in kept:
        if one.scale is not None and not LEAST <= one.scale <= MOST:
            raise Refusal(
                "Progress goes from 0, as bad as it could be, to 10, as good as it needs to be.", field="progress"
            )
    return kept


def outcome_words(words: str, how_we_know: str) -> str:
    """An outcome as a version of the plan says it."""
    return f"{words}\n\nHow we shall know: {how_we_know}" if how_we_know else words


def action_words(what: str, who: str, why: str, by_when: date | None) -> str:
    """An action as a version of the plan says it."""
    when = f", by {day_words(by_when)}" if by_when else ""
    return f"{what}. {who}{when}." + (f" Why: {why}" if why else "")


def progress_words(outcome: str, given: ProgressGiven) -> str:
    """How far an outcome has come, as a review says it."""
    scale = f" {given.scale} out of 10." if given.scale is not None else ""
    return f"{outcome}:{scale} {given.words.strip()}".strip()


def not_begun_for(asked_on: date, on: date) -> int:
    """Days for which help that was asked for has been waited for."""
    return max(0, (on - asked_on).days)


def listed(names: Sequence[str]) -> str:
    """ "Ayo", "Ayo and Bim", "Ayo, Bim and Chi"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

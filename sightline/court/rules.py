"""What pre-proceedings may become, what is owed next, and what each act asks. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sightline.kernel.errors import Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.reading import day_words
from sightline.practice.rules import due_from, rule_on
from sightline.practice.spec import Option, Pack

LETTER, MEETING, REVIEW, DECIDE, APPLY = (
    "pre_proceedings.letter", "pre_proceedings.meeting", "pre_proceedings.review", "pre_proceedings.decide",
    "pre_proceedings.apply",
)  # fmt: skip
OUTCOMES = "pre_proceedings_outcome"
GOES_TO_COURT = "apply"
"""The key of the outcome after which a court is applied to."""
FIRST, FOLLOWING = "first", "review"
"""Which meeting with the parents and their lawyers it was."""
LINE = 300

STATES = {
    "begun": "Decided, and the letter is to be sent",
    "letter_sent": "The letter before proceedings is sent",
    "meeting": "Met with the parents and their lawyers",
    "to_court": "Decided to apply to the court",
    "applied": "The court is applied to",
    "ended": "Ended without an application",
}
WORKER, MANAGER = "whoever records", "a manager"
_ON_THE_WAY = {
    "letter_sent": ("letter_sent", WORKER),
    "family_meeting": ("", WORKER),
    "hold_meeting": ("meeting", WORKER),
    "decide": ("to_court", MANAGER),
    "decide otherwise": ("ended", MANAGER),
    "correct_days": ("", WORKER),
}


def _turns(state: str, **others: tuple[str, str]) -> dict[str, tuple[str, str]]:
    return {act: (to or state, who) for act, (to, who) in (_ON_THE_WAY | others).items()}


MOVES = {
    "begun": _turns("begun"),
    "letter_sent": _turns("letter_sent"),
    "meeting": _turns("meeting", letter_sent=("meeting", WORKER)),
    "to_court": {
        "letter_sent": ("to_court", WORKER),
        "family_meeting": ("to_court", WORKER),
        "hold_meeting": ("to_court", WORKER),
        "applied_to_court": ("applied", WORKER),
        "decide": ("to_court", MANAGER),
        "decide otherwise": ("ended", MANAGER),
        "correct_days": ("to_court", WORKER),
    },
    "applied": {"applied_to_court": ("applied", WORKER), "correct_days": ("applied", WORKER)},
    "ended": {"correct_days": ("ended", WORKER)},
}
"""For each state: which act leads where, and who may do it. Nothing is refused for its order."""

DAYS = {
    "started_on": "it was decided to begin",
    "letter_sent_on": "the letter before proceedings was sent",
    "first_meeting_on": "the first meeting was held",
    "decided_on": "it was decided how they end",
    "applied_on": "the court was applied to",
    "letter_of_issue_on": "the parents were told in a letter of the application",
}
"""The days that are kept of pre-proceedings, and what happened on each."""


@dataclass(frozen=True)
class Next:
    """What is owed next of pre-proceedings, from which day that is counted, and by which rule of the pack."""

    key: str
    since_on: date
    due_at: datetime | None
    rule: str


def state_of(days: Mapping[str, date | None], outcome: str, *, to_court: Iterable[str]) -> str:
    """Where pre-proceedings stand, from what has been recorded. `to_court` are the codes that lead to court."""
    if days.get("applied_on"):
        return "applied"
    if outcome:
        return "to_court" if outcome in set(to_court) else "ended"
    if days.get("first_meeting_on"):
        return "meeting"
    return "letter_sent" if days.get("letter_sent_on") else "begun"


def next_owed(pack: Pack, days: Mapping[str, date | None], state: str, last_met_on: date | None = None) -> Next | None:
    """What is owed next; of two, what is due sooner. Nothing once they ended or the court was applied to."""
    began = days.get("started_on")
    if state in {"applied", "ended"} or began is None:
        return None
    if state == "to_court":
        return _next(pack, APPLY, days.get("decided_on") or began)
    met = max((day for day in (days.get("first_meeting_on"), last_met_on) if day), default=None)
    if met is not None:
        step = _next(pack, REVIEW, met)
    elif sent := days.get("letter_sent_on"):
        step = _next(pack, MEETING, sent)
    else:
        step = _next(pack, LETTER, began)
    decide = _next(pack, DECIDE, began)
    if decide.due_at is not None and (step.due_at is None or decide.due_at < step.due_at):
        return decide
    return step


def _next(pack: Pack, key: str, since: date) -> Next:
    rule = rule_on(pack, key, since)
    if rule is None or not rule.prescribed:
        return Next(key, since, None, "")
    return Next(key, since, due_from(rule, end_of_day(since)), pack.cite(key))


def codes_to_court(pack: Pack) -> frozenset[str]:
    """The codes of those outcomes after which a court is applied to."""
    return frozenset(one.code or one.key for one in outcomes_of(pack) if one.key == GOES_TO_COURT)


def outcomes_of(pack: Pack) -> tuple[Option, ...]:
    """What a manager may decide; nothing where an older pack does not say."""
    return next((one.options for one in pack.lists if one.key == OUTCOMES), ())


def refuse_blank(words: str, sentence: str, *, field: str) -> str:
    """The words without the space around them; refuses when there are none."""
    kept = words.strip()
    if not kept:
        raise Refusal(sentence, field=field)
    return kept


def refuse_day(day: date | None, *, at: datetime, field: str, what: str, not_before: date | None = None) -> date:
    """The day; refuses none, one that has not come, and one before pre-proceedings began."""
    if day is None:
        raise Refusal(f"Enter the day on which {what}.", field=field)
    if day > local_day(at):
        raise Refusal("That day has not come yet. Check the date.", field=field)
    if not_before is not None and day < not_before:
        raise Refusal(
            f"Pre-proceedings began on {day_words(not_before)}. Enter that day or a later one, "
            "or put right the day on which they began.",
            field=field,
        )
    return day

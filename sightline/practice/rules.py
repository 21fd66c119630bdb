"""Pure judgement on what a pack says: when something is due, what is asked, what a
letter reads. No Django and no clock.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.kernel.dates import end_of_day, local, local_day
from sightline.kernel.errors import Refusal
from sightline.kernel.london import at_local_time_or_next
from sightline.kernel.working_days import add_working_days
from sightline.practice.letters import PLACEHOLDER
from sightline.practice.spec import Letter, Pack, Question, Timescale

# Words that turn "malicious" into a sentence without adding a reason to it.
_FILLER_TEXT = """
a an the this that it its is was are were be been being to by from of as and or but in i we they he she
who believe believed think thought feel felt consider considered appear appears appeared seem seems seemed
likely probably possibly clearly obviously purely just only simply very rather quite found deemed assessed
judged call caller contact report reported referral referrer allegation allegations concern concerns
complaint information source nature motive motives intent intention made due because reason
"""
_FILLER = frozenset(_FILLER_TEXT.split())


def rule_on(pack: Pack, key: str, on: date) -> Timescale | None:
    """The rule of that key in force on a day; the first there was for a day before it; None without one."""
    rules = sorted((one for one in pack.timescales if one.key == key), key=lambda one: one.basis.effective.begins)
    in_force = [one for one in rules if one.basis.effective.contains(on)]
    if in_force:
        return in_force[0]
    return rules[0] if rules and on < rules[0].basis.effective.begins else None


def due_from(rule: Timescale, moment: datetime) -> datetime:
    """When what ``rule`` asks is due, for what began at ``moment``; both in UTC.

    Working days count from the day after the one in England on which it began, and
    end at the same time of day or with the day, as the rule says. So "one working
    day, same time" from Friday 14:40 is Monday 14:40, and so it is from Saturday's
    14:40. Hours and minutes run through nights and holidays. Refuses a day for which
    no bank holidays are known, and what no rule prescribes: see `due_or_none`.
    """
    if not rule.prescribed:
        raise Refusal(f"No time is prescribed for “{rule.label}”, so there is no day by which it is due.")
    length = rule.length
    if rule.unit == "at once":
        return moment
    if rule.unit in ("minutes", "hours"):
        return moment + timedelta(minutes=length * (60 if rule.unit == "hours" else 1))
    began = local_day(moment)
    if rule.unit == "working days":
        day = add_working_days(began, length)
    elif rule.unit == "months":
        day = months_after(began, length)
    else:
        day = began + timedelta(days=length * (7 if rule.unit == "weeks" else 1))
    if rule.by == "end of day":
        return end_of_day(day)
    return at_local_time_or_next(day, local(moment).time())


def due_or_none(rule: Timescale, moment: datetime) -> datetime | None:
    """`due_from`, and nothing where no time is prescribed."""
    return due_from(rule, moment) if rule.prescribed else None


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_asked(question: Question, answers: Mapping[str, object]) -> bool:
    """Whether the question is asked, given the answers so far of whom it is asked.

    ``answers`` are by question key: the contact's own and this person's together.
    """
    condition = question.asked_when
    if condition is None:
        return True
    given = answers.get(condition.question)
    chosen = given if isinstance(given, list | tuple | set | frozenset) else [given]
    return any(answer in condition.answers for answer in chosen)


def unanswered(questions: Iterable[Question], answers: Mapping[str, object]) -> tuple[Question, ...]:
    """Which required questions are asked and have no answer, in the form's order."""
    return tuple(
        question
        for question in questions
        if question.required and is_asked(question, answers) and _blank(answers.get(question.key))
    )


def _blank(answer: object) -> bool:
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())


def is_bare(reason: str, words: Iterable[str]) -> bool:
    """Whether ``reason`` says nothing but ``words`` (such as "malicious") and filler."""
    bare = {word.lower() for word in words}
    said = re.findall(r"[^\W_]+", reason.lower())
    return not any(word not in bare and word not in _FILLER for word in said)


def refuse_bare_reason(reason: str, words: Iterable[str]) -> None:
    """Refuses a reason that is blank, or that calls the source names and stops there."""
    if is_bare(reason, words):
        raise Refusal(
            "Say what you weighed and why. That a contact may be malicious is not a reason by "
            "itself: say what was checked about each child, and what you found.",
            field="reason",
        )


@dataclass(frozen=True)
class Filled:
    """A letter's draft, in plain text."""

    subject: str
    body: str


def fill(letter: Letter, values: Mapping[str, str], *, language: str = "en") -> Filled:
    """The letter with its placeholders filled. Values are taken as they are, braces too.

    Refuses when a value is missing or blank: a letter with a hole is not sent.
    """

    def value(found: re.Match[str]) -> str:
        given = values.get(found[1], "").strip()
        if not given:
            raise Refusal(f"The letter needs “{found[1].replace('_', ' ')}” before it can be drafted.")
        return given

    body = PLACEHOLDER.sub(value, letter.body.in_language(language))
    return Filled(letter.subject.in_language(language), body.strip())

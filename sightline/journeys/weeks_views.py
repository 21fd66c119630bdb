"""A week of a team's views of records, looked through by whoever answers for them.

A line says what stands out and never that anything was wrong: it is talked about, and answered.
Law: UK GDPR articles 5(1)(f) and 32.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from sightline.audit.models import Answered
from sightline.audit.operations import record_answer
from sightline.audit.queries import SUPERVISED, AnswerLine, list_answers
from sightline.audit.rules import OF_A_WEEK, STAYS_ANSWERED, Signal
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, look, touch
from sightline.doorway.roles import MANAGERS
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day, start_of_day
from sightline.kernel.working_days import is_working_day
from sightline.people.rules import plain
from sightline.workforce.queries import account_names

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """One thing that stands out: whose views, why, and of whom, where it is about one person.

    `name` is empty where the reader may not know who it was. `times` is how often, `people` of how many;
    `usual` how many people somebody in that role usually looks at. `answer` is the latest, if any.
    """

    account: UUID
    signal: Signal
    person: UUID | None
    name: str
    times: int
    people: int
    first_at: datetime
    last_at: datetime
    usual: float | None
    answer: AnswerLine | None


@dataclass(frozen=True)
class WorkerWeek:
    """A worker's week: what stands out in it, what is to be answered first."""

    account: UUID
    name: str
    lines: tuple[Standing, ...]

    @property
    def open(self) -> int:
        """How many lines nobody has answered."""
        return sum(1 for line in self.lines if line.answer is None)


def monday_of(day: date) -> date:
    """The first day of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def may_supervise(by: Actor) -> bool:
    """Whether this role answers for how others use the records."""
    return by.has_role(MANAGERS)


def list_week(*, by: Actor, week: date, at: datetime) -> list[WorkerWeek]:
    """What stands out among the views of those below the reader's posts, in the week that begins on a Monday.

    Workers with something to answer first, then by name. What was answered once as part of the work, and
    does not change from week to week, is left out. The look at those named is recorded. Refuses a role
    that manages nobody.
    """
    if not may_supervise(by):
        raise NotPermitted("This is the managers' page. Who has viewed a record stands on the record itself.")
    names = account_names(accounts_below())
    found = _standing_out(names, monday_of(week))
    look(
        by=by, people=list(dict.fromkeys(one.person for one in found if one.person)), what=SUPERVISED, at=at,
        because="supervision", lines=len(found),
    )  # fmt: skip
    by_account: dict[UUID, list[Standing]] = {}
    for one in found:
        by_account.setdefault(one.account, []).append(one)
    weeks = [WorkerWeek(account, names[account], tuple(lines)) for account, lines in by_account.items()]
    return sorted(weeks, key=lambda one: (one.open == 0, one.name))


def accounts_below() -> list[UUID]:
    """Whose views whoever acts answers for: those who stand in a post below theirs, or did lately."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(record_accounts_below(now() - interval '120 days'))")
        return [row[0] for row in cursor.fetchall()]


def _standing_out(names: dict[UUID, str], week: date) -> list[Standing]:
    answers = list_answers(accounts=names)
    settled = {
        (one.account, one.person, one.signal)
        for one in answers
        if one.finding == Answered.Finding.PART_OF_THE_WORK and one.signal in STAYS_ANSWERED and one.week != week
    }
    given = {(one.account, one.person, one.signal): one for one in reversed(answers) if one.week == week}
    order = list(Signal)
    lines = [
        Standing(account, Signal(signal), person, name or "", times, people, first, last, usual,
                 given.get((account, person, signal)))
        for account, signal, person, name, times, people, first, last, usual in _asked(names, week)
        if (account, person, signal) not in settled and account in names
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (one.answer is not None, order.index(one.signal), one.first_at))


def _asked(names: dict[UUID, str], week: date) -> Iterable[tuple[UUID, str, UUID | None, str, int, int, datetime,
                                                                 datetime, float | None]]:  # fmt: skip
    days = [week + timedelta(days=each) for each in range(7)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM record_views_of_a_week(%s, %s, %s::date[], %s::jsonb)",
            [start_of_day(week), start_of_day(week + WEEK), [day for day in days if not _worked_on(day)],
             json.dumps({str(account): surname_of(name) for account, name in names.items()})],
        )  # fmt: skip
        return list(cursor.fetchall())


def _worked_on(day: date) -> bool:
    try:
        return is_working_day(day)
    except Refusal:  # A year whose bank holidays are not known: weekends are.
        return day.weekday() < 5


def surname_of(name: str) -> list[str]:
    """A worker's family name as names are compared: the last word, and each part of a double one."""
    last = name.split()[-1:]
    return [word for word in plain(" ".join(last)).split() if len(word) > 1]


@act("answer_view")
def answer_view(
    *,
    by: Actor,
    account: UUID,
    person: UUID | None,
    week: date,
    signal: Signal,
    finding: Answered.Finding,
    words: str,
    at: datetime,
) -> UUID:
    """Say what was found out about one line of a week's views. An answer is added to and never changed.

    Refuses whoever does not stand above that worker, a week to come, a finding other than that it was part
    of the work without words, and a person beside a line that is about a whole week.
    """
    if not may_supervise(by):
        raise NotPermitted("Only a manager of the worker answers this.")
    if account not in accounts_below():
        raise NotFound("There is no such line among the views that you answer for.")
    if week != monday_of(week) or week > local_day(at):
        raise Refusal("That week has not begun. Go back to the list and choose the line there.")
    if (person is None) != (signal in OF_A_WEEK) and signal != Signal.EMERGENCY:
        raise Refusal("This line is not whole. Go back to the list and choose it there.")
    if finding != Answered.Finding.PART_OF_THE_WORK and not words.strip():
        raise Refusal("Say what you found out and what you agreed.", field="words")
    touch(account=str(account), signal=str(signal), finding=str(finding))
    return record_answer(
        by=by.id, account=account, person=person, week=week, signal=signal, finding=finding, words=words.strip(), at=at
    )

"""Reading the audit: who has viewed a record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from sightline.audit.models import Answered, Event, EventPerson
from sightline.kernel.london import LONDON


@dataclass(frozen=True)
class Views:
    """What one account opened of a record on one day, by one relationship: how often, and when last.

    `role` and `agency` are what it was at that moment. A `refused` one is a try: nothing was seen.
    """

    kind: str
    actor: UUID | None
    role: str
    agency: UUID | None
    day: date
    what: str
    section: str
    because: str
    via: str
    times: int
    latest: datetime


SUPERVISED = "viewing"
"""What a manager's look at a week of others' views is called."""
SAME = ("kind", "actor", "role", "agency", "what", "section", "because", "via")
"""What is alike in the views that are told as one line."""


def list_views(*, people: Collection[UUID], start: int = 0, limit: int = 50) -> tuple[list[Views], int]:
    """Who has viewed a person's record or tried to, the latest first, from `start`; and how many rows there are.

    `people` are all keys under which the person stands: who looked under any of them is in one list.

    Put together by account, day, what was opened and why, so that opening a page again and again
    hides nobody else. Two queries.
    """
    rows = (
        EventPerson.objects.filter(person__in=people, event__kind__in=[Event.Kind.LOOK, Event.Kind.REFUSED])
        .annotate(day=TruncDate("at", tzinfo=LONDON))
        .values("day", *(f"event__{name}" for name in SAME))
        .annotate(times=Count("event", distinct=True), latest=Max("at"))
        .order_by("-latest", "event__what", "event__actor", "event__because", "event__via")
    )
    found = [
        Views(
            day=row["day"], times=row["times"], latest=row["latest"], **{name: row[f"event__{name}"] for name in SAME}
        )
        for row in rows[start : start + limit]
    ]
    return found, rows.count()


@dataclass(frozen=True)
class AnswerLine:
    """What was found out about a line of a week's views, by whom and when."""

    account: UUID
    person: UUID | None
    week: date
    signal: str
    finding: str
    words: str
    by: UUID
    at: datetime


def list_answers(*, accounts: Iterable[UUID]) -> list[AnswerLine]:
    """What was answered about these accounts' views, the latest first: by the reader or by those below them."""
    rows = Answered.objects.filter(account__in=list(accounts)).order_by("-at", "id")
    return [
        AnswerLine(row.account, row.person, row.week, row.signal, row.finding, row.words, row.by, row.at)
        for row in rows
    ]


def list_recently_viewed(*, actor: UUID, since: datetime, limit: int = 8) -> list[UUID]:
    """The people whose records an account has looked at lately, latest first, each once."""
    # The account's own newest looks come first, along their index: asked of all looks at once, the
    # planner read everybody's fortnight, which grows with the authority.
    # Whom a manager answers for views of was not opened by them.
    mine = Event.objects.filter(actor=actor, kind=Event.Kind.LOOK, at__gte=since).exclude(what=SUPERVISED)
    looks = mine.order_by("-at").values("id")
    found = EventPerson.objects.filter(event__in=looks[: limit * 10]).order_by("-at").values_list("person", flat=True)
    return list(dict.fromkeys(found))[:limit]

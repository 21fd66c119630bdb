"""Reading restrictions and conflicts of interest. Part of this room's queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.models import Bar, BarReader, BarReview


@dataclass(frozen=True)
class Reader:
    """Somebody who is listed by name, and since when."""

    account: UUID
    since: datetime


@dataclass(frozen=True)
class Restriction:
    """A restriction as whoever may read the record sees it."""

    bar: UUID
    hidden: bool
    reason: str
    reviewer: UUID
    review_on: date | None
    since: datetime
    readers: tuple[Reader, ...]


@dataclass(frozen=True)
class Routing:
    """Whom to ask about somebody restricted: the reviewer's post, and the accounts that read their record."""

    bar: UUID
    reviewer: UUID
    readers: frozenset[UUID]


@dataclass(frozen=True)
class Review:
    """A reviewer's answer: kept until `next_on`, lifted, or other readers."""

    label: str
    words: str
    next_on: date | None
    by: UUID
    at: datetime


@dataclass(frozen=True)
class BarView:
    """A restriction or a conflict of interest as its reviewer sees it. `against` is the account that is kept away."""

    id: UUID
    kind: str
    person: UUID
    against: UUID | None
    hidden: bool
    reviewer: UUID
    review_on: date | None
    reason: str
    by: UUID | None
    since: datetime
    readers: tuple[Reader, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """A conflict keeps one account away; a restriction keeps out all but its readers."""
        return self.kind == Bar.Kind.CONFLICT


def list_restrictions(*, person: UUID) -> list[Restriction]:
    """What closes a record that the actor may read, with everybody else who may; empty for any other record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bar, hidden, reason, reviewer, review_on, closed_at, account, reads_from FROM access_who_reads(%s)",
            [person],
        )
        rows = cursor.fetchall()
    found: dict[UUID, Restriction] = {}
    for bar, hidden, reason, reviewer, review_on, since, account, reads_from in rows:
        before = found[bar].readers if bar in found else ()
        listed = (Reader(account, reads_from),) if account else ()
        found[bar] = Restriction(bar, hidden, reason, reviewer, review_on, since, (*before, *listed))
    return list(found.values())


def routing_of(person: UUID) -> Routing | None:
    """Whom to ask about somebody restricted, whoever acts: only to send something there, and never to be shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT bar, reviewer, readers FROM access_routing_of(%s)", [person])
        row = cursor.fetchone()
    return Routing(row[0], row[1], frozenset(row[2])) if row and row[1] else None


def list_reviewed() -> list[BarView]:
    """Restrictions and conflicts of interest that stand and whose reviewer is a post of the actor's, or one below.

    What is to be looked at again soonest comes first.
    """
    standing = Bar.objects.filter(kind__in=[Bar.Kind.RESTRICTED, Bar.Kind.CONFLICT], until_at=None, mirrors=None)
    return _views(standing.order_by("review_on", "-from_at", "id"))


def get_bar(bar: UUID) -> BarView | None:
    """One that stands and that the actor reviews, with its readers and its reviews; None for any other."""
    found = _views(
        Bar.objects.filter(id=bar, kind__in=[Bar.Kind.RESTRICTED, Bar.Kind.CONFLICT], until_at=None, mirrors=None)
    )
    return found[0] if found else None


def _views(bars: Iterable[Bar]) -> list[BarView]:
    found = list(bars)
    keys = [one.id for one in found]
    readers: dict[UUID, list[Reader]] = {}
    for listed in BarReader.objects.filter(bar__in=keys, until_at=None).order_by("from_at", "account"):
        readers.setdefault(listed.bar_id, []).append(Reader(listed.account, listed.from_at or _since(found, listed)))
    reviews: dict[UUID, list[Review]] = {}
    for row in BarReview.objects.filter(bar__in=keys).order_by("-at", "-id"):
        label = str(BarReview.Decision(row.decision).label)
        reviews.setdefault(row.bar_id, []).append(Review(label, row.words, row.next_on, row.by, row.at))
    return [
        BarView(
            one.id, one.kind, one.person, one.against, one.hidden, one.reviewer, one.review_on, one.reason, one.by,
            one.from_at, tuple(readers.get(one.id, ())), tuple(reviews.get(one.id, ())),
        )
        for one in found
        if one.reviewer is not None
    ]  # fmt: skip


def _since(bars: Iterable[Bar], listed: BarReader) -> datetime:
    return next(one.from_at for one in bars if one.id == listed.bar_id)

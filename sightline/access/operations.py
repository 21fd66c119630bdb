"""Giving and ending sight of people's records. Rooms above call these inside their own acts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.models import Bar, BarReader, EmergencyAccess, Grant, Identity
from sightline.access.rules import EMERGENCY, EVERYDAY, Section


def give_sight(
    *,
    people: Iterable[UUID],
    reader: UUID,
    because: str,
    because_of: UUID | None,
    at: datetime,
    sections: Sequence[Section] = EVERYDAY,
    until: datetime | None = None,
) -> None:
    """Let a reader see the given sections about each person, from now until the given moment."""
    each = [(person, because_of) for person in dict.fromkeys(people)]
    give_sight_of_each(given=each, reader=reader, because=because, at=at, sections=sections, until=until)


def give_sight_of_each(
    *,
    given: Iterable[tuple[UUID, UUID | None]],
    reader: UUID,
    because: str,
    at: datetime,
    sections: Sequence[Section] = EVERYDAY,
    until: datetime | None = None,
) -> None:
    """Let a reader see the given sections about each person, each because of something of its own.

    `given` is pairs of a person and what it is because of.
    """
    Grant.objects.bulk_create(
        Grant(
            person=person,
            reader=reader,
            sections=[str(section) for section in sections],
            because=because,
            because_of=because_of,
            from_at=at,
            until_at=until,
        )
        for person, because_of in given
    )


def end_sight(*, because_of: UUID, at: datetime, reader: UUID | None = None) -> None:
    """End every grant that was given because of one thing, or only one reader's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_end_sight(%s, %s, %s)", [because_of, reader, at])


def restrict(
    *,
    person: UUID,
    readers: Iterable[UUID],
    reviewer: UUID,
    reason: str,
    at: datetime,
    hidden: bool = True,
    review_on: date | None = None,
    by: UUID | None = None,
) -> UUID:
    """Close a person's record to everybody but the named readers. Hidden, nobody else finds that there is one."""
    bar = Bar.objects.create(
        kind=Bar.Kind.RESTRICTED, person=person, hidden=hidden, reviewer=reviewer, review_on=review_on, reason=reason,
        by=by, from_at=at,
    )  # fmt: skip
    BarReader.objects.bulk_create(BarReader(bar_id=bar.id, account=reader, from_at=at) for reader in readers)
    return bar.id


def declare_conflict(
    *, person: UUID, against: UUID, reviewer: UUID, reason: str, at: datetime, by: UUID | None = None
) -> UUID:
    """Keep one account away from one person's record: a relative, a friend, a neighbour."""
    return Bar.objects.create(
        kind=Bar.Kind.CONFLICT,
        person=person,
        against=against,
        reviewer=reviewer,
        reason=reason,
        by=by,
        from_at=at,
    ).id


def link_identity(*, person: UUID, same_as: UUID, kind: Identity.Kind, reason: str, by: UUID, at: datetime) -> UUID:
    """Say that two keys are one person: `person` goes on under `same_as`. Grants and bars follow at once.

    The database refuses a link from or to somebody who is linked onwards already.
    """
    return Identity.objects.create(person=person, same_as=same_as, kind=kind, reason=reason, by=by, from_at=at).id


def end_identity(*, link: UUID, reason: str, by: UUID, at: datetime) -> bool:
    """They are two people after all: what followed from the link ends with it. False where it had ended."""
    standing = Identity.objects.filter(id=link, until_at=None)
    return bool(standing.update(until_at=at, ended_by=by, end_reason=reason))


def open_in_emergency(
    *,
    person: UUID,
    account: UUID,
    reason: EmergencyAccess.Reason,
    words: str,
    safe_address: bool,
    reviewer: UUID,
    review_by: datetime,
    at: datetime,
    until: datetime,
) -> UUID:
    """Let one account past a restriction until a given moment. Never past a conflict of interest."""
    opened = EmergencyAccess.objects.create(
        person=person, account=account, reason=reason, words=words, safe_address=safe_address, reviewer=reviewer,
        review_by=review_by, from_at=at, until_at=until,
    )  # fmt: skip
    sections = (*EVERYDAY, Section.SAFE_ADDRESS) if safe_address else EVERYDAY
    give_sight(
        people=[person], reader=account, because=EMERGENCY, because_of=opened.id, at=at, sections=sections, until=until
    )
    return opened.id


def review_emergency(*, opened: UUID, finding: EmergencyAccess.Finding, words: str, by: UUID, at: datetime) -> bool:
    """Keep what a reviewer found. False where it was reviewed before."""
    waiting = EmergencyAccess.objects.filter(id=opened, reviewed_at=None)
    return bool(waiting.update(finding=finding, finding_words=words, reviewed_by=by, reviewed_at=at))

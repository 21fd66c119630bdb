"""What becomes of a bar once it stands: its readers, its reviews, its end. Part of this room's operations."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.models import Bar, BarReader, BarReview


def name_reader(*, bar: UUID, account: UUID, at: datetime) -> bool:
    """List one more account on a restriction. False where it is listed already."""
    if BarReader.objects.filter(bar=bar, account=account, until_at=None).exists():
        return False
    BarReader.objects.create(bar_id=bar, account=account, from_at=at)
    return True


def end_reader(*, bar: UUID, account: UUID, at: datetime) -> bool:
    """Take an account off the list of a restriction. False where it was not listed."""
    return bool(BarReader.objects.filter(bar=bar, account=account, until_at=None).update(until_at=at))


def let_be_known(*, bar: UUID, hidden: bool) -> None:
    """Whether others learn that there is such a record."""
    Bar.objects.filter(id=bar).update(hidden=hidden)


def keep_bar(*, bar: UUID, words: str, next_on: date, by: UUID, at: datetime) -> None:
    """The reviewer looked again, and it stays until the next review."""
    BarReview.objects.create(bar_id=bar, decision=BarReview.Decision.KEPT, words=words, next_on=next_on, by=by, at=at)
    Bar.objects.filter(id=bar).update(review_on=next_on)


def note_readers(*, bar: UUID, words: str, by: UUID, at: datetime) -> None:
    """Why the readers changed."""
    BarReview.objects.create(bar_id=bar, decision=BarReview.Decision.NAMED, words=words, by=by, at=at)


def hand_review(*, bar: UUID, post: UUID, words: str, by: UUID, at: datetime) -> bool:
    """Another post looks at a restriction again from now on. False where the actor does not review it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_hand_review(%s, %s)", [bar, post])
        handed = bool(cursor.fetchone()[0])
    if handed:
        BarReview.objects.create(bar_id=bar, decision=BarReview.Decision.HANDED, words=words, by=by, at=at)
    return handed


def lift_bar(*, bar: UUID, words: str, by: UUID, at: datetime) -> None:
    """The restriction, or the conflict of interest, is over."""
    BarReview.objects.create(bar_id=bar, decision=BarReview.Decision.LIFTED, words=words, by=by, at=at)
    Bar.objects.filter(id=bar, until_at=None).update(until_at=at)


def suspect_twin(*, person: UUID, reviewer: UUID, reason: str, at: datetime, by: UUID | None = None) -> UUID:
    """Somebody new may be a restricted person: until that is answered, only who has sight of them finds them.

    `reviewer` is the post that is asked. The reason names nobody.
    """
    return Bar.objects.create(kind=Bar.Kind.TWIN, person=person, reviewer=reviewer, reason=reason, by=by, from_at=at).id


def clear_twin(*, person: UUID, at: datetime) -> bool:
    """They were told apart, or found to be one. False where nothing stood, or the actor has no sight of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_clear_twin(%s, %s)", [person, at])
        return bool(cursor.fetchone()[0])

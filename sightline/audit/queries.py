"""Reading the audit: who has viewed a record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from sightline.audit.models import Event, EventPerson
from sightline.kernel.london import LONDON


@dataclass(frozen=True)
class Views:
    """What one account opened of a record on one day, for one reason: how often, and when last."""

    actor: UUID | None
    day: date
    what: str
    because: str
    times: int
    latest: datetime


def list_views(*, person: UUID, start: int = 0, limit: int = 50) -> tuple[list[Views], int]:
    """Who has viewed a person's record, the latest first, from `start`; and how many rows there are in all.

    Put together by account, day, what was opened and why, so that opening a page again and again
    hides nobody else. Two queries.
    """
    rows = (
        EventPerson.objects.filter(person=person, event__kind=Event.Kind.LOOK)
        .annotate(day=TruncDate("at", tzinfo=LONDON))
        .values("event__actor", "day", "event__what", "event__because")
        .annotate(times=Count("id"), latest=Max("at"))
        .order_by("-latest", "event__what", "event__actor")
    )
    found = [
        Views(row["event__actor"], row["day"], row["event__what"], row["event__because"], row["times"], row["latest"])
        for row in rows[start : start + limit]
    ]
    return found, rows.count()


def list_recently_viewed(*, actor: UUID, since: datetime, limit: int = 8) -> list[UUID]:
    """The people whose records an account has looked at lately, latest first, each once."""
    # The account's own newest looks come first, along their index: asked of all looks at once, the
    # planner read everybody's fortnight, which grows with the authority.
    looks = Event.objects.filter(actor=actor, kind=Event.Kind.LOOK, at__gte=since).order_by("-at").values("id")
    found = EventPerson.objects.filter(event__in=looks[: limit * 10]).order_by("-at").values_list("person", flat=True)
    return list(dict.fromkeys(found))[:limit]

"""Reading the audit: who has viewed a record."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sightline.audit.models import Event, EventPerson


def list_events_about(
    *, person: UUID, kinds: tuple[Event.Kind, ...] = (Event.Kind.LOOK,), limit: int = 100
) -> list[EventPerson]:
    """The newest events of the given kinds about a person, newest first, each with its event."""
    found: QuerySet[EventPerson] = (
        EventPerson.objects.filter(person=person, event__kind__in=kinds).select_related("event").order_by("-at")
    )
    return list(found[:limit])


def list_recently_viewed(*, actor: UUID, since: datetime, limit: int = 8) -> list[UUID]:
    """The people whose records an account has looked at lately, latest first, each once."""
    # The account's own newest looks come first, along their index: asked of all looks at once, the
    # planner read everybody's fortnight, which grows with the authority.
    looks = Event.objects.filter(actor=actor, kind=Event.Kind.LOOK, at__gte=since).order_by("-at").values("id")
    found = EventPerson.objects.filter(event__in=looks[: limit * 10]).order_by("-at").values_list("person", flat=True)
    return list(dict.fromkeys(found))[:limit]

"""Adding to the audit. Nothing changes or removes what was added."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.audit.models import Event, EventPerson


def record_event(
    *,
    kind: Event.Kind,
    what: str,
    actor: UUID | None,
    at: datetime,
    people: Iterable[UUID] = (),
    because: str = "",
    request: str = "",
    facts: Mapping[str, Any] | None = None,
) -> UUID:
    """Write one event and whom it concerned, in the transaction that is open.

    `facts` holds counts, codes and keys; never a name and never free text.
    """
    event = Event.objects.create(
        kind=kind,
        what=what,
        actor=actor,
        at=at,
        because=because,
        request=request,
        facts=dict(facts or {}),
    )
    EventPerson.objects.bulk_create(
        EventPerson(event_id=event.id, person=person, at=at) for person in dict.fromkeys(people)
    )
    return event.id

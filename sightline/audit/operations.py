"""Adding to the audit. Nothing changes or removes what was added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction

from sightline.audit.models import Answered, Event, EventPerson
from sightline.audit.rules import Signal
from sightline.kernel.references import new_id


@dataclass(frozen=True)
class Happening:
    """What an event tells. `role` and `agency` are what the actor was at that moment, `because` and `via` the
    relationship by which they saw. `facts` holds counts, codes and keys; never a name and never free text.
    """

    kind: Event.Kind
    what: str
    actor: UUID | None
    at: datetime
    people: tuple[UUID, ...] = ()
    role: str = ""
    agency: UUID | None = None
    section: str = ""
    because: str = ""
    via: str = ""
    request: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def record_event(
    *, kind: Event.Kind, what: str, actor: UUID | None, at: datetime, people: Iterable[UUID] = (), **more: Any
) -> UUID:
    """Write one event and whom it concerned, in the transaction that is open. `more` is as in `Happening`."""
    told = Happening(kind=kind, what=what, actor=actor, at=at, people=tuple(people), **more)
    return record_events(told=[told])[0]


def record_events(*, told: Iterable[Happening], using: str = DEFAULT_DB_ALIAS) -> list[UUID]:
    """Write several events and whom they concerned. Two statements, however many there are."""
    each = [(new_id(), one) for one in told]
    Event.objects.using(using).bulk_create(
        Event(
            id=key, at=one.at, kind=one.kind, what=one.what[:60], actor=one.actor, role=one.role, agency=one.agency,
            section=one.section, because=one.because, via=one.via, request=one.request, facts=dict(one.facts),
        )
        for key, one in each
    )  # fmt: skip
    EventPerson.objects.using(using).bulk_create(
        EventPerson(event_id=key, person=person, at=one.at) for key, one in each for person in dict.fromkeys(one.people)
    )
    return [key for key, _ in each]


def record_denials(*, denied: Iterable[Happening]) -> None:
    """Write what was refused on a connection of its own: whatever happens to the transaction in which it was asked,
    the row stays.
    """
    told = [replace(one, kind=Event.Kind.REFUSED) for one in denied]
    if told:
        with transaction.atomic(using=settings.DENIALS_DATABASE):
            record_events(told=told, using=settings.DENIALS_DATABASE)


def record_answer(
    *,
    by: UUID,
    account: UUID,
    person: UUID | None,
    week: date,
    signal: Signal,
    finding: Answered.Finding,
    words: str,
    at: datetime,
) -> UUID:
    """What a supervisor found out about one line of a week's views."""
    return Answered.objects.create(
        account=account, person=person, week=week, signal=str(signal), finding=finding, words=words, by=by, at=at
    ).id

"""Adding to the audit. Nothing changes or removes what was added."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from sightline.audit.models import Answered, Event
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
    """Write several events and whom they concerned. One statement, however many there are.

    Every act and every look pays for it, so it is written by hand.
    """
    each = [(new_id(), one) for one in told]
    if not each:
        return []
    statement = f"{_TOLD} VALUES {', '.join([_A_ROW] * len(each))}"
    given: list[Any] = [value for key, one in each for value in _row_of(key, one)]
    about = [(key, person, one.at) for key, one in each for person in dict.fromkeys(one.people)]
    if about:
        statement = f"WITH told AS ({statement}) {_ABOUT}"
        events, people, moments = (list(column) for column in zip(*about, strict=True))
        given += [[new_id() for _ in about], events, people, moments]
    with connections[using].cursor() as cursor:
        cursor.execute(statement, given)
    return [key for key, _ in each]


_TOLD = "INSERT INTO audit_event (id, at, kind, what, actor, role, agency, section, because, via, request, facts)"
_A_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)"
_ABOUT = (
    "INSERT INTO audit_eventperson (id, event_id, person, at)"
    " SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::timestamptz[])"
)


def _row_of(key: UUID, one: Happening) -> tuple[object, ...]:
    return (
        key, one.at, str(one.kind), one.what[:60], one.actor, one.role, one.agency, one.section, one.because, one.via,
        one.request, json.dumps(dict(one.facts)),
    )  # fmt: skip


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

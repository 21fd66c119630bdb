"""The one way to change anything, and the one way to look.

An act is permitted, runs in one transaction, is audited in that transaction, and leaves what must
reach the outside world to a job that is enqueued in that transaction and runs after it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction

from sightline.access.queries import why_may_see
from sightline.audit.models import Event
from sightline.audit.operations import record_event
from sightline.doorway.actor import Actor
from sightline.kernel.errors import NotPermitted

Result = TypeVar("Result")


@dataclass
class _Performance:
    """What the outermost act has touched so far."""

    actor: Actor
    parts: list[str] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


_performing: ContextVar[_Performance | None] = ContextVar("performing", default=None)
_request: ContextVar[str] = ContextVar("request", default="")


def set_actor(actor: UUID | None) -> None:
    """Tell the database who acts, until the end of this transaction and no longer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('sightline.actor', %s, true)", [str(actor) if actor else ""])


@contextmanager
def acting(actor: UUID | None, *, request: str = "") -> Iterator[None]:
    """A transaction in which the given account acts: around a request, or around a job."""
    token = _request.set(request)
    try:
        with transaction.atomic():
            set_actor(actor)
            yield
    finally:
        _request.reset(token)


def act(name: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Make an operation an act. It takes `by` and `at` among its keyword arguments.

    An act that calls another is one act: one transaction and one audit event, which names its
    parts. An act that is refused changes nothing; a refusal for want of permission is recorded.
    """

    def made(operation: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(operation)
        def performed(*, by: Actor, at: datetime, **given: Any) -> Result:
            outer = _performing.get()
            if outer is not None:
                outer.parts.append(name)
                return operation(by=by, at=at, **given)
            try:
                return _perform(name, operation, by, at, given)
            except NotPermitted:
                _record_refusal(name, by, at)
                raise

        return performed

    return made


def _perform(
    name: str,
    operation: Callable[..., Result],
    by: Actor,
    at: datetime,
    given: dict[str, Any],
) -> Result:
    performance = _Performance(actor=by)
    token = _performing.set(performance)
    try:
        with transaction.atomic():
            set_actor(by.id)
            result = operation(by=by, at=at, **given)
            facts = dict(performance.facts)
            if performance.parts:
                facts["parts"] = performance.parts
            record_event(
                kind=Event.Kind.ACT,
                what=name,
                actor=by.id,
                at=at,
                people=performance.people,
                request=_request.get(),
                facts=facts,
            )
            return result
    finally:
        _performing.reset(token)


def _record_refusal(name: str, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        set_actor(by.id)
        record_event(kind=Event.Kind.REFUSED, what=name, actor=by.id, at=at, request=_request.get())


def touch(*people: UUID, **facts: Any) -> None:
    """Say, inside an act, whom it concerned, and counts or codes worth keeping in the audit."""
    performance = _performing.get()
    if performance is not None:
        performance.people.extend(people)
        performance.facts.update(facts)


def look(*, by: Actor, people: list[UUID], what: str, at: datetime, because: str = "", **facts: Any) -> None:
    """Record that somebody looked, before they are answered and in the same transaction.

    Where no reason is given, it is the one for which they have sight of those they look at.
    """
    because = because or (why_may_see(people=people) if people else "")
    record_event(
        kind=Event.Kind.SEARCH if what == "search" else Event.Kind.LOOK,
        what=what,
        actor=by.id,
        at=at,
        people=people,
        because=because,
        request=_request.get(),
        facts=facts,
    )

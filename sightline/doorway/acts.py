"""The one way to change anything, and the one way to look.

An act is permitted, runs in one transaction, is audited in that transaction, and leaves what must
reach the outside world to a job that is enqueued in that transaction and runs after it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction

from sightline.access.queries import list_sight
from sightline.access.rules import Section
from sightline.audit.models import Event
from sightline.audit.operations import Happening, record_denials, record_event, record_events
from sightline.doorway.actor import Actor
from sightline.doorway.relationship import OWN, nearest, section_of
from sightline.kernel.errors import NotPermitted
from sightline.kernel.remembering import forget, remembering

Result = TypeVar("Result")


@dataclass
class _Performance:
    """What the outermost act has touched so far."""

    actor: Actor
    parts: list[str] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Whole:
    """What is kept whole or not at all, and whom the database was last told of, as far as that is certain.

    What was said within a savepoint is unsaid when it is undone: so only what was said outside one is relied upon.
    """

    savepoints: list[str]
    actor: str | None = None

    def knows(self, actor: str) -> bool:
        return self.actor == actor and _savepoints() == self.savepoints

    def hear(self, actor: str) -> None:
        self.actor = actor if _savepoints() == self.savepoints else None


_whole: ContextVar[_Whole | None] = ContextVar("whole", default=None)
_performing: ContextVar[_Performance | None] = ContextVar("performing", default=None)
_request: ContextVar[str] = ContextVar("request", default="")
_denied: ContextVar[list[Happening] | None] = ContextVar("denied", default=None)


def set_actor(actor: UUID | None) -> None:
    """Tell the database who acts, until the end of this transaction and no longer."""
    whole, said = _whole.get(), str(actor) if actor else ""
    if whole is not None and whole.knows(said):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('sightline.actor', %s, true)", [said])
    if whole is not None:
        whole.hear(said)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction of many acts that is kept whole or not at all: a story that is told, an authority that is played.

    What is refused in it takes all of it back, so no act needs a place to go back to. Not for what people do.
    """
    with remembering(), transaction.atomic():
        token = _whole.set(_Whole(_savepoints()))
        try:
            yield
        finally:
            _whole.reset(token)


def _savepoints() -> list[str]:
    return [one for one in connection.savepoint_ids if one]


def _begun() -> AbstractContextManager[None]:
    """An act's own part of a transaction. Without a savepoint a refusal undoes what is around it too."""
    return transaction.atomic(savepoint=_whole.get() is None)


@contextmanager
def acting(actor: UUID | None, *, request: str = "") -> Iterator[list[Happening]]:
    """A transaction in which the given account acts: around a request, or around a job.

    Gives what was denied in it so far. Denials are written when it is over, kept or undone, and before
    anything is answered: on a connection of their own, so that nothing that is undone takes them with it.
    """
    denied: list[Happening] = []
    token, held = _request.set(request), _denied.set(denied)
    try:
        with remembering(), _begun():
            set_actor(actor)
            yield denied
    finally:
        _denied.reset(held)
        _request.reset(token)
        record_denials(denied=denied)


def deny(*, what: str, by: Actor | None, at: datetime, people: Iterable[UUID] = (), **facts: Any) -> None:
    """Record that something was refused to somebody; it stays, though all else that they did is undone."""
    told = Happening(
        kind=Event.Kind.REFUSED,
        what=what,
        actor=by.id if by else None,
        at=at,
        people=tuple(people),
        role=str(by.role) if by else "",
        agency=by.agency if by else None,
        request=_request.get(),
        facts=facts,
    )
    held = _denied.get()
    if held is None:
        record_denials(denied=[told])
    else:
        held.append(told)


def act(name: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Make an operation an act. It takes `by` and `at` among its keyword arguments.

    An act that calls another is one act: one transaction and one audit event, which names its
    parts. An act that is refused changes nothing; a refusal for want of permission is recorded.
    """

    def made(operation: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(operation)
        def performed(*, by: Actor, at: datetime, **given: Any) -> Result:
            outer = _performing.get()
            try:
                if outer is not None:
                    outer.parts.append(name)
                    return operation(by=by, at=at, **given)
                return _perform(name, operation, by, at, given)
            except BaseException as stopped:
                # It may have read what it wrote, and that is undone.
                forget()
                if outer is None and isinstance(stopped, NotPermitted):
                    deny(what=name, by=by, at=at)
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
        with remembering(), _begun():
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
                role=str(by.role),
                agency=by.agency,
                request=_request.get(),
                facts=facts,
            )
            return result
    finally:
        _performing.reset(token)


def touch(*people: UUID, **facts: Any) -> None:
    """Say, inside an act, whom it concerned, and counts or codes worth keeping in the audit."""
    performance = _performing.get()
    if performance is not None:
        performance.people.extend(people)
        performance.facts.update(facts)


def look(
    *,
    by: Actor,
    people: list[UUID],
    what: str,
    at: datetime,
    because: str = "",
    section: Section | str = "",
    **facts: Any,
) -> None:
    """Record that somebody looked, before they are answered and in the same transaction.

    `section` is what was shown, where it is neither who somebody is nor the ordinary. Where no reason is
    given, it is the one for which they have sight of each of those they look at: an event for each
    relationship, all with the request's key. Two statements, however many people.
    """
    related = {(because, OWN): people} if because or not people else _by_relationship(by, people)
    record_events(
        told=[
            Happening(
                kind=Event.Kind.SEARCH if what == "search" else Event.Kind.LOOK,
                what=what,
                actor=by.id,
                at=at,
                people=tuple(those),
                role=str(by.role),
                agency=by.agency,
                section=str(section) or section_of(what, those),
                because=why,
                via=via if why else "",
                request=_request.get(),
                facts=facts,
            )
            for (why, via), those in related.items()
        ]
    )


def _by_relationship(by: Actor, people: list[UUID]) -> dict[tuple[str, str], list[UUID]]:
    sight = list_sight(people=people)
    related: dict[tuple[str, str], list[UUID]] = {}
    for person in dict.fromkeys(people):
        related.setdefault(nearest(by, sight.get(person, [])), []).append(person)
    return related

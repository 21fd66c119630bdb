"""Opening somebody's record: whether the reader may, and that they did.

Every page of a record begins here: the look is written before anything is answered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from sightline.access.queries import may_see, why_may_see
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.references import new_id
from sightline.people.models import Person
from sightline.people.queries import PersonHeader, get_header


@dataclass(frozen=True)
class Opened:
    """A record that somebody opened, as it stood at `as_at` when an earlier day was asked for.

    `readable` is False when the reader may know who this is and no more.
    """

    by: Actor
    at: datetime
    person: UUID
    header: PersonHeader
    readable: bool
    as_at: datetime | None

    @property
    def today(self) -> date:
        """The day that the page speaks from: ages and spans are said as seen from it."""
        return local_day(self.as_at or self.at)

    @property
    def is_child(self) -> bool:
        """Adults have a simpler record."""
        return self.header.kind == Person.Kind.CHILD

    @property
    def as_at_query(self) -> str:
        """What keeps the earlier day when another page of the record is opened."""
        return f"?as_at={local_day(self.as_at).isoformat()}" if self.as_at else ""


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in."""
    by: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    return by


def now() -> datetime:
    """The moment of this request; the domain has no clock."""
    return datetime.now(UTC)


def open_person(request: HttpRequest, person: UUID, what: str) -> Opened:
    """Open a page of a record. Absent and hidden are the same refusal."""
    opened = read_person(request, person)
    if not opened.readable:
        what = "identity"
    look(by=opened.by, people=[person], what=what, at=opened.at, because=why_may_see(person=person))
    return opened


def read_person(request: HttpRequest, person: UUID) -> Opened:
    """The same without a look, for a form whose page shows nothing but the name."""
    by, at = actor_of(request), now()
    as_at = read_as_at(request, at)
    header = get_header(person=person, as_at=as_at)
    if header is None:
        raise NotFound("There is no such record among those that you work with.")
    return Opened(by, at, person, header, may_see(person=person), as_at)


def require_record(opened: Opened) -> Opened:
    """Refuse, as absent, a page of a record of whom the reader may only know who it is."""
    if not opened.readable:
        raise NotFound("There is no such record among those that you work with.")
    return opened


def read_as_at(request: HttpRequest, at: datetime) -> datetime | None:
    """The end of the earlier day in the address; None for today and for none. Refuses a day to come."""
    given = request.GET.get("as_at", "").strip()
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError as wrong:
        raise Refusal("The day in the address cannot be read. Choose the day again on the record.") from wrong
    if day > local_day(at):
        raise Refusal("That day has not come yet. Choose an earlier day to read the record as it stood then.")
    return end_of_day(day) if day < local_day(at) else None


Page = Callable[..., HttpResponse]
NOT_WHOLE = "This page was not whole when it was sent. Reload it and try again."


def key_of(request: HttpRequest, *, begun: str | None = None) -> UUID:
    """The key under which a form is sent: its own when it was sent, a new one where the page is first shown.

    `begun` is the key of a draft that is taken up again. Refuses a form that came without its key:
    nothing could tell it from the same form sent twice.
    """
    try:
        return UUID(request.POST.get("key") or begun or "")
    except ValueError:
        if request.method == "POST":
            raise Refusal(NOT_WHOLE) from None
        return new_id()


def post_only(back: str) -> Callable[[Page], Page]:
    """An address that only a form is sent to. Whoever comes by a link, as after signing in again, goes `back`."""

    def made(page: Page) -> Page:
        @wraps(page)
        def answer(request: HttpRequest, **keys: UUID) -> HttpResponse:
            return page(request, **keys) if request.method == "POST" else redirect(back)

        return answer

    return made


def address(name: str, *keys: UUID) -> str:
    """The address of a page by its name; empty where this product has no such page."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""

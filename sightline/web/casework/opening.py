"""Opening somebody's record: whether the reader may, and that they did.

Every page of a record begins here: the look is written before anything is answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest

from sightline.access.queries import may_see_of
from sightline.access.standing_queries import read_same
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.people.models import Person
from sightline.people.queries import PersonHeader, get_header, get_headers, list_family
from sightline.web.asked import now, who


@dataclass(frozen=True)
class Opened:
    """A record that somebody opened, as it stood at `as_at` when an earlier day was asked for.

    `readable` is False when the reader may know who this is and no more. `keys` are all of this person's: more
    than one where two who were registered were found to be one; `others` is who they are under the other keys.
    """

    by: Actor
    at: datetime
    person: UUID
    header: PersonHeader
    readable: bool
    as_at: datetime | None
    keys: tuple[UUID, ...] = ()
    others: Mapping[UUID, PersonHeader] = field(default_factory=dict)

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


def open_person(request: HttpRequest, person: UUID, what: str) -> Opened:
    """Open a page of a record. Absent and hidden are the same refusal."""
    opened = read_person(request, person)
    if not opened.readable:
        what = "identity"
    look(by=opened.by, people=[person], what=what, at=opened.at)
    return opened


def read_person(request: HttpRequest, person: UUID) -> Opened:
    """The same without a look, for a form whose page shows nothing but the name."""
    by, at = who(request), now()
    as_at = read_as_at(request, at)
    header = get_header(person=person, as_at=as_at)
    if header is None:
        raise NotFound("There is no such record among those that you work with.")
    readable, keys = read_same(person=person, as_at=as_at)
    others = get_headers(people=keys[1:], as_at=as_at) if len(keys) > 1 else {}
    return Opened(by, at, person, _of_all_keys(header, others.values()), readable, as_at, keys, others)


def _of_all_keys(header: PersonHeader, others: Iterable[PersonHeader]) -> PersonHeader:
    """Who somebody is, with the numbers, warnings and needs that stand under any of their keys."""
    every = [header, *others]
    return replace(
        header,
        # Their own stand last, as the latest do: the header names somebody by the last number that is ours.
        identifiers=[number for one in reversed(every) for number in one.identifiers],
        warnings=[warning for one in every for warning in one.warnings],
        needs=[need for one in every for need in one.needs],
    )


def require_record(opened: Opened) -> Opened:
    """Refuse, as absent, a page of a record of whom the reader may only know who it is."""
    if not opened.readable:
        raise NotFound("There is no such record among those that you work with.")
    return opened


def family_of(opened: Opened) -> dict[UUID, PersonHeader]:
    """The family and the household of whoever was opened, themself among them, as far as their records may be read."""
    return get_headers(people=may_see_of(people=list_family(person=opened.person)))


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

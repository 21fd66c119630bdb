"""Opening what protects a child: on one child's record, or by a step of several children, and that somebody looked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from sightline.access.queries import may_see_of
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.kernel.london import local_day
from sightline.people.queries import get_names
from sightline.record.permissions import may_write
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened, family_of, read_person, require_record
from sightline.web.plans.choosing import children_among
from sightline.web.presenters.steps import shown_name

LOOKED_AT = "protection"
NOT_HERE = "There is no such page among the children that you work with."


@dataclass(frozen=True)
class Together:
    """Something of several children, opened from the record of one of them.

    `names` has those of them whom the reader may see, the child whose record was open first.
    """

    opened: Opened
    names: dict[UUID, str]

    @property
    def children(self) -> list[tuple[str, str]]:
        """The same for a list to choose from."""
        return [(str(key), name) for key, name in self.names.items()]


def open_together(request: HttpRequest, children: Iterable[UUID]) -> Together:
    """What a step is about. Refuses, as absent, where the reader may see none of its children."""
    every = list(children)
    seen = may_see_of(people=every)
    if not seen:
        raise NotFound(NOT_HERE)
    headers = get_names(people=seen)
    asked = key_in(request.GET.get("child"))
    first = asked if asked in seen else min(seen, key=lambda one: shown_name(headers[one]))
    opened = require_record(read_person(request, first))
    look(by=opened.by, people=sorted(seen), what=LOOKED_AT, at=opened.at)
    order = sorted(seen, key=lambda one: (one != first, shown_name(headers[one])))
    return Together(opened, {one: shown_name(headers[one]) for one in order})


def waiting_among(
    request: HttpRequest, together: Together, prefix: str, answered: Callable[[UUID], bool]
) -> list[tuple[str, str]]:
    """Children who still wait for an answer, and those of whom one was sent: a colleague may have been first."""
    return [
        (key, name)
        for key, name in together.children
        if not answered(UUID(key)) or request.POST.get(f"{prefix}-{key}-outcome")
    ]


def refuse_unless_records(opened: Opened) -> None:
    """Refuse a role that does not record on children's records."""
    if not may_write(opened.by):
        raise NotPermitted("Your role does not record on children's records. Ask the team manager.")


def open_to_write(request: HttpRequest, person: UUID) -> Opened:
    """A record on which this worker writes down what protects a child."""
    opened = require_record(read_person(request, person))
    refuse_unless_records(opened)
    return opened


def family_choices(opened: Opened) -> list[tuple[str, str]]:
    """The children of the family with their ages, the one whose record is open first; each is looked at by name."""
    found = children_among(family_of(opened), local_day(opened.at))
    look(by=opened.by, people=[UUID(key) for key, _ in found] or [opened.person], what=LOOKED_AT, at=opened.at)
    return sorted(found, key=lambda row: row[0] != str(opened.person))

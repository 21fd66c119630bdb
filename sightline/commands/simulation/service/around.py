"""Who is around the children of a case: professionals who know them, and the grown-ups whom one writes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.commands.simulation.dwellers import Dweller
from sightline.commands.simulation.rates import rate, rates
from sightline.commands.simulation.service import Case, Service
from sightline.doorway.acts import acting
from sightline.enquiries.rules import TookPartGiven
from sightline.kernel.london import local_day
from sightline.people.queries import get_headers

POLICE, HEALTH, SCHOOL = "police", "health", "school"
ROLES = {POLICE: "Detective sergeant", HEALTH: "Safeguarding nurse", SCHOOL: "Safeguarding lead"}
VISITORS, NURSES, STATION = "hospital-visitors", "hospital-safeguarding", "police-hub"
AGAIN = " again"
"""By this the play tells a second record of somebody from their first."""
NOTHING_ELSE = "It is the same as for the others."
SMALL = 5
"""Under this age health visitors know a child."""
Key = TypeVar("Key")


@dataclass(frozen=True)
class Professional:
    """Somebody at an agency: of which kind, behind which mailbox, and what they are called."""

    kind: str
    mailbox: str
    name: str

    @property
    def role(self) -> str:
        """What they are."""
        return "Health visitor" if self.mailbox == VISITORS else ROLES[self.kind]

    def took_part(self, service: Service, *, shared: str, because: str = "") -> TookPartGiven:
        """As they were at a discussion, or were not, with why."""
        box = service.story.authority.mailboxes[self.mailbox]
        there = "not_there" if because else "there"
        return TookPartGiven(
            self.kind, agency_post=box, name=self.name, role=self.role, there=there, because=because, shared=shared
        )  # fmt: skip


def professionals(service: Service, case: Case) -> list[Professional]:
    """Police, health, and up to two schools of the children; each always the same person behind a mailbox."""
    day, boxes = local_day(service.now), service.story.authority.mailboxes
    children = children_of(case)
    small = any(one.age(day) < SMALL for one in children)
    schools = list(dict.fromkeys(one.school for one in children if one.school in boxes))[:2]
    asked = [(POLICE, STATION), (HEALTH, VISITORS if small else NURSES), *((SCHOOL, one) for one in schools)]
    return [Professional(kind, box, _called(service, box)) for kind, box in asked]


def _called(service: Service, mailbox: str) -> str:
    names = service.parts.setdefault("professionals", {})
    if mailbox not in names:
        stream, told = service.engine.stream(f"professional {mailbox}"), rates("staff")["names"]
        names[mailbox] = f"{stream.choice(told['given'])} {stream.choice(told['family'])}"
    return str(names[mailbox])


def children_of(case: Case) -> list[Dweller]:
    """The children of the case, as they truly are."""
    truly = {_truly(ref) for ref in case.children}
    return [one for one in case.family.children if one.ref in truly]


def _truly(ref: str) -> str:
    return ref.split(AGAIN, maxsplit=1)[0]


def said_of(said: dict[str, str], ref: str) -> str:
    """What was said of one child; of whoever was registered twice, or has grown up, what was said of another."""
    return said.get(ref) or said.get(_truly(ref)) or next(iter(said.values()), NOTHING_ELSE)


def called_in(case: Case, one: Dweller) -> str:
    """By which word the case has this child's record."""
    return next(ref for ref in case.children if _truly(ref) == one.ref)


def born_since(service: Service, case: Case, ref: str, day: date) -> bool:
    """Whether this child of the case has been born since that day, so that nothing of that day is about them."""
    today = local_day(service.now)
    return any(one.ref == _truly(ref) and day < one.born <= today for one in case.family.children)


def unborn(service: Service, case: Case) -> set[str]:
    """Which children of the case the record has as not yet born."""
    keys = {service.story.people[ref]: ref for ref in case.children}
    with acting(service.story.who(service.staff.carrying(case.post)).id):
        headers = get_headers(people=list(keys))
    return {keys[key] for key, one in headers.items() if one.birth == "expected"}


def grown_ups(service: Service, case: Case) -> list[Dweller]:
    """Who looks after them, and a parent who lives elsewhere, as far as the worker knows of them."""
    family, parents = case.family, {ref for one in children_of(case) for ref in one.parents}
    away = [one for ref, one in family.adults.items() if ref in family.elsewhere and ref in parents and not one.died]
    known = {service.story.people[one.ref]: one for one in (*family.adults_at_home(), *away) if one.registered}
    with acting(service.story.who(service.staff.carrying(case.post)).id):
        seen = may_see_of(people=list(known))
    return [one for key, one in known.items() if key in seen]


def box_of(service: Service, one: Professional) -> UUID:
    """The post at their agency."""
    return service.story.authority.mailboxes[one.mailbox]


def happens(stream: Random, *path: str) -> bool:
    """Whether it comes to it this time, by a rate of protection."""
    return stream.random() < rate("protection", *path)


def days(stream: Random, *path: str) -> float:
    """So many working days as hours of the office, about a rate of protection."""
    return 8 * rate("protection", *path) * stream.lognormvariate(0, 0.4)


def some(stream: Random, among: Iterable[Key], *path: str) -> list[Key]:
    """Those of these to whom it happens."""
    return [one for one in among if happens(stream, *path)]

"""Reading where somebody lives, and who lives there with them.

An address that protects is left out of all of this, also for those who may read it: see `protecting_queries`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.kernel.london import local_day
from sightline.people.as_at import believed, holding
from sightline.people.models import Residence
from sightline.people.protecting_queries import is_protected


@dataclass(frozen=True)
class Address:
    """Where somebody lives or lived. `shown` is False where it protects them, and is withheld.

    What is withheld has no key, no lines, no postcode and no dates: only that there is an address.
    """

    id: UUID | None
    home: UUID | None
    lines: str
    postcode: str
    withheld: bool
    shown: bool
    true_from: date | None
    true_to: date | None
    confirmed_on: date | None


HIDDEN = Address(
    id=None,
    home=None,
    lines="",
    postcode="",
    withheld=True,
    shown=False,
    true_from=None,
    true_to=None,
    confirmed_on=None,
)


def list_addresses(*, person: UUID, as_at: datetime | None = None) -> list[Address]:
    """Addresses, the current one first. One that protects says only that there is one, whoever reads."""
    ordinary = Residence.objects.filter(believed(as_at), person_id=person, section=Section.ADDRESS)
    rows = list(ordinary.select_related("home").order_by("-believed_from"))
    rows.sort(key=lambda row: _is_over(row, as_at))
    shown = [
        Address(
            id=row.id,
            home=row.home_id,
            lines=row.home.lines,
            postcode=row.home.postcode,
            withheld=False,
            shown=True,
            true_from=row.true_from,
            true_to=row.true_to,
            confirmed_on=row.confirmed_on,
        )
        for row in rows
    ]
    return [HIDDEN, *shown] if is_protected(person=person) else shown


def _is_over(row: Residence, as_at: datetime | None) -> bool:
    if as_at is None:
        return row.true_to is not None
    return row.true_to is not None and row.true_to <= local_day(as_at)


def list_household(*, person: UUID, as_at: datetime | None = None) -> list[UUID]:
    """Who else lives in the homes where this person lives, as far as both addresses may be seen."""
    standing = Residence.objects.filter(holding(as_at), section=Section.ADDRESS)
    homes = standing.filter(person_id=person).values("home_id")
    others = standing.filter(home_id__in=homes).exclude(person_id=person)
    return list(dict.fromkeys(others.order_by("true_from", "id").values_list("person_id", flat=True)))


def list_households_of(*, people: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The same for several people, in two queries."""
    homes: dict[UUID, set[UUID]] = {}
    standing = Residence.objects.filter(holding(None), section=Section.ADDRESS)
    for person, home in standing.filter(person_id__in=list(people)).values_list("person_id", "home_id"):
        homes.setdefault(person, set()).add(home)
    living: dict[UUID, list[UUID]] = {}
    everywhere = set().union(*homes.values())
    rows = standing.filter(home_id__in=everywhere).order_by("true_from", "id")
    for person, home in rows.values_list("person_id", "home_id"):
        living.setdefault(home, []).append(person)
    return {
        person: list(dict.fromkeys(other for home in own for other in living.get(home, []) if other != person))
        for person, own in homes.items()
    }

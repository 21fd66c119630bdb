"""Reading where somebody lives, and who lives there with them. A withheld address stays withheld."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.rules import Section
from sightline.kernel.london import local_day
from sightline.people.as_at import believed, holding
from sightline.people.models import Residence


@dataclass(frozen=True)
class Address:
    """Where somebody lives or lived. `shown` is False when it is withheld from this reader.

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
    """Addresses, the current one first. One that is withheld from this reader says only that it is."""
    rows = list(
        Residence.objects.filter(believed(as_at), person_id=person).select_related("home").order_by("-believed_from")
    )
    rows.sort(key=lambda row: _is_over(row, as_at))
    shown = [
        Address(
            id=row.id,
            home=row.home_id,
            lines=row.home.lines,
            postcode=row.home.postcode,
            withheld=row.section == Section.SAFE_ADDRESS,
            shown=True,
            true_from=row.true_from,
            true_to=row.true_to,
            confirmed_on=row.confirmed_on,
        )
        for row in rows
    ]
    if any(address.withheld for address in shown) or not _lives_withheld(person):
        return shown
    return [HIDDEN, *shown]


def _is_over(row: Residence, as_at: datetime | None) -> bool:
    if as_at is None:
        return row.true_to is not None
    return row.true_to is not None and row.true_to <= local_day(as_at)


def _lives_withheld(person: UUID) -> bool:
    """Whether the current address is withheld: told only to those who may see whose it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_address_withheld(%s)", [person])
        return bool(cursor.fetchone()[0])


def list_household(*, person: UUID, as_at: datetime | None = None) -> list[UUID]:
    """Who else lives in the homes where this person lives, as far as both addresses may be seen."""
    homes = Residence.objects.filter(holding(as_at), person_id=person).values_list("home_id", flat=True)
    others = Residence.objects.filter(holding(as_at), home_id__in=list(homes)).exclude(person_id=person)
    return list(dict.fromkeys(others.order_by("true_from", "id").values_list("person_id", flat=True)))


def list_households_of(*, people: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The same for several people, in two queries."""
    homes: dict[UUID, set[UUID]] = {}
    for person, home in Residence.objects.filter(holding(None), person_id__in=list(people)).values_list(
        "person_id", "home_id"
    ):
        homes.setdefault(person, set()).add(home)
    living: dict[UUID, list[UUID]] = {}
    everywhere = set().union(*homes.values())
    rows = Residence.objects.filter(holding(None), home_id__in=everywhere).order_by("true_from", "id")
    for person, home in rows.values_list("person_id", "home_id"):
        living.setdefault(home, []).append(person)
    return {
        person: list(dict.fromkeys(other for home in own for other in living.get(home, []) if other != person))
        for person, own in homes.items()
    }

"""Reading addresses that protect, who may read them, and whose letters may lead to one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.rules import Section
from sightline.people.models import Residence
from sightline.people.places import names_place

NAMED = "named_for_address"
"""Why a grant was given to somebody who was named for an address that protects."""


@dataclass(frozen=True)
class ProtectingAddress:
    """Where somebody lives or lived who must not be found. `kind` says what kind of place it is, in words."""

    id: UUID
    lines: str
    postcode: str
    protects: str
    kind: str
    true_from: date | None
    true_to: date | None

    @property
    def is_over(self) -> bool:
        """They no longer live there."""
        return self.true_to is not None


@dataclass(frozen=True)
class AddressReader:
    """An account or a post that reads it now: named for it, or in an emergency until `until`."""

    reader: UUID
    because: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class AtRisk:
    """Writing to `recipient` may lead to somebody who is protected: `own` address, or one they lived at together."""

    recipient: UUID
    person: UUID

    @property
    def own(self) -> bool:
        """It is the recipient who lives at a protected address."""
        return self.recipient == self.person


def list_protecting(*, person: UUID) -> list[ProtectingAddress]:
    """Addresses that protect somebody, the current one first; none for whoever is not named for them."""
    rows = Residence.objects.filter(person=person, section=Section.SAFE_ADDRESS, believed_to=None)
    found = [
        ProtectingAddress(
            id=row.id,
            lines=row.home.lines,
            postcode=row.home.postcode,
            protects=row.protects,
            kind=str(Residence.Protects(row.protects or Residence.Protects.OTHER).label),
            true_from=row.true_from,
            true_to=row.true_to,
        )
        for row in rows.select_related("home").order_by("-believed_from")
    ]
    return sorted(found, key=lambda one: one.is_over)


def is_protected(*, person: UUID) -> bool:
    """Whether somebody lives at a protected address: told to those who may see who they are, and where to nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_address_withheld(%s)", [person])
        return bool(cursor.fetchone()[0])


def list_readers(*, person: UUID) -> list[AddressReader]:
    """Who reads somebody's protected address now; nobody for whoever does not read it themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reader, because, since, until FROM people_address_readers(%s)", [person])
        return [AddressReader(*row) for row in cursor.fetchall()]


def at_risk(*, recipients: Iterable[UUID], about: Iterable[UUID]) -> dict[UUID, list[AtRisk]]:
    """By recipient, who of them and of those a letter is about is protected, and lived with the recipient.

    A letter to the address that was fled, or that names where somebody is now, has led to them before now.
    """
    to, people = list(dict.fromkeys(recipients)), list(dict.fromkeys(about))
    found: dict[UUID, list[AtRisk]] = defaultdict(list)
    if not to:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient, person FROM people_at_risk(%s, %s)", [to, people])
        for recipient, person in cursor.fetchall():
            found[recipient].append(AtRisk(recipient, person))
    return found


def holds_protected(*, words: str, about: Iterable[UUID]) -> set[UUID]:
    """Of these people, whose protected address or postcode stands in these words; asked of named readers alone.

    Whoever may not read the address is not told that they wrote it: that would tell them where it is.
    """
    return {
        row.person_id
        for row in Residence.objects.filter(
            person__in=list(about), section=Section.SAFE_ADDRESS, believed_to=None
        ).select_related("home")
        if names_place(words, lines=row.home.lines, postcode=row.home.postcode)
    }

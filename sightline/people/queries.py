"""Reading the register, under the row policies, as the person who acts.

`as_at` reads what was believed at that moment; without it, what is believed now. Searching is in
`search`, and is imported here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from sightline.people import rules
from sightline.people.as_at import believed
from sightline.people.headers import (
    NAME_NOT_KNOWN,
    NOT_YET_NAMED,
    PersonHeader,
    PersonName,
    get_header,
    get_headers,
    get_names,
)
from sightline.people.household import HouseholdChange, household_changes
from sightline.people.models import (
    Identification,
    Name,
    Particulars,
    Person,
    Relationship,
)
from sightline.people.search import Match, hidden_matches, search_people
from sightline.people.whereabouts_queries import Address, list_addresses, list_household, list_households_of

__all__ = [
    "Address",
    "HouseholdChange",
    "Match",
    "PersonHeader",
    "Related",
    "Unidentified",
    "find_called",
    "get_header",
    "get_headers",
    "get_names",
    "hidden_matches",
    "household_changes",
    "list_addresses",
    "list_household",
    "list_households_of",
    "list_kinds",
    "list_names",
    "list_network",
    "list_networks_of",
    "list_relationships",
    "list_relationships_of",
    "list_unidentified",
    "same_names",
    "search_people",
]

OPEN_IDENTIFICATION = Identification.Status.NOT_IDENTIFIED


@dataclass(frozen=True)
class Related:
    """One end of a relationship, seen from the person who was asked about.

    `reads` is True when `other` is the `kind` of the person asked about ("mother of this child"),
    False when the person asked about is the `kind` of `other`.
    """

    id: UUID
    other: UUID
    kind: str
    label: str
    reads: bool
    parental_responsibility: bool | None
    words: str
    true_from: date | None
    true_to: date | None


@dataclass(frozen=True)
class Unidentified:
    """An adult who was spoken of, and where we stand with them."""

    person: UUID
    name: str
    status: str
    label: str
    words: str
    at: datetime
    standing: UUID

    @property
    def is_open(self) -> bool:
        """Still to be identified, met, checked or ruled out."""
        return self.status == OPEN_IDENTIFICATION


def list_kinds(*, people: Iterable[UUID]) -> dict[UUID, str]:
    """Who of these people is a child and who an adult, in one query; whoever may not be seen is left out."""
    return dict(Person.objects.filter(id__in=list(people)).values_list("id", "kind"))


def find_called(*, people: Iterable[UUID]) -> dict[UUID, PersonName]:
    """Who these people are, as searching would say it of them; whoever would not be found is left out.

    For a page that is shown before a record is opened.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_called(%s)", [list(people)])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    unnamed = {Particulars.Birth.EXPECTED: NOT_YET_NAMED}
    return {
        row["person"]: PersonName(
            id=row.pop("person"), **row | {"name": row["name"] or unnamed.get(row["birth"], NAME_NOT_KNOWN)}
        )
        for row in rows
    }


def list_names(*, person: UUID, as_at: datetime | None = None) -> list[Name]:
    """Every name that is believed, former names too, in the order in which they were added."""
    return list(Name.objects.filter(believed(as_at), person_id=person).order_by("id"))


def list_relationships(*, person: UUID, as_at: datetime | None = None) -> list[Related]:
    """Who is what to this person, and what this person is to others; only where both may be seen."""
    return list_relationships_of(people=[person], as_at=as_at).get(person, [])


def list_relationships_of(*, people: Iterable[UUID], as_at: datetime | None = None) -> dict[UUID, list[Related]]:
    """The same for several people, in one query."""
    keys = set(people)
    rows = Relationship.objects.filter(believed(as_at)).filter(Q(person_id__in=keys) | Q(to_id__in=keys))
    found: dict[UUID, list[Related]] = {}
    for row in rows.order_by("id"):
        for end in keys & {row.person_id, row.to_id}:
            found.setdefault(end, []).append(_related(row, end))
    return found


def _related(row: Relationship, person: UUID) -> Related:
    return Related(
        id=row.id,
        other=row.person_id if row.to_id == person else row.to_id,
        kind=row.kind,
        label=Relationship.Kind(row.kind).label,
        reads=row.to_id == person,
        parental_responsibility=row.parental_responsibility,
        words=row.words,
        true_from=row.true_from,
        true_to=row.true_to,
    )


PARENTS = (Relationship.Kind.MOTHER, Relationship.Kind.FATHER, Relationship.Kind.PARENT)


def list_family(*, person: UUID) -> set[UUID]:
    """Whoever is around somebody, themself, and the other children of the same parents.

    Children of one mother are a family whether or not anybody said that they are brothers and sisters.
    """
    standing = Relationship.objects.filter(believed(None), kind__in=PARENTS)
    parents = standing.filter(to=person).values("person")
    children = standing.filter(person__in=parents).values_list("to", flat=True)
    return {person, *children, *list_network(people=[person])}


def list_network(*, people: Iterable[UUID]) -> set[UUID]:
    """Keys of whoever is related to these people or lives with them, and of the people themselves.

    Wider than the actor's sight, so that what is known can be asked about brothers and sisters;
    whoever is hidden from the actor is left out. A withheld address joins nobody, nor does that of a restricted
    record that is closed to the actor and may be known of.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM people_network(%s)", [list(people)])
        return {row[0] for row in cursor.fetchall()}


def list_networks_of(*, people: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """`list_network` of each of these people by themselves, in one query. Whoever is barred has nobody."""
    networks: dict[UUID, set[UUID]] = {person: set() for person in people}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, n.person FROM unnest(%s::uuid[]) AS asked CROSS JOIN LATERAL people_network(ARRAY[asked]) n",
            [list(networks)],
        )
        for asked, person in cursor.fetchall():
            networks[asked].add(person)
    return networks


def list_unidentified(*, people: Iterable[UUID]) -> list[Unidentified]:
    """Of these people, the adults who were named and not identified at first, with the latest word on each."""
    keys = list(people)
    latest = Identification.objects.filter(person_id__in=keys).order_by("person_id", "-at", "-id").distinct("person_id")
    found = list(latest)
    names = get_headers(people=[row.person_id for row in found])
    return [
        Unidentified(
            person=row.person_id,
            name=names[row.person_id].name,
            status=row.status,
            label=Identification.Status(row.status).label,
            words=row.words,
            at=row.at,
            standing=row.id,
        )
        for row in found
        if row.person_id in names
    ]


def same_names(*, people: Iterable[UUID]) -> set[UUID]:
    """Which of these children share a name with another of them, so that a page can warn."""
    return rules.same_names(
        {
            key: (header.name, "", header.kind == Person.Kind.CHILD)
            for key, header in get_headers(people=people).items()
            if header.name not in {NAME_NOT_KNOWN, NOT_YET_NAMED}
        }
    )

"""Reading the register, under the row policies, as the person who acts.

`as_at` reads what was believed at that moment; without it, what is believed now. Searching is in
`search`, and is imported here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import FilteredRelation, Q

from sightline.people import rules
from sightline.people.as_at import believed, holding
from sightline.people.household import HouseholdChange, household_changes
from sightline.people.models import (
    Identification,
    Identifier,
    Name,
    Need,
    Particulars,
    Person,
    Relationship,
    Warning,  # noqa: A004 - the field's noun
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

NAME_NOT_KNOWN = "Name not known"
NOT_YET_NAMED = "Not yet named"
OPEN_IDENTIFICATION = Identification.Status.NOT_IDENTIFIED


@dataclass(frozen=True)
class PersonName:
    """What somebody is called and how old they are, as far as the reader may see it."""

    id: UUID
    kind: str
    name: str
    known_as: str
    birth: str
    birth_date: date | None
    expected_date: date | None
    death_date: date | None

    def age_words(self, on: date) -> str:
        """Age on that day, said no better than it is known; "not yet born, expected …" before birth."""
        return rules.age_words(
            birth=self.birth,
            birth_date=self.birth_date,
            expected_date=self.expected_date,
            death_date=self.death_date,
            on=on,
        )

    def birth_words(self) -> str:
        """The day of birth, said no better than it is known."""
        return rules.birth_words(birth=self.birth, birth_date=self.birth_date, expected_date=self.expected_date)


@dataclass(frozen=True)
class PersonHeader(PersonName):
    """Who somebody is, as far as the reader may see it."""

    sex: str
    ethnicity: str = ""
    disabilities: tuple[str, ...] = ()
    upn_unknown: str = ""
    identifiers: list[Identifier] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


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


def get_header(*, person: UUID, as_at: datetime | None = None) -> PersonHeader | None:
    """Who this is; None when there is nobody whom the actor may see."""
    return get_headers(people=[person], as_at=as_at).get(person)


def list_kinds(*, people: Iterable[UUID]) -> dict[UUID, str]:
    """Who of these people is a child and who an adult, in one query; whoever may not be seen is left out."""
    return dict(Person.objects.filter(id__in=list(people)).values_list("id", "kind"))


def get_headers(*, people: Iterable[UUID], as_at: datetime | None = None) -> dict[UUID, PersonHeader]:
    """The same for many people in a fixed number of queries; whoever may not be seen is left out."""
    seen = _known(people, as_at)
    identifiers = _by_person(Identifier.objects.filter(believed(as_at), person_id__in=list(seen)).order_by("scheme"))
    warnings = _by_person(Warning.objects.filter(holding(as_at), person_id__in=list(seen)).order_by("review_on"))
    needs = _by_person(Need.objects.filter(holding(as_at), person_id__in=list(seen)).order_by("id"))
    return {
        key: PersonHeader(
            **_named(key, one, identifiers.get(key, [])),
            sex=one.born.sex,
            ethnicity=one.born.ethnicity,
            disabilities=tuple(one.born.disabilities),
            upn_unknown=one.born.upn_unknown,
            identifiers=identifiers.get(key, []),
            warnings=warnings.get(key, []),
            needs=needs.get(key, []),
        )
        for key, one in seen.items()
    }


def get_names(*, people: Iterable[UUID], as_at: datetime | None = None) -> dict[UUID, PersonName]:
    """What these people are called, in one query, and one more where somebody has no name; as `get_headers`."""
    seen = _known(people, as_at)
    nameless = [key for key, one in seen.items() if not one.names]
    numbers = Identifier.objects.filter(believed(as_at), person_id__in=nameless).order_by("scheme")
    identifiers = _by_person(numbers) if nameless else {}
    return {key: PersonName(**_named(key, one, identifiers.get(key, []))) for key, one in seen.items()}


@dataclass
class _Known:
    """What is believed of somebody: when they were born, and what they are called, in the order it was written."""

    kind: str
    born: Particulars
    names: list[Name] = field(default_factory=list)


_BORN = ("birth", "birth_date", "expected_date", "death_date", "sex", "ethnicity", "disabilities", "upn_unknown")
_CALLED = ("kind", "given", "family")


def _known(people: Iterable[UUID], as_at: datetime | None) -> dict[UUID, _Known]:
    """One query, however many they are: each table's own policy says what of it may be read."""
    rows = (
        Person.objects.filter(id__in=list(people))
        .annotate(
            born=FilteredRelation("particulars", condition=believed(as_at, "particulars__")),
            called=FilteredRelation("names", condition=believed(as_at, "names__")),
        )
        .order_by("called__id")
        .values_list("id", "kind", *(f"born__{one}" for one in _BORN), *(f"called__{one}" for one in _CALLED))
    )
    found: dict[UUID, _Known] = {}
    for key, kind, *facts in rows:
        born, called = facts[: len(_BORN)], facts[len(_BORN) :]
        if key not in found:
            found[key] = _Known(kind, _particulars(born))
        if called[0] is not None:
            found[key].names.append(Name(**dict(zip(_CALLED, called, strict=True))))
    return found


def _particulars(born: list[Any]) -> Particulars:
    """As they are believed; of somebody of whom nothing is believed, that nothing is known."""
    if born[0] is None:
        return Particulars(birth=Particulars.Birth.UNKNOWN)
    return Particulars(**dict(zip(_BORN, born, strict=True)))


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


def _by_person(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _named(key: UUID, one: _Known, identifiers: list[Identifier]) -> dict[str, Any]:
    return {
        "id": key,
        "kind": one.kind,
        "name": _name_of(one.names, identifiers, one.born.birth),
        "known_as": _known_as(one.names),
        "birth": one.born.birth,
        "birth_date": one.born.birth_date,
        "expected_date": one.born.expected_date,
        "death_date": one.born.death_date,
    }


def _name_of(names: list[Name], identifiers: list[Identifier], birth: str) -> str:
    """The legal name, else the name they go by, else a description, else a former name, else the child id."""
    for kind in (Name.Kind.LEGAL, Name.Kind.KNOWN_AS, Name.Kind.DESCRIBED, Name.Kind.FORMER):
        current = [name for name in names if name.kind == kind]
        if current:
            return (
                rules.name_before_birth(_full(current[-1]))
                if birth == Particulars.Birth.EXPECTED
                else _full(current[-1])
            )
    for number in identifiers:
        if number.scheme == Identifier.Scheme.CHILD_ID:
            return f"Child {number.value}"
    return NOT_YET_NAMED if birth == Particulars.Birth.EXPECTED else NAME_NOT_KNOWN


def _known_as(names: list[Name]) -> str:
    known = [name for name in names if name.kind == Name.Kind.KNOWN_AS]
    has_legal = any(name.kind == Name.Kind.LEGAL for name in names)
    return _full(known[-1]) if known and has_legal else ""


def _full(name: Name) -> str:
    return f"{name.given} {name.family}".strip()


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

"""Who somebody is, as far as the reader may see it: what a page says of a person at its head, and of others by name.

`as_at` reads what was believed at that moment; without it, what is believed now.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from sightline.kernel.london import local_day
from sightline.people import rules
from sightline.people.models import (
    Identifier,
    Name,
    Need,
    Particulars,
    Warning,  # noqa: A004 - the field's noun
)

NAME_NOT_KNOWN = "Name not known"
NOT_YET_NAMED = "Not yet named"


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


def get_header(*, person: UUID, as_at: datetime | None = None) -> PersonHeader | None:
    """Who this is; None when there is nobody whom the actor may see."""
    return get_headers(people=[person], as_at=as_at).get(person)


def get_headers(*, people: Iterable[UUID], as_at: datetime | None = None) -> dict[UUID, PersonHeader]:
    """The same for many people in a fixed number of queries; whoever may not be seen is left out."""
    seen = _known(people, as_at)
    facts = _facts_of(list(seen), as_at)
    identifiers, warnings, needs = (facts[table] for table in _TOLD)
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
    identifiers = _facts_of(nameless, as_at)["people_identifier"]
    return {key: PersonName(**_named(key, one, identifiers.get(key, []))) for key, one in seen.items()}


@dataclass
class _Known:
    """What is believed of somebody: when they were born, and what they are called, in the order it was written."""

    kind: str
    born: Particulars
    names: list[Name] = field(default_factory=list)


_BORN = ("birth", "birth_date", "expected_date", "death_date", "sex", "ethnicity", "disabilities", "upn_unknown")
_CALLED = ("kind", "given", "family")
# Written out, since every page asks it: putting it together anew each time took longer than its answer.
_WHO = f"""
SELECT p.id, p.kind, {", ".join(f"b.{one}" for one in _BORN)}, {", ".join(f"n.{one}" for one in _CALLED)}
FROM people_person p
LEFT JOIN people_particulars b ON b.person_id = p.id AND {{born}}
LEFT JOIN people_name n ON n.person_id = p.id AND {{called}}
WHERE p.id = ANY (%(people)s)
ORDER BY n.id
"""  # noqa: S608 (names of columns, and conditions written below)
# By table, each with the order in which what it tells of one person is shown.
_TOLD: dict[str, tuple[type[Model], str]] = {
    "people_identifier": (Identifier, "scheme"),
    "people_warning": (Warning, "review_on"),
    "people_need": (Need, "id"),
}


def _believed(table: str, as_at: datetime | None) -> str:
    """`as_at.believed`, in SQL, of a table by its short name; `at` is the moment."""
    if as_at is None:
        return f"{table}.believed_to IS NULL"
    return f"{table}.believed_from <= %(at)s AND ({table}.believed_to IS NULL OR {table}.believed_to > %(at)s)"


def _holding(table: str, as_at: datetime | None) -> str:
    """`as_at.holding`, in the same way; `on` is the day of the moment."""
    over = f"{table}.true_to IS NULL" + ("" if as_at is None else f" OR {table}.true_to > %(on)s")
    return f"{_believed(table, as_at)} AND ({over})"


def _facts_of(people: list[UUID], as_at: datetime | None) -> dict[str, dict[UUID, list[Any]]]:
    """By table, the numbers, warnings and needs of each of these people; each table's own policy says what may be read.

    One query.
    """
    found: dict[str, dict[UUID, list[Any]]] = {table: {} for table in _TOLD}
    if not people:
        return found
    asked = " UNION ALL ".join(
        f"SELECT '{table}', to_jsonb(f)::text FROM {table} f WHERE f.person_id = ANY (%(people)s)"  # noqa: S608 (names of tables)
        f" AND {(_believed if model is Identifier else _holding)('f', as_at)}"
        for table, (model, _) in _TOLD.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, {"people": people, "at": as_at, "on": local_day(as_at) if as_at else None})
        rows = cursor.fetchall()
    for table, told in rows:
        row = _row(_TOLD[table][0], json.loads(told))
        found[table].setdefault(row.person_id, []).append(row)
    for table, (_, order) in _TOLD.items():
        for those in found[table].values():
            those.sort(key=attrgetter(order))
    return found


def _row(model: type[Model], told: dict[str, Any]) -> Any:
    """A row of that table, out of what its columns say."""
    fields = model._meta.concrete_fields  # noqa: SLF001 (Django's documented way to a model's fields)
    return model.from_db(
        connection.alias, [one.attname for one in fields], [one.to_python(told[str(one.column)]) for one in fields]
    )


def _known(people: Iterable[UUID], as_at: datetime | None) -> dict[UUID, _Known]:
    """One query, however many they are: each table's own policy says what of it may be read."""
    wanted = list(people)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _WHO.format(born=_believed("b", as_at), called=_believed("n", as_at)), {"people": wanted, "at": as_at}
        )
        rows = cursor.fetchall()
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

"""Putting many children into the register at once, as a file says they are. Only imports call this.

They have no names: a file of the department's carries none. What a worker could not type (a pupil
number whose check letter is wrong) is taken as it was written; the importer reports it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.people.models import Identifier, Particulars, Person


@dataclass(frozen=True)
class ChildGiven:
    """A child as given. `numbers` are pairs of scheme and value, as `read_number` keeps them.

    `upn_unknown` is the census's code for why no pupil number is known.
    """

    person: UUID
    birth: str
    birth_date: date | None
    expected_date: date | None
    death_date: date | None
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    upn_unknown: str = ""


def bring_in_children(*, by: Actor, children: Sequence[ChildGiven], at: datetime) -> None:
    """Register each child. The caller's act permits, audits, and gives sight first."""
    Person.objects.bulk_create(
        Person(id=given.person, kind=Person.Kind.CHILD, registered_at=at, registered_by=by.id) for given in children
    )
    Particulars.objects.bulk_create(
        Particulars(
            person_id=given.person,
            birth=given.birth,
            birth_date=given.birth_date,
            expected_date=given.expected_date,
            death_date=given.death_date,
            sex=given.sex,
            ethnicity=given.ethnicity,
            disabilities=list(given.disabilities),
            upn_unknown=given.upn_unknown,
            believed_from=at,
        )
        for given in children
    )
    bring_in_numbers(numbers=[(given.person, *number) for given in children for number in given.numbers], at=at)


def bring_in_numbers(*, numbers: Sequence[tuple[UUID, str, str]], at: datetime) -> None:
    """Record numbers by which people are known: person, scheme, value. Nobody has vouched for them."""
    Identifier.objects.bulk_create(
        Identifier(person_id=person, scheme=scheme, value=value, believed_from=at) for person, scheme, value in numbers
    )

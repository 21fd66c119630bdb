"""Registering whoever a contact names, with what was said of them: names, numbers, homes, ties."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.people.operations import (
    add_identifier,
    add_name,
    add_need,
    add_unidentified_adult,
    correct_particulars,
    record_address,
    register_person,
    relate,
)
from sightline.people.queries import list_unidentified
from sightline.record.operations import mention_adult


@dataclass(frozen=True)
class NewPerson:
    """Somebody registered with the contact: also unborn, unnamed, or of unknown age.

    `described` is how they were spoken of ("mum's new partner, possibly called Lee"); an adult
    who is `unidentified` stays open until identified, met, checked or ruled out. `numbers` are
    pairs of a scheme and a number.
    """

    id: UUID
    kind: str
    given: str = ""
    family: str = ""
    name_kind: str = "legal"
    birth: str = "unknown"
    birth_date: date | None = None
    expected_date: date | None = None
    sex: str = "U"
    described: str = ""
    lines: str = ""
    postcode: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    unidentified: bool = False


@dataclass(frozen=True)
class Tie:
    """`person` is the `kind` of `to`. Parental responsibility of None is not known."""

    person: UUID
    to: UUID
    kind: str
    parental_responsibility: bool | None = None
    words: str = ""


@dataclass(frozen=True)
class NeedGiven:
    """What somebody needs to be spoken with in safety."""

    person: UUID
    kind: str
    words: str


def register_people(*, by: Actor, people: Iterable[NewPerson], at: datetime) -> None:
    """Put each of them in the register. Sight of their keys has been given before."""
    for person in people:
        if person.unidentified:
            _register_unidentified(by, person, at)
        else:
            _register(by, person, at)
        for scheme, value in person.numbers:
            add_identifier(by=by, person=person.id, scheme=scheme, value=value, at=at)
        if person.lines.strip() or person.postcode.strip():
            record_address(by=by, person=person.id, lines=person.lines, postcode=person.postcode, at=at)


def _register(by: Actor, person: NewPerson, at: datetime) -> None:
    register_person(
        by=by,
        kind=person.kind,
        person=person.id,
        given=person.given,
        family=person.family,
        name_kind=person.name_kind,
        birth=person.birth,
        birth_date=person.birth_date,
        expected_date=person.expected_date,
        sex=person.sex,
        at=at,
    )
    if person.described.strip():
        add_name(by=by, person=person.id, given=person.described, kind="described", at=at)


def _register_unidentified(by: Actor, person: NewPerson, at: datetime) -> None:
    add_unidentified_adult(
        by=by,
        person=person.id,
        given=person.given,
        family=person.family,
        described=person.described,
        at=at,
    )
    if person.sex != "U" or person.birth != "unknown":
        correct_particulars(
            by=by,
            person=person.id,
            sex=person.sex,
            birth=person.birth,
            birth_date=person.birth_date,
            at=at,
        )


def tie_people(*, by: Actor, ties: Iterable[Tie], needs: Iterable[NeedGiven], at: datetime) -> None:
    """Record who is what to whom, and what each needs to be spoken with."""
    for tie in ties:
        relate(
            by=by,
            person=tie.person,
            to=tie.to,
            kind=tie.kind,
            parental_responsibility=tie.parental_responsibility,
            words=tie.words,
            at=at,
        )
    for need in needs:
        add_need(by=by, person=need.person, kind=need.kind, words=need.words, at=at)


def mention_unidentified(
    *,
    by: Actor,
    people: Iterable[NewPerson],
    children: Sequence[UUID],
    contact: UUID,
    agency: UUID | None,
    at: datetime,
) -> None:
    """Note who spoke of each adult who is not identified, around each child."""
    for person in people:
        if not person.unidentified:
            continue
        said = person.described or f"{person.given} {person.family}".strip()
        for child in children:
            mention_adult(
                by=by,
                adult=person.id,
                child=child,
                words=said,
                entry=contact,
                agency=agency,
                at=at,
            )


def mention_again(
    *,
    by: Actor,
    adults: Iterable[UUID],
    children: Sequence[UUID],
    contact: UUID,
    agency: UUID | None,
    at: datetime,
) -> None:
    """Note who speaks anew of an adult who was spoken of before and is still open: what several say stands together."""
    for one in list_unidentified(people=adults):
        for child in children if one.is_open else ():
            mention_adult(
                by=by,
                adult=one.person,
                child=child,
                words=one.name,
                entry=contact,
                agency=agency,
                at=at,
            )

"""Registering people, and keeping what is known about them right.

Nothing is overwritten: a correction closes the row that was believed and opens another. Sight of
a new person is not given here: the caller makes the key, gives sight with it, then registers.
Numbers and addresses are written in `whereabouts`, needs and warnings in `precautions`; rooms
above import all of them from here.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal, Stale
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.index import index_names
from sightline.people.models import Identification, Name, Particulars, Person, Relationship
from sightline.people.permissions import check_keep, require_sight
from sightline.people.precautions import add_need, add_warning, end_need, end_warning
from sightline.people.rules import check_birth, check_name
from sightline.people.whereabouts import add_identifier, end_residence, record_address

__all__ = [
    "add_identifier",
    "add_name",
    "add_need",
    "add_unidentified_adult",
    "add_warning",
    "correct_particulars",
    "end_name",
    "end_need",
    "end_relationship",
    "end_residence",
    "end_warning",
    "record_address",
    "record_birth",
    "register_person",
    "relate",
    "set_identification",
    "supersede_name",
]

CORRECTABLE = frozenset(
    {"birth", "birth_date", "expected_date", "death_date", "sex", "ethnicity", "disabilities", "upn_unknown"}
)


class AlreadyCorrected(Refusal):
    """Somebody else changed it between the reading and the writing."""


@act("register_person")
def register_person(
    *,
    by: Actor,
    kind: str,
    at: datetime,
    person: UUID | None = None,
    given: str = "",
    family: str = "",
    name_kind: str = Name.Kind.LEGAL,
    known_as: str | None = None,
    birth: str = Particulars.Birth.UNKNOWN,
    birth_date: date | None = None,
    expected_date: date | None = None,
    sex: str = Particulars.Sex.UNKNOWN,
) -> UUID:
    """Put somebody in the register: also unborn, unnamed, or of unknown age. Returns their key.

    `birth` says how well the day is known: exact, year (the day is any of that year), about (the
    middle of the age that was told), unknown, expected. Refuses an adult not yet born, and a birth
    to come.
    """
    check_keep(by)
    check_birth(kind=kind, birth=birth, birth_date=birth_date, expected_date=expected_date, on=local_day(at))
    person = person or new_id()
    Person.objects.create(id=person, kind=kind, registered_at=at, registered_by=by.id)
    Particulars.objects.create(
        person_id=person, birth=birth, birth_date=birth_date, expected_date=expected_date, sex=sex, believed_from=at
    )
    if given.strip() or family.strip():
        _add_name(person=person, kind=name_kind, given=given, family=family, at=at)
    if known_as and known_as.strip():
        first, _, rest = known_as.strip().partition(" ")
        _add_name(person=person, kind=Name.Kind.KNOWN_AS, given=first, family=rest, at=at)
    touch(person)
    return person


@act("add_name")
def add_name(
    *,
    by: Actor,
    person: UUID,
    at: datetime,
    given: str = "",
    family: str = "",
    kind: str = Name.Kind.LEGAL,
    true_from: date | None = None,
    true_to: date | None = None,
) -> UUID:
    """Add a name that somebody has, had, or is known by. Refuses an empty one."""
    check_keep(by)
    require_sight(person)
    touch(person)
    return _add_name(person=person, kind=kind, given=given, family=family, at=at, true_from=true_from, true_to=true_to)


@act("supersede_name")
def supersede_name(*, by: Actor, name: UUID, at: datetime, given: str = "", family: str = "") -> UUID:
    """Correct a name that was written wrongly: the old row is no longer believed. Returns the new one's key.

    A name that was right and has changed is not corrected: end it and add the new one.
    """
    check_keep(by)
    old = Name.objects.filter(id=name, believed_to=None).first()
    if old is None:
        raise AlreadyCorrected("This name has already been corrected. Open the record again to see it.")
    Name.objects.filter(id=name, believed_to=None).update(believed_to=at)
    touch(old.person_id)
    return _add_name(
        person=old.person_id,
        kind=old.kind,
        given=given,
        family=family,
        at=at,
        true_from=old.true_from,
        true_to=old.true_to,
    )


@act("end_name")
def end_name(*, by: Actor, name: UUID, true_to: date, at: datetime) -> UUID:
    """A name that was right until a day: it stays as a former name, and is still found. Returns its new row."""
    check_keep(by)
    old = Name.objects.filter(id=name, believed_to=None).first()
    if old is None:
        raise AlreadyCorrected("This name has already been changed. Open the record again to see it.")
    Name.objects.filter(id=name, believed_to=None).update(believed_to=at)
    touch(old.person_id)
    return _add_name(
        person=old.person_id,
        kind=Name.Kind.FORMER,
        given=old.given,
        family=old.family,
        at=at,
        true_from=old.true_from,
        true_to=true_to,
    )


def _add_name(
    *,
    person: UUID,
    kind: str,
    given: str,
    family: str,
    at: datetime,
    true_from: date | None = None,
    true_to: date | None = None,
) -> UUID:
    given, family = check_name(given=given, family=family)
    name = Name(
        person_id=person,
        kind=kind,
        given=given,
        family=family,
        believed_from=at,
        true_from=true_from,
        true_to=true_to,
    )
    name.save(force_insert=True)
    index_names([name])
    return name.id


@act("correct_particulars")
def correct_particulars(*, by: Actor, person: UUID, at: datetime, **changes: Any) -> UUID:
    """Correct birth, expected date, death, sex, ethnicity, disabilities or why there is no pupil number.

    Returns the new row's key. What is not named stays as it was believed. Refuses a birth that does
    not fit, and a change that crossed with another.
    """
    check_keep(by)
    if not changes or not changes.keys() <= CORRECTABLE:
        raise TypeError(f"Particulars have {sorted(CORRECTABLE)}, and at least one is to be given.")
    require_sight(person)
    old = Particulars.objects.filter(person_id=person, believed_to=None).first()
    ended = old is not None and Particulars.objects.filter(id=old.id, believed_to=None).update(believed_to=at)
    if not ended:
        raise AlreadyCorrected("Somebody else has just corrected this. Open the record again and look at it first.")
    believed = {field: getattr(old, field) for field in CORRECTABLE} | changes
    kind = Person.objects.values_list("kind", flat=True).get(id=person)
    check_birth(
        kind=kind,
        birth=believed["birth"],
        birth_date=believed["birth_date"],
        expected_date=believed["expected_date"],
        on=local_day(at),
    )
    new = Particulars(person_id=person, believed_from=at, **believed)
    new.save(force_insert=True)
    touch(person)
    return new.id


@act("record_birth")
def record_birth(*, by: Actor, person: UUID, birth_date: date, sex: str, at: datetime) -> UUID:
    """A child who was not yet born has been born. The expected date stays with them."""
    return correct_particulars(
        by=by, person=person, birth=Particulars.Birth.EXACT, birth_date=birth_date, sex=sex, at=at
    )


@act("relate")
def relate(
    *,
    by: Actor,
    person: UUID,
    to: UUID,
    kind: str,
    at: datetime,
    parental_responsibility: bool | None = None,
    words: str = "",
    true_from: date | None = None,
) -> UUID:
    """`person` is the `kind` of `to`: relate(person=mother, to=child, kind="mother").

    Parental responsibility: Children Act 1989, section 3; None is not known. What was believed
    of the same two and the same kind is superseded. Refuses somebody related to themselves.
    """
    check_keep(by)
    if person == to:
        raise Refusal("Nobody can be related to themselves. Choose two different people.")
    require_sight(person, to)
    Relationship.objects.filter(person_id=person, to_id=to, kind=kind, believed_to=None).update(believed_to=at)
    row = Relationship(
        person_id=person,
        to_id=to,
        kind=kind,
        parental_responsibility=parental_responsibility,
        words=words.strip(),
        true_from=true_from,
        believed_from=at,
    )
    row.save(force_insert=True)
    touch(person, to)
    return row.id


@act("end_relationship")
def end_relationship(*, by: Actor, relationship: UUID, true_to: date, at: datetime) -> UUID:
    """A relationship that was right until a day. Returns its new row."""
    check_keep(by)
    old = Relationship.objects.filter(id=relationship, believed_to=None).first()
    if old is None:
        raise AlreadyCorrected("This has already been changed. Open the record again to see it.")
    Relationship.objects.filter(id=relationship, believed_to=None).update(believed_to=at)
    row = Relationship(
        person_id=old.person_id,
        to_id=old.to_id,
        kind=old.kind,
        parental_responsibility=old.parental_responsibility,
        words=old.words,
        true_from=old.true_from,
        true_to=true_to,
        believed_from=at,
    )
    row.save(force_insert=True)
    touch(old.person_id, old.to_id)
    return row.id


@act("add_unidentified_adult")
def add_unidentified_adult(
    *,
    by: Actor,
    at: datetime,
    person: UUID | None = None,
    given: str = "",
    family: str = "",
    described: str = "",
) -> UUID:
    """An adult who was spoken of and not identified ("mum's new partner, possibly called Lee").

    They stay open until identified, met, checked or ruled out. Refuses one with neither a name
    nor a description.
    """
    if not (given.strip() or family.strip() or described.strip()):
        raise Refusal(
            "Say who this is: a name, even half of one, or a description such as “mum's new partner”.",
            field="described",
        )
    person = register_person(by=by, kind=Person.Kind.ADULT, person=person, given=given, family=family, at=at)
    if described.strip():
        _add_name(person=person, kind=Name.Kind.DESCRIBED, given=described, family="", at=at)
    _identify(by=by, person=person, status=Identification.Status.NOT_IDENTIFIED, words=described, at=at)
    return person


@act("set_identification")
def set_identification(
    *, by: Actor, person: UUID, status: str, at: datetime, words: str = "", standing: UUID | None = None
) -> UUID:
    """Where we stand with an adult who was named but not identified.

    `standing` is the word that the writer had before them. Refuses to rule somebody out without
    saying why; where somebody else has said another word since, `Stale` carries both.
    """
    check_keep(by)
    require_sight(person)
    _refuse_unless_standing(person, standing, words)
    if status == Identification.Status.RULED_OUT and not words.strip():
        raise Refusal("Say why this adult is ruled out, and who checked it.", field="words")
    touch(person)
    return _identify(by=by, person=person, status=status, words=words, at=at)


def _refuse_unless_standing(person: UUID, standing: UUID | None, words: str) -> None:
    with connection.cursor() as cursor:  # two at once: the second waits, and then reads what the first said
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('people_identification ' || %s, 0))", [person])
    latest = Identification.objects.filter(person_id=person).order_by("-at", "-id").first()
    if standing is not None and latest is not None and latest.id != standing:
        said = f"{Identification.Status(latest.status).label}. {latest.words}".strip()
        raise Stale(
            f"A colleague said while you were writing where we stand with this adult: “{said}” "
            "Save again if yours should stand.",
            theirs=said,
            yours=words,
        )


def _identify(*, by: Actor, person: UUID, status: str, words: str, at: datetime) -> UUID:
    row = Identification(person_id=person, status=status, words=words.strip(), by=by.id, at=at)
    row.save(force_insert=True)
    return row.id

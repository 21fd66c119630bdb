"""Writing the numbers by which others know somebody, and where they live."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.models import Identifier, Residence
from sightline.people.permissions import check_keep, require_sight
from sightline.people.rules import home_key, read_address, read_number


class NumberTaken(Refusal):
    """Another person in the register is known by this number."""


@act("add_identifier")
def add_identifier(*, by: Actor, person: UUID, scheme: str, value: str, at: datetime, verified: bool = False) -> UUID:
    """Record an NHS number, a unique pupil number or this authority's child id. Returns its key.

    Supersedes the person's number of that scheme; a pupil number that was replaced stays as a
    former one. Refuses a number whose check figure is wrong, and one that another person has
    whom the actor could find by searching. The number of somebody who is hidden from the actor is
    taken like any other, so nothing is betrayed; `hidden_matches` then finds the two.
    """
    check_keep(by)
    value = read_number(scheme=scheme, value=value)
    require_sight(person)
    if _held_by_another(person=person, scheme=scheme, value=value):
        raise NumberTaken(
            "Somebody else in the register has this number. Search for the number: this may be the same person. "
            "If it is not, check the number with whoever gave it.",
            field="number",
        )
    touch(person)
    same = Identifier.objects.filter(person_id=person, scheme=scheme, value=value, believed_to=None).first()
    if same is not None:
        Identifier.objects.filter(id=same.id).update(verified=verified or same.verified)
        return same.id
    if scheme != Identifier.Scheme.FORMER_UPN:
        _supersede_number(person=person, scheme=scheme, at=at)
    return _write_number(person=person, scheme=scheme, value=value, verified=verified, at=at)


def _held_by_another(*, person: UUID, scheme: str, value: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_number_held(%s, %s, %s)", [person, scheme, value])
        return bool(cursor.fetchone()[0])


def _supersede_number(*, person: UUID, scheme: str, at: datetime) -> None:
    for old in list(Identifier.objects.filter(person_id=person, scheme=scheme, believed_to=None)):
        Identifier.objects.filter(id=old.id, believed_to=None).update(believed_to=at)
        if scheme == Identifier.Scheme.UPN:
            _write_number(
                person=person, scheme=Identifier.Scheme.FORMER_UPN, value=old.value, verified=old.verified, at=at
            )


def _write_number(*, person: UUID, scheme: str, value: str, verified: bool, at: datetime) -> UUID:
    row = Identifier(person_id=person, scheme=scheme, value=value, verified=verified, believed_from=at)
    row.save(force_insert=True)
    return row.id


@act("record_address")
def record_address(
    *,
    by: Actor,
    person: UUID,
    lines: str,
    at: datetime,
    postcode: str = "",
    true_from: date | None = None,
    confirmed_on: date | None = None,
    also: bool = False,
) -> UUID:
    """Record where somebody lives. Returns the key of the residence.

    People of one home share its row. The residence that stood until now ends, unless they live at both (`also`);
    an address that protects them goes on until it is ended as such. Refuses a postcode that cannot be.
    """
    check_keep(by)
    lines, postcode = read_address(lines=lines, postcode=postcode)
    require_sight(person)
    home = home_of(lines=lines, postcode=postcode)
    if not also:
        _end_current(person=person, on=true_from or local_day(at), at=at)
    row = write_residence(
        person=person, home=home, section=Section.ADDRESS, confirmed_on=confirmed_on, true_from=true_from, at=at
    )
    touch(person)
    return row


def home_of(*, lines: str, postcode: str) -> UUID:
    """The row of this home, made if it is new. A steward looks: the home may be out of the actor's sight."""
    key = home_key(lines=lines, postcode=postcode)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_home_of(%s, %s, %s, %s)", [new_id(), lines, postcode, key])
        home: UUID = cursor.fetchone()[0]
        return home


def write_residence(
    *,
    person: UUID,
    home: UUID,
    section: Section,
    at: datetime,
    protects: str = "",
    confirmed_on: date | None = None,
    true_from: date | None = None,
    true_to: date | None = None,
) -> UUID:
    """One row of where somebody lives or lived. The caller's act permits and audits."""
    row = Residence(
        person_id=person,
        home_id=home,
        section=str(section),
        protects=protects,
        confirmed_on=confirmed_on,
        true_from=true_from,
        true_to=true_to,
        believed_from=at,
    )
    row.save(force_insert=True)
    return row.id


def _end_current(*, person: UUID, on: date, at: datetime) -> None:
    current = Residence.objects.filter(person_id=person, section=Section.ADDRESS, true_to=None, believed_to=None)
    for old in list(current):
        _end(old, on=on, at=at)


@act("end_residence")
def end_residence(*, by: Actor, residence: UUID, true_to: date, at: datetime) -> UUID:
    """Somebody no longer lives there. Returns the key of the row that says so."""
    check_keep(by)
    old = Residence.objects.filter(id=residence, section=Section.ADDRESS, believed_to=None).first()
    if old is None:
        raise Refusal("This address has already been changed. Open the record again to see it.")
    touch(old.person_id)
    return _end(old, on=true_to, at=at)


def _end(old: Residence, *, on: date, at: datetime) -> UUID:
    Residence.objects.filter(id=old.id, believed_to=None).update(believed_to=at)
    return write_residence(
        person=old.person_id, home=old.home_id, section=Section.ADDRESS, confirmed_on=old.confirmed_on,
        true_from=old.true_from, true_to=on, at=at,
    )  # fmt: skip

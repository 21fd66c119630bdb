"""Addresses that protect somebody: a refuge, a confidential placement, adopters. Part of this room's operations.

Such an address stands in a section of its own, `safe_address`, which nobody reads but those who are named for it.
It is never among `list_addresses`, in a household or in what joins two people: only `list_protecting` gives it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.operations import end_sight, give_sight
from sightline.access.permissions import refuse_on_emergency_alone
from sightline.access.queries import may_see
from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.people.models import Residence
from sightline.people.permissions import check_keep, require_sight
from sightline.people.protecting_queries import NAMED, list_readers
from sightline.people.rules import read_address
from sightline.people.whereabouts import home_of, write_residence

NONE_SUCH = "There is no such address on a record that you work with."
NOBODY_NAMED = "Name at least one person or post who may read this address. Nobody else will be able to."


@act("record_protecting_address")
def record_protecting_address(
    *,
    by: Actor,
    person: UUID,
    lines: str,
    protects: str,
    readers: Sequence[UUID],
    at: datetime,
    postcode: str = "",
    true_from: date | None = None,
) -> UUID:
    """Record an address that nobody must find, and name who may read it. Returns the key of the residence.

    `readers` are accounts and posts; above a post its managers read as well. Whatever address stood until now
    ends, also one that protects and that the writer may not read. Refuses one without a kind or without readers.
    (Family Law Act 1996, part IV; Adoption and Children Act 2002, sections 56 to 65; UK GDPR, article 5(1)(f).)
    """
    check_keep(by)
    if protects not in Residence.Protects.values:
        raise Refusal("Say what kind of place it is.", field="protects")
    if not readers:
        raise Refusal(NOBODY_NAMED, field="readers")
    lines, postcode = read_address(lines=lines, postcode=postcode)
    require_sight(person)
    _end_all(person, on=true_from or local_day(at), at=at)
    residence = write_residence(
        person=person, home=home_of(lines=lines, postcode=postcode), section=Section.SAFE_ADDRESS, protects=protects,
        true_from=true_from, at=at,
    )  # fmt: skip
    _name(person, residence, readers, at)
    touch(person, readers=len(set(readers)))
    return residence


@act("name_address_readers")
def name_address_readers(*, by: Actor, residence: UUID, readers: Sequence[UUID], at: datetime) -> UUID:
    """Name others who may read an address that protects. Refuses whoever may not read it themselves."""
    person = _read_by(by, residence)
    if not readers:
        raise Refusal(NOBODY_NAMED, field="readers")
    standing = {one.reader for one in list_readers(person=person)}
    _name(person, residence, [one for one in readers if one not in standing], at)
    touch(person)
    return residence


@act("unname_address_reader")
def unname_address_reader(*, by: Actor, residence: UUID, reader: UUID, at: datetime) -> UUID:
    """Somebody no longer needs to read an address that protects. Refuses to leave nobody who may."""
    person = _read_by(by, residence)
    if {one.reader for one in list_readers(person=person) if one.because == NAMED} <= {reader}:
        raise Refusal("This is the last one named. Name somebody else first, or end the address.", field="reader")
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_unname_reader(%s, %s, %s)", [person, reader, at])
    touch(person)
    return residence


@act("end_protecting_address")
def end_protecting_address(*, by: Actor, residence: UUID, true_to: date, at: datetime) -> UUID:
    """Somebody no longer lives there: from now on nobody who was named reads where it was. Returns the new row."""
    person = _read_by(by, residence)
    old = Residence.objects.get(id=residence)
    if old.true_from is not None and true_to < old.true_from:
        raise Refusal("That is before they came to live there. Check the day.", field="true_to")
    Residence.objects.filter(id=residence, believed_to=None).update(believed_to=at)
    key = write_residence(
        person=person, home=old.home_id, section=Section.SAFE_ADDRESS, protects=old.protects,
        confirmed_on=old.confirmed_on, true_from=old.true_from, true_to=true_to, at=at,
    )  # fmt: skip
    end_sight(because_of=residence, at=at)
    touch(person)
    return key


def _read_by(by: Actor, residence: UUID) -> UUID:
    """Whose address it is, where the actor may read it and it stands."""
    check_keep(by)
    standing = Residence.objects.filter(id=residence, section=Section.SAFE_ADDRESS, believed_to=None, true_to=None)
    person = standing.values_list("person", flat=True).first()
    if person is None or not may_see(person=person, section=Section.SAFE_ADDRESS):
        raise NotFound(NONE_SUCH)
    refuse_on_emergency_alone([person], Section.SAFE_ADDRESS)
    return person


def _name(person: UUID, residence: UUID, readers: Iterable[UUID], at: datetime) -> None:
    for reader in dict.fromkeys(readers):
        give_sight(
            people=[person], reader=reader, because=NAMED, because_of=residence, at=at, sections=[Section.SAFE_ADDRESS]
        )


def _end_all(person: UUID, *, on: date, at: datetime) -> None:
    """End where they lived until now. A steward looks: an address that protects may be out of the actor's sight."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_leave_home(%s, %s, %s)", [person, on, at])

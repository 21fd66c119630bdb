"""What a worker knows of a child and the census asks: kept once, each change beside what was believed before."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.people.models import Identifier, Particulars, Person
from sightline.people.operations import AlreadyCorrected, add_identifier, correct_particulars
from sightline.people.queries import PersonHeader, get_header
from sightline.plans.operations import say_plans_before
from sightline.plans.queries import plans_before_of
from sightline.record.permissions import refuse_unless_may_write

NO_DISABILITY = "NONE"
CHANGED_MEANWHILE = (
    "Somebody has changed this while you were writing. What you gave is kept here: "
    "compare it with the record, and save it again."
)


@dataclass(frozen=True)
class About:
    """What is said of a child. Empty is not said yet, which is no answer. Codes are the census's."""

    sex: str = Particulars.Sex.UNKNOWN
    ethnicity: str = ""
    disabilities: tuple[str, ...] = ()
    upn: str = ""
    upn_unknown: str = ""
    birth_date: date | None = None
    expected_date: date | None = None
    death_date: date | None = None
    plans_before: int | None = None


def about_of(header: PersonHeader) -> About:
    """The same as it is believed now. A day of birth that is known no better than its year is none here."""
    upn = next((one.value for one in header.identifiers if one.scheme == Identifier.Scheme.UPN), "")
    return About(
        sex=header.sex,
        ethnicity=header.ethnicity,
        disabilities=tuple(sorted(header.disabilities)),
        upn=upn,
        upn_unknown=header.upn_unknown,
        birth_date=header.birth_date if header.birth == Particulars.Birth.EXACT else None,
        expected_date=header.expected_date if header.birth == Particulars.Birth.EXPECTED else None,
        death_date=header.death_date,
        plans_before=plans_before_of(header.id)[1],
    )


@act("keep_about_child")
def keep_about_child(*, by: Actor, child: UUID, shown: About, given: About, at: datetime) -> UUID:
    """Write what differs between what the page showed and what was given. Returns the child's key.

    The former row stays with the moments between which it was believed. Refuses what somebody else
    changed since the page was shown, a disability beside "no disability", a pupil number whose
    letter does not check, and a day that does not fit.
    """
    refuse_unless_may_write(by, [child])
    header = get_header(person=child)
    if header is None or header.kind != Person.Kind.CHILD:
        raise NotFound("There is no such record among those that you work with.")
    if about_of(header) != shown:
        raise AlreadyCorrected(CHANGED_MEANWHILE)
    if given.death_date and given.death_date > local_day(at):
        raise Refusal("That day is still to come. Give the day on which the child died.", field="death_date")
    if NO_DISABILITY in given.disabilities and len(given.disabilities) > 1:
        raise Refusal("You chose no disability, and also a disability. Leave only what is right.", field="disabilities")
    changes = _changes(shown, given)
    if changes:
        correct_particulars(by=by, person=child, at=at, **changes)
    if given.upn and given.upn != shown.upn:
        _keep_number(by=by, child=child, upn=given.upn, at=at)
    if given.plans_before is not None and given.plans_before != shown.plans_before:
        say_plans_before(by=by, child=child, number=given.plans_before, at=at)
    return child


def _changes(shown: About, given: About) -> dict[str, object]:
    plain = ("sex", "ethnicity", "upn_unknown", "death_date")
    changes: dict[str, object] = {
        name: getattr(given, name) for name in plain if getattr(given, name) != getattr(shown, name)
    }
    if sorted(given.disabilities) != sorted(shown.disabilities):
        changes["disabilities"] = sorted(given.disabilities)
    # A day that is taken out is not a day that is not known: those stay as they are believed.
    if given.birth_date and given.birth_date != shown.birth_date:
        changes |= {"birth": Particulars.Birth.EXACT, "birth_date": given.birth_date}
    if given.expected_date and given.expected_date != shown.expected_date:
        changes["expected_date"] = given.expected_date
    return changes


def _keep_number(*, by: Actor, child: UUID, upn: str, at: datetime) -> None:
    try:
        add_identifier(by=by, person=child, scheme=Identifier.Scheme.UPN, value=upn, at=at)
    except Refusal as refused:
        if isinstance(refused, NotFound):
            raise
        raise Refusal(refused.message, field="upn") from refused

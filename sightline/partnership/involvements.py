"""Which professionals work with a child, from and to. Part of this room's operations."""

from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.references import new_id
from sightline.partnership import permissions
from sightline.partnership.models import AgencyPost, Involvement

LONGEST = 120


@act("involve")
def involve(*, by: Actor, child: UUID, agency_post: UUID, name: str, role: str, from_on: date, at: datetime) -> UUID:
    """Say that a professional works with a child, since when, and who stands in the post, where known.

    A post works with a child once at a time: somebody else there takes over on `from_on`, and the one
    before is kept as ended that day; the same person again changes nothing. A post that has closed may
    be named, since it can be told late. Refuses a day to come.
    """
    permissions.refuse_unless_may_involve(by, child)
    if not AgencyPost.objects.filter(id=agency_post).exists():
        raise NotFound("There is no such post at an agency. Choose one from the list.", field="agency_post")
    _refuse_unfit(name, role, from_on, at)
    touch(child, agency_post=str(agency_post))
    standing = Involvement.objects.filter(child=child, agency_post=agency_post, to_on=None).first()
    if standing is not None and (standing.name, standing.role) == (name.strip(), role.strip()):
        return standing.id
    if standing is not None:
        _take_over(standing, from_on)
    made = Involvement(
        id=new_id(),
        child=child,
        agency_post_id=agency_post,
        name=name.strip(),
        role=role.strip(),
        from_on=from_on,
        recorded_at=at,
        by=by.id,
    )
    made.save(force_insert=True)
    return made.id


def _take_over(standing: Involvement, from_on: date) -> None:
    if from_on < standing.from_on:
        raise Refusal(
            f"{standing.name or 'This post'} has been recorded here since {day_words(standing.from_on)}. "
            "Enter that day or a later one, on which somebody else took over.",
            field="from_on",
        )
    Involvement.objects.filter(id=standing.id, to_on=None).update(to_on=from_on)


@act("end_involvement")
def end_involvement(*, by: Actor, involvement: UUID, to_on: date, at: datetime) -> None:
    """A professional no longer works with a child; that they did still reads.

    Refuses a day before it began or to come, and one that has ended already.
    """
    found = Involvement.objects.filter(id=involvement).first()
    if found is None:
        raise NotFound("Nobody of that name works with a child that you can see. Open the record again.")
    permissions.refuse_unless_may_involve(by, found.child)
    if found.to_on is not None:
        raise Refusal(f"This ended on {day_words(found.to_on)} already. Open the record again to see who is involved.")
    if to_on < found.from_on:
        raise Refusal(f"They began on {day_words(found.from_on)}. Enter that day or a later one.", field="to_on")
    _refuse_a_day_to_come(to_on, at, field="to_on")
    Involvement.objects.filter(id=involvement, to_on=None).update(to_on=to_on)
    touch(found.child, agency_post=str(found.agency_post_id))


def _refuse_unfit(name: str, role: str, from_on: date, at: datetime) -> None:
    for given, field in ((name, "name"), (role, "role")):
        if len(given) > LONGEST:
            raise Refusal(f"Keep this to {LONGEST} characters.", field=field)
    _refuse_a_day_to_come(from_on, at, field="from_on")


def _refuse_a_day_to_come(day: date, at: datetime, *, field: str) -> None:
    if day > local_day(at):
        raise Refusal("That day has not come yet. Enter today or an earlier day.", field=field)

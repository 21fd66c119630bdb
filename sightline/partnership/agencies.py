"""Keeping agencies and their posts, and closing them. Part of this room's operations."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.dates import local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.partnership import permissions
from sightline.partnership.models import Agency, AgencyPost


@act("add_agency")
def add_agency(*, by: Actor, key: str, kind: str, name: str, at: datetime) -> UUID:
    """Put an agency on the list."""
    permissions.refuse_unless_may_keep_agencies(by)
    if Agency.objects.filter(key=key).exists():
        raise Refusal("There is an agency with this key already. Choose it from the list.", field="key")
    agency = Agency.objects.create(key=key, kind=Agency.Kind(kind), name=name.strip())
    touch(agency=str(agency.id))
    return agency.id


@act("add_agency_post")
def add_agency_post(
    *,
    by: Actor,
    agency: UUID,
    key: str,
    title: str,
    at: datetime,
    email: str = "",
    phone: str = "",
    manager_title: str = "",
    manager_email: str = "",
) -> UUID:
    """Put a post of an agency on the list, with its mailbox, its telephone, and its manager's mailbox."""
    permissions.refuse_unless_may_keep_agencies(by)
    if not Agency.objects.filter(id=agency).exists():
        raise NotFound("There is no such agency. Add the agency first.", field="agency")
    if AgencyPost.objects.filter(key=key).exists():
        raise Refusal("There is a post with this key already. Choose it from the list.", field="key")
    post = AgencyPost.objects.create(
        agency_id=agency,
        key=key,
        title=title.strip(),
        email=_address(email, "email"),
        phone=phone.strip(),
        manager_title=manager_title.strip(),
        manager_email=_address(manager_email, "manager_email"),
    )
    touch(agency_post=str(post.id))
    return post.id


def _address(typed: str, field: str) -> str:
    address = typed.strip()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        raise Refusal("Enter an e-mail address in full, such as safeguarding@school.example.", field=field) from None
    return address


@act("close_agency_post")
def close_agency_post(*, by: Actor, agency_post: UUID, on: date, at: datetime) -> None:
    """A post at an agency is no more. It is not proposed and not written to; what it said still reads.

    What waits there unopened comes back to whoever sent it, the next time that the clock looks.
    Refuses a day to come, and a post that has closed already.
    """
    permissions.refuse_unless_may_keep_agencies(by)
    _refuse_a_day_to_come(on, at)
    if not AgencyPost.objects.filter(id=agency_post, closed_on=None).update(closed_on=on):
        raise NotFound("There is no such post that is open. Look at the list of agencies.", field="agency_post")
    touch(agency_post=str(agency_post))


@act("close_agency")
def close_agency(*, by: Actor, agency: UUID, on: date, at: datetime) -> None:
    """An agency is no more, nor any post of it. Refuses as `close_agency_post` does."""
    permissions.refuse_unless_may_keep_agencies(by)
    _refuse_a_day_to_come(on, at)
    if not Agency.objects.filter(id=agency, closed_on=None).update(closed_on=on):
        raise NotFound("There is no such agency that is open. Look at the list of agencies.", field="agency")
    AgencyPost.objects.filter(agency=agency, closed_on=None).update(closed_on=on)
    touch(agency=str(agency))


def _refuse_a_day_to_come(on: date, at: datetime) -> None:
    if on > local_day(at):
        raise Refusal("That day has not come yet. Close it on the day, or enter an earlier one.", field="on")

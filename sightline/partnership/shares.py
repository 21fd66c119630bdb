"""Sharing a few facts about some children with an agency, for a purpose and a time. Part of this room's operations."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from sightline.access.operations import end_sight, give_sight
from sightline.access.rules import IDENTITY_ONLY
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.dates import local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import end_of_day
from sightline.partnership import permissions
from sightline.partnership.models import Agency, Share

BECAUSE = "share"
SHORTEST_PURPOSE, LONGEST_PURPOSE = 10, 300
MOST_DAYS = 366
"""How long a share goes on before it is thought about again: a school year and a little."""


@act("open_share")
def open_share(
    *,
    by: Actor,
    agency: UUID,
    purpose: str,
    children: Sequence[UUID],
    post: UUID,
    until_on: date,
    tells_why: bool,
    at: datetime,
) -> UUID:
    """Let an agency's people know that we work with these children and whom to ring, until the end of a day.

    `tells_why` adds why we are involved and on which plan. Nothing else of a record is ever shared so. `purpose` is
    read by the agency. Refuses whoever is not a manager, a child whom they may not see, no purpose, and a day that
    has passed or is more than a year away (UK GDPR, articles 5(1)(b), (c) and (e); Children Act 2004, section 11).
    """
    permissions.refuse_unless_may_share(by, children)
    if not Agency.objects.filter(id=agency, closed_on=None).exists():
        raise NotFound("There is no such agency that is open. Choose one from the list.", field="agency")
    refuse_longer(purpose, LONGEST_PURPOSE, field="purpose", what="what it is for")
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Refusal("Say why they need to know, in words that they may read.", field="purpose")
    if not children:
        raise Refusal("Choose at least one child.", field="children")
    _refuse_unfit_day(until_on, at)
    share = Share(
        agency_id=agency, purpose=purpose.strip(), from_at=at, until_at=end_of_day(until_on), post=post,
        tells_why=tells_why, by=by.id,
    )  # fmt: skip
    share.save(force_insert=True)
    _give(share, children, at)
    touch(*children, agency=str(agency))
    return share.id


@act("share_child")
def share_child(*, by: Actor, share: UUID, child: UUID, at: datetime) -> UUID:
    """Share one child more, for the same purpose and until the same day. Refuses as `open_share` does."""
    permissions.refuse_unless_may_share(by, [child])
    found = _standing(share)
    _give(found, [child], at)
    touch(child, agency=str(found.agency_id))
    return share


@act("end_share")
def end_share(*, by: Actor, share: UUID, at: datetime) -> UUID:
    """End a share: from now on that agency's people see nothing because of it. Refuses one that has ended."""
    permissions.refuse_unless_may_share(by, [])
    found = _standing(share)
    Share.objects.filter(id=share).update(until_at=at, ended_by=by.id)
    end_sight(because_of=share, at=at)
    touch(agency=str(found.agency_id))
    return share


def _standing(share: UUID) -> Share:
    found = Share.objects.filter(Q(until_at=None) | Q(until_at__gt=Now()), id=share).first()
    if found is None:
        raise NotFound("There is no such share that goes on. Look at the list of what is shared.")
    return found


def _give(share: Share, children: Sequence[UUID], at: datetime) -> None:
    give_sight(
        people=children, reader=share.id, because=BECAUSE, because_of=share.id, at=at, sections=IDENTITY_ONLY,
        until=share.until_at,
    )  # fmt: skip


def _refuse_unfit_day(until_on: date, at: datetime) -> None:
    days = (until_on - local_day(at)).days
    if days < 0:
        raise Refusal("That day has passed. Enter the day until which they need to know.", field="until_on")
    if days > MOST_DAYS:
        raise Refusal("Share for a year at most. It can be shared again when it is still needed.", field="until_on")

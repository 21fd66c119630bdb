"""Where a worker lives, as they gave it and as they take it back. Part of this room's operations."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.workforce.models import WorkerHome


@act("give_own_home")
def give_own_home(*, by: Actor, match_key: str, postcode: str, at: datetime) -> UUID:
    """Keep one's own home, in place of any given before: as addresses are compared, and not as it was typed."""
    changed = WorkerHome.objects.filter(account=by.id).update(match_key=match_key, postcode=postcode, given_at=at)
    if not changed:
        WorkerHome.objects.bulk_create(
            [WorkerHome(account_id=by.id, match_key=match_key, postcode=postcode, given_at=at)]
        )
    return by.id


@act("take_back_own_home")
def take_back_own_home(*, by: Actor, at: datetime) -> UUID:
    """Forget one's own home: nothing of it is kept."""
    WorkerHome.objects.filter(account=by.id).delete()
    return by.id


def when_given(*, by: Actor) -> datetime | None:
    """When somebody gave where they live; None where they have not."""
    return WorkerHome.objects.filter(account=by.id).values_list("given_at", flat=True).first()

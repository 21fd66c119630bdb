"""What the clock does about accounts, once a night: it closes what nobody uses."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.kernel.errors import Refusal
from sightline.workforce.operations import close_unused, ensure_clock_account
from sightline.workforce.queries import list_unused


def close_what_nobody_uses(*, at: datetime) -> int:
    """Close every account that was not used for `DORMANT_DAYS` days; how many were. Nought days closes none.

    One that may not be closed (the last administrator, the last on emergency duty) stays, and the others go on.
    """
    days = settings.DORMANT_DAYS
    if days <= 0:
        return 0
    clock = ensure_clock_account()
    return sum(_close(clock, account, days, at) for account in list_unused(since=at - timedelta(days=days)))


def _close(clock: Actor, account: UUID, days: int, at: datetime) -> bool:
    try:
        with acting(clock.id):
            close_unused(by=clock, account=account, days=days, at=at)
    except Refusal:
        return False
    return True

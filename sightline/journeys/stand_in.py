"""Somebody is away, and somebody stands in; and back again. One act each, so that neither is half done."""

from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.london import start_of_day
from sightline.workforce.operations import begin_absence, end_absence, end_cover, set_cover
from sightline.workforce.queries import list_covered, list_occupied


@act("be_away")
def be_away(*, by: Actor, account: UUID, at: datetime, back_on: date | None = None, cover: UUID | None = None) -> UUID:
    """Somebody is away from now; `cover` stands in for each post that they occupy until they are back.

    Without a cover the posts' manager is rung, and then the emergency duty team.
    """
    absence = begin_absence(by=by, account=account, back_on=back_on, at=at)
    if cover is not None:
        until = start_of_day(back_on) if back_on else None
        for post in list_occupied(account):
            set_cover(by=by, post=post, account=cover, until=until, at=at)
    return absence


@act("come_back")
def come_back(*, by: Actor, account: UUID, at: datetime) -> None:
    """Somebody is back: their absence ends, and so does the cover of the posts that they occupy."""
    end_absence(by=by, account=account, at=at)
    for post in list_covered(list_occupied(account)):
        end_cover(by=by, post=post, at=at)

"""From an injury that anybody saw to whoever carries the child, with every other injury that stands beside it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.london import local_day
from sightline.practice.queries import get_timescale
from sightline.record.operations import tell
from sightline.record.queries import get_carriers
from sightline.recording.operations import record_injury
from sightline.recording.queries import injuries_together
from sightline.workforce.queries import front_door_manager

WINDOW = "injury.window"
SECOND = "second_injury"


def window_days(at: datetime) -> int:
    """Within how many days of each other injuries stand together, by the rule of that day."""
    return get_timescale(WINDOW, local_day(at)).length


@act("note_injury")
def note_injury(
    *,
    by: Actor,
    child: UUID,
    what: str,
    seen_on: date,
    at: datetime,
    sites: Iterable[str] = (),
    seen_by: str = "",
    account: str = "",
    account_of: str = "",
    childs_account: str = "",
    examined_by: str = "",
    examined_on: date | None = None,
    not_examined_because: str = "",
    words: str = "",
    documents: Iterable[UUID] = (),
    agency: UUID | None = None,
    handling: str = "ordinary",
    post: UUID | None = None,
) -> UUID:
    """Record an injury; where another stands within `injury.window` of it, tell whoever carries the child at once.

    The days on which the two were seen are compared, not when they were recorded: so it is told of one
    that is recorded late, and of a first one that is recorded after the second. Where nobody carries the
    child, the front door's manager is told. Refuses what `record_injury` refuses.
    """
    entry = record_injury(
        by=by, child=child, what=what, seen_on=seen_on, sites=sites, seen_by=seen_by, account=account,
        account_of=account_of, childs_account=childs_account, examined_by=examined_by, examined_on=examined_on,
        not_examined_because=not_examined_because, words=words, documents=documents, agency=agency,
        handling=handling, post=post, at=at,
    )  # fmt: skip
    if injuries_together(child, entry, window=window_days(at)):
        carrier = get_carriers([child]).get(child) or front_door_manager()
        # Also where the carrier recorded it: whoever covers for them tomorrow reads it too.
        tell(post=carrier, kind=SECOND, person=child, subject=entry, at=at)
    return entry

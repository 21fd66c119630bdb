"""From an injury that anybody saw to whoever carries the child, with every other injury that stands beside it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.front_door.queries import list_injuries as list_reported
from sightline.kernel.london import local_day
from sightline.practice.queries import get_timescale
from sightline.record.operations import tell
from sightline.record.queries import get_carriers
from sightline.recording.operations import record_injury
from sightline.recording.queries import list_injuries
from sightline.recording.rules import together
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
    tell_of_second(child=child, seen_on=seen_on, besides=entry, at=at)
    return entry


def tell_of_second(*, child: UUID, seen_on: date, besides: UUID, at: datetime) -> bool:
    """Tell whoever carries the child at once where another injury stands within the window; returns whether it does.

    `besides` is the entry or the contact that this injury came with. Also where the carrier recorded it:
    whoever covers for them tomorrow reads it too.
    """
    window = window_days(at)
    if not any(together(seen_on, day, window) for day in _days_of_others(child, besides)):
        return False
    carrier = get_carriers([child]).get(child) or front_door_manager()
    tell(post=carrier, kind=SECOND, person=child, subject=besides, at=at)
    return True


def _days_of_others(child: UUID, besides: UUID) -> list[date]:
    """The days of a child's other injuries: those that somebody recorded, and those told to the front door."""
    recorded = [one.seen_on for one in list_injuries([child])[child] if besides not in {one.entry, one.root}]
    told = [
        one.happened_on or local_day(one.contact.received_at)
        for one in list_reported([child])
        if one.contact_id != besides
    ]
    return [*recorded, *told]

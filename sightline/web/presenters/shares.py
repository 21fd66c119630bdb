"""What is shared with agencies, in words: for the manager who answers for it, and for the agency's own people."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sightline.kernel.dates import day_words, local_day
from sightline.partnership.shares_queries import ShareView
from sightline.people.queries import PersonName
from sightline.plans.shared import Why
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import listing
from sightline.workforce.queries import Ring

NOBODY_TO_RING = "Ring the front door"


def share_row(share: ShareView, headers: Mapping[UUID, PersonName]) -> dict[str, object]:
    """One line of a manager's list."""
    names = [shown_name(headers[child]) for child in share.children if child in headers]
    return {
        "id": share.id,
        "agency": share.agency_name,
        "children": listing(names) if names else "No child whom you may see",
        "purpose": share.purpose,
        "what": "Who they are, whom to ring, and on which plan" if share.tells_why else "Who they are and whom to ring",
        "until": f"Until {day_words(local_day(share.until_at))}" if share.until_at else "",
    }


def shared_with(
    share: ShareView,
    *,
    headers: Mapping[UUID, PersonName],
    why: Mapping[UUID, Why],
    carriers: Mapping[UUID, UUID],
    rings: Mapping[UUID, Ring],
    at: datetime,
) -> dict[str, object]:
    """One purpose with its children, as the agency reads it."""
    today = local_day(at)
    rows = [
        {
            "name": shown_name(headers[child]),
            "age": headers[child].age_words(today),
            "ring": _ring(rings.get(carriers[child]) if child in carriers else None),
            "why": _why(why.get(child)) if share.tells_why else "",
        }
        for child in share.children
        if child in headers
    ]
    return {
        "purpose": share.purpose,
        "until": day_words(local_day(share.until_at)) if share.until_at else "",
        "children": sorted(rows, key=lambda row: row["name"]),
    }


def _ring(ring: Ring | None) -> str:
    if ring is None:
        return NOBODY_TO_RING
    return f"{ring.name}, {ring.phone}" if ring.phone else ring.name


def _why(why: Why | None) -> str:
    if why is None or (why.open_since is None and not why.plans):
        return "Not open to children's services now"
    since = f"Open to children's services since {day_words(why.open_since)}" if why.open_since else ""
    return ". ".join(part for part in (since, listing(why.plans) if why.plans else "") if part)

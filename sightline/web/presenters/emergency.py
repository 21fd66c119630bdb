"""Emergency access in words: on the record while it stands, and to whoever reviews it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.access.models import EmergencyAccess
from sightline.access.standing_queries import OpenedInEmergency
from sightline.doorway.roles import ROLE_LABELS, Role
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_words, urgency_of
from sightline.workforce.models import Account

CLOSED_TO_YOU = "Somebody whose record is closed to you"


def banner_lines(
    found: Iterable[OpenedInEmergency], names: Mapping[UUID, str], reader: UUID, at: datetime
) -> list[str]:
    """One sentence for each emergency access that stands about a record."""
    return [
        f"You opened this record in an emergency. It is open to you until {words.when(one.until_at, at)}, "
        "and what you read is listed under who has viewed this record."
        if one.account == reader
        else f"{names.get(one.account, 'Somebody')} opened this record in an emergency. It is open to them until "
        f"{words.when(one.until_at, at)}."
        for one in found
    ]


def review_facts(
    found: EmergencyAccess, *, name: str, reads: bool, names: Mapping[UUID, str], accounts: Mapping[UUID, Account],
    at: datetime,
) -> dict[str, object]:  # fmt: skip
    """What a reviewer is shown of one emergency access: rows of components/summary-list.html, and what was found."""
    account = accounts.get(found.account)
    role = ROLE_LABELS[Role(account.role)] if account else ""
    stood = "Open to them until" if found.until_at > at else "Ended"
    rows = [
        ("Whose record", name),
        ("Who opened it", ", ".join(one for one in (names.get(found.account, ""), role) if one)),
        ("When", words.full_moment(found.from_at)),
        (stood, words.full_moment(found.until_at)),
        ("Why", EmergencyAccess.Reason(found.reason).label),
        ("In their words", found.words),
        ("Address withheld for safety", "Opened too" if found.safe_address else "Not opened"),
    ]
    if found.reviewed_at is None:
        rows.append(("To be reviewed", due_words(found.review_by, at)))
    return {
        "rows": [{"key": key, "value": value} for key, value in rows],
        "url": reverse("person-access", args=[found.person]) if reads else "",
        "finding": EmergencyAccess.Finding(found.finding).label if found.finding else "",
        "finding_words": found.finding_words,
        "found_by": names.get(found.reviewed_by, "") if found.reviewed_by else "",
        "found_at": words.full_moment(found.reviewed_at),
    }


def unreviewed_rows(
    found: Iterable[EmergencyAccess], names: Mapping[UUID, str], people: Mapping[UUID, str], at: datetime
) -> list[dict[str, object]]:
    """Rows of components/tasks.html: what waits for a review, longest first."""
    return [
        {
            "title": f"{names.get(one.account, 'Somebody')} opened a record in an emergency",
            "about": people.get(one.person, CLOSED_TO_YOU),
            "url": reverse("emergency", args=[one.id]),
            "detail": f"{people.get(one.person, CLOSED_TO_YOU)}. {EmergencyAccess.Reason(one.reason).label}",
            "clock": due_words(one.review_by, at),
            "urgency": urgency_of(one.review_by, at),
        }
        for one in found
    ]

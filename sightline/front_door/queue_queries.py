"""Reading many contacts' surroundings at once, for lists: each question is one query."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sightline.front_door.models import Check, Contact, Decision, Handover, Recommendation


def in_danger_now(contacts: Iterable[UUID | None]) -> frozenset[UUID]:
    """Which of these contacts say that somebody is in danger now, and are not decided."""
    wanted = [key for key in contacts if key is not None]
    decided = Decision.objects.filter(contact__in=wanted, superseded_at=None).values("contact")
    rows = Contact.objects.filter(entry__in=wanted, danger=Contact.Danger.YES).exclude(entry__in=decided)
    return frozenset(rows.values_list("entry", flat=True))


def latest_recommendations(contacts: Iterable[UUID]) -> Mapping[UUID, Recommendation]:
    """The last word of whoever sifted each contact."""
    rows = Recommendation.objects.filter(contact__in=list(contacts)).order_by("at")
    return {row.contact_id: row for row in rows}


def latest_handovers(contacts: Iterable[UUID]) -> Mapping[UUID, Handover]:
    """The last hand-over of each contact that was handed over."""
    rows = Handover.objects.filter(contact__in=list(contacts)).order_by("handed_at")
    return {row.contact_id: row for row in rows}


def waiting_checks(contacts: Iterable[UUID]) -> Mapping[UUID, list[Check]]:
    """What was asked about each contact and is not answered yet, soonest due first."""
    rows = Check.objects.filter(contact__in=list(contacts), answer=None)
    found: dict[UUID, list[Check]] = {}
    for row in rows.select_related("agency_post__agency", "step").order_by("step__due_at"):
        found.setdefault(row.contact_id, []).append(row)
    return found


def decided_since(moment: datetime) -> list[UUID]:
    """Contacts that were decided since then, latest first, as far as the reader may see them."""
    rows = Decision.objects.filter(decided_at__gte=moment, superseded_at=None).order_by("-decided_at")
    return list(rows.values_list("contact", flat=True)[:200])

"""Lines of the front door's queue, in words. A member of the public is never named in a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sightline.front_door.models import Check, Handover, Recommendation
from sightline.front_door.queries import ContactView
from sightline.kernel.clocks import time_left
from sightline.kernel.london import local_day
from sightline.partnership.models import AgencyPost
from sightline.people.queries import PersonName
from sightline.practice.spec import Pack
from sightline.record.queries import OpenStep
from sightline.web.front_door.already import teller_words
from sightline.web.presenters import words

LATEST = datetime(9999, 1, 1, tzinfo=UTC)
OWED = {"acknowledge": "Tell {} that we have it", "feedback": "Tell {} what was decided"}


@dataclass(frozen=True)
class Surroundings:
    """What was read for all lines at once."""

    headers: Mapping[UUID, PersonName]
    posts: Mapping[UUID, AgencyPost]
    pack: Pack
    handovers: Mapping[UUID, Handover]
    recommended: Mapping[UUID, Recommendation]
    checks: Mapping[UUID, list[Check]]
    names: Mapping[UUID, str]
    at: datetime


@dataclass(frozen=True)
class Row:
    """One contact in the queue."""

    contact: UUID
    children: str
    teller: str
    age: str
    clock: str
    urgency: str
    danger: bool
    notes: tuple[str, ...]
    order: tuple[object, ...]


def present_row(contact: ContactView, step: OpenStep | None, around: Surroundings) -> Row:
    """Danger first, then by the moment it is due."""
    due = step.due_at if step else None
    told_by = teller_words(contact, around.posts, around.pack) if contact.professional else "a member of the public"
    return Row(
        contact=contact.id,
        children=_children(contact, around) or "A child whose record is restricted",
        teller=OWED[step.kind].format(told_by) if step and step.kind in OWED else f"Told by {told_by}",
        age=f"Received {words.when(contact.received_at, around.at)}",
        clock=words.time_left(due, around.at) if due else "",
        urgency=words.urgency(due, around.at) if due else "",
        danger=contact.danger == "yes" and contact.decision is None,
        notes=tuple(_notes(contact, around)),
        order=(contact.danger != "yes" or contact.decision is not None, due or LATEST, contact.received_at),
    )


def _children(contact: ContactView, around: Surroundings) -> str:
    today = local_day(around.at)
    headers = [around.headers[child] for child in contact.children if child in around.headers]
    return words.listing(f"{one.name} ({one.age_words(today)})" for one in headers)


def _notes(contact: ContactView, around: Surroundings) -> list[str]:
    said = []
    recommended = around.recommended.get(contact.id)
    if recommended and contact.decision is None:
        label = next((str(o.label) for o in around.pack.recommendations if o.key == recommended.outcome), "")
        said.append(f"{around.names.get(recommended.by, '')} recommends: {label}")
    handed = around.handovers.get(contact.id)
    if handed and contact.decision is None:
        accepted = around.names.get(handed.accepted_by, "") if handed.accepted_by else ""
        said.append(
            f"With the emergency duty team: accepted by {accepted}"
            if accepted
            else "Handed to the emergency duty team, not accepted yet"
        )
    if contact.decision is None:
        for check in around.checks.get(contact.id, []):
            left = f": {time_left(check.step.due_at, at=around.at)}" if check.step.due_at else ""
            said.append(f"Asked {check.agency_post.agency.name}{left}")
    if contact.decision:
        name = around.names.get(contact.decision.decided_by, "")
        said.append(f"{around.pack.outcome(contact.decision.outcome).label}, decided by {name}")
    return said

"""Contacts for the pages to show, made by the journeys; and forms as a browser would send them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from sightline.front_door.rules import Agreement, Referrer, Story
from sightline.journeys.register_people import NewPerson
from sightline.journeys.take_contact import take_contact
from sightline.kernel.references import new_id
from sightline.record.rules import Concerned
from tests.journeys.world import World

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NEIGHBOUR = "Winifred Ashdown"


@dataclass
class Desk:
    """The front door of the world."""

    world: World

    def contact(self, *, public: bool = False, at: datetime = AT, child: UUID | None = None, **changes: Any) -> UUID:
        """A contact about one child, who is registered with it unless given."""
        key, person = new_id(), child or new_id()
        mia = NewPerson(person, "child", given="Mia", family="Orme", birth="exact", birth_date=date(2019, 3, 3))
        referrer = (
            Referrer(capacity="acquaintance", source="1B", professional=False, name=NEIGHBOUR, phone="01632 960555")
            if public
            else Referrer(
                capacity="school", source="2A", professional=True, name="Ms Lund", agency_post=self.world.school_lead
            )
        )
        story = {"saw_or_heard": "A bruise on the left arm.", "fears": "That she is hurt again.", "danger": "no"}
        take_contact(
            by=self.world.actor("Dee Marlow"),
            contact=key,
            received_at=at,
            channel="phone",
            referrer=referrer,
            story=Story(**(story | changes)),
            concerned=[Concerned(person, "child")],
            new_people=[] if child else [mia],
            agreements=[Agreement(told="not_known", agrees="not_asked", why_not="Not asked yet")],
            at=at,
        )
        return key


def typed_in(page: str) -> dict[str, Any]:
    """What a browser would send from the page's contact form: hidden keys, and words already typed."""
    body = page[page.index("data-draft-url") :] if "data-draft-url" in page else page
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", body):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        kind = _attribute(tag, "type")
        if not name or kind in {"file", "submit"} or (kind in {"radio", "checkbox"} and " checked" not in tag):
            continue
        fields[name] = value
    fields |= dict(re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL))
    for name, options in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def begin(client: Client) -> dict[str, Any]:
    """The empty page's fields."""
    return typed_in(client.get(reverse("new-contact")).content.decode())


def press(client: Client, fields: dict[str, Any], **button: str) -> Any:
    """Send the contact form with one of its buttons."""
    return client.post(reverse("contact-draft", args=[fields["key"]]), {**fields, **button})


def told(world: World) -> dict[str, str]:
    """The required answers."""
    return {
        "who": f"post:{world.school_lead}",
        "saw_or_heard": "A bruise on the left arm.",
        "fears": "That she is hurt again.",
        "danger_now": "no",
        "h-knows": "not_asked",
    }

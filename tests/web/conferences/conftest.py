"""Rosie and Jack Penhallow, whose worker convenes a conference, and Winston Clarke, who stands in a chair's post."""

import html
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.conferences.operations import confirm_invitee
from sightline.conferences.queries import InviteeView, get_meeting
from sightline.doorway.acts import set_actor
from sightline.journeys.convene import convene_conference, invite
from sightline.kernel.london import local
from sightline.kernel.references import new_id
from sightline.workforce import operations as workforce
from tests.universe import Universe
from tests.universe import two_families as universe
from tests.web.casework.conftest import SignIn, _on_this_machine, sign_in

__all__ = ["SignIn", "_on_this_machine", "sign_in", "universe"]

WORKER, CHAIR, REVIEWER, MANAGER = "jane", "winston", "priya", "gareth"
ROSIE, JACK, MOTHER = "Rosie Penhallow", "Jack Penhallow", "Lowenna Penhallow"
PLACE = "Bracken Room, Quayside House"


@dataclass(frozen=True)
class Chaired:
    """The universe with a chair in post. `when` is a fortnight from now, at a full hour."""

    universe: Universe
    chair: UUID

    @property
    def rosie(self) -> UUID:
        return self.universe.person(ROSIE)

    @property
    def jack(self) -> UUID:
        return self.universe.person(JACK)

    @property
    def mother(self) -> UUID:
        return self.universe.person(MOTHER)

    @property
    def school(self) -> UUID:
        return self.universe.mailbox("school-lead")

    @property
    def at(self) -> datetime:
        return self.universe.at

    @property
    def when(self) -> datetime:
        there = local(self.at + timedelta(days=14))
        return there.replace(hour=10, minute=30, second=0, microsecond=0)

    @property
    def when_typed(self) -> str:
        return f"{self.when.day} {self.when.month} {self.when.year} at 10.30"

    def convened(self, *, kind: str = "initial", by: str = WORKER, starts_at: datetime | None = None) -> UUID:
        """A conference on both children, to which nobody is invited yet."""
        return convene_conference(
            by=self.universe.who(by), kind=kind, children=[self.rosie, self.jack], starts_at=starts_at or self.when,
            place=PLACE, chair_post=self.chair, at=self.at,
        )  # fmt: skip

    def confirmed(self, meeting: UUID, **who: object) -> UUID:
        """One who is confirmed, and told nothing."""
        return confirm_invitee(by=self.universe.who(WORKER), meeting=meeting, at=self.at, **who)  # type: ignore[arg-type]  # as the operation names them

    def invited(self, meeting: UUID, **who: object) -> UUID:
        """One who is confirmed, and told."""
        invitee = self.confirmed(meeting, **who)
        invite(by=self.universe.who(WORKER), invitee=invitee, at=self.at)
        return invitee

    def unsafe(self, meeting: UUID) -> UUID:
        """The mother, whom it is not safe to tell."""
        return self.confirmed(
            meeting,
            person=self.mother,
            role="Mother",
            safe_to_tell="no",
            safe_because="She passes on what we send her.",
        )

    def listed(self, meeting: UUID, by: str = WORKER) -> list[InviteeView]:
        """Everybody on its list, as this worker sees them."""
        set_actor(self.universe.who(by).id)
        return list(get_meeting(meeting).invitees)


@pytest.fixture
def chaired(universe: Universe) -> Chaired:
    begun, by = universe.at, universe.who("anna")
    standing = universe.who(CHAIR).posts
    if standing:
        return Chaired(universe, min(standing))
    team = workforce.open_team(by=by, key="conferences", name="Conferences", kind="other", at=begun)
    post = workforce.open_post(by=by, team=team, key="chair-1", title="Conference chair", kind="other", at=begun)
    workforce.place(by=by, post=post, account=universe.who(CHAIR).id, at=begun)
    return Chaired(universe, post)


def key() -> str:
    """A form's own key."""
    return str(new_id())


def hidden_of(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of a page's own form."""
    page = client.get(url).content.decode().split("<main", 1)[-1]
    found = re.findall(r'<input type="hidden" name="([a-z_0-9-]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def url(name: str, *keys: object) -> str:
    """The address of a page."""
    return reverse(name, args=list(keys))

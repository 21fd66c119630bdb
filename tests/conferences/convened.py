"""The Penhallow children, whom Jane carries, and a conference on them that Winston chairs: nobody is asked yet."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sightline.conferences.operations import confirm_invitee
from sightline.conferences.queries import InviteeView, MeetingView, get_invitee, get_meeting
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.convene import convene_conference, invite
from sightline.kernel.london import at_local_time, local, local_day
from sightline.partnership.operations import Composed
from sightline.record.queries import list_notices
from sightline.workforce import operations as workforce
from tests.universe import Universe

ROSIE, JACK, LOWENNA, PERRAN = "Rosie Penhallow", "Jack Penhallow", "Lowenna Penhallow", "Perran Penhallow"
WORKER = "worker-1-family-support-2"
PLACE = "Juniper House, 27 Saltern Row"
SAFE = {"safe_to_tell": "yes", "safe_because": "She told Jane that she opens her own letters."}
UNSAFE = {"safe_to_tell": "no", "safe_because": "He has waited outside the refuge."}


@dataclass(frozen=True)
class Convened:
    """A conference that Jane convened; `at` is now, and it begins in twelve days."""

    universe: Universe
    meeting: UUID
    chair_post: UUID
    starts_at: datetime

    @property
    def at(self) -> datetime:
        return self.universe.at

    @property
    def jane(self) -> Actor:
        return self.universe.who("jane")

    @property
    def chair(self) -> Actor:
        return self.universe.who("winston")

    @property
    def children(self) -> list[UUID]:
        return [self.universe.person(ROSIE), self.universe.person(JACK)]

    def box(self, key: str) -> UUID:
        return self.universe.mailbox(key)

    def confirm(self, **given: Any) -> UUID:
        said = {"by": self.jane, "meeting": self.meeting, "at": self.at}
        return confirm_invitee(**(said | given))

    def school(self, **given: Any) -> UUID:
        return self.confirm(agency_post=self.box("school-lead"), name="Hannah Reyes", **given)

    def parent(self, name: str = LOWENNA, **given: Any) -> UUID:
        return self.confirm(person=self.universe.person(name), role="parent", **(SAFE | given))

    def invite(self, invitee: UUID, **given: Any) -> Composed:
        sent = invite(**({"by": self.jane, "invitee": invitee, "at": self.at} | given))
        assert sent is not None
        return sent

    def view(self, as_whom: str = "jane") -> MeetingView:
        with acting(self.universe.who(as_whom).id):
            return get_meeting(self.meeting)

    def one(self, invitee: UUID) -> InviteeView:
        with acting(self.jane.id):
            return get_invitee(invitee)

    def told(self, post: UUID, as_whom: str) -> list[str]:
        set_actor(self.universe.who(as_whom).id)
        return [one.kind for one in list_notices([post])]


def chair_post(universe: Universe, key: str = "winston") -> UUID:
    """The post in which a chair stands; one is opened where the authority has none."""
    chair = universe.who(key)
    if chair.posts:
        return min(chair.posts)
    admin = universe.who("anna")
    team = workforce.open_team(by=admin, key=f"chairs-{key}", name="Conferences", kind="casework", at=universe.at)
    post = workforce.open_post(
        by=admin, team=team, key=f"chair-{key}", title="Conference chair", kind="other", at=universe.at
    )
    workforce.place(by=admin, post=post, account=chair.id, at=universe.at)
    return post


def make_convened(universe: Universe, **given: Any) -> Convened:
    post = chair_post(universe)
    clock = time(14, (local(universe.at).minute + 13) % 60)
    starts_at = at_local_time(local_day(universe.at) + timedelta(days=12), clock)
    said = {
        "kind": "initial", "children": [universe.person(ROSIE), universe.person(JACK)], "starts_at": starts_at,
        "place": PLACE, "chair_post": post, "at": universe.at,
    }  # fmt: skip
    meeting = convene_conference(by=universe.who("jane"), **(said | given))
    return Convened(universe, meeting, post, starts_at)


def gives_away(text: str, starts_at: datetime) -> list[str]:
    """Every way of writing the day, the hour or the place of a conference that stands in a text."""
    there, day = local(starts_at), local_day(starts_at)
    hour = there.hour % 12 or 12
    months = (f"{day:%B}", f"{day:%b}")
    ordinal = f"{day.day}{'th' if 11 <= day.day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day.day % 10, 'th')}"
    written = [f"{number} {month}" for number in (day.day, f"{day.day:02}", ordinal) for month in months]
    written += [f"{month} {number}" for number in (day.day, ordinal) for month in months]
    written += [f"{ordinal} of {month}" for month in months]
    written += [f"{day:%d/%m}", f"{day.day}/{day.month}/", f"{day:%d.%m.}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}"]
    written += [f"{there:%H:%M}", f"{there:%H.%M}", f"{hour}:{there:%M}", f"{hour}.{there:%M}", f"{there:%H%M} "]
    written += [f"{starts_at:%H:%M}", starts_at.isoformat(), str(int(starts_at.timestamp()))]
    written += ["Juniper", "Saltern", PLACE]
    return [one for one in written if one.lower() in text.lower()]

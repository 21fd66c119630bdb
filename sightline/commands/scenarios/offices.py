"""The agencies of a scenario in the database: each with a post that is written to, and one account of its own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.adapter import get_adapter

from sightline.commands.demonstration.authority import PASSWORD
from sightline.commands.demonstration.telling import Telling
from sightline.commands.scenarios import agencies
from sightline.commands.scenarios.spec import Timeline
from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.partnership.operations import add_agency, add_agency_post
from sightline.workforce.operations import open_account
from sightline.workforce.queries import get_account, get_actor


@dataclass(frozen=True)
class Office:
    """One agency of the scenario: `key` is its post's, `account` whoever writes its own notes."""

    key: str
    name: str
    agency: UUID
    account: Actor
    email: str


class Offices:
    """Opens each agency when an event first is of it. In a demonstration one can sign in for each of them."""

    def __init__(self, story: Telling, timeline: Timeline, names: dict[str, str], *, at: datetime, known_code: bool):
        self.names = names
        self.opened: dict[str, Office] = {}
        self._story, self._timeline, self._at, self._known_code = story, timeline, at, known_code

    def of(self, agency: str, site: str = "") -> Office:
        """The agency of this word, with the name of the first site that is given for it."""
        if agency not in self.opened:
            self.opened[agency] = self._open(agency, site)
        return self.opened[agency]

    def _open(self, agency: str, site: str) -> Office:
        story, at, known = self._story, self._at, agencies.known(agency)
        by, word = story.who("administrator"), agency.replace("_", "-")
        key = f"{self._timeline.key[:30].strip('-')}-{word}"[:50]
        name, domain = f"{site or known.label} ({self._timeline.family})"[:120], f"{self._timeline.key}.example"
        opened = add_agency(by=by, key=key, kind=known.kind, name=name, at=at)
        number = 900 + len(self.opened) % 99
        story.authority.mailboxes[key] = add_agency_post(  # type: ignore[index]  # a dictionary of this play's own
            by=by, agency=opened, key=key, title="Whoever reads its post", email=f"post.{word}@{domain}",
            phone=f"01632 960{number}", at=at,
        )  # fmt: skip
        email = f"{word}@{domain}"
        account = open_account(
            by=by, name=name, email=email, role=Role.PARTNER, agency=opened, at=at,
            password=PASSWORD if self._known_code else None,
        )  # fmt: skip
        if self._known_code:
            get_adapter().give_demonstration_code(get_account(account))
        return Office(key, name, opened, get_actor(account), email)

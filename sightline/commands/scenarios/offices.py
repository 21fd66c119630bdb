"""The agencies of a scenario in the database: each with a post that is written to, and one account of its own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zlib import crc32

from allauth.mfa.adapter import get_adapter

from sightline.commands.demonstration.telling import Telling
from sightline.commands.scenarios import agencies
from sightline.commands.scenarios.spec import Timeline
from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.partnership.operations import add_agency, add_agency_post
from sightline.partnership.queries import list_agencies, list_agency_posts
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


@dataclass(frozen=True)
class Keys:
    """How one signs in as an agency: in a demonstration with its code, else with a code that is set up first."""

    password: str
    known_code: bool


class Offices:
    """Opens each agency when an event first is of it."""

    def __init__(self, story: Telling, timeline: Timeline, names: dict[str, str], *, at: datetime, keys: Keys):
        self.names = names
        self.opened: dict[str, Office] = {}
        self._story, self._timeline, self._at, self._keys = story, timeline, at, keys

    def of(self, agency: str, site: str = "") -> Office:
        """The agency of this word, with the name of the first site that is given for it."""
        if agency not in self.opened:
            self.opened[agency] = self._open(agency, site)
        return self.opened[agency]

    def _open(self, agency: str, site: str) -> Office:
        story, at, known = self._story, self._at, agencies.known(agency)
        by, word = story.who("administrator"), agency.replace("_", "-")
        key, domain = f"{word[:20]}-{crc32(self._timeline.key.encode()):08x}", f"{self._timeline.key}.example"
        name = f"{site or known.label} ({self._timeline.family})"[:120]
        # One that something else names stayed when the scenario was taken out, and goes on.
        opened = next((one.id for one in list_agencies() if one.key == key), None) or add_agency(
            by=by, key=key, kind=known.kind, name=name, at=at
        )
        number = 900 + len(self.opened) % 99
        post = next((one.id for one in list_agency_posts(agency=opened)), None) or add_agency_post(
            by=by, agency=opened, key=key, title="Safeguarding lead", email=f"post.{word}@{domain}",
            phone=f"01632 960{number}", at=at,
        )  # fmt: skip
        story.authority.mailboxes[key] = post  # type: ignore[index]  # a dictionary of this play's own
        email = f"{word}@{domain}"
        account = open_account(
            by=by, name=name, email=email, role=Role.PARTNER, agency=opened, at=at,
            password=self._keys.password,
        )  # fmt: skip
        if self._keys.known_code:
            get_adapter().give_demonstration_code(get_account(account))
        return Office(key, name, opened, get_actor(account), email)

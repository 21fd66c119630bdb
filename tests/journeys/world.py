"""A small fictional authority for playing journeys: who works there, and whom one may place where.

Made by operations, months before now: the row policies ask the database's own clock, so every
moment that a test plays must lie before it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.doorway.roles import Role
from sightline.partnership import operations as partnership
from sightline.practice.operations import publish_shipped_packs
from sightline.workforce import operations as workforce
from sightline.workforce.queries import get_actor

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "kettle-harbour-91"

ROLES = {
    "Dee Marlow": (Role.DUTY_WORKER, False),
    "Sol Abara": (Role.SOCIAL_WORKER, True),
    "Mag Price": (Role.TEAM_MANAGER, True),
    "Em Castle": (Role.EMERGENCY_DUTY, True),
    "Ned Orchard": (Role.EMERGENCY_DUTY, True),
    "Fay Lund": (Role.TEAM_MANAGER, True),
    "Jane Smith": (Role.SOCIAL_WORKER, True),
    "Kit Rowe": (Role.FAMILY_SUPPORT_WORKER, False),
    "Una Spare": (Role.SOCIAL_WORKER, True),
    "Hal Dean": (Role.SERVICE_MANAGER, True),
    # They see what the tests let them see: one stands in no post, one keeps what is withdrawn.
    "Obi Watcher": (Role.CONFERENCE_CHAIR, True),
    "Kay Keeper": (Role.REVIEWING_OFFICER, True),
}
TEAMS = {"front-door": "front_door", "emergency": "emergency_duty", "family": "casework", "long-term": "casework"}
POSTS = (
    ("service-manager", "family", "manager", None, "Hal Dean"),
    ("front-door-manager", "front-door", "manager", "service-manager", "Mag Price"),
    ("duty", "front-door", "duty", "front-door-manager", "Dee Marlow"),
    ("decider", "front-door", "worker", "front-door-manager", "Sol Abara"),
    ("emergency-1", "emergency", "emergency", None, "Em Castle"),
    ("emergency-2", "emergency", "emergency", None, "Ned Orchard"),
    ("family-manager", "family", "manager", "service-manager", "Fay Lund"),
    ("family-1", "family", "worker", "family-manager", "Jane Smith"),
    ("long-term-1", "long-term", "worker", "family-manager", "Kit Rowe"),
    ("long-term-2", "long-term", "worker", "family-manager", None),
    # In the front door's team, so that what is kept apart for it can be read back by the tests.
    ("records", "front-door", "other", "front-door-manager", "Kay Keeper"),
)


@dataclass(frozen=True)
class World:
    """Keys by name; `watcher` sees whoever the tests let them see, `keeper` keeps what is withdrawn."""

    admin: Actor
    accounts: dict[str, UUID]
    posts: dict[str, UUID]
    teams: dict[str, UUID]
    school_lead: UUID

    @property
    def watcher(self) -> UUID:
        return self.accounts["Obi Watcher"]

    @property
    def keeper(self) -> UUID:
        return self.accounts["Kay Keeper"]

    def actor(self, name: str) -> Actor:
        """As they stand now."""
        return get_actor(self.accounts[name])

    def let_watch(self, people: list[UUID], at: datetime) -> None:
        """Let the watcher and the keeper see every section about these people."""
        with acting(self.admin.id):
            for reader in (self.watcher, self.keeper):
                give_sight(
                    people=people, reader=reader, because="test", because_of=None, at=at, sections=tuple(Section)
                )


def make_world(at: datetime = BEGIN) -> World:
    """The authority as it stands at the beginning."""
    publish_shipped_packs(at=at)
    admin_id = workforce.open_first_administrator(
        name="Ada Finch", email="ada@hallowby.example", password=PASSWORD, at=at
    )
    admin = get_actor(admin_id)
    accounts = {name: _open_account(admin, name, role, registered, at) for name, (role, registered) in ROLES.items()}
    teams = {
        key: workforce.open_team(by=admin, key=key, name=key.title(), kind=kind, phone="01632 960200", at=at)
        for key, kind in TEAMS.items()
    }
    posts: dict[str, UUID] = {}
    for key, team, kind, above, occupant in POSTS:
        manager = posts[above] if above else None
        posts[key] = workforce.open_post(
            by=admin, team=teams[team], key=key, title=key.title(), kind=kind, manager=manager, at=at
        )
        if occupant:
            workforce.place(by=admin, post=posts[key], account=accounts[occupant], at=at)
    return World(admin, accounts, posts, teams, _open_school(get_actor(accounts["Dee Marlow"]), at))


def _open_account(admin: Actor, name: str, role: Role, registered: bool, at: datetime) -> UUID:  # noqa: FBT001 (a column of the table above)
    return workforce.open_account(
        by=admin, name=name, email=f"{name.lower().replace(' ', '.')}@hallowby.example", role=role,
        password=PASSWORD, registration="SW100000" if registered else "", phone="01632 960201", at=at,
    )  # fmt: skip


def _open_school(by: Actor, at: datetime) -> UUID:
    school = partnership.add_agency(by=by, key="weir-primary", kind="school", name="Weir Primary School", at=at)
    return partnership.add_agency_post(
        by=by, agency=school, key="weir-lead", title="Safeguarding lead", email="lead@weir.example",
        manager_title="Head", manager_email="head@weir.example", at=at,
    )  # fmt: skip

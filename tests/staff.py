"""A small fictional authority's workforce, made by operations: two front door posts, a casework team, and the
emergency duty team with one worker."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.workforce import operations as workforce
from sightline.workforce.queries import get_actor

# Before now on any clock that these tests run under, since the row policies ask the database's own clock.
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SOON = AT + timedelta(hours=1)
PASSWORD = "kettle-harbour-91"


@dataclass(frozen=True)
class Staff:
    """Keys of accounts, and keys of posts by their key word."""

    admin: UUID
    accounts: dict[str, UUID]
    posts: dict[str, UUID]
    teams: dict[str, UUID]

    def actor(self, name: str) -> Actor:
        """As they stand now."""
        return get_actor(self.admin if name == "admin" else self.accounts[name])


PEOPLE = {
    "Priya Nair": (Role.TEAM_MANAGER, "SW100001"),
    "Tom Bell": (Role.DUTY_WORKER, ""),
    "Jane Smith": (Role.SOCIAL_WORKER, "SW100002"),
    "Omar Reid": (Role.EMERGENCY_DUTY, "SW100003"),
    "Grace Okoro": (Role.EMERGENCY_DUTY, "SW100004"),
    "Helen Marsh": (Role.SERVICE_MANAGER, "SW100005"),
}
TEAMS = {"front-door": "front_door", "emergency": "emergency_duty", "family": "casework"}
POSTS = (
    ("service-manager", "family", "Service manager", "manager", None, "Helen Marsh"),
    ("front-door-manager", "front-door", "Front door manager", "manager", "service-manager", "Priya Nair"),
    ("duty", "front-door", "Duty 1", "duty", "front-door-manager", "Tom Bell"),
    ("family-2", "family", "Family Support 2", "worker", "service-manager", "Jane Smith"),
    ("emergency-1", "emergency", "Emergency duty", "emergency", None, "Omar Reid"),
)


def make_staff() -> Staff:
    """Grace Okoro has an account and no post."""
    admin = workforce.open_first_administrator(
        name="Ada Finch", email="Ada.Finch@hallowby.example", password=PASSWORD, at=AT
    )
    by = get_actor(admin)
    accounts = {
        name: workforce.open_account(
            by=by,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@hallowby.example",
            role=role,
            password=PASSWORD,
            registration=registration,
            phone="01632 960" + str(100 + number),
            at=AT,
        )
        for number, (name, (role, registration)) in enumerate(PEOPLE.items())
    }
    teams = {
        key: workforce.open_team(by=by, key=key, name=key.title(), kind=kind, at=AT) for key, kind in TEAMS.items()
    }
    posts: dict[str, UUID] = {}
    for key, team, title, kind, manager, occupant in POSTS:
        above = posts[manager] if manager else None
        posts[key] = workforce.open_post(by=by, team=teams[team], key=key, title=title, kind=kind, manager=above, at=AT)
        workforce.place(by=by, post=posts[key], account=accounts[occupant], at=AT)
    return Staff(admin, accounts, posts, teams)

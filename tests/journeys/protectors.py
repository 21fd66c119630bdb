"""Who else protects a child, beside those of the world: conference chairs, health and the police."""

from uuid import UUID

from sightline.doorway.roles import Role
from sightline.partnership import operations as partnership
from sightline.workforce import operations as workforce
from tests.journeys.world import BEGIN, PASSWORD, POSTS, World

CHAIRS = (("chair", "chairs", "other", "service-manager", "Ash Corran"),)
ALL_POSTS = (*POSTS, *CHAIRS)


def add_protectors(world: World) -> dict[str, tuple[UUID, UUID]]:
    """Ash Corran chairs conferences, in a team of chairs; health and the police each have a post with a mailbox.

    Returns the two agencies, each with its post.
    """
    admin = world.admin
    world.teams["chairs"] = workforce.open_team(
        by=admin, key="chairs", name="Chairs", kind="casework", phone="01632 960200", at=BEGIN
    )
    for key, team, kind, above, name in CHAIRS:
        world.accounts[name] = workforce.open_account(
            by=admin, name=name, email=f"{key}@hallowby.example", role=Role.CONFERENCE_CHAIR, password=PASSWORD,
            registration="SW100000", phone="01632 960201", at=BEGIN,
        )  # fmt: skip
        world.posts[key] = workforce.open_post(
            by=admin,
            team=world.teams[team],
            key=key,
            title=key.title(),
            kind=kind,
            manager=world.posts[above],
            at=BEGIN,
        )
        workforce.place(by=admin, post=world.posts[key], account=world.accounts[name], at=BEGIN)
    return {kind: _add_agency(world, kind) for kind in ("health", "police")}


def _add_agency(world: World, kind: str) -> tuple[UUID, UUID]:
    duty = world.actor("Dee Marlow")
    agency = partnership.add_agency(by=duty, key=kind, kind=kind, name=f"Hallowby {kind.title()}", at=BEGIN)
    post = partnership.add_agency_post(
        by=duty, agency=agency, key=f"{kind}-lead", title="Safeguarding lead", email=f"{kind}@lead.example", at=BEGIN
    )
    return agency, post

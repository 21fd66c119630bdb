"""Hallowby, which is nowhere: its teams, posts and workers, and the agencies it works with.

Telephone numbers come from the ranges that Ofcom keeps for drama, addresses of mail end in
`.example`, and no postcode begins with Q: nothing here can reach anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import ROLE_LABELS, Role
from sightline.partnership.operations import add_agency, add_agency_post
from sightline.workforce import operations as workforce
from sightline.workforce.queries import get_actor

NAME = "Hallowby Council"
PASSWORD = "lantern-orchard-42"  # noqa: S105  # printed by the demonstration, and good for nothing else


@dataclass(frozen=True)
class Worker:
    """Somebody with an account. `post` is the key word of the post they stand in, if any."""

    key: str
    name: str
    role: Role
    post: str = ""
    registration: str = ""
    try_first: str = ""

    @property
    def title(self) -> str:
        """Name and role."""
        return f"{self.name}, {ROLE_LABELS[self.role].lower()}"

    @property
    def email(self) -> str:
        """Their address, which no mail server in the world answers to."""
        domain = "osierlane.example" if self.role == Role.PARTNER else "hallowby.example"
        return f"{self.name.lower().replace(' ', '.')}@{domain}"


@dataclass(frozen=True)
class Place:
    """A post: in which team, of which kind, and under which other post."""

    key: str
    team: str
    title: str
    kind: str
    manager: str = ""


@dataclass(frozen=True)
class Mailbox:
    """A post at an agency that we write to."""

    key: str
    title: str
    manager_title: str = ""
    manager: str = ""


@dataclass(frozen=True)
class Authority:
    """Keys by key word: of accounts, posts and teams, and of agencies and their posts."""

    administrator: UUID
    accounts: Mapping[str, UUID]
    posts: Mapping[str, UUID]
    teams: Mapping[str, UUID]
    agencies: Mapping[str, UUID]
    mailboxes: Mapping[str, UUID]

    def who(self, key: str) -> Actor:
        """A worker as they stand now. Refuses a leaver."""
        return get_actor(self.accounts[key])

    def with_more(self, **more: Mapping[str, UUID]) -> "Authority":
        """The same with these besides, by what they are: accounts, posts, teams, agencies or mailboxes."""
        wider: dict[str, Any] = {what: {**getattr(self, what), **keys} for what, keys in more.items()}
        return replace(self, **wider)


TEAMS = (
    ("front-door", "Front Door", "front_door", "01632 960010"),
    ("family-support-2", "Family Support 2", "casework", "01632 960020"),
    ("emergency-duty", "Emergency Duty Team", "emergency_duty", "01632 960030"),
    # Two teams, since whoever chairs conferences and whoever reviews children looked after read different records.
    ("conferences", "Conferences", "other", "01632 960040"),
    ("reviewing", "Independent reviewing", "other", "01632 960050"),
)

POSTS = (
    # The front door manager's post is opened first: it is the one that what has no other place goes to.
    Place("front-door-manager", "front-door", "Front Door manager", "manager"),
    Place("service-manager", "front-door", "Service manager", "manager"),
    Place("duty-front-door", "front-door", "Front Door duty", "duty", "front-door-manager"),
    Place("social-worker-front-door", "front-door", "Front Door social worker", "worker", "front-door-manager"),
    Place("business-support-front-door", "front-door", "Front Door business support", "other", "front-door-manager"),
    Place("designated-officer", "front-door", "Designated officer", "other", "service-manager"),
    Place("manager-family-support-2", "family-support-2", "Family Support 2 manager", "manager", "service-manager"),
    Place("worker-1-family-support-2", "family-support-2", "Family Support 2", "worker", "manager-family-support-2"),
    Place("worker-2-family-support-2", "family-support-2", "Family Support 2", "worker", "manager-family-support-2"),
    Place("worker-3-family-support-2", "family-support-2", "Family Support 2", "worker", "manager-family-support-2"),
    Place("support-family-support-2", "family-support-2", "Family support", "worker", "manager-family-support-2"),
    Place("emergency-duty-1", "emergency-duty", "Emergency duty 1", "emergency", "service-manager"),
    Place("emergency-duty-2", "emergency-duty", "Emergency duty 2", "emergency", "service-manager"),
    Place("worker-4-family-support-2", "family-support-2", "Family Support 2", "worker", "manager-family-support-2"),
    Place("conference-chair", "conferences", "Conference chair", "other", "service-manager"),
    Place("reviewing-officer", "reviewing", "Independent reviewing officer", "other", "service-manager"),
)

WORKERS = (
    Worker(
        "dipa", "Dipa Chaudhry", Role.DUTY_WORKER, "duty-front-door",
        try_first="Record a contact: search for Rosie Penhallow, and see who is already working with her.",
    ),
    Worker(
        "tomas", "Tomas Ferreira", Role.SOCIAL_WORKER, "social-worker-front-door", "SW900101",
        "Decide the contact about Ellis Thorne, a third separate caller, with the whole series in front of you.",
    ),
    Worker(
        "margaret", "Margaret Osei", Role.TEAM_MANAGER, "front-door-manager", "SW900102",
        "The team page: Rory Callaghan, unallocated for days. Then Feedback: what nobody has opened.",
    ),
    Worker(
        "jane", "Jane Smith", Role.SOCIAL_WORKER, "worker-1-family-support-2", "SW900103",
        "My day: a visit without an outcome. Then Skye Whitcombe, not seen three times, and Jude Farrow's plan.",
    ),
    Worker(
        "aoife", "Aoife Brennan", Role.SOCIAL_WORKER, "worker-2-family-support-2", "SW900104",
        "She is away and Jane Smith covers her post: Carys Maddox's baby, not yet born.",
    ),
    Worker(
        "gareth", "Gareth Lowe", Role.TEAM_MANAGER, "manager-family-support-2", "SW900105",
        "My day: an assessment to sign and an ending to answer for. Then the team: who is away, who is not seen.",
    ),
    Worker(
        "marcus", "Marcus Bello", Role.FAMILY_SUPPORT_WORKER, "support-family-support-2",
        try_first="Early help before birth: Baby Adair's plan, led by Ffion's midwife. Then the Adeyemi twins' notes.",
    ),
    Worker(
        "sanjay", "Sanjay Mistry", Role.EMERGENCY_DUTY, "emergency-duty-1", "SW900106",
        "What the front door handed over at its close, and what was decided in the night.",
    ),
    Worker(
        "gwen", "Gwen Pryce", Role.EMERGENCY_DUTY, "emergency-duty-2", "SW900107",
        "Record a contact at night: it is carried by the emergency duty team until it is decided.",
    ),
    Worker(
        "helen", "Helen Marsh", Role.SERVICE_MANAGER, "service-manager", "SW900108",
        "Theo Hart's record, which is restricted to named readers: who they are, and that each view of it is kept.",
    ),
    Worker(
        "ruth", "Ruth Lindqvist", Role.SOCIAL_WORKER, "designated-officer", "SW900109",
        "The allegation about a football coach, which is kept apart from Isaac Brandt's record.",
    ),
    Worker(
        "winston", "Winston Clarke", Role.CONFERENCE_CHAIR, "conference-chair", "SW900110",
        "Chair's desk: decide whether Morgan Teale may come, and write what was decided for Zee Malik.",
    ),
    Worker(
        "priya", "Priya Nair", Role.REVIEWING_OFFICER, "reviewing-officer", "SW900111",
        "She stands in a post and sees nobody's record: sight comes from working with a child, never from a role.",
    ),
    Worker("imogen", "Imogen Hart", Role.LAWYER, try_first="Search for Theo Hart, her son: he is not to be found."),
    Worker(
        "bilal", "Bilal Qureshi", Role.BUSINESS_SUPPORT, "business-support-front-door",
        try_first="Add a document that came by post to a child whom the front door is working with.",
    ),
    Worker("sarah", "Sarah Whitlock", Role.PARTNER, try_first="See what the council shares with the school."),
    Worker("leon", "Leon Fisher", Role.ANALYST, try_first="See that an analyst has no casework access."),
    Worker(
        "naomi", "Naomi Blyth", Role.SOCIAL_WORKER, "worker-4-family-support-2", "SW900113",
        "Isla Sorrell's Protection tab: two injuries, an enquiry, a conference and a core group that is due.",
    ),
)  # fmt: skip

LEAVER = Worker("callum", "Callum Reid", Role.SOCIAL_WORKER, "worker-3-family-support-2", "SW900112")
"""Left three weeks ago; nobody stands in the post since."""

ADMINISTRATOR = Worker(
    "anna", "Anna Kowalczyk", Role.ADMINISTRATOR, try_first="Accounts and posts; no casework access at all."
)

AGENCIES = (
    ("osier-lane", "school", "Osier Lane Primary School", "osierlane.example", (
        Mailbox("school-lead", "Safeguarding lead and deputy", "Head teacher", "head"),
        Mailbox("school-office", "School office", "Head teacher", "head"),
    )),
    ("hallowby-hospital", "health", "Hallowby General Hospital", "hallowbygeneral.example", (
        Mailbox("hospital-safeguarding", "Safeguarding mailbox", "Named nurse for safeguarding", "named.nurse"),
        Mailbox("hospital-midwives", "Community midwives", "Head of midwifery", "head.of.midwifery"),
        Mailbox("hospital-visitors", "Health visitors", "Named nurse for safeguarding", "named.nurse"),
    )),
    ("northmere-police", "police", "Northmere Police", "northmerepolice.example", (
        Mailbox("police-hub", "Public protection desk", "Detective inspector", "inspector"),
    )),
    ("tidewell-homes", "housing", "Tidewell Homes", "tidewell.example", (
        Mailbox("housing-safeguarding", "Tenancy safeguarding lead", "Head of housing", "head.of.housing"),
    )),
    ("vellenshire", "authority", "Vellenshire County Council", "vellenshire.example", (
        Mailbox("vellenshire-referrals", "Front door", "Front door manager", "manager"),
    )),
)  # fmt: skip


def open_authority(*, opening: datetime, workers: tuple[Worker, ...] = (*WORKERS, LEAVER)) -> Authority:
    """Open the teams, posts, accounts and agencies, as their first administrator would."""
    first = workforce.open_first_administrator(
        name=ADMINISTRATOR.name, email=ADMINISTRATOR.email, password=PASSWORD, at=opening
    )
    by = get_actor(first)
    # What is opened together is opened in order, so that "the post that was opened first" means something.
    agencies, mailboxes = _open_agencies(by, opening)
    teams = {
        key: workforce.open_team(by=by, key=key, name=name, kind=kind, phone=phone, at=opening)
        for key, name, kind, phone in TEAMS
    }
    posts = _open_posts(by, teams, opening)
    accounts = {
        worker.key: _open_account(by, worker, number, agencies, opening) for number, worker in enumerate(workers)
    }
    for worker in workers:
        if worker.post:
            workforce.place(
                by=by, post=posts[worker.post], account=accounts[worker.key], at=opening + timedelta(hours=1)
            )
    return Authority(first, {**accounts, ADMINISTRATOR.key: first}, posts, teams, agencies, mailboxes)


def _open_posts(by: Actor, teams: Mapping[str, UUID], at: datetime) -> dict[str, UUID]:
    posts: dict[str, UUID] = {}
    for place in POSTS:
        posts[place.key] = workforce.open_post(
            by=by, team=teams[place.team], key=place.key, title=place.title, kind=place.kind,
            manager=posts[place.manager] if place.manager else None, at=at,
        )  # fmt: skip
    workforce.set_manager(by=by, post=posts["front-door-manager"], manager=posts["service-manager"], at=at)
    return posts


def _open_account(by: Actor, worker: Worker, number: int, agencies: Mapping[str, UUID], at: datetime) -> UUID:
    return workforce.open_account(
        by=by, name=worker.name, email=worker.email, role=worker.role, password=PASSWORD,
        registration=worker.registration, phone=f"01632 960{101 + number}",
        agency=agencies["osier-lane"] if worker.role == Role.PARTNER else None, at=at,
    )  # fmt: skip


def _open_agencies(by: Actor, at: datetime) -> tuple[dict[str, UUID], dict[str, UUID]]:
    agencies: dict[str, UUID] = {}
    mailboxes: dict[str, UUID] = {}
    for number, (key, kind, name, domain, boxes) in enumerate(AGENCIES):
        agencies[key] = add_agency(by=by, key=key, kind=kind, name=name, at=at)
        for place, box in enumerate(boxes):
            mailboxes[box.key] = add_agency_post(
                by=by, agency=agencies[key], key=box.key, title=box.title,
                email=f"{box.key.rsplit('-', 1)[1]}@{domain}", phone=f"01632 960{200 + 10 * number + place}",
                manager_title=box.manager_title, manager_email=f"{box.manager}@{domain}", at=at,
            )  # fmt: skip
    return agencies, mailboxes

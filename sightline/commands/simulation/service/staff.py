"""Who works for the authority that is played: opened, placed, away, gone and replaced, by operations alone.

Somebody is called by the key word of their account. A post goes on when whoever stood in it has left, and
whoever acts asks each time who stands there (`carrying`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from uuid import UUID

from sightline.commands.demonstration.authority import PASSWORD
from sightline.commands.demonstration.telling import Telling
from sightline.commands.simulation.engine import Engine
from sightline.commands.simulation.rates import rate, rates
from sightline.doorway.roles import Role
from sightline.kernel.london import local
from sightline.kernel.working_days import is_working_day
from sightline.workforce import operations as workforce

FRONT_DOOR_MANAGER, DUTY, DECIDES = "front-door-manager", "duty-front-door", "social-worker-front-door"
SERVICE_MANAGER, CHAIR = "service-manager", "conference-chair"
NIGHT = ("emergency-duty-1", "emergency-duty-2")
ADMINISTRATOR = "anna"


@dataclass(eq=False)
class Post:
    """A post, and who stands in it now: in their own right, or for somebody."""

    key: str
    manager: str = ""
    role: Role = Role.SOCIAL_WORKER
    occupant: str = ""
    cover: str = ""
    cases: bool = False
    """Whether children are allocated to it."""


@dataclass(eq=False)
class Staff:
    """Everybody who works there. `story.authority` is open already; what this opens is added to it."""

    engine: Engine
    story: Telling
    children: int
    posts: dict[str, Post] = field(default_factory=dict)
    load: dict[str, int] = field(default_factory=dict)
    """How many children each post carries."""
    away: set[str] = field(default_factory=set)
    stays: frozenset[str] = frozenset()
    """Whoever stood there before the play: they neither leave nor fall ill."""
    desks: int = 1
    """How many take contacts at the front door, and as many decide them."""
    part_time: float = 1.0
    """How much of a week a casework post has: all of it, but where the place is too small for two."""
    hired: int = 0
    moved: list[Callable[[str], None]] = field(default_factory=list)
    """Told the key word of each post in which somebody new stands."""

    def __post_init__(self) -> None:
        for key, occupant in STANDING.items():
            if key in self.story.authority.posts and occupant in self.story.authority.accounts:
                manager = "" if key == SERVICE_MANAGER else SERVICE_MANAGER
                above = FRONT_DOOR_MANAGER if key in {DUTY, DECIDES} else manager
                self.posts[key] = Post(key, above, occupant=occupant)
        self.stays = frozenset(post.occupant for post in self.posts.values())
        self._open_front_door()
        self._open_casework()

    # --- who acts -------------------------------------------------------------------------------

    def carrying(self, post: str) -> str:
        """The account that acts for a post now: occupant, cover, or whoever is above it."""
        at = self.posts[post]
        for who in (at.occupant, at.cover):
            if who and who not in self.away:
                return who
        return self.carrying(at.manager) if at.manager else at.occupant

    def manager_of(self, post: str) -> str:
        """The account that acts for the post above this one."""
        return self.carrying(self.posts[post].manager)

    def on_duty(self) -> str:
        """Who takes what comes in now: at the front door by day, on the emergency duty team by night."""
        by_day = [key for key in self.posts if key.startswith(DUTY)]
        return self._turn("duty", by_day if self.is_open() else NIGHT)

    def decider(self, *, by_day: bool | None = None) -> str:
        """A registered social worker who decides now; `by_day` where it is known which of both desks has it."""
        day = self.is_open() if by_day is None else by_day
        return self._turn("decides", [key for key in self.posts if key.startswith(DECIDES)] if day else NIGHT)

    def chair(self) -> str:
        """Who chairs the next conference."""
        return self.carrying(CHAIR)

    def is_open(self) -> bool:
        """Whether the front door is staffed by day."""
        now = local(self.engine.now)
        return is_working_day(now.date()) and 8 <= now.hour < 17

    def _turn(self, what: str, posts: "list[str] | tuple[str, ...]") -> str:
        here = [key for key in posts if self.posts[key].occupant and self.posts[key].occupant not in self.away]
        return self.carrying(self.engine.stream(f"staff {what}").choice(here or list(posts)))

    # --- who carries ----------------------------------------------------------------------------

    def post_with_room(self) -> str | None:
        """The casework post that somebody stands in and that carries fewest; None where each is full."""
        full = rate("staff", "size", "full")
        free = [
            key
            for key, post in self.posts.items()
            if post.cases and post.occupant and post.occupant not in self.away and self.load.get(key, 0) < full
        ]
        return min(free, key=lambda key: self.load.get(key, 0), default=None)

    def took(self, post: str, children: int) -> None:
        """That many more children are carried by this post; fewer, below nought."""
        self.load[post] = self.load.get(post, 0) + children

    # --- opening --------------------------------------------------------------------------------

    def _open_front_door(self) -> None:
        a_day = self.children * 0.25 / 252
        self.desks = max(1, ceil(a_day / rate("staff", "size", "contacts_a_duty_day")))
        at_the_door = partial(self._open, team=self.story.authority.teams["front-door"], manager=FRONT_DOOR_MANAGER)
        for number in range(2, self.desks + 1):
            at_the_door(f"{DUTY}-{number}", "Front Door duty", kind="duty", role=Role.DUTY_WORKER)
            at_the_door(f"{DECIDES}-{number}", "Front Door social worker", kind="worker")

    def _open_casework(self) -> None:
        full = self.children * rate("staff", "size", "case_holders")
        wanted = max(2, round(full))
        self.part_time = min(1.0, full / wanted)
        size = int(rate("staff", "size", "team"))
        for number in range(1, ceil(wanted / size) + 1):
            key, name = f"help-and-protection-{number}", f"Help and Protection {number}"
            team = workforce.open_team(
                by=self.story.who(ADMINISTRATOR), key=key, name=name, kind="casework", phone=self._phone(),
                at=self.engine.now,
            )  # fmt: skip
            manager = f"manager-{key}"
            self._open(
                manager, f"{name} manager", team=team, kind="manager", manager=SERVICE_MANAGER, role=Role.TEAM_MANAGER
            )
            for place in range(1, min(size, wanted - size * (number - 1)) + 1):
                self._open(f"worker-{place}-{key}", name, team=team, kind="worker", manager=manager)
                self.posts[f"worker-{place}-{key}"].cases = True

    def _open(
        self, key: str, title: str, *, team: UUID, kind: str, manager: str, role: Role = Role.SOCIAL_WORKER
    ) -> None:  # fmt: skip
        authority, administrator = self.story.authority, self.story.who(ADMINISTRATOR)
        opened = workforce.open_post(
            by=administrator, team=team, key=key, title=title, kind=kind, manager=authority.posts[manager],
            at=self.engine.now,
        )  # fmt: skip
        self.posts[key] = Post(key, manager, role)
        self.story.authority = authority.with_more(posts={key: opened})
        self.fill(key)

    def fill(self, post: str) -> str:
        """Somebody new starts in a post."""
        account, name = f"worker {self.hired + 1}", self._name()
        self.hired += 1
        role, administrator = self.posts[post].role, self.story.who(ADMINISTRATOR)
        registration = "" if role == Role.DUTY_WORKER else f"SW{910000 + self.hired}"
        opened = workforce.open_account(
            by=administrator, name=name, email=f"{name.lower().replace(' ', '.')}.{self.hired}@hallowby.example",
            role=role, password=PASSWORD, registration=registration, phone=self._phone(), at=self.engine.now,
        )  # fmt: skip
        self.story.authority = self.story.authority.with_more(accounts={account: opened})
        self.stand(post, account)
        return account

    def stand(self, post: str, account: str) -> None:
        """Somebody takes a post from now."""
        authority = self.story.authority
        workforce.place(
            by=self.story.who(ADMINISTRATOR), post=authority.posts[post], account=authority.accounts[account],
            at=self.engine.now,
        )  # fmt: skip
        self.posts[post].occupant = account
        self.changed()
        for tell in self.moved:
            tell(post)

    def account(self, who: str) -> UUID:
        """The account of this key word."""
        return self.story.authority.accounts[who]

    def changed(self) -> None:
        """Who stands where has changed: the story asks anew."""
        self.story.forget_who()

    def _name(self) -> str:
        names, stream = rates("staff")["names"], self.engine.stream("staff names")
        return f"{stream.choice(names['given'])} {stream.choice(names['family'])}"

    def _phone(self) -> str:
        return f"01632 960{self.engine.stream('staff telephones').randrange(300, 1000)}"


STANDING = {
    SERVICE_MANAGER: "helen",
    FRONT_DOOR_MANAGER: "margaret",
    DUTY: "dipa",
    DECIDES: "tomas",
    NIGHT[0]: "sanjay",
    NIGHT[1]: "gwen",
    CHAIR: "winston",
}
"""Whom of the demonstration the play relies on."""

"""Who of the authority acts in a scenario: those who stand in its posts now, found by what they do.

They are called by the words by which the demonstration's verbs call posts and people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sightline.commands.demonstration.authority import Authority
from sightline.doorway.roles import Role
from sightline.kernel.errors import Refusal
from sightline.workforce.models import Account, Post, Team
from sightline.workforce.queries import PostLine, list_accounts, list_covered, list_occupied, list_posts, list_teams

DOOR, DECIDER, HEAD, WORKER, MANAGER, CHAIR = "door", "decider", "head", "worker", "manager", "winston"
DESK_POST, CHAIR_POST = "duty-front-door", "conference-chair"
FIRST: list[str] = [Post.Kind.DUTY, Post.Kind.WORKER, Post.Kind.MANAGER, Post.Kind.EMERGENCY, Post.Kind.OTHER]
"""Of two who could do it, whoever stands in a post of the kind that comes first."""


@dataclass(frozen=True)
class _Standing:
    account: Account
    post: PostLine


@dataclass(frozen=True)
class Cast:
    """The accounts and posts that act, as an authority for the verbs; and what each is called, to be told."""

    authority: Authority
    names: dict[str, str]
    emails: dict[str, str]


def find() -> Cast:
    """Those who stand in posts and are not away. Refuses an authority in which one of the parts has nobody."""
    everybody = list_accounts()
    administrator = next((one for one in everybody if one.role == Role.ADMINISTRATOR), None)
    if administrator is None:
        raise Refusal("Nobody here is an administrator, who opens the agencies' accounts. Open one: ./run account.")
    standing = list(_standing(everybody))
    door: set[str] = {Team.Kind.FRONT_DOOR}
    casework: set[str] = {Team.Kind.CASEWORK}
    chosen = {
        DOOR: _first(standing, {Role.DUTY_WORKER, Role.SOCIAL_WORKER, Role.TEAM_MANAGER}, door),
        DECIDER: _first(standing, {Role.SOCIAL_WORKER, Role.TEAM_MANAGER}, door, registered=True),
        HEAD: _first(standing, {Role.TEAM_MANAGER}, door),
        WORKER: _first(standing, {Role.SOCIAL_WORKER}, casework, registered=True, managed=True),
    }
    worker = chosen[WORKER]
    above = worker.post.manager if worker else None
    chosen[MANAGER] = next((one for one in standing if one.post.id == above), None)
    chosen[CHAIR] = _first(standing, {Role.CONFERENCE_CHAIR}, set(Team.Kind.values))
    missing = [PARTS[part] for part, one in chosen.items() if one is None and part != CHAIR]
    if missing:
        raise Refusal(f"A scenario is played by those in post, and nobody is {'; nor '.join(missing)}.")
    return _cast(administrator, {part: one for part, one in chosen.items() if one is not None})


PARTS = {
    DOOR: "at the front door to take a contact",
    DECIDER: "a registered social worker at the front door",
    HEAD: "the front door's manager",
    WORKER: "a registered social worker of a casework team with a manager above them",
    MANAGER: "the manager above that worker",
    CHAIR: "a conference chair",
}


def _cast(administrator: Account, chosen: dict[str, _Standing]) -> Cast:
    accounts: dict[str, UUID] = {part: one.account.pk for part, one in chosen.items()}
    posts = {part: one.post.id for part, one in chosen.items()}
    desk = next((post for post in list_posts(team_kinds=[Team.Kind.FRONT_DOOR], kinds=[Post.Kind.DUTY])), None)
    posts[DESK_POST] = desk.id if desk else posts[DOOR]
    if CHAIR in posts:
        posts[CHAIR_POST] = posts[CHAIR]
    authority = Authority(
        administrator.pk, {**accounts, "administrator": administrator.pk}, posts,
        {one.key: one.id for one in list_teams()}, {}, {},
    )  # fmt: skip
    return Cast(
        authority,
        {part: one.account.name for part, one in chosen.items()},
        {part: one.account.email for part, one in chosen.items()},
    )


def _standing(accounts: Iterable[Account]) -> Iterable[_Standing]:
    """Everybody in the post they occupy, by the post's key; whoever is covered is away."""
    posts = {post.id: post for post in list_posts()}
    held = {account.pk: list_occupied(account.pk) for account in accounts}
    away = set(list_covered(posts))
    found = [
        _Standing(account, posts[post])
        for account in accounts
        for post in held[account.pk]
        if post in posts and post not in away
    ]
    return sorted(found, key=lambda one: (FIRST.index(one.post.kind), one.post.key))


def _first(
    standing: Iterable[_Standing], roles: set[Role], teams: set[str], *, registered: bool = False, managed: bool = False
) -> _Standing | None:
    filled = {one.post.id for one in standing}
    return next(
        (
            one
            for one in standing
            if one.account.role in roles
            and one.post.team_kind in teams
            and (one.account.registration or not registered)
            and (not managed or one.post.manager in filled)
        ),
        None,
    )

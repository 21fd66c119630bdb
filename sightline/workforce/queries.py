"""Reading the workforce: who is who, who stands where, and whom to ring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import Now

from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.remembering import asked_once, asked_once_each
from sightline.workforce.models import Absence, Account, Cover, Occupancy, Post, Session, Team
from sightline.workforce.rules import last_used

CLOCK = UUID("00000000-0000-7000-8000-000000000001")
"""The account under which periodic jobs act."""
CENSUS = UUID("00000000-0000-7000-8000-000000000002")
"""The account under which the operator's command brings census files in."""
NOBODYS = (CLOCK, CENSUS)
"""Accounts that are no person's."""


@dataclass(frozen=True)
class Ring:
    """Whom to ring about a post. `post` is where they answer from; `standing` is one of
    occupant, cover, manager, emergency_duty.
    """

    account: UUID
    name: str
    phone: str
    post: UUID
    post_title: str
    team_name: str
    standing: str


@dataclass(frozen=True)
class PostLine:
    """A post with its team."""

    id: UUID
    key: str
    title: str
    kind: str
    team: UUID
    team_key: str
    team_name: str
    team_kind: str
    manager: UUID | None


@dataclass(frozen=True)
class Member:
    """Somebody who stands in a post (or covers it), and whether they are away."""

    account: UUID
    name: str
    role: str
    post: UUID
    post_title: str
    cover: bool
    away: bool


@dataclass(frozen=True)
class Absent:
    """Somebody who is away, and the posts among those asked about that they stand in."""

    account: UUID
    name: str
    posts: tuple[UUID, ...]
    since: datetime
    back_on: date | None


def current(at: datetime | None = None, prefix: str = "") -> Q:
    """Periods that hold the moment; with none given the database's own now, as the row policies use."""
    moment = at or Now()
    return Q(**{f"{prefix}from_at__lte": moment}) & (
        Q(**{f"{prefix}to_at": None}) | Q(**{f"{prefix}to_at__gt": moment})
    )


def get_actor(account_id: UUID) -> Actor:
    """Somebody who works here now, with the posts they occupy or cover and those posts' teams.

    One query. Refuses a leaver, and whoever was never here, alike.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ACTOR, [account_id])
        rows = cursor.fetchall()
    if not rows:
        raise NotFound("This account is closed. Ask your administrator if it should be open.")
    name, role, registration, agency = rows[0][:4]
    standing = [(post, team) for *_, post, team in rows if post is not None]
    return Actor(
        id=account_id,
        name=name,
        role=Role(role),
        posts=frozenset(post for post, _ in standing),
        teams=frozenset(team for _, team in standing),
        registered=bool(registration),
        agency=agency,
    )


_ACTOR = """
SELECT a.name, a.role, a.registration, a.agency, p.id, p.team_id
FROM workforce_account a
LEFT JOIN LATERAL (
    SELECT o.post_id FROM workforce_occupancy o
    WHERE o.account_id = a.id AND o.from_at <= statement_timestamp()
        AND (o.to_at IS NULL OR o.to_at > statement_timestamp())
    UNION
    SELECT c.post_id FROM workforce_cover c
    WHERE c.account_id = a.id AND c.from_at <= statement_timestamp()
        AND (c.to_at IS NULL OR c.to_at > statement_timestamp())
) AS standing ON true
LEFT JOIN workforce_post p ON p.id = standing.post_id
WHERE a.id = %s AND a.is_active
"""


def who_to_ring(*, post: UUID, at: datetime) -> Ring | None:
    """The first who is there: occupant, cover, the manager's post, the emergency duty team."""
    return who_to_ring_of(posts=[post], at=at).get(post)


def who_to_ring_of(*, posts: Iterable[UUID], at: datetime) -> dict[UUID, Ring]:
    """The same for several posts, in one query. A post that nobody at all answers for is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, r.account, a.name, coalesce(nullif(a.phone, ''), t.phone), r.post, p.title, t.name,"
            " r.standing FROM unnest(%s::uuid[]) AS asked"
            " CROSS JOIN LATERAL workforce_who_to_ring(asked, %s) r"
            " JOIN workforce_account a ON a.id = r.account JOIN workforce_post p ON p.id = r.post"
            " JOIN workforce_team t ON t.id = p.team_id",
            [list(dict.fromkeys(posts)), at],
        )
        return {row[0]: Ring(*row[1:]) for row in cursor.fetchall()}


def _lines(**found: object) -> list[PostLine]:
    return list(_found(**{key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}))


@asked_once
def _found(**found: object) -> tuple[PostLine, ...]:
    posts = Post.objects.filter(closed_at=None, **found).select_related("team").order_by("team__name", "title")
    return tuple(
        PostLine(
            post.id,
            post.key,
            post.title,
            post.kind,
            post.team_id,
            post.team.key,
            post.team.name,
            post.team.kind,
            post.manager_id,
        )
        for post in posts
    )


def get_post(key: str | UUID) -> PostLine:
    """An open post, by its key word or its id. Refuses one that is not there."""
    found = _lines(id=key) if isinstance(key, UUID) else _lines(key=key)
    if not found:
        raise NotFound("There is no such post. Choose one from the list of posts.")
    return found[0]


def list_posts(
    *, team_kinds: Iterable[str] | None = None, team: UUID | None = None, kinds: Iterable[str] | None = None
) -> list[PostLine]:
    """Open posts by team and title; of some kinds of team, of one team, or of some kinds of post."""
    found: dict[str, object] = {}
    if team_kinds is not None:
        found["team__kind__in"] = list(team_kinds)
    if team is not None:
        found["team"] = team
    if kinds is not None:
        found["kind__in"] = list(kinds)
    return _lines(**found)


def list_teams() -> list[Team]:
    """Every team, by name."""
    return list(Team.objects.order_by("name"))


def list_accounts(*, active: bool = True) -> list[Account]:
    """Those who work here (or everybody who ever did), by name; accounts that are nobody's are left out."""
    accounts = Account.objects.exclude(id__in=NOBODYS).order_by("name")
    return list(accounts.filter(is_active=True) if active else accounts)


def get_account(account: UUID) -> Account:
    """One account, open or closed. Refuses those that are nobody's."""
    found = Account.objects.exclude(id__in=NOBODYS).filter(id=account).first()
    if found is None:
        raise NotFound("There is no such account. Choose one from the list.")
    return found


def describe_standings(accounts: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The posts that each of these stands in now, by title; a post that they cover says so."""
    wanted, found = list(accounts), dict[UUID, list[str]]()
    for model, words in ((Occupancy, "{}"), (Cover, "{} (standing in)")):
        rows = model.objects.filter(current(), account__in=wanted).order_by("post__title")
        for account, title in rows.values_list("account", "post__title"):
            found.setdefault(account, []).append(words.format(title))
    return found


def list_factors(account: UUID) -> list[str]:
    """What somebody signs in with besides a password: totp, webauthn, recovery_codes."""
    return list(Authenticator.objects.filter(user_id=account).order_by("id").values_list("type", flat=True))


def list_sessions(account: UUID, *, at: datetime) -> list[Session]:
    """Where somebody is signed in now, the latest used first."""
    return list(Session.objects.filter(account=account, expire_date__gt=at).order_by("-seen_at", "session_key"))


def count_sessions(*, at: datetime) -> dict[UUID, int]:
    """In how many places each account is signed in now; those that are signed in nowhere are left out."""
    rows = Session.objects.filter(account__isnull=False, expire_date__gt=at).values("account")
    return dict(rows.annotate(places=Count("session_key")).order_by("account").values_list("account", "places"))


def list_unused(*, since: datetime) -> list[UUID]:
    """Open accounts that nobody has used since then, the longest unused first."""
    accounts = [
        (last_used(one.joined_at, one.last_login, one.opened_again_at), one.id) for one in list_accounts(active=True)
    ]
    return [account for used, account in sorted(accounts) if used <= since]


@asked_once
def team_of(post: UUID) -> UUID:
    """The team that a post belongs to."""
    found = Post.objects.filter(id=post).values_list("team_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such post. Choose one from the list of posts.")
    return found


@asked_once
def manager_of(post: UUID) -> UUID | None:
    """The post above this one; None at the head of a line."""
    return Post.objects.filter(id=post).values_list("manager_id", flat=True).first()


@asked_once
def posts_above() -> Mapping[UUID, UUID | None]:
    """Every post with the post above it."""
    return dict(Post.objects.values_list("id", "manager_id"))


def posts_below(posts: Iterable[UUID]) -> set[UUID]:
    """All posts under these, at any depth, without themselves."""
    above = posts_above()
    found: set[UUID] = set()
    edge = set(posts)
    while edge:
        edge = {post for post, manager in above.items() if manager in edge} - found
        found |= edge
    return found


def posts_of(account: UUID, *, at: datetime | None = None) -> set[UUID]:
    """The posts that somebody occupies or covers."""
    occupied = Occupancy.objects.filter(current(at), account=account).values_list("post", flat=True)
    covered = Cover.objects.filter(current(at), account=account).values_list("post", flat=True)
    return {*occupied, *covered}


def list_occupied(account: UUID) -> list[UUID]:
    """The posts that somebody occupies now, without those they cover."""
    return list(Occupancy.objects.filter(current(), account=account).order_by("post").values_list("post", flat=True))


def list_covered(posts: Iterable[UUID]) -> list[UUID]:
    """Which of these posts somebody covers now."""
    return list(Cover.objects.filter(current(), post__in=list(posts)).order_by("post").values_list("post", flat=True))


def list_occupants(posts: Iterable[UUID]) -> dict[UUID, str]:
    """Who occupies any of these posts now: account and name, by name."""
    rows = Occupancy.objects.filter(current(), post__in=list(posts)).order_by("account__name")
    return dict(rows.values_list("account", "account__name"))


def list_team_members(*, team: UUID, at: datetime) -> list[Member]:
    """Who stands in the team's posts, occupants and then covers, by name."""
    away, members = _away(at), []
    for model, cover in ((Occupancy, False), (Cover, True)):
        rows = model.objects.filter(current(at), post__team=team, account__is_active=True)
        members += [
            Member(
                row.account_id,
                row.account.name,
                row.account.role,
                row.post_id,
                row.post.title,
                cover,
                row.account_id in away,
            )
            for row in rows.select_related("account", "post").order_by("account__name")
        ]
    return members


def list_staffed(teams: Iterable[UUID]) -> set[UUID]:
    """The posts of these teams that somebody who works here stands in now, or covers; one query."""
    standing = [
        model.objects.filter(current(), post__team__in=list(teams), account__is_active=True).values_list("post")
        for model in (Occupancy, Cover)
    ]
    return {post for (post,) in standing[0].union(standing[1])}


@asked_once
def _away(at: datetime) -> frozenset[UUID]:
    return frozenset(Absence.objects.filter(current(at)).values_list("account", flat=True))


def list_absent(*, posts: Iterable[UUID], at: datetime) -> list[Absent]:
    """Occupants of these posts who are away, longest away first, with the posts they stand in."""
    held: dict[UUID, list[UUID]] = {}
    for post, account in Occupancy.objects.filter(current(at), post__in=list(posts)).values_list("post", "account"):
        held.setdefault(account, []).append(post)
    absences = Absence.objects.filter(current(at), account__in=held).select_related("account").order_by("from_at")
    return [
        Absent(away.account_id, away.account.name, tuple(held[away.account_id]), away.from_at, away.back_on)
        for away in absences
    ]


def list_posts_held_by(role: str) -> dict[UUID, str]:
    """Open posts in which somebody of this role stands now, in words: "Winston Clarke, Conference chair 1"."""
    rows = Occupancy.objects.filter(current(), account__role=role, account__is_active=True, post__closed_at=None)
    found = rows.order_by("account__name", "post__title").values_list("post", "account__name", "post__title")
    return {post: f"{name}, {title}" for post, name, title in found}


def list_vacant(posts: Iterable[UUID]) -> list[PostLine]:
    """Those of these posts that are open and that nobody occupies now, by team and title."""
    occupied = Occupancy.objects.filter(current(), post__in=list(posts)).values_list("post", flat=True)
    return _lines(id__in=list(set(posts) - set(occupied)))


def describe_posts(ids: Iterable[UUID], *, at: datetime | None = None) -> dict[UUID, str]:
    """Each post in words: "Jane Smith, Family Support 2", or "Family Support 2 (nobody in post)"."""
    if at is None:
        return _post_words_now(ids)
    wanted = list(ids)
    found = _post_words(wanted, at)
    return {post: found[post] for post in wanted if post in found}


@asked_once_each
def _post_words_now(posts: list[UUID]) -> dict[UUID, str]:
    return _post_words(posts, None)


def _post_words(posts: list[UUID], at: datetime | None) -> dict[UUID, str]:
    # With the rest of their teams: a page that names one post of a team names others after it.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.title, a.name FROM workforce_post p"
            " LEFT JOIN (workforce_occupancy o JOIN workforce_account a ON a.id = o.account_id)"
            " ON o.post_id = p.id AND o.from_at <= coalesce(%(at)s, statement_timestamp())"
            " AND (o.to_at IS NULL OR o.to_at > coalesce(%(at)s, statement_timestamp()))"
            " WHERE p.team_id IN (SELECT team_id FROM workforce_post WHERE id = ANY (%(posts)s))",
            {"at": at, "posts": posts},
        )
        return {
            post: f"{title} (nobody in post)" if name is None else f"{name}, {title}"
            for post, title, name in cursor.fetchall()
        }


def account_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of accounts, leavers among them."""
    return _names_of(ids)


@asked_once_each
def _names_of(accounts: list[UUID]) -> dict[UUID, str]:
    return dict(Account.objects.filter(id__in=accounts).values_list("id", "name"))


def emergency_post() -> UUID:
    """The post of the emergency duty team that what must be held tonight is handed to."""
    return _first_of("emergency duty team", Team.Kind.EMERGENCY_DUTY)


def front_door_post() -> UUID:
    """The front door's duty post: where what comes in is carried until it is decided."""
    return _first_of("front door duty", Team.Kind.FRONT_DOOR, Post.Kind.DUTY)


def front_door_manager() -> UUID:
    """The front door manager's post."""
    return _first_of("front door manager", Team.Kind.FRONT_DOOR, Post.Kind.MANAGER)


def _first_of(called: str, team_kind: str, kind: str | None = None) -> UUID:
    # The post that was opened first: keys are in time order.
    found = sorted(
        list_posts(team_kinds=[team_kind], kinds=None if kind is None else [kind]),
        key=lambda post: post.id,
    )
    if not found:
        raise Refusal(f"No {called} post has been opened. Ask your administrator to open one first.")
    return found[0].id

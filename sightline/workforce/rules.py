"""Whom to ring, and whether the emergency duty team has somebody: judged on values alone.

`who_to_ring` says again, in Python, what the SQL function `workforce_who_to_ring` says: the tests
hold the two against each other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.doorway.roles import Role

NO_POST_ROLES = frozenset({Role.ADMINISTRATOR, Role.ANALYST, Role.PARTNER})
"""A post gives sight of records, and these have no casework access."""

HIGHEST_LINE = 8
"""How many managers' posts can stand above one another."""


@dataclass(frozen=True)
class Place:
    """A post: whose post is above it, and whether it is one of the emergency duty team's open posts."""

    id: UUID
    manager: UUID | None = None
    emergency: bool = False


@dataclass(frozen=True)
class Standing:
    """Somebody stands in a post, or covers it, from `begins` up to and not including `ends`."""

    post: UUID
    account: UUID
    begins: datetime
    ends: datetime | None = None
    cover: bool = False


@dataclass(frozen=True)
class Away:
    """Somebody is away from `begins` up to and not including `ends`."""

    account: UUID
    begins: datetime
    ends: datetime | None = None


def covers_moment(begins: datetime, ends: datetime | None, at: datetime) -> bool:
    """Whether a half-open period holds the moment."""
    return begins <= at and (ends is None or at < ends)


def who_to_ring(
    post: UUID,
    *,
    at: datetime,
    places: Sequence[Place],
    standings: Sequence[Standing],
    absences: Sequence[Away],
    active: Collection[UUID],
) -> tuple[UUID, UUID, str] | None:
    """The account, the post they answer from, and how they stand: the first who is there.

    The post's occupant, its cover, the same of each manager's post above it, then the emergency
    duty team. None only when nobody at all of those is present.
    """
    above = {place.id: place.manager for place in places}
    rings = [[(line_post, height)] for height, line_post in enumerate(line_of(post, above))]
    emergency = sorted((place.id for place in places if place.emergency), key=str)
    rings.append([(each, 100) for each in emergency])
    here = [standing for standing in standings if _is_here(standing, at, absences, active)]
    for ring in rings:
        for cover in (False, True):
            for line_post, height in ring:
                for standing in here:
                    if standing.post == line_post and standing.cover == cover:
                        return standing.account, line_post, _standing_word(height, cover)
    return None


def _is_here(standing: Standing, at: datetime, absences: Sequence[Away], active: Collection[UUID]) -> bool:
    return (
        standing.account in active
        and covers_moment(standing.begins, standing.ends, at)
        and not any(away.account == standing.account and covers_moment(away.begins, away.ends, at) for away in absences)
    )


def _standing_word(height: int, cover: bool) -> str:  # noqa: FBT001 - the two facts of a place in the order
    if height == 100:
        return "emergency_duty"
    if height:
        return "manager"
    return "cover" if cover else "occupant"


def line_of(post: UUID, above: Mapping[UUID, UUID | None]) -> list[UUID]:
    """The post and the managers' posts above it, nearest first; a post that is not there has no line."""
    line: list[UUID] = []
    here: UUID | None = post if post in above else None
    while here is not None and here not in line and len(line) <= HIGHEST_LINE:
        line.append(here)
        here = above.get(here)
    return line


def may_stand_above(manager: UUID, post: UUID, above: Mapping[UUID, UUID | None]) -> bool:
    """Whether `manager` can be put above `post` without the line turning back on itself."""
    line = line_of(manager, above)
    return post not in line and len(line) <= HIGHEST_LINE


def first_gap(
    *, at: datetime, standings: Sequence[Standing], absences: Sequence[Away], active: Collection[UUID]
) -> datetime | None:
    """The first moment from `at` on when none of these stands there, as far as is known now.

    Presence can only end where a standing ends or an absence begins, so those moments are enough.
    """
    ends = [standing.ends for standing in standings if standing.ends is not None]
    moments = sorted({at, *(moment for moment in [*ends, *(away.begins for away in absences)] if moment > at)})
    for moment in moments:
        if not any(_is_here(standing, moment, absences, active) for standing in standings):
            return moment
    return None


def opens_a_gap(before: datetime | None, after: datetime | None) -> bool:
    """Whether a change would leave nobody there, or leave nobody there sooner than before."""
    return after is not None and (before is None or after < before)


def last_used(joined: datetime, signed_in: datetime | None, opened_again: datetime | None) -> datetime:
    """From when it is counted how long nobody has used an account."""
    return max(moment for moment in (joined, signed_in, opened_again) if moment is not None)

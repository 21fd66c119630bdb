"""Who can be given a child, as choices: by team, with what somebody who decides asks about each of them first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.record.queries import count_carried
from sightline.web.presenters.team import back_words
from sightline.web.presenters.words import count
from sightline.workforce.queries import (
    Absent,
    PostLine,
    Ring,
    describe_posts,
    list_absent,
    list_posts,
    posts_below,
    who_to_ring_of,
)

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class _Known:
    """What is known of each post. `children` holds the reader's own posts and those below: of others it is not said."""

    named: Mapping[UUID, str]
    children: Mapping[UUID, int]
    absent: Mapping[UUID, Absent]
    rings: Mapping[UUID, Ring]


def posts_by_team(by: Actor, at: datetime) -> Choices:
    """The posts that can carry a child, under their teams: one's own teams first, and then by name."""
    lines = list_posts(kinds=["worker", "manager"])
    known = _known(by, [line.id for line in lines], at)
    own = {line.team for line in lines if line.id in known.children}
    teams: dict[UUID, tuple[str, list[tuple[str, str]]]] = {}
    for line in sorted(lines, key=lambda one: (one.team not in own, one.team_name, known.named[one.id])):
        teams.setdefault(line.team, (line.team_name, []))[1].append((str(line.id), _words(line, known)))
    return list(teams.values())


def _known(by: Actor, posts: list[UUID], at: datetime) -> _Known:
    # Of other teams' children a manager sees few or none: a number would say too little.
    own = by.posts | posts_below(by.posts)
    carried = count_carried(own)
    absent = {post: one for one in list_absent(posts=posts, at=at) for post in one.posts}
    return _Known(
        named=describe_posts(posts),
        children={post: carried.get(post, 0) for post in own},
        absent=absent,
        rings=who_to_ring_of(posts=absent, at=at) if absent else {},
    )


def _words(line: PostLine, known: _Known) -> str:
    """`Jane Smith, Family Support 2: carries 3 children; away, back on 5 December, covered by Tom Lee`."""
    said = ["manager"] if line.kind == "manager" else []
    if line.id in known.children:
        carried = known.children[line.id]
        said.append(f"carries {count(carried, 'child', 'children')}" if carried else "carries no children")
    if line.id in known.absent:
        ring = known.rings.get(line.id)
        covered = f"covered by {ring.name}" if ring and ring.standing == "cover" else "nobody covers"
        said.append(f"away, {back_words(known.absent[line.id].back_on)}, {covered}")
    name = known.named[line.id]
    return f"{name}: {'; '.join(said)}" if said else name

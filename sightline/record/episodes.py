"""Episodes and who carries them. Part of this room's operations.

An open episode is carried by exactly one post at every moment; the database refuses a
transaction that would leave one with none.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sightline.access.operations import end_sight, give_sight_of_each
from sightline.access.queries import seen_in_emergency_alone
from sightline.access.rules import EVERYDAY, IDENTITY_ONLY
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.people.models import Person
from sightline.people.queries import list_networks_of
from sightline.record.models import Allocation, EntrySubject, Episode, Step
from sightline.record.permissions import refuse_unless_may_allocate
from sightline.workforce.models import Post


@act("open_episodes")
def open_episodes(
    *,
    by: Actor,
    children: Iterable[UUID],
    opened_on: date,
    at: datetime,
    post: UUID,
    arose_from: UUID | None = None,
    source: str = "",
    need: str = "",
    no_further_action: bool = False,
) -> dict[UUID, UUID]:
    """Begin the authority's involvement with each child of a referral: an episode by child.

    Carried by the post; a manager's post carries it as unallocated. A referral that ends in no
    further action is an episode as well (Children in Need census guide), and is closed at once.
    Asks the database as often for a family of six as for one child.
    """
    ended: dict[str, Any] = {"closed_on": opened_on, "closed_at": at} if no_further_action else {}
    opened = [
        Episode(
            child_id=child, arose_from_id=arose_from, opened_on=opened_on, opened_at=at, source=source, need=need,
            no_further_action=no_further_action, **ended,
        )
        for child in dict.fromkeys(children)
    ]  # fmt: skip
    _give_team_sight(opened, post, at=at, ends=at if no_further_action else None)
    Episode.objects.bulk_create(opened)
    if not no_further_action:
        _carry(opened, post, by=by, at=at, reason="Episode opened")
    touch(*(episode.child_id for episode in opened))
    return {episode.child_id: episode.id for episode in opened}


@act("allocate")
def allocate(*, by: Actor, episode: UUID, post: UUID, reason: str, at: datetime) -> None:
    """Give an open episode to another post. Its team sees the child; the team before it does not.

    Only a manager allocates. Refuses a closed episode and a post that has been closed.
    """
    refuse_unless_may_allocate(by)
    found = Episode.objects.select_for_update().filter(id=episode).first()
    if found is None:
        raise NotFound("There is no such episode among the children that you can see.")
    if found.closed_at is not None:
        raise Refusal("This episode is closed. A new contact opens the next one.")
    if Post.objects.filter(id=post, closed_at__isnull=False).exists():
        raise Refusal("That post is closed. Choose a post that is open.", field="post")
    if Allocation.objects.filter(episode_id=episode, post_id=post, to_at=None).exists():
        return
    _give_team_sight([found], post, at=at)
    Allocation.objects.filter(episode_id=episode, to_at=None).update(to_at=at)
    _carry([found], post, by=by, at=at, reason=reason)
    _end_other_teams_sight(episode, post, at)
    touch(found.child_id)


def _carry(episodes: Sequence[Episode], post: UUID, *, by: Actor, at: datetime, reason: str) -> None:
    kind = Post.objects.values_list("kind", flat=True).get(id=post)
    Allocation.objects.bulk_create(
        Allocation(
            episode_id=episode.id,
            child_id=episode.child_id,
            post_id=post,
            unallocated=kind == Post.Kind.MANAGER,
            from_at=at,
            by=by.id,
            reason=reason,
        )
        for episode in episodes
    )


def _give_team_sight(episodes: Sequence[Episode], post: UUID, *, at: datetime, ends: datetime | None = None) -> None:
    """The team reads the child's record, the adults around the child and those of the referral; of other children,

    who they are and no more.
    """
    team = Post.objects.values_list("team_id", flat=True).get(id=post)
    networks, referred = list_networks_of(people=[episode.child_id for episode in episodes]), _adults_of(episodes)
    everybody = set().union(*networks.values())
    adults = set(Person.objects.filter(id__in=everybody, kind="adult").values_list("id", flat=True))
    whole, known_of = [], []
    for episode in episodes:
        child, around = episode.child_id, networks[episode.child_id]
        read = {child} | (around & adults) | referred.get(episode.arose_from_id, set())
        whole += [(person, episode.id) for person in read]
        known_of += [(person, episode.id) for person in around - read]
    for given, sections in ((whole, EVERYDAY), (known_of, IDENTITY_ONLY)):
        give_sight_of_each(given=given, reader=team, because="allocation", sections=sections, at=at, until=ends)


def _adults_of(episodes: Sequence[Episode]) -> dict[UUID | None, set[UUID]]:
    """By the entry that an episode arose from, the adults whom it names, as whoever acts reads it.

    Somebody who is closed to them is not among those; nor is whoever was taken off that entry, or is named in what
    is kept apart: its named reader still reads it, and gives nobody sight by that. Nor whom they see in an emergency
    alone.
    """
    standing = EntrySubject.objects.filter(withdrawn_at=None, apart=None, part=EntrySubject.Part.ADULT)
    arose = {episode.arose_from_id for episode in episodes if episode.arose_from_id}
    rows = list(standing.filter(entry__in=arose, person__kind="adult").values_list("entry", "person"))
    for_tonight = seen_in_emergency_alone(people={person for _, person in rows}) if rows else set()
    found: dict[UUID | None, set[UUID]] = {}
    for entry, person in rows:
        if person not in for_tonight:
            found.setdefault(entry, set()).add(person)
    return found


def _end_other_teams_sight(episode: UUID, post: UUID, at: datetime) -> None:
    team = Post.objects.values_list("team_id", flat=True).get(id=post)
    before = set(
        Allocation.objects.filter(episode_id=episode, to_at__isnull=False).values_list("post__team_id", flat=True)
    )
    for other in before - {team}:
        end_sight(because_of=episode, reader=other, at=at)


@act("close_episode")
def close_episode(
    *,
    by: Actor,
    episode: UUID,
    closed_on: date,
    reason: str,
    at: datetime,
    accepted_because: str = "",
) -> None:
    """End the involvement with a child.

    Refused while steps for the child are open, unless a manager accepts that by name with words. The team that
    carried the child sees the record no longer; whoever is to read on is given that before.
    """
    refuse_unless_may_allocate(by)
    found = Episode.objects.select_for_update().filter(id=episode, closed_at=None).first()
    if found is None:
        raise NotFound("There is no such open episode among the children that you can see.")
    waiting = Step.objects.filter(subjects__person_id=found.child_id, closed_at=None).count()
    if waiting and not accepted_because.strip():
        raise Refusal(
            f"{waiting} steps for this child are still open. Close them first, "
            "or say why the episode ends with them open.",
            field="accepted_because",
        )
    found.closed_on, found.closed_at, found.closure_reason = closed_on, at, reason
    found.save(update_fields=["closed_on", "closed_at", "closure_reason"])
    Allocation.objects.filter(episode_id=episode, to_at=None).update(to_at=at)
    end_sight(because_of=episode, at=at)
    touch(found.child_id, open_steps=waiting)

"""Episodes and who carries them. Part of this room's operations.

An open episode is carried by exactly one post at every moment; the database refuses a
transaction that would leave one with none.
"""

from datetime import date, datetime
from uuid import UUID

from sightline.access.operations import end_sight, give_sight
from sightline.access.rules import EVERYDAY, IDENTITY_ONLY
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.people.models import Person
from sightline.people.queries import list_network
from sightline.record.models import Allocation, Episode, Step
from sightline.record.permissions import refuse_unless_may_allocate
from sightline.workforce.models import Post


@act("open_episode")
def open_episode(
    *,
    by: Actor,
    child: UUID,
    opened_on: date,
    at: datetime,
    post: UUID,
    arose_from: UUID | None = None,
    source: str = "",
    need: str = "",
    no_further_action: bool = False,
) -> UUID:
    """Begin the authority's involvement with one child, from a referral.

    Carried by the post; a manager's post carries it as unallocated. A referral that ends in no
    further action is an episode as well (Children in Need census guide), and is closed at once.
    """
    episode = Episode(
        child_id=child,
        arose_from_id=arose_from,
        opened_on=opened_on,
        opened_at=at,
        source=source,
        need=need,
        no_further_action=no_further_action,
    )
    if no_further_action:
        episode.closed_on, episode.closed_at = opened_on, at
    _give_team_sight(child, post, because_of=episode.id, at=at, ends=at if no_further_action else None)
    episode.save(force_insert=True)
    if not no_further_action:
        _carry(episode.id, child, post, by=by, at=at, reason="Episode opened")
    touch(child)
    return episode.id


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
    _give_team_sight(found.child_id, post, because_of=episode, at=at)
    Allocation.objects.filter(episode_id=episode, to_at=None).update(to_at=at)
    _carry(episode, found.child_id, post, by=by, at=at, reason=reason)
    _end_other_teams_sight(episode, post, at)
    touch(found.child_id)


def _carry(episode: UUID, child: UUID, post: UUID, *, by: Actor, at: datetime, reason: str) -> None:
    kind = Post.objects.values_list("kind", flat=True).get(id=post)
    Allocation.objects.create(
        episode_id=episode,
        child_id=child,
        post_id=post,
        unallocated=kind == Post.Kind.MANAGER,
        from_at=at,
        by=by.id,
        reason=reason,
    )


def _give_team_sight(child: UUID, post: UUID, *, because_of: UUID, at: datetime, ends: datetime | None = None) -> None:
    """The team reads the child's record and the adults around the child; of other children, who

    they are and no more.
    """
    team = Post.objects.values_list("team_id", flat=True).get(id=post)
    around = list_network(people=[child])
    give_sight(
        people=[child], reader=team, because="allocation", because_of=because_of,
        at=at, until=ends, sections=EVERYDAY,
    )  # fmt: skip
    adults = set(Person.objects.filter(id__in=around, kind="adult").values_list("id", flat=True))
    give_sight(
        people=adults, reader=team, because="allocation", because_of=because_of,
        at=at, until=ends, sections=EVERYDAY,
    )  # fmt: skip
    give_sight(
        people=set(around) - adults - {child}, reader=team, because="allocation",
        because_of=because_of, at=at, until=ends, sections=IDENTITY_ONLY,
    )  # fmt: skip


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

    Refused while steps for the child are open, unless a manager accepts that by name with words.
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
    touch(found.child_id, open_steps=waiting)

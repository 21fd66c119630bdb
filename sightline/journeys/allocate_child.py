"""From an unallocated child to a worker who carries them, with what is owed for them."""

from datetime import datetime
from uuid import UUID

from sightline.access.permissions import refuse_on_emergency_alone
from sightline.access.reading_bars import list_restrictions
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.journeys.hidden_match import TWIN, show_twin
from sightline.kernel.errors import Refusal
from sightline.record.operations import allocate, move_step, tell
from sightline.record.queries import get_open_episodes, kept_apart_for, list_steps_about
from sightline.workforce.queries import list_occupants, posts_above


@act("allocate_child")
def allocate_child(*, by: Actor, child: UUID, post: UUID, reason: str, at: datetime) -> None:
    """Give a child's open episode to a post, with the steps that the post before it carried.

    What arose from an entry that is kept apart stays where it is. Where the record is restricted and nobody in
    that post is a named reader, whoever reviews the restriction is told, and can name them.
    """
    refuse_on_emergency_alone([child])
    episode = get_open_episodes([child]).get(child)
    if episode is None:
        raise Refusal("This child has no open episode to allocate.")
    carried_before = episode.post
    steps = [step for step in list_steps_about(person=child) if step.post == carried_before]
    apart = kept_apart_for(step.arose_from for step in steps if step.arose_from)
    for step in (step for step in steps if step.arose_from not in apart):
        move_step(by=by, step=step.id, post=post, at=at)
        if step.kind == TWIN and step.subject:
            show_twin(person=step.subject, step=step.id, post=post, at=at)
    allocate(by=by, episode=episode.id, post=post, reason=reason, at=at)
    tell(post=post, kind="allocated", person=child, subject=episode.id, at=at)
    _tell_of_unnamed(child, post, at)


def _tell_of_unnamed(child: UUID, post: UUID, at: datetime) -> None:
    for one in list_restrictions(person=child):
        named = {reader.account for reader in one.readers} & set(list_occupants([post]))
        # The earliest restrictions are reviewed by an account, which is told by its own page alone.
        if not named and one.reviewer in posts_above():
            tell(post=one.reviewer, kind="restriction_carrier", subject=one.bar, at=at)

"""What comes back from outside: messages that nobody opened, that could not be delivered, and replies.

Run by the clock, every few minutes, so that silence never waits for somebody to look.
"""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, acting
from sightline.partnership.operations import return_to_sender, take_reply
from sightline.partnership.queries import list_overdue, list_untold_replies
from sightline.record.operations import tell
from sightline.workforce.operations import ensure_clock_account
from sightline.workforce.queries import manager_of


def chase_silence(*, at: datetime) -> int:
    """Bring back everything that is due at `at`, each in a transaction of its own; returns how many."""
    clock = ensure_clock_account()
    with acting(clock.id):
        overdue, replies = list_overdue(at=at), list_untold_replies()
    for message in overdue:
        with acting(clock.id):
            bring_back(by=clock, message=message, at=at)
    for reply in replies:
        with acting(clock.id):
            bring_reply(by=clock, reply=reply, at=at)
    return len(overdue) + len(replies)


@act("bring_back")
def bring_back(*, by: Actor, message: UUID, at: datetime) -> None:
    """A message comes back to its sender's post, with why."""
    returned = return_to_sender(by=by, message=message, at=at)
    if returned is not None:
        kind = "message_undelivered" if returned.failed else "message_silent"
        tell(post=returned.post, kind=kind, subject=message, at=at)


@act("bring_reply")
def bring_reply(*, by: Actor, reply: UUID, at: datetime) -> None:
    """A reply is told to the sender's post; a disagreement to the manager's post above it too."""
    answered = take_reply(by=by, reply=reply, at=at)
    if answered is None:
        return
    kind = "message_challenge" if answered.challenge else "message_reply"
    tell(post=answered.post, kind=kind, subject=answered.message, at=at)
    manager = manager_of(answered.post) if answered.challenge else None
    if manager is not None:
        tell(post=manager, kind=kind, subject=answered.message, at=at)

"""What comes back from outside: messages that nobody opened, that could not be delivered, and replies.

Run by the clock, every few minutes, so that silence never waits for somebody to look.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, acting
from sightline.journeys.ask_evidence import bring_evidence
from sightline.journeys.convene import bring_view
from sightline.partnership.operations import Answered, return_to_sender, take_reply
from sightline.partnership.queries import list_overdue, list_untold_replies
from sightline.record.operations import tell
from sightline.workforce.operations import ensure_clock_account
from sightline.workforce.queries import front_door_manager, manager_of, posts_of, who_to_ring


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
    """A message comes back to its sender's post, with why; during leave to whoever answers for that post as well."""
    returned = return_to_sender(by=by, message=message, at=at)
    if returned is not None:
        kind = "message_undelivered" if returned.failed else "message_silent"
        for post in dict.fromkeys([returned.post, *_who_answers(returned.post, at)]):
            tell(post=post, kind=kind, subject=message, at=at)


@act("bring_reply")
def bring_reply(*, by: Actor, reply: UUID, at: datetime) -> None:
    """A reply is told to the sender's post; a disagreement to whoever decided and a manager too.

    Evidence, and a view for a conference, goes on the children's records at once, and its own journey tells of it.
    """
    answered = take_reply(by=by, reply=reply, at=at)
    if answered is None or bring_evidence(by=by, reply=reply, message=answered.message, at=at):
        return
    if bring_view(by=by, reply=reply, message=answered.message, at=at):
        return
    kind = "message_challenge" if answered.challenge else "message_reply"
    posts = [answered.post, *_who_answers(answered.post, at), *(_who_else(answered, at) if answered.challenge else ())]
    for post in dict.fromkeys(posts):
        tell(post=post, kind=kind, subject=answered.message, at=at)


def _who_answers(post: UUID, at: datetime) -> list[UUID]:
    """Where whoever is rung for a post answers from: another post only while nobody stands in that one."""
    ring = who_to_ring(post=post, at=at)
    return [ring.post] if ring else []


def _who_else(answered: Answered, at: datetime) -> list[UUID]:
    """The post of whoever decided, where they still stand in one, and the manager's above the sender's.

    Above the emergency duty team stands nobody: the front door's manager is told of what it sent.
    """
    decided = _post_that_decided(answered.message, at)
    return [*([decided] if decided else []), manager_of(answered.post) or front_door_manager()]


def _post_that_decided(message: UUID, at: datetime) -> UUID | None:
    """Their own post, wherever they stand now; the desk at which they decided if it is one of theirs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, post FROM front_door_decided_by(%s)", [message])
        row = cursor.fetchone()
    if row is None:
        return None
    standing = posts_of(row[0], at=at)
    return row[1] if row[1] in standing else min(standing, default=None)

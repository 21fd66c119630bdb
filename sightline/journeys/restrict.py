"""Closing a record to everybody but named readers, and keeping one colleague away from it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.access.operations import declare_conflict, restrict
from sightline.access.queries import may_see
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.doorway.roles import MANAGERS
from sightline.kernel.errors import NotFound, NotPermitted, Refusal


@act("restrict_record")
def restrict_record(
    *, by: Actor, person: UUID, readers: Iterable[UUID], reviewer: UUID, reason: str, at: datetime
) -> UUID:
    """Close one person's record to all but these accounts, whatever their posts would let them see.

    Refuses who is no manager or may not see the person, a restriction without a reason, and one
    that nobody could read.
    """
    _refuse_unless_may_protect(by, person, reason)
    named = list(dict.fromkeys(readers))
    if not named:
        raise Refusal("Name at least one person who keeps reading this record.", field="readers")
    touch(person, readers=len(named))
    return restrict(person=person, readers=named, reviewer=reviewer, reason=reason.strip(), at=at)


@act("keep_colleague_away")
def keep_colleague_away(*, by: Actor, person: UUID, colleague: UUID, reviewer: UUID, reason: str, at: datetime) -> UUID:
    """Keep one colleague from one person's record: a relative, a friend, a neighbour. Refuses as above."""
    _refuse_unless_may_protect(by, person, reason)
    touch(person, colleague=str(colleague))
    return declare_conflict(person=person, against=colleague, reviewer=reviewer, reason=reason.strip(), at=at)


def _refuse_unless_may_protect(by: Actor, person: UUID, reason: str) -> None:
    if not by.has_role(MANAGERS):
        raise NotPermitted("A manager decides who reads a record. Ask your team manager, and tell them why.")
    if not may_see(person=person):
        raise NotFound("We cannot find this person's record. Search again, or ask your manager.")
    if not reason.strip():
        raise Refusal("Say why this record is closed, and to whom.", field="reason")

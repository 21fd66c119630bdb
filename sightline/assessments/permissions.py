"""Who writes, sends and signs an assessment. Whose record it is about is the access rule's matter."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from sightline.doorway.actor import Actor
from sightline.doorway.roles import MANAGERS, Role
from sightline.kernel.errors import NotPermitted

ASSESSORS = frozenset(
    {Role.SOCIAL_WORKER, Role.FAMILY_SUPPORT_WORKER, Role.DUTY_WORKER, Role.EMERGENCY_DUTY, *MANAGERS}
)


def may_assess(by: Actor) -> bool:
    """Whether this role writes in assessments and concludes what they rest on."""
    return by.has_role(ASSESSORS)


def refuse_unless_may_assess(by: Actor) -> None:
    """Refuse whoever neither works with families nor manages those who do."""
    if not may_assess(by):
        raise NotPermitted(
            "Your role does not write in assessments. Record what you know as a case note, or ask the child's worker."
        )


def may_submit(by: Actor, *, in_need: bool) -> bool:
    """A registered social worker signs an assessment of a child in need as its author.

    (Children Act 1989, section 17; Working Together 2023, chapter 3.) Where nobody is in need and
    help is early, a family support worker signs too.
    """
    return may_assess(by) and (by.registered or (not in_need and by.role == Role.FAMILY_SUPPORT_WORKER))


def refuse_unless_may_submit(by: Actor, *, in_need: bool) -> None:
    """Refuse whoever may not sign as author; what they wrote stays in the document."""
    refuse_unless_may_assess(by)
    if not may_submit(by, in_need=in_need):
        raise NotPermitted(
            "A registered social worker sends this to a manager. What you have written is kept; "
            "ask the social worker to read it and send it."
        )


def may_authorise(by: Actor, *, signed_before: Collection[UUID] = ()) -> bool:
    """A manager authorises, and never their own: not who sent it, nor who authorised it before."""
    return by.has_role(MANAGERS) and by.id not in signed_before


def refuse_unless_may_authorise(by: Actor, *, signed_before: Collection[UUID] = ()) -> None:
    """Refuse everybody but a manager who has not yet put their name to this round."""
    if not by.has_role(MANAGERS):
        raise NotPermitted("A manager authorises an assessment. Send it to your team manager.")
    if by.id in signed_before:
        raise NotPermitted(
            "You have put your name to this assessment already, so another manager authorises it. "
            "Return it, or ask a colleague who manages to open it."
        )


def may_return(by: Actor) -> bool:
    """A manager returns an assessment for edits."""
    return by.has_role(MANAGERS)


def refuse_unless_may_return(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_return(by):
        raise NotPermitted("A manager returns an assessment for edits. Changing it yourself brings it back as well.")


def may_stop(by: Actor) -> bool:
    """A manager says that a round ends without a signature."""
    return by.has_role(MANAGERS)


def refuse_unless_may_stop(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_stop(by):
        raise NotPermitted("A manager says when an assessment ends unsigned. Ask your team manager.")


def sees_whole(round: UUID) -> bool:  # noqa: A002 - the field's noun
    """Whether every child of a round is open to the person who acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT assessments_sees_whole(%s)", [round])
        return bool(cursor.fetchone()[0])


def refuse_unless_sees_whole(round: UUID) -> None:  # noqa: A002 - the field's noun
    """Refuse a signature under what the person who acts cannot read to its end."""
    if not sees_whole(round):
        raise NotPermitted(
            "Part of this assessment is not open to you, so you cannot put your name to the whole. "
            "Ask the service manager who can."
        )

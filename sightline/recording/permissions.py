"""Who records what. Whose record it goes on is the access rule's matter."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import MANAGERS
from sightline.kernel.errors import NotPermitted
from sightline.workforce.queries import Ring, describe_posts, posts_below, who_to_ring


def may_oversee(by: Actor) -> bool:
    """Management oversight is a manager's own record of what they asked for and why."""
    return by.has_role(MANAGERS)


def refuse_unless_may_oversee(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_oversee(by):
        raise NotPermitted("Management oversight is recorded by a manager. Record this as a case note.")


def refuse_unless_may_finish(by: Actor, post: UUID, at: datetime) -> None:
    """Refuse everybody but who stands in the post that carries a step, who answers for it now, and managers above."""
    if post in by.posts or (by.has_role(MANAGERS) and post in posts_below(by.posts)):
        return
    ring = who_to_ring(post=post, at=at)
    if ring is not None and ring.account == by.id:
        return
    raise NotPermitted(f"{describe_posts([post])[post]} carries this, and says when it is done. {_whom(ring)}")


def _whom(ring: Ring | None) -> str:
    if ring is None:
        return "Ask a manager."
    return f"Ring {ring.name}, {ring.post_title}{f', on {ring.phone}' if ring.phone else ''}."

"""Who may change accounts, teams, posts, and who stands in them."""

from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotPermitted
from sightline.workforce import queries
from sightline.workforce.rules import line_of


def may_administer(by: Actor) -> bool:
    """Administrators open accounts, teams and posts."""
    return by.role == Role.ADMINISTRATOR


def refuse_unless_may_administer(by: Actor) -> None:
    """Refuses everybody but an administrator."""
    if not may_administer(by):
        raise NotPermitted("Accounts, teams and posts are changed by an administrator. Ask yours to do this.")


def refuse_unless_may_close_unused(by: Actor) -> None:
    """Refuses everybody but the clock, which closes what nobody uses by the authority's rule, and administrators."""
    if by.role != Role.CLOCK:
        refuse_unless_may_administer(by)


def may_staff_post(by: Actor, post: UUID) -> bool:
    """An administrator, and whoever stands in a manager's post above this one."""
    if may_administer(by):
        return True
    return bool(by.posts & set(line_of(post, queries.posts_above())[1:]))


def refuse_unless_may_staff_post(by: Actor, post: UUID) -> None:
    """Refuses who neither administers nor manages the post."""
    if not may_staff_post(by, post):
        raise NotPermitted("Who stands in this post is decided by its manager. Ask them, or an administrator.")


def may_record_absence(by: Actor, account: UUID) -> bool:
    """Oneself, an administrator, and whoever manages a post that the account stands in."""
    if may_administer(by) or by.id == account:
        return True
    above = queries.posts_above()
    return any(by.posts & set(line_of(post, above)[1:]) for post in queries.posts_of(account))


def refuse_unless_may_record_absence(by: Actor, account: UUID) -> None:
    """Refuses who has no say over when this person is away."""
    if not may_record_absence(by, account):
        raise NotPermitted("When somebody is away is recorded by themselves or their manager. Ask one of them.")

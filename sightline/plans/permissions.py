"""Who makes plans, and who ends them. Whose plan may be read is the access rule's matter."""

from collections.abc import Iterable
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import MANAGERS, Role
from sightline.kernel.errors import NotPermitted
from sightline.plans.rules import CHILD_IN_NEED, PROTECTION
from sightline.record.permissions import refuse_unless_may_write

PLANNERS = frozenset(
    {Role.SOCIAL_WORKER, Role.FAMILY_SUPPORT_WORKER, Role.CONFERENCE_CHAIR, Role.REVIEWING_OFFICER, *MANAGERS}
)

NOT_WORKING_WITH = (
    "You are not working with everybody named here. Ask their team manager, or record it as a new contact."
)
"""Said of somebody hidden in the very words in which the record refuses them: so it gives nothing away."""


def may_plan(by: Actor) -> bool:
    """Whether this role makes, changes and reviews plans, and asks for help."""
    return by.has_role(PLANNERS)


def may_end_child_in_need(by: Actor) -> bool:
    """A manager authorises the end of a child's work as a child in need, with the reason."""
    return by.has_role(MANAGERS)


def may_end_protection(by: Actor) -> bool:
    """A review conference ends a protection plan, and its chair records that (Working Together 2023, chapter 3)."""
    return by.has_role(frozenset({Role.CONFERENCE_CHAIR}))


def may_name_category(by: Actor) -> bool:
    """The chair of a conference names the main category. A reviewing officer is somebody else, and does not."""
    return may_end_protection(by)


def may_end_by_law(by: Actor) -> bool:
    """A manager or a chair records that the law has ended a plan: nobody decides it."""
    return may_end_child_in_need(by) or may_end_protection(by)


def may_begin(by: Actor, kind: str) -> bool:
    """A conference decides on a protection plan: its chair records it, or a manager where the child came on one."""
    return kind != PROTECTION or may_end_protection(by) or by.has_role(MANAGERS)


def may_step_up(by: Actor) -> bool:
    """A registered social worker decides that a child is in need (Children Act 1989, section 17)."""
    return by.registered and by.has_role(frozenset({Role.SOCIAL_WORKER, *MANAGERS}))


def may_end(by: Actor, kind: str) -> bool:
    """Whether this role takes a child off a plan of that kind."""
    if kind == PROTECTION:
        return may_end_protection(by)
    return may_end_child_in_need(by) if kind == CHILD_IN_NEED else may_plan(by)


def refuse_unless_may_plan(by: Actor, children: Iterable[UUID] = ()) -> None:
    """Refuse whoever makes no plans, or may not see whom this one is for."""
    if not may_plan(by):
        raise NotPermitted("Plans are made by the workers who help a family. Ask the child's worker, or their manager.")
    people = list(children)
    if people:
        refuse_unless_may_write(by, people)


def refuse_unless_may_step_up(by: Actor) -> None:
    """Refuse whoever is not a registered social worker."""
    if not may_step_up(by):
        raise NotPermitted(
            "A registered social worker decides that a child is in need. Ask for it, and say why; "
            "if somebody is in danger now, ring the front door."
        )


def refuse_unless_may_end(by: Actor, kind: str) -> None:
    """Refuse whoever may not end that kind of plan for a child, and say how it is asked for."""
    if may_end(by, kind):
        return
    if kind == PROTECTION:
        raise NotPermitted("A review conference ends a protection plan. Ask its chair.")
    if kind == CHILD_IN_NEED:
        raise NotPermitted("A manager authorises the end of help for a child in need. Ask for it, and say why.")
    raise NotPermitted("Plans are ended by the workers who help a family. Ask the child's worker, or their manager.")


def refuse_unless_may_name_category(by: Actor) -> None:
    """Refuse everybody but the chair of a conference."""
    if not may_name_category(by):
        raise NotPermitted("The chair of a conference names the main category. Ask the chair to record it.")


def refuse_unless_may_begin(by: Actor, kind: str) -> None:
    """Refuse whoever may not put a child on a plan of that kind, and say who decides it."""
    if not may_begin(by, kind):
        raise NotPermitted("A conference decides that a child needs a protection plan. Ask its chair to record it.")


def refuse_unless_may_end_by_law(by: Actor) -> None:
    """Refuse everybody but managers and chairs."""
    if not may_end_by_law(by):
        raise NotPermitted("A manager records that the law has ended a plan. Ask your team manager.")

"""What a few hours of emergency access do not allow: deciding for longer than they last."""

from collections.abc import Iterable
from uuid import UUID

from sightline.access.queries import seen_in_emergency_alone
from sightline.access.rules import Section
from sightline.kernel.errors import NotPermitted


def refuse_on_emergency_alone(people: Iterable[UUID], section: Section = Section.ORDINARY) -> None:
    """Refuses whoever reads one of these people by nothing but emergency access of their own.

    Linking, allocating, sharing or closing a record would give or take sight for good.
    """
    if seen_in_emergency_alone(people=people, section=section):
        raise NotPermitted(
            "You read this record in an emergency, for a few hours. Whoever works with the family decides this: "
            "ring them, and tell them why."
        )

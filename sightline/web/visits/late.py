"""When a child is next to be visited, worked out from what happened; no due date is typed, and none asks for haste."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sightline.plans.queries import Clock, PlanLine, visits_due
from sightline.record.queries import LastSeen, last_seen_of
from sightline.web.presenters import visits as said
from sightline.web.visits.family import Family


def late_lines(family: Family, at: datetime) -> list[str]:
    """`The visit to Ayo is overdue by 3 days (Fri 12 Jun).`, for each child whose visit is later than due now."""
    children = [one.id for one in family.children]
    clocks = visits_due(children, last_seen_of(children), at=at)
    return [said.late_line(family.named(child), clocks[child].due_at, at)
            for child in children if child in clocks and clocks[child].due_at < at]  # fmt: skip


def next_due(child: UUID, seen: LastSeen | None, at: datetime, plans: Sequence[PlanLine]) -> Clock | None:
    """When the next visit to one child is due by the rule of these open plans that they are on; nothing without one."""
    return visits_due([child], {child: seen} if seen else {}, at=at, plans=plans).get(child)

"""What comes up for a worker: what is owed and what plans make due, in one list by date."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.people.queries import PersonName
from sightline.plans.queries import Clock
from sightline.plans.rules import PROTECTION
from sightline.record.queries import OpenStep
from sightline.recording.queries import PlannedVisitView
from sightline.web.presenters.my_day import danger_first, step_row
from sightline.web.presenters.plan_protection import meeting_title, page_of
from sightline.web.presenters.steps import GROUPS, due_words, group_of, names_of, urgency_of


@dataclass(frozen=True)
class Coming:
    """Everything that comes up, read once for the page. `danger` are contacts that say somebody is in danger now."""

    steps: Sequence[OpenStep]
    clocks: Sequence[Clock]
    planned: Sequence[PlannedVisitView]
    headers: Mapping[UUID, PersonName]
    at: datetime
    danger: Container[UUID | None] = ()


def grouped(coming: Coming) -> dict[str, list[dict[str, object]]]:
    """Under Overdue, Today, Next 10 working days, Later and No day set; empty groups are left out."""
    at, headers = coming.at, coming.headers
    found: dict[str, list[tuple[datetime | None, dict[str, object]]]] = {}
    for step in danger_first(coming.steps, coming.danger):
        row = step_row(step, headers, at, coming.danger)
        found.setdefault(group_of(step.due_at, at), []).append((step.due_at, row))
    for due_at, row in clock_rows(coming):
        found.setdefault(group_of(due_at, at), []).append((due_at, row))
    return {name: [row for _, row in sorted(found[name], key=_by_date)] for name in GROUPS if name in found}


def _by_date(line: tuple[datetime | None, dict[str, object]]) -> tuple[bool, bool, float]:
    """What says that somebody is in danger now comes before all dates."""
    due_at, row = line
    return not row.get("tag"), due_at is None, due_at.timestamp() if due_at else 0.0


def clock_rows(coming: Coming) -> list[tuple[datetime, dict[str, object]]]:
    """Visits and reviews that plans make due; brothers and sisters who are due alike on one line.

    A visit that is planned in time is on the list already, under its own day.
    """
    planned_in_time = {
        (child, local_day(one.starts_at))
        for one in coming.planned
        if one.starts_at >= coming.at
        for child in one.children
    }
    alike: dict[tuple[object, ...], list[Clock]] = {}
    for one in coming.clocks:
        if one.kind == "visit" and any(
            child == one.child and day <= local_day(one.due_at) for child, day in planned_in_time
        ):
            continue
        alike.setdefault((one.kind, one.plan, one.due_at, one.since), []).append(one)
    return [(same[0].due_at, _clock_row(same, coming)) for same in alike.values()]


def _clock_row(same: Sequence[Clock], coming: Coming) -> dict[str, object]:
    first, at = same[0], coming.at
    children = list(dict.fromkeys(child for one in same for child in one.children))
    child, named = children[0], names_of(children, coming.headers)
    visit = first.kind == "visit"
    title = meeting_title(first) or f"Review of the {in_sentence(first.plan_title)}"
    return {
        "title": "Visit that the plan asks for" if visit else title,
        "url": reverse("visit-plan", args=[child]) if visit else _meeting_url(first, child),
        "detail": f"{named}. Counted {first.since}",
        "about": named,
        "clock": due_words(first.due_at, at),
        "urgency": urgency_of(first.due_at, at),
    }


def _meeting_url(clock: Clock, child: UUID) -> str:
    if clock.plan_kind == PROTECTION:
        return page_of(clock)
    return reverse("plan-review", args=[child, clock.plan])


def without(steps: Iterable[OpenStep], kinds: Container[str]) -> list[OpenStep]:
    """The steps of other kinds than these."""
    return [step for step in steps if step.kind not in kinds]

"""Plans that a child was on before, and what stood on an earlier day, in rows."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.plans.queries import PlanLine, PlanView
from sightline.web.presenters import words

EARLIER_COLUMNS = ["Plan", "From", "To", "Why it ended"]
STOOD_COLUMNS = ["Plan", "As it was agreed", "Kept on"]


def stood_rows(plans: Iterable[PlanView], person: UUID, as_at: datetime) -> list[list[object]]:
    """The version of each plan that stood at an earlier moment; a plan without one is said to have none."""
    rows: list[list[object]] = []
    for plan in plans:
        standing = next((one for one in plan.versions if one.made_at <= as_at), None)
        title = plan.line.kind_words
        if standing is None:
            rows.append([title, "It had not been agreed then", words.day(plan.began_on)])
            continue
        url = reverse("plan-as-agreed", args=[person, plan.id, standing.entry])
        rows.append([title, {"text": f"Version {standing.number}", "url": url}, words.day(standing.made_at)])
    return rows


def earlier_rows(lines: Iterable[PlanLine], person: UUID) -> list[list[object]]:
    """Plans that this child is no longer on."""
    rows: list[list[object]] = []
    for one in lines:
        for days in one.members:
            if days.child == person and days.to_on is not None:
                plan = {"text": one.kind_words, "url": reverse("plan", args=[person, one.plan])}
                rows.append([plan, words.day(days.from_on), words.day(days.to_on), days.end_reason])
    return rows

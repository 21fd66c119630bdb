"""Help that was asked for, in words: of whom, when, and what became of it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.plans.queries import PlanView, ServiceLine
from sightline.web.presenters import words

SERVICE_COLUMNS = ["What", "Asked of", "Asked for on", "What became of it"]


def service_rows(lines: Iterable[ServiceLine], *, person: UUID, today: date, may_answer: bool) -> list[list[object]]:
    """What was asked for, of whom, when, and what became of it; what is waited for has its days."""
    rows: list[list[object]] = []
    for one in lines:
        open_ = may_answer and one.standing in {"asked", "began"}
        what: object = one.what
        if open_:
            what = {"text": one.what, "url": reverse("service-began", args=[person, one.step])}
        rows.append([what, asked_of(one), words.day(one.asked_on), standing_words(one, today)])
    return rows


def waiting_lines(plan: PlanView, today: date) -> list[str]:
    """Help of this plan that was asked for and of which nobody has said that it began."""
    waiting = [one for one in plan.services if one.standing == "asked"]
    return [f"{one.what}, asked of {asked_of(one)}. {standing_words(one, today)}" for one in waiting]


def asked_rows(one: ServiceLine, today: date) -> list[dict[str, str]]:
    """The same for the page on which it is answered."""
    rows = [
        ("What", one.what),
        ("Asked of", asked_of(one)),
        ("Asked for on", words.day(one.asked_on)),
        ("Until now", standing_words(one, today)),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def asked_of(one: ServiceLine) -> str:
    """Of whom it was asked."""
    return ", ".join(part for part in (one.of_whom, one.agency) if part)


def standing_words(one: ServiceLine, today: date) -> str:
    """`Waiting 23 days: nobody has said that it began`."""
    if one.standing == "asked":
        return f"Waiting {words.count(one.days_waiting(today) or 0, 'day')}: nobody has said that it began"
    if one.standing == "not_coming":
        return f"Not coming: {one.not_begun_because}"
    began = f"Began {words.day(one.began_on)}, {one.began_said_by} told us" if one.began_on else ""
    ended = f"Ended {words.day(one.ended_on)}" if one.ended_on else ""
    return ". ".join(part for part in (began, ended) if part)

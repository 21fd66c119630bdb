"""What is owed, in words: what it is, for whom, and by when."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.kernel.clocks import short_day, time_left
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local, local_day
from sightline.kernel.working_days import add_working_days, working_days_between
from sightline.people.queries import PersonName
from sightline.record.queries import OpenStep
from sightline.web.presenters import words
from sightline.web.presenters.words import capital

TITLES = {
    "decide_contact": "Decide the contact",
    "acknowledge": "Acknowledge the contact",
    "feedback": "Give feedback",
    "check_answer": "Answer from an agency",
    "action": "To do",
    "visit": "Planned visit",
    "review_restriction": "Look again at a restricted record",
    "possible_twin": "Is somebody new a person whom you carry?",
}
SOON = 10
"""How many working days ahead are shown apart from what is later."""


def title_of(step: OpenStep) -> str:
    """What is owed: the worker's own words, the practice pack's, or the name of its kind."""
    if step.kind == "service":
        return f"Asked for and not begun: {step.words}"
    if step.words:
        return step.words
    return TITLES.get(step.kind) or step.kind.replace("_", " ").capitalize()


def is_visit_over(step: OpenStep, at: datetime) -> bool:
    """A planned visit whose time has passed: it is not overdue, its outcome is to be recorded."""
    return step.kind == "visit" and step.due_at is not None and step.due_at < at


def no_outcome_words(starts_at: datetime, at: datetime) -> str:
    """`Planned visit on Tue 17 Nov at 10:00: no outcome recorded`."""
    moment = words.when(starts_at, at)
    on = "" if moment.startswith(("today", "yesterday")) else "on "
    return f"Planned visit {on}{moment}: no outcome recorded"


def under_way_words(since: date, at: datetime) -> str:
    """`No time is prescribed. Under way for 23 working days, since 3 March 2026`."""
    try:
        days = words.count(working_days_between(since, local_day(at)), "working day")
    except Refusal:  # beyond the table of bank holidays: the page must still open
        days = words.count((local_day(at) - since).days, "day")
    return f"No time is prescribed. Under way for {days}, since {words.day(since)}"


def due_words(due_at: datetime | None, at: datetime) -> str:
    """`Due in 3 working days (Fri 12 Jun)`, `Overdue by 2 days (Fri 12 Jun)`, or that there is no day."""
    return capital(due_within(due_at, at))


def clock_of(step: OpenStep, at: datetime) -> str:
    """The same of a step; an order runs through nights and weekends, so it is told by its hour.

    What a rule leaves without a day is told by how long it is under way.
    """
    if step.due_at is None and step.due_rule:
        return under_way_words(local_day(step.opened_at), at)
    if step.kind != "order" or step.due_at is None:
        return due_words(step.due_at, at)
    here = local(step.due_at)
    return f"{'Ran' if step.due_at <= at else 'Runs'} out at {here:%H:%M} on {here:%A} {here.day} {here:%B}"


def due_within(due_at: datetime | None, at: datetime) -> str:
    """The same inside a sentence."""
    if due_at is None:
        return "no day set"
    said = time_left(due_at, at=at)
    if due_at < at and local_day(due_at) < local_day(at) and "(" not in said:
        said = f"overdue by {words.count((local_day(at) - local_day(due_at)).days, 'day')}"
        return f"{said} ({short_day(local_day(due_at), local_day(at))})"
    return said


def urgency_of(due_at: datetime | None, at: datetime) -> str:
    """Weight of the clock; the words stand by themselves."""
    return words.urgency(due_at, at) if due_at else "calm"


def names_of(people: Iterable[UUID], headers: Mapping[UUID, PersonName]) -> str:
    """The children among these by name; the adults where there is no child."""
    known = [headers[person] for person in people if person in headers]
    children = [one for one in known if one.kind == "child"]
    return words.listing(shown_name(one) for one in (children or known))


def shown_name(header: PersonName) -> str:
    """The name they go by first, since that is what they are called."""
    return header.known_as or header.name


def group_of(due_at: datetime | None, at: datetime) -> str:
    """`Overdue`, `Today`, `Next 10 working days`, `Later` or `No day set`."""
    if due_at is None:
        return "No day set"
    if due_at < at:
        return "Overdue"
    today, due = local_day(at), local_day(due_at)
    if due == today:
        return "Today"
    # Beyond the table of bank holidays plain weeks must do: the page still opens.
    try:
        edge = add_working_days(today, SOON)
    except Refusal:
        edge = today + timedelta(days=14)
    return "Next 10 working days" if due <= edge else "Later"


GROUPS = ("Overdue", "Today", "Next 10 working days", "Later", "No day set")

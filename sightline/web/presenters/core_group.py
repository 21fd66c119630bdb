"""A core group in words: when it was due, when the next one is, and what is still to do."""

from datetime import date, datetime

from sightline.kernel.london import end_of_day
from sightline.plans.queries import ActionView, PlanLine
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within

NEXT = "core_group.next"


def due_words_of(line: PlanLine, at: datetime) -> str:
    """`Core group due in 3 working days (Fri 12 Jun)`; nothing where none is due."""
    return f"Core group {due_within(line.core_group.due_at, at)}" if line.core_group else ""


def next_due_words(pack: Pack, held_on: date) -> str:
    """By when the rule has the next one where this one was held today, with its source."""
    rule = pack.timescale(NEXT, held_on)
    due = due_from(rule, end_of_day(held_on))
    by_rule = f"Leave it empty to go by the rule: {rule.basis.citation}."
    return f"It is held by {words.short_day(due)} where this one was today. {by_rule}"


def due_of(action: ActionView, at: datetime) -> str:
    """By when something agreed is due, in words."""
    return words.capital(due_within(action.by_when, at))

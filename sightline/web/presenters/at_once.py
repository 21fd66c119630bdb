"""What a child's record shows at once: the protection plan, what each agency last said, what was agreed and done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.conferences.queries import LatestView
from sightline.plans.queries import OnProtection
from sightline.record.models import Entry
from sightline.record.queries import EntryView, OpenStep
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within

ACTION_COLUMNS = ["What was agreed", "By when", "How it stands"]
LONGEST = 280
"""Characters of what an agency said, on the first page of a record; the whole stands on its timeline."""


@dataclass(frozen=True)
class Said:
    """What one agency last said, wherever it said it."""

    agency: str
    when: datetime
    where: str
    judged: str
    text: str


def protection_rows(on: OnProtection, categories: Mapping[str, str], at: datetime) -> list[dict[str, str]]:
    """For components/summary-list.html: since when, from what, and what is due."""
    main = categories.get(on.main, on.main) if on.main else "Not named yet: the chair of the conference names it"
    rows = [("Since", words.day(on.since_on)), ("Main category", main)]
    if on.others:
        rows.append(
            ("Other categories", words.capital(words.listing(categories.get(one, one).lower() for one in on.others)))
        )
    rows.append(("Review conference", words.capital(due_within(on.review_due_at, at))))
    if on.next_core_group_due_at:
        rows.append(("Next core group", words.capital(due_within(on.next_core_group_due_at, at))))
    if on.times_before:
        rows.append(("Before this", f"On a child protection plan {words.count(on.times_before, 'time')}"))
    return [{"key": key, "value": value} for key, value in rows]


def said_of(
    entries: Iterable[EntryView], views: Iterable[LatestView], agencies: Mapping[UUID, str], *, child: UUID
) -> list[Said]:
    """The latest that each agency said, newest first: a view or a report for a meeting, evidence, or an answer.

    What is about a brother or a sister alone stands on their record.
    """
    judged = {one.said.entry: one.said.for_plan_words for one in views if one.said.entry}
    latest: dict[UUID, Said] = {}
    for entry in sorted(entries, key=lambda one: (one.when.earliest, one.recorded_at), reverse=True):
        if entry.agency is None or entry.agency in latest or entry.agency not in agencies:
            continue
        theirs = [one.text for one in entry.paragraphs if not one.about or child in one.about]
        if entry.paragraphs and not theirs:
            continue
        latest[entry.agency] = Said(
            agency=agencies[entry.agency],
            when=entry.when.earliest,
            where=str(Entry.Kind(entry.kind).label),
            judged=judged.get(entry.id, ""),
            text=shortened("\n\n".join(theirs)),
        )
    return list(latest.values())


def shortened(text: str) -> str:
    """The beginning of what was said, to a whole word."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rsplit(maxsplit=1)[0]} …"


def said_rows(said: Iterable[Said]) -> list[dict[str, str]]:
    """For casework/at-once.html."""
    return [
        {
            "agency": one.agency,
            "detail": f"{words.day(one.when)}, {one.where[:1].lower()}{one.where[1:]}",
            "judged": one.judged,
            "text": one.text or "Their words are closed to you.",
        }
        for one in said
    ]


def agreed_words(actions: Iterable[OpenStep], at: datetime) -> str:
    """`5 done, 2 to do, 1 of them overdue`; nothing where nothing was agreed."""
    every = list(actions)
    todo = [one for one in every if one.closed_at is None]
    late = sum(one.due_at is not None and one.due_at < at for one in todo)
    if not every:
        return ""
    overdue = f", {late} of them overdue" if late else ""
    return f"{len(every) - len(todo)} done, {len(todo)} to do{overdue}"


def agreed_rows(actions: Iterable[OpenStep], at: datetime) -> list[list[object]]:
    """Rows of components/table.html: what is to do first, the soonest due on top."""
    return [
        [one.words or "Something agreed", words.capital(due_within(one.due_at, at)), _stands(one)]
        for one in sorted(actions, key=lambda one: (one.closed_at is not None, one.due_at is None, one.due_at))
    ]


def _stands(step: OpenStep) -> str:
    if step.closed_at is None:
        return "To do"
    return f"{step.outcome.rstrip('.') or 'Done'} ({words.day(step.closed_at)})"

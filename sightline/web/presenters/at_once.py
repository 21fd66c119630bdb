"""What a child's record shows at once: the protection plan, what each agency last said, what was agreed and done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.conferences.queries import LatestView
from sightline.kernel.london import local_day
from sightline.plans.queries import OnProtection
from sightline.record.models import Entry
from sightline.record.queries import EntryView, OpenStep, PassageView
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within

ACTION_COLUMNS = ["What was agreed", "By when", "How it stands"]
BEGAN = ("began", "begun", "started", "has begun", "has started", "it began", "it has begun", "it started")
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
    whom: str = ""


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
    entries: Iterable[EntryView],
    views: Iterable[LatestView],
    agencies: Mapping[UUID, str],
    *,
    child: UUID,
    names: Mapping[UUID, str] | None = None,
    voices: Mapping[UUID, tuple[UUID, str]] | None = None,
) -> list[Said]:
    """The latest that each post at an agency said, newest first: a view or a report, evidence, or an answer.

    Where nobody knows from which post words came they are the agency's, unless a later voice of it stands there.
    What is about a brother or a sister alone stands on their record; what is about several says about whom.
    """
    given = {one.said.entry: one for one in views if one.said.entry}
    came_from = {entry: (one.agency_post, one.title) for entry, one in given.items()} | dict(voices or {})
    latest: dict[UUID, Said] = {}
    heard: set[UUID] = set()
    for entry in sorted(entries, key=lambda one: (one.when.earliest, one.recorded_at), reverse=True):
        view = given.get(entry.id) or given.get(entry.root)
        post, title = came_from.get(entry.id) or came_from.get(entry.root) or (None, "")
        voice = post or entry.agency
        if entry.agency is None or voice is None or voice in latest or entry.agency not in agencies:
            continue
        theirs = [one for one in entry.paragraphs if not one.about or child in one.about]
        if (post is None and entry.agency in heard) or (entry.paragraphs and not theirs):
            continue
        heard.add(entry.agency)
        latest[voice] = Said(
            agency=f"{agencies[entry.agency]}, {title}" if title else agencies[entry.agency],
            when=entry.when.earliest,
            where=str(Entry.Kind(entry.kind).label),
            judged=view.said.for_plan_words if view else "",
            text=shortened("\n\n".join(one.text for one in theirs)),
            whom=_whom(entry, theirs, child, names or {}),
        )
    return list(latest.values())


def _whom(entry: EntryView, theirs: Iterable[PassageView], child: UUID, names: Mapping[UUID, str]) -> str:
    """`Rosie and Jack`, where the words are not about this child alone."""
    concerned = tuple(one.person for one in entry.subjects)
    people = {person for one in theirs for person in (one.about or concerned)}
    others = sorted(names[one] for one in people if one in names and one != child)
    return words.listing([names.get(child, "this child"), *others]) if others else ""


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
            "detail": f"{words.day(one.when)}, {one.where[:1].lower()}{one.where[1:]}"
            + (f", about {one.whom}" if one.whom else ""),
            "judged": one.judged,
            "text": one.text or "Their words are closed to you.",
        }
        for one in said
    ]


def agreed_words(actions: Iterable[OpenStep], at: datetime) -> str:
    """`5 done, 2 to do, 1 of them overdue`; nothing where nothing was agreed."""
    every = list(actions)
    todo = [one for one in every if one.closed_at is None]
    begun = sum(_only_began(one) for one in every)
    late = sum(is_late(one, at) for one in todo)
    if not every:
        return ""
    overdue = f", {late} of them overdue" if late else ""
    began = f", {begun} begun" if begun else ""
    return f"{len(every) - len(todo) - begun} done{began}, {len(todo)} to do{overdue}"


def is_late(step: OpenStep, at: datetime) -> bool:
    """Whether something agreed is still to do, and its day has passed."""
    return step.closed_at is None and step.due_at is not None and step.due_at < at


def _only_began(step: OpenStep) -> bool:
    """Help of which nothing more is said than that it began: it is no longer waited for, and not done."""
    return step.closed_at is not None and step.outcome.strip().lower().startswith(BEGAN)


def agreed_rows(actions: Iterable[OpenStep], at: datetime) -> list[list[object]]:
    """Rows of components/table.html: what is to do first, the soonest due on top."""
    return [
        [one.words or "Something agreed", _by_when(one, at), _stands(one)]
        for one in sorted(actions, key=lambda one: (one.closed_at is not None, one.due_at is None, one.due_at))
    ]


def _by_when(step: OpenStep, at: datetime) -> str:
    """Something done has the day that it was agreed for, and is never overdue."""
    if step.closed_at is None:
        return words.capital(due_within(step.due_at, at))
    return words.day(local_day(step.due_at)) if step.due_at else "No day set"


def _stands(step: OpenStep) -> str:
    if step.closed_at is None:
        return "To do"
    return f"{step.outcome.rstrip('.') or 'Done'} ({words.day(step.closed_at)})"

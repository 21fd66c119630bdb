"""The chair's desk in words and numbers: what comes, what is missing for it, and what is to be written or sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.conferences.queries import ChairLine
from sightline.kernel.london import local_day
from sightline.people.queries import PersonName
from sightline.plans.queries import Clock
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_words, names_of, shown_name

Row = dict[str, object]


@dataclass(frozen=True)
class DeskFacts:
    """What the rows stand on. `shared_days` is how many working days before it the parents are to have a report."""

    headers: Mapping[UUID, PersonName]
    at: datetime
    late: frozenset[UUID] = frozenset()


def coming_rows(lines: Iterable[ChairLine], facts: DeskFacts) -> list[Row]:
    """Conferences whose time has not come, soonest first, each with what is missing."""
    return [_coming(one, facts) for one in lines if one.recorded_at is None and not one.to_write]


def _coming(one: ChairLine, facts: DeskFacts) -> Row:
    return _row(one, facts, ". ".join(_missing(one, facts)) or "Everybody has answered, and every report is in")


def _missing(one: ChairLine, facts: DeskFacts) -> list[str]:
    """Who has not answered, by name, and what is not in or not shared."""
    found = ["Nobody has been invited yet"] if not one.invited else []
    if one.waiting:
        found.append(f"{words.count(one.waiting, 'person waits', 'people wait')} for your decision")
    if one.not_told:
        found.append(f"{words.count(one.not_told, 'person', 'people')} not told yet")
    if one.not_answered:
        found.append(f"Not answered ({one.not_answered}): {words.listing(_named(one.unanswered, facts))}")
    if one.came_back:
        found.append(f"{words.count(one.came_back, 'invitation')} came back unopened")
    if one.reports_missing:
        wrote = f" (written view in from {one.wrote_no_report})" if one.wrote_no_report else ""
        found.append(f"{words.count(one.reports_missing, 'report')} not in{wrote}")
    if one.reports_not_shared:
        late = ", and it is late" if one.meeting in facts.late else ""
        found.append(f"{words.count(one.reports_not_shared, 'report')} not shared with the parents{late}")
    return found


def _named(who: Iterable[str | UUID], facts: DeskFacts) -> list[str]:
    """Agencies and friends by name, the family as they are called."""
    said = [
        one if isinstance(one, str) else shown_name(facts.headers[one]) if one in facts.headers else "somebody"
        for one in who
    ]
    return list(dict.fromkeys(said))


def decision_rows(lines: Iterable[ChairLine], facts: DeskFacts) -> list[Row]:
    """Conferences in which somebody waits for the chair, before anybody may tell them anything."""
    return [
        _row(one, facts, f"{words.count(one.waiting, 'person waits', 'people wait')} for your decision")
        for one in lines
        if one.waiting and one.recorded_at is None
    ]


def to_write_rows(lines: Iterable[ChairLine], facts: DeskFacts) -> list[Row]:
    """Conferences whose time has passed and of which nothing is recorded."""
    return [
        _row(one, facts, "What was decided is not recorded", url=address("conference-outcome", one.meeting))
        for one in lines
        if one.to_write
    ]


def letter_rows(lines: Iterable[ChairLine], facts: DeskFacts) -> list[Row]:
    """Conferences whose letters are ready and not released."""
    return [
        _row(
            one,
            facts,
            f"{words.count(one.letters_to_release, 'letter')} to release",
            url=address("conference-letters", one.meeting),
        )
        for one in lines
        if one.letters_to_release
    ]


def _row(one: ChairLine, facts: DeskFacts, detail: str, *, url: str = "") -> Row:
    moment = one.held_at or one.starts_at
    named = names_of(one.children, facts.headers)
    return {
        "title": named,
        "url": url or address("conference", one.meeting),
        "about": one.kind_words,
        "detail": f"{one.kind_words}. {detail}.",
        "clock": words.capital(words.when(moment, facts.at)) if moment else "",
        "urgency": "calm",
    }


def review_rows(clocks: Sequence[Clock], facts: DeskFacts) -> list[Row]:
    """Plans whose review conference is near or overdue, soonest first."""
    return [
        {
            "title": names_of(one.children, facts.headers),
            "url": address("conference-convene", one.children[0]),
            "about": "review conference",
            "detail": f"Child protection plan. Review counted {one.since}. Rule: {one.citation}.",
            "clock": due_words(one.due_at, facts.at),
            "urgency": "calm",
        }
        for one in clocks
        if any(child in facts.headers for child in one.children)
    ]


def not_shared_in_time(lines: Iterable[ChairLine], last_days: Mapping[UUID, object], at: datetime) -> frozenset[UUID]:
    """Conferences for which the day by which the parents should have every report has passed."""
    today = local_day(at)
    return frozenset(
        one.meeting
        for one in lines
        if one.reports_not_shared and one.meeting in last_days and last_days[one.meeting] < today  # type: ignore[operator]  # days
    )

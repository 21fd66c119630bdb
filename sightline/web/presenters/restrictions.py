"""Restrictions and conflicts of interest in words: to whoever reads the record, and to whoever reviews them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.access.reading_bars import BarView, Reader, Restriction
from sightline.access.standing_queries import OpenedInEmergency
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.web.presenters import words
from sightline.web.presenters.emergency import CLOSED_TO_YOU

SOMEBODY = "Somebody who has left"
READER_COLUMNS = ["Who may read it", "Since"]


def known_words(*, hidden: bool) -> str:
    """Whether others learn that there is a record."""
    if hidden:
        return "Others do not learn that there is a record"
    return "Others find the name, with whom to ring, and not where they live"


def reader_rows(readers: Iterable[Reader], names: Mapping[UUID, str]) -> list[list[str]]:
    """Rows of components/table.html, by name."""
    rows = [[names.get(one.account, SOMEBODY), words.day(local_day(one.since))] for one in readers]
    return sorted(rows, key=lambda row: row[0])


def reading_on_lines(found: Iterable[OpenedInEmergency], names: Mapping[UUID, str], at: datetime) -> list[str]:
    """Who reads on whatever is restricted now: emergency access that stands goes past a restriction to its end."""
    return [
        f"{names.get(one.account, 'Somebody')} opened a record of this family in an emergency and goes on reading it "
        f"until {words.when(one.until_at, at)}, restricted or not: a child may be in danger now. Ring them. If they "
        "should not read it, whoever reviews that access can raise a concern, which ends it at once."
        for one in found
    ]


def restriction_rows(one: Restriction, posts: Mapping[UUID, str]) -> list[dict[str, str]]:
    """For whoever reads the record: components/summary-list.html."""
    return [
        {"key": "Why it is restricted", "value": one.reason},
        {"key": "Since", "value": words.day(local_day(one.since))},
        {"key": "Who else learns of it", "value": known_words(hidden=one.hidden)},
        {"key": "Who looks at it again", "value": posts.get(one.reviewer, "")},
        {"key": "By when", "value": day_words(one.review_on) if one.review_on else ""},
    ]


def bar_rows(one: BarView, names: Mapping[UUID, str], posts: Mapping[UUID, str], person: str) -> list[dict[str, str]]:
    """For its reviewer: components/summary-list.html."""
    rows = [
        ("Whose record", person),
        ("Who is kept away", names.get(one.against, SOMEBODY) if one.against else ""),
        ("Why", one.reason),
        ("Said by", names.get(one.by, "") if one.by else ""),
        ("Since", words.day(local_day(one.since))),
    ]
    if not one.is_conflict:
        rows[1] = ("Who else learns of it", known_words(hidden=one.hidden))
        rows.append(("To be looked at again by", day_words(one.review_on) if one.review_on else ""))
    rows.append(("Reviewed by", posts.get(one.reviewer, "")))
    return [{"key": key, "value": value} for key, value in rows]


def review_rows(one: BarView, names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """What was decided before: who, when, what and why, the latest first."""
    return [
        {"label": review.label, "words": review.words,
         "by": f"{names.get(review.by, SOMEBODY)}, {words.full_moment(review.at)}"}
        for review in one.reviews
    ]  # fmt: skip


def task_rows(
    found: Iterable[BarView], people: Mapping[UUID, str], names: Mapping[UUID, str], at: datetime
) -> list[dict[str, object]]:
    """Rows of components/tasks.html on the list of what a manager reviews.

    Why brothers and sisters were restricted together is said with the first of them.
    """
    first: dict[tuple[object, ...], BarView] = {}
    rows = []
    for one in found:
        before = first.setdefault((one.kind, one.since, one.by, one.reason), one)
        if one.is_conflict:
            rows.append(_conflict_row(one, people.get(one.person, ""), names))
        else:
            other = people.get(before.person, "somebody whose record is closed to you")
            why = one.reason if before is one else f"Restricted together with {other}, for the same reason."
            rows.append(_restricted_row(one, people.get(one.person, CLOSED_TO_YOU), why, at))
    return rows


def _conflict_row(one: BarView, person: str, names: Mapping[UUID, str]) -> dict[str, object]:
    kept = names.get(one.against, SOMEBODY) if one.against else SOMEBODY
    said = "Said so themself on" if one.against == one.by else "Since"
    return {
        "title": f"{kept} is kept away from {person}" if person else f"{kept} is kept away",
        "url": reverse("conflict", args=[one.id]),
        "detail": one.reason if person else f"{CLOSED_TO_YOU}. {one.reason}",
        "clock": f"{said} {words.day(local_day(one.since))}",
        "urgency": "calm",
    }


def _restricted_row(one: BarView, person: str, why: str, at: datetime) -> dict[str, object]:
    return {
        "title": person,
        "url": reverse("restriction", args=[one.id]),
        "detail": f"{words.count(len(one.readers), 'reader')}. {known_words(hidden=one.hidden)}. {why}",
        "clock": _review_words(one.review_on, local_day(at)),
        "urgency": "overdue" if one.review_on and one.review_on < local_day(at) else "calm",
    }


def _review_words(on: date | None, today: date) -> str:
    if on is None:
        return "No day of review is set"
    late = "should have been looked at again by" if on < today else "to be looked at again by"
    return words.capital(f"{late} {day_words(on)}")

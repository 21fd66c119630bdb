"""Endings in words: what is open, what ends, where a request stands, and what was left open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sightline.journeys.open_matters import Matter
from sightline.kernel.clocks import short_day
from sightline.kernel.london import local_day
from sightline.partnership.queries import InvolvedView, MessageLine
from sightline.people.queries import PersonName
from sightline.plans.queries import PlanLine
from sightline.record.queries import CarriedEpisode, EndingView, LastSeen, LeftOpenView
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.child import seen_line
from sightline.web.presenters.steps import due_words, names_of, shown_name

DEAL_WITH = {
    "contact": "Open the contact",
    "message": "Read what they wrote",
    "person": "Open their record",
    "person-timeline": "Open the timeline",
    "step-finish": "Say that it is done",
    "plan": "Open the plan",
    "visit-record": "Record the visit",
    "strategy": "Open the strategy discussion",
    "strategy-ask": "Ask for it, or record it",
    "enquiry": "Open the enquiry",
    "medical-record": "Record the examination",
    "order-end": "Say how it ended",
    "conference": "Open the conference",
    "conference-convene": "Convene it",
    "conference-letters": "Open the letters",
}
"""Pages on which something open can be dealt with, with the words of the link."""
OF_ONE_CHILD = frozenset({"visit-record"})
"""Pages whose address has the child's key and no other; the step goes into the question."""


def matter_row(matter: Matter, headers: Mapping[UUID, PersonName], at: datetime) -> dict[str, object]:
    """One thing that is open: what, for whom, since when, where it is dealt with, and what an ending does to it."""
    days = (local_day(at) - local_day(matter.opened_at)).days if matter.opened_at else 0
    since = f", open for {words.count(days, 'day')}" if days else ""
    return {
        "words": matter.words,
        "whom": f"{names_of(matter.children, headers)}{since}",
        "stays": matter.stays,
        "url": _url(matter),
        "link": DEAL_WITH.get(matter.url_kind, ""),
    }


def _url(matter: Matter) -> str:
    if matter.url_kind not in DEAL_WITH or matter.url_key is None:
        return ""
    if matter.url_kind == "plan":
        return address("plan", matter.child, matter.url_key) if matter.child else ""
    if matter.url_kind in OF_ONE_CHILD:
        url = address(matter.url_kind, matter.child) if matter.child else ""
        return f"{url}?planned={matter.url_key}" if url else ""
    # A disagreement of the family stands under the entry that they disagree with.
    entry = f"#entry-{matter.subject}" if matter.kind == "disagreement" and matter.url_kind == "person-timeline" else ""
    return address(matter.url_kind, matter.url_key) + entry


def seen_rows(
    children: Iterable[UUID], headers: Mapping[UUID, PersonName], seen: Mapping[UUID, LastSeen], today: date
) -> list[dict[str, str]]:
    """When each child was last seen, and alone; for components/summary-list.html."""
    return [
        {"key": shown_name(headers[child]), "value": seen_line(headers[child], seen.get(child), today)}
        for child in children
        if child in headers
    ]


def ends_words(
    episodes: Mapping[UUID, CarriedEpisode],
    headers: Mapping[UUID, PersonName],
    plans: Sequence[PlanLine],
    visits: int,
) -> list[str]:
    """What ends by itself with the involvement; nothing has to be said of it."""
    said = [
        f"{shown_name(headers[child])}: our involvement as a child in need since {words.day(one.opened_on)}"
        for child, one in episodes.items()
        if child in headers
    ]
    said += [one.kind_words for one in plans]
    if visits:
        said.append(f"{words.count(visits, 'visit')} that {'was' if visits == 1 else 'were'} planned")
    return said


def summary_rows(ending: EndingView, *, reason: str, who: str) -> list[dict[str, str]]:
    """The closing summary for components/summary-list.html."""
    return [
        {"key": "Why it ends", "value": reason},
        {"key": "What has changed", "value": ending.what_changed},
        {"key": "How to come back", "value": ending.how_to_come_back},
        {"key": "Who holds the worry", "value": ending.who_holds_worry},
        {"key": "Asked by", "value": f"{who}, {words.full_moment(ending.asked_at)}"},
    ]


def waiting_words(ending: EndingView, *, who: str, manager: str, at: datetime) -> str:
    """`Jane Smith asked on Fri 12 Jun. It waits with Fay Lund, Family Manager: due in 3 working days (…).`"""
    asked = short_day(local_day(ending.asked_at), local_day(at))
    return f"{who} asked on {asked}. It waits with {manager}. {due_words(ending.due_at, at)}."


def left_rows(left: Iterable[LeftOpenView], names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """What was open, what became of it or why that was accepted, and by whom."""
    return [
        {
            "key": one.words,
            "value": one.outcome
            or f"{names.get(one.by, 'A manager')} accepted that it was open: {one.accepted_because}",
        }
        for one in left
    ]


def involved_rows(involved: Iterable[InvolvedView], told: Iterable[MessageLine], entry: UUID) -> list[dict[str, str]]:
    """Each professional who works with the children, once, and whether they have been told of the ending."""
    status = {line.agency_post: line for line in told}
    found: dict[UUID, dict[str, str]] = {}
    for one in involved:
        if one.to_on is not None or one.agency_post in found:
            continue
        name = ", ".join(part for part in (one.name, one.title, one.agency) if part)
        line = status.get(one.agency_post)
        found[one.agency_post] = {
            "name": f"{name} (closed)" if one.closed else name,
            "told": words.capital(line.status) if line else "",
            "url": address("message", line.id) if line else address("ended-tell", entry, one.agency_post),
        }
    return list(found.values())

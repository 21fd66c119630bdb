"""A child's injuries in words: what was seen, where, whose account, who examined it; and those that stand together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from sightline.access.rules import SECTION_LABELS, Section
from sightline.documents.queries import DocumentLine
from sightline.front_door.models import Injury as Reported
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.practice.spec import Pack
from sightline.record.models import Passage
from sightline.record.queries import PassageView
from sightline.recording.queries import InjuryView
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.body_map import body_map, where_words
from sightline.workforce.queries import Ring

NOT_SAID = "Nobody has said"
HEADINGS = {
    "injury": "What it looks like",
    "account": "How it happened, as it was told",
    "childs_words": "In the child's own words",
}


@dataclass(frozen=True)
class InjuryFacts:
    """What the rows stand on, read by the page in a fixed number of queries."""

    person: UUID
    today: date
    kinds: Mapping[str, str]
    sites: Mapping[str, str]
    authority: str
    agencies: Mapping[UUID, str] = field(default_factory=dict)
    documents: Mapping[UUID, DocumentLine] = field(default_factory=dict)
    authors: Mapping[UUID, str] = field(default_factory=dict)


def labels_of(pack: Pack, key: str) -> dict[str, str]:
    """A list of the practice pack by its codes."""
    return {one.key: str(one.label) for one in pack.list(key).options}


def injury_row(view: InjuryView, facts: InjuryFacts) -> dict[str, Any]:
    """One injury, for enquiries/injury.html."""
    what = facts.kinds.get(view.what, view.what.replace("_", " ").capitalize())
    return {
        "key": view.root,
        "day": view.seen_on,
        "anchor": f"injury-{view.root}",
        "when": words.day(view.seen_on),
        "title": what,
        "map": body_map(view.sites, facts.sites),
        "rows": _named([
            ("Where", where_words(view.sites, facts.sites)),
            ("First seen", words.capital(words.days_ago(view.seen_on, facts.today))),
            ("Who saw it", view.seen_by or NOT_SAID),
            ("Agency", facts.agencies.get(view.agency, "Another agency") if view.agency else facts.authority),
            ("Who examined it", examined_words(view)),
            ("Recorded", _late(view, facts)),
        ]),
        "passages": [_passage(one, what) for one in view.passages if _words_of(one, what)],
        "documents": [facts.documents[one] for one in view.documents if one in facts.documents],
    }  # fmt: skip


def reported_row(one: Reported, facts: InjuryFacts) -> dict[str, Any]:
    """An injury that somebody reported to the front door, on the same line of time."""
    day = one.happened_on or local_day(one.contact.received_at)
    return {
        "key": one.id,
        "day": day,
        "anchor": f"injury-{one.id}",
        "when": words.day(one.happened_on) if one.happened_on else one.happened_words or words.day(day),
        "title": "Reported to the front door",
        "map": None,
        "rows": _named([
            ("Where", one.site),
            ("Reported", words.capital(words.days_ago(local_day(one.contact.received_at), facts.today))),
            ("Who examined it", NOT_SAID),
        ]),
        "passages": [_account(one.account, one.account_by)] if one.account or one.account_by else [],
        "documents": [],
        "url": address("contact", one.contact_id),
    }  # fmt: skip


def _account(text: str, told_by: str) -> dict[str, str]:
    return {"heading": "How it happened, as it was told", "text": text or "No account was given.", "told_by": told_by}


def _named(rows: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in rows if value]


def _words_of(one: PassageView, what: str) -> str:
    """A passage's words, without the facts that its entry puts before them: they stand beside it."""
    if one.heading == "injury" and one.text.startswith(what):
        return one.text.partition("\n\n")[2]
    return one.text


def _passage(one: PassageView, what: str) -> dict[str, str]:
    """Its words, whose they are, and how they may be handled."""
    return {
        "heading": HEADINGS.get(one.heading, ""),
        "text": _words_of(one, what),
        "told_by": one.told_by if one.heading == "account" else "",
        "section": SECTION_LABELS[Section(one.section)] if one.section != Section.ORDINARY else "",
        "handling": str(Passage.Handling(one.handling).label) if one.handling != "ordinary" else "",
    }


def examined_words(view: InjuryView) -> str:
    """`Dr Amara Osei, 17 November 2026`, or why nobody did."""
    if view.examined_by:
        on = f", {day_words(view.examined_on)}" if view.examined_on else ""
        return f"{view.examined_by}{on}"
    return f"Not examined: {view.not_examined_because}" if view.not_examined_because else NOT_SAID


def _late(view: InjuryView, facts: InjuryFacts) -> str:
    by = facts.authors.get(view.author, "")
    return f"{words.full_moment(view.recorded_at)}{f' by {by}' if by else ''}"


def ring_words(ring: Ring) -> str:
    """`Jane Smith, Family team 1, on 01632 960201`: whom to ring before anything else is done about an injury."""
    return f"{ring.name}, {ring.post_title}{f', on {ring.phone}' if ring.phone else ''}"


def in_order(rows: Iterable[dict[str, Any]], window_days: int, person: UUID) -> list[dict[str, Any]]:
    """Newest first, each with how many others were seen within the window and where they stand beside it."""
    ordered = sorted(rows, key=lambda row: row["day"], reverse=True)
    for row in ordered:
        near = [other for other in near_to(row, ordered, window_days) if other is not row]
        row["near"] = near_words(len(near), window_days) if near else ""
        row["near_url"] = f"{reverse('person-injuries', args=[person])}?beside={row['key']}" if near else ""
    return ordered


def near_to(row: Mapping[str, Any], rows: Iterable[dict[str, Any]], window_days: int) -> list[dict[str, Any]]:
    """Those seen within so many days of it, before or after, itself among them; the earliest first."""
    found = [one for one in rows if abs((one["day"] - row["day"]).days) <= window_days]
    return sorted(found, key=lambda one: one["day"])


def near_words(number: int, window_days: int) -> str:
    """`1 other injury within 120 days`."""
    return f"{words.count(number, 'other injury', 'other injuries')} within {words.count(window_days, 'day')}"


def together_title(rows: Sequence[Mapping[str, Any]], window_days: int) -> str:
    """`2 injuries within 120 days of each other`."""
    return f"{len(rows)} injuries within {words.count(window_days, 'day')}"


def family_title(window_days: int) -> str:
    """`In the family within 120 days`."""
    return f"In the family within {words.count(window_days, 'day')}"


def family_row(view: InjuryView, name: str, child: UUID, kinds: Mapping[str, str]) -> dict[str, Any]:
    """An injury of a brother or a sister on one line, which leads to where it stands on their record."""
    what = kinds.get(view.what, view.what.replace("_", " ").capitalize())
    url = f"{reverse('person-injuries', args=[child])}#injury-{view.root}"
    return {"day": view.seen_on, "child": child, "text": f"{name}: {what}, {words.day(view.seen_on)}", "url": url}


def reported_in_family(one: Reported, name: str, child: UUID) -> dict[str, Any]:
    """One that was reported to the front door, the same way."""
    day = one.happened_on or local_day(one.contact.received_at)
    said = f"{name}: reported to the front door{f', {one.site}' if one.site else ''}, {words.day(day)}"
    return {
        "day": day,
        "child": child,
        "text": said,
        "url": f"{reverse('person-injuries', args=[child])}#injury-{one.id}",
    }

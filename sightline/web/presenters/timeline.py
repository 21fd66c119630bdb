"""A timeline's rows: each entry with its paragraphs, its corrections, and marks where text was withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from sightline.access.rules import SECTION_LABELS, Section
from sightline.documents.queries import DocumentLine
from sightline.front_door.permissions import FRONT_DOOR_KINDS
from sightline.kernel.london import local, local_day
from sightline.people.queries import PersonName
from sightline.record.models import Entry, EntrySubject, Passage
from sightline.record.queries import EntryView, Mark, PassageView
from sightline.recording.queries import Call
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.steps import shown_name

HEADINGS = {
    "saw_or_heard": "What they saw or heard",
    "fears": "What they fear",
    "danger": "Danger now",
    "history_bears": "What in the history bears on this",
    "child_situation": "About this child",
    "reason": "Why",
    "would_change": "What would change it",
    "safe_tonight": "What was done to make the child safe tonight",
    "answer": "Answer",
    "step_finished": "Done, of what was to be done",
    "what_changed": "What has changed",
    "how_to_come_back": "How to come back",
    "who_holds_worry": "Who holds the worry",
    "childs_words": "What the child said, did or drew",
    "outcome": "What is to be different",
    "child_words": "In the child's own words",
    "action": "Who does what",
    "contingency": "If it does not work",
    "further_action": "The point at which we go further",
    "review": "What was said",
    "progress": "How far it has come",
    "born": "Birth",
    "category": "From what the plan protects",
    "plan_ended": "The plan ended",
    "need": "What the help is in law",
    "help": "Help that was asked for",
    "shared": "What was shared",
    "safety": "How the children are kept safe meanwhile",
    "findings": "What was found",
    "media": "Photographs, body maps and recordings",
    "no_conference": "Why there is no conference",
    "disagreement": "What they did not agree about",
    "disagreement_view": "In their own words",
    "disagreement_safety": "How the children were kept safe meanwhile",
    "disagreement_stage": "What came of it",
    "disagreement_resolved": "How it was resolved",
    "disagreement_learned": "What was learned",
}
PAGES: dict[str, str] = {Entry.Kind.CONTACT: "contact", Entry.Kind.CLOSURE: "ended"}
"""Kinds of entry that have a page of their own, which says more than its words."""
CORRECTABLE = {
    Entry.Kind.NOTE, Entry.Kind.PHONE_CALL, Entry.Kind.OVERSIGHT, Entry.Kind.VISIT, Entry.Kind.APPOINTMENT,
}  # fmt: skip
"""Entries whose words can be written anew. Others rest on the rest, and are not rewritten."""


@dataclass(frozen=True)
class Outcome:
    """How a decision ended its contact, and where that contact is read; no address where it may not be."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class TimelineFacts:
    """All that the rows are made of, read by the page in a fixed number of queries."""

    person: UUID
    headers: Mapping[UUID, PersonName]
    authors: Mapping[UUID, str]
    calls: Mapping[UUID, Call] = field(default_factory=dict)
    documents: Mapping[UUID, DocumentLine] = field(default_factory=dict)
    earlier: Mapping[UUID, Sequence[EntryView]] = field(default_factory=dict)
    outcomes: Mapping[UUID, Outcome] = field(default_factory=dict)
    visits: Mapping[UUID, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    reader: UUID | None = None
    may_write: bool = False
    may_take_off: bool = False


def grouped(entries: Sequence[EntryView], marks: Sequence[Mark], facts: TimelineFacts) -> list[dict[str, object]]:
    """Day groups, newest first, entries and marks together."""
    rows: list[tuple[datetime, dict[str, object]]] = [(one.when.earliest, entry_row(one, facts)) for one in entries]
    rows += [(mark.occurred_at, mark_row(mark, facts)) for mark in marks]
    groups: dict[date, list[dict[str, object]]] = {}
    for moment, row in sorted(rows, key=lambda pair: pair[0], reverse=True):
        groups.setdefault(local_day(moment), []).append(row)
    return [{"day": day_heading(day), "entries": found} for day, found in groups.items()]


def day_heading(day: date) -> str:
    """`Tuesday 17 November 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def entry_row(entry: EntryView, facts: TimelineFacts) -> dict[str, object]:
    """One entry as casework/entries.html draws it."""
    call = facts.calls.get(entry.root) or facts.calls.get(entry.id)
    return {
        "id": entry.id,
        "anchor": f"entry-{entry.root}",
        "title": str(Entry.Kind(entry.kind).label),
        "url": address(PAGES[entry.kind], entry.id) if entry.kind in PAGES else "",
        "detail": f"{call.direction}: {call.spoke_with}" if call else "",
        "outcome": facts.outcomes.get(entry.id),
        "facts": facts.visits.get(entry.id, ()),
        "byline": facts.authors.get(entry.author, ""),
        "moment": moment_words(entry),
        "day": day_heading(local_day(entry.when.earliest)),
        "late": late_words(entry),
        "seen": seen_words(entry, facts),
        "passages": [passage_row(one, entry, facts) for one in entry.passages if facts.person in one.about],
        "elsewhere": elsewhere_words(entry, facts),
        "also_for": also_for(entry, facts),
        "documents": [facts.documents[one] for one in entry.documents if one in facts.documents],
        "corrected": corrected_words(entry, facts),
        "versions": [version_row(one, entry, facts) for one in facts.earlier.get(entry.root, ()) if one.id != entry.id],
        "correctable": facts.may_write and entry.kind in CORRECTABLE,
        "answerable": facts.may_write,
        "withdrawable": facts.may_write
        and (entry.kind in CORRECTABLE or (facts.may_take_off and entry.kind in FRONT_DOOR_KINDS)),
    }


def moment_words(entry: EntryView) -> str:
    """The time on the day of its group, or how well the day itself is known."""
    if entry.when.precision == "exact":
        return f"{local(entry.when.earliest):%H:%M}"
    first, last = local_day(entry.when.earliest), local_day(entry.when.latest)
    return "Time not given" if first == last and entry.when.precision == "range" else f"Happened {entry.when}"


def late_words(entry: EntryView) -> str:
    """When it was written down, where that was another day. A correction says its own moment."""
    if entry.replaces is not None:
        return ""
    written = local_day(entry.recorded_at)
    return f"Recorded {words.full_moment(entry.recorded_at)}" if written != local_day(entry.when.latest) else ""


def seen_words(entry: EntryView, facts: TimelineFacts) -> str:
    """Whether this child was seen at it; nothing where the entry's words say the same and no more."""
    found = [one.seen for one in entry.subjects if one.person == facts.person]
    label = str(EntrySubject.Seen(found[0]).label) if found and found[0] else ""
    return "" if any(one.text == label for one in entry.passages if facts.person in one.about) else label


def passage_row(passage: PassageView, entry: EntryView, facts: TimelineFacts) -> dict[str, str]:
    """A paragraph: its words, and what was marked on it. An account says whose words it is, and when it was added."""
    section = Section(passage.section)
    return {
        "heading": heading_of(passage, entry, facts),
        "text": passage.text,
        "only": only_about(passage, entry, facts),
        "told_by": passage.told_by,
        "added": added_words(passage, facts),
        "section": SECTION_LABELS[section] if section is not Section.ORDINARY else "",
        "handling": str(Passage.Handling(passage.handling).label) if passage.handling != "ordinary" else "",
        "wish": wish_words(passage),
        "wish_url": address("child-wish", facts.person, entry.id, passage.id)
        if passage.kept_to and not passage.overruled and passage.id and facts.may_write
        else "",
    }


def wish_words(passage: PassageView) -> str:
    """That a child named who may read this; or why that was set aside."""
    if not passage.kept_to:
        return ""
    if passage.overruled:
        return f"They wished only some to read this. Set aside, so that others could be told: {passage.overruled}"
    return "They wished only some to read this. You are one of those, or manage one: do not pass it on"


def heading_of(passage: PassageView, entry: EntryView, facts: TimelineFacts) -> str:
    """Under what it stands.

    A part of an assessment has its question: without it, what is only asked reads as said.
    """
    if passage.added_at is not None:
        return account_heading(passage, facts)
    asked = facts.questions.get(passage.heading, "") if entry.kind == Entry.Kind.ASSESSMENT else ""
    return asked or HEADINGS.get(passage.heading, "")


def account_heading(passage: PassageView, facts: TimelineFacts) -> str:
    """`What Lowenna Penhallow says of this: does not agree`."""
    header = facts.headers.get(passage.given_by) if passage.given_by else None
    said = f"What {shown_name(header) if header else 'somebody in the family'} says of this"
    return f"{said}: does not agree" if passage.disagrees else said


def added_words(passage: PassageView, facts: TimelineFacts) -> str:
    """When an account was added, and who wrote it down."""
    if passage.added_at is None:
        return ""
    by = facts.authors.get(passage.added_by, "") if passage.added_by else ""
    return f"Added {words.full_moment(passage.added_at)}{f' by {by}' if by else ''}"


def only_about(passage: PassageView, entry: EntryView, facts: TimelineFacts) -> str:
    """Whom a private paragraph is about; nothing when it is about everybody on the entry."""
    if {one.person for one in entry.subjects} <= set(passage.about):
        return ""
    return words.listing(shown_name(facts.headers[one]) for one in passage.about if one in facts.headers)


def elsewhere_words(entry: EntryView, facts: TimelineFacts) -> str:
    """Whose records have a paragraph of their own, of those whom the reader may see. It is read there."""
    others = {one for passage in entry.passages if facts.person not in passage.about for one in passage.about}
    return words.listing(sorted(shown_name(facts.headers[one]) for one in others if one in facts.headers))


def also_for(entry: EntryView, facts: TimelineFacts) -> str:
    """Who else it was recorded for, and whether they were seen, of those whom the reader may see."""
    others = [one for one in entry.subjects if one.person != facts.person and one.person in facts.headers]
    return words.listing(f"{shown_name(facts.headers[one.person])}{_seen_beside(one.seen)}" for one in others)


def _seen_beside(seen: str) -> str:
    return f" ({str(EntrySubject.Seen(seen).label).lower()})" if seen else ""


def corrected_words(entry: EntryView, facts: TimelineFacts) -> str:
    """Who corrected it, when and why."""
    if entry.replaces is None:
        return ""
    by = facts.authors.get(entry.author, "")
    return f"Corrected {words.full_moment(entry.recorded_at)}{f' by {by}' if by else ''}: {entry.correction_reason}"


def version_row(entry: EntryView, stands: EntryView, facts: TimelineFacts) -> dict[str, object]:
    """What an entry said before it was corrected, with how it went and when where that stands otherwise now."""
    by = facts.authors.get(entry.author, "")
    return {
        "summary": f"As first written {words.full_moment(entry.recorded_at)}{f' by {by}' if by else ''}"
        if entry.replaces is None
        else f"As corrected {words.full_moment(entry.recorded_at)}{f' by {by}' if by else ''}",
        "facts": facts_of_before(entry, stands, facts.person),
        "passages": [passage_row(one, entry, facts) for one in entry.passages if facts.person in one.about],
    }


def facts_of_before(entry: EntryView, stands: EntryView, person: UUID) -> list[dict[str, str]]:
    """How an earlier version said that it went for this person, and when, where it was put right."""
    before, now = _outcome_of(entry, person), _outcome_of(stands, person)
    label = str(EntrySubject.Seen(before).label) if before else "Nothing said of being seen"
    rows = [("How it went", label)] if before != now else []
    if entry.when != stands.when:
        rows.append(("When", str(entry.when)))
    return [{"key": key, "value": value} for key, value in rows]


def _outcome_of(entry: EntryView, person: UUID) -> str:
    return next((one.seen for one in entry.subjects if one.person == person), "")


def moment_of_mark(mark: Mark) -> str:
    """The time that it had. What was only known to the day began at its midnight."""
    happened = local(mark.occurred_at)
    return f"{happened:%H:%M}" if happened.time() != time.min else "Time not given"


def mark_row(mark: Mark, facts: TimelineFacts) -> dict[str, object]:
    """The mark that stays where text was taken off this record."""
    by = facts.authors.get(mark.by, "")
    reader = facts.authors.get(mark.reader, "a named reader")
    return {
        "title": "Taken off this record",
        "moment": moment_of_mark(mark),
        "withdrawn": f"Withdrawn {words.full_moment(mark.at)}{f' by {by}' if by else ''}: {mark.reason}. "
        f"{reader} keeps the original.".replace("..", "."),
        "kept_by_reader": mark.entry if mark.reader == facts.reader else None,
    }

"""Before court, in words: where pre-proceedings stand, what is owed, and what happened, in its order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import SECTION_LABELS, Section
from sightline.court.queries import PreProceedingsLine
from sightline.court.rules import APPLY, DECIDE, LETTER, MEETING, REVIEW
from sightline.documents.queries import DocumentLine
from sightline.kernel.dates import day_words
from sightline.record.queries import EntryView, PassageView
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within

OWED = {
    LETTER: "Send the letter before proceedings",
    MEETING: "Hold the first meeting with the parents and their lawyers",
    REVIEW: "Hold a review meeting",
    DECIDE: "Decide how they end",
    APPLY: "Apply to the court",
}
HAPPENED = {
    "pre_proceedings": "Decided to begin",
    "letter_before": "Letter before proceedings",
    "family_meeting": "Family group decision making",
    "first_meeting": "First meeting",
    "review_meeting": "Review meeting",
    "pre_proceedings_decided": "Decided how they end",
    "applied": "Applied to the court",
    "put_right": "A date put right",
}


@dataclass(frozen=True)
class SpellFacts:
    """What the words stand on: entries in their order, colleagues, files, the post, and the other children."""

    at: datetime
    entries: Sequence[EntryView] = ()
    authors: Mapping[UUID, str] = field(default_factory=dict)
    documents: Mapping[UUID, DocumentLine] = field(default_factory=dict)
    posts: Mapping[UUID, str] = field(default_factory=dict)
    beside: Sequence[str] = ()


def since_line(line: PreProceedingsLine) -> str:
    """`Pre-proceedings since 3 March 2026`, for the top of a record."""
    since = f" since {day_words(line.started_on)}" if line.started_on else ""
    return f"Pre-proceedings{since}{', to go to court' if line.state == 'to_court' else ''}"


def owed_line(line: PreProceedingsLine, at: datetime) -> str:
    """`Hold a review meeting: due in 4 working days (Fri 12 Jun)`."""
    if line.owed is None:
        return ""
    return f"{OWED[line.owed.key]}: {due_within(line.owed.due_at, at)}"


def spell_line(line: PreProceedingsLine) -> dict[str, str]:
    """Pre-proceedings on one line."""
    ended = f" to {day_words(line.ended_on)}" if line.ended_on else ""
    began = day_words(line.started_on) if line.started_on else "a day that is not recorded"
    return {"title": f"From {began}{ended}", "url": "", "detail": line.outcome_words or line.state_words}


def next_acts(line: PreProceedingsLine, *, decides: bool) -> list[tuple[str, str]]:
    """What may be recorded next, what is owed first; nothing waits for anything else."""
    letter = ("The letter was sent", "before-court-letter")
    family = ("Family group decision making", "before-court-family")
    meeting = ("A meeting was held", "before-court-meeting")
    decide = ("Decide how they end", "before-court-decide")
    applied = ("The court was applied to", "before-court-applied")
    if line.state == "to_court":
        return [applied, meeting, family, *([decide] if decides else [])]
    first = [letter, meeting] if line.letter_sent_on is None else [meeting, letter]
    return [*first, family, *([decide] if decides else [])]


def spell_words(line: PreProceedingsLine, facts: SpellFacts) -> dict[str, object]:
    """The context of court/before-court.html."""
    return {
        "title": since_line(line) if line.is_open else "Pre-proceedings are over",
        "state": line.state_words,
        "open": line.is_open,
        "owed": owed_line(line, facts.at),
        "post": facts.posts.get(line.post, "") if line.post and line.is_open else "",
        "beside": f"Together with {words.listing(facts.beside)}" if facts.beside else "",
        "rows": fact_rows(line),
        "entries": [_happened(one, facts) for one in facts.entries],
    }


def fact_rows(line: PreProceedingsLine) -> list[dict[str, str]]:
    """The dates, in their order; what did not happen yet is left out."""
    rows = [
        ("Decided to begin", _day(line.started_on)),
        ("Letter before proceedings sent", _day(line.letter_sent_on)),
        ("Family group decision making", _family(line)),
        ("First meeting", _day(line.first_meeting_on)),
        ("Review meetings", _reviews(line)),
        ("Decided how they end", ": ".join(one for one in (_day(line.decided_on), line.outcome_words) if one)),
        ("Court applied to", _day(line.applied_on)),
        ("Parents told of the application in a letter", _day(line.letter_of_issue_on)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _day(day: date | None) -> str:
    return day_words(day) if day else ""


def _family(line: PreProceedingsLine) -> str:
    if line.meeting_offered is None and line.meeting_held is None:
        return ""
    if line.meeting_held:
        return "Offered, and held"
    came = {False: ", and did not take place", None: ""}[line.meeting_held]
    return f"Offered{came}" if line.meeting_offered else "Not offered"


def _reviews(line: PreProceedingsLine) -> str:
    if not line.review_meetings:
        return ""
    last = f", the last on {day_words(line.last_met_on)}" if line.last_met_on else ""
    return f"{words.count(line.review_meetings, 'meeting')}{last}"


def _happened(entry: EntryView, facts: SpellFacts) -> dict[str, object]:
    main = next((one for one in entry.paragraphs if one.heading in HAPPENED), None)
    return {
        "title": HAPPENED[main.heading] if main else "Written",
        "moment": str(entry.when),
        "byline": facts.authors.get(entry.author, ""),
        "passages": [_passage(one) for one in entry.passages],
        "documents": [facts.documents[one] for one in entry.documents if one in facts.documents],
    }


def _passage(one: PassageView) -> dict[str, str]:
    section = "" if one.section == Section.ORDINARY else SECTION_LABELS[Section(one.section)]
    return {"text": one.text, "section": section, "told_by": one.told_by}

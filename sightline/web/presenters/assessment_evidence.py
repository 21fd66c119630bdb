"""Evidence in words: who was asked, how far it got, and what can be done about it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.assessments.queries import EvidenceView, evidence_status
from sightline.record.queries import EntryView
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within
from sightline.web.presenters.timeline import TimelineFacts, passage_row

LONG = 700
"""Characters of an answer from which it is folded, so that the page keeps its other answers in sight."""


def whom(one: EvidenceView) -> str:
    """The professional by name where it is known, with post and agency."""
    named = f"{one.name}, {one.title}" if one.name else one.title
    return f"{named}, {one.agency}"


def asked_rows(
    asked: Iterable[EvidenceView], assessment: UUID, at: datetime, answers: Mapping[UUID, Sequence[str]]
) -> list[dict[str, object]]:
    """Who was asked, as assessments/evidence.html draws them. `answers` are where each answer of a request stands."""
    return [
        {
            "title": whom(one),
            "detail": " ".join(_detail(one, at)),
            "tag": evidence_status(one),
            "colour": "green" if one.answered_at else "grey",
            "links": _links(one, assessment, answers.get(one.id, ())),
        }
        for one in asked
    ]


def _detail(one: EvidenceView, at: datetime) -> list[str]:
    found = [f"Asked {words.when(one.asked_at, at)}: {one.question}"] if one.asked_at else []
    if one.waiting and one.due_at:
        found.append(f"Their answer is {due_within(one.due_at, at)}.")
    if one.answered_at:
        found.append(f"Answered {words.when(one.answered_at, at)}.")
    return found


def _links(one: EvidenceView, assessment: UUID, answers: Sequence[str]) -> list[dict[str, str]]:
    added = [f"Read what they added ({number} of {len(answers) - 1})" for number in range(1, len(answers))]
    if len(added) == 1:
        added = ["Read what they added"]
    found = [{"text": text, "url": url} for text, url in zip(["Read the answer", *added], answers, strict=False)]
    found += [{"text": "The letter, and its code", "url": address("message", one.message)}] if one.message else []
    if one.answered_at is None:
        found.append({"text": "Record an answer", "url": address("assessment-answer", assessment, one.id)})
    return found


@dataclass(frozen=True)
class AnswerFacts:
    """What the rows of answers stand on: names and documents, which entries came by the link, and now."""

    beside: TimelineFacts
    by_link: Collection[UUID]
    at: datetime


def answer_rows(
    asked: Iterable[EvidenceView], came: Mapping[UUID, Sequence[EntryView]], facts: AnswerFacts
) -> list[dict[str, object]]:
    """Each answer and what was added to it, in the order asked, for assessments/answers.html."""
    return [
        _answer_row(one, entry, facts, added=number > 0)
        for one in asked
        for number, entry in enumerate(came.get(one.id, ()))
    ]


def _answer_row(one: EvidenceView, entry: EntryView, facts: AnswerFacts, *, added: bool) -> dict[str, object]:
    long = sum(len(passage.text) for passage in entry.passages) > LONG
    return {
        "whom": f"{whom(one)}: added later" if added else whom(one),
        "came": _came_words(one, entry, facts),
        "summary": f"Read all that {one.agency} {'added' if added else 'answered'}" if long else "",
        "passages": [passage_row(passage, entry, facts.beside) | {"told_by": ""} for passage in entry.passages],
        "documents": [facts.beside.documents[key] for key in entry.documents if key in facts.beside.documents],
    }


def _came_words(one: EvidenceView, entry: EntryView, facts: AnswerFacts) -> str:
    """Who signed it, or who told it to one of ours, and when."""
    name = next((passage.told_by for passage in entry.passages if passage.told_by), one.name)
    moment = words.when(entry.when.earliest, facts.at)
    if entry.id in facts.by_link:
        return f"Signed by {name}, {moment}" if name else words.capital(moment)
    writer = facts.beside.authors.get(entry.author, "")
    return f"Told by {name}, {moment}{f', written down by {writer}' if writer else ''}"


def unanswered_words(found: Iterable[EvidenceView]) -> list[str]:
    """Each professional who was asked or left out, and how far it got, in a line."""
    return [f"{whom(one)}: {_inside(evidence_status(one))}" for one in found]


def _inside(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]

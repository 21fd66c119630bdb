"""Evidence in words: who was asked, how far it got, and what can be done about it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sightline.assessments.queries import EvidenceView, evidence_status
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within


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


def unanswered_words(found: Iterable[EvidenceView]) -> list[str]:
    """Each professional who was asked or left out, and how far it got, in a line."""
    return [f"{whom(one)}: {_inside(evidence_status(one))}" for one in found]


def _inside(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]

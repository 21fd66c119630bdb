"""A signed assessment in words: its paragraphs under the questions as they were asked then."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sightline.assessments.kinds import form_of, questions_of
from sightline.assessments.signed_words import EVIDENCE, NOT_WRITTEN
from sightline.assessments.signing import OUTCOME_HEADING
from sightline.people.queries import PersonName
from sightline.practice.spec import Form, Pack
from sightline.record.queries import PassageView
from sightline.web.assessments.parts import blocks_of
from sightline.web.presenters.assessments import NOT_ASKED
from sightline.web.presenters.steps import names_of, shown_name
from sightline.web.presenters.words import full_moment

HEADINGS = {NOT_WRITTEN: "A part that is empty", EVIDENCE: "Evidence that was asked for"}
"""What stands beside the parts, and answers no question."""


def labels_of(pack: Pack, kind: str = "") -> dict[str, str]:
    """Each question by its key, in the words in which that kind of assessment asks it."""
    return {key: str(one.label) for key, one in questions_of(pack, kind).items()}


def sections_of(
    pack: Pack,
    passages: Sequence[PassageView],
    children: Sequence[UUID],
    headers: Mapping[UUID, PersonName],
    *,
    kind: str = "",
) -> list[dict[str, object]]:
    """Sections that say something, as assessments/read-section.html draws them; nothing in them can be written.

    Words that were carried on from another kind of assessment, and that this one does not ask, come last.
    """
    form = form_of(pack, kind)
    asked = {question.key for question in form.questions if question.asked_of == "child"}
    said = {(one.heading, one.about[0] if one.heading in asked and one.about else None): one for one in passages}
    found: list[dict[str, object]] = []
    for section in form.sections:
        blocks = [
            {
                "whose": block.whose,
                "rows": [
                    {"label": part.label, "text": said[part.place].text, "id": part.anchor}
                    for part in block.parts
                    if part.place in said
                ],
            }
            for block in blocks_of(section, children, headers)
        ]
        if any(block["rows"] for block in blocks):
            found.append({"key": section.key, "title": str(section.title), "blocks": [b for b in blocks if b["rows"]]})
    return [*found, *_unasked(form, passages, headers, labels_of(pack, kind))]


def _unasked(
    form: Form, passages: Iterable[PassageView], headers: Mapping[UUID, PersonName], labels: Mapping[str, str]
) -> list[dict[str, object]]:
    """One section of what was written under questions that this form does not ask; none where there is nothing."""
    beside = {OUTCOME_HEADING, *HEADINGS, *(one.key for one in form.questions)}
    rows = [
        {"label": _of_whom(one, labels, headers), "text": one.text, "id": f"unasked-{place}"}
        for place, one in enumerate(passages)
        if one.heading and one.heading not in beside
    ]
    return [{"key": "unasked", "title": NOT_ASKED, "blocks": [{"whose": "", "rows": rows}]}] if rows else []


def _of_whom(one: PassageView, labels: Mapping[str, str], headers: Mapping[UUID, PersonName]) -> str:
    label = labels.get(one.heading, one.heading.replace("_", " ").capitalize())
    whose = names_of(one.about, headers)
    return f"{label} ({whose})" if whose else label


def beside(passages: Iterable[PassageView]) -> dict[str, list[str]]:
    """What was not written, with why, and who was asked for evidence: under `not_written` and `evidence_asked`."""
    found: dict[str, list[str]] = {heading: [] for heading in HEADINGS}
    for one in passages:
        if one.heading in found:
            found[one.heading].append(one.text)
    return found


def account_rows(accounts: Iterable[PassageView], givers: Mapping[UUID, PersonName]) -> list[dict[str, str]]:
    """What the family says of it, for casework/passages.html."""
    return [
        {
            "heading": _giver(one, givers) + (", who does not agree" if one.disagrees else ""),
            "text": one.text,
            "handling": f"Added {full_moment(one.added_at)}",
        }
        for one in accounts
    ]


def _giver(one: PassageView, givers: Mapping[UUID, PersonName]) -> str:
    giver = givers.get(one.given_by) if one.given_by else None
    return shown_name(giver) if giver else "Somebody of the family"

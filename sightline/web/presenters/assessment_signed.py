"""A signed assessment in words: its paragraphs under the questions as they were asked then."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sightline.assessments.signed_words import EVIDENCE, NOT_WRITTEN
from sightline.people.queries import PersonHeader
from sightline.practice.spec import Pack
from sightline.record.queries import PassageView
from sightline.web.assessments.parts import blocks_of
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import full_moment

FORM = "assessment"
HEADINGS = {NOT_WRITTEN: "A part that is empty", EVIDENCE: "Evidence that was asked for"}
"""What stands beside the parts, and answers no question."""


def labels_of(pack: Pack) -> dict[str, str]:
    """Each question by its key."""
    return {one.key: str(one.label) for one in pack.form(FORM).questions}


def sections_of(
    pack: Pack, passages: Sequence[PassageView], children: Sequence[UUID], headers: Mapping[UUID, PersonHeader]
) -> list[dict[str, object]]:
    """Sections that say something, as assessments/read-section.html draws them; nothing in them can be written."""
    asked = {question.key for question in pack.form(FORM).questions if question.asked_of == "child"}
    said = {(one.heading, one.about[0] if one.heading in asked and one.about else None): one for one in passages}
    found: list[dict[str, object]] = []
    for section in pack.form(FORM).sections:
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
    return found


def beside(passages: Iterable[PassageView]) -> dict[str, list[str]]:
    """What was not written, with why, and who was asked for evidence: under `not_written` and `evidence_asked`."""
    found: dict[str, list[str]] = {heading: [] for heading in HEADINGS}
    for one in passages:
        if one.heading in found:
            found[one.heading].append(one.text)
    return found


def account_rows(accounts: Iterable[PassageView], givers: Mapping[UUID, PersonHeader]) -> list[dict[str, str]]:
    """What the family says of it, for casework/passages.html."""
    return [
        {
            "heading": _giver(one, givers) + (", who does not agree" if one.disagrees else ""),
            "text": one.text,
            "handling": f"Added {full_moment(one.added_at)}",
        }
        for one in accounts
    ]


def _giver(one: PassageView, givers: Mapping[UUID, PersonHeader]) -> str:
    giver = givers.get(one.given_by) if one.given_by else None
    return shown_name(giver) if giver else "Somebody of the family"

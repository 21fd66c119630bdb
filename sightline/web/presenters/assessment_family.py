"""The version of an assessment for one member of the family: a first draft in four parts, which the worker edits.

Nothing goes into a draft that is not known to be this person's to have. Whatever is left out is named,
so that the worker decides about it and asks whoever must be asked first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.people.queries import PersonHeader
from sightline.record.queries import PassageView
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import count, listing

TOLD, SAW, THINK, NEXT = "What you told us", "What we saw", "What we think", "What happens next"
HEADINGS = (TOLD, SAW, THINK, NEXT)
TO_A_PARENT: Mapping[str, str] = {
    "mothers_view": TOLD,
    "fathers_view": TOLD,
    "others_view": TOLD,
    "childs_day": SAW,
    "childs_strengths": SAW,
    "strengths": SAW,
    "what_we_know": SAW,
    "what_we_think": THINK,
    "safety_for_child": THINK,
    "impact": THINK,
    "decision": NEXT,
    "what_happens_next": NEXT,
}
"""Where each part stands in a parent's version. A part that is not here is nobody's but the record's."""
TO_A_CHILD: Mapping[str, str] = {"wishes": TOLD, "childs_day": SAW, "childs_strengths": SAW, "impact": THINK}
"""The same for a child, of whom only the parts about them alone are drafted."""
OF_ONE = {"mothers_view": "mother", "fathers_view": "father", "others_view": "carer"}
"""What one person said goes to that person, and only where no other can be meant."""
TO_DECIDE = {
    "safety_there_is": "decide whether it is safe for them to have it.",
    "wishes": "it is in a child's own words. Ask the child first.",
}
"""Never drafted for a parent, and named with what to weigh: who keeps the children safe can be a danger to say."""
PLAIN_SECTIONS = frozenset({"ordinary", "health", "child_words"})
PARENTS = frozenset({"mother", "father", "parent"})
LONG_SENTENCE, LONG_WORD = 20, 12


@dataclass(frozen=True)
class Recipient:
    """Who the version is for: a child of the assessment, or a parent, of which of its children and as what."""

    header: PersonHeader
    child: bool
    parent_of: frozenset[UUID] = frozenset()
    as_what: frozenset[str] = frozenset()
    only_one: bool = False


@dataclass(frozen=True)
class FamilyDraft:
    """Words under the four headings, and what was left out with why."""

    text: str
    left_out: tuple[str, ...]


def parent_words(recipient: Recipient, children: Sequence[str]) -> str:
    """`Mother of Jack and Rosie`."""
    kinds = sorted(recipient.as_what & PARENTS) or ["parent"]
    return f"{kinds[0].replace('_', ' ').capitalize()} of {listing(children)}"


def draft_for(
    recipient: Recipient,
    passages: Iterable[PassageView],
    labels: Mapping[str, str],
    headers: Mapping[UUID, PersonHeader],
) -> FamilyDraft:
    """What this person may have of an assessment as it was signed. `labels` are the questions by their keys."""
    under: dict[str, list[str]] = {heading: [] for heading in HEADINGS}
    left_out: list[str] = []
    places = TO_A_CHILD if recipient.child else TO_A_PARENT
    for passage in passages:
        if passage.heading in TO_DECIDE and set(passage.about) <= recipient.parent_of:
            left_out.append(f"{_label(passage, labels)}: {TO_DECIDE[passage.heading]}")
        place = places.get(passage.heading)
        if place is None:
            continue
        why_not = _kept_from(recipient, passage)
        if why_not is None:
            under[place].append(_paragraph(recipient, passage, headers))
        elif _may_be_named(recipient, passage):
            left_out.append(f"{_label(passage, labels)}: {why_not}")
    return FamilyDraft(_text(under), tuple(dict.fromkeys(left_out)))


def _label(passage: PassageView, labels: Mapping[str, str]) -> str:
    return labels.get(passage.heading, passage.heading).rstrip("?")


def _kept_from(recipient: Recipient, passage: PassageView) -> str | None:
    """Why this paragraph is not in the draft; nothing where it is. The first that holds, in this order."""
    about = frozenset(passage.about)
    own_words = passage.section == "child_words"
    in_order = (
        (passage.section not in PLAIN_SECTIONS, "it may not be given to the family."),
        (passage.handling in {"not_family", "professionals"}, "it may not be given to the family."),
        (passage.handling == "ask_first" or bool(passage.told_by), "ask whoever told us first."),
        (recipient.child and about != {recipient.header.id}, "it is also about others."),
        (not recipient.child and not about <= recipient.parent_of, "it is also about children who are not theirs."),
        (not recipient.child and own_words, "it is in a child's own words. Ask the child first."),
        (_is_another_s(recipient, passage.heading), "it holds what somebody else told us."),
    )
    return next((why for holds, why in in_order if holds), None)


def _is_another_s(recipient: Recipient, heading: str) -> bool:
    """A parent's view is that parent's, and where there are two of a kind nobody can say whose."""
    whose = OF_ONE.get(heading)
    return whose is not None and (whose not in recipient.as_what or not recipient.only_one)


def _may_be_named(recipient: Recipient, passage: PassageView) -> bool:
    """Another child's part is not even named: that it is there says something."""
    return bool(set(passage.about) & (recipient.parent_of | {recipient.header.id}))


def _paragraph(recipient: Recipient, passage: PassageView, headers: Mapping[UUID, PersonHeader]) -> str:
    """A child's own part names the child, where the reader has several."""
    if recipient.child or len(passage.about) != 1 or len(recipient.parent_of) < 2:
        return passage.text.strip()
    child = headers.get(passage.about[0])
    return f"{shown_name(child)}: {passage.text.strip()}" if child else passage.text.strip()


def _text(under: Mapping[str, Sequence[str]]) -> str:
    return "\n\n".join("\n\n".join([heading, *under[heading]]) for heading in HEADINGS)


def blocks_of(text: str) -> list[dict[str, object]]:
    """The text as a page shows it: its four headings, and what stands under each."""
    blocks: list[dict[str, object]] = []
    paragraphs: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        if paragraph.strip() in HEADINGS:
            paragraphs = []
            blocks.append({"heading": paragraph.strip(), "paragraphs": paragraphs})
        elif paragraph.strip():
            if not blocks:
                blocks.append({"heading": "", "paragraphs": paragraphs})
            paragraphs.append(paragraph.strip())
    return [block for block in blocks if block["paragraphs"]]


def reading_words(text: str) -> list[str]:
    """How hard the text is to read, in facts that can be mended: long sentences, and long words."""
    sentences = [one for one in re.split(r"(?<=[.!?])\s+|\n+", text) if one.strip() and one.strip() not in HEADINGS]
    long = [one for one in sentences if len(one.split()) > LONG_SENTENCE]
    words = {word.lower() for one in sentences for word in re.findall(r"[^\W\d_]+", one) if len(word) >= LONG_WORD}
    found = []
    if long:
        found.append(f"{count(len(long), 'sentence')} longer than {LONG_SENTENCE} words. Two short ones are easier.")
    if words:
        found.append(f"Long words that could be shorter: {listing(sorted(words)[:12])}.")
    return found

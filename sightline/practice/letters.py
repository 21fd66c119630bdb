"""What each letter may and must say. The words are the pack's; this is the fence.

A member of the public's letter has no placeholder that could hold anything about a
family, so no wording of the pack can put it there. The notice goes by ordinary
e-mail and holds a link and a telephone number.
"""

import re
from dataclasses import dataclass

from sightline.practice.spec import Audience

PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")


@dataclass(frozen=True)
class LetterRule:
    """For whom it is, the placeholders it must have, and those it may."""

    audience: Audience
    must: frozenset[str]
    may: frozenset[str] = frozenset()


_TOLD_WHEN = frozenset({"children", "when", "where", "ring"})
_DECIDED = frozenset({"decisions", "record", "plan", "next", "ring"})

LETTERS: dict[str, LetterRule] = {
    "acknowledgement.professional": LetterRule(
        "professional", frozenset({"received", "decide_by", "ring"}), frozenset({"children"})
    ),
    "acknowledgement.public": LetterRule("public", frozenset({"received", "ring"})),
    "outcome.professional": LetterRule(
        "professional",
        frozenset({"outcome", "next_step", "ring"}),
        frozenset({"received", "children"}),
    ),
    "check.request": LetterRule(
        "professional",
        frozenset({"reason", "lawful_basis", "answer_by", "ring"}),
        frozenset({"children"}),
    ),
    "evidence.request": LetterRule(
        "professional", frozenset({"question", "answer_by", "ring"}), frozenset({"children"})
    ),
    "closing.professional": LetterRule(
        "professional", frozenset({"how_to_come_back", "ring"}), frozenset({"children", "ended_on"})
    ),
    "conference.invitation.professional": LetterRule(
        "professional",
        frozenset({"kind", "when", "where", "asked", "answer_by", "ring"}),
        frozenset({"children", "chair"}),
    ),
    "conference.invitation.family": LetterRule("family", _TOLD_WHEN, frozenset({"kind", "chair"})),
    "conference.invitation.child": LetterRule("family", _TOLD_WHEN, frozenset({"kind", "chair"})),
    # Whoever is not to know when and where is sent words that have no place for them.
    "conference.invitation.excluded": LetterRule("family", frozenset({"because", "ring"}), frozenset({"children"})),
    "conference.decision.professional": LetterRule(
        "professional", _DECIDED, frozenset({"children", "kind", "held_on"})
    ),
    "conference.decision.family": LetterRule("family", _DECIDED, frozenset({"children", "kind", "held_on"})),
    "conference.decision.excluded": LetterRule("family", frozenset({"decisions", "ring"}), frozenset({"children"})),
    "enquiry.outcome": LetterRule("professional", frozenset({"outcome", "next_step", "ring"}), frozenset({"children"})),
    "disagreement.resolved": LetterRule("professional", frozenset({"about", "outcome", "ring"})),
    "notice": LetterRule("public", frozenset({"link", "ring"})),
}


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(PLACEHOLDER.findall(text))


def stray_braces(text: str) -> bool:
    """Whether a brace stands alone, or holds what is no name."""
    rest = PLACEHOLDER.sub("", text)
    return "" in placeholders(text) or "{" in rest or "}" in rest

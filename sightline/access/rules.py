"""The one list of sections, and what each kind of reader is given of it."""

from datetime import timedelta
from enum import StrEnum


class Section(StrEnum):
    """The part of a record that a passage, a name or an address belongs to."""

    ORDINARY = "ordinary"
    IDENTITY = "identity"
    ADDRESS = "address"
    SAFE_ADDRESS = "safe_address"
    HEALTH = "health"
    POLICE = "police"
    CHILD_WORDS = "child_words"
    THIRD_PARTY = "third_party"
    REFERRER_PUBLIC = "referrer_public"
    LEGAL_ADVICE = "legal_advice"
    SUPERVISION = "supervision"
    ADOPTION = "adoption"


SECTION_LABELS = {
    Section.ORDINARY: "Ordinary",
    Section.IDENTITY: "Identity",
    Section.ADDRESS: "Address",
    Section.SAFE_ADDRESS: "Address withheld for safety",
    Section.HEALTH: "Health",
    Section.POLICE: "From the police",
    Section.CHILD_WORDS: "The child's own words",
    Section.THIRD_PARTY: "About someone else",
    Section.REFERRER_PUBLIC: "Who told us (member of the public)",
    Section.LEGAL_ADVICE: "Legal advice",
    Section.SUPERVISION: "Supervision",
    Section.ADOPTION: "Adoption",
}

EVERYDAY = (
    Section.ORDINARY,
    Section.IDENTITY,
    Section.ADDRESS,
    Section.HEALTH,
    Section.POLICE,
    Section.CHILD_WORDS,
    Section.THIRD_PARTY,
)
"""What a team that works with a child reads: everything but the sections kept for named readers."""

FRONT_DOOR = (*EVERYDAY, Section.REFERRER_PUBLIC)
"""The duty and emergency teams must also be able to ring back a member of the public."""

IDENTITY_ONLY = (Section.IDENTITY,)

EMERGENCY = "emergency"
"""Why a grant of emergency access was given. The rule in the database knows this word."""

EMERGENCY_HOURS = 8
"""How long a record that was opened in an emergency stays open: one shift of the emergency duty team."""
EMERGENCY_REVIEW_DAYS = 2
"""Within how many working days somebody else looks at it: access must be accounted for (UK GDPR, article 5(2))."""
EMERGENCY_RULE = "emergency access, local rule: 2 working days"
"""Under which rule the review is due, as a step says it."""
LEAST_WORDS = 10
"""How many letters a reason has at the least."""


def says_enough(words: str) -> bool:
    """Whether a reason in words says anything: blanks do not count."""
    return len("".join(words.split())) >= LEAST_WORDS


def section_choices() -> list[tuple[str, str]]:
    """Sections with their labels, in the order in which a worker is offered them."""
    return [(section.value, SECTION_LABELS[section]) for section in Section]


REVIEW_WITHIN = timedelta(days=90)
"""How long a restriction may stand before its reviewer looks at it again."""

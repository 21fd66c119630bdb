"""Who asks, and what the access rule lets each of them read: stated again here, by hand, in plain words.

Nothing below is taken from the product's code. It is what `access/rules.py` and the rooms' READMEs
promise, so that a fault there shows as a difference.
"""

from dataclasses import dataclass

EVERYDAY = frozenset({"ordinary", "identity", "address", "health", "police", "child_words", "third_party"})
FRONT_DOOR = EVERYDAY | {"referrer_public"}
IDENTITY = frozenset({"identity"})

SIGNED_OUT = "nobody"
WITHOUT_CODE = "no_code"

# Each persona, and the account that plays it.
PERSONAS = {
    SIGNED_OUT: "",
    WITHOUT_CODE: "nina",
    "duty_worker": "dipa",
    "social_worker": "jane",
    "family_support_worker": "marcus",
    "team_manager": "gareth",
    "service_manager": "helen",
    "emergency_duty": "sanjay",
    "conference_chair": "winston",
    "reviewing_officer": "priya",
    "lawyer": "imogen",
    "business_support": "bilal",
    "partner": "sarah",
    "analyst": "leon",
    "administrator": "anna",
    "other_team": "nadia",
    "barred": "ben",
    "named_reader": "nora",
}
SIGNED_IN = [persona for persona in PERSONAS if persona not in {SIGNED_OUT, WITHOUT_CODE}]
BY_ROLE = {persona: persona for persona in SIGNED_IN} | dict.fromkeys(
    ("other_team", "barred", "named_reader"), "social_worker"
)
NO_CASEWORK = ("partner", "analyst", "administrator")
"""Roles that may open nobody's record and look for nobody."""

# The step that the front door opened for the other two children goes on with another team, and stays in its sight.
_AT_THE_FRONT_DOOR = {
    "own": FRONT_DOOR, "mother": FRONT_DOOR, "kin": EVERYDAY, "other": EVERYDAY, "lodger": FRONT_DOOR,
}  # fmt: skip
_WITH_THE_CHILD = {"own": EVERYDAY, "mother": EVERYDAY, "kin": IDENTITY}

# Whose record each of them reads, and which sections of it.
SIGHT: dict[str, dict[str, frozenset[str]]] = {
    "duty_worker": _AT_THE_FRONT_DOOR,
    "service_manager": _AT_THE_FRONT_DOOR | {"restricted": EVERYDAY},
    "business_support": _AT_THE_FRONT_DOOR,
    "emergency_duty": {"own": FRONT_DOOR, "mother": FRONT_DOOR, "kin": FRONT_DOOR, "lodger": FRONT_DOOR},
    "social_worker": _WITH_THE_CHILD,
    "family_support_worker": _WITH_THE_CHILD,
    "team_manager": _WITH_THE_CHILD,
    "named_reader": _WITH_THE_CHILD | {"restricted": EVERYDAY},
    # By the conference that they chair, and by something that they are to do for the first child.
    "conference_chair": _WITH_THE_CHILD,
    "reviewing_officer": {"own": EVERYDAY},
    "other_team": {"other": EVERYDAY, "kin": EVERYDAY, "own": IDENTITY},
    "barred": {"kin": IDENTITY},
}
LODGER_READERS = ("duty_worker", "service_manager", "business_support", "emergency_duty")
"""The one contact that speaks of the lodger is with the front door and with the emergency duty team."""
# What is of two children is read by whoever reads one of them; of the other they learn nothing.
for _persona in ("social_worker", "conference_chair", "named_reader"):
    SIGHT[_persona] = SIGHT[_persona] | {"together": EVERYDAY}
SIGHT["social_worker"] = SIGHT["social_worker"] | {"unborn": EVERYDAY}
# By name, and by the emergency access in which the address was asked for too.
for _persona in ("named_reader", "other_team"):
    SIGHT[_persona] = SIGHT[_persona] | {"known": EVERYDAY | {"safe_address"}}
SIGHT["service_manager"] = SIGHT["service_manager"] | {"own": FRONT_DOOR | {"safe_address"}}
BARRED_FROM = {"barred": {"own", "mother"}}
NAMED_FOR_RESTRICTED = {"named_reader", "service_manager"}
READS_WHO_MAY_BE_KNOWN_OF = {"named_reader", "other_team"}
"""A child whose record is closed but who may be known of: the listed reader, and who opened it in an emergency."""
APART_TEAM = {"duty_worker", "service_manager", "business_support"}
"""The designated officer's post stands in the front door's team, which therefore reads what is kept apart."""


@dataclass(frozen=True)
class Canary:
    """Words that stand in one protected place. `only` names the readers where the rule names them, `also` those who
    read them without a sight of the record: whoever looks again at how it is protected.
    """

    text: str
    about: tuple[str, ...]
    section: str
    only: frozenset[str] | None = None
    also: frozenset[str] = frozenset()


def is_closed_to(persona: str, person: str) -> bool:
    """Whether a bar keeps this persona from this person, whatever else they may read."""
    if person == "restricted":
        return persona not in NAMED_FOR_RESTRICTED
    if person == "known":
        return persona not in READS_WHO_MAY_BE_KNOWN_OF
    return person in BARRED_FROM.get(persona, set())


def finds(persona: str, person: str) -> bool:
    """Whether searching gives this persona that there is this person."""
    return person == "known" or not is_closed_to(persona, person)


def may_read(persona: str, canary: Canary) -> bool:
    """The oracle: whether these words may reach this persona in any way at all."""
    if persona in canary.also:
        return True
    if persona in {SIGNED_OUT, WITHOUT_CODE, *NO_CASEWORK}:
        return False
    if canary.only is not None and persona not in canary.only:
        return False
    if canary.section == "name":
        # Searching gives who somebody is to everybody who may search, and leaves out whoever is closed to them.
        return any(finds(persona, person) for person in canary.about)
    return any(
        canary.section in SIGHT.get(persona, {}).get(person, frozenset()) and not is_closed_to(persona, person)
        for person in canary.about
    )

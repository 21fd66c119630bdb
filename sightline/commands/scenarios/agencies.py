"""Who the agencies of a scenario are: what each is called here, of which kind, and in what capacity it tells us."""

import re
from dataclasses import dataclass

_OURS = re.compile(r"social_care(_area_(\d+|N))?")


@dataclass(frozen=True)
class Known:
    """An agency of the vocabulary. `capacity` is an option of the pack's list `source`."""

    label: str
    kind: str
    capacity: str
    public: bool = False
    channel: str = "phone"


SCHOOL, HEALTH = "school", "health"
VOCABULARY = {
    "school": Known("School", SCHOOL, "school"),
    "school_2": Known("Second school", SCHOOL, "school"),
    "nursery": Known("Nursery", SCHOOL, "school"),
    "school_nurse": Known("School nurse", HEALTH, "school_nurse"),
    "education_welfare": Known("Education welfare", "education", "education_service"),
    "police": Known("Police", "police", "police", channel="police_notification"),
    "cps": Known("Prosecution service", "justice", "court_or_probation"),
    "gp": Known("General practice", HEALTH, "general_practitioner"),
    "health_visitor": Known("Health visitors", HEALTH, "health_visitor"),
    "midwifery": Known("Midwives", HEALTH, "primary_health"),
    "community_paediatrics": Known("Community paediatrics", HEALTH, "other_health"),
    "mental_health": Known("Mental health service", HEALTH, "other_health"),
    "hospital_ae_1": Known("Emergency department", HEALTH, "emergency_department"),
    "hospital_ae_2": Known("Second emergency department", HEALTH, "emergency_department"),
    "hospital_other": Known("Hospital", HEALTH, "other_health"),
    "ambulance": Known("Ambulance service", HEALTH, "other_health"),
    "housing": Known("Housing", "housing", "housing"),
    "court": Known("Court", "justice", "court_or_probation"),
    "legal": Known("Legal service", "justice", "court_or_probation"),
    "registrar": Known("Registrar", "authority", "own_other_department"),
    "foster_carer": Known("Foster carer", "other", "family_member", public=True),
    "voluntary": Known("Voluntary organisation", "voluntary", "voluntary_or_other"),
    "faith_group": Known("Faith group", "voluntary", "voluntary_or_other"),
    "relative": Known("Relatives", "other", "family_member", public=True),
    "neighbour_public": Known("Neighbours", "other", "acquaintance", public=True),
    "household": Known("Household", "other", "family_member", public=True),
    "social_care_other_area": Known("Another authority", "authority", "another_authority"),
}


def is_ours(agency: str) -> bool:
    """Whether this is the authority that is played into."""
    return bool(_OURS.fullmatch(agency))


def is_known(agency: str) -> bool:
    """Whether the vocabulary has it."""
    return is_ours(agency) or agency in VOCABULARY


def known(agency: str) -> Known:
    """What it is; one that the vocabulary has not is some other organisation."""
    return VOCABULARY.get(agency) or Known(agency.replace("_", " ").capitalize(), "other", "voluntary_or_other")

"""The roles of those who sign in, and the few sets of them that rooms ask for."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is employed to do. What they may see comes from grants, never from a role."""

    DUTY_WORKER = "duty_worker"
    SOCIAL_WORKER = "social_worker"
    FAMILY_SUPPORT_WORKER = "family_support_worker"
    TEAM_MANAGER = "team_manager"
    SERVICE_MANAGER = "service_manager"
    EMERGENCY_DUTY = "emergency_duty"
    CONFERENCE_CHAIR = "conference_chair"
    REVIEWING_OFFICER = "reviewing_officer"
    LAWYER = "lawyer"
    BUSINESS_SUPPORT = "business_support"
    PARTNER = "partner"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"


ROLE_LABELS = {
    Role.DUTY_WORKER: "Duty worker",
    Role.SOCIAL_WORKER: "Social worker",
    Role.FAMILY_SUPPORT_WORKER: "Family support worker",
    Role.TEAM_MANAGER: "Team manager",
    Role.SERVICE_MANAGER: "Service manager",
    Role.EMERGENCY_DUTY: "Emergency duty team",
    Role.CONFERENCE_CHAIR: "Conference chair",
    Role.REVIEWING_OFFICER: "Independent reviewing officer",
    Role.LAWYER: "Lawyer",
    Role.BUSINESS_SUPPORT: "Business support",
    Role.PARTNER: "Partner professional",
    Role.ANALYST: "Analyst",
    Role.ADMINISTRATOR: "Administrator",
    Role.CLOCK: "The clock (nobody: what happens by itself at a time)",
}

MANAGERS = frozenset({Role.TEAM_MANAGER, Role.SERVICE_MANAGER})

FRONT_DOOR = frozenset({Role.DUTY_WORKER, Role.SOCIAL_WORKER, Role.EMERGENCY_DUTY, *MANAGERS})
"""Who takes contacts, looks for people and asks other agencies."""

CASEWORKERS = frozenset({*FRONT_DOOR, Role.FAMILY_SUPPORT_WORKER, Role.CONFERENCE_CHAIR, Role.REVIEWING_OFFICER})
"""Who records on a child's record, where a grant lets them see it."""

RECORD_READERS = frozenset({*CASEWORKERS, Role.LAWYER, Role.BUSINESS_SUPPORT})
"""Who may open a child's record at all; the rule then says whose."""


def role_choices() -> list[tuple[str, str]]:
    """Roles with their labels."""
    return [(role.value, ROLE_LABELS[role]) for role in Role]

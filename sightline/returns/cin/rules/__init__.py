"""The rules by which a census is judged, one module for each part of it."""

from sightline.returns.cin.rules import (
    assessment,
    characteristics,
    closure,
    enquiries,
    identity,
    own,
    plans,
    protection,
    referral,
    whole,
)
from sightline.returns.cin.rules.register import RULES, Fault, Rule

__all__ = [
    "RULES",
    "Fault",
    "Rule",
    "assessment",
    "characteristics",
    "closure",
    "enquiries",
    "identity",
    "own",
    "plans",
    "protection",
    "referral",
    "whole",
]

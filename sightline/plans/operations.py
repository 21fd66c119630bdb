"""The only writer of this room. Its verbs stand in files by what they write."""

from sightline.plans.agreeing import make_version, record_agreement, sign
from sightline.plans.helping import ask_service, service_began, service_ended, service_not_coming
from sightline.plans.making import add_child, correct_days, end_by_law, open_plan, set_lead, take_off_plan
from sightline.plans.moving_along import carry_along, change_need
from sightline.plans.protecting import CategoryGiven, give_way, say_plans_before, set_categories, set_category
from sightline.plans.reviewing import hold_review
from sightline.plans.rules import ProgressGiven, SignatureGiven
from sightline.plans.shaping import add_outcome, agree_action, end_outcome, reword_outcome, set_terms
from sightline.plans.taking_up import go_on_with_earlier

__all__ = [
    "CategoryGiven",
    "ProgressGiven",
    "SignatureGiven",
    "add_child",
    "add_outcome",
    "agree_action",
    "ask_service",
    "carry_along",
    "change_need",
    "correct_days",
    "end_by_law",
    "end_outcome",
    "give_way",
    "go_on_with_earlier",
    "hold_review",
    "make_version",
    "open_plan",
    "record_agreement",
    "reword_outcome",
    "say_plans_before",
    "service_began",
    "service_ended",
    "service_not_coming",
    "set_categories",
    "set_category",
    "set_lead",
    "set_terms",
    "sign",
    "take_off_plan",
]

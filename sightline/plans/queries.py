"""The only reader of this room that others use. Files by what they read.

Everything here is read under the row policies as whoever acts: what they may not see is not
there. Each question asks a fixed number of queries, however many rows answer it.
"""

from sightline.plans.reading_clocks import Clock, clocks_of, visits_due
from sightline.plans.reading_earlier import EarlierView, get_earlier, list_earlier
from sightline.plans.reading_lines import Lead, NextDue, OnPlan, PlanLine, ServiceLine, list_plans, list_services
from sightline.plans.reading_plans import (
    ActionView,
    Against,
    AgreementView,
    OutcomeView,
    PlanView,
    ProgressView,
    ReviewView,
    SignatureView,
    TermsView,
    Unagreed,
    VersionView,
    get_plan,
    list_against,
    list_unagreed,
    progress_of,
)
from sightline.plans.reading_protection import CategoryView, OnProtection, categories_of, plans_before_of, protection_of

__all__ = [
    "ActionView",
    "Against",
    "AgreementView",
    "CategoryView",
    "Clock",
    "EarlierView",
    "Lead",
    "NextDue",
    "OnPlan",
    "OnProtection",
    "OutcomeView",
    "PlanLine",
    "PlanView",
    "ProgressView",
    "ReviewView",
    "ServiceLine",
    "SignatureView",
    "TermsView",
    "Unagreed",
    "VersionView",
    "categories_of",
    "clocks_of",
    "get_earlier",
    "get_plan",
    "list_against",
    "list_earlier",
    "list_plans",
    "list_services",
    "list_unagreed",
    "plans_before_of",
    "progress_of",
    "protection_of",
    "visits_due",
]

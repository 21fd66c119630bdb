"""What an earlier system recorded, in words: dates and codes, and nobody's sentences."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from sightline.assessments.queries import EarlierView as EarlierAssessment
from sightline.conferences.queries import EarlierView as EarlierConference
from sightline.enquiries.queries import EarlierView as EarlierEnquiry
from sightline.kernel.dates import day_words
from sightline.plans.models import EarlierPlan as Plan
from sightline.plans.queries import EarlierView as EarlierPlan
from sightline.plans.rules import PROTECTION
from sightline.web.presenters import words
from sightline.web.presenters.protection import times_before

THERE = "Recorded in an earlier system"


def _sentences(parts: Iterable[str]) -> str:
    return ". ".join(part for part in parts if part)


def assessment_line(one: EarlierAssessment, factors: Mapping[str, str]) -> dict[str, str]:
    """`Begun 3 March 2026, authorised 9 April 2026`, with what was found."""
    ended = f"authorised {day_words(one.authorised_on)}" if one.authorised_on else "not finished there"
    found = words.listing(factors.get(code, code).lower() for code in one.factors)
    review = f"Looked at on {day_words(one.internal_review_on)}" if one.internal_review_on else ""
    return {
        "title": f"Begun {day_words(one.started_on)}, {ended}",
        "detail": _sentences([f"What was found: {found}" if found else "", review]),
    }


def kind_words(one: EarlierPlan) -> str:
    """`Child protection plan`."""
    return str(Plan.Kind(one.kind).label)


def categories_line(one: EarlierPlan, labels: Mapping[str, str]) -> str:
    """`Neglect`, or `Neglect, then emotional abuse`."""
    named = [labels.get(code, code) for code in dict.fromkeys((one.first_category, one.last_category)) if code]
    return f"{named[0]}, then {named[1].lower()}" if len(named) > 1 else "".join(named)


def latest_category(one: EarlierPlan, labels: Mapping[str, str]) -> str:
    """From what it protects, by what the file ended with."""
    code = one.last_category or one.first_category
    return labels.get(code, code)


def header_line(one: EarlierPlan, labels: Mapping[str, str]) -> str:
    """`Child protection plan: neglect (since 3 March 2026, recorded in an earlier system)`."""
    main = latest_category(one, labels)
    category = f": {main.lower()}" if main and one.kind == PROTECTION else ""
    return f"{kind_words(one)}{category} (since {day_words(one.from_on)}, recorded in an earlier system)"


def _reviews(one: EarlierPlan) -> str:
    if not one.reviewed_on:
        return "No review is recorded there" if one.kind == PROTECTION else ""
    return f"Last reviewed {day_words(max(one.reviewed_on))}"


def plan_line(one: EarlierPlan, labels: Mapping[str, str]) -> dict[str, str]:
    """A plan that is over there, or with which one here goes on."""
    until = f" to {day_words(one.to_on)}" if one.to_on else ""
    goes_on = "A plan here goes on with it" if one.taken_up else ""
    times = times_before(one.plans_before or 0)
    return {
        "title": f"{kind_words(one)} from {day_words(one.from_on)}{until}",
        "detail": _sentences([categories_line(one, labels), _reviews(one), times, goes_on]),
    }


def plan_block(one: EarlierPlan, labels: Mapping[str, str], *, may_take_up: bool) -> dict[str, object]:
    """A plan that stands there, as a plan of ours would stand; and going on with it here."""
    url = reverse("plan-take-up", args=[one.child, one.id])
    main = categories_line(one, labels)
    parts = [
        THERE,
        f"Main category: {main}" if main else "",
        _reviews(one),
        times_before(one.plans_before or 0),
    ]
    title = "On a child protection plan" if one.kind == PROTECTION else "On a child in need plan"
    return {
        "title": f"{title} since {day_words(one.from_on)}.",
        "detail": _sentences(parts),
        "acts": [{"text": "Go on with it here", "url": url}] if may_take_up else [],
        "urgent": False,
    }


def enquiry_line(one: EarlierEnquiry) -> dict[str, str]:
    """An enquiry that is over there."""
    held = f"A conference was held on {day_words(one.conference_on)}" if one.conference_on else ""
    none = "No conference was needed" if one.conference_not_required and not held else ""
    return {"title": f"Section 47 enquiry begun {day_words(one.began_on)}", "detail": held or none}


def enquiry_block(one: EarlierEnquiry, *, may_say: bool) -> dict[str, object]:
    """An enquiry of which nobody has said how it ended."""
    due = f"A conference was to be held by {day_words(one.conference_target_on)}" if one.conference_target_on else ""
    url = reverse("earlier-enquiry", args=[one.child, one.id])
    return {
        "title": f"A section 47 enquiry began on {day_words(one.began_on)}.",
        "detail": _sentences([THERE, "How it ended is not known", due]),
        "acts": [{"text": "How did it end?", "url": url}] if may_say else [],
        "urgent": False,
    }


def conference_line(one: EarlierConference) -> dict[str, str]:
    """An initial conference without an enquiry there."""
    return {"title": f"Initial child protection conference {day_words(one.held_on)}", "detail": ""}

"""Where each kind of step is worked on: the one place that knows."""

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse

from sightline.people.queries import PersonName
from sightline.record.queries import OpenStep
from sightline.recording.rules import CLOSED_ELSEWHERE
from sightline.web.asked import address

OWN_PAGE = {
    "authorise_ending": "ending",
    "disagreement": "disagreement",
    "conference": "conference",
    "strategy": "strategy",
    "enquiry": "enquiry",
    "medical": "medical-record",
    "order": "order-end",
    "possible_twin": "possible-twin",
}
"""Under the step's own key."""
PAGE_OF_SUBJECT = {
    "feedback_disagreement": "disagreement",
    "feedback_enquiry": "enquiry",
    "conference_letters": "conference-letters",
    "review_emergency": "emergency",
    "review_restriction": "restriction",
}
"""Under the key of what it is about."""
ON_THE_RECORD = {
    "assessment": "person-assessment",
    "evidence_answer": "person-assessment",
    "plan": "person-plan",
    "convene_conference": "conference-convene",
    "strategy_discussion": "strategy-ask",
    "pre_proceedings": "before-court",
    "earlier_enquiry": "person-protection",
}
"""On the record of the first child whom it is for."""


def step_url(step: OpenStep, headers: Mapping[UUID, PersonName]) -> str:
    """Where somebody goes to do what a step asks for; nothing where the reader could not open it."""
    if step.kind in OWN_PAGE:
        return address(OWN_PAGE[step.kind], step.id)
    if step.kind == "authorise_assessment" and step.subject:
        return reverse("assessment-sign", args=[step.subject])
    if step.kind in PAGE_OF_SUBJECT and step.subject:
        return address(PAGE_OF_SUBJECT[step.kind], step.subject)
    child = next((one for one in step.people if one in headers and headers[one].kind == "child"), None)
    if child and (url := _of_child(step, child)):
        return url
    if step.kind in CLOSED_ELSEWHERE:
        return address("contact", step.subject) if step.subject else ""
    return reverse("step-finish", args=[step.id])


def _of_child(step: OpenStep, child: UUID) -> str:
    if step.kind in ON_THE_RECORD:
        return address(ON_THE_RECORD[step.kind], child)
    if step.kind == "visit":
        return reverse("visit-record", args=[child]) + f"?planned={step.id}"
    if step.kind == "service":
        return reverse("service-began", args=[child, step.id])
    if step.kind == "authorise_step" and step.subject:
        return reverse("plan-step", args=[child, step.subject])
    return ""

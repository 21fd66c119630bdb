"""Who has viewed a record, in words: who, in which role and for whom, what, and by which relationship."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sightline.access.rules import SECTION_LABELS, Section
from sightline.audit.models import Event
from sightline.audit.queries import Views
from sightline.doorway.relationship import BELOW, OWN, POST
from sightline.doorway.roles import ROLE_LABELS, Role
from sightline.web.presenters import words

VIEW_COLUMNS = ["Who", "When last", "What they opened", "Why they could"]
EMERGENCY = "emergency"
USUAL = frozenset({"", Section.ORDINARY, Section.IDENTITY})
"""Sections that go without saying: the page's own name says what was shown."""

LOOKED_AT = {
    "record": "Overview",
    "timeline": "Timeline",
    "visits": "Visits",
    "people": "People and agencies",
    "documents": "List of documents",
    "assessment": "Assessment",
    "assessment_evidence": "Evidence for an assessment",
    "assessment_signed": "A signed assessment",
    "assessment_family": "A version of an assessment for the family",
    "conclusion": "A conclusion",
    "plan": "Plan",
    "protection": "Protection",
    "injuries": "Injuries",
    "document": "A document",
    "access": "Who has viewed this record",
    "own_draft": "What they had typed themselves and not sent",
    "identity": "Name and whom to ring",
    "entry": "An entry, to correct it or take it off",
    "original": "Text that was withdrawn",
    "contact": "A contact",
    "search": "Search",
    "message": "A message about them",
    "check": "An answer from an agency",
    "newest": "What is new, among all whom they may read about",
    "left_drafts": "What somebody who left had typed about them",
    "what_is_known": "What was known, while taking a contact",
    "practice_preview": "A form, before it was published",
    "unidentified_adult": "An adult who is not identified",
    "ending": "The end of involvement",
    "conference": "A conference",
    "letter": "A letter about a conference",
    "readers": "Who may read this record",
    "restriction": "Its restriction",
    "conflict": "Who is kept away from it",
    "possible_twin": "Whether somebody new is this person",
    "core_group": "A core group",
    "enquiry": "Protection",
    "disagreement": "A disagreement",
    "emergency": "Asking for emergency access",
    "emergency_review": "An emergency access, to review it",
    "viewing": "Who has viewed what, in a week of a team's work",
}
REASONS = {
    "allocation": "Their team works with this child",
    "step": "Their team has something to do",
    "contact": "A contact to decide",
    "contact_decided": "A contact that was decided",
    "involvement_ended": "Their team's involvement ended lately",
    "conference_held": "Their team held a conference lately",
    "taking_contact": "Taking a contact",
    "handover": "Handed to the emergency duty team",
    "possible_match": "May be the same person",
    "import": "Brought in from a census file",
    "recipient": "Received a message",
    "emergency": "Emergency access",
    "emergency_around": "Emergency access to somebody of the family",
    "supervision": "Answers for how those below use the records",
    "share": "Shared with their agency",
    "named_for_address": "Named as a reader of an address",
    "plan": "Their team has a part in the plan",
    "plan_ended": "Their team had a part in a plan that ended lately",
}

EXPLAINED = {
    "contact": "A contact that their team takes or decides",
    "check": "A question to an agency that their team asked",
    "message": "A message that their team answers for",
    "document": "A document on a record that they may read",
    "original": "The named reader of what was withdrawn",
    "unidentified_adult": "An adult spoken of at the front door",
    "identity": "Only who this is, and whom to ring",
    "emergency": "Had no sight of this record when they asked",
    "emergency_review": "Reviews how the record was used",
}
"""Why, by what was opened, where no grant was written down with it."""


def view_rows(
    views: Iterable[Views], names: Mapping[UUID, str], agencies: Mapping[UUID, str]
) -> list[list[str | dict[str, str]]]:
    """Rows of components/table.html, as the columns above; the latest first."""
    return [
        [who_words(one, names, agencies), words.full_moment(one.latest), _opened(one), relationship_words(one)]
        for one in views
    ]


def who_words(one: Views, names: Mapping[UUID, str], agencies: Mapping[UUID, str]) -> str:
    """Their name, what they were when they looked, and for which agency where it was not the authority."""
    if one.actor is None:
        return "The agency, through its link and code" if one.because == "recipient" else "The system"
    role = ROLE_LABELS[Role(one.role)].lower() if one.role else ""
    agency = agencies.get(one.agency, "") if one.agency else ""
    return ", ".join(part for part in (names.get(one.actor, "Somebody who worked here"), role, agency) if part)


def what_words(what: str) -> str:
    """A page of a record by its name."""
    return LOOKED_AT.get(what, words.capital(what.replace("_", " ").replace("-", " ")))


def _opened(one: Views) -> str | dict[str, str]:
    if one.kind == Event.Kind.REFUSED:
        return {"text": "Tried to open it" + _often(one), "tag": "Refused", "tag_colour": "grey"}
    section = "" if one.section in USUAL else f": {SECTION_LABELS[Section(one.section)].lower()}"
    said = what_words(one.what) + section + _often(one)
    return {"text": said, "tag": "Emergency access", "tag_colour": "purple"} if one.because == EMERGENCY else said


def _often(one: Views) -> str:
    return f" ({one.times} times that day)" if one.times > 1 else ""


def relationship_words(one: Views) -> str:
    """By which relationship they saw it: their own, their team's, or that of those whom they manage."""
    if one.kind == Event.Kind.REFUSED:
        return "They could not"
    said = REASONS.get(one.because)
    if said is None:
        return EXPLAINED.get(one.what, "Had sight of this record that day")
    if one.via == BELOW:
        return said.replace("Their team", "A team that they manage")
    return said.replace("Their team has", "They have").replace("Their team", "They") if one.via in {OWN, POST} else said

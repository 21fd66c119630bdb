"""The smaller blocks of a record: steps, needs, documents, and who has viewed it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse

from sightline.audit.queries import Views
from sightline.documents.queries import DocumentLine
from sightline.doorway.roles import ROLE_LABELS, Role
from sightline.people.models import Need
from sightline.people.queries import PersonHeader
from sightline.record.queries import OpenStep
from sightline.web.presenters import words
from sightline.web.presenters.step_links import step_url
from sightline.web.presenters.steps import clock_of, is_visit_over, no_outcome_words, shown_name, title_of
from sightline.workforce.models import Account

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
    "identity": "Name and whom to ring",
    "entry": "An entry, to correct it or take it off",
    "original": "Text that was withdrawn",
    "contact": "A contact",
    "search": "Search",
    "message": "A message about them",
    "check": "An answer from an agency",
    "what_is_known": "What was known, while taking a contact",
    "practice_preview": "A form, before it was published",
    "unidentified_adult": "An adult who is not identified",
    "ending": "The end of involvement",
    "conference": "A conference",
    "letter": "A letter about a conference",
    "core_group": "A core group",
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
}


def step_rows(
    steps: Iterable[OpenStep], posts: Mapping[UUID, str], headers: Mapping[UUID, PersonHeader], at: datetime
) -> list[dict[str, object]]:
    """Who does what by when, for components/tasks.html."""
    return [
        {
            "title": no_outcome_words(step.due_at, at) if step.due_at and is_visit_over(step, at) else title_of(step),
            "url": step_url(step, headers),
            # In a narrow column the clock stands under the words and not beside them.
            "detail": ". ".join(part for part in (_clock(step, at), posts.get(step.post, "")) if part),
        }
        for step in steps
    ]


def _clock(step: OpenStep, at: datetime) -> str:
    return "" if is_visit_over(step, at) else clock_of(step, at)


def need_rows(header: PersonHeader) -> list[dict[str, str]]:
    """What somebody needs to be spoken with, and contacted in safety."""
    return [{"key": str(Need.Kind(one.kind).label), "value": one.words} for one in header.needs]


def needs_at_home(household: Iterable[PersonHeader]) -> list[dict[str, str]]:
    """The same of those who live with a child, since it is they who are rung."""
    return [
        {"key": f"{shown_name(other)}: {row['key'].lower()}", "value": row["value"]}
        for other in household
        for row in need_rows(other)
    ]


def document_rows(lines: Iterable[DocumentLine]) -> list[list[object]]:
    """Rows of components/table.html."""
    return [
        [
            {"text": line.name, "url": reverse("document", args=[line.id])},
            size_words(line.size),
            words.full_moment(line.added_at),
        ]
        for line in lines
    ]


def size_words(size: int) -> str:
    """`340 KB`, `2.1 MB`."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} KB"


def attachment_header(name: str) -> str:
    """A file's name as a header may carry it, whatever letters are in it."""
    plain = "".join(mark if mark.isascii() and (mark.isalnum() or mark in " ._-()") else "_" for mark in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


EXPLAINED = {
    "contact": "A contact that their team takes or decides",
    "check": "A question to an agency that their team asked",
    "message": "A message that their team answers for",
    "document": "A document on a record that they may read",
    "original": "The named reader of what was withdrawn",
    "unidentified_adult": "An adult spoken of at the front door",
    "identity": "Only who this is, and whom to ring",
}
"""Why, by what was opened, where no grant was written down with it."""


def outsider_words(because: str) -> str:
    """Whoever has no account: an agency's post that opened its message with the code."""
    return "The agency, through its link and code" if because == "recipient" else "The system"


def view_rows(views: Iterable[Views], accounts: Mapping[UUID, Account]) -> list[list[str]]:
    """Who looked, from what role, on which day, at what and how often, and why they could; newest first."""
    rows = []
    for one in views:
        account = accounts.get(one.actor) if one.actor else None
        role = ROLE_LABELS[Role(account.role)] if account else ""
        what = LOOKED_AT.get(one.what, one.what.replace("_", " ").capitalize())
        rows.append(
            [
                f"{account.name}, {role.lower()}" if account else outsider_words(one.because),
                words.full_moment(one.latest),
                f"{what} ({one.times} times that day)" if one.times > 1 else what,
                REASONS.get(one.because) or EXPLAINED.get(one.what, "Had sight of this record that day"),
            ]
        )
    return rows

"""The Protection page of a child's record: what is in force first, then what was done to protect the child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.conferences.queries import list_meetings
from sightline.court.queries import list_pre_proceedings
from sightline.disagreements.queries import list_disagreements
from sightline.enquiries.permissions import may_decide
from sightline.enquiries.queries import list_discussions, list_enquiries, list_medicals, list_orders
from sightline.plans.queries import protection_of
from sightline.record.permissions import may_write
from sightline.web.asked import address
from sightline.web.casework.opening import Opened, open_person, require_record
from sightline.web.casework.reading import category_labels
from sightline.web.casework.record import frame_of
from sightline.web.earlier.reading import ProtectionThere, protection_there
from sightline.web.enquiries.injuries import rows_of
from sightline.web.enquiries.opening import LOOKED_AT
from sightline.web.presenters import court
from sightline.web.presenters import enquiries as said
from sightline.web.presenters import protection as blocks
from sightline.web.presenters.steps import shown_name

LATEST_INJURIES = 3


def person_protection(request: HttpRequest, person: UUID) -> HttpResponse:
    """The tab. Of an earlier day, the timeline says what was done by then."""
    opened = require_record(open_person(request, person, LOOKED_AT))
    context = frame_of(opened, "person-protection")
    if opened.as_at is None:
        there = protection_there(opened)
        context |= {
            "in_force": [*_in_force(opened), *there.blocks],
            "there": there.over,
            "sections": _sections(opened, there),
            "acts": _acts(opened),
        }
    return render(request, "enquiries/protection.html", context)


def _in_force(opened: Opened) -> list[dict[str, object]]:
    children = [opened.person]
    facts = blocks.InForce(
        person=opened.person,
        at=opened.at,
        orders=list_orders(children, opened.at),
        enquiries=list_enquiries(children),
        on_plan=protection_of(children).get(opened.person),
        categories=category_labels(opened.at),
        may_write=may_write(opened.by),
    )
    return blocks.in_force(facts)


def _acts(opened: Opened) -> list[dict[str, str]]:
    """What this worker may do from here, the first of it with a button of its own."""
    if not may_write(opened.by):
        return []
    named = [("Ask for a strategy discussion", "strategy-ask")]
    if may_decide(opened.by):
        named.append(("Open a section 47 enquiry", "enquiry-open"))
    named += [
        ("Record an injury", "injury-new"),
        ("Ask for a medical examination", "medical-ask"),
        ("Record police protection or an order", "order-new"),
        ("Convene a conference", "conference-convene"),
        ("Record a disagreement", "disagreement-new"),
    ]
    found = [{"text": text, "url": address(name, opened.person)} for text, name in named]
    return [one for one in found if one["url"]]


def _sections(opened: Opened, there: ProtectionThere) -> list[dict[str, object]]:
    """One block for each kind of thing, each with its lines, the latest first."""
    elsewhere = {"Section 47 enquiries": there.enquiry, "Conferences and core groups": there.conference}
    # No sentence says that there is none beside one of an earlier system.
    empty = {title: "" if elsewhere.get(title) else words for title, words in EMPTY.items()}
    children, child, at = [opened.person], opened.person, opened.at
    facts = said.ProtectionFacts({child: shown_name(opened.header)}, at)
    categories = category_labels(at)
    writes = may_write(opened.by)
    over = [one for one in list_orders(children, at) if not one.in_force and not (one.waits and one.state == "ran_out")]
    blocks_of = {
        "Strategy discussions": [said.discussion_line(one, child, facts) for one in list_discussions(children)],
        "Section 47 enquiries": [said.enquiry_line(one, child, facts) for one in list_enquiries(children)],
        "Medical examinations": [
            blocks.medical_line(one, at, may_write=writes) for one in list_medicals(children)
        ],
        "Injuries": _injuries(opened),
        "Conferences and core groups": [
            blocks.meeting_line(one, child, categories) for one in list_meetings(children)
        ],
        "Before court": [court.spell_line(one) for one in list_pre_proceedings(children, at)],
        "Disagreements between professionals": [
            blocks.disagreement_line(one, at) for one in list_disagreements(children, only_open=False)
        ],
        "Orders that are over": [blocks.order_line(one, at) for one in over],
    }  # fmt: skip
    return [
        {"title": title, "lines": lines, "empty": empty[title], "more": _more(title, lines, opened)}
        for title, lines in blocks_of.items()
        if lines or empty[title]
    ]


EMPTY = {
    "Strategy discussions": "No strategy discussion is recorded.",
    "Section 47 enquiries": "No section 47 enquiry is recorded.",
    "Medical examinations": "No medical examination is recorded.",
    "Injuries": "No injury is recorded. That does not mean there was none.",
    "Conferences and core groups": "No conference or core group is recorded.",
    "Before court": "No pre-proceedings are recorded.",
    "Disagreements between professionals": "No disagreement is recorded.",
    "Orders that are over": "",
}


def _injuries(opened: Opened) -> list[dict[str, str]]:
    url = reverse("person-injuries", args=[opened.person])
    rows = sorted(rows_of(opened), key=lambda row: row["day"], reverse=True)
    return [
        {
            "title": f"{row['when']}: {row['title']}",
            "url": f"{url}#{row['anchor']}",
            "detail": next((one["value"] for one in row["rows"] if one["key"] == "Where"), ""),
        }
        for row in rows[:LATEST_INJURIES]
    ]


def _more(title: str, lines: list[dict[str, str]], opened: Opened) -> dict[str, str]:
    if title == "Injuries" and lines:
        return {"text": "All injuries on one timeline", "url": reverse("person-injuries", args=[opened.person])}
    if title == "Before court":
        return {"text": "Before court", "url": reverse("before-court", args=[opened.person])}
    return {}

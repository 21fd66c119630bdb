"""One page with every component and real, fictional content: `/gallery`.

It is where a component is looked at, and what the accessibility check runs over first.
It reads nothing from the database and changes nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.web.presenters import words

NOW = datetime(2026, 11, 21, 13, 20, tzinfo=UTC)
TODAY = date(2026, 11, 21)


class ContactSample(forms.Form):
    """Fields of every kind, in the words of a contact."""

    teller = forms.CharField(
        label="Who is telling us?",
        help_text="Their name, as they gave it.",
        error_messages={"required": "Enter who is telling us, or “not given”"},
    )
    story = forms.CharField(
        label="What did they see or hear, and what do they fear?",
        help_text="In their own words.",
        widget=forms.Textarea,
        error_messages={"required": "Enter what they saw or heard"},
    )
    received = forms.CharField(
        label="When did it reach us?",
        help_text="For example, 1/1/26, 1 1 2026 or today.",
        error_messages={"required": "Enter the day it reached us"},
    )
    danger = forms.ChoiceField(
        label="Is anyone in danger now?",
        choices=[("yes", "Yes"), ("no", "No"), ("not-known", "Not known")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether anyone is in danger now, or that it is not known"},
    )
    danger_now = forms.CharField(
        label="What is the danger, and who is with the child?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agencies = forms.MultipleChoiceField(
        label="Who should be asked what they know?",
        choices=[("health", "Health"), ("police", "Police"), ("school", "School"), ("none", "Nobody yet")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    source = forms.ChoiceField(
        label="Capacity",
        choices=[("", "Choose one"), ("2A", "Schools"), ("3A", "Health services: GP")],
        error_messages={"required": "Choose in what capacity they are telling us"},
    )
    told = forms.BooleanField(label="The family knows about this contact", required=False)
    form_sent = forms.FileField(label="The form they sent", help_text="PDF, Word or a photograph.", required=False)


def _sample_form(**arguments: Any) -> ContactSample:
    form = ContactSample(**arguments)
    form.fields["danger"].reveals = {"yes": ("danger_now",)}  # type: ignore[attr-defined]  # read by the field tag
    hints = {"yes": "A social worker decides now, not within a working day."}
    form.fields["danger"].option_hints = hints  # type: ignore[attr-defined]  # read by the field tag
    form.fields["agencies"].divider = "none"  # type: ignore[attr-defined]  # read by the field tag
    return form


class AdultSample(forms.Form):
    """One adult in a contact."""

    name = forms.CharField(label="Name, or what is known")
    born = forms.CharField(label="Date of birth", required=False)
    tie = forms.CharField(label="Who are they to the child?", required=False)


CHILD = {
    "name": "Ayo Okafor-Bell",
    "age": words.age_and_birth(on=TODAY, born_on=date(2019, 3, 3)),
    "reference": "ID 10438",
    "reasons": [
        "Child protection plan: neglect (since 3 March 2026, review by 4 December 2026)",
        "Child in need (since 11 January 2026)",
    ],
    "allocated": "Jane Smith, Family Support 2, and 2 others",
    "last_seen": words.last_seen(date(2026, 11, 17), TODAY, alone=True),
    "address_withheld": True,
    "warnings": [
        {
            "text": "risk to workers from an adult in the home.",
            "detail": "Added 3 March 2026 by A Khan. Last reviewed 1 June 2026.",
            "url": "#",
        }
    ],
}

UNBORN = {
    "name": "Baby of Carys Maddox",
    "age": words.age_and_birth(on=TODAY, expected_on=date(2027, 2, 14)),
    "reference": "ID 10502",
    "reasons": ["Assessment under section 17 (since 16 November 2026)"],
    "unallocated": "Unallocated for 3 days: with Priya Shah, team manager",
    "last_seen": words.last_seen(None, TODAY, born=False),
    "address": "4 Weir Cottages, Hallowby",
    "warnings": [],
}

PAGES = [
    {"text": "Overview", "url": "#", "current": True},
    {"text": "Timeline", "url": "#"},
    {"text": "People and agencies", "url": "#"},
    {"text": "Documents", "url": "#", "count": 3},
    {"text": "Who has viewed this record", "url": "#"},
]

TIMELINE = [
    {
        "day": "Tuesday 17 November 2026",
        "entries": [
            {
                "title": "Visit at home",
                "url": "#",
                "byline": "Jane Smith, Family Support 2",
                "moment": "16:10 to 17:05",
                "words": "Ayo showed me the drawing on his wall. He said “that one is when Nana was here”.",
                "also_for": "Bisi Okafor-Bell",
                "actions": [{"text": "Correct", "url": "#"}],
            },
            {
                "title": "Telephone call",
                "byline": "Tom Reeve, duty",
                "moment": "09:30",
                "withdrawn": "Withdrawn on 18 November 2026: recorded on the wrong child.",
            },
        ],
    },
]

TASKS = [
    {
        "when": "15:30 to 16:30",
        "title": "Visit Ayo Okafor-Bell",
        "url": "#",
        "detail": "At school, with Miss Lund (deputy safeguarding lead)",
        "alert": "do not visit the home alone",
    },
    {
        "when": "Contact",
        "title": "Decide the contact about Kit Farrow",
        "url": "#",
        "clock": words.time_left(datetime(2026, 11, 21, 14, 40, tzinfo=UTC), NOW),
        "urgency": "soon",
    },
    {
        "when": "Contact",
        "title": "Decide the contact about Lena and Josef Wirth",
        "url": "#",
        "clock": words.time_left(datetime(2026, 11, 21, 12, 45, tzinfo=UTC), NOW),
        "urgency": "overdue",
    },
    {
        "when": "Draft",
        "title": "Unfinished case note for Ayo Okafor-Bell",
        "url": "#",
        "tag": "Draft",
        "tag_colour": "grey",
    },
]

CASES = {
    "columns": ["Child", "Why we are involved", "Last seen", "Next visit", "Next statutory date"],
    "rows": [
        [
            {"text": "Ayo Okafor-Bell, 7", "url": "#"},
            "Child protection plan, neglect, since 3 March 2026",
            "4 days ago, alone",
            "today (Sat 21 Nov)",
            "Review in 9 working days (Fri 4 Dec)",
        ],
        [
            {"text": "Baby of Carys Maddox", "url": "#"},
            "Assessment",
            "Not yet born",
            "",
            "Assessment due in 32 working days",
        ],
    ],
}

MATCHES = [
    {
        "headline": "Open to Jane Smith, Family Support 2",
        "why": "Ayo Okafor-Bell, 7, 12 Mill Rise: same name and date of birth",
        "url": "#",
        "button": "Send to Jane Smith",
        "name": "send",
        "value": "jane-smith",
    },
    {
        "headline": "This may be the same child as Ayo Bell",
        "why": "Sounds alike, and lives at the same address. Two earlier contacts, both ended with advice.",
        "url": "#",
    },
]

FACTS = [
    {"key": "Told by", "value": "Miss Lund, Hallowby Primary School", "url": "#"},
    {"key": "Received", "value": words.full_moment(NOW), "url": "#"},
    {"key": "General practitioner", "value": ""},
]

STALE = {
    "theirs": {
        "who": "Tom Reeve",
        "when": "10:42",
        "rows": [{"name": "What in the history bears on this?", "text": "Two contacts in May about noise at night."}],
    },
    "mine": {
        "rows": [
            {"name": "What in the history bears on this?", "text": "Third contact this year from a separate neighbour."}
        ]
    },
}


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, as it will be seen."""
    wrong = _sample_form(data={"teller": "", "danger": "", "agencies": ["dentist"]}, prefix="wrong")
    return render(
        request,
        "gallery.html",
        {
            "sample": _sample_form(initial={"teller": "Miss Lund, deputy safeguarding lead"}),
            "wrong": wrong,
            "adults": [AdultSample(prefix=f"adults-{n}") for n in range(2)],
            "child": CHILD,
            "unborn": UNBORN,
            "pages": PAGES,
            "timeline": TIMELINE,
            "tasks": TASKS,
            "cases": CASES,
            "matches": MATCHES,
            "facts": FACTS,
            "crumbs": [{"text": "Team", "url": "#"}, {"text": "Family Support 2", "url": "#"}],
            "attention": [{"text": "You need to record an outcome for 2 visits", "url": "#"}],
            **STALE,
        },
    )

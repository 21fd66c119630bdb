"""The addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_GET as only_read

from sightline.web.conferences import (
    chairs_desk,
    convening,
    core_group,
    deciding,
    invitees,
    letters,
    meeting,
    outcome,
    reports,
    views,
)

CONFERENCE = "conference/<uuid:step>"
INVITEE = f"{CONFERENCE}/invitees/<uuid:invitee>"
LETTER = f"{CONFERENCE}/letters/<uuid:letter>"

urlpatterns: list[URLPattern] = [
    path("chairs-desk", only_read(chairs_desk.chairs_desk), name="chairs-desk"),
    path("person/<uuid:person>/conference/new", convening.convene, name="conference-convene"),
    path(CONFERENCE, only_read(meeting.conference), name="conference"),
    path(f"{CONFERENCE}/invitees", invitees.invitees, name="conference-invitees"),
    path(INVITEE, deciding.invitee, name="conference-invitee"),
    path(f"{CONFERENCE}/move", meeting.move_meeting, name="conference-move"),
    path(f"{CONFERENCE}/children/<uuid:child>", meeting.part, name="conference-part"),
    path(f"{INVITEE}/report", reports.report, name="conference-report"),
    path(f"{INVITEE}/view", views.view, name="conference-view"),
    path("person/<uuid:person>/plan/<uuid:plan>/core-group", core_group.core_group_record, name="core-group-record"),
    path(f"{CONFERENCE}/outcome", outcome.conference_outcome, name="conference-outcome"),
    path(f"{CONFERENCE}/letters", letters.conference_letters, name="conference-letters"),
    path(LETTER, letters.conference_letter, name="conference-letter"),
    path(f"{LETTER}/pdf", only_read(letters.conference_letter_pdf), name="conference-letter-pdf"),
]

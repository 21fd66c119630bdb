"""Addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.court import before_court, deciding, recording

STEP = "before-court/<uuid:step>"

urlpatterns = [
    path("people/<uuid:person>/before-court", only_read(before_court.before_court), name="before-court"),
    path("people/<uuid:person>/before-court/begin", deciding.begin, name="before-court-begin"),
    path("people/<uuid:person>/before-court/dates", recording.dates, name="before-court-dates"),
    path(f"{STEP}/letter", recording.letter, name="before-court-letter"),
    path(f"{STEP}/family-meeting", recording.family, name="before-court-family"),
    path(f"{STEP}/meeting", recording.meeting, name="before-court-meeting"),
    path(f"{STEP}/decide", deciding.decide_end, name="before-court-decide"),
    path(f"{STEP}/applied", deciding.applied, name="before-court-applied"),
]

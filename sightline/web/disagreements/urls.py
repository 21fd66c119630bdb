"""The addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.disagreements import adding, raising, reading, telling

ONE = "disagreements/<uuid:step>"

urlpatterns = [
    path("people/<uuid:person>/disagreement/new", raising.raise_one, name="disagreement-new"),
    path(ONE, only_read(reading.disagreement), name="disagreement"),
    path(f"{ONE}/say", adding.say, name="disagreement-say"),
    path(f"{ONE}/safety", adding.safety, name="disagreement-safety"),
    path(f"{ONE}/escalate", adding.escalate, name="disagreement-escalate"),
    path(f"{ONE}/resolve", adding.resolve, name="disagreement-resolve"),
    path(f"{ONE}/tell/<uuid:agency_post>", telling.tell, name="disagreement-tell"),
    path("replies/<uuid:reply>/disagreement", telling.make_of_reply, name="disagreement-from-reply"),
]

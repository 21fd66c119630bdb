"""Whom a worker waits for: managers who are to sign, agencies, services, and messages that nobody opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.assessments.queries import RoundView
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.partnership.queries import MessageLine
from sightline.people.queries import PersonName
from sightline.record.queries import EndingView, OpenStep
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.step_links import step_url
from sightline.web.presenters.steps import capital, clock_of, names_of, title_of, urgency_of

ASKED_OF_OTHERS = frozenset({"check_answer", "evidence_answer", "service"})
"""Steps that wait for somebody else: they are among whom one waits for, and not among one's own."""


@dataclass(frozen=True)
class Waited:
    """Everything that others were asked for. `posts` are managers' posts in words."""

    headers: Mapping[UUID, PersonName]
    at: datetime
    asked: Sequence[OpenStep] = ()
    sent: Sequence[MessageLine] = ()
    rounds: Sequence[RoundView] = ()
    endings: Sequence[EndingView] = ()
    posts: Mapping[UUID, str] = field(default_factory=dict)


def waiting_rows(waited: Waited) -> list[dict[str, object]]:
    """What others were asked for and have not given, with how long ago; messages as they are chased."""
    return [
        *(_assessment(one, waited) for one in waited.rounds if one.with_post),
        *(_ending(one, waited) for one in waited.endings if one.waits),
        *(_asked(step, waited) for step in waited.asked),
        *(_sent(line, waited.at) for line in waited.sent),
    ]


def _assessment(one: RoundView, waited: Waited) -> dict[str, object]:
    named = names_of(one.children, waited.headers)
    whom = waited.posts.get(one.with_post, "a manager") if one.with_post else "a manager"
    return {
        "title": f"Assessment, with {whom}",
        "url": reverse("assessment", args=[one.assessment]),
        "detail": f"{named}. Sent {_ago(one.sent_at, waited.at)}" if one.sent_at else named,
        "about": named,
    }


def _ending(one: EndingView, waited: Waited) -> dict[str, object]:
    named = names_of(one.children, waited.headers)
    return {
        "title": f"Ending asked of {waited.posts.get(one.post, 'a manager')}",
        "url": reverse("ending", args=[one.step]),
        "detail": f"{named}. Asked {_ago(one.asked_at, waited.at)}",
        "about": named,
    }


def _asked(step: OpenStep, waited: Waited) -> dict[str, object]:
    contact = address("contact", step.subject) if step.subject and step.kind == "check_answer" else ""
    named = names_of(step.people, waited.headers)
    return {
        "title": title_of(step),
        "url": contact or step_url(step, waited.headers),
        "detail": f"{named}. Asked {_ago(step.opened_at, waited.at)}",
        "about": named,
        "clock": clock_of(step, waited.at),
        "urgency": urgency_of(step.due_at, waited.at),
    }


def _sent(line: MessageLine, at: datetime) -> dict[str, object]:
    return {
        "title": f"{line.kind_label} to {line.to}",
        "url": reverse("message", args=[line.id]),
        "detail": f"{capital(line.status)}. Written {_ago(line.composed_at, at)}",
        "about": f"written {day_words(local_day(line.composed_at))}",
    }


def _ago(moment: datetime, at: datetime) -> str:
    return words.days_ago(local_day(moment), local_day(at))

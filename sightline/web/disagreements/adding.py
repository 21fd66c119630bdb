"""What is added to a disagreement: a side's words, how the children are kept safe, the next stage, its end."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.disagreements.operations import add_safety, add_side
from sightline.disagreements.rules import SETTLES, SideGiven
from sightline.journeys.disagree import settle, take_further
from sightline.kernel.london import local_day
from sightline.practice.queries import current_pack
from sightline.web.disagreements.answering import Paper, answer
from sightline.web.disagreements.forms import EscalateForm, ResolveForm, SafetyForm, SayForm
from sightline.web.disagreements.opening import Disagreeing, open_to_write
from sightline.web.plans.choosing import post_choices

Perform = Callable[[dict[str, Any]], UUID]


def _paper(request: HttpRequest, here: Disagreeing, name: str, *, make: Callable[[QueryDict | None], forms.Form],
           perform: Perform, said: str, **context: object) -> HttpResponse:  # fmt: skip
    def done(_made: UUID) -> HttpResponse:
        messages.success(request, said)
        return redirect("disagreement", step=here.found.step)

    shown = {"names": here.names, "found": here.found, **context}
    return answer(
        request,
        Paper(
            by=here.by, at=here.at, name=name, about=here.found.step, template=f"disagreements/{name}.html", make=make,
            perform=perform, done=done, context=shown,
        ),
    )  # fmt: skip


def say(request: HttpRequest, step: UUID) -> HttpResponse:
    """What a side says now; `disagreement-say`."""
    here = open_to_write(request, step)
    sides = {str(one.id): one for one in here.found.sides}
    each = {one.called: key for key, one in sides.items()}

    def perform(given: dict[str, Any]) -> UUID:
        one = sides[given["side"]]
        said = SideGiven(given["name"] or one.name, given["words"], one.agency_post, one.post)
        return add_side(by=here.by, disagreement=step, side=said, at=here.at)

    return _paper(
        request, here, "disagreement-say", perform=perform, said="Added. What was said before stands beside it.",
        make=lambda data: SayForm(data, sides=[(key, called) for called, key in each.items()]),
    )  # fmt: skip


def safety(request: HttpRequest, step: UUID) -> HttpResponse:
    """How the children are kept safe meanwhile; `disagreement-safety`."""
    here = open_to_write(request, step)

    def perform(given: dict[str, Any]) -> UUID:
        add_safety(by=here.by, disagreement=step, words=given["words"], at=here.at)
        return step

    return _paper(request, here, "disagreement-safety", make=SafetyForm, perform=perform, said="Saved.")


def escalate(request: HttpRequest, step: UUID) -> HttpResponse:
    """To the next stage; `disagreement-escalate`."""
    here = open_to_write(request, step)
    number = here.found.stage.number

    def perform(given: dict[str, Any]) -> UUID:
        given |= {"post": UUID(given["post"]), "stage": given["stage"] or number}
        take_further(by=here.by, disagreement=step, at=here.at, **given)
        return step

    return _paper(
        request, here, "disagreement-escalate", perform=perform,
        said="It has gone to the next stage. Whoever carries it is told.",
        make=lambda data: EscalateForm(data, posts=post_choices(here.by), initial={"stage": number}),
        next_stage=number + 1, settles=SETTLES.get(number + 1, ""),
    )  # fmt: skip


def resolve(request: HttpRequest, step: UUID) -> HttpResponse:
    """How it was resolved, and what was learned; `disagreement-resolve`."""
    here = open_to_write(request, step)
    today = local_day(here.at)

    def perform(given: dict[str, Any]) -> UUID:
        given["resolved_on"] = given["resolved_on"] or today
        return settle(by=here.by, disagreement=step, at=here.at, **given)

    answers = current_pack(here.at).list("disagreement_resolved").options
    return _paper(
        request, here, "disagreement-resolve", perform=perform,
        said="It is resolved, and stands on each child's timeline with both views.",
        make=lambda data: ResolveForm(data, answers=answers, today=today),
    )  # fmt: skip

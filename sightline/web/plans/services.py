"""Help that is asked for, and what became of it: asked for is not received until somebody says that it began."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.plans.operations import ask_service, service_began, service_ended, service_not_coming
from sightline.plans.queries import ServiceLine, list_plans, list_services
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened, family_of
from sightline.web.plans.choosing import agency_choices, children_among, post_choices, today_of
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.opening import open_to_write
from sightline.web.plans.service_forms import ServiceAnswerForm, ServiceForm
from sightline.web.plans.sheet import Sheet
from sightline.web.presenters.plan_services import asked_rows


class AskSheet(Sheet):
    """The form for help that is asked for."""

    def __init__(self, opened: Opened, offered: dict[str, Any], typed: QueryDict | None, *, bound: bool) -> None:
        self.opened, self.offered = opened, offered
        super().__init__(typed, bound=bound, at=opened.at)

    def build(self) -> None:
        """One form."""
        self.service = self.make(ServiceForm, today=self.today, **self.offered)
        if self.typed is None:
            self.service.initial["children"] = [str(self.opened.person)]


def service_ask(request: HttpRequest, person: UUID) -> HttpResponse:
    """Ask for help, within a plan or without one."""
    opened = open_to_write(request, person)
    offered: dict[str, Any] = {
        "children": children_among(family_of(opened), today_of(opened)),
        "agencies": agency_choices(),
        "posts": post_choices(opened.by),
    }
    return answer(
        request,
        Desk(
            opened=opened,
            name="service-ask",
            template="plans/service-ask.html",
            make=lambda typed, bound: AskSheet(opened, offered, typed, bound=bound),
            perform=lambda sheet: _ask(opened, sheet.service.cleaned_data),
            done=lambda _sheet: _asked(request, person),
        ),
    )


def _ask(opened: Opened, given: dict[str, Any]) -> UUID:
    """It belongs to the plan of the children whom it is for, where they are on one together."""
    for_whom = {UUID(key) for key in given["children"]}
    plan = next((one for one in list_plans(for_whom) if for_whom <= set(one.children)), None)
    return ask_service(
        by=opened.by,
        plan=plan.plan if plan else None,
        children=sorted(for_whom),
        what=given["what"],
        agency_post=key_in(given["agency_post"]),
        of_whom=given["of_whom"],
        asked_on=given["asked_on"] or local_day(opened.at),
        post=key_in(given["post"]) or min(opened.by.posts, default=None),
        at=opened.at,
    )


def _asked(request: HttpRequest, person: UUID) -> HttpResponse:
    messages.success(request, "Written down as asked for. It is counted in days until somebody says that it began.")
    return redirect("person-plan", person=person)


class AnswerSheet(Sheet):
    """The form for what became of help that was asked for."""

    def __init__(self, opened: Opened, service: ServiceLine, typed: QueryDict | None, *, bound: bool) -> None:
        self.opened, self.line = opened, service
        super().__init__(typed, bound=bound, at=opened.at)

    def build(self) -> None:
        """One form."""
        began = self.line.began_on is not None
        self.service = self.make(ServiceAnswerForm, began=began, today=self.today)


def service_became(request: HttpRequest, person: UUID, service: UUID) -> HttpResponse:
    """Say that help has begun, that it is not coming, or that it has ended."""
    opened = open_to_write(request, person)
    line = next((one for one in list_services([person]) if one.step == service), None)
    if line is None:
        raise NotFound("There is no such service on a record that you work with.")
    look(by=opened.by, people=[person], what="plan", at=opened.at)
    return answer(
        request,
        Desk(
            opened=opened,
            name="service-began",
            template="plans/service-began.html",
            make=lambda typed, bound: AnswerSheet(opened, line, typed, bound=bound),
            perform=lambda sheet: _became(opened, service, sheet.service.cleaned_data),
            done=lambda _sheet: _said(request, person),
            context={"service_rows": asked_rows(line, opened.today)},
        ),
    )


def _became(opened: Opened, service: UUID, given: dict[str, Any]) -> UUID:
    by, at, today = opened.by, opened.at, local_day(opened.at)
    if given["became"] == "began":
        service_began(by=by, step=service, on=given["began_on"] or today, said_by=given["said_by"], at=at)
    elif given["became"] == "not_coming":
        service_not_coming(by=by, step=service, because=given["because"], at=at)
    else:
        service_ended(by=by, step=service, on=given["ended_on"] or today, at=at)
    return service


def _said(request: HttpRequest, person: UUID) -> HttpResponse:
    messages.success(request, "Saved.")
    return redirect("person-plan", person=person)

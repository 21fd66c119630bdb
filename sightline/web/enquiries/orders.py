"""Police protection and emergency protection orders: recorded, extended, ended. Each runs out by the clock."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.enquiries.models import Order
from sightline.enquiries.operations import end_order
from sightline.enquiries.queries import OrderLine, get_order
from sightline.journeys.protect import keep_safe
from sightline.kernel.london import local_day
from sightline.web.asked import now
from sightline.web.casework.opening import Opened
from sightline.web.enquiries.opening import LOOKED_AT, open_to_write, open_together, refuse_unless_records
from sightline.web.enquiries.sheet import OneForm
from sightline.web.enquiries.step_forms import EndOrderForm, ExtendForm, OrderForm
from sightline.web.plans.desk import Desk, answer
from sightline.web.presenters import protection as said


def order_new(request: HttpRequest, person: UUID) -> HttpResponse:
    """Recording police protection or an emergency protection order."""
    opened = open_to_write(request, person)
    look(by=opened.by, people=[person], what=LOOKED_AT, at=opened.at)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        step: UUID = keep_safe(
            by=opened.by,
            child=person,
            kind=given["kind"],
            began_at=given["began_at"],
            made_by=given["made_by"],
            until=given["until"],
            words=given["words"],
            where_kept=given["where_kept"],
            at=opened.at,
        )
        return step

    asks = {"title": "Record police protection or an order", "button": "Record it"}
    return answer(request, _desk(opened, request, name="order-new", kind=OrderForm, asks=asks, perform=perform))


def order_extend(request: HttpRequest, step: UUID) -> HttpResponse:
    """Recording that the court extended an emergency protection order."""
    order, opened = _open(request, step)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        made: UUID = keep_safe(
            by=opened.by,
            child=order.child,
            kind=Order.Kind.EXTENDED,
            extends=step,
            began_at=given["began_at"] or order.runs_out_at,
            made_by=given["made_by"],
            until=given["until"],
            words=given["words"],
            at=opened.at,
        )
        return made

    asks = {
        "title": "Record that the order is extended",
        "lead": said.runs_out_line(order, opened.at),
        "button": "Record it",
    }
    desk = _desk(opened, request, name="order-extend", kind=ExtendForm, asks=asks, perform=perform, step=step)
    return answer(request, desk)


def order_end(request: HttpRequest, step: UUID) -> HttpResponse:
    """Recording that an order ended, and where the child is now."""
    order, opened = _open(request, step)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        end_order(by=opened.by, order=step, ended_at=given["ended_at"], because=given["because"], at=opened.at)
        return step

    asks = {
        "title": "Record that it has ended",
        "lead": said.runs_out_line(order, opened.at),
        "button": "Record it",
    }
    desk = _desk(opened, request, name="order-end", kind=EndOrderForm, asks=asks, perform=perform, step=step)
    return answer(request, desk)


def _open(request: HttpRequest, step: UUID) -> tuple[OrderLine, Opened]:
    order = get_order(step, now())
    opened = open_together(request, [order.child]).opened
    refuse_unless_records(opened)
    return order, opened


def _desk(
    opened: Opened, request: HttpRequest, *, name: str, kind: type[Form], asks: dict[str, str],
    perform: Callable[[OneForm], UUID], step: UUID | None = None,
) -> Desk:  # fmt: skip
    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        return OneForm(kind, typed, bound=bound, at=opened.at, today=local_day(opened.at))

    def done(_sheet: OneForm) -> HttpResponse:
        messages.success(request, "It is on the child's record.")
        return redirect("person-protection", person=opened.person)

    return Desk(
        opened=opened,
        name=name,
        template="enquiries/plain.html",
        make=make,
        perform=perform,
        done=done,
        beside=step,
        back=reverse("person-protection", args=[opened.person]),
        context={"asks": asks},
    )

"""Going on here with a plan that stands in an earlier system, for one child or for brothers and sisters in one."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.journeys.take_up import take_up_plan
from sightline.kernel.dates import day_words
from sightline.kernel.errors import NotFound
from sightline.plans.queries import EarlierView, list_earlier
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened, family_of
from sightline.web.casework.reading import category_labels
from sightline.web.enquiries.sheet import OneForm
from sightline.web.plans.choosing import post_choices
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import Choices, offer, picked, several
from sightline.web.plans.opening import NO_PLAN, open_to_write
from sightline.web.presenters import earlier as said
from sightline.web.presenters.steps import shown_name


class TakeUpForm(forms.Form):
    """Which children's plans go on as one, and who carries it."""

    children = several("Whose plans go on here as one?", required="Choose at least one child.")
    post = picked("Who carries it?")

    def __init__(self, *arguments: Any, children: Choices, posts: Choices, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "children", children)
        offer(self, "post", [("", "Whoever works with the child"), *posts])


def take_up(request: HttpRequest, person: UUID, earlier_plan: UUID) -> HttpResponse:
    """The page. Whoever makes plans may: nothing is decided with it, since the plan is in force."""
    opened = open_to_write(request, person)
    standing, names = _standing(opened, earlier_plan)
    mine = next(one for one in standing if one.id == earlier_plan)
    look(by=opened.by, people=[one.child for one in standing], what="plan", at=opened.at)
    choices = [(str(one.id), f"{names[one.child]}, since {day_words(one.from_on)}") for one in standing]

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        # The child whose record this was begun from is the one fact that the page already has.
        return OneForm(TakeUpForm, typed, bound=bound, at=opened.at, initial={"children": [str(earlier_plan)]},
                       children=choices, posts=post_choices(opened.by), today=opened.today)  # fmt: skip

    def perform(sheet: OneForm) -> UUID:
        chosen = [UUID(key) for key in sheet.given["children"]]
        plan: UUID = take_up_plan(by=opened.by, earlier=chosen, post=key_in(sheet.given["post"]), at=opened.at)
        return plan

    def done(_sheet: OneForm) -> HttpResponse:
        messages.success(request, "The plan goes on here. Write what it is to change, and agree it with the family.")
        return redirect("person-plan", person=person)

    lead = said.plan_block(mine, category_labels(opened.at), may_take_up=False)
    asks = {
        "title": "Go on with a plan from an earlier system",
        "lead": f"{lead['title']} {lead['detail']}. Its first day, its category and its reviews come along; its words "
        "were not in the file.",
        "button": "Go on with it here",
    }
    back = reverse("person-plan", args=[person])
    desk = Desk(
        opened=opened, name="plan-take-up", template="enquiries/plain.html", make=make, perform=perform, done=done,
        beside=earlier_plan, back=back, context={"asks": asks, "back_text": "Back to the plan"},
    )  # fmt: skip
    return answer(request, desk)


def _standing(opened: Opened, earlier: UUID) -> tuple[list[EarlierView], dict[UUID, str]]:
    """The plan, also once one here goes on with it, and those of the same kind that stand for brothers and sisters."""
    family = {key: shown_name(one) for key, one in family_of(opened).items() if one.kind == "child"}
    found = [one for lines in list_earlier(family).values() for one in lines]
    mine = next((one for one in found if one.id == earlier and one.child == opened.person), None)
    if mine is None:
        raise NotFound(NO_PLAN)
    others = [one for one in found if one.id != earlier and one.kind == mine.kind and one.in_force]
    return [mine, *sorted(others, key=lambda one: family[one.child])], family

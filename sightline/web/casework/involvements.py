"""Who else works with a child: a professional begins, and ends."""

from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from sightline.doorway.actor import Actor
from sightline.kernel.dates import day_words
from sightline.kernel.errors import NotFound, Refusal
from sightline.partnership.operations import end_involvement, involve
from sightline.partnership.queries import InvolvedView, get_involved, list_agency_posts
from sightline.web.casework.additions import AddForm, answer_addition
from sightline.web.casework.forms import DayField
from sightline.web.casework.opening import open_person, require_record


class AddInvolvement(AddForm):
    """A professional who works with this child."""

    title = "Add a professional who works with them"
    agency_post = forms.ChoiceField(
        label="Which post at which agency?",
        help_text="What is written goes to the post, and outlives whoever stands in it.",
        error_messages={"required": "Choose the post at the agency."},
    )
    name = forms.CharField(label="Who stands in it?", help_text="Leave it empty if it is not known.", required=False)
    role = forms.CharField(
        label="What do they do for this child?", help_text="For example, class teacher or midwife.", required=False
    )

    def ask(self, today: date) -> None:
        posts = list_agency_posts(only_open=True)
        groups = groupby(posts, key=lambda post: post.agency.name)
        choices = [(agency, [(str(post.id), post.title) for post in there]) for agency, there in groups]
        self.fields["agency_post"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]  # a field of choices
        self.fields["from_on"] = DayField(
            today=today, label="Since when?", error_messages={"required": "Enter the day since which they do."}
        )

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        if not self.opened.is_child:
            raise Refusal("Professionals are kept on a child's record. Open the child's, and add them there.")
        given = self.cleaned_data
        return involve(
            by=by,
            child=self.opened.person,
            agency_post=UUID(given["agency_post"]),
            name=given["name"],
            role=given["role"],
            from_on=given["from_on"],
            at=at,
        )


class EndInvolvement(AddForm):
    """A professional no longer works with this child. That they did stays."""

    title = "Somebody no longer works with them"
    button = "Save"

    def __init__(self, *arguments: Any, involvement: InvolvedView, **named: Any) -> None:
        self.involvement = involvement
        super().__init__(*arguments, **named)

    def ask(self, today: date) -> None:
        one = self.involvement
        who = ", ".join(part for part in (one.name, one.title, one.agency) if part)
        self.fields["to_on"] = DayField(
            today=today,
            label="Until when?",
            help_text=f"{who}, since {day_words(one.from_on)}.",
            error_messages={"required": "Enter the day on which it ended."},
        )

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        end_involvement(by=by, involvement=self.involvement.id, to_on=self.cleaned_data["to_on"], at=at)
        return self.involvement.id


def add(request: HttpRequest, person: UUID) -> HttpResponse:
    """A professional begins; `involvement-add`."""
    return answer_addition(request, person, AddInvolvement, form_name="involvement_add")


def end(request: HttpRequest, person: UUID, involvement: UUID) -> HttpResponse:
    """A professional ends; `involvement-end`. The page says who works with the child, so it is a look."""
    require_record(open_person(request, person, "people"))
    found = get_involved(involvement)
    if found.child != person:
        raise NotFound("Nobody of that name works with a child that you can see. Open the record again.")
    return answer_addition(
        request,
        person,
        lambda *data, opened: EndInvolvement(*data, opened=opened, involvement=found),
        form_name="involvement_end",
    )

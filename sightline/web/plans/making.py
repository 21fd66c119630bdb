"""Making a plan: of which kind, for whom, led by whom, who agrees, and what is to be different first."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.doorway.actor import Actor
from sightline.journeys.plan_help import make_plan
from sightline.kernel.london import local_day
from sightline.plans.kinds import led_by_anyone, told_apart
from sightline.plans.operations import set_terms
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP
from sightline.practice.spec import Pack
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened, family_of
from sightline.web.plans.agreements import AgreementRows, agreement_rows, write_agreements
from sightline.web.plans.choosing import (
    Agreeing,
    Lead,
    children_among,
    lead_choices,
    lead_in,
    post_choices,
    those_who_agree,
)
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import Choices, NewPlanForm, TermsForm
from sightline.web.plans.goals import goal_rows, judge_goals, write_goals
from sightline.web.plans.opening import open_to_write
from sightline.web.plans.sheet import Sheet


@dataclass(frozen=True)
class Offered:
    """Whom and what the page lets a worker choose among."""

    opened: Opened
    children: list[tuple[str, str]]
    posts: list[tuple[str, str]]
    leads: Choices
    people: list[Agreeing]


KIND_HINTS = {
    EARLY_HELP: "Help that the family agrees to. Nobody has to have a plan to be given a service.",
    CHILD_IN_NEED: "Help under section 17 of the Children Act 1989, with the family's agreement.",
}


def hints_of(pack: Pack) -> dict[str, str]:
    """What each kind of plan is in law, and who leads it in this practice."""
    leads = {True: "Somebody of any agency may lead it.", False: "A social worker leads it."}
    return {kind: f"{hint} {leads[led_by_anyone(pack, kind)]}" for kind, hint in KIND_HINTS.items()}


class NewPlanSheet(AgreementRows, Sheet):
    """The forms of a new plan."""

    def __init__(self, offered: Offered, typed: QueryDict | None, *, bound: bool) -> None:
        self.offered = offered
        super().__init__(typed, bound=bound, at=offered.opened.at)

    def build(self) -> None:
        """What it is, what is to be different, what holds for all of it, who agrees."""
        offered, today = self.offered, self.today
        self.plan = self.make(
            NewPlanForm,
            kinds=told_apart(self.pack, KIND_HINTS),
            hints=hints_of(self.pack),
            children=offered.children,
            leads=offered.leads,
            posts=offered.posts,
            today=today,
        )
        self.goals = goal_rows(self, children=offered.children, posts=offered.posts, today=today)
        self.terms = self.make(TermsForm)
        self.agreements = agreement_rows(self, offered.people, today=today)
        if self.typed is None:
            # The child whose record this was begun from is the one fact that the page already has.
            self.plan.initial["children"] = [str(offered.opened.person)]

    def judge_together(self) -> None:
        """Outcomes are for children of the plan; whoever leads from outside has a name."""
        judge_goals(self.goals, set(self.plan.cleaned_data["children"]))


def plan_new(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    opened = open_to_write(request, person)
    offered = offered_to(opened)
    return answer(
        request,
        Desk(
            opened=opened,
            name="plan-new",
            template="plans/new.html",
            make=lambda typed, bound: NewPlanSheet(offered, typed, bound=bound),
            perform=lambda sheet: _make(opened, sheet),
            done=lambda _sheet: _done(request, person),
            fields={"lead_agency_post": "lead"},
        ),
    )


def offered_to(opened: Opened) -> Offered:
    """The children of the family, our posts, those of other agencies, and whose agreement is asked for."""
    headers = family_of(opened)
    children = children_among(headers, local_day(opened.at))
    posts = post_choices(opened.by)
    people = those_who_agree((UUID(key) for key, _ in children), opened.today)
    return Offered(opened, children, posts, lead_choices(posts), people)


def _make(opened: Opened, sheet: NewPlanSheet) -> UUID:
    by, at, given = opened.by, opened.at, sheet.plan.cleaned_data
    lead = lead_in(given["lead"], given["lead_name"])
    children = [UUID(key) for key in given["children"]]
    plan = make_plan(
        by=by,
        kind=given["kind"],
        children=children,
        began_on=given["began_on"] or local_day(at),
        post=carried_by(lead, given["post"], by),
        lead_agency_post=lead.agency_post,
        lead_name=lead.name,
        at=at,
    )
    write_goals(sheet.goals, by=by, plan=plan, at=at)
    terms = sheet.terms.cleaned_data
    if any(words.strip() for words in terms.values()):
        set_terms(by=by, plan=plan, at=at, **terms)
    write_agreements(sheet.agreements, by=by, plan=plan, at=at)
    return plan


def carried_by(lead: Lead, chosen: str, by: Actor) -> UUID | None:
    """The post of ours that carries a plan: the one chosen, else the lead's own, else the worker's."""
    return key_in(chosen) or lead.post or min(by.posts, default=None)


def _done(request: HttpRequest, person: UUID) -> HttpResponse:
    messages.success(request, "The plan is made. It stands as a draft until you say who agreed and signed.")
    return redirect("person-plan", person=person)

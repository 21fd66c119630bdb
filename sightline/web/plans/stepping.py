"""Moving chosen children up to a child in need plan or down to early help, while the others stay; or asking for it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.journeys.plan_help import ASKED_STEP, ask_to_step, return_step, step_down, step_up
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.plans.kinds import title_of
from sightline.plans.permissions import may_end, may_step_up
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP
from sightline.practice.queries import current_pack
from sightline.record.queries import get_entry, list_steps_about
from sightline.web.plans.choosing import lead_choices, lead_in, post_choices
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.one_plan import Asked, change_need, is_one_plan
from sightline.web.plans.opening import PlanOpened, open_plan
from sightline.web.plans.sheet import Sheet
from sightline.web.plans.step_forms import AskStepForm, StepForm
from sightline.web.presenters.plans import aim_of
from sightline.web.presenters.words import listing

RETURNED = "return"


class StepSheet(Sheet):
    """The form of a step, or of asking for one. No child is chosen: whom it is for is a judgement."""

    def __init__(self, here: PlanOpened, asked: Asked | None, typed: QueryDict | None, *, bound: bool) -> None:
        self.here, self.waiting, self.decides = here, asked, may_decide(here)
        super().__init__(typed, bound=bound, at=here.opened.at)

    def build(self) -> None:
        """One form."""
        here = self.here
        if not self.decides:
            self.step = self.make(AskStepForm, children=here.children)
            return
        self.step = self.make(
            StepForm,
            children=here.children,
            leads=lead_choices(post_choices(here.opened.by)),
            outcomes=[(str(one.root), _outcome_words(here, one)) for one in here.outcomes],
            services=[(str(one.step), one.what) for one in here.plan.services if one.standing in {"asked", "began"}],
            asked=self.waiting is not None,
            today=self.today,
        )


def _outcome_words(here: PlanOpened, outcome: Any) -> str:
    whom = here.whom(outcome)
    return f"{aim_of(outcome)} ({whom[:1].lower()}{whom[1:]})" if whom else aim_of(outcome)


def may_decide(here: PlanOpened) -> bool:
    """A social worker decides that a child is in need; a manager, that a child no longer is."""
    if here.plan.kind == EARLY_HELP:
        return may_step_up(here.opened.by)
    return may_end(here.opened.by, CHILD_IN_NEED)


def plan_step(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    here = open_plan(request, person, plan)
    if here.plan.kind not in {EARLY_HELP, CHILD_IN_NEED}:
        raise Refusal("A review conference ends a protection plan. Ask its chair.")
    asked = asked_for(here)
    if is_one_plan(current_pack(here.opened.at)):
        return change_need(request, here, asked)
    up = here.plan.kind == EARLY_HELP
    return answer(
        request,
        Desk(
            opened=here.opened,
            name="plan-step",
            template="plans/step.html",
            make=lambda typed, bound: StepSheet(here, asked, typed, bound=bound),
            perform=lambda sheet: _act(here, sheet, asked),
            done=lambda sheet: _done(request, here, sheet),
            beside=plan,
            context={"up": up, "decides": may_decide(here), "asked": asked} | called(here),
            fields={"from_on": "on", "to_on": "on", "began_on": "on", "lead_agency_post": "lead"},
        ),
    )


def called(here: PlanOpened) -> dict[str, object]:
    """What the practice calls this plan, and the two kinds between which children move."""
    pack = current_pack(here.opened.at)
    early, need = (in_sentence(title_of(pack, kind)) for kind in (EARLY_HELP, CHILD_IN_NEED))
    return {"kind": here.kind_words, "early_title": early, "need_title": need}


def asked_for(here: PlanOpened) -> Asked | None:
    """The step that a colleague asked for on this plan, where one waits."""
    steps = [one for one in list_steps_about(subject=here.plan.id) if one.kind == ASKED_STEP]
    if not steps:
        return None
    why = get_entry(steps[0].arose_from).passages if steps[0].arose_from else ()
    whom = listing(here.names[child] for child in steps[0].people if child in here.names)
    return Asked(steps[0], whom, "\n\n".join(one.text for one in why))


def _act(here: PlanOpened, sheet: StepSheet, asked: Asked | None) -> UUID:
    given, by, at = sheet.step.cleaned_data, here.opened.by, here.opened.at
    chosen = [UUID(key) for key in given.get("children", ())]
    if not sheet.decides:
        step: UUID = ask_to_step(by=by, plan=here.plan.id, children=chosen, reason=given["reason"], at=at)
        return step
    if asked is not None and given.get("decision") == RETURNED:
        return return_step(by=by, step=asked.step.id, words=given["returned"], at=at)
    return _move(here, given, chosen, asked)


def _move(here: PlanOpened, given: dict[str, Any], chosen: list[UUID], asked: Asked | None) -> UUID:
    lead = lead_in(given["lead"], given["lead_name"])
    move = step_up if here.plan.kind == EARLY_HELP else step_down
    plan: UUID = move(
        by=here.opened.by,
        plan=here.plan.id,
        children=chosen,
        reason=given["reason"],
        on=given["on"] or local_day(here.opened.at),
        post=lead.post,
        lead_agency_post=lead.agency_post if given["lead"] else here.plan.lead.agency_post,
        lead_name=lead.name if given["lead"] else here.plan.lead.name,
        outcomes=[UUID(key) for key in given.get("outcomes", ())],
        services=[UUID(key) for key in given.get("services", ())],
        asked=asked.step.id if asked else None,
        at=here.opened.at,
    )
    return plan


def _done(request: HttpRequest, here: PlanOpened, sheet: StepSheet) -> HttpResponse:
    if not sheet.decides:
        said = "Asked. Your reason is on the record, and the plan goes on as it is until they answer."
    elif sheet.step.cleaned_data.get("decision") == RETURNED:
        said = "Returned. Whoever carries the plan is told, with your words."
    else:
        said = "Done. The record of each child says so, with your reason."
    messages.success(request, said)
    return redirect("person-plan", person=here.opened.person)

"""One plan for early help and for children in need: saying from which day a child is in need, or no longer is.

Nothing is made anew and nothing is typed again: the plan goes on with all that is in it. Whether the
family agrees is asked once more, since the help rests on their agreement either way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.journeys.plan_help import ask_to_step, return_step, step_down, step_up
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.plans.kinds import BY_LAW, one_with
from sightline.plans.permissions import may_end, may_step_up
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP
from sightline.practice.spec import Pack
from sightline.record.queries import OpenStep
from sightline.web.plans.agreements import AgreementRows, agreement_rows, write_agreements
from sightline.web.plans.choosing import those_who_agree
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.opening import PlanOpened
from sightline.web.plans.sheet import Sheet
from sightline.web.plans.step_forms import NeedForm
from sightline.web.presenters.plans import said_before
from sightline.web.presenters.words import capital

RETURNED = "return"


@dataclass(frozen=True)
class Asked:
    """A step that a colleague asked for: the request that waits, for whom, and why."""

    step: OpenStep
    whom: str
    why: str


def is_one_plan(pack: Pack) -> bool:
    """Whether the practice has one plan for early help and for children in need."""
    return one_with(pack, EARLY_HELP) == CHILD_IN_NEED


def may_decide(here: PlanOpened, to: str) -> bool:
    """A social worker decides that a child is in need; a manager, that a child no longer is."""
    return may_step_up(here.opened.by) if to == CHILD_IN_NEED else may_end(here.opened.by, CHILD_IN_NEED)


class NeedSheet(AgreementRows, Sheet):
    """What has changed for which children, and who agrees. No child is chosen: whom it is for is a judgement."""

    def __init__(self, here: PlanOpened, asked: Asked | None, typed: QueryDict | None, *, bound: bool) -> None:
        self.here, self.waiting = here, asked
        super().__init__(typed, bound=bound, at=here.opened.at)

    def build(self) -> None:
        """What changes, then whose agreement is asked for."""
        here = self.here
        self.step = self.make(
            NeedForm,
            children=here.children,
            kinds=[(kind, capital(words)) for kind, words in BY_LAW.items()],
            hints={kind: _DECIDES if may_decide(here, kind) else _ASKS[kind] for kind in BY_LAW},
            asked=self.answers,
            today=self.today,
        )
        before = {one.person: said_before(one) for one in here.plan.agreements if one.said}
        people = those_who_agree(here.on_it, here.opened.today)
        self.agreements = agreement_rows(self, people, today=self.today, before=before)

    @property
    def answers(self) -> bool:
        """Whether this worker can answer what a colleague asked for."""
        return self.waiting is not None and any(may_decide(self.here, kind) for kind in BY_LAW)


_DECIDES = "You decide this."
_ASKS: Mapping[str, str] = {
    CHILD_IN_NEED: "A registered social worker or a manager decides this, and is asked. Nothing changes until then.",
    EARLY_HELP: "A manager decides this, and is asked. Nothing changes until then.",
}


def change_need(request: HttpRequest, here: PlanOpened, asked: Asked | None) -> HttpResponse:
    """The page, and what is sent from it."""
    return answer(
        request,
        Desk(
            opened=here.opened,
            name="plan-step",
            template="plans/need.html",
            make=lambda typed, bound: NeedSheet(here, asked, typed, bound=bound),
            perform=lambda sheet: _act(here, sheet, asked),
            done=lambda sheet: _done(request, here, sheet),
            beside=here.plan.id,
            context={"kind": in_sentence(here.kind_words), "asked": asked},
            fields={"from_on": "on", "to_on": "on", "began_on": "on"},
        ),
    )


def _act(here: PlanOpened, sheet: NeedSheet, asked: Asked | None) -> UUID:
    given, by, at, plan = sheet.step.cleaned_data, here.opened.by, here.opened.at, here.plan.id
    if asked is not None and given.get("decision") == RETURNED:
        return return_step(by=by, step=asked.step.id, words=given["returned"], at=at)
    children = [UUID(key) for key in given["children"]]
    write_agreements(sheet.agreements, by=by, plan=plan, at=at)
    if not may_decide(here, given["to"]):
        return ask_to_step(by=by, plan=plan, children=children, reason=given["reason"], at=at)
    move = step_up if given["to"] == CHILD_IN_NEED else step_down
    moved: UUID = move(
        by=by,
        plan=plan,
        children=children,
        reason=given["reason"],
        on=given["on"] or local_day(at),
        asked=asked.step.id if asked else None,
        at=at,
    )
    return moved


def _done(request: HttpRequest, here: PlanOpened, sheet: NeedSheet) -> HttpResponse:
    given = sheet.step.cleaned_data
    if given.get("decision") == RETURNED:
        said = "Returned. Whoever carries the plan is told, with your words."
    elif not may_decide(here, given["to"]):
        said = "Asked. Your reason is on the record, and the plan goes on as it is until they answer."
    else:
        said = "Done. The plan goes on, and the record of each child says so, with your reason."
    messages.success(request, said)
    return redirect("person-plan", person=here.opened.person)

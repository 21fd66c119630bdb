"""Who agrees to a plan, and who no longer does."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.web.plans.agreements import AgreementRows, agreement_rows, write_agreements
from sightline.web.plans.choosing import Agreeing, those_who_agree
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.opening import PlanOpened, open_plan
from sightline.web.plans.sheet import Sheet
from sightline.web.presenters.plans import said_before


class AgreementSheet(AgreementRows, Sheet):
    """A row for each whose agreement is asked for."""

    def __init__(self, here: PlanOpened, people: list[Agreeing], typed: QueryDict | None, *, bound: bool) -> None:
        self.here, self.people = here, people
        super().__init__(typed, bound=bound, at=here.opened.at)

    def build(self) -> None:
        """What each said before stands above what they say now."""
        before = {one.person: said_before(one) for one in self.here.plan.agreements if one.said}
        self.agreements = agreement_rows(self, self.people, today=self.today, before=before)


def plan_agreement(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    here = open_plan(request, person, plan)
    people = those_who_agree(here.on_it, here.opened.today)
    return answer(
        request,
        Desk(
            opened=here.opened,
            name="plan-agreement",
            template="plans/agreement.html",
            make=lambda typed, bound: AgreementSheet(here, people, typed, bound=bound),
            perform=lambda sheet: _record(here, sheet),
            done=lambda _sheet: _done(request, person),
            beside=plan,
            context={"kind": here.kind_words},
        ),
    )


def _record(here: PlanOpened, sheet: AgreementSheet) -> UUID:
    write_agreements(sheet.agreements, by=here.opened.by, plan=here.plan.id, at=here.opened.at)
    return here.plan.id


def _done(request: HttpRequest, person: UUID) -> HttpResponse:
    messages.success(request, "Saved. What was said before stays on the record.")
    return redirect("person-plan", person=person)

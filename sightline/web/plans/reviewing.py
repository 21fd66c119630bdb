"""A review of a plan: who was there, what was said, how far each outcome has come, and what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.plans.kinds import title_of
from sightline.plans.operations import hold_review
from sightline.plans.permissions import may_end, may_step_up
from sightline.plans.queries import OutcomeView, clocks_of, progress_of
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP, PROTECTION, ProgressGiven
from sightline.practice.queries import current_pack
from sightline.web.asked import address
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import ProgressForm, ReviewForm
from sightline.web.plans.one_plan import is_one_plan
from sightline.web.plans.opening import PlanOpened, open_plan
from sightline.web.plans.sheet import Sheet
from sightline.web.presenters.plan_services import waiting_lines
from sightline.web.presenters.plans import aim_of, clock_words, last_place


@dataclass(frozen=True)
class ProgressRow:
    """One outcome, where it stood at the latest review, and the form for where it stands now."""

    view: OutcomeView
    form: ProgressForm
    whom: str
    before: str

    @property
    def aim(self) -> str:
        """What is to be different, in the child's words where we have them."""
        return aim_of(self.view)

    @property
    def more(self) -> str:
        """In the worker's words, where the child's stand above."""
        return self.view.words if self.view.childs_words and self.view.words != self.view.childs_words else ""


class ReviewSheet(Sheet):
    """The forms of a review."""

    def __init__(self, here: PlanOpened, typed: QueryDict | None, *, bound: bool) -> None:
        self.here = here
        super().__init__(typed, bound=bound, at=here.opened.at)

    def build(self) -> None:
        """Who and what, then each outcome, then what comes of it."""
        here = self.here
        due = here.plan.next_review_due
        then = choices_after(here)
        self.review = self.make(
            ReviewForm,
            today=self.today,
            late=due is not None and due < here.opened.at,
            then=[(key, label) for key, (label, _) in then.items()],
            hints={key: hint for key, (_, hint) in then.items()},
        )
        before = progress_of(here.plan.id)
        self.progress = [
            ProgressRow(
                view,
                self.make(ProgressForm, prefix=f"p{view.root}"),
                here.whom(view),
                last_place(before.get(view.root, [])),
            )
            for view in here.outcomes
        ]


GO_ON, CHANGE, DOWN, UP, NEED, END = "go_on", "change", "down", "up", "need", "end"


def choices_after(here: PlanOpened) -> Mapping[str, tuple[str, str]]:
    """What may come of a review, each with what this system then does. Nothing begins by itself."""
    early, by, pack = here.plan.kind == EARLY_HELP, here.opened.by, current_pack(here.opened.at)
    then = {
        GO_ON: ("Go on with the plan as it is", "Saves the review. The next one is counted from the day of this one."),
        CHANGE: ("Change the plan", "Saves the review, and opens the page on which outcomes and actions are changed."),
    }
    if is_one_plan(pack):
        then[NEED] = ("What a child needs has changed", _NEED)
    elif early:
        then[UP] = (f"Step up to a {in_sentence(title_of(pack, CHILD_IN_NEED))}", _STEP if may_step_up(by) else _ASK)
    else:
        then[DOWN] = ("Step down to early help", _STEP if may_end(by, here.plan.kind) else _ASK)
    if not early:
        then[UP] = ("Go further: somebody is worried that a child is being harmed", _FURTHER)
    return then | {END: ("Ask to end our involvement", _END)}


_STEP = "Saves the review, and opens the page on which you choose the children. The others stay on this plan."
_ASK = "Saves the review, and opens the page on which you ask a manager for it. Nothing changes until they answer."
_NEED = "Saves the review, and opens the page on which you say for which children. The plan goes on with all of them."
_END = "Saves the review, and opens the page on which a manager is asked. Nothing ends until they agree."
_FURTHER = (
    "Saves the review. Nothing else starts by itself: speak with your manager today about a strategy discussion "
    "(Children Act 1989, section 47)."
)


def plan_review(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    here = open_plan(request, person, plan)
    if here.plan.kind == PROTECTION:
        # It has core groups and review conferences instead, which have pages of their own.
        return redirect(address("core-group-record", person, plan) or reverse("plan", args=[person, plan]))
    return answer(
        request,
        Desk(
            opened=here.opened,
            name="plan-review",
            template="plans/review.html",
            make=lambda typed, bound: ReviewSheet(here, typed, bound=bound),
            perform=lambda sheet: _hold(here, sheet),
            done=lambda sheet: _then(request, here, sheet.review.cleaned_data["then"]),
            beside=plan,
            context={
                "kind": here.kind_words,
                "due": _due(here),
                "waiting": waiting_lines(here.plan, here.opened.today),
            },
        ),
    )


def _due(here: PlanOpened) -> str:
    """When it is due, and by which rule."""
    clocks = clocks_of([here.opened.person], at=here.opened.at)
    found = [one for one in clocks if one.kind == "review" and one.plan == here.plan.id]
    return clock_words(found[0], here.opened.at) if found else ""


def _hold(here: PlanOpened, sheet: ReviewSheet) -> UUID:
    given = sheet.review.cleaned_data
    progress = [ProgressGiven(row.view.root, row.form.number, row.form.cleaned_data["words"]) for row in sheet.progress]
    entry: UUID = hold_review(
        by=here.opened.by,
        plan=here.plan.id,
        held_on=given["held_on"] or local_day(here.opened.at),
        attended=given["attended"],
        text=given["text"],
        progress=progress,
        late_because=given.get("late_because", ""),
        at=here.opened.at,
    )
    return entry


def _then(request: HttpRequest, here: PlanOpened, then: str) -> HttpResponse:
    """To the page that the answer said it would open."""
    messages.success(request, "The review is on the record of each child whom it was about.")
    person, plan, early = here.opened.person, here.plan.id, here.plan.kind == EARLY_HELP
    if then == CHANGE:
        return redirect("plan-change", person=person, plan=plan)
    if then in {DOWN, NEED} or (then == UP and early):
        return redirect("plan-step", person=person, plan=plan)
    if then == END and (page := address("ending-ask", person)):
        return redirect(page)
    return redirect("person-plan", person=person)

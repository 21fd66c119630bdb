"""Changing a plan: outcomes reworded, ended and added, what is to be done, and what holds for all of it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.journeys.plan_help import hand_plan_over, put_on_plan
from sightline.plans.operations import end_outcome, reword_outcome, set_lead, set_terms
from sightline.plans.permissions import may_begin
from sightline.plans.queries import OutcomeView
from sightline.plans.rules import PROTECTION
from sightline.web.asked import key_in
from sightline.web.casework.opening import family_of
from sightline.web.plans.choosing import agency_leads, children_among, lead_in, post_choices
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import Choices, HeldOutcomeForm, HeldTermsForm, LeadForm
from sightline.web.plans.goals import (
    ActionRows,
    action_rows,
    goal_rows,
    judge_goals,
    write_actions,
    write_goals,
)
from sightline.web.plans.opening import PlanOpened, open_plan
from sightline.web.plans.sheet import Sheet
from sightline.web.presenters.plan_protection import COURT_ASKED
from sightline.web.presenters.plans import done_towards

WORDING = ("childs_words", "words", "how_we_know")
TERMS = ("contingency", "further_action")


def mark_of(texts: Iterable[str]) -> str:
    """A mark of the words that a box was shown with, by which it is told whether they were changed since."""
    joined = "\x1f".join(text.replace("\r\n", "\n").strip() for text in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Held:
    """An outcome that the plan has, the form that may reword or end it, and what is to be done towards it."""

    number: int
    view: OutcomeView
    form: HeldOutcomeForm
    actions: ActionRows
    whom: str = ""
    done_by: Sequence[str] = ()

    @property
    def ends(self) -> bool:
        """Whether it is being ended, so that this is not folded away."""
        return bool(self.form["ended"].value() or self.form["ended"].errors or self.form["ended_because"].errors)

    @property
    def base_once_both_are_seen(self) -> str:
        """What its box says it was begun from, after its writer has seen both texts."""
        given = self.form.cleaned_data
        return str(self.view.id) if touched(given, WORDING) or given["ended"] else str(given["base"])

    @property
    def says_something(self) -> bool:
        """Whether anything about it was changed, or something is to be done towards it."""
        given = self.form.cleaned_data
        return touched(given, WORDING) or given["ended"] or any(form.begun for form in self.actions.forms)


def touched(given: dict[str, Any], names: Iterable[str]) -> bool:
    """Whether the worker changed the words that the page showed them: what they left alone is not written."""
    return mark_of(given[name] for name in names) != given["mark"]


@dataclass(frozen=True)
class Offered:
    """Whom and what the page lets a worker choose among, beside what the plan has."""

    posts: Choices
    leads: Choices
    newcomers: Choices


class ChangeSheet(Sheet):
    """The forms of a change of a plan."""

    def __init__(self, here: PlanOpened, offered: Offered, typed: QueryDict | None, *, bound: bool) -> None:
        self.here, self.offered, self.posts = here, offered, offered.posts
        super().__init__(typed, bound=bound, at=here.opened.at)

    def build(self) -> None:
        """What the plan has, then what is new in it."""
        self.terms = self.make(HeldTermsForm, initial=_texts(self.here.plan.terms, TERMS))
        if self.here.plan.kind == PROTECTION:
            self.terms.fields["further_action"].label = COURT_ASKED
        self.held = [self._held(number, view) for number, view in enumerate(self._outcomes(), start=1)]
        self.goals = goal_rows(
            self,
            children=self.here.children,
            posts=self.posts,
            today=self.today,
            first=len(self.held) + 1,
            least=0,
        )
        self.others = action_rows(self, "all", posts=self.posts, today=self.today, least=0)
        self.lead = self.make(
            LeadForm, leads=self.offered.leads, posts=self.posts, children=self.offered.newcomers, today=self.today
        )

    def _outcomes(self) -> list[OutcomeView]:
        """Those that the plan has now, and any that a colleague ended while this page was being written on."""
        typed: Mapping[str, Any] = self.typed or {}
        return [one for one in self.here.plan.outcomes if one.to_at is None or f"h{one.root}-words" in typed]

    def _held(self, number: int, view: OutcomeView) -> Held:
        name = f"h{view.root}"
        form = self.make(HeldOutcomeForm, prefix=name, initial=_texts(view, WORDING))
        actions = action_rows(self, name, posts=self.posts, today=self.today, least=0)
        return Held(number, view, form, actions, self.here.whom(view), done_towards(self.here.plan, view.root))

    def judge_together(self) -> None:
        """A new outcome has words before it has anything to be done towards it; an ended one takes no more."""
        judge_goals(self.goals, {key for key, _ in self.here.children})
        for held in self.held:
            if held.view.to_at is not None and held.says_something:
                held.form.add_error(
                    "words",
                    f"A colleague ended this outcome meanwhile: {held.view.ended_because} "
                    "If it still matters, write it as a new outcome.",
                )

    @property
    def terms_base_once_both_are_seen(self) -> str:
        """As for an outcome."""
        given, now = self.terms.cleaned_data, self.here.plan.terms
        return str(now.id if now else "") if touched(given, TERMS) else str(given["base"])


def _texts(view: Any, names: Iterable[str]) -> dict[str, str]:
    texts = {name: getattr(view, name) if view else "" for name in names}
    return texts | {"mark": mark_of(texts.values()), "base": str(view.id) if view else ""}


def plan_change(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    here = open_plan(request, person, plan)
    offered = offered_for(here)
    return answer(
        request,
        Desk(
            opened=here.opened,
            name="plan-change",
            template="plans/change.html",
            make=lambda typed, bound: ChangeSheet(here, offered, typed, bound=bound),
            perform=lambda sheet: change(here, sheet),
            done=lambda _sheet: _done(request, person),
            beside=plan,
            context={"kind": here.kind_words},
            fields={"from_on": "from_on", "lead_agency_post": "lead"},
        ),
    )


def offered_for(here: PlanOpened) -> Offered:
    """Our posts, those at other agencies, and children of the family who are not on the plan."""
    family = children_among(family_of(here.opened), here.opened.today)
    on_it = {str(one) for one in here.on_it}
    may = may_begin(here.opened.by, here.plan.kind)
    newcomers = [row for row in family if row[0] not in on_it] if may else []
    return Offered(post_choices(here.opened.by), agency_leads(), newcomers)


def change(here: PlanOpened, sheet: ChangeSheet) -> UUID:
    """Write what is different. What somebody else has changed meanwhile is refused with both texts."""
    by, at, plan = here.opened.by, here.opened.at, here.plan
    given = sheet.terms.cleaned_data
    if touched(given, TERMS):
        set_terms(
            by=by,
            plan=plan.id,
            contingency=given["contingency"],
            further_action=given["further_action"],
            standing=key_in(given["base"]),
            at=at,
        )
    for held in sheet.held:
        write_actions(held.actions, by=by, plan=plan.id, outcome=held.view.root, at=at)
        change_outcome(here, held)
    write_goals(sheet.goals, by=by, plan=plan.id, at=at)
    write_actions(sheet.others, by=by, plan=plan.id, outcome=None, at=at)
    change_who(here, sheet.lead.cleaned_data)
    return plan.id


def change_who(here: PlanOpened, given: dict[str, Any]) -> None:
    """Who leads, and who comes on to the plan."""
    by, at, plan = here.opened.by, here.opened.at, here.plan.id
    if given["lead"]:
        lead = lead_in(given["lead"], given["lead_name"])
        set_lead(by=by, plan=plan, lead_agency_post=lead.agency_post, lead_name=lead.name, at=at)
    for child in given.get("children", ()):
        put_on_plan(by=by, plan=plan, child=UUID(child), from_on=given["from_on"] or here.opened.today, at=at)
    # Last: with the plan may go the worker's sight of it.
    if given["post"]:
        hand_plan_over(by=by, plan=plan, post=UUID(given["post"]), at=at)


def change_outcome(here: PlanOpened, held: Held) -> None:
    """Reword it where its words are different, and end it where it was said to have ended."""
    by, at, given = here.opened.by, here.opened.at, held.form.cleaned_data
    standing = key_in(given["base"])
    if touched(given, WORDING):
        standing = reword_outcome(
            by=by,
            outcome=held.view.root,
            standing=standing,
            words=given["words"],
            childs_words=given["childs_words"],
            how_we_know=given["how_we_know"],
            at=at,
        )
    if given["ended"]:
        end_outcome(by=by, outcome=held.view.root, standing=standing, because=given["ended_because"], at=at)


def _done(request: HttpRequest, person: UUID) -> HttpResponse:
    messages.success(request, "The plan is changed. Agree it anew when those whom it concerns have seen it.")
    return redirect("person-plan", person=person)

"""What a conference decided, on one page: who was there, what each thinks, each child, and the outline plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.conferences.holding_rules import Quorum
from sightline.conferences.permissions import refuse_unless_may_chair
from sightline.conferences.queries import quorum_of
from sightline.journeys.hold_conference import hold_conference
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.plans.queries import list_plans
from sightline.plans.rules import PROTECTION
from sightline.practice.queries import current_pack
from sightline.web.conferences.desk import Desk, answer
from sightline.web.conferences.opening import MeetingOpened, open_meeting
from sightline.web.conferences.outcome_forms import (
    ON_A_PLAN,
    ChildForm,
    DissentForm,
    HeldForm,
    InviteeForm,
    OutlineTermsForm,
    ParagraphForm,
)
from sightline.web.conferences.outcome_given import held_in, outline_in
from sightline.web.plans.choosing import post_choices
from sightline.web.plans.forms import Choices
from sightline.web.plans.goals import goal_rows, judge_goals
from sightline.web.plans.sheet import Sheet
from sightline.web.presenters import conference_outcome as said
from sightline.web.presenters.conference_outcome import Asked
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse

NAME = "conference-outcome"
RECORDED = "What was decided is recorded. Correct it on the record of a child whom it is about."
CALLED_OFF = "This conference was called off. Convene it anew, and record that one."


@dataclass(frozen=True)
class Facts:
    """What the page stands on, read once: who was asked, which children are on a plan, and what there is to choose."""

    here: MeetingOpened
    asked: list[Asked]
    on_plan: frozenset[UUID]
    categories: Choices
    posts: Choices
    next_due: str
    late: bool
    planned: datetime | None

    @property
    def children(self) -> list[tuple[str, str]]:
        """The children, for a list to choose from."""
        return [(str(one), shown_name(self.here.headers[one])) for one in self.here.children]

    @property
    def invitees(self) -> list[tuple[str, str]]:
        """The invitees, for a list to choose from."""
        return [(str(one.id), one.name) for one in self.asked]


@dataclass(frozen=True)
class InviteeRow:
    """One invitee and the form for them."""

    asked: Asked
    form: InviteeForm

    @property
    def open(self) -> bool:
        """Whether what they said is begun or wrong, so that it is not folded away."""
        return self.form.begun or any(name in self.form.errors for name in ("words", "for_plan", "deputy"))

    @property
    def more(self) -> str:
        """What is folded away."""
        return "What they said" if self.asked.excluded else "What they said, and who came for them"


@dataclass(frozen=True)
class ChildRow:
    """One child, the form for what was decided, and the forms of those who do not agree."""

    child: UUID
    name: str
    age: str
    form: ChildForm
    dissents: list[DissentForm]
    count_name: str
    first: bool
    before: str = ""

    @property
    def open(self) -> bool:
        """Whether it is unfolded when the page is shown: the first, and one in which something is wrong."""
        return self.first or bool(self.form.errors) or any(one.errors for one in self.dissents)

    @property
    def dissent_title(self) -> str:
        """What is folded away."""
        return f"Somebody does not agree with what was decided for {self.name}"

    @property
    def dissent_begun(self) -> bool:
        """Whether a dissent is begun, so that it is not folded away."""
        return len(self.dissents) > 1 or any(one["invitee"].value() or one.errors for one in self.dissents)

    @property
    def summary(self) -> str:
        """Who it is, and what is chosen for them so far."""
        chosen = self.form["decision"].value()
        labels: dict[str, str] = dict(self.form.fields["decision"].choices)  # type: ignore[attr-defined]  # a choice field
        return f"{self.name}, {self.age}: {labels.get(chosen, 'nothing chosen yet').lower()}"


class OutcomeSheet(Sheet):
    """The forms of an outcome."""

    def __init__(self, facts: Facts, typed: QueryDict | None, *, bound: bool) -> None:
        self.facts = facts
        self.quorum: Quorum | None = None
        super().__init__(typed, bound=bound, at=facts.here.opened.at)

    def build(self) -> None:
        """When, who, each child, what was said, and the outline of the plan."""
        facts = self.facts
        self.held = self.make(
            HeldForm,
            today=self.today,
            planned=said.moment_words(facts.planned),
            next_due=facts.next_due,
            late=facts.late,
        )
        self.invitees = [InviteeRow(one, self._invitee(one)) for one in facts.asked]
        self.children = [self._child(place, child) for place, child in enumerate(facts.here.children)]
        self.paragraphs = [
            self.make(
                ParagraphForm,
                prefix=f"t{number}",
                number=number + 1,
                children=facts.children,
                invitees=facts.invitees,
            )
            for number in self.rows("paragraphs")
        ]
        self.goals = goal_rows(self, children=facts.children, posts=facts.posts, today=self.today)
        self.terms = self.make(OutlineTermsForm)

    def _invitee(self, one: Asked) -> InviteeForm:
        form: InviteeForm = self.make(
            InviteeForm, prefix=f"i{one.id}", name=one.short, excluded=one.excluded, wrote=one.wrote, family=one.family
        )
        return form

    def _child(self, place: int, child: UUID) -> ChildRow:
        header, facts = self.facts.here.headers[child], self.facts
        before = next(one for one in facts.here.view.children if one.child == child)
        name = shown_name(header)
        form = self.make(
            ChildForm,
            prefix=f"c{child}",
            name=name,
            on_plan=child in facts.on_plan,
            born=header.birth != "expected",
            known=bool(before.part),
            categories=facts.categories,
        )
        count_name = f"d{child}-rows"
        dissents = [
            self.make(DissentForm, prefix=f"d{child}-{number}", invitees=facts.invitees)
            for number in self.rows(count_name)
        ]
        return ChildRow(child, name, header.age_words(self.today), form, dissents, count_name, place == 0,
                        said.part_words(before))  # fmt: skip

    def refuse(self, refused: Refusal, fields: Mapping[str, str]) -> None:
        """Stand a refusal about one child with that child, and every other where it belongs."""
        name, _, key = (refused.field or "").partition("-")
        row = next((one for one in self.children if str(one.child) == key), None)
        if row is None:
            super().refuse(refused, fields)
        else:
            refuse(row.form, Refusal(refused.message, field=name))

    @property
    def attendance(self) -> dict[UUID, str]:
        """Who was there, from forms that are valid."""
        return {row.asked.id: row.form.cleaned_data.get("attendance", "") for row in self.invitees}

    @property
    def planned(self) -> set[str]:
        """The children whom a plan is for after this, as the page's lists name them."""
        return {str(row.child) for row in self.children if row.form.cleaned_data.get("category")}

    def judge_together(self) -> None:
        """Too few there asks for a reason; something to do asks for a plan to be done on."""
        at = self.facts.here.opened.at
        held_at = self.held.cleaned_data["held_at"] or self.facts.planned or at
        self.quorum = quorum_of(
            self.facts.here.id, pack=current_pack(at), on=local_day(held_at), attendance=self.attendance
        )
        if not self.quorum.holds and not self.held.cleaned_data["alone_because"].strip():
            self.held.add_error("alone_because", f"{self.quorum.words} Say why it went ahead.")
        begun = [row for row in self.goals if row.form.begun]
        if begun and not self.planned:
            begun[0].form.add_error("words", "No child is on a plan after this, so there is nowhere to keep this. "
                                             "Change what was decided, or take it away.")  # fmt: skip
        elif self.planned:
            judge_goals(self.goals, self.planned)


def conference_outcome(request: HttpRequest, step: UUID) -> HttpResponse:
    """The page, and what is sent from it; `conference-outcome`."""
    here = open_meeting(request, step)
    refuse_unless_may_chair(here.opened.by)
    if not here.open and request.method != "POST":
        messages.info(request, CALLED_OFF if here.view.called_off else RECORDED)
        return redirect("conference", step=step)
    facts = facts_of(here)
    return answer(
        request,
        Desk(
            opened=here.opened,
            name=NAME,
            template="conferences/outcome.html",
            address={"step": step},
            make=lambda typed, bound: OutcomeSheet(facts, typed, bound=bound),
            perform=lambda sheet: _hold(here, sheet),
            done=lambda _sheet, _entry: _done(request, step),
            back=here.back,
            context={
                "names": here.names,
                "kind": here.kind_words,
                "needs": said.quorum_needs(current_pack(here.opened.at), here.opened.today),
            },
        ),
    )


def facts_of(here: MeetingOpened) -> Facts:
    """Everything that the page lets a chair choose among."""
    at = here.opened.at
    pack = current_pack(at)
    planned = here.view.sitting.starts_at if here.view.sitting else None
    held_at = planned if planned and planned <= at else at
    return Facts(
        here=here,
        asked=said.asked_of(here.view.invitees, before=here.view.recorded_at),
        on_plan=_on_plan(here, local_day(held_at)),
        categories=[(one.code, str(one.label)) for one in pack.list("protection_category").options if one.code],
        posts=post_choices(here.opened.by),
        next_due=said.next_due_words(pack, local_day(held_at)),
        late=here.view.due_at is not None and here.view.due_at < held_at,
        planned=planned,
    )


def _on_plan(here: MeetingOpened, day: date) -> frozenset[UUID]:
    """Those who were on a protection plan as it began; of one that is recorded, as it was recorded.

    Otherwise the same page sent twice would be judged by what came of the first.
    """
    if here.view.recorded:
        return frozenset(one.child for one in here.view.children if one.decision in ON_A_PLAN)
    return frozenset(
        one.child
        for line in list_plans(here.children, only_open=False)
        for one in line.members
        if line.kind == PROTECTION and one.from_on <= day < (one.to_on or date.max)
    )


def _hold(here: MeetingOpened, sheet: OutcomeSheet) -> UUID:
    return hold_conference(
        by=here.opened.by,
        meeting=here.id,
        held=held_in(sheet, at=here.opened.at),
        outline=outline_in(sheet),
        late_because=sheet.held.cleaned_data.get("late_because", ""),
        at=here.opened.at,
    ).entry


def _done(request: HttpRequest, step: UUID) -> HttpResponse:
    messages.success(request, "Recorded for each child. The letters are ready to be read and released.")
    return redirect("conference-letters", step=step)

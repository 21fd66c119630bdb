"""A core group of a protection plan, on one page: who was there, what each thinks, each outcome, and what was done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.conferences.holding_rules import ChildDecided, ViewGiven
from sightline.doorway.roles import MANAGERS
from sightline.journeys.core_group import CoreGroupHeld, MemberGiven, hold_core_group
from sightline.kernel.errors import Refusal
from sightline.plans.operations import agree_action
from sightline.plans.queries import ActionView, progress_of
from sightline.plans.rules import PROTECTION, ProgressGiven
from sightline.practice.queries import current_pack
from sightline.recording.operations import finish_step
from sightline.web.conferences.core_group_forms import CoreGroupForm, DoneForm, MemberForm, OtherForm, PartForm
from sightline.web.conferences.members import Member, kept_out_among, members_of
from sightline.web.plans.choosing import can_say, post_choices
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import ProgressForm
from sightline.web.plans.goals import action_rows
from sightline.web.plans.opening import PlanOpened, open_plan
from sightline.web.plans.reviewing import ProgressRow
from sightline.web.plans.sheet import Sheet
from sightline.web.presenters import core_group as said
from sightline.web.presenters.plans import last_place
from sightline.workforce.queries import posts_below

NAME = "core-group-record"
NOT_PROTECTION = "Only a child protection plan has core groups. Record a review of this plan."


@dataclass(frozen=True)
class MemberRow:
    """One who belongs to the core group, and the form for them."""

    member: Member
    form: MemberForm

    @property
    def open(self) -> bool:
        """Whether what they said is begun or wrong, so that it is not folded away."""
        wrong = any(name in self.form.errors for name in ("words", "deputy"))
        return wrong or bool(str(self.form["words"].value() or "").strip())

    @property
    def more(self) -> str:
        """What is folded away."""
        return "What they said, and who came for them"


@dataclass(frozen=True)
class DoneRow:
    """Something that was agreed and is still to do, and the form for what came of it."""

    action: ActionView
    form: DoneForm
    due: str


class CoreGroupSheet(Sheet):
    """The forms of a core group."""

    def __init__(self, here: PlanOpened, members: list[Member], typed: QueryDict | None, *, bound: bool) -> None:
        self.here, self.members = here, members
        super().__init__(typed, bound=bound, at=here.opened.at)

    def build(self) -> None:
        """When and who, each child's and the parents' part, each outcome, what was done, what is agreed."""
        here, at = self.here, self.here.opened.at
        core_group = here.plan.line.core_group
        self.held = self.make(
            CoreGroupForm,
            today=self.today,
            next_due=said.next_due_words(current_pack(at), self.today),
            late=core_group is not None and core_group.due_at < at,
        )
        self.known = [MemberRow(one, self.make(MemberForm, prefix=one.prefix, name=one.short)) for one in self.members]
        self.others = [
            self.make(OtherForm, prefix=f"other{number}", name="this person") for number in self.rows("others")
        ]
        self.parts = {
            child: self.make(PartForm, prefix=f"c{child}", name=name)
            for child, name in here.names.items()
            if child in here.on_it and can_say(here.headers[child])
        }
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
        self.done = [
            DoneRow(one, self.make(DoneForm, prefix=f"a{one.step}"), said.due_of(one, at)) for one in _to_do(here)
        ]
        self.actions = action_rows(self, "more", posts=post_choices(here.opened.by), today=self.today)

    @property
    def others_begun(self) -> bool:
        """Whether somebody is being added, so that their fields are not folded away."""
        return len(self.others) > 1 or any(form["who"].value() or form.errors for form in self.others)


def _to_do(here: PlanOpened) -> list[ActionView]:
    """What is still to do of what was agreed, as far as this worker may say that it is done."""
    by = here.opened.by
    theirs = {*by.posts, *(posts_below(by.posts) if by.has_role(MANAGERS) else ())}
    return [one for one in here.plan.actions if one.closed_at is None and one.post in theirs]


def core_group_record(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    """The page, and what is sent from it; `core-group-record`."""
    here = open_plan(request, person, plan)
    if here.plan.kind != PROTECTION:
        raise Refusal(NOT_PROTECTION)
    members = members_of(here)
    return answer(
        request,
        Desk(
            opened=here.opened,
            name=NAME,
            template="conferences/core-group.html",
            make=lambda typed, bound: CoreGroupSheet(here, members, typed, bound=bound),
            perform=lambda sheet: _hold(here, sheet),
            done=lambda _sheet: _done(request, person, plan),
            beside=plan,
            back=reverse("plan", args=[person, plan]),
            context={"due": said.due_words_of(here.plan.line, here.opened.at), "kept_out": kept_out_among(here)},
        ),
    )


def _hold(here: PlanOpened, sheet: CoreGroupSheet) -> UUID:
    by, at, given = here.opened.by, here.opened.at, sheet.held.cleaned_data
    held_at: datetime = given["held_at"] or at
    meeting = hold_core_group(
        by=by,
        plan=here.plan.id,
        held=CoreGroupHeld(
            held_at=held_at,
            text=given["text"],
            members=tuple(_members(sheet)),
            children=tuple(
                ChildDecided(child, part=form.cleaned_data["part"], part_words=form.cleaned_data["words"])
                for child, form in sheet.parts.items()
            ),
            parents=given["parents"],
            progress=tuple(
                ProgressGiven(row.view.root, row.form.number, row.form.cleaned_data["words"]) for row in sheet.progress
            ),
            late_because=given.get("late_because", ""),
            next_on=given["next_on"],
        ),
        at=at,
    )
    for done in sheet.done:
        if done.form.begun:
            finish_step(by=by, step=done.action.step, outcome=done.form.cleaned_data["outcome"], at=at)
    for form in sheet.actions.forms:
        if form.begun:
            new = form.cleaned_data
            agree_action(
                by=by, plan=here.plan.id, what=new["what"], who=new["who"], why=new["why"], by_when=new["by_when"],
                post=form.post_key, at=at,
            )  # fmt: skip
    return meeting


def _members(sheet: CoreGroupSheet) -> list[MemberGiven]:
    known = [_member(row.form, row.member) for row in sheet.known if row.form.begun]
    return [*known, *(_member(form, None) for form in sheet.others if form.begun)]


def _member(form: MemberForm, member: Member | None) -> MemberGiven:
    given = form.cleaned_data
    return MemberGiven(
        agency_post=member.agency_post if member else None,
        post=member.post if member else None,
        person=member.person if member else None,
        name=member.name if member else given["who"].strip(),
        role=member.role if member else "",
        attendance=given["attendance"],
        deputy=given["deputy"],
        view=ViewGiven(words=given["words"], how=given["view"]),
    )


def _done(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    messages.success(request, "The core group is on the record of each child. The next one is counted from its day.")
    return redirect("plan", person=person, plan=plan)

"""A strategy discussion: reading it, recording it on one page, adding what was shared later, and deciding."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.enquiries.operations import add_shared
from sightline.enquiries.permissions import may_decide, refuse_unless_may_decide
from sightline.enquiries.queries import DiscussionView, get_discussion
from sightline.journeys.protect import decide_strategy, hold_strategy
from sightline.kernel.errors import Refusal
from sightline.record.permissions import may_write
from sightline.web.disagreements.linking import disagree_url
from sightline.web.enquiries.forms import DecisionForm, TookPartForm
from sightline.web.enquiries.opening import Together, open_together, refuse_unless_records, waiting_among
from sightline.web.enquiries.reading import facts_about
from sightline.web.enquiries.sheet import FiledSheet, PerChild, keys_of
from sightline.web.enquiries.strategy_sheet import (
    Row,
    StrategySheet,
    decisions_given,
    offered_to,
    took_part_given,
)
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import Choices
from sightline.web.presenters import enquiries as said
from sightline.workforce.queries import describe_posts, list_teams, who_to_ring


def _open(request: HttpRequest, step: UUID) -> tuple[DiscussionView, Together]:
    view = get_discussion(step)
    return view, open_together(request, view.children)


def _to_write(request: HttpRequest, step: UUID) -> tuple[DiscussionView, Together]:
    view, together = _open(request, step)
    refuse_unless_records(together.opened)
    return view, together


def strategy(request: HttpRequest, step: UUID) -> HttpResponse:
    """The discussion as it stands."""
    view, together = _open(request, step)
    people = [view.asked_by, view.recorded_by, *(one.decided_by for one in view.children.values())]
    facts = facts_about(together, view.entries, people=people, steps=view.steps)
    context = {
        "opened": together.opened,
        "name": said.names_line(together.names),
        "discussion": said.discussion_words(view, facts),
        "may_write": may_write(together.opened.by),
        "may_decide": may_decide(together.opened.by) and bool(_waiting(request, view, together)),
        "step": step,
        "ring": _ring(view.post, together.opened.at) if view.held_at is None else [],
        "enquiry_url": _enquiry_url(together, step),
        "disagree_url": disagree_url(together.opened.by, together.opened.person, "strategy", step),
        "back_url": reverse("person-protection", args=[together.opened.person]),
    }
    return render(request, "enquiries/strategy.html", context)


def _ring(post: UUID, at: datetime) -> list[str]:
    """Who was asked to hold it, and whom to ring: now, and out of hours."""
    duty = next((team for team in list_teams() if team.kind == "emergency_duty"), None)
    out_of_hours = f"{duty.name}, on {duty.phone}" if duty and duty.phone else duty.name if duty else ""
    return said.ring_lines(describe_posts([post]).get(post, ""), who_to_ring(post=post, at=at), out_of_hours)


def _enquiry_url(together: Together, step: UUID) -> str:
    if not may_decide(together.opened.by):
        return ""
    return f"{reverse('enquiry-open', args=[together.opened.person])}?discussion={step}"


def strategy_record(request: HttpRequest, step: UUID) -> HttpResponse:
    """Recording it on one page."""
    view, together = _to_write(request, step)
    opened = together.opened
    if view.held_at is not None and request.method != "POST":
        return _done(request, step, "It is recorded already. Add what somebody shared, or decide, from here.")
    offered = offered_to(together, _waiting(request, view, together) if may_decide(opened.by) else [])

    def perform(sheet: StrategySheet) -> UUID:
        entry: UUID = hold_strategy(
            by=opened.by,
            discussion=step,
            held=sheet.held_given(),
            decisions=sheet.decided(),
            actions=sheet.to_do(),
            at=opened.at,
        )
        return entry

    return answer(
        request,
        Desk(
            opened=opened,
            name="strategy-record",
            template="enquiries/strategy-record.html",
            make=lambda typed, bound: StrategySheet(offered, typed, bound=bound),
            perform=perform,
            done=lambda _sheet: _done(request, step, "The strategy discussion is recorded."),
            beside=step,
            back=reverse("strategy", args=[step]),
            context={
                "decides": may_decide(opened.by),
                "why": view.why,
                "asked": said.asked_line(view, opened.at),
                "back_text": "Back to the discussion",
                "name": said.names_line(together.names),
            },
        ),
    )


def _waiting(request: HttpRequest, view: DiscussionView, together: Together) -> Choices:
    """The children for whom nothing is decided yet."""
    return waiting_among(request, together, "d", lambda child: bool(view.children[child].outcome))


def _done(request: HttpRequest, step: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("strategy", step=step)


class AddSheet(FiledSheet):
    """One row of who shared what."""

    def __init__(
        self, typed: QueryDict | None, *, bound: bool, at: datetime, posts: Choices, children: Choices
    ) -> None:
        self.posts, self.children = posts, children
        super().__init__(typed, bound=bound, at=at)

    def build(self) -> None:
        """The row."""
        self.row = Row("", self.make(TookPartForm, prefix="o0", posts=self.posts, children=self.children))

    def judge_together(self) -> None:
        """An empty row is no answer."""
        if not self.row.form.begun:
            self.row.form.add_error("shared", "Write what was shared, and who shared it.")


def strategy_add(request: HttpRequest, step: UUID) -> HttpResponse:
    """What somebody shared after it was recorded, whoever writes it down."""
    _, together = _to_write(request, step)
    opened = together.opened
    offered = offered_to(together, [])

    def perform(sheet: AddSheet) -> UUID:
        [given] = took_part_given([sheet.row], keys_of([key for key, _ in together.children]))
        # Whoever only took part shared nothing that would be an entry.
        return add_shared(by=opened.by, discussion=step, given=given, at=opened.at) or step

    return answer(
        request,
        Desk(
            opened=opened,
            name="strategy-add",
            template="enquiries/strategy-add.html",
            make=lambda typed, bound: AddSheet(
                typed, bound=bound, at=opened.at, posts=offered.others, children=together.children
            ),
            perform=perform,
            done=lambda _sheet: _done(request, step, "What was shared is added."),
            beside=step,
            back=reverse("strategy", args=[step]),
            context={"back_text": "Back to the discussion", "name": said.names_line(together.names)},
        ),
    )


class DecideSheet(PerChild):
    """For each child who waits for it, what is decided."""

    empty = "Decide for at least one child."

    def __init__(self, typed: QueryDict | None, *, bound: bool, at: datetime, children: Choices) -> None:
        self.children = children
        super().__init__(typed, bound=bound, at=at)

    def build(self) -> None:
        """A form for each child."""
        self.of_child = {key: self.make(DecisionForm, prefix=f"d-{key}", name=name) for key, name in self.children}


def strategy_decide(request: HttpRequest, step: UUID) -> HttpResponse:
    """Deciding for each child for whom nothing is decided yet."""
    view, together = _to_write(request, step)
    opened = together.opened
    refuse_unless_may_decide(opened.by)
    waiting = _waiting(request, view, together)
    if not waiting and request.method != "POST":
        raise Refusal("It is decided for every child. What stands is on the discussion's own page.")
    offered = waiting or together.children

    def perform(sheet: DecideSheet) -> UUID:
        entry: UUID = decide_strategy(
            by=opened.by, discussion=step, decisions=decisions_given(sheet.of_child), at=opened.at
        )
        return entry

    return answer(
        request,
        Desk(
            opened=opened,
            name="strategy-decide",
            template="enquiries/strategy-decide.html",
            make=lambda typed, bound: DecideSheet(typed, bound=bound, at=opened.at, children=offered),
            perform=perform,
            done=lambda _sheet: _done(request, step, "It is decided, and what follows has begun."),
            beside=step,
            back=reverse("strategy", args=[step]),
            context={"back_text": "Back to the discussion", "name": said.names_line(together.names)},
        ),
    )

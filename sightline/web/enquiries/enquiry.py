"""A section 47 enquiry: reading it, adding to it, and concluding it for each child."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.rules import Section
from sightline.enquiries.operations import add_account
from sightline.enquiries.permissions import may_decide, may_decide_no_conference, refuse_unless_may_decide
from sightline.enquiries.queries import EnquiryView, get_enquiry
from sightline.enquiries.rules import CONTINUING_RISK, ConclusionGiven
from sightline.journeys.protect import conclude_enquiry
from sightline.journeys.tell_of_enquiry import FEEDBACK_STEP, to_be_told
from sightline.kernel.errors import Refusal
from sightline.partnership.permissions import may_send
from sightline.record.permissions import may_write
from sightline.web.asked import address
from sightline.web.disagreements.linking import disagree_url
from sightline.web.enquiries.forms import AccountForm, ConclusionForm
from sightline.web.enquiries.opening import Together, open_together, refuse_unless_records, waiting_among
from sightline.web.enquiries.reading import facts_about
from sightline.web.enquiries.sheet import OneForm, PerChild, keep_files, keys_of
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import Choices
from sightline.web.presenters import enquiries as said

BACK = "Back to the enquiry"


def _open(request: HttpRequest, step: UUID) -> tuple[EnquiryView, Together]:
    view = get_enquiry(step)
    return view, open_together(request, view.children)


def enquiry(request: HttpRequest, step: UUID) -> HttpResponse:
    """The enquiry as it stands."""
    view, together = _open(request, step)
    by = together.opened.by
    people = [view.line.began_by, *(one.recorded_by for one in view.children.values())]
    facts = facts_about(together, view.entries, people=people, steps=view.steps)
    going_on = [one.child for one in view.children.values() if not one.outcome and one.child in together.names]
    context = {
        "opened": together.opened,
        "name": said.names_line(together.names),
        "enquiry": said.enquiry_words(view, facts),
        "may_write": may_write(by),
        "may_conclude": may_decide(by) and bool(going_on),
        "step": step,
        "to_tell": _to_tell(view) if may_send(by) else [],
        "owed": any(one.kind == FEEDBACK_STEP and one.closed_at is None for one in view.steps),
        "no_conference": may_decide_no_conference(by) and _at_risk(view),
        "convene_url": address("conference-convene", together.opened.person) if may_write(by) else "",
        "disagree_url": disagree_url(together.opened.by, together.opened.person, "enquiry", step),
        "back_url": reverse("person-protection", args=[together.opened.person]),
    }
    return render(request, "enquiries/enquiry.html", context)


def _to_tell(view: EnquiryView) -> list[dict[str, str]]:
    """Who is to hear how it ended, once it was concluded for anybody."""
    if not any(one.outcome for one in view.children.values()):
        return []
    return [said.to_tell_row(one, view.step) for one in to_be_told(view.step)]


def _at_risk(view: EnquiryView) -> bool:
    """Whether a conference is owed for a child, and no manager has said that there is none."""
    return any(one.outcome == CONTINUING_RISK and not one.no_conference_because for one in view.children.values())


class ConcludeSheet(PerChild):
    """For each child about whom it goes on, what it found."""

    empty = "Conclude for at least one child."

    def __init__(
        self, typed: QueryDict | None, *, bound: bool, at: datetime, children: Choices, may_go_without: bool
    ) -> None:
        self.children, self.may_go_without = children, may_go_without
        super().__init__(typed, bound=bound, at=at)

    def build(self) -> None:
        """A form for each child."""
        self.of_child = {
            key: self.make(
                ConclusionForm, prefix=f"c-{key}", name=name, today=self.today, may_go_without=self.may_go_without
            )
            for key, name in self.children
        }

    def concluded(self) -> tuple[ConclusionGiven, ...]:
        """For each child for whom it was concluded; asked of a valid sheet."""
        return tuple(
            _conclusion(UUID(key), form.cleaned_data) for key, form in self.of_child.items() if form.said_something
        )


def _conclusion(child: UUID, given: dict[str, Any]) -> ConclusionGiven:
    return ConclusionGiven(
        child=child,
        outcome=given["outcome"],
        reasons=given["reasons"],
        media=given["pictures"],
        media_because=given["media_because"],
        no_conference_because=given.get("no_conference_because", ""),
        concluded_on=given["concluded_on"],
        late_because=given["late_because"],
    )


def enquiry_conclude(request: HttpRequest, step: UUID) -> HttpResponse:
    """Concluding for each child about whom it goes on."""
    view, together = _open(request, step)
    opened = together.opened
    refuse_unless_records(opened)
    refuse_unless_may_decide(opened.by)
    going_on = waiting_among(request, together, "c", lambda child: bool(view.children[child].outcome))
    if not going_on and request.method != "POST":
        raise Refusal("It is concluded for every child. What was found stands on the enquiry's own page.")

    def make(typed: QueryDict | None, *, bound: bool) -> ConcludeSheet:
        return ConcludeSheet(
            typed,
            bound=bound,
            at=opened.at,
            children=going_on or together.children,
            may_go_without=may_decide_no_conference(opened.by),
        )

    def perform(sheet: ConcludeSheet) -> UUID:
        return conclude_enquiry(by=opened.by, enquiry=step, conclusions=sheet.concluded(), at=opened.at)

    return answer(
        request,
        Desk(
            opened=opened,
            name="enquiry-conclude",
            template="enquiries/conclude.html",
            make=make,
            perform=perform,
            done=lambda _sheet: _done(request, step, "Concluded. What follows is asked for."),
            beside=step,
            back=reverse("enquiry", args=[step]),
            context={"back_text": BACK, "name": said.names_line(together.names)},
        ),
    )


def enquiry_add(request: HttpRequest, step: UUID) -> HttpResponse:
    """What was done or learned, with photographs and recordings; also after it was concluded."""
    _, together = _open(request, step)
    opened = together.opened
    refuse_unless_records(opened)

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        return OneForm(AccountForm, typed, request.FILES, bound=bound, at=opened.at, children=together.children)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        about = keys_of(given.get("about") or [key for key, _ in together.children])
        return add_account(
            by=opened.by,
            enquiry=step,
            words=given["words"],
            told_by=given["told_by"],
            section=Section(given["section"] or Section.ORDINARY),
            handling=given["handling"] or "ordinary",
            about=about,
            documents=keep_files(given["documents"], about, by=opened.by, at=opened.at),
            at=opened.at,
        )

    asks = {"title": "Add to the enquiry", "button": "Add it"}
    return answer(
        request,
        Desk(
            opened=opened,
            name="enquiry-add",
            template="enquiries/plain.html",
            make=make,
            perform=perform,
            done=lambda _sheet: _done(request, step, "It is added to the enquiry."),
            beside=step,
            back=reverse("enquiry", args=[step]),
            context={"asks": asks, "back_text": BACK, "name": said.names_line(together.names)},
            fields={"name": "documents", "content": "documents"},
        ),
    )


def _done(request: HttpRequest, step: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("enquiry", step=step)

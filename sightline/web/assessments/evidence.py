"""Evidence from other professionals: who could be asked, each confirmed by name, and what came back."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.assessments.queries import EvidenceView, RoundView, get_evidence_request, list_evidence
from sightline.doorway.operations import save_draft
from sightline.journeys.ask_evidence import (
    Proposed,
    ask_for_evidence,
    not_asked,
    propose_evidence,
    record_evidence,
    stop_waiting,
)
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.partnership.operations import Composed
from sightline.partnership.queries import list_agency_posts
from sightline.web import drafts
from sightline.web.asked import key_in, key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.answers import Came, answers_to, read_answers
from sightline.web.assessments.drafting import Begun
from sightline.web.assessments.forms import AnsweredForm, EvidenceForm
from sightline.web.assessments.opening import OpenDocument, open_document, open_round
from sightline.web.presenters import assessment_evidence as said
from sightline.web.refused_form import refuse

ASK, ANSWER = "assessment-evidence", "assessment-answer"
OTHER = "other"


@dataclass(frozen=True)
class Desk:
    """The page's facts: the round, who was asked, who could be, and every post that there is."""

    opened: OpenDocument
    round: RoundView
    asked: list[EvidenceView]
    proposed: list[Proposed]
    others: list[tuple[str, str]]

    def form(self, data: object = None) -> EvidenceForm:
        """What was asked last stands in the box: the worker's own words in this round."""
        asked = [one for one in self.asked if one.asked_at is not None]
        last = max(asked, key=lambda one: str(one.asked_at)).question if asked else ""
        return EvidenceForm(data, proposed=self.proposed, others=self.others, initial={"question": last})


def evidence(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Who was asked, and whom to ask; `assessment-evidence`."""
    desk = _desk(request, assessment)
    if request.method != "POST":
        begun, form = drafting.begin(request, desk.opened.by, form=ASK, assessment=assessment), desk.form()
        begun.fill(form)
        return _show(request, desk, form, begun)
    key = key_of(request)
    form = desk.form(request.POST)
    if form.is_valid():
        try:
            return _do(request, desk, form)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, _fields(request))
    drafts.keep(request, key, form=ASK, about=desk.opened.children[0])
    return _show(request, desk, form, Begun(key))


def _desk(request: HttpRequest, assessment: UUID) -> Desk:
    opened = open_document(request, assessment, "assessment_evidence")
    refuse_unless_may_assess(opened.by)
    now = _round(request, opened)
    others = [(str(one.id), f"{one.title}, {one.agency.name}") for one in list_agency_posts(only_open=True)]
    proposed = propose_evidence(now.id) if now.closed_at is None else []
    return Desk(opened, now, list_evidence(now.id), proposed, others)


def _round(request: HttpRequest, opened: OpenDocument) -> RoundView:
    """The open round; between rounds the last one, in which nobody is asked any more."""
    if request.method == "POST" or opened.view.round is not None or not opened.view.rounds:
        return open_round(request, opened)
    return opened.view.rounds[-1]


def _do(request: HttpRequest, desk: Desk, form: EvidenceForm) -> HttpResponse:
    if "leave" in request.POST:
        return _leave(request, desk, form)
    return _ask(request, desk, form)


def _fields(request: HttpRequest) -> dict[str, str]:
    """The form's own names for what the operations refuse."""
    pressed = request.POST.get("ask") or request.POST.get("leave") or ""
    whose = f"n-{pressed}" if pressed != OTHER else "other_name"
    return {"because": f"w-{pressed}", "name": whose, "agency_post": "other" if pressed == OTHER else whose}


def _ask(request: HttpRequest, desk: Desk, form: EvidenceForm) -> HttpResponse:
    pressed = request.POST.get("ask", "")
    given = form.cleaned_data
    post = key_in(given["other"] if pressed == OTHER else pressed)
    if post is None:
        raise Refusal("Choose who is asked.", field="agency_post")
    name = given["other_name"] if pressed == OTHER else given.get(f"n-{post}", "")
    composed: list[Composed] = []

    def perform() -> UUID:
        composed.append(
            ask_for_evidence(
                by=desk.opened.by, round=desk.round.id, agency_post=post, name=name, question=given["question"],
                at=desk.opened.at,
            )
        )  # fmt: skip
        return composed[0].message

    send_once(request, ASK, perform, at=desk.opened.at)
    if not composed:
        return redirect("assessment-evidence", assessment=desk.opened.id)
    to = dict(desk.others).get(str(post), "them")
    context = {"opened": desk.opened, "code": composed[0].code, "to": f"{name}, {to}" if name else to}
    return render(request, "assessments/asked.html", context)


def _leave(request: HttpRequest, desk: Desk, form: EvidenceForm) -> HttpResponse:
    post = key_in(request.POST.get("leave"))
    if post is None:
        raise Refusal("Choose who is not asked.")
    because = form.cleaned_data.get(f"w-{post}", "")
    going_on: list[UUID] = []

    def perform() -> UUID:
        left = not_asked(by=desk.opened.by, round=desk.round.id, agency_post=post, because=because, at=desk.opened.at)
        if "question" in form.changed_data:
            going_on.append(_keep_question(desk, form.cleaned_data["question"]))
        return left

    send_once(request, "assessment-evidence-not", perform, at=desk.opened.at)
    messages.success(request, "Recorded. They can be asked after all.")
    page = reverse(ASK, args=[desk.opened.id])
    return redirect(f"{page}?draft={going_on[0]}" if going_on else page)


def _keep_question(desk: Desk, question: str) -> UUID:
    """A question that is being written outlives that one of those listed is not asked; the key of its draft."""
    key = new_id()
    body = {"assessment": [str(desk.opened.id)], "question": [question]}
    save_draft(by=desk.opened.by, key=key, form=ASK, about=desk.opened.children[0], body=body, at=desk.opened.at)
    return key


def _show(request: HttpRequest, desk: Desk, form: EvidenceForm, begun: Begun) -> HttpResponse:
    asked = [one for one in desk.asked if one.asked_at is not None]
    left = [one for one in desk.asked if one.asked_at is None]
    came = answers_to(asked)
    context = {
        "opened": desk.opened,
        "round": desk.round,
        "open": desk.round.closed_at is None,
        "form": form,
        "proposed": [_row(form, one) for one in desk.proposed],
        "asked": said.asked_rows(asked, desk.opened.id, desk.opened.at, _links(desk, came)),
        "answers": read_answers(desk.opened, asked, came),
        "not_asked": [f"{said.whom(one)}: not asked, because: {one.not_asked_because}" for one in left],
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
    }
    return render(request, "assessments/evidence.html", context)


def _links(desk: Desk, came: Came) -> dict[UUID, list[str]]:
    """By request, where its answer and each addition stand on the record."""
    record = reverse("person-timeline", args=[desk.round.children[0]]) + "?kind=evidence#entry-"
    return {one: [f"{record}{entry.root}" for entry in entries] for one, entries in came.entries.items()}


def _row(form: EvidenceForm, one: Proposed) -> dict[str, object]:
    why_not: BoundField = form[f"w-{one.agency_post}"]
    return {
        "title": f"{one.title}, {one.agency}",
        "because": ". ".join(one.because),
        "name": form[f"n-{one.agency_post}"],
        "why_not": why_not,
        "open": bool(why_not.value() or why_not.errors),
        "value": str(one.agency_post),
    }


# --- an answer that came another way ---------------------------------------------------------------


def answered(request: HttpRequest, assessment: UUID, asked: UUID) -> HttpResponse:
    """An answer by phone, letter or in a meeting; or that it is no longer waited for; `assessment-answer`."""
    opened = open_document(request, assessment, "assessment_evidence")
    refuse_unless_may_assess(opened.by)
    found = _request(opened, asked)
    form = AnsweredForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        begun = drafting.begin(request, opened.by, form=ANSWER, assessment=assessment, asked=asked)
        begun.fill(form)
        return _show_answered(request, opened, found, form, begun)
    key = key_of(request)
    if form.is_valid():
        try:
            send_once(request, ANSWER, lambda: _take(opened, found, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Recorded.")
            return redirect("assessment-evidence", assessment=opened.id)
    drafts.keep(request, key, form=ANSWER, about=opened.children[0])
    return _show_answered(request, opened, found, form, Begun(key))


def _show_answered(
    request: HttpRequest, opened: OpenDocument, asked: EvidenceView, form: AnsweredForm, begun: Begun
) -> HttpResponse:
    context = {
        "opened": opened,
        "asked": asked,
        "whom": said.whom(asked),
        "form": form,
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
    }
    return render(request, "assessments/answered.html", context)


def _request(opened: OpenDocument, asked: UUID) -> EvidenceView:
    of = get_evidence_request(asked).round_id
    if of in {one.id for one in opened.view.rounds}:
        for found in list_evidence(of):
            if found.id == asked and found.asked_at is not None:
                return found
    raise NotFound("There is no such request in this assessment. Choose it on the page of evidence.")


def _take(opened: OpenDocument, asked: EvidenceView, form: AnsweredForm) -> UUID:
    given = form.cleaned_data
    if given["what"] == AnsweredForm.STOP:
        stop_waiting(
            by=opened.by, round=asked.round, because=given["because"], agency_post=asked.agency_post, at=opened.at
        )
        return asked.id
    return record_evidence(
        by=opened.by, request=asked.id, text=given["text"], told_by=given["told_by"], handling=given["handling"],
        at=opened.at,
    )  # fmt: skip

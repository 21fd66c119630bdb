"""A manager's decision: authorise it, authorise it for a second check, or return it for edits."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.assessments.kinds import may_lead_to
from sightline.assessments.operations import return_for_edits
from sightline.assessments.permissions import refuse_unless_may_authorise
from sightline.assessments.queries import RoundView, get_round, list_evidence, list_missing
from sightline.doorway.roles import MANAGERS
from sightline.journeys.assess import sign_off
from sightline.journeys.open_matters import matters_beside_round
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web import drafts
from sightline.web.asked import key_of, send_once, who
from sightline.web.assessments import drafting
from sightline.web.assessments.answers import answers_to, read_answers
from sightline.web.assessments.disagreements import list_disagreements
from sightline.web.assessments.document import factor_rows, sections_of
from sightline.web.assessments.drafting import Begun
from sightline.web.assessments.forms import NO, SECOND, SignForm
from sightline.web.assessments.opening import OpenDocument, open_document, open_round
from sightline.web.assessments.reading import read_standing
from sightline.web.assessments.sending import count_others, managers_to_choose
from sightline.web.presenters import assessments as said
from sightline.web.presenters.assessment_evidence import unanswered_words
from sightline.web.presenters.endings import matter_row
from sightline.web.refused_form import refuse

NAME = "assessment-sign"


def sign(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Everything that a signature answers for, and the decision; `assessment-sign`.

    The step by which a manager is asked knows its round alone, so a round's key leads on to its assessment.
    """
    try:
        opened = open_document(request, assessment)
    except NotFound:
        page = NAME if who(request).has_role(MANAGERS) else "assessment"
        found = get_round(assessment)
        return redirect(f"{reverse(page, args=[found.assessment])}?round={found.id}")
    refuse_unless_may_authorise(opened.by)
    now = open_round(request, opened)
    opened = opened.of(now)
    form = _form(request, opened, now)
    if request.method != "POST":
        begun = drafting.begin(request, opened.by, form=NAME, assessment=assessment)
        begun.fill(form)
        return _show(request, opened, now, form, begun)
    key = key_of(request)
    if form.is_valid():
        try:
            send_once(request, NAME, lambda: _decide(opened, now, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, {"to_post": "send_on_to"})
        else:
            messages.success(request, _DONE[form.cleaned_data["decision"]])
            return redirect("assessment", assessment=opened.id)
    drafts.keep(request, key, form=NAME, about=opened.children[0])
    return _show(request, opened, now, form, Begun(key))


_DONE = {
    "yes": "Signed. It stands as it was signed, and the document goes on.",
    SECOND: "Authorised, and sent for a second check.",
    NO: "Returned, with your words.",
}


def _form(request: HttpRequest, opened: OpenDocument, now: RoundView) -> SignForm:
    return SignForm(
        request.POST if request.method == "POST" else None,
        outcomes=may_lead_to(opened.pack, now.kind),
        posts=managers_to_choose(opened.by),
        late=_is_late(now, opened.at),
        # Signed already, the same answer sent twice is answered again as it was.
        matters=matters_beside_round(now, at=opened.at) if now.closed_at is None else (),
    )


def _is_late(now: RoundView, at: datetime) -> bool:
    return now.due_at is not None and now.due_at < at


def _decide(opened: OpenDocument, now: RoundView, form: SignForm) -> UUID:
    given = form.cleaned_data
    if given["decision"] == NO:
        return_for_edits(by=opened.by, round=now.id, words=given["words"], at=opened.at)
        return opened.id
    sign_off(
        by=opened.by,
        round=now.id,
        outcome=given["outcome"],
        late_because=given.get("late_because", ""),
        accepted=form.accepted,
        send_on_to=UUID(given["send_on_to"]) if given["decision"] == SECOND else None,
        at=opened.at,
    )
    return opened.id


def _show(
    request: HttpRequest, opened: OpenDocument, now: RoundView, form: SignForm, begun: Begun
) -> HttpResponse:  # fmt: skip
    stands, asked = read_standing(opened.view, opened.children), list_evidence(now.id)
    context = {
        "opened": opened,
        "round": now,
        "form": form,
        "missing": _missing(opened, now),
        "others": said.others_words(count_others(opened, now)),
        "evidence": unanswered_words(asked),
        "answers": read_answers(opened, asked, answers_to(asked)),
        "matters": [matter_row(one, opened.headers, opened.at) for one in form.matters],
        "accept": said.accept_words(form.ending),
        "disagreements": list_disagreements(opened),
        "sections": sections_of(opened, may_write=False),
        "unasked": said.unasked_section(opened.unasked, opened.said, opened.id),
        "factors": factor_rows(opened),
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
        **stands.context(opened.pack, opened.at),
    }
    return render(request, "assessments/sign.html", context)


def _missing(opened: OpenDocument, now: RoundView) -> list[dict[str, str]]:
    named = {part.place: part.named for part in (*opened.parts, *opened.unasked)}
    return said.missing_rows((named.get(one.place, one.place[0]), one.reason) for one in list_missing(now.id))

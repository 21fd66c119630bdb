"""What is typed and not yet sent: saved as it is typed, found again, and thrown away.

A form with `data-draft-url="{% url 'save-draft' key %}"` and a hidden `draft_form` saves itself
here. Its draft, its hidden `key` and its submission share one key.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect

from sightline.doorway.actor import Actor
from sightline.doorway.models import Draft
from sightline.doorway.operations import discard_draft, save_draft
from sightline.doorway.queries import get_draft, list_drafts, was_sent
from sightline.kernel.errors import NotFound
from sightline.web.asked import address, body_of, key_in, now, post_only, who
from sightline.web.presenters.words import clock_time, short_day

PAGES = {
    "recording": "record-new",
    "decision": "contact",
    "correction": "entry-correct",
    "ending": "ending-ask",
    "ending-answer": "ending",
    "ending-return": "ending",
}
"""The page on which a form is taken up again, by the form's name where it is another; the draft says about whom."""
BESIDE = {
    "correction": "entry",
    "account-attach": "entry",
    "ended-tell": "agency_post",
    "visit-cancel": "step",
    "plan-change": "plan",
    "plan-review": "plan",
    "core-group-record": "plan",
    "plan-version": "plan",
    "plan-step": "plan",
    "plan-agreement": "plan",
    "disagreement-tell": "agency_post",
    "strategy-record": "step",
    "strategy-add": "step",
    "strategy-decide": "step",
    "enquiry-add": "step",
    "enquiry-conclude": "step",
    "medical-record": "step",
    "order-extend": "step",
    "order-end": "step",
    "enquiry-tell": "step",
    "enquiry-not-told": "step",
    "enquiry-no-conference": "step",
}
"""Forms whose page has a second key in its address, and the field of the form that holds it."""
FROM_FIELDS = {
    "plan-sign": ("person", "plan", "version"),
    "assessment-section": ("assessment", "section"),
    "assessment-section-child": ("assessment", "section", "child"),
    "assessment-send": ("assessment",),
    "assessment-sign": ("assessment",),
    "assessment-stop": ("assessment",),
    "assessment-evidence": ("assessment",),
    "assessment-answer": ("assessment", "asked"),
    "conclusion": ("person", "conclusion"),
    "assessment-family-write": ("entry", "person"),
    "conference-convene": ("person",),
    "conference-invitees": ("step",),
    "conference-invitee": ("step", "invitee"),
    "conference-report": ("step", "invitee"),
    "conference-view": ("step", "invitee"),
    "conference-part": ("step", "child"),
    "conference-move": ("step",),
    "conference-outcome": ("step",),
    "conference-letter": ("step", "letter"),
    "strategy-record": ("step",),
    "strategy-add": ("step",),
    "strategy-decide": ("step",),
    "enquiry-add": ("step",),
    "enquiry-conclude": ("step",),
    "medical-record": ("step",),
    "order-extend": ("step",),
    "order-end": ("step",),
    "enquiry-tell": ("step", "agency_post"),
    "enquiry-not-told": ("step",),
    "enquiry-no-conference": ("step",),
}
"""Forms whose page is found from fields of the form, in their order, and not from whom the draft is about."""
BY_OWN_KEY = {"contact": "contact-draft"}
"""Forms whose page has the draft's own key in its address."""
NAMES = {
    "recording": "Unfinished recording",
    "visit-record": "Unfinished visit",
    "visit-plan": "Unfinished plan of a visit",
    "visit-cancel": "Unfinished cancelling of a visit",
    "appointment-record": "Unfinished appointment",
    "account-attach": "Unfinished account of somebody in the family",
    "correction": "Unfinished correction",
    "birth": "Unfinished record of a birth",
    "ending": "Unfinished request to end involvement",
    "ending-answer": "Unfinished answer to an ending",
    "ending-return": "Unfinished return of an ending",
    "ended-tell": "Unfinished message about an ending",
    "contact": "Unfinished contact",
    "decision": "Unfinished decision",
    "plan-new": "Unfinished plan",
    "plan-change": "Unfinished change of a plan",
    "plan-review": "Unfinished review of a plan",
    "plan-version": "Unfinished agreement of a plan",
    "plan-sign": "Unfinished signatures of a plan",
    "plan-step": "Unfinished step up or down",
    "plan-agreement": "Unfinished word on who agrees",
    "service-ask": "Unfinished request for a service",
    "assessment-section": "Unfinished assessment",
    "assessment-section-child": "Unfinished assessment",
    "assessment-send": "Unfinished sending of an assessment",
    "assessment-sign": "Unfinished sign-off of an assessment",
    "assessment-stop": "Unfinished ending of an assessment that nobody signs",
    "assessment-evidence": "Unfinished request for evidence",
    "assessment-answer": "Unfinished answer to a request for evidence",
    "conclusion-new": "Unfinished conclusion",
    "conclusion": "Unfinished look at a conclusion again",
    "assessment-family-write": "Unfinished version of an assessment for the family",
    "conference-convene": "Unfinished conference to convene",
    "conference-invitees": "Unfinished list of whom a conference invites",
    "conference-invitee": "Unfinished decision on whom a conference invites",
    "conference-report": "Unfinished report for a conference",
    "conference-view": "Unfinished view for a conference",
    "conference-part": "Unfinished word on how a child is heard",
    "conference-move": "Unfinished moving of a conference",
    "conference-outcome": "Unfinished outcome of a conference",
    "conference-letter": "Unfinished letter of a conference",
    "core-group-record": "Unfinished core group",
    "disagreement-new": "Unfinished disagreement",
    "disagreement-say": "Unfinished words of a side of a disagreement",
    "disagreement-safety": "Unfinished words on how children are kept safe",
    "disagreement-escalate": "Unfinished step of a disagreement to its next stage",
    "disagreement-resolve": "Unfinished end of a disagreement",
    "disagreement-tell": "Unfinished message on how a disagreement was resolved",
    "strategy-ask": "Unfinished request for a strategy discussion",
    "strategy-record": "Unfinished strategy discussion",
    "strategy-add": "Unfinished addition to a strategy discussion",
    "strategy-decide": "Unfinished decision of a strategy discussion",
    "enquiry-open": "Unfinished opening of an enquiry",
    "enquiry-add": "Unfinished addition to an enquiry",
    "enquiry-conclude": "Unfinished conclusion of an enquiry",
    "medical-ask": "Unfinished request for a medical examination",
    "medical-record": "Unfinished medical examination",
    "order-new": "Unfinished order",
    "order-extend": "Unfinished extension of an order",
    "order-end": "Unfinished ending of an order",
    "injury-new": "Unfinished injury",
    "enquiry-tell": "Unfinished message about how an enquiry ended",
    "enquiry-not-told": "Unfinished reason why nobody was told of an enquiry",
    "enquiry-no-conference": "Unfinished decision that there is no conference",
    "own-notes": "Unfinished note of an agency's own",
}
LARGEST = 400_000
"""Characters in one draft: more than a long report, less than an attack."""


def typed(body: Mapping[str, list[str]]) -> QueryDict:
    """A draft's words as if they had just been sent."""
    data = QueryDict(mutable=True)
    for name, values in body.items():
        if isinstance(values, list):
            data.setlist(name, [str(value) for value in values])
    return data


def fill(form: forms.BaseForm, data: QueryDict) -> None:
    """Show in an unbound form what was typed, without judging it."""
    for name, field in form.fields.items():
        given: Any = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        if given is not None:
            form.initial[name] = given


@post_only("my-day")
def save(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep what is typed so far. One that arrives late never overwrites a later one."""
    by, at = who(request), now()
    if sum(len(value) for name in request.POST for value in request.POST.getlist(name)) > LARGEST:
        return JsonResponse({"refused": "too long"}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    order = request.POST.get("draft_order", "0")[:20]
    before = get_draft(by=by, key=key)
    if before is not None and _number(before.body.get("draft_order", ["0"])[0]) > _number(order):
        return JsonResponse({"saved": clock_time(before.saved_at)})
    form = request.POST.get("draft_form", "")[:40]
    if before is None and was_sent(by=by, key=key, form=form):
        # On its way when the form was sent: kept now, it would ask to be sent again.
        return JsonResponse({"saved": clock_time(at)})
    draft = save_draft(
        by=by,
        key=key,
        form=form,
        about=key_in(request.POST.get("draft_about")),
        body=body_of(request.POST) | {"draft_order": [order]},
        at=at,
    )
    return JsonResponse({"saved": clock_time(draft.saved_at)})


def keep(request: HttpRequest, key: UUID, *, form: str, about: UUID) -> None:
    """Keep what was sent and refused, so that nothing is lost when the page is left: with script or without."""
    if sum(len(value) for name in request.POST for value in request.POST.getlist(name)) <= LARGEST:
        save_draft(by=who(request), key=key, form=form, about=about, body=body_of(request.POST), at=now())


def offered(by: Actor, *, form: str, about: UUID, entry: UUID | None = None) -> dict[str, str] | None:
    """The latest draft of this form about somebody: when it was saved, and where it is taken up again."""
    for one in list_drafts(by=by):
        if one.form == form and one.about == about and (entry is None or entry_in(one) == entry):
            return {"begun": clock_time(one.saved_at), "day": short_day(one.saved_at), "url": page_of(one)}
    return None


def entry_in(draft: Draft) -> UUID | None:
    """What else than a person the draft is about: the entry that it corrects, the plan that it changes."""
    return key_in(next(iter(draft.body.get(BESIDE.get(draft.form, "entry"), [])), None))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


@post_only("my-day")
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw away one's own draft."""
    discard_draft(by=who(request), key=key)
    return redirect("my-day")


def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """Back to the page of a draft; where nothing was saved, to the page it was sent from."""
    draft = get_draft(by=who(request), key=key)
    if draft is None:
        back = request.GET.get("back", "")
        # Only a page of this product, never an address elsewhere.
        return redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "my-day")
    url = page_of(draft)
    if not url:
        raise NotFound("There is no page on which this can be taken up again.")
    return redirect(url)


def page_of(draft: Draft) -> str:
    """The address at which a draft is taken up again."""
    if draft.form in BY_OWN_KEY:
        return address(BY_OWN_KEY[draft.form], draft.id)
    url = _address_of(draft)
    return f"{url}?draft={draft.id}" if url else ""


def _address_of(draft: Draft) -> str:
    if draft.form in FROM_FIELDS:
        return address(draft.form, *(field_of(draft, name) for name in FROM_FIELDS[draft.form]))
    name = PAGES.get(draft.form, draft.form)
    entry = entry_in(draft) if draft.form in BESIDE else None
    url = address(name, *(key for key in (draft.about, entry) if key)) if draft.about else ""
    return url or address(name)


def field_of(draft: Draft, name: str) -> str:
    """What one field of a draft holds; nothing where it has no such field."""
    return next((str(value) for value in draft.body.get(name, [])), "")

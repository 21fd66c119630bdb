"""A contact's own page: its story, what is known, and the forms by which it is recommended on and decided."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sightline.front_door.deciding import Deciding
from sightline.front_door.operations import recommend, take_together
from sightline.front_door.permissions import may_take_contacts
from sightline.front_door.queries import list_contacts
from sightline.journeys.decide import decide
from sightline.journeys.feed_back import feed_back, no_feedback
from sightline.journeys.letters import draft_acknowledgement, draft_outcome
from sightline.journeys.take_contact import desk_of
from sightline.kernel.errors import Refusal, Stale
from sightline.kernel.references import new_id
from sightline.partnership.operations import Composed
from sightline.record.permissions import may_write
from sightline.web.asked import address, key_in, now, send_once, who
from sightline.web.disagreements.linking import disagree_url
from sightline.web.front_door.asking import unjudged
from sightline.web.front_door.contact_reading import ContactSheet, decision_form, read_contact
from sightline.web.front_door.deciding_form import LINK, NOT_POSSIBLE, DecisionForm, RecommendForm, TellForm
from sightline.web.presenters import front_door_contact as words_of
from sightline.web.presenters import words
from sightline.web.refused_form import refuse

FIELD_OF = {"text": "feedback_text", "how": "call_words", "agency_post": "means"}


@require_GET
def contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    """The page; `contact`. `?acknowledge` and the like are never needed: every form is on it."""
    return show_contact(request, read_contact(by=who(request), contact=contact, at=now()))


def _protect(sheet: ContactSheet) -> list[dict[str, str]]:
    """What a worker who fears for a child does from here, on the record of the first of them."""
    child = next((one for one in sheet.contact.children if one in sheet.already.headers), None)
    if child is None or not may_write(sheet.by):
        return []
    named = (("strategy-ask", "Ask for a strategy discussion"), ("injury-new", "Record an injury"))
    return [{"text": text, "url": address(name, child)} for name, text in named]


def show_contact(
    request: HttpRequest, sheet: ContactSheet, *, stale: Stale | None = None, chosen: str = ""
) -> HttpResponse:
    """The page with whichever form was sent from it; `chosen` is an outcome that a button has just put in."""
    tell = sheet.forms["tell"]
    if not tell.is_bound:
        kind = "acknowledgement" if not sheet.contact.professional or sheet.contact.decision is None else "outcome"
        tell.initial["feedback_text"] = tell.initial["drafted"] = draft(sheet, kind, "")
    context = {
        "sheet": sheet,
        "contact": sheet.contact,
        "story": words_of.story_of(sheet),
        "facts": words_of.facts_of(sheet),
        "people": words_of.people_of(sheet),
        "protect": _protect(sheet),
        "clock": words_of.clock_of(sheet),
        "known": words_of.known_of(sheet),
        "checks": words_of.checks_of(sheet),
        "told": words_of.told_of(sheet),
        "decision": words_of.decision_of(sheet),
        "disagree_url": disagree_url(sheet.by, next(iter(sheet.contact.children), None), "contact", sheet.contact.id),
        "recommendations": words_of.recommendations_of(sheet),
        "handovers": words_of.handovers_of(sheet),
        "children": words_of.children_of(sheet),
        "together": words_of.together_of(sheet),
        "earlier": words_of.earlier_of(sheet),
        "accepts": sheet.accepts,
        "hands_over": sheet.hands_over and may_take_contacts(sheet.by),
        "said_of_history": sheet.entry.text_of("history_bears"),
        "not_told": words_of.not_told_of(sheet),
        "all_forms": list(sheet.forms.values()),
        "page_errors": any(one.is_bound and one.errors for one in sheet.forms.values()),
        "key": request.POST.get("key") or str(new_id()),
        "stale": stale,
        "chosen": chosen,
        "send_by": "decide" if sheet.may_decide else "",
        **(_both(sheet, stale) if stale else {}),
        **sheet.forms,
    }
    return render(request, "front_door/contact.html", context, status=409 if stale else 200)


def _both(sheet: ContactSheet, stale: Stale) -> dict[str, object]:
    decision = sheet.contact.decision
    name = sheet.names.get(decision.decided_by, "a colleague") if decision else "a colleague"
    when = words.full_moment(decision.decided_at) if decision else "just now"
    return {
        "theirs": {"who": name, "when": when, "rows": [{"name": "Why", "text": stale.theirs}]},
        "mine": {"rows": [{"name": "Why", "text": stale.yours}]},
    }


def draft(sheet: ContactSheet, kind: str, outcome: str) -> str:
    """The words that are offered for whoever raised it."""
    desk = desk_of(sheet.by)
    decision = sheet.contact.decision
    chosen = outcome or (decision.outcome if decision else "")
    if kind == "outcome" and sheet.contact.professional:
        return draft_outcome(sheet.pack, sheet.contact, outcome=chosen, desk=desk, at=sheet.at) if chosen else ""
    step = sheet.decide_step
    by = step.due_at if step and step.due_at else sheet.at
    return draft_acknowledgement(sheet.pack, sheet.contact, desk=desk, decide_by=by, at=sheet.at)


@require_POST
def decide_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Drafts the message for the outcome that was chosen, or decides; `contact-decide`."""
    by, at = who(request), now()
    sheet = read_contact(by=by, contact=contact, at=at)
    data = request.POST.copy()
    if "choose" in data:
        data["outcome"] = data.get("choose", "")
    form = decision_form(sheet, data)
    if "then" not in data:
        _offer_draft(data, sheet)
        sheet.forms["decide"] = unjudged(form)
        chosen = str(sheet.pack.outcome(str(data["choose"])).label) if "choose" in data else ""
        return show_contact(request, sheet, chosen=chosen)
    sheet.forms["decide"] = form
    if not form.is_valid() or not _is_whole(form, sheet, data):
        return show_contact(request, sheet)
    composed: list[Composed] = []
    try:
        send_once(request, "decision", lambda: _perform(sheet, form, composed, at), at=at)
    except Stale as stale:
        fresh = read_contact(by=by, contact=contact, at=at)
        return show_contact(request, fresh, stale=stale)
    except Refusal as refusal:
        refuse(form, refusal, FIELD_OF)
        return show_contact(request, sheet)
    return after_telling(request, sheet, composed, "The contact is decided.")


def _offer_draft(data: QueryDict, sheet: ContactSheet) -> None:
    """A new draft takes the place of the last one, unless somebody has changed that. The form reads this data."""
    written, last = data.get("feedback_text", ""), data.get("drafted", "")
    if _plain(written) in ("", _plain(last)):
        data["feedback_text"] = data["drafted"] = draft(sheet, "outcome", data.get("outcome", ""))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _is_whole(form: DecisionForm, sheet: ContactSheet, data: QueryDict) -> bool:
    given = form.cleaned_data
    if not given.get("outcome"):
        form.add_error("outcome", "Choose what this contact becomes.")
    if not given.get("reason", "").strip():
        form.add_error("reason", "Say why you decided this.")
    if given.get("outcome") and sheet.pack.outcome(given["outcome"]).no_further_action:
        form.refuse_unanswered()
    if data.get("then") == "link" and form.offers_link:
        given["means"] = LINK
    if _tells(data, sheet):
        refuse_untold(form)
        if given.get("means") != NOT_POSSIBLE and given.get("outcome") and not given.get("feedback_text", "").strip():
            _offer_draft(data, sheet)
            form.add_error("feedback_text", "Read the message that is drafted here, then send it.")
    return not form.errors


def _tells(data: Mapping[str, str], sheet: ContactSheet) -> bool:
    """Whether the button that was pressed decides and tells; a member of the public is told nothing here."""
    return data.get("then") in {"link", "tell"} and sheet.contact.professional


def refuse_untold(form: TellForm) -> None:
    """Says what is missing before somebody can be told."""
    given = form.cleaned_data
    if not given.get("means"):
        form.add_error("means", "Choose how they are told, or that they cannot be.")
    if given.get("means") == "call" and not given.get("call_words", "").strip():
        form.add_error("call_words", "Say whom you spoke to and when.")
    if given.get("means") == NOT_POSSIBLE and not given.get("not_possible", "").strip():
        form.add_error("not_possible", "Say why they cannot be told.")


def _perform(
    sheet: ContactSheet,
    form: DecisionForm,
    composed: list[Composed],
    at: datetime,
) -> UUID:
    given = form.cleaned_data
    deciding = Deciding(
        outcome=given["outcome"],
        reason=given["reason"],
        would_change=given.get("would_change", ""),
        history_bears=given.get("history_bears", ""),
        safe_tonight=given.get("safe_tonight", ""),
        need=given.get("need", ""),
        agreement=given.get("agreement", False),
        other_authority=given.get("other_authority", ""),
    )
    accepted = form.accepted
    if _tells(form.data, sheet):
        entry = decide(by=sheet.by, contact=sheet.contact.id, given=deciding, accepted=accepted, at=at)
        tell(sheet, form, "outcome", composed, at)
        return entry
    return decide(by=sheet.by, contact=sheet.contact.id, given=deciding, accepted=accepted, at=at)


def tell(sheet: ContactSheet, form: TellForm, kind: str, composed: list[Composed], at: datetime) -> None:
    """Tells whoever raised it, or records why they cannot be told."""
    given = form.cleaned_data
    if given["means"] == NOT_POSSIBLE:
        no_feedback(by=sheet.by, contact=sheet.contact.id, reason=given["not_possible"], at=at)
        return
    composed.append(
        feed_back(
            by=sheet.by,
            contact=sheet.contact.id,
            kind=kind,
            text=given["feedback_text"],
            means=given["means"],
            call_words=given.get("call_words", ""),
            at=at,
        )
    )


def after_telling(request: HttpRequest, sheet: ContactSheet, composed: list[Composed], said: str) -> HttpResponse:
    """The second code, shown this once to whoever sends; else back to the page."""
    if composed and composed[0].code:
        context = {"code": composed[0].code, "to": sheet.teller, "contact": sheet.contact, "said": said}
        return render(request, "front_door/sent.html", context)
    messages.success(request, said)
    if not list_contacts([sheet.contact.id]):
        # Kept apart from now on, and no longer this desk's to read.
        return redirect("front-door")
    return redirect("contact", contact=sheet.contact.id)


@require_POST
def recommend_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    """What the duty worker would do; `contact-recommend`."""
    by, at = who(request), now()
    sheet = read_contact(by=by, contact=contact, at=at)
    form = sheet.forms["recommend"] = RecommendForm(request.POST, pack=sheet.pack)
    form.is_valid()
    if not form.cleaned_data.get("recommendation"):
        form.add_error("recommendation", "Choose what you would do.")
        return show_contact(request, sheet)
    given = form.cleaned_data
    try:
        send_once(
            request,
            "recommendation",
            lambda: recommend(
                by=by, contact=contact, recommendation=given["recommendation"], reason=given["why"], at=at
            ),
            at=at,
        )
    except Refusal as refusal:
        refuse(form, refusal, {"reason": "why"})
        return show_contact(request, sheet)
    messages.success(request, "Your recommendation is recorded. A social worker decides.")
    return redirect(f"{reverse('contact', args=[contact])}#recommendations")


@require_POST
def tell_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Acknowledges, or gives feedback after the decision; `contact-tell`."""
    by, at = who(request), now()
    sheet = read_contact(by=by, contact=contact, at=at)
    form = TellForm(request.POST, contact=sheet.contact, teller=sheet.teller, prefix="tell")
    sheet.forms["tell"] = form
    form.is_valid()
    refuse_untold(form)
    if form.errors:
        return show_contact(request, sheet)
    kind = "outcome" if sheet.contact.decision and sheet.contact.professional else "acknowledgement"
    composed: list[Composed] = []

    def perform() -> UUID:
        tell(sheet, form, kind, composed, at)
        return composed[0].message if composed else contact

    try:
        send_once(request, "feedback", perform, at=at)
    except Refusal as refusal:
        refuse(form, refusal, {**FIELD_OF, "reason": "not_possible"})
        return show_contact(request, sheet)
    return after_telling(request, sheet, composed, "It is recorded.")


@require_POST
def same_incident(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Takes two contacts as reports of one incident; `contact-together`."""
    other = key_in(request.POST.get("other"))
    if other is None:
        raise Refusal("Choose the other contact.")
    by, at = who(request), now()

    def perform() -> UUID:
        take_together(by=by, contact=contact, other=other, at=at)
        return contact

    send_once(request, "together", perform, at=at)
    messages.success(request, "The two contacts are now read as one incident.")
    return redirect("contact", contact=contact)

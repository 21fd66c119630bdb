"""Taking a contact: one page, which works by sending itself and coming back with all that was typed.

The key in the address is the draft's, the contact's and the sending's: a draft can be opened
again, and a form that is sent twice is recorded once.
"""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sightline.documents.operations import add_document
from sightline.doorway.actor import Actor
from sightline.doorway.models import Draft
from sightline.doorway.operations import discard_draft, save_draft
from sightline.doorway.queries import get_draft
from sightline.front_door.permissions import refuse_unless_may_take_contacts
from sightline.front_door.queries import list_contacts
from sightline.journeys.take_contact import look_before_recording
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.queries import get_header
from sightline.record.queries import list_steps_about
from sightline.web.asked import body_of, key_in, now, who
from sightline.web.front_door import typed
from sightline.web.front_door.contact_parts import ContactPage, build_page, find, search
from sightline.web.front_door.contact_sending import judge, send
from sightline.web.presenters import words
from sightline.web.presenters.front_door_drafts import stale_rows
from sightline.web.refused_form import refuse
from sightline.workforce.queries import who_to_ring

PARTS = "#search, #found, #people, #known, #family, #injured, #attached, #same"
"""What changes when somebody is added, on a page with script."""
NOT_WORDS = {"key", "window", "seen_version", "find"}
"""What the page sends by itself, and the search."""


@require_GET
def new_contact(request: HttpRequest) -> HttpResponse:
    """An empty page with a key of its own; `new-contact`."""
    refuse_unless_may_take_contacts(who(request))
    return _show(request, build_page(by=who(request), key=new_id(), data=_fresh(None), at=now()))


@require_http_methods(["GET", "POST"])
def contact_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The page again: opened from its draft, or sent by one of its buttons; `contact-draft`."""
    by, at = who(request), now()
    refuse_unless_may_take_contacts(by)
    kept = get_draft(by=by, key=draft)
    if request.method == "GET":
        if kept is None:
            return _no_draft(draft)
        page = build_page(by=by, key=draft, data=_fresh(kept), at=at)
        page.saved_at = kept.saved_at
        return _show(request, page)
    data = request.POST.copy()
    stale = _keep(by, draft, data, kept, at)
    if stale is not None:
        page = build_page(by=by, key=draft, data=_seen(data, kept), at=at)
        page.stale = stale
        return _show(request, page)
    return _answer(request, by, draft, data, at)


def _no_draft(draft: UUID) -> HttpResponse:
    """What was recorded has its draft's key: whoever goes back to the form is shown the contact."""
    if list_contacts([draft]):
        return redirect("contact", contact=draft)
    raise NotFound("There is no such draft. It may have been sent already.")


def _answer(request: HttpRequest, by: Actor, draft: UUID, data: QueryDict, at: datetime) -> HttpResponse:
    refusal = _change(request, by, draft, data, at)
    page = build_page(by=by, key=draft, data=data, at=at)
    if refusal is not None:
        refuse(page.form, refusal)
    elif "record" in data and judge(page):
        contact = send(page, by=by, at=at)
        if contact is not None:
            # A second sending has saved its typing again, and is answered with the first.
            discard_draft(by=by, key=draft)
            return _recorded(request, page, contact)
    if "find_now" in data:
        search(page, by=by, at=at)
    if "add" in data or "register" in data:
        page.focus = str(max(typed.rows(data, typed.PEOPLE), default=0))
    return _show(request, page)


def _change(request: HttpRequest, by: Actor, draft: UUID, data: QueryDict, at: datetime) -> Refusal | None:
    """What the pressed button asks of the rows; a refusal when it cannot be."""
    try:
        _attach(request, by, data, at)
        if "add" in data:
            _add(by, draft, data, at)
        elif "register" in data:
            typed.add_unknown(data, "adult" if data["register"] == "adult" else "child", local_day(at))
            data["find"] = ""
        elif "remove" in data:
            row = data.get("remove", "")
            typed.remove_row(data, row[:1], row[1:])
        elif "injury" in data:
            typed.add_row(data, typed.INJURIES, {})
    except Refusal as refusal:
        return refusal
    return None


def _add(by: Actor, draft: UUID, data: QueryDict, at: datetime) -> None:
    person = key_in(data["add"])
    if person is None:
        raise Refusal("Choose somebody from the list that the search found.", field="find")
    look_before_recording(by=by, draft=draft, people=[person], at=at)
    header = get_header(person=person)
    if header is None:
        raise Refusal("We cannot find this person's record. Search again.", field="find")
    typed.add_known(data, person, header.kind)
    data["find"] = ""


def _attach(request: HttpRequest, by: Actor, data: QueryDict, at: datetime) -> None:
    """Files are kept as they come, so that a page that comes back has not lost them."""
    for file in request.FILES.getlist("documents"):
        name = file.name or "document"
        try:
            document = add_document(by=by, name=name, content=file.read(), about=[], at=at)
        except Refusal as refusal:
            raise Refusal(refusal.message, field="documents") from refusal
        typed.add_row(data, typed.FILES, {"id": str(document), "name": name})


def _recorded(request: HttpRequest, page: ContactPage, contact: UUID) -> HttpResponse:
    told = [one.name for one in page.known.open_to] if page.known else []
    said = f" {words.listing(dict.fromkeys(told))} has been told." if told else ""
    said += _who_has_it(contact, who(request)) if page.data.get("danger_now") == "yes" else ""
    messages.success(request, f"The contact is recorded.{said}")
    address = reverse("contact", args=[contact])
    return redirect(f"{address}#decide" if page.data.get("record") == "decide" else address)


def _who_has_it(contact: UUID, by: Actor) -> str:
    """Of somebody who is in danger: who decides it now, by name, and the number that comes before all."""
    step = next((one for one in list_steps_about(subject=contact) if one.kind == "decide_contact"), None)
    ring = who_to_ring(post=step.post, at=now()) if step else None
    there = f"{ring.name}, {ring.team_name}{f', on {ring.phone}' if ring.phone else ''}" if ring else "nobody yet"
    whose = "you" if ring and ring.account == by.id else there
    return f" It is with {whose} to be decided now. If somebody may be hurt before then, ring the police on 999."


@require_POST
def save_typing(request: HttpRequest, draft: UUID) -> JsonResponse:
    """Keeps what is typed, every few seconds; `contact-draft-save`."""
    by, at = who(request), now()
    refuse_unless_may_take_contacts(by)
    data = request.POST.copy()
    kept = get_draft(by=by, key=draft)
    order = data.get("draft_order", "")
    if kept is not None and _is_late(kept, data, order):
        return JsonResponse({"saved": words.clock_time(kept.saved_at)})
    stale = _keep(by, draft, data, kept, at, order=order)
    if stale is not None:
        return JsonResponse({"refused": stale.message}, status=409)
    return JsonResponse({"saved": words.clock_time(at)})


@require_POST
def find_people(request: HttpRequest) -> HttpResponse:
    """Answers the search while it is typed; `contact-find`."""
    found = find(by=who(request), text=request.POST.get("find", ""), at=now())
    return render(request, "front_door/found.html", {"found": found, "parts": PARTS})


def _is_late(kept: Draft, data: QueryDict, order: str) -> bool:
    """A save that overtook an earlier one from the same page."""
    before = kept.body.get("order", [""])[0]
    same = kept.body.get("window", [""])[0] == data.get("window")
    return bool(same and order.isdigit() and before.isdigit() and int(order) < int(before))


def _keep(
    by: Actor, draft: UUID, data: QueryDict, kept: Draft | None, at: datetime, *, order: str = ""
) -> Stale | None:
    """Save the draft; the refusal when another window has saved since this one was opened."""
    seen = data.get("seen_version", "0")
    same_window = kept is not None and kept.body.get("window", [""])[0] == data.get("window")
    if kept is None and not _has_words(data):
        return None  # a search alone begins nothing that is worth taking up again
    version = None if kept is None or same_window else int(seen) if seen.isdigit() else 0
    body = {**body_of(data), "order": [order]}
    try:
        save_draft(
            by=by,
            key=draft,
            form="contact",
            body=body,
            title=f"Unfinished contact begun {words.clock_time(kept.begun_at if kept else at)}",
            version=version,
            at=at,
        )
    except Stale as stale:
        return stale
    return None


def _has_words(data: QueryDict) -> bool:
    """Whether anything was typed, chosen or added besides the search."""
    typed_besides = (value for name in body_of(data) if name not in NOT_WORDS for value in data.getlist(name))
    return "add" in data or "register" in data or any(value.strip() for value in typed_besides)


def _fresh(kept: Draft | None) -> QueryDict:
    """What a newly opened page starts from, in a window of its own."""
    data = typed.from_body(kept.body if kept else {})
    data["window"] = str(new_id())
    data["seen_version"] = str(kept.version if kept else 0)
    return data


def _seen(data: QueryDict, kept: Draft | None) -> QueryDict:
    """Both texts are shown, so the next sending may replace the draft."""
    data["seen_version"] = str(kept.version if kept else 0)
    return data


def _show(request: HttpRequest, page: ContactPage) -> HttpResponse:
    context = {
        "page": page,
        "form": page.form,
        "forms": page.forms,
        "page_errors": page.has_errors,
        "parts": PARTS,
        **(stale_rows(page.stale) if page.stale else {}),
    }
    return render(request, "front_door/contact-page.html", context)

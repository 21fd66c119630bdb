"""Telling one agency how its disagreement was resolved; and making one of what it wrote through a link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.disagreements.permissions import may_disagree
from sightline.disagreements.queries import list_disagreements
from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.journeys.disagree import draft_resolution, from_reply, tell_side
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.models import AgencyPost
from sightline.partnership.operations import Composed
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import get_agency_post, get_message, get_reply, list_people_of
from sightline.people.queries import get_names
from sightline.web import drafts
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.disagreements.forms import TellForm
from sightline.web.disagreements.opening import Disagreeing, open_disagreement
from sightline.web.presenters.steps import names_of
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse

FORM = "disagreement-tell"


def tell(request: HttpRequest, step: UUID, agency_post: UUID) -> HttpResponse:
    """The page; `disagreement-tell`."""
    here, post = open_disagreement(request, step), get_agency_post(agency_post)
    if agency_post not in here.found.agency_posts:
        raise NotFound("That post was no side of this disagreement.")
    refuse_unless_may_send(here.by, here.found.children)
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        return _begin(request, here, post, key)
    form = TellForm(request.POST)
    if form.is_valid():
        try:
            composed = _send(request, here, post, form)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, {"agency_post": "means", "how": "call_words"})
        else:
            if composed and composed.code:
                return render(request, "disagreements/sent.html", _context(here, post) | {"code": composed.code})
            messages.success(request, "It is recorded that they were told.")
            return redirect("disagreement", step=step)
    drafts.keep(request, key, form=FORM, about=step)
    return _show(request, here, post, form, key=key)


def _send(request: HttpRequest, here: Disagreeing, post: AgencyPost, form: TellForm) -> Composed | None:
    """The message; nothing where the form was sent before, for its code is shown once."""
    composed: list[Composed] = []

    def perform() -> UUID:
        given = form.cleaned_data
        composed.append(tell_side(by=here.by, disagreement=here.found.step, agency_post=post.id, at=here.at, **given))
        return composed[0].message

    send_once(request, FORM, perform, at=here.at)
    return composed[0] if composed else None


def _begin(request: HttpRequest, here: Disagreeing, post: AgencyPost, key: UUID) -> HttpResponse:
    """From a draft, or from the words that are drafted for the worker."""
    form = TellForm(initial={"text": draft_resolution(by=here.by, disagreement=here.found.step, at=here.at)})
    draft = get_draft(by=here.by, key=key)
    if draft is not None:
        drafts.fill(form, drafts.typed(draft.body))
        return _show(request, here, post, form, key=key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(here.by, form=FORM, about=here.found.step, entry=post.id)
    return _show(request, here, post, form, key=key, unfinished=unfinished)


def _context(here: Disagreeing, post: AgencyPost) -> dict[str, object]:
    to = f"{post.title}, {post.agency.name}"
    return {"names": here.names, "found": here.found, "agency_post": post.id, "to": to, "about": here.found.step,
            "form_name": FORM}  # fmt: skip


def _show(request: HttpRequest, here: Disagreeing, post: AgencyPost, form: TellForm, **more: object) -> HttpResponse:
    return render(request, "disagreements/disagreement-tell.html", _context(here, post) | {"form": form, **more})


def make_of_reply(request: HttpRequest, reply: UUID) -> HttpResponse:
    """What would be recorded, and one button that records it; `disagreement-from-reply`."""
    by, at = who(request), now()
    found = get_reply(reply)
    line = get_message(found.message_id)
    people = list_people_of(line.id)
    if not people or not may_disagree(by):
        raise NotFound("There is no such answer about a child that you work with.")
    standing = next(iter(list_disagreements(subjects=[reply], only_open=False)), None)
    if standing is not None:
        return redirect("disagreement", step=standing.step)
    look(by=by, people=people, what="message", at=at, message=str(line.id))
    if request.method == "POST":
        made = send_once(request, "disagreement-from-reply", lambda: from_reply(by=by, reply=reply, at=at), at=at)
        messages.success(request, "It is a disagreement on the record until somebody resolves it.")
        return redirect("disagreement", step=made)
    context = {
        "reply": found,
        "line": line,
        "names": names_of(people, get_names(people=people)),
        "key": key_of(request),
    }
    return render(request, "disagreements/from-reply.html", context)

"""A manager answers for an ending: everything that is open, each with its outcome or their own reason."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import may_see_of
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.journeys.end_involvement import (
    Stop,
    authorise_ending,
    matters_to_answer,
    reason_words,
    return_ending,
    stops,
    what_ends,
)
from sightline.journeys.open_matters import Matter
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.queries import PersonName, get_names
from sightline.practice.queries import current_pack
from sightline.record.permissions import may_authorise, refuse_unless_may_authorise
from sightline.record.queries import EndingView, get_ending, get_open_episodes, last_seen_of
from sightline.web import drafts
from sightline.web.asked import key_of, now, post_only, send_once, who
from sightline.web.endings.forms import AuthoriseForm, MattersForm, ReturnForm, accepted_of, outcome_of
from sightline.web.presenters import endings as rows
from sightline.web.presenters.steps import names_of
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names, describe_posts

FORM, RETURN = "ending-answer", "ending-return"


@dataclass
class Answering:
    """A request to end, and what stands around it now."""

    by: Actor
    ending: EndingView
    headers: dict[UUID, PersonName]
    matters: list[Matter]
    stops: list[Stop]
    at: Any

    @property
    def answers(self) -> bool:
        """Whether this is somebody who answers for it, and it waits for an answer."""
        return self.ending.waits and may_authorise(self.by)


@dataclass(frozen=True)
class Typed:
    """The keys of the page's two forms. Each has its own, so that neither draft overwrites the other."""

    key: UUID = field(default_factory=new_id)
    back_key: UUID = field(default_factory=new_id)


def _open(request: HttpRequest, step: UUID) -> Answering:
    by, at = who(request), now()
    ending = get_ending(step)
    children = list(ending.children)
    look(by=by, people=children, what="ending", at=at)
    waits = ending.waits
    return Answering(
        by=by,
        ending=ending,
        headers=get_names(people=children),
        matters=matters_to_answer(children=children, at=at) if waits else [],
        stops=stops(children=children, at=at) if waits else [],
        at=at,
    )


def answer(request: HttpRequest, step: UUID) -> HttpResponse:
    """The page; sending it authorises the ending."""
    here = _open(request, step)
    if request.method != "POST":
        if here.ending.entry is not None and may_see_of(people=here.ending.children):
            return redirect("ended", entry=here.ending.entry)
        return _begin(request, here)
    refuse_unless_may_authorise(here.by)
    key = key_of(request)
    form = AuthoriseForm(request.POST, matters=here.matters, today=local_day(here.at))
    # What was sent before is answered again as it was, whatever has been closed since.
    if form.is_valid() or not here.ending.waits:
        try:
            entry = send_once(request, FORM, lambda: _authorise(here, form), at=here.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Involvement has ended. Whoever carried the children is told.")
            return redirect("ended", entry=entry) if may_see_of(people=here.ending.children) else redirect("team")
    drafts.keep(request, key, form=FORM, about=step)
    return _show(request, here, form, ReturnForm(), Typed(key))


def _authorise(here: Answering, form: AuthoriseForm) -> UUID:
    return authorise_ending(
        by=here.by,
        step=here.ending.step,
        answers=form.answers,
        closed_on=form.cleaned_data.get("closed_on") or local_day(here.at),
        at=here.at,
    )


@post_only("team")
def give_back(request: HttpRequest, step: UUID) -> HttpResponse:
    """Return it with what is still to be done."""
    here = _open(request, step)
    refuse_unless_may_authorise(here.by)
    key = key_of(request)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            send_once(request, RETURN, lambda: _return(here, form.cleaned_data["words"]), at=here.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Returned. Whoever carries the children is told, with your words.")
            return redirect("team")
    drafts.keep(request, key, form=RETURN, about=step)
    matters = AuthoriseForm(matters=here.matters, today=local_day(here.at))
    return _show(request, here, matters, form, Typed(back_key=key))


def _return(here: Answering, words: str) -> UUID:
    return_ending(by=here.by, step=here.ending.step, words=words, at=here.at)
    return here.ending.step


def _begin(request: HttpRequest, here: Answering) -> HttpResponse:
    form, back = AuthoriseForm(matters=here.matters, today=local_day(here.at)), ReturnForm()
    key = key_of(request, begun=request.GET.get("draft"))
    draft = get_draft(by=here.by, key=key)
    if draft is None:
        waiting = [drafts.offered(here.by, form=one, about=here.ending.step) for one in (FORM, RETURN)]
        return _show(request, here, form, back, Typed(), unfinished=[one for one in waiting if one])
    returns = draft.form == RETURN
    drafts.fill(back if returns else form, drafts.typed(draft.body))
    typed = Typed(back_key=key) if returns else Typed(key)
    saved_at = {"back_saved_at" if returns else "saved_at": clock_time(draft.saved_at)}
    return _show(request, here, form, back, typed, **saved_at)


def _show(
    request: HttpRequest, here: Answering, form: AuthoriseForm, back: ReturnForm, typed: Typed, **more: object
) -> HttpResponse:
    ending = here.ending
    names = account_names([ending.asked_by])
    asked_by = names.get(ending.asked_by, "A colleague")
    manager = describe_posts([ending.post]).get(ending.post, "a manager")
    context = {
        "ending": ending,
        "names": names_of(ending.children, here.headers),
        "summary": rows.summary_rows(ending, reason=reason_words(current_pack(here.at), ending.reason), who=asked_by),
        "matters": matters_with_fields(form, here.headers, here.at),
        "ends": _ends(here) if ending.waits else [],
        "seen": rows.seen_rows(ending.children, here.headers, last_seen_of(ending.children), local_day(here.at)),
        "stops": here.stops,
        "answers": here.answers,
        "waiting": rows.waiting_words(ending, who=asked_by, manager=manager, at=here.at) if ending.waits else "",
        "form": form,
        "back": back,
        "key": typed.key,
        "back_key": typed.back_key,
        "page_errors": [one for one in (form, back) if one.is_bound and one.errors],
        **more,
    }
    return render(request, "endings/answer.html", context)


def _ends(here: Answering) -> list[str]:
    _, plans, visits = what_ends(children=here.ending.children, at=here.at)
    return rows.ends_words(get_open_episodes(here.ending.children), here.headers, plans, visits)


def matters_with_fields(form: MattersForm, headers: dict[UUID, PersonName], at: Any) -> list[dict[str, object]]:
    """Each thing that is open, with the fields in which it is answered for."""
    return [
        rows.matter_row(matter, headers, at)
        | {"fields": [form[name] for name in (outcome_of(matter), accepted_of(matter)) if name in form.fields]}
        for matter in form.matters
    ]

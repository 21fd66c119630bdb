"""The letters of a meeting: each read, changed, released once by its chair, printed, and given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.conferences.operations import letter_given, make_letter
from sightline.conferences.permissions import may_chair
from sightline.conferences.queries import LetterView, get_letter, list_letters
from sightline.doorway.acts import look
from sightline.journeys.conference_letters import draft_again, release, withhold
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.london import local_day
from sightline.partnership.operations import Composed
from sightline.partnership.queries import MessageLine, describe_messages
from sightline.web import drafts
from sightline.web.access.risk import risks_of_writing, tells_a_place
from sightline.web.asked import key_in, key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.drafting import Begun
from sightline.web.conferences.letter_forms import CallForm, GivenForm, LetterForm, NotSentForm
from sightline.web.conferences.opening import NONE_SUCH, MeetingOpened, open_meeting
from sightline.web.paper import print_letter
from sightline.web.presenters import conference_letters as said
from sightline.web.refused import stale_context
from sightline.web.refused_form import refuse

LIST, NAME, RELEASE = "conference-letters", "conference-letter", "conference-letter-release"
NOT_SENT, GIVEN, AGAIN = "conference-letter-not-sent", "conference-letter-given", "conference-letter-again"


def conference_letters(request: HttpRequest, step: UUID) -> HttpResponse:
    """One line for each recipient; the chair releases a letter from here with one click; `conference-letters`."""
    here = open_meeting(request, step)
    if request.method == "POST":
        chosen = key_in(request.POST.get("release"))
        if chosen is None:
            raise Refusal("Choose the letter that is to go.")
        return _release_or_show(request, _desk(here, chosen))
    letters = list_letters(step)
    rows = said.letter_rows(letters, describe_messages([one.message for one in letters if one.message]))
    context = {
        "names": here.names,
        "kind": here.kind_words,
        "meeting": step,
        "key": key_of(request),
        "rows": rows,
        "at_risk": risks_of_writing(to=[here.invitee(one.invitee).person for one in letters], about=here.children),
        "count": said.count_words(rows),
        "without": said.without_letter(here.view.invitees, letters),
        "recorded": here.view.recorded,
        "may_release": may_chair(here.opened.by),
        "back_url": here.back[0],
        "back_text": here.back[1],
    }
    return render(request, "conferences/letters.html", context)


@dataclass(frozen=True)
class Desk:
    """One letter as it is worked on: whose it is, how far it got, and what carried it."""

    here: MeetingOpened
    letter: LetterView
    message: MessageLine | None

    @property
    def told_when(self) -> bool:
        """Whether this recipient may know when and where the meeting is or was."""
        return self.here.invitee(self.letter.invitee).standing.may_be_told

    @property
    def about(self) -> set[UUID]:
        """Those whom the letter must not lead anybody to: its children, and the family who are invited."""
        return {*self.letter.children, *(one.person for one in self.here.view.invitees if one.person)}

    @property
    def by_link(self) -> bool:
        """Whether it goes, or went, to a mailbox and not by hand."""
        return said.by_link(self.message)


def _desk(here: MeetingOpened, key: UUID) -> Desk:
    letter = get_letter(key)
    if letter.meeting != here.id:
        raise NotFound(NONE_SUCH)
    look(by=here.opened.by, people=sorted(letter.children), what="letter", at=here.opened.at)
    message = describe_messages([letter.message]).get(letter.message) if letter.message else None
    return Desk(here, letter, message)


def conference_letter(request: HttpRequest, step: UUID, letter: UUID) -> HttpResponse:
    """One letter: read, changed before it goes, released, not sent with why, or given; `conference-letter`."""
    desk = _desk(open_meeting(request, step), letter)
    if request.method != "POST":
        latest = get_latest(desk.letter)
        return _begin(request, desk) if latest.id == letter else redirect(NAME, step=step, letter=latest.id)
    acts: Mapping[str, Callable[[HttpRequest, Desk], HttpResponse]] = {
        "release": _save_and_release,
        "not_sent": _not_sent,
        "given": _given,
        "again": _draft_again,
        "called": _called,
    }
    pressed = next((name for name in acts if name in request.POST), "")
    if pressed in {"", "release"} and tells_a_place(request, desk.about):
        return _refused(request, desk, LetterForm(request.POST))
    return acts[pressed](request, desk) if pressed else _save(request, desk)


def _begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = LetterForm(initial={"text": desk.letter.text, "base": desk.letter.number})
    begun = drafting.begin(request, desk.here.opened.by, form=NAME, step=desk.here.id, letter=desk.letter.id)
    begun.fill(form)
    return _show(request, desk, form, begun)


def _save(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The words as they were changed; a second writer sees both texts."""
    return _attempt(request, desk, NAME, LetterForm(request.POST), keep=lambda given: _keep(desk, given), done="Saved.")


def _keep(desk: Desk, given: Mapping[str, Any]) -> UUID:
    return make_letter(
        by=desk.here.opened.by,
        invitee=desk.letter.invitee,
        kind=desk.letter.kind,
        text=given["text"],
        children=desk.letter.children,
        base=given["base"],
        at=desk.here.opened.at,
    )


def _save_and_release(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What stands in the box is what goes: a change that was not saved yet is saved first."""
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _refused(request, desk, form)
    given, stands = form.cleaned_data, desk.letter
    changed = given["text"].strip() != stands.text.strip() or given["base"] != stands.number
    try:
        return _release(request, desk, given if changed else None)
    except (NotPermitted, NotFound):
        raise
    except Stale as stale:
        return _refused(request, desk, form, stale)
    except Refusal as refused:
        refuse(form, refused)
        return _refused(request, desk, form)


def _release_or_show(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Released from the list; where that is refused, its own page says why."""
    try:
        return _release(request, desk)
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        latest = get_latest(desk.letter)
        form = LetterForm({"text": latest.text, "base": latest.number})
        refuse(form, refused)
        return _show(request, replace(desk, letter=latest), form, Begun(key_of(request)))


def _release(request: HttpRequest, desk: Desk, changed: Mapping[str, Any] | None = None) -> HttpResponse:
    went: list[Composed | None] = []

    def perform() -> UUID:
        letter = _keep(desk, changed) if changed is not None else desk.letter.id
        went.append(release(by=desk.here.opened.by, letter=letter, at=desk.here.opened.at))
        return letter

    key = send_once(request, RELEASE, perform, at=desk.here.opened.at)
    composed = went[0] if went else None
    if composed is None or not composed.code:
        messages.success(request, "Released.")
        return redirect(LIST, step=desk.here.id)
    return render(request, "conferences/released.html", _released(desk, key, composed))


def _released(desk: Desk, letter: UUID, composed: Composed) -> dict[str, object]:
    by_hand = desk.here.invitee(desk.letter.invitee).agency_post is None
    link = reverse("message-link", args=[composed.link_token]) if by_hand and composed.link_token else ""
    return {
        "to": desk.letter.to,
        "meeting": desk.here.id,
        "code": composed.code,
        "link": link,
        "by_hand": by_hand,
        "pdf_url": reverse("conference-letter-pdf", args=[desk.here.id, letter]),
    }


def _not_sent(request: HttpRequest, desk: Desk) -> HttpResponse:
    def keep(given: Mapping[str, Any]) -> UUID:
        withhold(by=desk.here.opened.by, letter=desk.letter.id, because=given["because"], at=desk.here.opened.at)
        return desk.letter.id

    return _attempt(
        request, desk, NOT_SENT, NotSentForm(request.POST), keep=keep, done="Kept, with why it is not sent."
    )


def _called(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Released by reading it out: for an agency that no link reaches."""

    def keep(given: Mapping[str, Any]) -> UUID:
        by, at = desk.here.opened.by, desk.here.opened.at
        release(by=by, letter=desk.letter.id, means="call", call_words=given["call_words"], at=at)
        return desk.letter.id

    return _attempt(request, desk, RELEASE, CallForm(request.POST), keep=keep, done="Released, and told by phone.")


def _draft_again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Put together anew from what stands now. What is in the box stays as a draft of the chair's."""
    drafts.keep(request, key_of(request), form=NAME, about=desk.here.opened.person)
    by, at = desk.here.opened.by, desk.here.opened.at
    key = send_once(request, AGAIN, lambda: draft_again(by=by, letter=desk.letter.id, at=at), at=at)
    messages.success(request, "Drafted again from the record as it stands now.")
    return redirect(NAME, step=desk.here.id, letter=key)


def _given(request: HttpRequest, desk: Desk) -> HttpResponse:
    today = local_day(desk.here.opened.at)

    def keep(given: Mapping[str, Any]) -> UUID:
        letter_given(
            by=desk.here.opened.by, letter=desk.letter.id, on=given["given_on"] or today, how=given["how"],
            at=desk.here.opened.at,
        )  # fmt: skip
        return desk.letter.id

    return _attempt(
        request, desk, GIVEN, GivenForm(request.POST, today=today), keep=keep, done="Recorded that it was given."
    )


def _attempt(
    request: HttpRequest,
    desk: Desk,
    name: str,
    form: forms.Form,
    *,
    keep: Callable[[Mapping[str, Any]], UUID],
    done: str,
) -> HttpResponse:
    """Do it once, or show the page again with all that was typed."""
    if form.is_valid():
        try:
            key = send_once(request, name, lambda: keep(form.cleaned_data), at=desk.here.opened.at)
        except (NotPermitted, NotFound):
            raise
        except Stale as stale:
            return _refused(request, desk, form, stale)
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, done)
            return redirect(NAME, step=desk.here.id, letter=key)
    return _refused(request, desk, form)


def _refused(request: HttpRequest, desk: Desk, form: forms.Form, stale: Stale | None = None) -> HttpResponse:
    key = key_of(request)
    drafts.keep(request, key, form=NAME, about=desk.here.opened.person)
    return _show(request, desk, form, Begun(key), stale=stale)


def _show(
    request: HttpRequest, desk: Desk, form: forms.Form, begun: Begun, *, stale: Stale | None = None
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    text = form if isinstance(form, LetterForm) else LetterForm(
        initial={
            "text": typed.get("text", desk.letter.text) if typed else desk.letter.text,
            "base": desk.letter.number,
        }
    )  # fmt: skip
    if stale is not None:
        # Both texts were shown: what is saved now goes over theirs.
        text = LetterForm(initial={"text": text["text"].value(), "base": get_latest(desk.letter).number})
    context: dict[str, object] = {
        "names": desk.here.names,
        "kind": desk.here.kind_words,
        "meeting": desk.here.id,
        "opened": desk.here.opened,
        "letter": desk.letter,
        "state": said.state_words(desk.letter, desk.message),
        "no_day": not desk.told_when,
        "at_risk": risks_of_writing(to=[desk.here.invitee(desk.letter.invitee).person], about=desk.letter.children),
        "by_link": desk.by_link,
        "may_release": may_chair(desk.here.opened.by),
        "form": text,
        "wrong": form if form.is_bound else None,
        "not_sent": form if isinstance(form, NotSentForm) else NotSentForm(),
        "professional": desk.here.invitee(desk.letter.invitee).agency_post is not None,
        "call": form if isinstance(form, CallForm) else CallForm(),
        "given": form if isinstance(form, GivenForm) else GivenForm(today=local_day(desk.here.opened.at)),
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
        "back_url": reverse(LIST, args=[desk.here.id]),
    }
    if stale is not None:
        context["stale"] = stale_context(stale, label="Letter")
    return render(request, "conferences/letter.html", context, status=409 if stale else 200)


def get_latest(letter: LetterView) -> LetterView:
    """The last saving of the same letter."""
    found = [one for one in list_letters(letter.meeting) if one.invitee == letter.invitee and one.kind == letter.kind]
    return found[0] if found else letter


def conference_letter_pdf(request: HttpRequest, step: UUID, letter: UUID) -> HttpResponse:
    """The same words on paper; `conference-letter-pdf`. Its file name says nothing of anybody."""
    desk = _desk(open_meeting(request, step), letter)
    authority = getattr(settings, "AUTHORITY_NAME", "")
    made = print_letter(said.paper_of(desk.letter, authority=authority, told_when=desk.told_when))
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer

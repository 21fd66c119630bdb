"""Recording: one page for a case note, a phone call or management oversight about several children."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.rules import Section
from sightline.documents.operations import add_document
from sightline.doorway.actor import Actor
from sightline.doorway.operations import submit_once
from sightline.doorway.queries import get_draft
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.queries import PersonName
from sightline.record.models import Entry
from sightline.record.permissions import may_write
from sightline.record.rules import Concerned, Words
from sightline.recording.operations import record_note, record_oversight, record_phone_call
from sightline.recording.permissions import may_oversee
from sightline.recording.rules import Written
from sightline.web import drafts
from sightline.web.access.risk import tells_a_place
from sightline.web.asked import body_of, key_in
from sightline.web.casework.folded import Folded, asks_for_more, people_to_choose, posts_to_choose, with_one_more
from sightline.web.casework.forms import NoteForm, SeenForm
from sightline.web.casework.opening import Opened, family_of, read_person, require_record
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse


@dataclass(frozen=True)
class Choosable:
    """Whom and what this page lets a worker choose among."""

    headers: Mapping[UUID, PersonName]
    kinds: list[tuple[str, str]]
    posts: list[tuple[str, str]]
    today: date

    @property
    def people(self) -> list[tuple[str, str]]:
        """Everybody whom an entry from this page can be about."""
        return people_to_choose(self.headers, self.today)

    @property
    def to_see(self) -> list[tuple[UUID, str]]:
        """Children who can be seen: those who are born."""
        return [
            (one.id, shown_name(one))
            for one in sorted(self.headers.values(), key=shown_name)
            if one.kind == "child" and one.birth != "expected" and one.death_date is None
        ]


class Page:
    """The forms of the page, from nothing, from a draft, or from what was sent."""

    def __init__(self, choosable: Choosable, data: QueryDict | None, files: Any = None, *, bound: bool = False) -> None:
        self.choosable, self.bound = choosable, bound
        given = {"data": data, "files": files} if bound else {}
        every = choosable.people
        self.note = NoteForm(kinds=choosable.kinds, people=every, today=choosable.today, **given)
        self.seen = SeenForm(children=choosable.to_see, **given)
        self.folded = Folded(data, people=every, posts=choosable.posts, today=choosable.today, bound=bound)
        if data is not None and not bound:
            for form in (self.note, self.seen):
                drafts.fill(form, data)

    @property
    def forms(self) -> list[Any]:
        return [self.note, self.seen, *self.folded.forms]

    def is_valid(self) -> bool:
        """Judges every part, so that all that is wrong is said at once."""
        judged = [form.is_valid() for form in self.forms]
        if all(judged):
            self._refuse_what_would_be_lost()
        return all(form.is_valid() for form in self.forms)

    def _refuse_what_would_be_lost(self) -> None:
        """Whoever was seen, or has a paragraph of their own, must be one of those whom the entry is about."""
        chosen = set(self.note.cleaned_data["people"])
        for key, name in self.choosable.to_see:
            if str(key) not in chosen and self.seen.seen_of(key):
                self.seen.add_error(
                    str(key),
                    f"Choose {name} under “Who is it about?” as well, or say that you did not set out to see them.",
                )
        self.folded.refuse_about_others(chosen, "Choose this person under “Who is it about?” as well.")

    def written(self, documents: tuple[UUID, ...]) -> Written:
        """What is recorded, from forms that are valid."""
        note = self.note.cleaned_data
        chosen = tuple(UUID(key) for key in note["people"])
        shared = Words(
            text=note["text"],
            about=chosen,
            section=Section(note["section"] or Section.ORDINARY),
            told_by=note["told_by"],
            handling=note["handling"] or "ordinary",
        )
        headers = self.choosable.headers
        return Written(
            concerned=tuple(Concerned(one, headers[one].kind, self._seen(one)) for one in chosen),
            words=(shared, *self.folded.private_words()),
            occurred=note["when"],
            documents=documents,
            actions=self.folded.to_do(),
        )

    def _seen(self, person: UUID) -> str:
        return self.seen.seen_of(person)


def choosable(opened: Opened) -> Choosable:
    """The family, as far as the worker may read their records, and the posts that can carry an action."""
    headers = family_of(opened)
    kinds = [(Entry.Kind.NOTE.value, "Case note"), (Entry.Kind.PHONE_CALL.value, "Phone call")]
    if may_oversee(opened.by):
        kinds.append((Entry.Kind.OVERSIGHT.value, "Management oversight"))
    return Choosable(headers, kinds, posts_to_choose(opened.by), local_day(opened.at))


def record_new(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    opened = require_record(read_person(request, person))
    if not may_write(opened.by):
        raise NotPermitted("Your role does not record on children's records. Ask the team manager.")
    offered = choosable(opened)
    if request.method != "POST":
        return _begin(request, opened, offered)
    key = key_in(request.POST.get("key"))
    if key is None:
        raise Refusal("This page was not whole when it was sent. Reload it and try again.")
    if asks_for_more(request.POST):
        return _show(request, opened, Page(offered, with_one_more(request.POST)), key)
    page = Page(offered, request.POST, request.FILES, bound=True)
    if page.is_valid() and not tells_a_place(request, offered.headers):
        try:
            submit_once(
                by=opened.by, key=key, form="recording", body=_sent(request), at=opened.at,
                perform=lambda: _record(opened.by, page, opened.at),
            )  # fmt: skip
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(page.note, refused, {"occurred": "when", "name": "documents", "content": "documents"})
        else:
            messages.success(request, _done(page))
            return redirect(reverse("person-timeline", args=[person]))
    drafts.keep(request, key, form="recording", about=person)
    return _show(request, opened, page, key)


def _begin(request: HttpRequest, opened: Opened, offered: Choosable) -> HttpResponse:
    key = key_in(request.GET.get("draft"))
    draft = get_draft(by=opened.by, key=key) if key else None
    if key and draft:
        return _show(request, opened, Page(offered, drafts.typed(draft.body)), key, saved_at=clock_time(draft.saved_at))
    page = Page(offered, None)
    # The child whose record this was begun from is the one fact that the page already has.
    page.note.initial["people"] = [str(opened.person)]
    unfinished = drafts.offered(opened.by, form="recording", about=opened.person)
    return _show(request, opened, page, key or new_id(), unfinished=unfinished)


def _show(
    request: HttpRequest,
    opened: Opened,
    page: Page,
    key: UUID,
    *,
    saved_at: str = "",
    unfinished: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "page": page,
        "form": page.note,
        "key": key,
        "saved_at": saved_at,
        "unfinished": unfinished,
        "page_errors": page.bound and not page.is_valid(),
        "back_url": reverse("person", args=[opened.person]),
    }
    return render(request, "casework/record-new.html", context)


def _sent(request: HttpRequest) -> dict[str, Any]:
    files = [(file.name, file.size) for file in request.FILES.getlist("documents")]
    return body_of(request.POST) | {"files": files}


def _record(by: Actor, page: Page, at: datetime) -> UUID:
    note = page.note.cleaned_data
    about = [(UUID(person), Section.ORDINARY) for person in note["people"]]
    documents = tuple(
        add_document(by=by, name=file.name, content=file.read(), about=about, at=at) for file in note["documents"]
    )
    written, post = page.written(documents), min(by.posts, default=None)
    if note["kind"] == Entry.Kind.PHONE_CALL:
        return record_phone_call(
            by=by, written=written, spoke_with=note["spoke_with"], direction=note["direction"], post=post, at=at
        )
    record = record_oversight if note["kind"] == Entry.Kind.OVERSIGHT else record_note
    return record(by=by, written=written, post=post, at=at)


def _done(page: Page) -> str:
    """Nobody's name: the sentence is kept with the session until it is shown."""
    number = len(page.note.cleaned_data["people"])
    return "Recorded." if number == 1 else f"Recorded once, on {number} records."

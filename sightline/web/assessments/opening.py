"""Opening a document: whether the reader may, that they did, and what the pack asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from sightline.assessments.kinds import form_of, kind_in, questions_of
from sightline.assessments.queries import DocumentView, PartView, RoundView, get_document
from sightline.assessments.rules import PartKey
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.people.queries import PersonHeader, get_headers
from sightline.practice.queries import current_pack
from sightline.practice.spec import Form, Pack, Question
from sightline.web.asked import key_in, now, who
from sightline.web.assessments.parts import Part, Sheet, in_order, parts_of, sheets_of
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import listing


@dataclass(frozen=True)
class OpenDocument:
    """A document that somebody opened: its words, the children it is about, and what is asked.

    `kind` is of the assessment that is under way, or was last; on a page about one round, of that round.
    """

    by: Actor
    at: datetime
    view: DocumentView
    headers: Mapping[UUID, PersonHeader]
    pack: Pack
    kind: str

    def of(self, one: RoundView) -> "OpenDocument":
        """The same for a page that is about this round."""
        return replace(self, kind=one.kind)

    @property
    def id(self) -> UUID:
        return self.view.id

    @property
    def form(self) -> Form:
        """What this kind of assessment asks."""
        return form_of(self.pack, self.kind)

    @property
    def title(self) -> str:
        """What the practice calls this kind of assessment."""
        return str(kind_in(self.pack, self.kind).title)

    @cached_property
    def unasked(self) -> list[Part]:
        """Parts that say something and that this form does not ask: what was written stays to be read."""
        asked, known = {part.place for part in self.parts}, questions_of(self.pack, self.kind)
        left = sorted((place for place in self.said if place not in asked), key=str)
        return [self._unasked(key, child, known) for key, child in left if child is None or child in self.headers]

    def _unasked(self, key: str, child: UUID | None, known: Mapping[str, Question]) -> Part:
        label = str(known[key].label) if key in known else key.replace("_", " ").capitalize()
        return Part(key, child, label, whose=shown_name(self.headers[child]) if child else "")

    @property
    def said(self) -> Mapping[PartKey, PartView]:
        return self.view.parts

    @cached_property
    def children(self) -> list[UUID]:
        return in_order(self.headers, self.view.children)

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self.form, self.children, self.headers)

    @cached_property
    def sheets(self) -> list[Sheet]:
        return sheets_of(self.form, self.children, self.headers)

    @property
    def names(self) -> str:
        """Whom it is about, for the page's heading."""
        return listing(shown_name(self.headers[child]) for child in self.children)

    @property
    def today(self) -> date:
        return local_day(self.at)


def open_document(request: HttpRequest, assessment: UUID, what: str = "assessment") -> OpenDocument:
    """Open it as the one who asks. Absent and hidden are the same refusal; the look is written first."""
    by, at = who(request), now()
    view = get_document(assessment)
    if not view.children:
        raise NotFound("These children have another assessment now. Open it from a child's record.")
    look(by=by, people=list(view.children), what=what, at=at)
    return OpenDocument(by, at, view, get_headers(people=view.children), current_pack(at), view.kind)


def open_round(request: HttpRequest, opened: OpenDocument) -> RoundView:
    """The round that a page is about: the one that it names, else the one that began first and is still open.

    Refuses where nobody is assessing now.
    """
    named = key_in(request.POST.get("round") or request.GET.get("round"))
    waiting = [one for one in opened.view.rounds if one.closed_at is None]
    found = next((one for one in waiting if one.id == named), opened.view.round if named is None else None)
    if found is None:
        raise Refusal("Nobody is assessing these children now. Begin an assessment from a child's record.")
    return found

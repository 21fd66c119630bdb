"""An assessment as it was signed: its words as they stood, and what the family says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.assessments.permissions import may_assess
from sightline.assessments.queries import SignedView, get_signed
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.people.queries import PersonHeader, get_headers
from sightline.practice.queries import get_pack
from sightline.practice.spec import Pack
from sightline.record.queries import EntryView, PassageView, get_entry, list_left_open
from sightline.web.asked import now, who
from sightline.web.assessments.parts import in_order
from sightline.web.disagreements.linking import disagree_url
from sightline.web.presenters import assessment_signed as words
from sightline.web.presenters import assessments as said
from sightline.web.presenters.assessment_history import pin_of
from sightline.web.presenters.assessments import Naming
from sightline.web.presenters.endings import left_rows
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import listing
from sightline.workforce.queries import account_names


@dataclass(frozen=True)
class OpenSigned:
    """A signed assessment that somebody opened, in the words of the pack that it was signed under."""

    by: Actor
    at: datetime
    view: SignedView
    entry: EntryView
    headers: Mapping[UUID, PersonHeader]
    pack: Pack

    @property
    def children(self) -> list[UUID]:
        return in_order(self.headers, self.view.children)

    @property
    def names(self) -> str:
        return listing(shown_name(self.headers[child]) for child in self.children)

    @property
    def written(self) -> list[PassageView]:
        """What was signed, without what the family said of it afterwards."""
        return [one for one in self.entry.passages if one.added_at is None]


def open_signed(request: HttpRequest, entry: UUID, what: str = "assessment_signed") -> OpenSigned:
    """Open it as the one who asks. Absent and hidden are the same refusal; the look is written first."""
    by, at = who(request), now()
    view, found = get_signed(entry), get_entry(entry)
    look(by=by, people=list(view.children), what=what, at=at)
    return OpenSigned(by, at, view, found, get_headers(people=view.children), get_pack(pin_of(found.form)))


def as_signed(request: HttpRequest, entry: UUID) -> HttpResponse:
    """The whole of it; `assessment-signed`."""
    opened = open_signed(request, entry)
    view = opened.view
    accounts = [one for one in opened.entry.passages if one.added_at is not None]
    left = list_left_open([entry]).get(entry, [])
    naming = Naming(account_names([view.by, *(one.by for one in left)]), {})
    givers = get_headers(people={one.given_by for one in accounts if one.given_by})
    context = {
        "names": opened.names,
        "title": said.title_in(opened.pack, view.kind),
        "signed_on": view.authorised_at,
        "line": [
            f"Signed off by {naming.who(view.by)}. {said.taken_words(view)}.",
            f"It led to: {said.outcome_label(view.outcome, opened.pack)}.",
        ],
        "sections": words.sections_of(opened.pack, opened.written, opened.children, opened.headers, kind=view.kind),
        "factors": said.factor_rows(
            view.factors, opened.pack.list("assessment_factor"), opened.headers, opened.children
        ),
        **words.beside(opened.written),
        "left": left_rows(left, naming.accounts),
        "accounts": words.account_rows(accounts, givers),
        "disagree_url": disagree_url(opened.by, opened.children[0], "assessment", entry),
        "back_url": reverse("person-assessment", args=[opened.children[0]]),
        "family_url": reverse("assessment-family", args=[entry]) if may_assess(opened.by) else "",
    }
    return render(request, "assessments/signed.html", context)

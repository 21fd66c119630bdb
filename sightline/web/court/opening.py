"""Opening pre-proceedings from the record of one of their children, and the desk of each of their forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.access.rules import Section
from sightline.court.queries import PreProceedingsLine, together_with
from sightline.court.standing import Said
from sightline.documents.operations import add_document
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.web.asked import now
from sightline.web.casework.opening import Opened
from sightline.web.enquiries.opening import Together, open_together, refuse_unless_records
from sightline.web.enquiries.sheet import OneForm
from sightline.web.plans.desk import Desk

BACK = "Back to before court"
DONE = "It is on the record of each child."
NOT_HERE = "There are no such pre-proceedings among the children that you work with."


@dataclass(frozen=True)
class OpenedSpell:
    """Pre-proceedings that one step carries, of those of its children whom the reader may see."""

    together: Together
    step: UUID
    lines: list[PreProceedingsLine]

    @property
    def opened(self) -> Opened:
        """The record from which they were opened."""
        return self.together.opened

    @property
    def going_on(self) -> list[tuple[str, str]]:
        """Children for whom they have not ended, for a list to choose from."""
        still = {str(one.child) for one in self.lines if one.is_open}
        return [(key, name) for key, name in self.together.children if key in still]

    def chosen(self, sheet: OneForm) -> tuple[UUID, ...]:
        """Those for whom a form was sent: the ones ticked, or all for whom they go on."""
        return tuple(UUID(one) for one in sheet.given.get("about") or [key for key, _ in self.going_on])

    def said(self, sheet: OneForm) -> Said:
        """The words and files of a form, the files kept on the record of each child whom it is about."""
        about = [(child, Section.ORDINARY) for child in self.chosen(sheet)]
        kept = tuple(
            add_document(by=self.opened.by, name=file.name, content=file.read(), about=about, at=self.opened.at)
            for file in sheet.given.get("documents") or ()
        )
        return Said(sheet.given.get("words", ""), documents=kept)


def open_spell(request: HttpRequest, step: UUID) -> OpenedSpell:
    """What a step is about, to write of it. Absent and hidden read alike."""
    lines = together_with(step, now())
    if not lines:
        raise NotFound(NOT_HERE)
    together = open_together(request, [one.child for one in lines])
    refuse_unless_records(together.opened)
    return OpenedSpell(together, step, lines)


def desk_of(
    opened: Opened, *, request: HttpRequest, name: str, kind: type[Form], asks: Mapping[str, str],
    perform: Callable[[OneForm], UUID], given: Mapping[str, Any], beside: UUID | None = None,
    begins: Mapping[str, object] | None = None, fields: Mapping[str, str] | None = None,
) -> Desk:  # fmt: skip
    """The page of one form about pre-proceedings; what it is done with leads back to their page."""

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        today = local_day(opened.at)
        return OneForm(
            kind, typed, request.FILES, bound=bound, at=opened.at, initial=begins, today=today, **dict(given)
        )  # fmt: skip

    def done(_sheet: OneForm) -> HttpResponse:
        messages.success(request, DONE)
        return redirect("before-court", person=opened.person)

    return Desk(
        opened=opened,
        name=name,
        template="enquiries/plain.html",
        make=make,
        perform=perform,
        done=done,
        beside=beside,
        back=reverse("before-court", args=[opened.person]),
        context={"asks": asks, "back_text": BACK},
        fields={"name": "documents", "content": "documents"} | dict(fields or {}),
    )

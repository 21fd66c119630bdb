"""Versions of a signed assessment for the family: one for each person, holding only what is theirs to have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.assessments.family import FamilyVersionView, list_family_versions, write_version_for
from sightline.assessments.permissions import refuse_unless_may_assess, refuse_unless_sees_whole
from sightline.assessments.queries import get_round
from sightline.journeys.letters import desk_line
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.london import local_day
from sightline.people.queries import get_headers, list_relationships_of
from sightline.web import drafts
from sightline.web.access.risk import risks_of_writing
from sightline.web.asked import key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.drafting import Begun
from sightline.web.assessments.forms import FamilyForm
from sightline.web.assessments.signed import OpenSigned, open_signed
from sightline.web.presenters import assessment_family as said
from sightline.web.presenters.assessment_family import PARENTS, FamilyDraft, Recipient
from sightline.web.presenters.assessment_signed import labels_of
from sightline.web.presenters.overview import need_rows
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import day, full_moment
from sightline.web.refused import stale_context
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names

NAME = "assessment-family-write"


def _open(request: HttpRequest, entry: UUID) -> OpenSigned:
    opened = open_signed(request, entry, "assessment_family")
    refuse_unless_may_assess(opened.by)
    refuse_unless_sees_whole(opened.view.round)
    return opened


def recipients_of(opened: OpenSigned) -> dict[UUID, Recipient]:
    """The children who are born, and whoever is a parent of any of them or answers for them as one."""
    ties = list_relationships_of(people=opened.children)
    kinds: dict[UUID, set[str]] = {}
    theirs: dict[UUID, set[UUID]] = {}
    for child in opened.children:
        for tie in ties.get(child, []):
            if tie.reads and tie.true_to is None and (tie.kind in PARENTS or tie.parental_responsibility):
                kinds.setdefault(tie.other, set()).add(tie.kind)
                theirs.setdefault(tie.other, set()).add(child)
    headers = get_headers(people=theirs)
    found = {
        child: Recipient(opened.headers[child], child=True)
        for child in opened.children
        if opened.headers[child].birth != "expected"
    }
    for key in sorted(headers, key=lambda one: shown_name(headers[one])):
        alike = [one for one in kinds.values() if one & kinds[key]]
        found[key] = Recipient(
            headers[key],
            child=False,
            parent_of=frozenset(theirs[key]),
            as_what=frozenset(kinds[key]),
            only_one=len(alike) == 1,
        )
    return found


def choose(request: HttpRequest, entry: UUID) -> HttpResponse:
    """For whom; `assessment-family`."""
    opened = _open(request, entry)
    written = list_family_versions(entry)
    context = {
        "names": opened.names,
        "people": [_row(opened, key, one, written.get(key)) for key, one in recipients_of(opened).items()],
        "back_url": reverse("assessment-signed", args=[entry]),
    }
    return render(request, "assessments/family.html", context)


def _row(opened: OpenSigned, key: UUID, one: Recipient, version: FamilyVersionView | None) -> dict[str, object]:
    if one.child:
        what = one.header.age_words(local_day(opened.at))
    else:
        children = [shown_name(opened.headers[child]) for child in opened.children if child in one.parent_of]
        what = said.parent_words(one, children)
    return {
        "title": shown_name(one.header),
        "url": reverse(NAME, args=[opened.view.entry, key]),
        "detail": what,
        "tag": f"Written {day(version.written_at)}" if version else "Not written",
        "tag_colour": "green" if version else "grey",
    }


def _recipient(opened: OpenSigned, person: UUID) -> Recipient:
    found = recipients_of(opened).get(person)
    if found is None:
        raise NotFound("There is nobody of that family here to whom a version could be given.")
    return found


@dataclass(frozen=True)
class Desk:
    """One person's version as it is worked on: what was signed, for whom, what was saved, and what would be drafted."""

    opened: OpenSigned
    recipient: Recipient
    version: FamilyVersionView | None
    draft: FamilyDraft

    @property
    def person(self) -> UUID:
        return self.recipient.header.id

    @property
    def entry(self) -> UUID:
        return self.opened.view.entry


def _desk(request: HttpRequest, entry: UUID, person: UUID) -> Desk:
    opened = _open(request, entry)
    recipient = _recipient(opened, person)
    draft = said.draft_for(recipient, opened.written, labels_of(opened.pack, opened.view.kind), opened.headers)
    return Desk(opened, recipient, list_family_versions(entry).get(person), draft)


def write(request: HttpRequest, entry: UUID, person: UUID) -> HttpResponse:
    """One person's version: drafted, edited, saved; `assessment-family-write`."""
    desk = _desk(request, entry, person)
    if request.method == "POST":
        return _save(request, desk)
    form = FamilyForm(initial={"text": desk.version.text if desk.version else desk.draft.text})
    begun = drafting.begin(request, desk.opened.by, form=NAME, entry=entry, person=person)
    begun.fill(form)
    return _show(request, desk, form, begun)


def _save(request: HttpRequest, desk: Desk) -> HttpResponse:
    form, key = FamilyForm(request.POST), key_of(request)
    stale: Stale | None = None
    if form.is_valid():
        try:
            send_once(request, NAME, lambda: _write(request, desk, form), at=desk.opened.at)
        except (NotPermitted, NotFound):
            raise
        except Stale as found:
            stale = found
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Saved.")
            return redirect(NAME, entry=desk.entry, person=desk.person)
    drafts.keep(request, key, form=NAME, about=desk.person)
    return _show(request, desk, form, Begun(key), stale=stale)


def _write(request: HttpRequest, desk: Desk, form: FamilyForm) -> UUID:
    write_version_for(
        by=desk.opened.by,
        entry=desk.entry,
        recipient=desk.person,
        text=form.cleaned_data["text"].replace("\r\n", "\n"),
        base=_base_in(request.POST),
        at=desk.opened.at,
    )
    return desk.person


def _show(
    request: HttpRequest, desk: Desk, form: FamilyForm, begun: Begun, *, stale: Stale | None = None
) -> HttpResponse:
    version = desk.version
    context: dict[str, Any] = {
        "name": shown_name(desk.recipient.header),
        "names": desk.opened.names,
        "entry": desk.entry,
        "person": desk.person,
        "form": form,
        "base": _base(request, desk, begun, both_shown=stale is not None),
        "needs": [f"{row['key']}: {row['value']}" for row in need_rows(desk.recipient.header)],
        "left_out": desk.draft.left_out,
        "at_risk": risks_of_writing(to=[desk.person], about=desk.opened.children),
        "reading": said.reading_words(str(form["text"].value() or "")),
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
        "print_url": reverse("assessment-family-print", args=[desk.entry, desk.person]) if version else "",
        "back_url": reverse("assessment-family", args=[desk.entry]),
    }
    if stale is not None and version is not None:
        context["stale"] = _both(stale, version)
    return render(request, "assessments/family-write.html", context, status=409 if stale else 200)


def _base(request: HttpRequest, desk: Desk, begun: Begun, *, both_shown: bool) -> int:
    """The saving that the words in the box were begun from. Once both texts were shown, ours goes over theirs."""
    latest = desk.version.number if desk.version else 0
    typed = request.POST if request.method == "POST" else begun.typed
    if both_shown or typed is None:
        return latest
    return _base_in(typed)


def _base_in(typed: QueryDict) -> int:
    base = str(typed.get("base", ""))
    return int(base) if base.isdecimal() and len(base) < 10 else 0


def _both(stale: Stale, version: FamilyVersionView) -> Mapping[str, object]:
    names = account_names([version.by])
    found = stale_context(stale, who=names.get(version.by, "somebody else"), label="Version")
    theirs = cast("dict[str, object]", found["theirs"])
    return found | {"theirs": theirs | {"when": full_moment(version.written_at)}}


def printed(request: HttpRequest, entry: UUID, person: UUID) -> HttpResponse:
    """The page that is printed and given: nothing of ours on it but whom to ring; `assessment-family-print`."""
    opened = _open(request, entry)
    recipient = _recipient(opened, person)
    version = list_family_versions(entry).get(person)
    if version is None:
        raise NotFound("This version has not been written yet. Write and save it first.")
    context = {
        "name": shown_name(recipient.header),
        "blocks": said.blocks_of(version.text),
        "signed_on": opened.view.authorised_at,
        "authority": getattr(settings, "AUTHORITY_NAME", ""),
        "ring": desk_line(get_round(opened.view.round).post),
        "back_url": reverse(NAME, args=[entry, person]),
    }
    return render(request, "assessments/family-print.html", context)

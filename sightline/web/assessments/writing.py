"""Writing a section. Only what changed is saved; where somebody saved first, both texts stand side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.assessments.operations import write_part
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.assessments.queries import list_part_versions
from sightline.doorway.operations import save_draft
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.references import new_id
from sightline.web import drafts
from sightline.web.asked import body_of, key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.document import write_url
from sightline.web.assessments.drafting import Begun
from sightline.web.assessments.opening import OpenDocument, open_document
from sightline.web.assessments.parts import Part, Sheet, sheet_in
from sightline.web.assessments.reading import naming_of
from sightline.web.assessments.section_form import SectionForm, as_kept
from sightline.web.presenters import assessments as said
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names

OF_FAMILY, OF_CHILD = "assessment-section", "assessment-section-child"


@dataclass
class Saving:
    """What became of a section that was sent: how many parts were written, and which somebody saved first."""

    written: int = 0
    voided: bool = False
    stale: list[Part] = field(default_factory=list)


def write(request: HttpRequest, assessment: UUID, section: str, child: UUID | None = None) -> HttpResponse:
    """The boxes of one section, of the family or of one child; `assessment-section` and `assessment-section-child`."""
    opened = open_document(request, assessment)
    refuse_unless_may_assess(opened.by)
    sheet = _sheet(opened, section, child)
    form = SectionForm(request.POST if request.method == "POST" else None, blocks=sheet.blocks, said=opened.said)
    if request.method == "POST":
        return _save(request, opened, sheet, form)
    begun = drafting.begin(request, opened.by, form=_name(sheet), **_address(opened, sheet))
    begun.fill(form)
    return _show(request, opened, sheet, form, begun)


def _sheet(opened: OpenDocument, section: str, child: UUID | None) -> Sheet:
    return sheet_in(opened.sheets, section, child)


def _name(sheet: Sheet) -> str:
    return OF_FAMILY if sheet.child is None else OF_CHILD


def _address(opened: OpenDocument, sheet: Sheet) -> dict[str, UUID | str]:
    address: dict[str, UUID | str] = {"assessment": opened.id, "section": sheet.section.key}
    return address if sheet.child is None else address | {"child": sheet.child}


def _about(opened: OpenDocument, sheet: Sheet) -> UUID:
    return sheet.child or opened.children[0]


def _save(request: HttpRequest, opened: OpenDocument, sheet: Sheet, form: SectionForm) -> HttpResponse:
    key = key_of(request)
    if form.is_valid():
        try:
            opened, form, saving = _attempt(request, opened, sheet, form)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            if saving.stale:
                return _both_texts(request, opened, sheet, form, saving)
            messages.success(request, said.saved_words(saving.written, voided=saving.voided))
            return redirect(_onward(request, opened, sheet))
    drafts.keep(request, key, form=_name(sheet), about=_about(opened, sheet))
    return _show(request, opened, sheet, form, Begun(key))


def _onward(request: HttpRequest, opened: OpenDocument, sheet: Sheet) -> str:
    """The next page of writing where it was asked for, else the section on the document."""
    following = _next(opened, sheet)
    if request.POST.get("then") == "next" and following is not None:
        return write_url(opened, following)
    return reverse("assessment", args=[opened.id]) + f"#{sheet.section.key}"


def _next(opened: OpenDocument, sheet: Sheet) -> Sheet | None:
    after = opened.sheets[opened.sheets.index(_sheet(opened, sheet.section.key, sheet.child)) + 1 :]
    return after[0] if after else None


def _attempt(
    request: HttpRequest, opened: OpenDocument, sheet: Sheet, form: SectionForm
) -> tuple[OpenDocument, SectionForm, Saving]:
    try:
        return opened, form, _once(request, opened, form)
    except Stale:
        # Somebody saved between our reading and our writing: what they wrote is read, and stands beside ours.
        opened = open_document(request, opened.id)
        form = SectionForm(request.POST, blocks=sheet.blocks, said=opened.said)
        form.is_valid()
        return opened, form, _once(request, opened, form)


def _once(request: HttpRequest, opened: OpenDocument, form: SectionForm) -> Saving:
    """Write what changed, in one act of the form; a form that came twice writes nothing the second time."""
    saving = Saving()

    def perform() -> UUID:
        for part in form.parts:
            _write(opened, form, part, saving)
        return opened.id

    send_once(request, OF_FAMILY, perform, at=opened.at)
    return saving


def _write(opened: OpenDocument, form: SectionForm, part: Part, saving: Saving) -> None:
    view, text, base = opened.said.get(part.place), form.text_of(part), form.base_of(part)
    number, now_says = (view.number, as_kept(view.text)) if view else (0, "")
    if text == now_says:
        return
    if base == number:
        written = write_part(
            by=opened.by, assessment=opened.id, key=part.key, child=part.child, text=text, base=base, at=opened.at
        )
        saving.written += 1
        saving.voided = saving.voided or written.voided
    elif text != _began_from(opened, part, base):
        saving.stale.append(part)


def _began_from(opened: OpenDocument, part: Part, base: int) -> str:
    """What the box said when the page was opened; a box that nobody touched overwrites nothing."""
    versions = list_part_versions(assessment=opened.id, key=part.key, child=part.child)
    return next((as_kept(one.text) for one in versions if one.number == base), "")


def _both_texts(
    request: HttpRequest, opened: OpenDocument, sheet: Sheet, form: SectionForm, saving: Saving
) -> HttpResponse:
    """Both texts of what somebody saved first. The box keeps ours, and is saved over theirs only when sent again."""
    opened = open_document(request, opened.id) if saving.written else opened
    data, key = request.POST.copy(), new_id()
    data["key"] = str(key)
    for part in form.parts:
        view = opened.said.get(part.place)
        data[part.base] = str(view.number if view else 0)
        if part not in saving.stale:
            data[part.field] = view.text if view else ""
    again = SectionForm(data, blocks=sheet.blocks, said=opened.said)
    save_draft(by=opened.by, key=key, form=_name(sheet), about=_about(opened, sheet), body=body_of(data), at=opened.at)
    names = account_names(view.by for part in saving.stale if (view := opened.said.get(part.place)))
    context = said.both_texts([(part, opened.said.get(part.place), form.text_of(part)) for part in saving.stale], names)
    saved = said.saved_words(saving.written, voided=saving.voided) if saving.written else ""
    return _show(request, opened, sheet, again, Begun(key), status=409, stale=context, saved=saved)


def _show(
    request: HttpRequest, opened: OpenDocument, sheet: Sheet, form: SectionForm, begun: Begun, *,
    status: int = 200, stale: Mapping[str, object] | None = None, saved: str = "",
) -> HttpResponse:  # fmt: skip
    naming = naming_of(opened.view)
    context = {
        "opened": opened,
        "section": sheet.section,
        "child": sheet.child,
        "whose": sheet.blocks[0].whose,
        "form": form,
        "draft_form": _name(sheet),
        "about": _about(opened, sheet),
        "blocks": [(said.last_written(block, opened.said, naming), form.boxes(block)) for block in sheet.blocks],
        "following": _next(opened, sheet),
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
        "voids": said.voids_words(opened.view.round, naming),
        "stale": stale,
        "saved": saved,
    }
    return render(request, "assessments/section.html", context, status=status)

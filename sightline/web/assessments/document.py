"""The document: every section with what each part says, and beside it the history that it must answer to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.assessments.permissions import may_assess, may_authorise, may_stop, may_submit
from sightline.assessments.rules import WITH_A_MANAGER
from sightline.front_door.queries import list_contacts_about
from sightline.plans.queries import list_plans
from sightline.practice.queries import get_packs
from sightline.record.queries import list_episodes
from sightline.web.assessments.opening import OpenDocument, open_document
from sightline.web.assessments.parts import Sheet
from sightline.web.assessments.reading import Stands, read_standing
from sightline.web.presenters import assessment_history as before
from sightline.web.presenters import assessments as said

CHANGED = "what_has_changed"


def read(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """The whole of it; `assessment`."""
    opened = open_document(request, assessment)
    stands = read_standing(opened.view, opened.children)
    may_write = may_assess(opened.by)
    context = {
        "opened": opened,
        "back_url": reverse("person-assessment", args=[opened.children[0]]),
        "sections": sections_of(opened, may_write=may_write),
        "unasked": said.unasked_section(opened.unasked, opened.said, opened.id),
        "factors": factor_rows(opened),
        "earlier": stands.earlier(opened.headers),
        "turns": said.turn_rows(opened.view.turns, stands.naming),
        "actions": _actions(opened),
        "stop_url": reverse("assessment-stop", args=[opened.id]) if opened.view.round and may_stop(opened.by) else "",
        "attention": _attention(opened, stands, may_write=may_write),
        "may_write": may_write,
        **stands.context(opened.pack, opened.at),
        **_history(opened),
    }
    return render(request, "assessments/document.html", context)


def sections_of(opened: OpenDocument, *, may_write: bool) -> list[dict[str, object]]:
    """Each section with its blocks, and where each is written."""
    found: list[dict[str, object]] = []
    for section in opened.form.sections:
        sheets = [one for one in opened.sheets if one.section.key == section.key]
        blocks = [
            said.block_rows(block, opened.said, write_url(opened, sheet) if may_write else "", opened.id)
            for sheet in sheets
            for block in sheet.blocks
        ]
        found.append(
            {
                "key": section.key,
                # A manager's page folds away all but what a signature answers for.
                "weighed": any(one.required and one.asked_of != "child" for one in section.questions),
                "title": str(section.title),
                "url": next((block["url"] for block in blocks if not block["whose"]), ""),
                "blocks": blocks,
                "written": said.written_words(blocks),
            }
        )
    return found


def write_url(opened: OpenDocument, sheet: Sheet) -> str:
    """Where a sheet is written."""
    if sheet.child is None:
        return reverse("assessment-section", args=[opened.id, sheet.section.key])
    return reverse("assessment-section-child", args=[opened.id, sheet.section.key, sheet.child])


def factor_rows(opened: OpenDocument) -> list[dict[str, str]]:
    """What was found for each child."""
    options = opened.pack.list("assessment_factor")
    return said.factor_rows(opened.view.factors, options, opened.headers, opened.children)


def _actions(opened: OpenDocument) -> list[dict[str, str]]:
    """What can be done, by the same rules that refuse it."""
    now, by = opened.view.round, opened.by
    if now is None:
        begin = reverse("assessment-begin", args=[opened.children[0]])
        return [{"text": "Assess again", "url": begin}] if may_assess(by) else []
    signed = [turn.by for turn in now.turns if turn.kind in ("submitted", "sent_on")]
    found = []
    if now.standing in WITH_A_MANAGER and may_authorise(by, signed_before=signed[-1:]):
        found.append({"text": "Sign off", "url": reverse("assessment-sign", args=[opened.id])})
    if now.standing not in WITH_A_MANAGER and may_submit(by, in_need=False):
        found.append({"text": "Send to a manager", "url": reverse("assessment-send", args=[opened.id])})
    if may_assess(by):
        evidence = reverse("assessment-evidence", args=[opened.id])
        found.append({"text": "Evidence from others", "url": evidence, "kind": "secondary"})
    return found


def _attention(opened: OpenDocument, stands: Stands, *, may_write: bool) -> list[dict[str, str]]:
    """Where there is an earlier assessment, what has changed since is asked until it is answered."""
    part = next((one for one in opened.parts if one.key == CHANGED), None)
    if part is None or not stands.signed or opened.view.round is None:
        return []
    view = opened.said.get(part.place)
    if said.has_words(view) and view is not None and view.written_at > stands.signed[0].authorised_at:
        return []
    sheet = next(one for one in opened.sheets if any(part in block.parts for block in one.blocks))
    url = f"{write_url(opened, sheet)}#id_{part.field}" if may_write else ""
    when = said.day_of(stands.signed[0].authorised_at)
    return [{"text": f"What has changed since the assessment signed {when}? Nobody has said yet.", "url": url}]


def _history(opened: OpenDocument) -> dict[str, object]:
    """Contacts, times of involvement and plans of all the children, in a fixed number of queries."""
    contacts = list_contacts_about(opened.children)
    packs = get_packs(before.pins_of(contacts))
    return {
        "contacts": before.contact_rows(contacts, packs, opened.headers),
        "episodes": before.episode_rows(list_episodes(opened.children), opened.pack, opened.headers),
        "plans": before.plan_rows(list_plans(opened.children, only_open=False), opened.headers),
    }

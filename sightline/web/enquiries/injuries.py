"""Recording an injury, and all the injuries of a child on one line of time, whoever saw them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.documents.queries import describe_documents
from sightline.doorway.acts import look
from sightline.front_door.queries import list_injuries as list_reported
from sightline.journeys.injuries import note_injury
from sightline.kernel.london import local_day
from sightline.partnership.queries import list_agencies
from sightline.practice.queries import current_pack, get_timescale
from sightline.record.permissions import may_write
from sightline.record.queries import get_carriers
from sightline.recording.queries import list_injuries
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened, family_of, open_person, require_record
from sightline.web.casework.record import frame_of
from sightline.web.enquiries.injury_forms import InjuryForm
from sightline.web.enquiries.opening import LOOKED_AT, open_to_write
from sightline.web.enquiries.sheet import OneForm, keep_files
from sightline.web.plans.desk import Desk, answer
from sightline.web.presenters import injuries as said
from sightline.web.presenters.body_map import body_map
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import account_names, front_door_manager, who_to_ring

WINDOW = "injury.window"


class InjurySheet(OneForm):
    """The form of one injury, and the drawn body that follows what is ticked in it."""

    @property
    def drawn(self) -> dict[str, object]:
        """The body with what is ticked."""
        ticked = self.form["sites"].value() or []
        return body_map([str(one) for one in ticked], dict(self.named["sites"]))


def injury_new(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    opened = open_to_write(request, person)
    look(by=opened.by, people=[person], what=LOOKED_AT, at=opened.at)
    pack, today = current_pack(opened.at), local_day(opened.at)
    agencies = [(str(one.id), one.name) for one in list_agencies() if one.closed_on is None]

    def make(typed: QueryDict | None, *, bound: bool) -> InjurySheet:
        return InjurySheet(
            InjuryForm,
            typed,
            request.FILES,
            bound=bound,
            at=opened.at,
            today=today,
            kinds=list(said.labels_of(pack, "injury_kind").items()),
            sites=list(said.labels_of(pack, "body_site").items()),
            agencies=agencies,
        )

    kept: list[UUID] = []
    return answer(
        request,
        Desk(
            opened=opened,
            name="injury-new",
            template="enquiries/injury-new.html",
            make=make,
            perform=lambda sheet: _note(opened, sheet, kept),
            done=lambda _sheet: _done(request, person, kept),
            back=reverse("person-protection", args=[person]),
            fields={"occurred": "seen_on", "name": "documents", "content": "documents"},
        ),
    )


def _note(opened: Opened, sheet: InjurySheet, kept: list[UUID]) -> UUID:
    given = sheet.given
    documents = keep_files(given["documents"], [opened.person], by=opened.by, at=opened.at)
    kept.append(
        note_injury(
            by=opened.by,
            child=opened.person,
            what=given["what"],
            sites=tuple(given["sites"]),
            seen_on=given["seen_on"],
            seen_by=given["seen_by"],
            account=given["account"],
            account_of=given["account_of"],
            childs_account=given["childs_account"],
            examined_by=given["examined_by"],
            examined_on=given["examined_on"],
            not_examined_because=given["not_examined_because"],
            words=given["words"],
            documents=documents,
            agency=key_in(given["agency"]),
            handling=given["handling"] or "ordinary",
            at=opened.at,
        )
    )
    return kept[-1]


def _done(request: HttpRequest, person: UUID, kept: list[UUID]) -> HttpResponse:
    """To the injuries, with the others that are near in time beside it."""
    messages.success(request, "The injury is recorded.")
    beside = f"?beside={kept[-1]}" if kept else ""
    return redirect(reverse("person-injuries", args=[person]) + beside)


def person_injuries(request: HttpRequest, person: UUID) -> HttpResponse:
    """All of them, newest first; and, where one is asked about, those near it in time side by side."""
    opened = require_record(open_person(request, person, "injuries"))
    window = get_timescale(WINDOW, local_day(opened.at)).length
    rows = said.in_order(rows_of(opened), window, person)
    asked = next((row for row in rows if row["key"] == key_in(request.GET.get("beside"))), None)
    beside = said.near_to(asked, rows, window) if asked else []
    family = _in_the_family(opened, asked, window) if asked else []
    context = frame_of(opened, "person-protection") | {
        "injuries": rows,
        "family": family,
        "family_title": said.family_title(window),
        "may_ask": bool(asked) and may_write(opened.by),
        "beside": beside if len(beside) > 1 else [],
        "beside_title": said.together_title(beside, window),
        "window": window,
        "ring": _ring_words(opened) if len(beside) > 1 else "",
    }
    return render(request, "enquiries/injuries.html", context)


def _in_the_family(opened: Opened, asked: Mapping[str, Any], window: int) -> list[dict[str, Any]]:
    """Injuries of brothers and sisters near in time to this one, as far as the reader may see them; each a look."""
    if opened.as_at is not None:
        return []
    others = {key: one for key, one in family_of(opened).items() if key != opened.person and one.kind == "child"}
    injuries, reported = list_injuries(list(others)), list_reported(list(others))
    kinds = said.labels_of(current_pack(opened.at), "injury_kind")
    found = [
        said.family_row(one, shown_name(others[child]), child, kinds)
        for child, many in injuries.items()
        for one in many
    ]
    found += [said.reported_in_family(one, shown_name(others[one.child_id]), one.child_id) for one in reported]
    near = said.near_to(asked, found, window)
    if near:
        look(by=opened.by, people=list({one["child"] for one in near}), what="injuries", at=opened.at)
    return near


def _ring_words(opened: Opened) -> str:
    """Whom to ring about a second injury: whoever answers for the child; the front door where nobody does."""
    ring = who_to_ring(post=get_carriers([opened.person]).get(opened.person) or front_door_manager(), at=opened.at)
    return said.ring_words(ring) if ring else ""


def rows_of(opened: Opened) -> list[dict[str, Any]]:
    """A child's injuries in words, recorded or reported to the front door; on an earlier day, those known then."""
    found = [one for one in list_injuries([opened.person]).get(opened.person, []) if _known(one.recorded_at, opened)]
    reported = [one for one in list_reported([opened.person]) if _known(one.contact.received_at, opened)]
    pack = current_pack(opened.at)
    facts = said.InjuryFacts(
        person=opened.person,
        today=opened.today,
        kinds=said.labels_of(pack, "injury_kind"),
        sites=said.labels_of(pack, "body_site"),
        authority=settings.AUTHORITY_NAME,
        agencies={one.id: one.name for one in list_agencies()},
        documents=describe_documents([document for one in found for document in one.documents]),
        authors=account_names([one.author for one in found]),
    )
    return [*(said.injury_row(one, facts) for one in found), *(said.reported_row(one, facts) for one in reported)]


def _known(recorded_at: object, opened: Opened) -> bool:
    return opened.as_at is None or recorded_at <= opened.as_at  # type: ignore[operator]  # both are moments

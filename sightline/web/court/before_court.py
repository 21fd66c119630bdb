"""Before court: what happened in pre-proceedings in its order, what is owed, and what may be recorded next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.court.permissions import may_decide_before_court
from sightline.court.queries import PreProceedingsLine, entries_of, list_pre_proceedings, together_with
from sightline.documents.queries import describe_documents
from sightline.kernel.london import local_day
from sightline.people.queries import get_names
from sightline.record.permissions import may_write
from sightline.record.queries import list_entries
from sightline.web.casework.opening import Opened, open_person, require_record
from sightline.web.casework.record import frame_of
from sightline.web.enquiries.opening import LOOKED_AT
from sightline.web.presenters import court as said
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import account_names, describe_posts


def before_court(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page. Of an earlier day, the timeline says what was done by then."""
    opened = require_record(open_person(request, person, LOOKED_AT))
    context = frame_of(opened, "person-protection")
    if opened.as_at is None:
        lines = list_pre_proceedings([person], opened.at)
        latest = lines[0] if lines else None
        context |= {
            "spell": said.spell_words(latest, _facts(opened, latest)) if latest else None,
            "earlier": [said.spell_line(one) for one in lines[1:]],
            "acts": _acts(opened, latest),
        }
    context["protection_url"] = reverse("person-protection", args=[person]) + opened.as_at_query
    return render(request, "court/before-court.html", context)


def _facts(opened: Opened, line: PreProceedingsLine) -> said.SpellFacts:
    keys = entries_of(opened.person, line.step) if line.step else []
    found = list_entries(keys)
    entries = [found[key] for key in keys if key in found]
    others = [one.child for one in together_with(line.step, opened.at)] if line.step else []
    names = get_names(people=[one for one in others if one != opened.person])
    return said.SpellFacts(
        at=opened.at,
        entries=entries,
        authors=account_names([one.author for one in entries]),
        documents=describe_documents([one for entry in entries for one in entry.documents]),
        posts=describe_posts([line.post] if line.post else []),
        beside=sorted(shown_name(one) for one in names.values()),
    )


def _acts(opened: Opened, line: PreProceedingsLine | None) -> list[dict[str, str]]:
    """What this worker may record next; the first has a button of its own."""
    if not may_write(opened.by):
        return []
    decides, today = may_decide_before_court(opened.by), local_day(opened.at)
    begin = {"text": "Begin pre-proceedings", "url": reverse("before-court-begin", args=[opened.person])}
    right = {"text": "Put a date right", "url": reverse("before-court-dates", args=[opened.person])}
    if line is None:
        return [begin] if decides else []
    if not line.is_open or line.step is None:
        return [*([begin] if decides and (line.ended_on or today) <= today else []), right]
    url = f"?child={opened.person}"
    found = said.next_acts(line, decides=decides)
    return [*({"text": text, "url": reverse(name, args=[line.step]) + url} for text, name in found), right]

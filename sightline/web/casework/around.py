"""People and agencies around one person, and what may be added there."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.conferences.queries import kept_out_of
from sightline.journeys.merge import may_decide_who_is_who
from sightline.partnership.permissions import may_share
from sightline.partnership.queries import list_agencies, list_involved, list_messages_about
from sightline.people.queries import (
    Related,
    get_names,
    list_household,
    list_names,
    list_relationships_of,
    list_unidentified,
)
from sightline.plans.queries import list_plans
from sightline.record.permissions import may_write
from sightline.record.queries import list_mentions
from sightline.web.casework.opening import Opened, open_person, require_record
from sightline.web.casework.reading import addresses_of
from sightline.web.casework.record import frame_of
from sightline.web.presenters import around as rows
from sightline.web.presenters import overview as blocks
from sightline.web.presenters.kept_out import kept_out_lines


def people(request: HttpRequest, person: UUID) -> HttpResponse:
    """Names, numbers, homes, ties, adults not identified, professionals, and which agencies were told."""
    opened = require_record(open_person(request, person, "people"))
    context = frame_of(opened, "person-people")
    kept_out = kept_out_lines(kept_out_of([person])) if opened.is_child else {}
    shown = context | _around(opened, kept_out) | _professionals(opened, kept_out) | _agencies(opened)
    return render(request, "casework/people.html", shown)


def _around(opened: Opened, kept_out: Mapping[UUID, str]) -> dict[str, object]:
    person, as_at = opened.person, opened.as_at
    ties = _ties(opened)
    household = list_household(person=person, as_at=as_at)
    headers = get_names(people=[*household, *(tie.other for tie in ties)], as_at=as_at)
    addresses = addresses_of(opened)
    return {
        "withheld": any(one.withheld for one in addresses),
        "may_link": as_at is None and may_decide_who_is_who(opened.by, [person]),
        "names": rows.name_rows([name for key in opened.keys for name in list_names(person=key, as_at=as_at)]),
        "numbers": rows.number_rows(opened.header),
        "addresses": rows.address_rows(addresses, opened.today),
        "tie_columns": ["Name", "What they are", "Parental responsibility", "Age"],
        "ties": rows.tie_rows(ties, headers, opened.today, kept_out),
        "household": rows.household_rows(household, headers, opened.today, kept_out),
        "needs": blocks.need_rows(opened.header),
    }


def _ties(opened: Opened) -> list[Related]:
    """What they are to whom, under all their keys, each tie once and none to themself."""
    every = list_relationships_of(people=opened.keys, as_at=opened.as_at).values()
    found = {(one.other, one.kind, one.reads): one for ties in every for one in ties if one.other not in opened.keys}
    return list(found.values())


def _professionals(opened: Opened, kept_out: Mapping[UUID, str]) -> dict[str, object]:
    """Who works with a child, and who did; a plan's lead is marked, and named where nobody here is that."""
    if not opened.is_child:
        return {}
    involved = list_involved(opened.keys)
    if opened.as_at is not None:
        involved = [one for one in involved if one.recorded_at <= opened.as_at]
    plans = list_plans([opened.person]) if opened.as_at is None else []
    may_end = may_write(opened.by) and opened.as_at is None
    return {
        "asks_professionals": True,
        "professional_columns": [*rows.PROFESSIONAL_COLUMNS, *(["Change"] if may_end else [])],
        "professionals": rows.professional_rows(involved, plans, opened.today, may_end=may_end, kept_out=kept_out),
        "professionals_before": rows.before_rows(involved, opened.today),
        "leads": rows.lead_lines(involved, plans, opened.today),
    }


def _agencies(opened: Opened) -> dict[str, object]:
    mentions = list_mentions(opened.keys) if opened.is_child else []
    adults = [group.adult for group in mentions] if opened.is_child else [opened.person]
    names = {agency.id: agency.name for agency in list_agencies()}
    messages = list_messages_about(opened.keys)
    if opened.as_at is not None:
        messages = [line for line in messages if line.composed_at <= opened.as_at]
    return {
        "unidentified": rows.unidentified_rows(list_unidentified(people=adults), mentions, names),
        "may_share": opened.is_child and opened.as_at is None and may_share(opened.by),
        "told_columns": ["To", "What", "When", "How far it got"],
        "told": rows.told_rows(messages),
    }

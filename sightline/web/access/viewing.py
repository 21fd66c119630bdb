"""Who has viewed a record, for those who work with whom it is about."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.audit.queries import list_views
from sightline.partnership.queries import agency_names
from sightline.web.casework.opening import open_person, require_record
from sightline.web.casework.record import PAGE, Asked, frame_of
from sightline.web.presenters.viewing import VIEW_COLUMNS, view_rows
from sightline.workforce.queries import account_names


def viewed(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who has viewed this record under any of its keys, or tried to: when, what of it, and by which relationship."""
    opened = require_record(open_person(request, person, "access"))
    asked = Asked(request, opened.at)
    views, total = list_views(people=opened.keys, start=asked.start, limit=PAGE)
    names = account_names(one.actor for one in views if one.actor)
    agencies = agency_names(one.agency for one in views if one.agency)
    context = frame_of(opened, "person-access") | {
        "views": view_rows(views, names, agencies),
        "columns": VIEW_COLUMNS,
    }
    pages = asked.pages(len(views), total, reverse("person-access", args=[person]))
    return render(request, "access/viewed.html", context | pages)

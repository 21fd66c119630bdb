"""Addresses of the pages about who may read a record and who has viewed it. The keys in them are opaque."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.access import addresses, emergency, left_drafts, merging, own_home, viewing, weeks_views
from sightline.web.access.restriction_urls import urlpatterns as restrictions
from sightline.web.access.sharing_urls import urlpatterns as sharing

urlpatterns = [
    *restrictions,
    *sharing,
    path("people/<uuid:person>/emergency", emergency.open_record, name="emergency-open"),
    path("people/<uuid:person>/same", merging.search, name="same-search"),
    path("people/<uuid:person>/same/<uuid:other>", merging.compare, name="same-compare"),
    path("people/<uuid:person>/two/<uuid:link>", merging.end, name="same-end"),
    path("emergency/<uuid:opened>", emergency.review, name="emergency"),
    path("people/<uuid:person>/protected-address", addresses.protected_address, name="protected-address"),
    path("people/<uuid:person>/protected-address/record", addresses.record_address, name="protected-address-record"),
    path("people/<uuid:person>/viewed", only_read(viewing.viewed), name="person-access"),
    path("own-home", own_home.own_home, name="own-home"),
    path("own-home/forget", own_home.forget, name="own-home-forget"),
    path("team/left-drafts", only_read(left_drafts.left_drafts), name="left-drafts"),
    path("team/viewing", only_read(weeks_views.week_page), name="team-viewing"),
    path("team/viewing/<uuid:account>", weeks_views.worker_page, name="team-viewing-worker"),
]

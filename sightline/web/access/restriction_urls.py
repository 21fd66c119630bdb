"""Addresses of the pages about restrictions, conflicts of interest and possible twins. Their keys are opaque."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.access import conflicts, restricting

urlpatterns = [
    path("people/<uuid:person>/readers", only_read(restricting.readers), name="person-readers"),
    path("people/<uuid:person>/restrict", restricting.restrict, name="restrict"),
    path("people/<uuid:person>/i-know-them", conflicts.know_them, name="conflict-own"),
    path("people/<uuid:person>/keep-away", conflicts.keep_away, name="conflict-colleague"),
    path("restrictions", only_read(restricting.restrictions), name="restrictions"),
    path("restrictions/<uuid:bar>", restricting.restriction, name="restriction"),
    path("restrictions/<uuid:bar>/readers", restricting.change, name="restriction-readers"),
    path("restrictions/<uuid:bar>/reviewer", restricting.hand, name="restriction-reviewer"),
    path("conflicts/<uuid:bar>", conflicts.conflict, name="conflict"),
    path("possible-twin/<uuid:step>", conflicts.twin, name="possible-twin"),
]

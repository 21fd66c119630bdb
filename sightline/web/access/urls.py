"""Addresses of the pages about who may read a record and who has viewed it. The keys in them are opaque."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.access import viewing

urlpatterns = [
    path("people/<uuid:person>/viewed", only_read(viewing.viewed), name="person-access"),
]

"""Addresses of the pages about a child's wish, and about what is shared with agencies."""

from django.urls import path

from sightline.web.access import wishes

urlpatterns = [
    path("people/<uuid:person>/entries/<uuid:entry>/wish/<uuid:passage>", wishes.wish, name="child-wish"),
]

"""Addresses of the pages about a child's wish, about what is shared with agencies, and of their own notes."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.access import own_notes, shares, wishes

urlpatterns = [
    path("shares", shares.shares, name="shares"),
    path("shared-with-us", only_read(shares.shared_with_us), name="shared-with-us"),
    path("our-own-notes", own_notes.own_notes, name="own-notes"),
    path("people/<uuid:person>/share", shares.share_new, name="share-new"),
    path("people/<uuid:person>/entries/<uuid:entry>/wish/<uuid:passage>", wishes.wish, name="child-wish"),
]

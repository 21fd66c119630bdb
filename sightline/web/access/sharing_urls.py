"""Addresses of the pages about a child's wish, and about what is shared with agencies."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.access import shares, wishes

urlpatterns = [
    path("shares", shares.shares, name="shares"),
    path("shared-with-us", only_read(shares.shared_with_us), name="shared-with-us"),
    path("people/<uuid:person>/share", shares.share_new, name="share-new"),
    path("people/<uuid:person>/entries/<uuid:entry>/wish/<uuid:passage>", wishes.wish, name="child-wish"),
]

"""Addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.endings import answering, asking, reading, telling

urlpatterns = [
    path("people/<uuid:person>/end", asking.ask, name="ending-ask"),
    path("endings/<uuid:step>", answering.answer, name="ending"),
    path("endings/<uuid:step>/return", answering.give_back, name="ending-return"),
    path("ended/<uuid:entry>", only_read(reading.ended), name="ended"),
    path("ended/<uuid:entry>/tell/<uuid:agency_post>", telling.tell, name="ended-tell"),
]

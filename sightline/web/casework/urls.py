"""Addresses of the casework pages."""

from django.urls import path

from sightline.web.casework import home

urlpatterns = [
    path("", home.home, name="home"),
    path("my-day", home.my_day, name="my-day"),
    path("people/<uuid:person>", home.home, name="person"),
    path("drafts/<uuid:key>/resume", home.home, name="resume"),
]

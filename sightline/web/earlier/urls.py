"""Addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path

from sightline.web.earlier import enquiry, take_up

urlpatterns = [
    path("people/<uuid:person>/take-up/<uuid:earlier_plan>", take_up.take_up, name="plan-take-up"),
    path("people/<uuid:person>/earlier-enquiry/<uuid:earlier_enquiry>", enquiry.how_ended, name="earlier-enquiry"),
]

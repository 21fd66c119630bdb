"""Addresses of the pages of visits. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.visits import accounts, appointments, planning, record, tab

urlpatterns = [
    path("visits-to-record", only_read(planning.visits_to_record), name="visits-to-record"),
    path("people/<uuid:person>/visits", only_read(tab.visits), name="person-visits"),
    path("people/<uuid:person>/visit", record.visit_record, name="visit-record"),
    path("people/<uuid:person>/visits/plan", planning.visit_plan, name="visit-plan"),
    path("people/<uuid:person>/visits/<uuid:step>/cancel", planning.visit_cancel, name="visit-cancel"),
    path("people/<uuid:person>/appointment", appointments.appointment_record, name="appointment-record"),
    path("people/<uuid:person>/entries/<uuid:entry>/account", accounts.account_attach, name="account-attach"),
]

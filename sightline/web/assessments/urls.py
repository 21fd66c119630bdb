"""Addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.assessments import (
    conclusions,
    document,
    evidence,
    factors,
    family,
    giving,
    sending,
    signed,
    signing,
    stopping,
    tab,
    versions,
    writing,
)

DOCUMENT = "assessments/<uuid:assessment>"
SIGNED = "assessments/signed/<uuid:entry>"

urlpatterns = [
    path("people/<uuid:person>/assessment", only_read(tab.assessment), name="person-assessment"),
    path("people/<uuid:person>/assessment/begin", tab.begin, name="assessment-begin"),
    path("people/<uuid:person>/conclusions/new", conclusions.add, name="conclusion-new"),
    path("people/<uuid:person>/conclusions/<uuid:conclusion>", conclusions.look_again, name="conclusion"),
    path(DOCUMENT, only_read(document.read), name="assessment"),
    path(f"{DOCUMENT}/write/<slug:section>", writing.write, name="assessment-section"),
    path(f"{DOCUMENT}/write/<slug:section>/<uuid:child>", writing.write, name="assessment-section-child"),
    path(f"{DOCUMENT}/said/<slug:part>", only_read(versions.earlier), name="assessment-earlier"),
    path(f"{DOCUMENT}/said/<slug:part>/<uuid:child>", only_read(versions.earlier), name="assessment-earlier-child"),
    path(f"{DOCUMENT}/factors", factors.mark, name="assessment-factors"),
    path(f"{DOCUMENT}/evidence", evidence.evidence, name="assessment-evidence"),
    path(f"{DOCUMENT}/evidence/<uuid:asked>", evidence.answered, name="assessment-answer"),
    path(f"{DOCUMENT}/send", sending.send, name="assessment-send"),
    path(f"{DOCUMENT}/sign", signing.sign, name="assessment-sign"),
    path(f"{DOCUMENT}/stop", stopping.stop, name="assessment-stop"),
    path(SIGNED, only_read(signed.as_signed), name="assessment-signed"),
    path(f"{SIGNED}/family", only_read(family.choose), name="assessment-family"),
    path(f"{SIGNED}/family/<uuid:person>", family.write, name="assessment-family-write"),
    path(f"{SIGNED}/family/<uuid:person>/given", giving.given, name="assessment-family-given"),
    path(f"{SIGNED}/family/<uuid:person>/print", only_read(family.printed), name="assessment-family-print"),
]

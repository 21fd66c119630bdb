"""Addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_GET as only_read

from sightline.web.plans import agreeing, changing, making, reviewing, services, signing, stepping, tab

PLAN = "people/<uuid:person>/plans/<uuid:plan>"

urlpatterns: list[URLPattern] = [
    path("people/<uuid:person>/plan", only_read(tab.person_plan), name="person-plan"),
    path("people/<uuid:person>/plans/new", making.plan_new, name="plan-new"),
    path(PLAN, only_read(tab.plan), name="plan"),
    path(f"{PLAN}/change", changing.plan_change, name="plan-change"),
    path(f"{PLAN}/review", reviewing.plan_review, name="plan-review"),
    path(f"{PLAN}/agree", signing.plan_version, name="plan-version"),
    path(f"{PLAN}/who-agrees", agreeing.plan_agreement, name="plan-agreement"),
    path(f"{PLAN}/step", stepping.plan_step, name="plan-step"),
    path(f"{PLAN}/versions/<uuid:version>", only_read(tab.plan_as_agreed), name="plan-as-agreed"),
    path(f"{PLAN}/versions/<uuid:version>/sign", signing.plan_sign, name="plan-sign"),
    path("people/<uuid:person>/services/new", services.service_ask, name="service-ask"),
    path("people/<uuid:person>/services/<uuid:service>", services.service_became, name="service-began"),
]

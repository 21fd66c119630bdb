"""Addresses of what protects a child. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web.enquiries import asking, enquiry, injuries, medicals, orders, strategy, tab, telling

urlpatterns = [
    path("people/<uuid:person>/protection", only_read(tab.person_protection), name="person-protection"),
    path("people/<uuid:person>/strategy/new", asking.strategy_ask, name="strategy-ask"),
    path("strategy/<uuid:step>", only_read(strategy.strategy), name="strategy"),
    path("strategy/<uuid:step>/record", strategy.strategy_record, name="strategy-record"),
    path("strategy/<uuid:step>/add", strategy.strategy_add, name="strategy-add"),
    path("strategy/<uuid:step>/decide", strategy.strategy_decide, name="strategy-decide"),
    path("people/<uuid:person>/enquiry/new", asking.enquiry_open, name="enquiry-open"),
    path("enquiry/<uuid:step>", only_read(enquiry.enquiry), name="enquiry"),
    path("enquiry/<uuid:step>/add", enquiry.enquiry_add, name="enquiry-add"),
    path("enquiry/<uuid:step>/conclude", enquiry.enquiry_conclude, name="enquiry-conclude"),
    path("enquiry/<uuid:step>/tell/<uuid:agency_post>", telling.enquiry_tell, name="enquiry-tell"),
    path("enquiry/<uuid:step>/not-told", telling.enquiry_not_told, name="enquiry-not-told"),
    path("enquiry/<uuid:step>/no-conference", telling.enquiry_no_conference, name="enquiry-no-conference"),
    path("people/<uuid:person>/medical/new", medicals.medical_ask, name="medical-ask"),
    path("medical/<uuid:step>", medicals.medical_record, name="medical-record"),
    path("people/<uuid:person>/order/new", orders.order_new, name="order-new"),
    path("order/<uuid:step>/extend", orders.order_extend, name="order-extend"),
    path("order/<uuid:step>/end", orders.order_end, name="order-end"),
    path("people/<uuid:person>/injury/new", injuries.injury_new, name="injury-new"),
    path("people/<uuid:person>/injuries", only_read(injuries.person_injuries), name="person-injuries"),
]

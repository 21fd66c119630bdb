"""Addresses of the front door. They hold opaque keys, and never anything about a person."""

from django.urls import path, re_path

from sightline.web.front_door import (
    checks,
    contact_page,
    contact_view,
    feedback,
    handover,
    message_link,
    unidentified,
)

urlpatterns = [
    path("contacts/new", contact_page.new_contact, name="new-contact"),
    path("contacts/find", contact_page.find_people, name="contact-find"),
    path("contacts/new/<uuid:draft>", contact_page.contact_draft, name="contact-draft"),
    path("contacts/new/<uuid:draft>/save", contact_page.save_typing, name="contact-draft-save"),
    path("front-door", handover.front_door, name="front-door"),
    re_path(r"^front-door/(?P<tab>checks|feedback|decided)$", handover.front_door, name="front-door-tab"),
    path("front-door/hand-over", handover.hand_over_all, name="front-door-hand-over"),
    path("handovers/<uuid:handover>/accept", handover.accept, name="handover-accept"),
    path("contacts/<uuid:contact>", contact_view.contact, name="contact"),
    path("contacts/<uuid:contact>/decide", contact_view.decide_contact, name="contact-decide"),
    path("contacts/<uuid:contact>/recommend", contact_view.recommend_contact, name="contact-recommend"),
    path("contacts/<uuid:contact>/tell", contact_view.tell_contact, name="contact-tell"),
    path("contacts/<uuid:contact>/together", contact_view.same_incident, name="contact-together"),
    path("contacts/<uuid:contact>/hand-over", handover.hand_over_one, name="contact-hand-over"),
    path("contacts/<uuid:contact>/check", checks.ask, name="contact-check"),
    path("checks/<uuid:check>/answer", checks.answer, name="check-answer"),
    path("feedback", feedback.feedback, name="feedback"),
    path("messages/<uuid:message>", feedback.message, name="message"),
    path("messages/<uuid:message>/code", feedback.show_code, name="message-code"),
    path("messages/<uuid:message>/call", feedback.heard, name="message-call"),
    path("messages/<uuid:message>/read", feedback.read_it, name="message-read"),
    path("adults/<uuid:person>", unidentified.unidentified_adult, name="unidentified-adult"),
    path("m/<str:token>", message_link.message_link, name="message-link"),
]

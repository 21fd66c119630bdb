"""Addresses of the front door. They hold opaque keys, and never anything about a person."""

from django.urls import path

from sightline.web.front_door import contact_page

urlpatterns = [
    path("contacts/new", contact_page.new_contact, name="new-contact"),
    path("contacts/find", contact_page.find_people, name="contact-find"),
    path("contacts/new/<uuid:draft>", contact_page.contact_draft, name="contact-draft"),
    path("contacts/new/<uuid:draft>/save", contact_page.save_typing, name="contact-draft-save"),
    path("front-door", contact_page.new_contact, name="front-door"),
    path("contacts/<uuid:contact>", contact_page.new_contact, name="contact"),
    path("adults/<uuid:person>", contact_page.new_contact, name="unidentified-adult"),
]

"""Addresses of the casework pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path
from django.views.decorators.http import require_GET as only_read

from sightline.web import closed_drafts, drafts
from sightline.web.casework import (
    about,
    additions,
    around,
    birth,
    corrections,
    home,
    involvements,
    my_day,
    newest,
    record,
    recording,
    searching,
    team,
)

urlpatterns = [
    path("", only_read(home.home), name="home"),
    path("my-day", only_read(my_day.my_day), name="my-day"),
    path("newest", only_read(newest.newest), name="newest"),
    path("notices/tick", home.tick_all, name="notices-tick"),
    path("notices/<uuid:notice>/tick", home.tick, name="notice-tick"),
    path("steps/<uuid:step>/finish", home.finish, name="step-finish"),
    path("drafts/<uuid:key>", drafts.save, name="save-draft"),
    path("drafts/<uuid:key>/words", only_read(closed_drafts.own_words), name="draft-words"),
    path("drafts/<uuid:key>/resume", only_read(drafts.resume), name="resume"),
    path("drafts/<uuid:key>/discard", drafts.discard, name="discard-draft"),
    path("team", only_read(team.team), name="team"),
    path("team/away", team.away, name="away"),
    path("team/back/<uuid:account>", team.back, name="back-from-away"),
    path("search", searching.search, name="search"),
    path("documents/<uuid:document>", only_read(record.document), name="document"),
    path("people/<uuid:person>", only_read(record.overview), name="person"),
    path("people/<uuid:person>/timeline", only_read(record.timeline), name="person-timeline"),
    path("people/<uuid:person>/around", only_read(around.people), name="person-people"),
    path("people/<uuid:person>/documents", only_read(record.documents), name="person-documents"),
    path("people/<uuid:person>/record", recording.record_new, name="record-new"),
    path("person/<uuid:person>/birth", birth.birth, name="birth"),
    path("person/<uuid:person>/about", about.about, name="about-child"),
    path("people/<uuid:person>/allocate", team.allocate, name="allocate"),
    path("people/<uuid:person>/add/<slug:what>", additions.add, name="person-add"),
    path("people/<uuid:person>/professionals/add", involvements.add, name="involvement-add"),
    path("people/<uuid:person>/professionals/<uuid:involvement>/end", involvements.end, name="involvement-end"),
    path("people/<uuid:person>/warnings/<uuid:warning>", additions.review_warning, name="warning-review"),
    path("people/<uuid:person>/adults/<uuid:adult>", additions.identify, name="adult-identify"),
    path("people/<uuid:person>/entries/<uuid:entry>/correct", corrections.correct, name="entry-correct"),
    path("people/<uuid:person>/entries/<uuid:entry>/withdraw", corrections.withdraw, name="entry-withdraw"),
    path("people/<uuid:person>/entries/<uuid:entry>/original", only_read(corrections.original), name="entry-original"),
]

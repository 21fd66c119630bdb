"""What an agency noted and sent to nobody is that agency's own, and no one of the authority reads a word of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from sightline.doorway.acts import acting
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.partnership.models import AgencyNote
from sightline.partnership.own_notes import note_for_ourselves
from sightline.partnership.own_notes_queries import list_own_notes
from sightline.workforce import operations as workforce
from sightline.workforce.queries import get_actor
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, _signed_in

__all__ = ["_on_this_machine"]

WORDS = "A man collected her; no name given."


def note(told: Universe, by: str = "sarah", **changes: Any) -> Any:
    given = {"about": "A girl in class four", "text": WORDS, "kind": "worry", "noted": When.on(told.at.date())}
    return note_for_ourselves(by=told.who(by), at=told.at, **(given | changes))


def test_its_own_people_read_a_note_and_nobody_else_who_signs_in(authority: Universe) -> None:
    month = When.read("about March 2026", today=authority.at.date())
    note(authority, noted=month)
    admin = get_actor(authority.authority.administrator)
    elsewhere = workforce.open_account(
        by=admin, name="Pat Other", email="pat@tidewell.example", role="partner", password=authority.password,
        agency=authority.authority.agencies["tidewell-homes"], at=authority.at,
    )  # fmt: skip
    everybody = {**authority.authority.accounts, "pat": elsewhere}
    read = {}
    for key, account in everybody.items():
        with acting(account):
            read[key] = [(one.about, one.text, str(one.noted)) for one in list_own_notes()]
    assert read.pop("sarah") == [("A girl in class four", WORDS, "about March 2026")]
    assert not any(read.values())
    with acting(None):
        assert list_own_notes() == []


def test_nobody_writes_into_another_agencys_notes(authority: Universe) -> None:
    with pytest.raises(NotPermitted, match="own people"):
        note(authority, by="jane")
    row = {
        "agency_id": authority.authority.agencies["tidewell-homes"], "about": "x", "text": "x", "precision": "range",
        "noted_from": authority.at, "noted_to": authority.at, "recorded_at": authority.at,
    }  # fmt: skip
    for key in ("sarah", "jane"):
        by = authority.authority.accounts[key]
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), acting(by):
            AgencyNote(by=by, **row).save(force_insert=True)


def test_what_cannot_be_noted_is_refused_in_a_sentence(authority: Universe) -> None:
    for wrong, words in (
        ({"about": " "}, "whom it is about"),
        ({"text": " "}, "what you noted"),
        ({"about": "x" * 201}, "200 characters"),
        ({"noted": When.on(authority.at.date() + timedelta(days=2))}, "still to come"),
    ):
        with pytest.raises(Refusal, match=words):
            note(authority, **wrong)


def test_a_leaver_of_the_agency_reads_its_notes_no_more(authority: Universe) -> None:
    note(authority)
    sarah = authority.authority.accounts["sarah"]
    workforce.leave(by=get_actor(authority.authority.administrator), account=sarah, at=authority.at)
    with acting(sarah):
        assert list_own_notes() == []


def test_the_page_keeps_a_note_and_what_was_typed_where_it_is_refused(authority: Universe) -> None:
    sarah, page = _signed_in(authority, "sarah"), reverse("own-notes")
    typed = {"key": str(new_id()), "about": "Class four", "noted": "yesterdayish", "kind": "", "text": WORDS}
    refused = sarah.post(page, typed).content.decode()
    assert WORDS in refused
    assert "yesterdayish" in refused
    assert sarah.post(page, typed | {"noted": "about March 2025"}).url == page
    said = sarah.get(page).content.decode()
    for words in (WORDS, "Class four", "about March 2025", "Nobody else reads these", "01632 960010"):
        assert words in said
    assert page in sarah.get(reverse("shared-with-us")).content.decode()
    for key in ("jane", "helen", "anna", "leon"):
        assert _signed_in(authority, key).get(page).status_code == 403

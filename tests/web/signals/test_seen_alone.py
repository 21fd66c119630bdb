"""CA5: how a visit went is told apart, who was there is asked, and a row without sight alone shows."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.journeys.ending_case import Case
from tests.web.casework.reading import key_of, words
from tests.web.signals.playing import attention, part, said, visit
from tests.web.visits.conftest import of_child, the_visit

SignIn = Callable[[str], Client]
NOT_ALONE = "not alone at the last 3 visits"
WAYS = {
    "seen_alone": "Seen alone", "seen": "Seen", "observed": "Fully observed (does not use speech)",
    "doorstep": "Seen on the doorstep",
    "video": "Seen by video", "not_seen": "Not seen", "refused": "Entry refused", "nobody_in": "Nobody in",
    "cancelled": "Cancelled by the family", "cancelled_by_us": "Cancelled by us",
}  # fmt: skip


def test_three_visits_without_sight_alone_show_on_the_record_and_on_the_case_list(case: Case, sign_in: SignIn) -> None:
    for days in (9, 6, 2):
        visit(case, "seen", days)
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    record = said(jane, "person", case.leo)
    assert NOT_ALONE in part(record, "Last seen", "Address")
    assert "Not seen alone at the last 3 visits; never alone" in attention(record)
    assert NOT_ALONE in said(jane, "my-day").split("Children you carry")[1]
    assert NOT_ALONE in said(fay, "team").split("Children by when they were last seen")[1]
    assert "seen by" not in attention(record)


def test_a_child_who_was_seen_alone_or_fully_observed_shows_nothing(case: Case, sign_in: SignIn) -> None:
    for child, outcome in ((case.leo, "seen_alone"), (case.max, "observed")):
        visit(case, "seen", 9, child)
        visit(case, "seen", 6, child)
        visit(case, outcome, 2, child)
    jane = sign_in("Jane Smith")
    for child in case.children:
        record = said(jane, "person", child)
        assert "not alone at" not in record
        assert attention(record) == ""
    assert "not alone at" not in said(jane, "my-day")


def test_announced_and_who_was_there_are_asked_and_a_reason_has_whoever_gave_it(case: Case, sign_in: SignIn) -> None:
    jane, page = sign_in("Jane Smith"), reverse("visit-record", args=[case.leo])
    empty = jane.get(page)
    assert re.findall(r'name="(?:announced|c-[^"]+-outcome)"[^>]*checked', empty.content.decode()) == []
    whole = the_visit(key=key_of(empty)) | of_child(case.leo, "seen")
    unsaid = {name: value for name, value in whole.items() if name not in {"announced", "present"}}
    refused = words(jane.post(page, unsaid))
    assert "Say whether the family knew that you were coming." in refused
    assert "Say who was there, or that nobody else was." in refused
    nobody_s = words(jane.post(page, whole | of_child(case.leo, "not_seen", reason="At football")))
    assert "Say why Leo Reed was not seen, and who said so." in nobody_s
    kept = jane.post(page, whole | of_child(case.leo, "not_seen", reason="At football", reason_given_by="His mother"))
    assert kept.status_code == 302
    assert "At football (given by: His mother)" in said(jane, "person-visits", case.leo)


def test_each_way_in_which_a_visit_can_go_reads_differently(case: Case, sign_in: SignIn) -> None:
    for days, way in enumerate(WAYS, start=1):
        visit(case, way, days)
    jane = sign_in("Jane Smith")
    body = jane.get(reverse("person-visits", args=[case.leo])).content.decode()
    listed = re.findall(r'<a class="govuk-link" href="[^"]+#entry-[^"]+">([^<]+)<span', body)
    assert listed == list(WAYS.values())
    assert "Last seen yesterday, alone" in said(jane, "person", case.leo)

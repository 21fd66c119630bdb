"""Of two savings of one letter only one can go, also where one chair saves while another releases."""

from contextlib import suppress
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.conferences.operations import letter_not_sent, make_letter, release_letter
from sightline.journeys.conference_letters import release
from sightline.kernel.errors import Refusal
from tests.conferences.holding_case import Case
from tests.conferences.test_letters import LATER


def test_whoever_releases_waits_for_whoever_saves(case: Case) -> None:
    case.hold()
    letter = case.letters()["school"]
    for let_go in (
        partial(release_letter, letter=letter.id),
        partial(letter_not_sent, letter=letter.id, because="No."),
    ):
        with CaptureQueriesContext(connection) as asked, suppress(Refusal):
            let_go(by=case.cara, at=LATER)
        held = [one["sql"] for one in asked.captured_queries if "FOR UPDATE" in one["sql"]]
        assert '"conferences_meeting"' in held[0]
        assert '"conferences_letter"' in held[1]


def test_a_letter_is_not_saved_again_once_an_earlier_saving_has_gone(case: Case) -> None:
    case.hold()
    letter = case.letters()["school"]
    release(by=case.cara, letter=letter.id, at=LATER)
    with pytest.raises(Refusal, match="has been released"):
        make_letter(
            by=case.cara, invitee=letter.invitee, kind=letter.kind, text="More.", children=letter.children,
            base=letter.number, at=LATER,
        )  # fmt: skip

"""A professional whom the chair keeps out of a conference is sent nothing that agencies are sent of it."""

import pytest

from sightline.conferences.operations import exclude
from sightline.journeys.conference_letters import release
from sightline.kernel.errors import NotFound
from tests.conferences.holding_case import AFTER, Case
from tests.conferences.test_letters import LATER

BECAUSE = "The school is asked by somebody else: there is an allegation about this member of staff."


def test_a_professional_who_was_kept_out_has_no_letter_of_what_was_said(case: Case) -> None:
    exclude(by=case.cara, invitee=case.invitees["school"], because=BECAUSE, at=AFTER)
    case.hold()
    assert "school" not in case.letters()
    assert {"health", "police", "emeka"} <= set(case.letters())


def test_a_letter_that_was_ready_does_not_go_to_a_professional_who_was_kept_out_since(case: Case) -> None:
    case.hold()
    exclude(by=case.cara, invitee=case.invitees["school"], because=BECAUSE, at=AFTER)
    with pytest.raises(NotFound):
        release(by=case.cara, letter=case.letters()["school"].id, at=LATER)

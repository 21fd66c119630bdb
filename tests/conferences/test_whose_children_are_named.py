"""A letter to somebody of the family names their own children, and not a half-brother of whom they know nothing."""

from datetime import timedelta

from sightline.doorway.acts import acting
from sightline.journeys.convene import invite
from sightline.partnership.queries import get_message
from tests.conferences.holding_case import Case
from tests.journeys.world import BEGIN


def named_in(case: Case, whom: str) -> set[str]:
    sent = invite(by=case.home.jane, invitee=case.invitees[whom], at=BEGIN + timedelta(hours=3))
    assert sent is not None
    with acting(case.home.jane.id):
        text = get_message(sent.message).text
    return {name for name in ("Ayo", "Bim", "Chi") if name in text}


def test_an_invitation_names_the_children_of_whoever_is_asked(case: Case) -> None:
    assert named_in(case, "ngozi") == {"Ayo", "Bim", "Chi"}
    assert named_in(case, "dayo") == {"Ayo", "Bim"}
    assert named_in(case, "school") == {"Ayo", "Bim", "Chi"}


def test_a_father_who_is_kept_out_is_written_to_about_his_own_child(case: Case) -> None:
    assert named_in(case, "emeka") == {"Chi"}

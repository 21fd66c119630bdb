"""What a plan said of several children is not told to the father of those who stay, once another has come off it."""

from datetime import UTC, date, datetime, timedelta

from sightline.conferences.holding_rules import ChildDecided, Held
from sightline.conferences.operations import confirm_invitee
from sightline.conferences.queries import list_letters
from sightline.doorway.acts import acting
from sightline.journeys.convene import convene_conference
from sightline.journeys.hold_conference import ActionGiven, OutcomeGiven, Outline, hold_conference
from tests.conferences.holding_case import Case
from tests.conferences.test_letters import LATER

HELD = datetime(2026, 5, 7, 10, 0, tzinfo=UTC)
SHARED = Outline(
    outcomes=(OutcomeGiven("Chi and her brothers are fed.", actions=(ActionGiven("Chi has breakfast", "Ngozi"),)),),
    contingency="Chi goes to her aunt.",
)


def test_what_was_written_for_all_is_not_told_as_that_of_those_who_stay(case: Case) -> None:
    ayo = OutcomeGiven("Ayo sleeps at night.", child=case.home["Ayo"])
    case.hold(outline=Outline((*SHARED.outcomes, ayo), contingency=SHARED.contingency))
    review = convene_conference(
        by=case.home.jane, kind="review", children=case.home.children("Ayo", "Bim", "Chi"), starts_at=HELD,
        place="Room 1", chair_post=case.chair_post, how="in_person", at=LATER,
    )  # fmt: skip
    dayo = confirm_invitee(
        by=case.home.jane, meeting=review, person=case.home["Dayo"], name="Dayo Okafor", safe_to_tell="yes",
        safe_because="We asked her.", at=LATER,
    )  # fmt: skip
    decided = tuple(
        ChildDecided(case.home[name], decision=code, reasons="It went well.")
        for name, code in {"Ayo": "goes_on", "Bim": "goes_on", "Chi": "ends"}.items()
    )
    outline = Outline((OutcomeGiven("They see their father."),))
    held = Held(HELD, children=decided, next_on=date(2026, 7, 9))
    hold_conference(by=case.cara, meeting=review, held=held, outline=outline, at=HELD + timedelta(hours=3))
    with acting(case.chair):
        text = next(one.text for one in list_letters(review) if one.invitee == dayo)
    assert "Chi" not in text
    assert "Ayo sleeps at night." in text
    assert "They see their father." in text

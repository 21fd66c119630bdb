"""After the letters went, the chair reads for a while what was sent about a child for whom no plan began."""

from datetime import UTC, datetime

from sightline.conferences.queries import get_letter, list_letters, list_meetings
from sightline.doorway.acts import acting
from sightline.journeys.conference_letters import release
from tests.conferences.holding_case import Case
from tests.conferences.test_letters import LATER


def released(case: Case, at: datetime) -> None:
    case.hold(children=case.decided(Ayo="no_plan", Bim="no_plan", Chi="no_plan"))
    for letter in case.letters().values():
        release(by=case.cara, letter=letter.id, at=at)


def test_the_chair_reads_on_after_the_letters_of_a_conference_without_a_plan(case: Case) -> None:
    released(case, datetime.now(UTC))
    with acting(case.chair):
        letters = list_letters(case.meeting)
        assert len(letters) == 6
        assert all(get_letter(one.id).text for one in letters)
        children = case.home.children("Ayo", "Bim", "Chi")
        assert [one.step for one in list_meetings(children)] == [case.meeting]


def test_the_chair_reads_on_for_a_while_and_no_longer(case: Case) -> None:
    released(case, LATER)  # more than the pack's ninety days before now
    with acting(case.chair):
        assert list_letters(case.meeting) == []

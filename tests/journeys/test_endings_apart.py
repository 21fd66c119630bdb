"""An ending that was asked for a child as well whose record is closed to the manager who is asked."""

import pytest

from sightline.access.operations import declare_conflict
from sightline.doorway.acts import acting
from sightline.journeys.end_involvement import return_ending
from sightline.kernel.errors import Refusal
from sightline.record.operations import write_ending
from sightline.record.queries import get_ending, get_open_episodes, list_endings
from tests.journeys.ending_case import LATER, TODAY, Case, make_case
from tests.journeys.world import World


@pytest.fixture
def case(world: World) -> Case:
    """Both brothers' ending waits for Fay Lund, and Max's record is closed to her."""
    return make_case(world)


def close_max_to_fay(case: Case) -> None:
    with acting(case.world.admin.id):
        declare_conflict(person=case.max, against=case.fay.id, reviewer=case.world.watcher, reason="Aunt.", at=LATER)


def test_a_manager_does_not_answer_for_a_child_whose_record_is_closed_to_them(case: Case) -> None:
    step = case.ask()
    close_max_to_fay(case)
    with pytest.raises(Refusal, match="cannot answer for the whole"):
        case.authorise(step, {})
    with pytest.raises(Refusal, match="cannot answer for the whole"):
        write_ending(by=case.fay, step=step, left_open=[], closed_on=TODAY, at=LATER)
    with acting(case.world.watcher):
        assert get_ending(step).waits
        assert set(get_open_episodes(case.children)) == {case.leo, case.max}


def test_they_can_return_it_and_it_is_asked_for_again_child_by_child(case: Case) -> None:
    step = case.ask()
    close_max_to_fay(case)
    return_ending(by=case.fay, step=step, words="Ask for each brother by himself.", at=LATER)
    again = case.ask(case.leo)
    case.authorise(again, {})
    with acting(case.world.watcher):
        assert set(get_open_episodes(case.children)) == {case.max}
        assert [one.step for one in list_endings([case.max])] == [step]

"""Never do nothing, one history, and the record as it stood: over random sequences of work."""

import os
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.playing_in_order import EVERY_HELP, EVERY_KIND, Act, Work, acts, acts_of_help
from tests.journeys.playing_protecting_in_order import EVERY_PROTECTING, acts_of_protecting
from tests.journeys.protectors import add_protectors
from tests.journeys.world import World

# In CI the same sequences each time, for most of a minute, and shown as they were played. With
# SIGHTLINE_EXAMPLES=2000 others are played, for hours, and a failing one is made as short as it can be.
EXAMPLES = int(os.environ.get("SIGHTLINE_EXAMPLES", "0"))
PLAY = settings(
    max_examples=EXAMPLES or 14,
    stateful_step_count=50 if EXAMPLES else 14,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _as_serving() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("sightline_serving",)


def _set_out(world: World) -> None:
    Work.world, Work.done, Work.agencies = world, Counter(), add_protectors(world)


@pytest.mark.parametrize(
    ("order", "every"),
    [(acts, EVERY_KIND), (acts_of_help, EVERY_HELP), (acts_of_protecting, EVERY_PROTECTING)],
)
def test_each_kind_of_act_is_done_and_keeps_the_promises(
    world: World, order: Callable[[Work], Iterator[Act]], every: set[str]
) -> None:
    _as_serving()
    _set_out(world)
    play = Work()
    try:
        for act in order(play):
            act()
            play.nobody_is_forgotten_and_nothing_is_overwritten()
    except BaseException:
        # Reading again what was read before would hide what went wrong.
        play.undo()
        raise
    play.teardown()
    missed = every - {name for name, count in play.done.items() if count}
    assert missed == set(), f"{missed} of {sorted(play.done.items())}"


def test_nobody_is_ever_without_somebody_to_ring_and_nothing_final_changes(world: World) -> None:
    _as_serving()
    _set_out(world)
    run_state_machine_as_test(Work, settings=PLAY)
    # Nor do sequences without visits, assessments, plans and endings, or without anybody being protected.
    for every in (EVERY_HELP, EVERY_PROTECTING):
        done = {name: Work.done[name] for name in sorted(every) if Work.done[name]}
        assert sum(done.values()) > PLAY.max_examples * 2, done
        assert len(done) > len(every) // 3, done
    # Sequences in which everything is refused prove nothing.
    all_done = sum(count for name, count in Work.done.items() if not name.startswith("refused"))
    assert all_done > PLAY.max_examples * 8, sorted(Work.done.items())

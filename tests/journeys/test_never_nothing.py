"""Never do nothing, one history, and the record as it stood: over random sequences of work."""

import os
from collections import Counter

from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.playing_record import PlayedRecord
from tests.journeys.playing_staff import PlayedStaff
from tests.journeys.playing_work import PlayedContacts
from tests.journeys.world import World

# In CI the same sequences each time, for about a minute, and shown as they were played. With
# SIGHTLINE_EXAMPLES=2000 others are played, for hours, and a failing one is made as short as it can be.
EXAMPLES = int(os.environ.get("SIGHTLINE_EXAMPLES", "0"))
PLAY = settings(
    max_examples=EXAMPLES or 20,
    stateful_step_count=50 if EXAMPLES else 25,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
MUST_HAVE_HAPPENED = {
    "take", "decide referral", "decide", "hand over", "tell", "ask", "answer", "finish step", "allocate",
    "close episode", "note", "rename", "correct", "withdraw", "restrict", "read", "leave", "vacate", "place", "cover",
    "absence", "set manager", "refused leave", "refused vacate", "refused absence",
}  # fmt: skip


class Work(PlayedContacts, PlayedRecord, PlayedStaff):
    """All of it at once."""


def test_nobody_is_ever_without_somebody_to_ring_and_nothing_final_changes(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("sightline_serving",)
    Work.world, Work.done = world, Counter()
    run_state_machine_as_test(Work, settings=PLAY)
    # A sequence in which everything is refused proves nothing.
    # A sequence in which everything is refused proves nothing.
    missing = {name for name in MUST_HAVE_HAPPENED if not any(done.startswith(name) for done in Work.done)}
    print(sorted(Work.done.items()))
    assert missing == set(), sorted(Work.done.items())

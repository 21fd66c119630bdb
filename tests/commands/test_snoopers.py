"""Whoever looks at what is not theirs is named on their manager's page, among many who do their work."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from sightline.audit.rules import Signal
from sightline.commands.snoopers.judging import judge
from sightline.commands.snoopers.playing import KINDS, Play
from sightline.commands.snoopers.writing import Writing
from sightline.journeys.weeks_views import monday_of


@pytest.mark.django_db(transaction=True)
def test_snoopers_are_named_and_whoever_knows_their_own_child_is_not(as_owner: psycopg.Connection[Any]) -> None:
    now = datetime.now(UTC)
    last = monday_of(now.date()) - timedelta(weeks=1)
    play = Play(seed=6, workers=60, snoopers=len(KINDS), weeks=[last - timedelta(weeks=1), last])
    played = play.played()
    judged = judge(played, Writing(as_owner, played).write(), at=now)
    assert set(judged.caught) == set(KINDS) - {"inside"}
    assert judged.true_lines[str(Signal.VOLUME)] == 1
    # A manager's page has room for what it says of honest work: on most weeks nothing at all.
    assert judged.false_lines.total() < judged.pages * 2
    assert judged.false_lines[str(Signal.VOLUME)] == 0


def test_the_same_seed_is_the_same_quarter() -> None:
    weeks = [monday_of(datetime(2026, 3, 4, tzinfo=UTC).date())]
    one, two = (Play(seed=1, workers=20, snoopers=6, weeks=weeks).played() for _ in range(2))
    assert one.views == two.views
    assert any(view.snooped for view in one.views)

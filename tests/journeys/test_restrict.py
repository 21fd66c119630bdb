"""Closing a record to all but named readers, and keeping one colleague away from it."""

import pytest

from sightline.access.queries import may_see
from sightline.doorway.acts import acting
from sightline.journeys.restrict import keep_colleague_away, restrict_record
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.record.models import Step
from sightline.record.operations import open_step
from sightline.record.queries import list_open_steps, list_steps_about
from sightline.recording.operations import finish_step
from tests.universe import Universe


def may(universe: Universe, key: str, name: str) -> bool:
    with acting(universe.who(key).id):
        return may_see(person=universe.person(name))


def close(universe: Universe, by: str, **changes: object) -> None:
    given = {
        "person": universe.person("Skye Whitcombe"),
        "readers": [universe.who("jane").id],
        "reviewer": universe.who("helen").id,
        "reason": "A colleague knows the family.",
        "at": universe.at,
    }
    restrict_record(by=universe.who(by), **(given | changes))  # type: ignore[arg-type]


def test_a_named_reader_reads_on_and_their_team_does_not(universe: Universe) -> None:
    assert may(universe, "marcus", "Skye Whitcombe")
    close(universe, "gareth")
    assert may(universe, "jane", "Skye Whitcombe")
    assert not may(universe, "marcus", "Skye Whitcombe")
    assert not may(universe, "gareth", "Skye Whitcombe"), "Whoever closes a record to others is not excepted."


def test_one_colleague_is_kept_away_and_the_others_read_on(universe: Universe) -> None:
    keep_colleague_away(
        by=universe.who("gareth"),
        person=universe.person("Skye Whitcombe"),
        colleague=universe.who("marcus").id,
        reviewer=universe.who("helen").id,
        reason="His neighbour.",
        at=universe.at,
    )
    assert not may(universe, "marcus", "Skye Whitcombe")
    assert may(universe, "jane", "Skye Whitcombe")


def test_what_is_owed_to_them_is_not_shown_to_whoever_is_kept_away(universe: Universe) -> None:
    skye, marcus = universe.person("Skye Whitcombe"), universe.who("marcus")
    step = open_step(
        by=universe.who("jane"),
        kind="action",
        post=min(marcus.posts),
        people=[skye],
        words="Ring Skye.",
        at=universe.at,
    )
    with acting(marcus.id):
        assert step in {one.id for one in list_open_steps(marcus.posts)}
    keep_colleague_away(
        by=universe.who("gareth"), person=skye, colleague=marcus.id, reviewer=universe.who("helen").id,
        reason="His neighbour.", at=universe.at,
    )  # fmt: skip
    with acting(marcus.id):
        assert step not in {one.id for one in list_open_steps(marcus.posts)}
        assert not Step.objects.filter(id=step).exists(), "The table's own rule says so, and not only the page."
    with acting(universe.who("jane").id):
        assert step in {one.id for one in list_steps_about(person=skye)}
    with pytest.raises(NotFound):
        finish_step(by=marcus, step=step, outcome="Rang her.", at=universe.at)


def test_only_a_manager_who_sees_the_person_may_and_says_why_and_to_whom(universe: Universe) -> None:
    with pytest.raises(NotPermitted):
        close(universe, "jane")
    with pytest.raises(Refusal, match="Say why"):
        close(universe, "gareth", reason=" ")
    with pytest.raises(Refusal, match="at least one"):
        close(universe, "gareth", readers=[])
    close(universe, "gareth")
    with pytest.raises(NotFound):
        close(universe, "gareth")

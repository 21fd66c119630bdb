"""Last seen, in plain words: alone or not, how many times in a row not, and the doorstep told beside."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from sightline.kernel.references import new_id
from sightline.people.queries import PersonHeader
from sightline.record.queries import LastSeen
from sightline.web.presenters.child import seen_line

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def header(birth: str = "exact") -> PersonHeader:
    key: UUID = new_id()
    return PersonHeader(
        id=key, kind="child", name="Ann Reed", known_as="", birth=birth, birth_date=date(2020, 1, 1),
        expected_date=None, death_date=None, sex="F",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (LastSeen(ago(4), ago(4), 0), "4 days ago (Tue 17 Nov), alone"),
        (
            LastSeen(ago(4), ago(30), 0, 2),
            "4 days ago (Tue 17 Nov); alone 30 days ago (Thu 22 Oct); not alone at the last 2 visits",
        ),
        (LastSeen(ago(4), None, 0, 1), "4 days ago (Tue 17 Nov); never alone; not alone at the last visit"),
        (
            LastSeen(ago(30), ago(30), 3, 3),
            "30 days ago (Thu 22 Oct), alone; not seen at the last 3 visits or appointments",
        ),
        (LastSeen(ago(1), ago(1), 1, 0), "yesterday, alone; not seen at the last visit or appointment"),
        (
            LastSeen(None, None, 12, 12),
            "No record of being seen; not seen at the last 12 visits or appointments at least",
        ),
        (LastSeen(ago(1), ago(1), 0, 0, ago(9), "doorstep"), "yesterday, alone"),
        (
            LastSeen(ago(9), ago(9), 0, 1, ago(1), "doorstep"),
            "9 days ago (Thu 12 Nov), alone; not alone at the last visit; seen on the doorstep yesterday",
        ),
        (
            LastSeen(None, None, 0, 1, ago(0), "video"),
            "No record of being seen; not alone at the last visit; seen by video today",
        ),
    ],
)
def test_it_says_when_and_alone_and_how_many_times_in_a_row_not(seen: LastSeen, said: str) -> None:
    assert seen_line(header(), seen, TODAY) == said


def test_an_unborn_child_is_not_yet_born_whatever_was_tried() -> None:
    assert seen_line(header("expected"), LastSeen(None, None, 3, 3), TODAY) == "Not yet born"

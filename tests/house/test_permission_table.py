"""The page of permissions says what the code answers, and nothing of its own."""

import pytest

from sightline.commands.reference_pages.permission_table import page
from sightline.doorway.roles import ROLE_LABELS, Role
from sightline.front_door import permissions


def _row(name: str) -> str:
    return next(line for line in page().splitlines() if line.startswith(f"| `{name}`"))


def test_a_decision_at_the_front_door_is_a_registered_social_workers() -> None:
    said = _row("may_decide")
    assert "Social worker, if registered" in said
    assert "Duty worker" not in said
    assert "`decide_contact`" in said


def test_the_page_changes_with_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _row("may_take_off")
    assert ROLE_LABELS[Role.DUTY_WORKER] not in before
    monkeypatch.setattr(permissions, "MANAGERS", frozenset({Role.DUTY_WORKER}))
    assert ROLE_LABELS[Role.DUTY_WORKER] in _row("may_take_off")


def test_what_also_asks_whose_post_it_is_says_so() -> None:
    assert "not of the role alone" in _row("may_staff_post")

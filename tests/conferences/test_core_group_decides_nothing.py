"""A core group takes a plan forward; whether there is one, and from what it protects, a conference decides."""

from datetime import timedelta
from typing import Any

import pytest

from sightline.conferences.holding_rules import ChildDecided
from sightline.journeys.core_group import CoreGroupHeld, hold_core_group
from sightline.kernel.errors import Refusal
from tests.conferences.holding_case import AFTER, Case


@pytest.mark.parametrize("decided", [{"decision": "ends"}, {"category": "EMO"}, {"others": ("EMO",)}])
def test_a_core_group_decides_no_plan_and_names_no_category(case: Case, decided: dict[str, Any]) -> None:
    plan = case.hold().plans[case.home["Ayo"]]
    at = AFTER + timedelta(days=6)
    held = CoreGroupHeld(at, "We met.", children=(ChildDecided(case.home["Ayo"], **decided),))
    with pytest.raises(Refusal, match="A core group decides no child protection plan"):
        hold_core_group(by=case.home.jane, plan=plan, held=held, at=at)

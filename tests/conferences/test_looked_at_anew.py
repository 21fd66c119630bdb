"""What the chair allowed is looked at anew when somebody says that it is not safe after all."""

from datetime import timedelta

import pytest

from sightline.conferences.operations import allow, leave_out
from sightline.journeys.convene import invite
from sightline.kernel.errors import Refusal
from tests.conferences.convened import PERRAN, UNSAFE, Convened

HOUR = timedelta(hours=1)


def test_whoever_is_not_safe_after_all_waits_for_the_chair_again_also_before_they_were_told(
    convened: Convened,
) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    allow(by=convened.chair, invitee=perran, at=convened.at)
    convened.parent(PERRAN, safe_to_tell="no", safe_because="He has found where she lives.", at=convened.at + HOUR)
    assert convened.one(perran).state == "waits"
    with pytest.raises(Refusal, match="wait for the chair"):
        invite(by=convened.jane, invitee=perran, at=convened.at + HOUR)


def test_whoever_was_left_out_and_is_not_safe_waits_for_the_chair(convened: Convened) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    allow(by=convened.chair, invitee=perran, at=convened.at)
    leave_out(
        by=convened.jane, meeting=convened.meeting, person=convened.universe.person(PERRAN), because="He is abroad.",
        at=convened.at,
    )  # fmt: skip
    convened.parent(PERRAN, **UNSAFE)
    assert convened.one(perran).state == "waits"

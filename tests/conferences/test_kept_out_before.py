"""Whoever the chair kept out is kept out of the next meeting of any of these children too, until a chair allows."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.conferences.operations import allow, confirm_invitee, exclude
from sightline.conferences.queries import InviteeView, get_invitee, list_for_chair
from sightline.doorway.acts import acting
from sightline.journeys.convene import convene_conference, invite, propose_invitees
from sightline.kernel.errors import Refusal
from tests.conferences.convened import PERRAN, ROSIE, SAFE, UNSAFE, Convened

HOUR, WHY = timedelta(hours=1), "He shouted the last meeting down."


def the_next(convened: Convened) -> UUID:
    """Perran was kept out of the first; another is convened on one of the two children."""
    perran = convened.parent(PERRAN, **UNSAFE)
    exclude(by=convened.chair, invitee=perran, because=WHY, at=convened.at)
    return convene_conference(
        by=convened.jane, kind="review", children=[convened.universe.person(ROSIE)], place="Tern Room",
        starts_at=convened.starts_at + timedelta(days=90), chair_post=convened.chair_post, at=convened.at + HOUR,
    )  # fmt: skip


def asked(convened: Convened, meeting: UUID, after: timedelta = HOUR) -> InviteeView:
    invitee = confirm_invitee(
        by=convened.jane, meeting=meeting, person=convened.universe.person(PERRAN), role="Father", **SAFE,
        at=convened.at + after,
    )  # fmt: skip
    with acting(convened.jane.id):
        return get_invitee(invitee)


def test_whoever_was_kept_out_before_waits_for_the_chair_also_where_it_is_said_to_be_safe(convened: Convened) -> None:
    meeting = the_next(convened)
    one = asked(convened, meeting)
    assert one.state == "waits"
    assert one.kept_out_before is not None
    assert one.kept_out_before.because == WHY
    with pytest.raises(Refusal, match="wait for the chair"):
        invite(by=convened.jane, invitee=one.id, at=convened.at + HOUR)
    with acting(convened.chair.id):
        waiting = {line.meeting: line.waiting for line in list_for_chair([convened.chair_post], convened.at)}
    assert waiting[meeting] == 1


def test_they_are_proposed_with_the_day_and_the_reason_for_which_they_were_kept_out(convened: Convened) -> None:
    meeting = the_next(convened)
    with acting(convened.jane.id):
        said = {one.person: one.because for one in propose_invitees(meeting)}
    assert WHY.rstrip(".") in said[convened.universe.person(PERRAN)][0]
    assert "kept them out of the initial child protection conference on " in said[convened.universe.person(PERRAN)][0]


def test_what_a_chair_allows_holds_from_then_on(convened: Convened) -> None:
    meeting = the_next(convened)
    allow(by=convened.chair, invitee=asked(convened, meeting).id, at=convened.at + 2 * HOUR)
    assert asked(convened, meeting, after=3 * HOUR).state == "confirmed"
    third = convene_conference(
        by=convened.jane, kind="review", children=convened.children, place="Tern Room",
        starts_at=convened.starts_at + timedelta(days=180), chair_post=convened.chair_post, at=convened.at + 3 * HOUR,
    )  # fmt: skip
    assert asked(convened, third, after=3 * HOUR).state == "confirmed"

"""The clock's journey: silence, failures and answers are told to the posts they belong to."""

from datetime import timedelta

from sightline.doorway.acts import set_actor
from sightline.journeys.chase_silence import chase_silence
from sightline.partnership.public import reply_to_message
from sightline.record.models import Notice
from tests.partnership.conftest import Desk
from tests.staff import SOON

LONG_AFTER = SOON + timedelta(days=9)


def _told(desk: Desk, name: str) -> list[tuple[str, object]]:
    set_actor(desk.staff.accounts[name])
    return list(Notice.objects.order_by("id").values_list("kind", "subject"))


def test_what_nobody_opened_is_told_to_the_sending_post_once(desk: Desk) -> None:
    message = desk.compose().message
    assert chase_silence(at=LONG_AFTER) == 1
    assert chase_silence(at=LONG_AFTER) == 0
    assert _told(desk, "Tom Bell") == [("message_silent", message)]


def test_a_disagreement_is_told_to_the_manager_too(desk: Desk) -> None:
    sent = desk.compose()
    reply_to_message(
        link_token=sent.link_token, code=sent.code, kind="challenge", text="We disagree.", signed="M. Hall", at=SOON
    )
    assert chase_silence(at=SOON) == 1
    assert _told(desk, "Tom Bell") == [("message_challenge", sent.message)]
    set_actor(desk.staff.accounts["Priya Nair"])
    assert Notice.objects.filter(post=desk.staff.posts["front-door-manager"], kind="message_challenge").count() == 1

"""The clock's journey: silence, failures and answers are told to the posts they belong to."""

from datetime import timedelta

from sightline.doorway.acts import acting, set_actor
from sightline.journeys.chase_silence import chase_silence
from sightline.partnership.public import reply_to_message
from sightline.partnership.queries import count_waiting, list_waiting
from sightline.partnership.rules import LINK_LIVES
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


def test_what_can_still_be_opened_is_chased_first_and_what_waited_longest_before_the_rest(desk: Desk) -> None:
    at = SOON + LINK_LIVES + timedelta(days=5)
    moments = {
        "first": SOON,
        "later": SOON + timedelta(days=2),
        "opens": at - LINK_LIVES + timedelta(days=1),
        "new": at,
    }
    sent = {name: desk.compose(at=moment).message for name, moment in moments.items()}
    post = desk.staff.posts["duty"]
    with acting(desk.tom.id):
        listed = [[one.id for one in list_waiting([post], at=at, limit=most)] for most in (9, 3, 2)]
        assert count_waiting([post], most=9) == 4
        assert count_waiting([post], most=3) == 3
    in_order = [sent[name] for name in ("opens", "new", "later", "first")]
    assert listed == [in_order, in_order[:3], in_order[:2]]

"""How far a message got, in words; what a member of the public may be sent."""

from datetime import UTC, datetime

import pytest

from sightline.partnership.rules import Moments, code_hash, is_letter, refusal_of, state_of, tidy_code

DAY = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moments", "words"),
    [
        (Moments("link"), "not sent"),
        (Moments("link", sent_at=DAY), "sent"),
        (Moments("link", sent_at=DAY, delivered_at=DAY), "delivered"),
        (Moments("link", sent_at=DAY, delivered_at=DAY, silent_at=DAY), "not acknowledged — sender told"),
        (
            Moments("link", sent_at=DAY, delivered_at=DAY, silent_at=DAY, manager_told_at=DAY),
            "not acknowledged — sender and manager told",
        ),
        (Moments("link", failure="no such address"), "could not be delivered: no such address"),
        (Moments("link", failure="no such address", silent_at=DAY), "could not be delivered: no such address"),
        (Moments("link", failure="no such address", acknowledged_at=DAY), "acknowledged"),
        (Moments("link", sent_at=DAY, delivered_at=DAY, silent_at=DAY, acknowledged_at=DAY), "acknowledged"),
        (
            Moments("link", sent_at=DAY, delivered_at=DAY, silent_at=DAY, failure="the post has closed"),
            "not acknowledged — the post has closed, sender told",
        ),
    ],
)
def test_the_state_is_read_from_the_moments_in_one_order(moments: Moments, words: str) -> None:
    assert state_of(moments) == words


def test_a_public_letter_is_its_template_and_nothing_more() -> None:
    template = "Thank you for telling us on {received}.\n\nRing {ring}."
    assert is_letter("Thank you for telling us on 20 November.\n\nRing 01632 960123.", template)
    assert is_letter("Thank you for telling us on 20 November.\r\n\r\nRing 01632 960123.\r\n", template)
    assert not is_letter("Thank you for telling us on 20 November.\n\nRing 01632 960123.\n\nShe is safe.", template)
    assert not is_letter("Thank you for telling us on Friday.\nShe is safe.\n\nRing 01632 960123.", template)


def test_a_code_is_salted_with_its_link() -> None:
    assert code_hash("one-link", "123456") != code_hash("another-link", "123456")


def test_a_code_may_be_typed_with_spaces() -> None:
    assert tidy_code(" 123 456") == "123456"


@pytest.mark.parametrize("said", ["wrong", "locked"])
def test_whoever_has_the_link_is_told_whom_to_ring(said: str) -> None:
    assert "ring 01632 960123" in refusal_of(said, "01632 960123").lower()
    assert "ring the number in the e-mail" in refusal_of(said, "").lower()


def test_a_link_that_is_too_old_and_one_that_never_was_are_answered_alike() -> None:
    assert refusal_of("expired", "the front door on 01632 960123") == refusal_of("unknown", "")
    assert "ring the number in the e-mail" in refusal_of("expired", "").lower()

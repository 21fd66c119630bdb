"""CA12: a disagreement is recorded with both views, a clock and a resolver, and stays visible to later readers."""

from collections.abc import Callable
from uuid import UUID

from django.test import Client
from django.urls import reverse

from sightline.disagreements.operations import add_side
from sightline.disagreements.rules import SideGiven
from sightline.doorway.acts import acting
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.chase_silence import chase_silence
from sightline.journeys.disagree import settle, take_further
from sightline.journeys.feed_back import feed_back
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.partnership.public import reply_to_message
from sightline.partnership.queries import list_replies
from tests.disagreements.raising import ABOUT, OURS, UNSAFE, raised
from tests.journeys.ending_case import Case
from tests.web.casework.reading import words
from tests.web.signals.playing import ago, attention, said

SignIn = Callable[[str], Client]
LINE = f"Professionals do not agree: {ABOUT}. Stage 2, Fay Lund resolves it"


def taken_to_managers(case: Case) -> UUID:
    """The school does not agree, says more a day later, and it goes to the managers."""
    key = raised(case, at=ago(9))
    add_side(by=case.jane, disagreement=key, side=SideGiven("Tess Alder", "He was hungry again.",
             agency_post=case.world.school_lead), at=ago(8))  # fmt: skip
    take_further(by=case.jane, disagreement=key, post=case.world.posts["family-manager"], resolver="Fay Lund",
                 came_of="We met, and neither could accept it.", at=ago(8))  # fmt: skip
    return key


def hand_to_kit(case: Case) -> None:
    """Somebody else carries the children from now on: whoever reads the record later."""
    for child in case.children:
        allocate_child(by=case.fay, child=child, post=case.world.posts["long-term-1"], reason="Moved", at=ago())


def test_both_views_with_clock_and_resolver_stand_before_worker_manager_and_whoever_comes_later(
    case: Case, sign_in: SignIn
) -> None:
    key = taken_to_managers(case)
    hand_to_kit(case)
    later, fay = sign_in("Kit Rowe"), sign_in("Fay Lund")
    for child in case.children:
        seen = attention(said(later, "person", child))
        assert f"{LINE}, overdue by" in seen
    page = said(later, "disagreement", key)
    for words_ in (UNSAFE, "He was hungry again.", OURS, "Stage 2: with their managers", "Fay Lund resolves it",
                   "We met, and neither could accept it.", "Their aunt sleeps there"):  # fmt: skip
        assert words_ in page, words_
    assert f"Resolve a disagreement: {ABOUT}" in said(fay, "my-day")


def test_resolved_it_no_longer_waits_and_whoever_comes_later_reads_both_views_on_the_timeline(
    case: Case, sign_in: SignIn
) -> None:
    key = taken_to_managers(case)
    settle(by=case.fay, disagreement=key, resolved_on=local_day(ago(2)), how="changed",
           came_of="They sleep at their aunt's until the assessment is done.", learned="Ring before writing.",
           at=ago(1))  # fmt: skip
    hand_to_kit(case)
    later = sign_in("Kit Rowe")
    assert "do not agree" not in attention(said(later, "person", case.leo))
    timeline = said(later, "person-timeline", case.leo)
    for words_ in (ABOUT, UNSAFE, "He was hungry again.", OURS, "They sleep at their aunt's", "Ring before writing."):
        assert words_ in timeline, words_


def test_a_challenge_through_a_link_is_made_one_with_one_confirmation_and_is_counted_once(
    case: Case, sign_in: SignIn
) -> None:
    sent = feed_back(by=case.jane, contact=case.contact, kind="outcome", text="We assess.", means="link", at=ago(3))
    reply_to_message(link_token=sent.link_token, code=sent.code, kind="challenge", text=UNSAFE, signed="Ms Teach",
                     at=ago(2))  # fmt: skip
    chase_silence(at=ago(1))
    jane = sign_in("Jane Smith")
    assert "1 professional disagrees with a decision" in attention(said(jane, "person", case.leo))
    assert "Make it a disagreement" in said(jane, "message", sent.message)
    with acting(case.jane.id):
        reply = list_replies(sent.message)[0].id
    asked = reverse("disagreement-from-reply", args=[reply])
    assert UNSAFE in words(jane.get(asked))
    page = words(jane.post(asked, {"key": str(new_id())}, follow=True))
    assert UNSAFE in page
    assert "Ms Teach, Safeguarding lead, Weir Primary School" in page
    seen = attention(said(jane, "person", case.leo))
    assert "Professionals do not agree: What we told Safeguarding lead, Weir Primary School" in seen
    assert "professional disagrees with a decision" not in seen
    assert "Open the disagreement" in said(jane, "message", sent.message)


def test_where_everybody_agrees_nothing_is_said_of_it(case: Case, sign_in: SignIn) -> None:
    sent = feed_back(by=case.jane, contact=case.contact, kind="outcome", text="We assess.", means="link", at=ago(3))
    reply_to_message(link_token=sent.link_token, code=sent.code, kind="answer", text="Thank you.", signed="Ms Teach",
                     at=ago(2))  # fmt: skip
    chase_silence(at=ago(1))
    jane = sign_in("Jane Smith")
    for reader in (jane, sign_in("Fay Lund")):
        assert "isagree" not in attention(said(reader, "person", case.leo))
        assert "isagree" not in said(reader, "my-day")
    assert "Make it a disagreement" not in said(jane, "message", sent.message)

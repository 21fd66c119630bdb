"""CA7: what was sent is delivered, acknowledged or not; silence comes back to the sender and the recipient's manager.

Also during leave: then whoever answers for the sender's post is told as well.
"""

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from sightline.journeys.chase_silence import chase_silence
from sightline.journeys.stand_in import be_away
from sightline.journeys.tell_of_ending import tell_of_ending
from sightline.partnership.operations import Composed
from sightline.partnership.public import open_message
from tests.conftest import Mailbox
from tests.journeys.ending_case import Case
from tests.web.signals.playing import ago, said

SignIn = Callable[[str], Client]
MANAGER = "head@weir.example"
NOTICE = "Nobody has acknowledged a message that you sent"
LETTER = "Involvement has ended. Ring us if you are worried again."


def jane_writes(case: Case) -> Composed:
    """A letter to the school, through a link with a code."""
    entry = case.authorise(case.ask(), {}, at=ago(13))
    return tell_of_ending(by=case.jane, entry=entry, agency_post=case.world.school_lead, text=LETTER, means="link",
                          at=ago(12))  # fmt: skip


def nobody_opens_it(case: Case, run_jobs: Callable[..., None]) -> UUID:
    message = jane_writes(case).message
    run_jobs()
    chase_silence(at=ago(1))
    run_jobs()
    return message


def day_says(client: Client) -> bool:
    return NOTICE in said(client, "my-day")


def test_a_letter_is_delivered_then_acknowledged_and_never_comes_back(
    case: Case, sign_in: SignIn, run_jobs: Callable[..., None], mailbox: Mailbox
) -> None:
    sent, jane = jane_writes(case), sign_in("Jane Smith")
    assert "Sent by Jane Smith" in said(jane, "message", sent.message)
    run_jobs()
    assert "Delivered." in said(jane, "message", sent.message)
    open_message(link_token=sent.link_token, code=sent.code, at=ago(11))
    chase_silence(at=ago(1))
    run_jobs()
    assert "Acknowledged" in said(jane, "message", sent.message)
    assert not day_says(jane)
    assert len(mailbox.letters_to("lead@weir.example")) == 1
    assert mailbox.letters_to(MANAGER) == []


def test_silence_comes_back_to_the_sender_and_the_recipients_manager_without_a_word_of_the_family(
    case: Case, sign_in: SignIn, run_jobs: Callable[..., None], mailbox: Mailbox
) -> None:
    message = nobody_opens_it(case, run_jobs)
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    assert day_says(jane)
    assert not day_says(fay)
    assert "Not acknowledged. Sender and manager told." in said(jane, "message", message)
    [letter] = mailbox.letters_to(MANAGER)
    assert "that nobody has opened" in " ".join(letter.get_content().split())
    assert "Reed" not in str(letter)


def test_during_leave_it_comes_back_to_whoever_answers_for_the_senders_post_as_well(
    case: Case, sign_in: SignIn, run_jobs: Callable[..., None], mailbox: Mailbox
) -> None:
    be_away(by=case.fay, account=case.jane.id, at=ago(14))
    nobody_opens_it(case, run_jobs)
    assert day_says(sign_in("Fay Lund"))
    assert day_says(sign_in("Jane Smith"))
    assert not day_says(sign_in("Hal Dean"))
    assert len(mailbox.letters_to(MANAGER)) == 1


def test_during_leave_with_somebody_standing_in_it_comes_back_to_them_and_not_to_the_manager(
    case: Case, sign_in: SignIn, run_jobs: Callable[..., None], mailbox: Mailbox
) -> None:
    be_away(by=case.fay, account=case.jane.id, cover=case.world.accounts["Kit Rowe"], at=ago(14))
    nobody_opens_it(case, run_jobs)
    assert day_says(sign_in("Kit Rowe"))
    assert not day_says(sign_in("Fay Lund"))
    assert len(mailbox.letters_to(MANAGER)) == 1

"""Writing to an agency: sent, delivered, acknowledged; locked, silent, answered."""

import json
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.access.operations import give_sight
from sightline.audit.models import EventPerson
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.references import new_id
from sightline.partnership import operations, queries
from sightline.partnership.delivery import MailServerError
from sightline.partnership.models import Key, Message, Reply
from sightline.partnership.public import OpenedMessage, open_message, reply_to_message
from sightline.workforce import operations as workforce
from tests.conftest import Mailbox
from tests.partnership.conftest import SECRET_WORDS, Desk
from tests.staff import AT, SOON

LATER = SOON + timedelta(minutes=5)
LONG_AFTER = SOON + timedelta(days=9)
RunJobs = Callable[..., None]


def _status(desk: Desk, message: Any) -> str:
    set_actor(desk.tom.id)
    return queries.get_message_status(message)


def test_an_email_holds_the_link_and_whom_to_ring_and_nothing_else(
    desk: Desk, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    sent = desk.compose()
    assert _status(desk, sent.message) == "not sent"
    run_jobs()
    [letter] = mailbox.letters_to("lead@weir.example")
    text = str(letter)
    assert f"/m/{sent.link_token}" in letter.get_content()
    assert "01632 960123" in text
    assert sent.code not in letter.get_content().replace(sent.link_token, "")
    assert not [word for word in ("Rowan", "aunt", "Weir Primary", "Tom Bell") if word in text]
    assert _status(desk, sent.message) == "delivered"


def test_a_job_that_runs_twice_sends_once(desk: Desk, run_jobs: RunJobs, mailbox: Mailbox) -> None:
    desk.compose()
    run_jobs()
    run_jobs()
    assert len(mailbox.letters()) == 1


def test_neither_link_nor_code_is_kept_anywhere(desk: Desk) -> None:
    sent = desk.compose()
    assert len(sent.link_token) == 22
    assert len(sent.code) == 6
    [job] = ProcrastinateJob.objects.all()
    assert set(job.args) == {"message", "actor"}
    assert sent.link_token not in json.dumps(job.args)
    assert sent.link_token not in str(Message.objects.filter(id=sent.message).values())
    # The serving role reads no key at all, not even its hash.
    assert not Key.objects.exists()


def test_the_first_right_opening_acknowledges_and_is_recorded_as_a_look(desk: Desk, run_jobs: RunJobs) -> None:
    sent = desk.compose()
    run_jobs()
    opened = open_message(link_token=sent.link_token, code=f"{sent.code[:3]} {sent.code[3:]}", at=LATER)
    assert isinstance(opened, OpenedMessage)
    assert (opened.text, opened.agency, opened.kind) == (SECRET_WORDS, "Weir Primary School", "outcome")
    open_message(link_token=sent.link_token, code=sent.code, at=LONG_AFTER)
    assert _status(desk, sent.message) == "acknowledged"
    assert queries.get_message(sent.message).acknowledged_at == LATER
    looks = EventPerson.objects.filter(person=desk.child, event__kind="look", event__actor=None)
    assert looks.count() == 2


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_five_wrong_codes_lock_the_link_for_the_right_one_too(desk: Desk) -> None:
    sent = desk.compose()
    for number in range(5):
        refused = open_message(link_token=sent.link_token, code=_wrong(sent.code), at=LATER)
        assert isinstance(refused, Refusal)
        assert ("locked" in refused.message) == (number == 4)
        assert "the front door on 01632 960123" in refused.message
    refused = open_message(link_token=sent.link_token, code=sent.code, at=LATER)
    assert isinstance(refused, Refusal)
    assert "locked" in refused.message
    assert _status(desk, sent.message) == "not sent"


def test_a_right_code_forgets_the_wrong_ones_before_it(desk: Desk) -> None:
    sent = desk.compose()
    for _ in range(3):
        for _ in range(4):
            open_message(link_token=sent.link_token, code=_wrong(sent.code), at=LATER)
        assert isinstance(open_message(link_token=sent.link_token, code=sent.code, at=LATER), OpenedMessage)


def test_an_old_link_and_one_that_never_was_open_nothing(desk: Desk) -> None:
    sent = desk.compose()
    old = open_message(link_token=sent.link_token, code=sent.code, at=SOON + timedelta(days=30))
    assert isinstance(old, Refusal)
    assert "30 days" in old.message
    assert isinstance(open_message(link_token="x" * 22, code="000000", at=LATER), Refusal)


def test_a_reply_needs_the_code_is_kept_once_and_is_read_by_the_sender(desk: Desk) -> None:
    sent, key = desk.compose(), new_id()
    said = {"link_token": sent.link_token, "kind": "challenge", "text": "We disagree.", "signed": "M. Hall, lead"}
    assert isinstance(reply_to_message(**said, code=_wrong(sent.code), at=LATER), Refusal)
    for _ in range(2):
        assert reply_to_message(**said, code=sent.code, at=LATER, key=key) == key
    set_actor(desk.tom.id)
    [reply] = queries.list_replies(sent.message)
    assert (reply.text, reply.signed) == ("We disagree.", "M. Hall, lead")
    opened = open_message(link_token=sent.link_token, code=sent.code, at=LATER)
    assert isinstance(opened, OpenedMessage)
    assert [each.text for each in opened.replies] == ["We disagree."]
    assert isinstance(reply_to_message(**(said | {"text": " "}), code=sent.code, at=LATER), Refusal)


def test_nobody_reads_a_message_about_a_child_they_may_not_see(desk: Desk) -> None:
    sent = desk.compose()
    # She sees another child: having sight of somebody opens nothing about anybody else.
    with acting(desk.staff.accounts["Jane Smith"]):
        give_sight(people=[new_id()], reader=desk.staff.posts["family-2"], because="test", because_of=None, at=AT)
    set_actor(desk.staff.accounts["Jane Smith"])
    assert queries.list_messages(desk.subject) == []
    with pytest.raises(NotFound):
        queries.get_message(sent.message)
    with pytest.raises(NotFound):
        operations.record_call(by=desk.staff.actor("Jane Smith"), message=sent.message, how="rang", at=LATER)
    set_actor(desk.tom.id)
    assert [each.id for each in queries.list_messages(desk.subject)] == [sent.message]


def test_nobody_writes_about_a_child_they_may_not_see(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.compose(about=[desk.child, new_id()])


def test_a_recorded_call_acknowledges(desk: Desk) -> None:
    message = desk.compose(means="call").message
    assert not ProcrastinateJob.objects.exists()
    operations.record_call(by=desk.tom, message=message, how="Spoke to M. Hall, who said it back.", at=LATER)
    assert _status(desk, message) == "acknowledged"
    with pytest.raises(Refusal, match="already acknowledged"):
        operations.record_call(by=desk.tom, message=message, how="Again.", at=LATER)


def test_a_member_of_the_public_is_told_only_that_we_have_it(desk: Desk) -> None:
    words = queries.draft_public_acknowledgement(received="20 November", ring="01632 960123", at=SOON)
    public = {"agency_post": None, "kind": "acknowledgement", "means": "letter"}
    message = desk.compose(**public, text=words).message
    operations.record_posting(by=desk.tom, message=message, at=LATER)
    assert _status(desk, message) == "sent"
    for changes in ({"text": words + " She is safe."}, {"text": words, "kind": "outcome"},
                    {"text": words, "means": "link"}):  # fmt: skip
        with pytest.raises(Refusal):
            desk.compose(**(public | changes))


def test_a_post_without_an_address_is_rung(desk: Desk) -> None:
    post = operations.add_agency_post(by=desk.tom, agency=desk.school, key="office", title="Office", at=AT)
    with pytest.raises(Refusal, match="Office at Weir Primary School has no e-mail address"):
        desk.compose(agency_post=post)


def test_the_sender_reads_the_code_out_again_and_nobody_else(desk: Desk) -> None:
    sent = desk.compose()
    assert operations.read_out_code(by=desk.tom, message=sent.message, at=LATER) == sent.code
    with pytest.raises(NotFound):
        operations.read_out_code(by=desk.staff.actor("Jane Smith"), message=sent.message, at=LATER)


# --- what cannot be delivered -------------------------------------------------------------------


class _Refusing:
    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (its name)
        return "550 No such mailbox lead@weir.example"


def test_a_refused_address_comes_back_at_once(desk: Desk, run_jobs: RunJobs, settings: Any) -> None:
    sent = desk.compose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    controller = Controller(_Refusing(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    try:
        run_jobs()
    finally:
        controller.stop()
    assert _status(desk, sent.message) == "could not be delivered: the mail server does not know this address"
    assert queries.list_overdue(at=LATER) == [sent.message]


def test_a_mail_server_that_is_down_is_tried_again_and_then_given_up(
    desk: Desk, run_jobs: RunJobs, settings: Any, mailbox: Mailbox
) -> None:
    sent, port = desk.compose(), settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    with pytest.raises(MailServerError):
        run_jobs()
    assert _status(desk, sent.message) == "not sent"
    settings.EMAIL_PORT = port
    run_jobs(attempts=1)
    assert _status(desk, sent.message) == "delivered"
    other = desk.compose()
    settings.EMAIL_PORT = 1
    run_jobs(attempts=5)
    assert _status(desk, other.message) == "could not be delivered: the mail server could not be reached"
    assert len(mailbox.letters()) == 1


def test_what_a_leaver_wrote_is_not_sent_in_their_name(desk: Desk, run_jobs: RunJobs, mailbox: Mailbox) -> None:
    sent = desk.compose()
    admin, jane = desk.staff.actor("admin"), desk.staff.accounts["Jane Smith"]
    workforce.leave(by=admin, account=desk.tom.id, at=LATER)
    run_jobs()
    assert mailbox.letters() == []
    workforce.place(by=admin, post=desk.staff.posts["duty"], account=jane, at=LATER)
    set_actor(jane)
    assert queries.get_message_status(sent.message).startswith("could not be delivered: whoever wrote it")


def test_a_changed_secret_never_sends_a_dead_link(
    desk: Desk, run_jobs: RunJobs, settings: Any, mailbox: Mailbox
) -> None:
    sent = desk.compose()
    settings.SECRET_KEY = "another-secret-of-some-length-0123456789"
    run_jobs()
    assert mailbox.letters() == []
    assert _status(desk, sent.message).startswith("could not be delivered: its link was made with an earlier secret")


# --- what comes back ----------------------------------------------------------------------------


def _clock() -> Any:
    clock = workforce.ensure_clock_account()
    set_actor(clock.id)
    return clock


def test_silence_comes_back_to_the_sender_and_the_recipients_manager(
    desk: Desk, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    sent = desk.compose()
    run_jobs()
    clock = _clock()
    assert queries.list_overdue(at=LATER) == []
    assert queries.list_overdue(at=LONG_AFTER) == [sent.message]
    returned = operations.return_to_sender(by=clock, message=sent.message, at=LONG_AFTER)
    assert returned == operations.Returned(sent.message, desk.staff.posts["duty"], failed=False)
    assert operations.return_to_sender(by=clock, message=sent.message, at=LONG_AFTER) is None
    assert _status(desk, sent.message) == "not acknowledged — sender told"
    assert queries.list_returned([sent.message]) == {sent.message}
    run_jobs()
    run_jobs()
    [letter] = mailbox.letters_to("head@weir.example")
    assert "nobody has opened" in letter.get_content()
    assert not [word for word in ("Rowan", "aunt", sent.link_token, "Tom Bell") if word in str(letter)]
    assert _status(desk, sent.message) == "not acknowledged — sender and manager told"


def test_what_is_opened_before_its_manager_is_told_is_left_alone(
    desk: Desk, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    sent = desk.compose()
    run_jobs()
    operations.return_to_sender(by=_clock(), message=sent.message, at=LONG_AFTER)
    open_message(link_token=sent.link_token, code=sent.code, at=LONG_AFTER)
    run_jobs()
    assert mailbox.letters_to("head@weir.example") == []
    assert _status(desk, sent.message) == "acknowledged"
    assert queries.list_returned([sent.message]) == set()


def test_the_clock_sees_keys_and_no_words(desk: Desk) -> None:
    desk.compose()
    _clock()
    assert not Message.objects.exists()
    assert not Reply.objects.exists()


def test_a_call_that_was_never_made_comes_back_and_no_manager_is_written_to(desk: Desk) -> None:
    message = desk.compose(means="call").message
    returned = operations.return_to_sender(by=_clock(), message=message, at=LONG_AFTER)
    assert returned is not None
    assert not ProcrastinateJob.objects.exists()
    assert _status(desk, message) == "not acknowledged — sender told"


def test_a_reply_is_told_once(desk: Desk) -> None:
    sent = desk.compose()
    reply = reply_to_message(
        link_token=sent.link_token, code=sent.code, kind="answer", text="Thank you.", signed="M. Hall", at=LATER
    )
    clock = _clock()
    assert queries.list_untold_replies() == [reply]
    answered = operations.take_reply(by=clock, reply=reply, at=LATER)
    assert answered == operations.Answered(sent.message, desk.staff.posts["duty"], challenge=False)
    assert operations.take_reply(by=clock, reply=reply, at=LATER) is None
    assert queries.list_untold_replies() == []


def test_without_anybody_acting_the_stewards_lists_are_empty(desk: Desk) -> None:
    desk.compose()
    set_actor(None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partnership_overdue(%s)", [LONG_AFTER])
        assert cursor.fetchone()[0] == 0


def test_a_link_by_hand_is_for_the_family_and_a_meeting_and_no_e_mail_goes(
    desk: Desk, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    given = {"means": "by_hand", "agency_post": None, "to_person": desk.child}
    for wrong in ({"kind": "outcome"}, {"kind": "invitation", "agency_post": desk.lead}):
        with pytest.raises(Refusal, match="only to somebody of the family, for a meeting"):
            desk.compose(**(given | wrong))
    sent = desk.compose(**given, kind="invitation")
    run_jobs()
    assert mailbox.letters() == []
    assert isinstance(open_message(link_token=sent.link_token, code=sent.code, at=SOON), OpenedMessage)
    printed = operations.print_link(by=desk.tom, message=sent.message, at=SOON)
    assert (printed.link_token, printed.code) == (sent.link_token, sent.code)

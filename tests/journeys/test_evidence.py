"""Evidence for an assessment: proposed, asked for name by name, answered without an account, on the record."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.access.operations import restrict
from sightline.assessments.queries import EvidenceView, evidence_status, list_evidence, list_open_rounds
from sightline.audit.models import EventPerson
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.ask_evidence import (
    Proposed,
    ask_for_evidence,
    not_asked,
    propose_evidence,
    record_evidence,
    stop_waiting,
)
from sightline.journeys.assess import begin_assessment
from sightline.journeys.chase_silence import chase_silence
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.partnership.models import Message
from sightline.partnership.operations import (
    Composed,
    close_agency,
    close_agency_post,
    end_involvement,
    involve,
)
from sightline.partnership.public import OpenedMessage, open_message, reply_to_message
from sightline.partnership.queries import get_message, list_replies
from sightline.record.models import Entry, EntrySubject
from sightline.record.operations import close_step
from sightline.record.queries import get_entry, list_notices, list_open_steps
from sightline.workforce import operations as workforce
from tests.conftest import Mailbox
from tests.universe import Universe

ROSIE, JACK = "Rosie Penhallow", "Jack Penhallow"
WORKER = "worker-1-family-support-2"
QUESTION = "How have mornings been since the summer?"
ANSWER = "Rosie has been late twice since September. She talks about the toast."
MAY_NOT_LEAVE = (ROSIE, JACK, "Penhallow", "Rosie", "Jack", "mornings", "Osier", "Jane", "assessment", "evidence")


@dataclass(frozen=True)
class Asking:
    """A round of assessing the Penhallow children, which Jane carries."""

    universe: Universe
    round: UUID
    children: tuple[UUID, UUID]

    @property
    def at(self) -> datetime:
        return self.universe.at

    @property
    def jane(self) -> Actor:
        return self.universe.who("jane")

    def box(self, key: str) -> UUID:
        return self.universe.mailbox(key)

    def involve(self, key: str, **given: object) -> UUID:
        said = {"child": self.children[0], "name": "", "role": "", "from_on": local_day(self.at) - timedelta(days=60)}
        return involve(by=self.jane, agency_post=self.box(key), at=self.at, **(said | given))

    def ask(self, key: str = "school-lead", **given: object) -> Composed:
        said = {"name": "Hannah Reyes", "question": QUESTION, "at": self.at}
        return ask_for_evidence(by=self.jane, round=self.round, agency_post=self.box(key), **(said | given))

    def proposed(self) -> dict[UUID, Proposed]:
        set_actor(self.jane.id)
        return {one.agency_post: one for one in propose_evidence(self.round)}

    def views(self, as_whom: str = "jane") -> dict[UUID, EvidenceView]:
        set_actor(self.universe.who(as_whom).id)
        return {one.agency_post: one for one in list_evidence(self.round)}

    def status(self, key: str = "school-lead") -> str:
        return evidence_status(self.views()[self.box(key)])

    def evidence_on(self, child: UUID, as_whom: str = "jane") -> list[UUID]:
        set_actor(self.universe.who(as_whom).id)
        rows = EntrySubject.objects.filter(person=child, kind="evidence").order_by("recorded_at")
        return list(rows.values_list("entry", flat=True))


def reply(
    sent: Composed, at: datetime, text: str = ANSWER, signed: str = "Hannah Reyes, lead", **given: object
) -> object:
    said = {"kind": "answer", "key": new_id(), "code": sent.code} | given
    return reply_to_message(link_token=sent.link_token, text=text, signed=signed, at=at, **said)


@pytest.fixture
def asking(universe: Universe) -> Asking:
    children = (universe.person(ROSIE), universe.person(JACK))
    jane = universe.who("jane")
    begin_assessment(by=jane, children=children, why="", at=universe.at)
    with acting(jane.id):
        [now] = list_open_rounds(children=children)
    return Asking(universe, now.id, children)


@pytest.fixture
def run_mail(asking: Asking) -> Callable[[], None]:
    """Sends what this test has to send by e-mail, as the worker does."""
    told = set(ProcrastinateJob.objects.values_list("id", flat=True))

    def run() -> None:
        context = SimpleNamespace(job=SimpleNamespace(attempts=0))
        for job in ProcrastinateJob.objects.filter(queue_name="mail").exclude(id__in=told).order_by("id"):
            app.tasks[job.task_name].func(context, **job.args)

    return run


# --- who is proposed ----------------------------------------------------------------------------


def test_everybody_involved_and_whoever_told_us_is_proposed_with_why(asking: Asking) -> None:
    asking.involve("hospital-visitors", child=asking.children[1], name="Bea Lund", role="health visitor")
    proposed = asking.proposed()
    visitor = proposed[asking.box("hospital-visitors")]
    assert (visitor.name, visitor.agency) == ("Bea Lund", "Hallowby General Hospital")
    assert visitor.because[0].startswith("Works with Jack Penhallow since ")
    assert visitor.because[0].endswith(": health visitor")
    school = proposed[asking.box("school-lead")]
    assert school.name == "Hannah Reyes, safeguarding lead"
    assert all(one.startswith("Told us on ") for one in school.because)
    assert asking.box("police-hub") not in proposed


def test_whoever_has_left_or_closed_is_not_proposed(asking: Asking) -> None:
    by, at, today = asking.universe.who("dipa"), asking.at, local_day(asking.at)
    gone = asking.involve("hospital-midwives")
    end_involvement(by=asking.jane, involvement=gone, to_on=today, at=at)
    asking.involve("hospital-visitors")
    close_agency_post(by=by, agency_post=asking.box("hospital-visitors"), on=today, at=at)
    asking.involve("housing-safeguarding")
    close_agency(by=by, agency=asking.universe.authority.agencies["tidewell-homes"], on=today, at=at)
    assert list(asking.proposed()) == [asking.box("school-lead")]


def test_proposing_sends_and_keeps_nothing(asking: Asking, run_mail: Callable[[], None], mailbox: Mailbox) -> None:
    set_actor(asking.jane.id)
    before = Message.objects.count()
    asking.involve("hospital-visitors")
    asking.proposed()
    run_mail()
    assert mailbox.letters() == []
    set_actor(asking.jane.id)
    assert Message.objects.count() == before
    assert asking.views() == {}


def test_somebody_is_left_out_with_a_reason_and_can_be_asked_after_all(asking: Asking) -> None:
    box = asking.box("school-lead")
    with pytest.raises(Refusal, match="Say why they are not asked"):
        not_asked(by=asking.jane, round=asking.round, agency_post=box, because=" ", at=asking.at)
    not_asked(by=asking.jane, round=asking.round, agency_post=box, because="We met her on Friday.", at=asking.at)
    assert box not in asking.proposed()
    assert asking.status() == "Not asked: We met her on Friday."
    asking.ask()
    assert asking.status() == "Asked, and not opened"
    with pytest.raises(Refusal, match="asked already"):
        not_asked(by=asking.jane, round=asking.round, agency_post=box, because="No.", at=asking.at)


# --- asking -------------------------------------------------------------------------------------


def test_an_email_goes_to_the_confirmed_name_alone_and_says_nothing_of_the_family(
    asking: Asking, run_mail: Callable[[], None], mailbox: Mailbox
) -> None:
    asking.involve("hospital-visitors")
    sent = asking.ask()
    run_mail()
    [letter] = mailbox.letters()
    assert letter["X-RcptTo"] == "lead@osierlane.example"
    assert f"/m/{sent.link_token}" in letter.get_content()
    assert sent.code not in letter.get_content().replace(sent.link_token, "")
    assert [word for word in MAY_NOT_LEAVE if word.lower() in str(letter).replace("osierlane", "").lower()] == []
    assert sent.link_token not in json.dumps(list(ProcrastinateJob.objects.values_list("args", flat=True)))


def test_asking_opens_a_step_with_the_clock_of_the_pack(asking: Asking) -> None:
    asking.ask()
    set_actor(asking.jane.id)
    [step] = [one for one in list_open_steps([asking.universe.post(WORKER)]) if one.kind == "evidence_answer"]
    assert step.words == "Evidence from Safeguarding lead and deputy, Osier Lane Primary School"
    assert step.due_rule.endswith(":evidence.answer")
    assert step.due_at is not None
    assert step.due_at > asking.at
    assert set(step.people) == set(asking.children)


def test_the_letter_is_the_packs_and_names_the_children_and_the_question(asking: Asking) -> None:
    sent = asking.ask()
    opened = open_message(link_token=sent.link_token, code=sent.code, at=asking.at)
    assert isinstance(opened, OpenedMessage)
    assert all(word in opened.text for word in ("Rosie Penhallow", "Jack Penhallow", QUESTION))
    assert opened.kind == "evidence"
    assert asking.status() == "Opened, and not answered"


def test_who_can_still_answer_is_not_asked_twice(asking: Asking) -> None:
    sent = asking.ask()
    with pytest.raises(Refusal, match="can still answer"):
        asking.ask()
    reply(sent, asking.at)
    chase_silence(at=asking.at)
    with pytest.raises(Refusal, match="has answered for this assessment"):
        asking.ask()


def test_a_question_is_never_blank_and_a_closed_post_is_not_written_to(asking: Asking) -> None:
    with pytest.raises(Refusal, match="Write what you want to know"):
        asking.ask(question=" ")
    close_agency_post(
        by=asking.universe.who("dipa"), agency_post=asking.box("school-lead"), on=local_day(asking.at), at=asking.at
    )
    with pytest.raises(Refusal, match="has closed"):
        asking.ask()
    assert asking.views() == {}


def test_nobody_asks_about_a_child_they_may_not_see(asking: Asking) -> None:
    with pytest.raises(NotFound):
        ask_for_evidence(
            by=asking.universe.who("winston"), round=asking.round, agency_post=asking.box("school-lead"),
            name="", question=QUESTION, at=asking.at,
        )  # fmt: skip


# --- what comes back ----------------------------------------------------------------------------


def test_an_answer_stands_on_both_childrens_records_and_its_clock_stops(asking: Asking) -> None:
    sent = asking.ask()
    reply(sent, asking.at)
    assert chase_silence(at=asking.at) == 1
    for child in asking.children:
        [entry] = asking.evidence_on(child)
    shown = get_entry(entry)
    assert shown.kind == "evidence"
    assert shown.agency == asking.universe.authority.agencies["osier-lane"]
    [passage] = shown.passages
    assert (passage.text, passage.told_by, passage.handling) == (ANSWER, "Hannah Reyes, lead", "ask_first")
    view = asking.views()[asking.box("school-lead")]
    assert (view.answer, view.answered_at, view.waiting) == (entry, asking.at, False)
    assert evidence_status(view) == "Answered"
    assert [one for one in list_open_steps([asking.universe.post(WORKER)]) if one.kind == "evidence_answer"] == []
    told = [one for one in list_notices([asking.universe.post(WORKER)]) if one.kind == "evidence_answer"]
    assert {(one.person, one.subject) for one in told} == {(child, sent.message) for child in asking.children}
    acts = EventPerson.objects.filter(person__in=asking.children, event__what="bring_reply")
    assert acts.count() == 2


def test_the_same_answer_twice_is_kept_once_and_another_is_added(asking: Asking) -> None:
    sent, key = asking.ask(), new_id()
    for _ in range(2):
        reply(sent, asking.at, key=key)
    reply(sent, asking.at)
    chase_silence(at=asking.at)
    assert len(asking.evidence_on(asking.children[0])) == 1
    reply(sent, asking.at, text="I forgot: Jack was tired on Monday.", key=key)
    chase_silence(at=asking.at)
    chase_silence(at=asking.at)
    assert len(asking.evidence_on(asking.children[0])) == 2
    view = asking.views()[asking.box("school-lead")]
    assert view.answer is not None
    assert get_entry(view.answer).passages[0].text == ANSWER
    assert evidence_status(view) == "Answered, and added to (2 answers)"
    assert len(list_replies(sent.message)) == 2


def test_an_answer_sent_twice_is_kept_once_whatever_its_form_called_it(asking: Asking) -> None:
    sent = asking.ask()
    for _ in range(2):
        reply(sent, asking.at, kind="challenge")
    set_actor(asking.jane.id)
    assert [one.kind for one in list_replies(sent.message)] == ["answer"]


def test_whoever_opens_it_again_is_not_shown_what_was_answered(asking: Asking) -> None:
    sent = asking.ask()
    reply(sent, asking.at)
    opened = open_message(link_token=sent.link_token, code=sent.code, at=asking.at)
    assert isinstance(opened, OpenedMessage)
    assert [(one.text, one.signed) for one in opened.replies] == [("", "")]


def test_health_and_police_answers_are_in_their_own_sections(asking: Asking) -> None:
    for key, section in (("hospital-visitors", "health"), ("police-hub", "police"), ("school-lead", "ordinary")):
        reply(asking.ask(key), asking.at)
        chase_silence(at=asking.at)
        answer = asking.views()[asking.box(key)].answer
        assert answer is not None
        assert [one.section for one in get_entry(answer).passages] == [section]


def test_an_answer_comes_in_when_the_round_was_signed_meanwhile(asking: Asking) -> None:
    sent = asking.ask()
    assert stop_waiting(by=asking.jane, round=asking.round, because="signed without it", at=asking.at) == 1
    close_step(by=asking.jane, step=asking.round, outcome="signed", at=asking.at)
    assert asking.status() == "Did not answer: signed without it"
    reply(sent, asking.at)
    chase_silence(at=asking.at)
    assert asking.status() == "Answered"
    assert len(asking.evidence_on(asking.children[0])) == 1
    told = list_notices([asking.universe.post(WORKER)])
    assert "evidence_answer" in {one.kind for one in told}


def test_an_answer_about_a_restricted_child_comes_in_for_its_named_readers_alone(asking: Asking) -> None:
    sent, jack = asking.ask(), asking.children[1]
    helen = asking.universe.who("helen")
    with acting(helen.id):
        restrict(
            person=jack, readers=[asking.jane.id], reviewer=helen.id, reason="A relative works here.", at=asking.at
        )
    reply(sent, asking.at)
    chase_silence(at=asking.at)
    [entry] = asking.evidence_on(jack)
    assert get_entry(entry).passages[0].text == ANSWER
    # His sister's other readers see that the school answered, and not the words, which are about him too.
    assert asking.evidence_on(jack, as_whom="gareth") == []
    assert asking.evidence_on(asking.children[0], as_whom="gareth") == [entry]
    assert get_entry(entry).passages == ()


def test_the_clock_reads_nothing_and_nobody_else_may_bring_it_in(asking: Asking) -> None:
    sent = asking.ask()
    kept = reply(sent, asking.at)
    set_actor(asking.jane.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM assessments_take_evidence(%s, %s)", [kept, asking.at])
        assert cursor.fetchone()[0] == 0
    clock = workforce.ensure_clock_account()
    chase_silence(at=asking.at)
    set_actor(clock.id)
    assert not Entry.objects.exists()


# --- silence, closing, leaving ------------------------------------------------------------------


def test_who_did_not_open_it_comes_back_and_may_be_asked_again(
    asking: Asking, run_mail: Callable[[], None], mailbox: Mailbox
) -> None:
    first = asking.ask()
    run_mail()
    chase_silence(at=asking.at + timedelta(days=30))
    assert asking.status() == "Did not answer: nobody opened the request, and it came back"
    second = asking.ask()
    assert second.message != first.message
    assert asking.status() == "Asked, and not opened"
    open_waits = [one for one in list_open_steps([asking.universe.post(WORKER)]) if one.kind == "evidence_answer"]
    assert len(open_waits) == 1
    # The letter before is found after all: what it brings is evidence as well.
    reply(first, asking.at)
    chase_silence(at=asking.at)
    assert asking.views()[asking.box("school-lead")].answered_at is not None


def test_what_waits_at_a_post_that_closes_comes_back_to_the_sender(
    asking: Asking, run_mail: Callable[[], None], mailbox: Mailbox
) -> None:
    opened_before, waiting = asking.ask("hospital-visitors"), asking.ask()
    run_mail()
    open_message(link_token=opened_before.link_token, code=opened_before.code, at=asking.at)
    dipa, today = asking.universe.who("dipa"), local_day(asking.at)
    for key in ("osier-lane", "hallowby-hospital"):
        close_agency(by=dipa, agency=asking.universe.authority.agencies[key], on=today, at=asking.at)
    chase_silence(at=asking.at)
    run_mail()
    assert mailbox.letters_to("head@osierlane.example") == []
    assert asking.status() == "Did not answer: the post has closed, and the request came back"
    assert asking.status("hospital-visitors") == "Opened, and not answered"
    line = get_message(waiting.message)
    assert line.to == "Safeguarding lead and deputy, Osier Lane Primary School (closed)"
    assert line.status == "not acknowledged — the post has closed, sender told"
    told = [one.kind for one in list_notices([asking.universe.post(WORKER)]) if one.subject == waiting.message]
    assert told == ["message_undelivered"]


def test_a_letter_that_has_not_gone_yet_is_not_sent_to_a_closed_post(
    asking: Asking, run_mail: Callable[[], None], mailbox: Mailbox
) -> None:
    asking.ask()
    close_agency_post(
        by=asking.universe.who("dipa"), agency_post=asking.box("school-lead"), on=local_day(asking.at), at=asking.at
    )
    run_mail()
    assert mailbox.letters() == []


def test_a_leavers_request_is_answered_to_whoever_stands_in_the_post_now(
    asking: Asking, run_mail: Callable[[], None], mailbox: Mailbox
) -> None:
    sent = asking.ask()
    run_mail()
    admin = asking.universe.who("anna")
    workforce.leave(by=admin, account=asking.jane.id, at=asking.at)
    workforce.place(
        by=admin, post=asking.universe.post(WORKER), account=asking.universe.authority.accounts["marcus"], at=asking.at
    )
    reply(sent, asking.at)
    chase_silence(at=asking.at)
    set_actor(asking.universe.who("marcus").id)
    assert "evidence_answer" in {one.kind for one in list_notices([asking.universe.post(WORKER)])}
    assert len(asking.evidence_on(asking.children[0], as_whom="marcus")) == 1


# --- another way --------------------------------------------------------------------------------


def test_an_answer_given_in_a_call_is_recorded_as_evidence_too(asking: Asking) -> None:
    sent = asking.ask()
    request = asking.views()[asking.box("school-lead")].id
    with pytest.raises(Refusal, match="Say who answered"):
        record_evidence(by=asking.jane, request=request, text=ANSWER, told_by=" ", handling="ordinary", at=asking.at)
    entry = record_evidence(
        by=asking.jane, request=request, text=ANSWER, told_by="Hannah Reyes", handling="ordinary", at=asking.at
    )
    assert asking.evidence_on(asking.children[0]) == [entry]
    assert asking.status() == "Answered"
    assert get_message(sent.message).status == "acknowledged"
    assert [one for one in list_open_steps([asking.universe.post(WORKER)]) if one.kind == "evidence_answer"] == []

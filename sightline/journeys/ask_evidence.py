"""From a professional who works with a child to what they say on the record, for an assessment.

Everybody whom it may be asked of is proposed, with why. Nothing leaves until a worker confirms one name,
and then the next (Working Together to Safeguard Children 2023, chapter 3: an assessment draws together
what those who know the child know).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from sightline.access.rules import Section
from sightline.assessments.evidence import take_turns
from sightline.assessments.operations import keep_not_asked, keep_request, note_answer
from sightline.assessments.queries import EvidenceView, RoundView, get_evidence_request, get_round, list_evidence
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.front_door.queries import list_checks_of, list_contacts_about
from sightline.journeys.letters import desk_line, write_letter
from sightline.kernel.clocks import short_day
from sightline.kernel.dates import day_words
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local, local_day
from sightline.partnership.models import AgencyPost
from sightline.partnership.operations import Composed, compose_message, record_call
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import (
    describe_agency_posts,
    get_agency_post,
    get_message,
    is_closed,
    list_involved,
    list_people_of,
)
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Timescale
from sightline.record.models import Entry
from sightline.record.operations import close_step, open_step, tell, write_entry
from sightline.record.queries import get_step
from sightline.record.rules import Concerned, Words

STEP = "evidence_answer"
CLOCK = "evidence.answer"
LATELY = timedelta(days=365)
"""Whoever told us or was asked in the year before a round began is proposed; before that they may know nothing now."""

SECTION_OF = {"health": Section.HEALTH, "police": Section.POLICE}
"""Health's and the police's words are read by fewer people than the rest (migration 0003 of `assessments` holds it)."""


@dataclass(frozen=True)
class Proposed:
    """A post that evidence may be asked of. `name` is whoever stands in it, where known; `because` is sentences."""

    agency_post: UUID
    title: str
    agency: str
    name: str
    because: tuple[str, ...]


# --- who is proposed ----------------------------------------------------------------------------


def propose_evidence(round: UUID) -> list[Proposed]:  # noqa: A002 (the field's noun)
    """Every professional around the children of an open round, who is neither asked nor left out yet.

    Whoever works with them, then whoever told us of them or was asked about them in the last year. A
    post that has closed is left out. Proposing sends nothing and keeps nothing.
    """
    now = _open_round(round)
    found: dict[UUID, list[tuple[str, str]]] = {}
    for post, name, because in [*_involved(now.children), *_told_us(now)]:
        found.setdefault(post, []).append((name, because))
    settled = {one.agency_post for one in list_evidence(round)}
    posts = describe_agency_posts(found.keys() - settled)
    return [
        _proposed(posts[post], reasons)
        for post, reasons in found.items()
        if post in posts and not is_closed(posts[post])
    ]


def _open_round(round: UUID) -> RoundView:  # noqa: A002 (the field's noun)
    found = get_round(round)
    if found.closed_at is not None:
        raise Refusal("This assessment is signed or ended. Begin the next one, and ask in that.")
    return found


def _proposed(post: AgencyPost, reasons: list[tuple[str, str]]) -> Proposed:
    return Proposed(
        agency_post=post.id,
        title=post.title,
        agency=post.agency.name,
        name=next((name for name, _ in reasons if name), ""),
        because=tuple(dict.fromkeys(because for _, because in reasons)),
    )


def _involved(children: Iterable[UUID]) -> list[tuple[UUID, str, str]]:
    named = {key: one.known_as or one.name for key, one in get_names(people=children).items()}
    return [
        (
            one.agency_post,
            one.name,
            f"Works with {named.get(one.child, 'a child')} since {day_words(one.from_on)}"
            + (f": {one.role}" if one.role else ""),
        )
        for one in list_involved(children)
        if one.to_on is None
    ]


def _told_us(now: RoundView) -> list[tuple[UUID, str, str]]:
    contacts = [one for one in list_contacts_about(now.children) if one.received_at >= now.began_at - LATELY]
    told = [
        (one.agency_post, one.referrer_name, f"Told us on {day_words(local_day(one.received_at))}")
        for one in contacts
        if one.professional and one.agency_post
    ]
    asked = [
        (
            check.agency_post_id,
            "",
            f"Was asked what they know on {day_words(local_day(check.asked_at))}"
            + (", and answered" if check.answer_id else ""),
        )
        for check in list_checks_of(one.id for one in contacts)
    ]
    return [*told, *asked]


# --- asking -------------------------------------------------------------------------------------


@act("ask_for_evidence")
def ask_for_evidence(
    *,
    by: Actor,
    round: UUID,  # noqa: A002 (the field's noun)
    agency_post: UUID,
    name: str,
    question: str,
    at: datetime,
    means: str = "link",
) -> Composed:
    """Ask one professional, whom the worker has just confirmed, on a clock of its own (`evidence.answer`).

    By link the e-mail goes after this commits, and the code that opens the letter is in what is returned,
    to be told another way; `call` and `letter` are for who has no e-mail. The answer comes back to the
    post that carries the round. Whoever was silent may be asked again: the waiting before it ends.

    Refuses a blank question, a post that has closed, and one that was asked and can still answer.
    """
    now = _open_round(round)
    refuse_unless_may_send(by, now.children)
    post = get_agency_post(agency_post)
    take_turns(round)
    earlier = next((one for one in list_evidence(round) if one.agency_post == agency_post), None)
    _refuse_unfit(name, question, earlier)
    if earlier is not None and earlier.step is not None:
        _close_waiting(by, [earlier.step], "asked again", at)
    pack, day = current_pack(at), local_day(at)
    rule = pack.timescale(CLOCK, day)
    due = due_from(rule, at)
    text = write_letter(
        pack,
        "evidence.request",
        people=now.children,
        desk=now.post,
        at=at,
        question=question,
        answer_by=_by_when(rule, due, day),
    )
    composed = compose_message(
        by=by,
        kind="evidence",
        means=means,
        agency_post=agency_post,
        subject=round,
        text=text,
        about=now.children,
        post=now.post,
        ring=desk_line(now.post),
        at=at,
    )
    waiting = open_step(
        by=by,
        kind=STEP,
        post=now.post,
        people=now.children,
        words=f"Evidence from {post.title}, {post.agency.name}"[:200],
        due_at=due,
        due_rule=pack.cite(CLOCK),
        subject=round,
        at=at,
    )
    keep_request(
        by=by,
        round=round,
        agency_post=agency_post,
        name=name,
        question=question,
        message=composed.message,
        step=waiting,
        at=at,
    )
    return composed


def _by_when(rule: Timescale, due: datetime, today: date) -> str:
    until = "the end of" if rule.by == "end of day" else f"{local(due):%H:%M} on"
    return f"{until} {short_day(local_day(due), today)}"


def _refuse_unfit(name: str, question: str, earlier: EvidenceView | None) -> None:
    if not question.strip():
        raise Refusal("Write what you want to know from them.", field="question")
    if len(name.strip()) > 120:
        raise Refusal("Keep the name to 120 characters.", field="name")
    if earlier is None or earlier.asked_at is None:
        return
    asked = f"{earlier.title} at {earlier.agency}"
    if earlier.answered_at is not None:
        raise Refusal(
            f"{asked} has answered for this assessment. Ring them about anything more, and record the call.",
            field="agency_post",
        )
    if not earlier.came_back and earlier.waiting:
        raise Refusal(
            f"{asked} was asked on {day_words(local_day(earlier.asked_at))} and can still answer. "
            "Ring them, or wait until the request comes back.",
            field="agency_post",
        )


@act("not_asked")
def not_asked(*, by: Actor, round: UUID, agency_post: UUID, because: str, at: datetime) -> UUID:  # noqa: A002 (the field's noun)
    """Keep that somebody who was proposed is not asked, and why. They can be asked after all."""
    people = _open_round(round).children
    refuse_unless_may_send(by, people)
    get_agency_post(agency_post)
    take_turns(round)
    touch(*people, agency_post=str(agency_post))
    return keep_not_asked(by=by, round=round, agency_post=agency_post, because=because, at=at)


@act("stop_waiting")
def stop_waiting(
    *,
    by: Actor,
    round: UUID,  # noqa: A002 (the field's noun)
    because: str,
    at: datetime,
    agency_post: UUID | None = None,
) -> int:
    """End the waiting for one professional, or for all of a round as when it is signed; returns for how many.

    What is answered later still comes on to the record, and the post that waited is told.
    """
    if not because.strip():
        raise Refusal("Say why you no longer wait for it.", field="because")
    asked = [one for one in list_evidence(round) if one.waiting and agency_post in (None, one.agency_post)]
    return _close_waiting(by, [one.step for one in asked if one.step], because.strip()[:200], at)


def _close_waiting(by: Actor, steps: list[UUID], outcome: str, at: datetime) -> int:
    closed = 0
    for step in steps:
        if _is_open(step):
            close_step(by=by, step=step, outcome=outcome, at=at)
            closed += 1
    return closed


def _is_open(step: UUID) -> bool:
    try:
        get_step(step)
    except NotFound:
        return False
    return True


# --- what comes back ----------------------------------------------------------------------------


@act("record_evidence")
def record_evidence(
    *,
    by: Actor,
    request: UUID,
    text: str,
    told_by: str,
    handling: str,
    at: datetime,
    documents: Iterable[UUID] = (),
) -> UUID:
    """An answer that came another way (a call, a letter, a meeting), recorded by a worker.

    It stands on the record as one that came by the link does. Refuses a blank text or nobody's name.
    """
    asked = get_evidence_request(request)
    if asked.message is None or asked.step_id is None:
        raise Refusal("They were not asked for this assessment. Ask them first, or record a case note.")
    if not told_by.strip():
        raise Refusal("Say who answered: a name and a post.", field="told_by")
    people = tuple(list_people_of(asked.message))
    agency = asked.agency_post.agency
    entry = write_entry(
        by=by,
        kind=Entry.Kind.EVIDENCE,
        concerned=[Concerned(person) for person in people],
        words=[
            Words(
                text=text,
                about=people,
                section=SECTION_OF.get(agency.kind, Section.ORDINARY),
                told_by=told_by.strip(),
                handling=handling,
            )
        ],
        agency=agency.id,
        documents=documents,
        at=at,
    )
    note_answer(by=by, request=request, entry=entry, at=at)
    if _is_open(asked.step_id):
        close_step(by=by, step=asked.step_id, closed_by=entry, outcome="answered", at=at)
    if get_message(asked.message).acknowledged_at is None:
        record_call(by=by, message=asked.message, how=f"Answered another way: {told_by.strip()}"[:300], at=at)
    return entry


@act("bring_evidence")
def bring_evidence(*, by: Actor, reply: UUID, message: UUID, at: datetime) -> UUID | None:
    """The clock brings an answer on to the records of the children it is about; None where it is no evidence.

    It does so for a child whose record is restricted and for a round that was signed meanwhile. The
    clock reads none of it: the steward writes the entry (migration 0003 of `assessments`), closes what
    waited, and says which post now carries it. That post is told.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, post, people FROM assessments_take_evidence(%s, %s)", [reply, at])
        row = cursor.fetchone()
    if row is None:
        return None
    entry, post, people = row
    touch(*people, message=str(message), entry=str(entry))
    for person in people:
        tell(post=post, kind=STEP, person=person, subject=message, at=at)
    return UUID(str(entry))

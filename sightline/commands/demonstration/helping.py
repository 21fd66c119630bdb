"""What workers do with families over time: visits, assessments, plans, reviews, endings. Beside `casework`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.assessments.family import write_version_for
from sightline.assessments.operations import mark_factors, record_conclusion, write_part
from sightline.assessments.queries import get_document, get_round, list_open_rounds
from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import acting
from sightline.journeys.ask_evidence import ask_for_evidence
from sightline.journeys.assess import begin_assessment, ends_here, send_to_manager, sign_off
from sightline.journeys.chase_silence import bring_reply
from sightline.journeys.end_involvement import ask_manager_to_end, authorise_ending, matters_to_answer
from sightline.journeys.open_matters import Answer, Answers, matters_beside_round
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.partnership.operations import Composed, involve
from sightline.plans import operations as plans
from sightline.plans.rules import ProgressGiven, SignatureGiven
from sightline.record.operations import attach_account
from sightline.recording import operations as recording
from sightline.recording.rules import ChildSeen, VisitWritten
from sightline.workforce.operations import ensure_clock_account

AN_HOUR = timedelta(hours=1)


# --- visits and appointments --------------------------------------------------------------------


def child(story: Telling, name: str, outcome: str = "", **facts: Any) -> ChildSeen:
    """How it went for one child: what they said, why they were not seen, and who said so."""
    return ChildSeen(story.people[name], outcome, **facts)


def visit(
    story: Telling, title: str, children: Sequence[ChildSeen], *, by: str, at: datetime, text: str = "",
    adults: Iterable[str] = (), **facts: Any,
) -> None:  # fmt: skip
    """A visit, made or not, written up an hour after it."""
    written = VisitWritten(
        occurred=When.exactly(at - AN_HOUR), children=tuple(children), text=text,
        adults=tuple(story.people[name] for name in adults), **({"place": "home"} | facts),
    )  # fmt: skip
    story.entries[title] = recording.record_visit(by=story.who(by), visit=written, at=at)


def will_visit(
    story: Telling, names: Sequence[str], *, by: str, post: str, at: datetime, starts: datetime, purpose: str,
    place: str = "home", announced: bool = True,
) -> UUID:  # fmt: skip
    """A visit that is planned."""
    return recording.plan_visit(
        by=story.who(by), children=[story.people[name] for name in names], starts_at=starts, place=place,
        announced=announced, purpose=purpose, post=story.post(post), at=at,
    )  # fmt: skip


def appointment(
    story: Telling, title: str, children: Sequence[ChildSeen], *, by: str, at: datetime, on: date, what: str,
    agency: str, text: str = "",
) -> None:  # fmt: skip
    """An appointment of an agency, of which we were told."""
    story.entries[title] = recording.record_appointment(
        by=story.who(by), children=children, what=what, occurred=When.on(on),
        text=text, agency=story.authority.agencies[agency], at=at,
    )  # fmt: skip


def own_account(story: Telling, title: str, name: str, words: str, *, by: str, at: datetime, disagrees: bool) -> None:
    """What a parent or a young person says of what was written."""
    attach_account(
        by=story.who(by), entry=story.entries[title], given_by=story.people[name], words=words, disagrees=disagrees,
        at=at,
    )  # fmt: skip


# --- assessing ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Assessing:
    """A living document, and the round in which these children are assessed."""

    document: UUID
    round: UUID
    children: tuple[str, ...]


def assess(story: Telling, children: Sequence[str], *, by: str, at: datetime, why: str) -> Assessing:
    """Begin to assess, in the assessment that a referral asked for if there is one."""
    keys = [story.people[name] for name in children]
    document = begin_assessment(by=story.who(by), children=keys, why=why, at=at)
    with acting(story.who(by).id):
        found = list_open_rounds(children=keys)[0].id
    return Assessing(document, found, tuple(children))


def write(
    story: Telling, assessing: Assessing, parts: Mapping[str, str | Mapping[str, str]], *, by: str, at: datetime
) -> None:
    """Write parts: a text is about the family, and a text by child about each."""
    who = story.who(by)
    with acting(who.id):
        standing = get_document(assessing.document).parts
    for key, said in parts.items():
        texts = {None: said} if isinstance(said, str) else {story.people[name]: text for name, text in said.items()}
        for about, text in texts.items():
            base = standing[key, about].number if (key, about) in standing else 0
            write_part(
                by=who, assessment=assessing.document, key=key, child=about, text=text, base=base, at=at
            )  # fmt: skip


def found(story: Telling, assessing: Assessing, codes: Mapping[str, Sequence[str]], *, by: str, at: datetime) -> None:
    """What was found in each child's life, by the census's codes."""
    for name, marked in codes.items():
        mark_factors(
            by=story.who(by), assessment=assessing.document, child=story.people[name], codes=marked, at=at
        )  # fmt: skip


def ask_evidence(
    story: Telling, assessing: Assessing, mailbox: str, name: str, *, by: str, at: datetime, question: str
) -> Composed:
    """Ask a professional what they know, by link."""
    composed = ask_for_evidence(
        by=story.who(by), round=assessing.round, agency_post=story.authority.mailboxes[mailbox], name=name,
        question=question, at=at,
    )  # fmt: skip
    desk.send_now(story, composed, by=by, at=at)
    return composed


def evidence_comes(composed: Composed, *, at: datetime, text: str, signed: str) -> None:
    """They answer by the link, and the clock brings it on to the children's records."""
    reply = desk.answered(composed, kind="answer", text=text, signed=signed, at=at)
    bring_reply(by=ensure_clock_account(), reply=reply, at=at + timedelta(minutes=5))


def send(
    story: Telling, assessing: Assessing, *, by: str, at: datetime, missing: Mapping[str, str] | None = None
) -> None:
    """Send it to the manager, with the reasons for what is not there about each child."""
    reasons = {(key, story.people[name]): why for name in assessing.children for key, why in (missing or {}).items()}
    send_to_manager(by=story.who(by), round=assessing.round, reasons=reasons, at=at)


def sign(story: Telling, title: str, assessing: Assessing, outcome: str, *, by: str, at: datetime, **said: Any) -> None:
    """A manager authorises it; the dated assessment is kept under this title."""
    accepted = _accepted(story, assessing, by=by, at=at) if ends_here(outcome) else {}
    entry = sign_off(by=story.who(by), round=assessing.round, outcome=outcome, accepted=accepted, at=at, **said)
    if entry is not None:
        story.entries[title] = entry


def _accepted(story: Telling, assessing: Assessing, *, by: str, at: datetime) -> Answers:
    """Whatever else is open is answered for when the involvement ends, which is what comes next."""
    with acting(story.who(by).id):
        matters = matters_beside_round(get_round(assessing.round), at=at)
    because = "It is answered for before the involvement ends."
    return {one.name: Answer(accepted_because=because) for one in matters}


def told_plainly(story: Telling, title: str, name: str, text: str, *, by: str, at: datetime) -> None:
    """What one person is given of a signed assessment."""
    write_version_for(
        by=story.who(by), entry=story.entries[title], recipient=story.people[name], text=text, base=0, at=at
    )  # fmt: skip


def conclude(
    story: Telling, children: Sequence[str], adult: str, words: str, *, by: str, at: datetime, basis: str
) -> None:
    """A conclusion about an adult, with what it rests on."""
    record_conclusion(
        by=story.who(by), children=[story.people[name] for name in children], adult=story.people[adult], words=words,
        basis=basis, concluded_on=local_day(at), at=at,
    )  # fmt: skip


def works_with(
    story: Telling, children: Sequence[str], mailbox: str, name: str, role: str, *, by: str, at: datetime
) -> None:
    """Somebody at an agency works with these children."""
    for one in children:
        involve(
            by=story.who(by), child=story.people[one], agency_post=story.authority.mailboxes[mailbox], name=name,
            role=role, from_on=local_day(at), at=at,
        )  # fmt: skip


# --- plans --------------------------------------------------------------------------------------


def aim(story: Telling, plan: UUID, words: str, *, by: str, at: datetime, about: str = "", **facts: Any) -> UUID:
    """What is to be different, for one child or for all."""
    return plans.add_outcome(
        by=story.who(by), plan=plan, words=words, child=story.people[about] if about else None, at=at, **facts
    )


def agree(
    story: Telling, plan: UUID, what: str, who_does: str, *, by: str, at: datetime, post: str, **facts: Any
) -> UUID:
    """An action: what, who, and by when."""
    return plans.agree_action(
        by=story.who(by), plan=plan, what=what, who=who_does, post=story.post(post), at=at, **facts
    )


def ask_help(
    story: Telling, children: Sequence[str], what: str, of_whom: str, *, by: str, at: datetime, post: str,
    plan: UUID | None = None, mailbox: str = "",
) -> UUID:  # fmt: skip
    """Help is asked for; it waits until somebody says that it began."""
    return plans.ask_service(
        by=story.who(by), children=[story.people[name] for name in children], what=what, of_whom=of_whom,
        asked_on=local_day(at), post=story.post(post), plan=plan,
        agency_post=story.authority.mailboxes[mailbox] if mailbox else None, at=at,
    )  # fmt: skip


def said_of_plan(story: Telling, plan: UUID, name: str, said: str, *, by: str, at: datetime, words: str = "") -> None:
    """Whether somebody agrees to a plan."""
    plans.record_agreement(
        by=story.who(by), plan=plan, person=story.people[name], said=said, said_on=local_day(at), words=words, at=at
    )


def stands(
    story: Telling, title: str, plan: UUID, *, by: str, at: datetime, signed: Mapping[str, str] | None = None,
    unsigned: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """The plan as it stands: who `signed`, in which capacity, and why others did not."""
    given = [SignatureGiven(name, story.people.get(name), as_what, local_day(at))
             for name, as_what in (signed or {}).items()]  # fmt: skip
    given += [SignatureGiven(name, story.people.get(name), not_signed_because=why)
              for name, why in (unsigned or {}).items()]  # fmt: skip
    story.entries[title] = plans.make_version(by=story.who(by), plan=plan, signatures=given, at=at)


def review(
    story: Telling, title: str, plan: UUID, text: str, *, by: str, at: datetime, attended: str,
    progress: Mapping[UUID, tuple[int | None, str]], **said: Any,
) -> None:  # fmt: skip
    """A review is held: `progress` has a number and words by the key of an outcome."""
    given = [ProgressGiven(outcome, scale, words) for outcome, (scale, words) in progress.items()]
    story.entries[title] = plans.hold_review(
        by=story.who(by), plan=plan, held_on=local_day(at), text=text, attended=attended, progress=given, at=at, **said
    )


def began(story: Telling, service: UUID, *, by: str, at: datetime, on: date, said_by: str) -> None:
    """Somebody says that help which was asked for began."""
    plans.service_began(by=story.who(by), step=service, on=on, said_by=said_by, at=at)


def done(story: Telling, step: UUID, outcome: str, *, by: str, at: datetime) -> None:
    """An action was done."""
    recording.finish_step(by=story.who(by), step=step, outcome=outcome, at=at)


# --- endings ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ending:
    """What a worker writes when they ask a manager to end an involvement."""

    reason: str
    what_changed: str
    how_to_come_back: str
    who_holds_worry: str


def ask_to_end(story: Telling, children: Sequence[str], ending: Ending, *, by: str, at: datetime) -> UUID:
    """A worker asks their manager to end it with these children."""
    return ask_manager_to_end(
        by=story.who(by), children=[story.people[name] for name in children], reason=ending.reason,
        what_changed=ending.what_changed, how_to_come_back=ending.how_to_come_back,
        who_holds_worry=ending.who_holds_worry, at=at,
    )  # fmt: skip


def assess_and_end(
    story: Telling, children: Sequence[str], *, worker: str, by: str, at: datetime, found_out: str, answer: str = ""
) -> None:
    """What a short involvement comes to: a worker assesses, `by` signs it, and authorises the ending."""
    assessing = assess(story, children, by=worker, at=at - timedelta(days=9), why="The referral")
    write(story, assessing, {"analysis": found_out, "decision": "We end."}, by=worker, at=at - timedelta(days=2))
    send(story, assessing, by=worker, at=at - timedelta(days=2) + AN_HOUR,
         missing={"childs_day": "It stands in the notes of the visits."})  # fmt: skip
    sign(story, f"{children[0]}, assessed", assessing, "help_of_others", by=by, at=at - AN_HOUR)
    step = ask_to_end(story, children, Ending(
        "closed_after_assessment", what_changed=found_out,
        how_to_come_back="Ring the Front Door. Nobody has to explain it all again: this is read first.",
        who_holds_worry="The school, and the family themselves.",
    ), by=worker, at=at - timedelta(minutes=40))  # fmt: skip
    end(story, step, children, by=by, at=at, answer=answer)


def end(story: Telling, step: UUID, children: Sequence[str], *, by: str, at: datetime, answer: str = "") -> None:
    """A manager authorises an ending, with the same answer to whatever is open."""
    who = story.who(by)
    with acting(who.id):
        matters = matters_to_answer(children=[story.people[name] for name in children], at=at)
    answers = {one.name: Answer(outcome=answer) for one in matters}
    authorise_ending(by=who, step=step, answers=answers, closed_on=local_day(at), at=at)

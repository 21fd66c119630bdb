"""Sending a round to a manager, and what the manager does with it. Part of this room's operations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.assessments.kinds import form_of, kind_in, outcome_of, questions_of
from sightline.assessments.models import (
    Factor,
    Missing,
    PartAbout,
    PartVersion,
    Round,
    RoundChild,
    SignedAssessment,
    SignedFactor,
    Turn,
)
from sightline.assessments.permissions import (
    refuse_unless_may_authorise,
    refuse_unless_may_return,
    refuse_unless_may_stop,
    refuse_unless_may_submit,
    refuse_unless_sees_whole,
)
from sightline.assessments.reading_documents import NOT_THERE
from sightline.assessments.rules import (
    PartKey,
    Standing,
    in_form_order,
    missing_places,
    refuse_unless_moves,
    section_of,
    standing_of,
)
from sightline.assessments.signed_words import words_of_evidence, words_of_missing
from sightline.assessments.voiding import SIGNING_STEP, close_signing
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack
from sightline.record.models import Entry, Step
from sightline.record.operations import LeftOpenGiven, close_step, leave_open, open_step, tell, write_entry
from sightline.record.queries import get_open_episodes
from sightline.record.rules import Concerned, Words
from sightline.workforce.models import Post
from sightline.workforce.queries import get_post

OUTCOME_HEADING = "assessment_outcome"
LONGEST_LATE = 500


@dataclass(frozen=True)
class _Held:
    """A round whose step is locked, with its children and what has happened to its signing so far."""

    round: Round
    step: Step
    children: tuple[UUID, ...]
    turns: tuple[Turn, ...]

    @property
    def standing(self) -> Standing:
        return standing_of(turn.kind for turn in self.turns)

    @property
    def last_sent(self) -> Turn | None:
        return next((turn for turn in reversed(self.turns) if turn.kind == Turn.Kind.SUBMITTED), None)

    @property
    def put_their_name(self) -> set[UUID]:
        """Who sent it, and who has authorised it since."""
        sent = self.last_sent
        since = [turn for turn in self.turns if sent and (turn.at, turn.id) >= (sent.at, sent.id)]
        return {turn.by for turn in since if turn.kind in (Turn.Kind.SUBMITTED, Turn.Kind.SENT_ON)}


def _hold(round: UUID, *, even_closed: bool = False) -> _Held:  # noqa: A002 - the field's noun
    """Two who act on one round wait for each other, and the second sees what the first did."""
    step = Step.objects.select_for_update().filter(id=round).first()
    found = Round.objects.filter(step=round).first()
    if step is None or found is None:
        raise NotFound(NOT_THERE)
    held = _Held(
        round=found,
        step=step,
        children=tuple(RoundChild.objects.filter(round=round).order_by("id").values_list("child", flat=True)),
        turns=tuple(Turn.objects.filter(round=round).order_by("at", "id")),
    )
    if step.closed_at is not None and held.standing != Standing.SIGNED and not even_closed:
        raise Refusal("This assessment ended unsigned. Begin the next one from the child's record.")
    return held


@act("submit")
def submit(
    *,
    by: Actor,
    round: UUID,  # noqa: A002 - the field's noun
    to_post: UUID,
    at: datetime,
    reasons: Mapping[PartKey, str] | None = None,
) -> UUID:
    """Send a round to a manager's post, as its author. Returns the step by which the manager is asked.

    Never refused for what is empty: a part that a whole assessment needs and nobody wrote is kept as
    missing, with the reason given for it, or none. Sent again to another manager, the first is no
    longer asked. For a child in need the author is a registered social worker (Working Together
    2023, chapter 3); for early help a family support worker may be.
    """
    held = _hold(round)
    refuse_unless_may_submit(by, in_need=_in_need(held))
    refuse_unless_sees_whole(round)
    refuse_unless_moves(held.standing, Turn.Kind.SUBMITTED)
    _refuse_unless_manager_s(by, to_post)
    turn = Turn.objects.create(round_id=round, kind=Turn.Kind.SUBMITTED, at=at, by=by.id, to_post=to_post)
    _keep_missing(turn, held, current_pack(at), reasons or {})
    close_signing(round, held.round.assessment_id, outcome="Sent to another manager", by=by, at=at)
    touch(*held.children)
    return _ask_manager(held, to_post, by=by, at=at)


def _in_need(held: _Held) -> bool:
    """Whether any of the children was in need when the round began: open to us, or referred for it."""
    return held.step.arose_from_id is not None or bool(get_open_episodes(held.children, as_at=held.round.began_at))


def _refuse_unless_manager_s(by: Actor, post: UUID) -> None:
    if get_post(post).kind != Post.Kind.MANAGER:
        raise Refusal("Choose a manager's post: a manager authorises an assessment.", field="to_post")
    if post in by.posts:
        raise Refusal(
            "You stand in that post yourself, and nobody authorises their own assessment. Choose another manager's.",
            field="to_post",
        )


def _keep_missing(turn: Turn, held: _Held, pack: Pack, reasons: Mapping[PartKey, str]) -> None:
    written = {(part.key, part.child_id) for part in _parts(held)}
    needed = missing_places(form_of(pack, held.round.kind), held.children, written)
    given = [place for place in reasons if place not in written and place not in needed]
    Missing.objects.bulk_create(
        Missing(turn_id=turn.id, key=key, child_id=child, reason=reasons.get((key, child), "").strip())
        for key, child in [*needed, *given]
    )


def _parts(held: _Held) -> list[PartVersion]:
    """What the document says now of these children and of their family, where it says anything."""
    said = PartVersion.objects.filter(assessment=held.round.assessment_id, replaced_at=None).exclude(text="")
    return [part for part in said if part.child_id is None or part.child_id in held.children]


def _ask_manager(held: _Held, post: UUID, *, by: Actor, at: datetime) -> UUID:
    pack = current_pack(at)
    rule = pack.timescale("assessment.authorise", local_day(at))
    return open_step(
        by=by,
        kind=SIGNING_STEP,
        post=post,
        people=held.children,
        words=f"Read the {in_sentence(str(kind_in(pack, held.round.kind).title))}, and authorise it or return it",
        due_at=due_from(rule, at),
        due_rule=pack.cite(rule.key),
        arose_from=held.step.arose_from_id,
        subject=held.step.id,
        at=at,
    )


@act("return_for_edits")
def return_for_edits(*, by: Actor, round: UUID, words: str, at: datetime) -> None:  # noqa: A002 - the field's noun
    """Give a round back to its worker with what should change. Refuses without words."""
    refuse_unless_may_return(by)
    if not words.strip():
        raise Refusal("Say what should change, so that the worker knows.", field="words")
    held = _hold(round)
    refuse_unless_moves(held.standing, Turn.Kind.RETURNED)
    Turn.objects.create(round_id=round, kind=Turn.Kind.RETURNED, at=at, by=by.id, words=words.strip())
    close_signing(round, held.round.assessment_id, outcome="Returned for edits", by=by, at=at)
    _tell_worker(held, "assessment_returned", by=by, at=at)
    touch(*held.children)


def _tell_worker(held: _Held, kind: str, *, by: Actor, at: datetime) -> None:
    if held.step.post_id not in by.posts:
        tell(post=held.step.post_id, kind=kind, person=held.children[0], subject=held.round.assessment_id, at=at)


@act("authorise")
def authorise(
    *,
    by: Actor,
    round: UUID,  # noqa: A002 - the field's noun
    outcome: str,
    at: datetime,
    late_because: str = "",
    send_on_to: UUID | None = None,
    words: str = "",
    left_open: Sequence[LeftOpenGiven] = (),
) -> UUID | None:
    """Authorise a round, as a manager. Returns the entry of the dated assessment, or None where it is sent on.

    The dated assessment is what the document says at this moment, one passage for each part, and stands
    as it was signed; the document goes on. Its step closes, and with it the clock: late, `late_because`
    is asked for and never required. `send_on_to` sends it to a second manager's post instead, whose
    signature closes it. `left_open` is kept beside the signature: what is open, and why that is accepted.

    Refuses whoever is no manager, who sent it, or who has authorised it already: where a manager wrote it
    themselves, only another manager may. Refuses what changed after it was sent.
    Working Together 2023, chapter 3 (assessment; management oversight).
    """
    held = _hold(round)
    refuse_unless_may_authorise(by, signed_before=held.put_their_name)
    refuse_longer(late_because, LONGEST_LATE, field="late_because", what="why it is late")
    refuse_unless_sees_whole(round)
    refuse_unless_moves(held.standing, Turn.Kind.SENT_ON if send_on_to else Turn.Kind.AUTHORISED)
    _refuse_if_changed(held)
    pack = current_pack(at)
    label = str(outcome_of(pack, held.round.kind, outcome).label)
    touch(*held.children, outcome=outcome)
    if send_on_to is not None:
        _send_on(held, send_on_to, outcome, words, by=by, at=at)
        return None
    entry = _write_signed(held, pack, label, by=by, at=at)
    leave_open(by=by, entry=entry, left_open=left_open, at=at)
    _sign(held, entry, outcome, late_because, words, by=by, at=at)
    # The manager may see the children only because they were asked, so what asked them closes last.
    close_step(by=by, step=round, closed_by=entry, outcome=label, late_because=late_because, at=at)
    close_signing(round, held.round.assessment_id, outcome="Authorised", entry=entry, by=by, at=at)
    _tell_worker(held, "assessment_signed", by=by, at=at)
    return entry


def _refuse_if_changed(held: _Held) -> None:
    """Also by somebody to whom the round itself is closed, and whose edit could not make it void."""
    sent = held.last_sent
    if sent is not None and any(part.written_at > sent.at for part in _parts(held)):
        raise Refusal(
            "This assessment was changed after it was sent. Return it, so that it is read and sent again as it is now."
        )


def _send_on(held: _Held, post: UUID, outcome: str, words: str, *, by: Actor, at: datetime) -> None:
    _refuse_unless_manager_s(by, post)
    Turn.objects.create(
        round_id=held.step.id,
        kind=Turn.Kind.SENT_ON,
        at=at,
        by=by.id,
        to_post=post,
        outcome=outcome,
        words=words.strip(),
    )
    close_signing(held.step.id, held.round.assessment_id, outcome="Authorised and sent on", by=by, at=at)
    _ask_manager(held, post, by=by, at=at)


def _write_signed(held: _Held, pack: Pack, outcome: str, *, by: Actor, at: datetime) -> UUID:
    """One passage for each part, in the form's order, under its question's key, about whom it was about.

    After them what was not written, with the reason, and who was asked for evidence.
    """
    parts = {(part.key, part.child_id): part for part in _parts(held)}
    about = _about(held, [part.id for part in parts.values()])
    words = [Words(text=outcome, about=held.children, heading=OUTCOME_HEADING)]
    words += [
        Words(text=parts[place].text, about=about[parts[place].id], heading=place[0], section=section_of(place[0]))
        for place in in_form_order(form_of(pack, held.round.kind), held.children, parts)
        # Written before these children were in the document, and so not about them.
        if about.get(parts[place].id)
    ]
    words += words_of_missing(held.last_sent, held.children, questions_of(pack, held.round.kind))
    words.append(words_of_evidence(held.step.id, held.children))
    return write_entry(
        by=by,
        kind=Entry.Kind.ASSESSMENT,
        concerned=[Concerned(child) for child in held.children],
        words=words,
        post=held.step.post_id,
        form=f"{pack.key}:{pack.version}",
        at=at,
    )


def _about(held: _Held, parts: list[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    found: dict[UUID, tuple[UUID, ...]] = {}
    rows = PartAbout.objects.filter(part__in=parts, person__in=held.children).order_by("id")
    for part, person in rows.values_list("part", "person"):
        found[part] = (*found.get(part, ()), person)
    return found


def _sign(
    held: _Held, entry: UUID, outcome: str, late_because: str, words: str, *, by: Actor, at: datetime
) -> None:  # fmt: skip
    SignedAssessment.objects.create(
        entry_id=entry,
        assessment_id=held.round.assessment_id,
        round_id=held.step.id,
        started_on=held.round.started_on,
        authorised_at=at,
        authorised_by=by.id,
        outcome=outcome,
        late_because=late_because.strip(),
    )
    found = Factor.objects.filter(
        assessment=held.round.assessment_id, child__in=held.children, removed_at=None
    ).values_list("child", "code")
    SignedFactor.objects.bulk_create(SignedFactor(signed_id=entry, child_id=child, code=code) for child, code in found)
    Turn.objects.create(
        round_id=held.step.id, kind=Turn.Kind.AUTHORISED, at=at, by=by.id, outcome=outcome, words=words.strip()
    )


@act("stop_round")
def stop_round(*, by: Actor, round: UUID, because: str, at: datetime) -> None:  # noqa: A002 - the field's noun
    """End a round unsigned, as a manager, with why: the family moved away, or it is no longer needed.

    The document keeps what was written, and the next round goes on from it.
    """
    refuse_unless_may_stop(by)
    if not because.strip():
        raise Refusal("Say why this assessment ends unsigned.", field="because")
    held = _hold(round, even_closed=True)
    if held.step.closed_at is not None:
        raise Refusal("This assessment has ended already. Look at the record for how.")
    close_step(by=by, step=round, outcome=f"Ended unsigned: {because.strip()}"[:200], at=at)
    close_signing(round, held.round.assessment_id, outcome="Ended unsigned", by=by, at=at)
    _tell_worker(held, "assessment_stopped", by=by, at=at)
    touch(*held.children)

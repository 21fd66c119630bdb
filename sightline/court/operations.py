"""The only writer of this room: what is done before a court is asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sightline.court.models import PreProceedings
from sightline.court.permissions import refuse_unless_may_decide_before_court
from sightline.court.rules import (
    DAYS,
    FIRST,
    FOLLOWING,
    LINE,
    codes_to_court,
    next_owed,
    outcomes_of,
    refuse_blank,
    refuse_day,
)
from sightline.court.standing import (
    NOTHING,
    Said,
    begin_next,
    hold,
    hold_one,
    standing_of,
    still_open,
    write,
    write_about,
)
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.reading import day_words
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.record.models import Step
from sightline.record.operations import finish_for, open_step
from sightline.record.permissions import refuse_unless_may_write

STEP = "pre_proceedings"
STEP_WORDS = "Pre-proceedings"

__all__ = [
    "Said",
    "applied_to_court",
    "begin",
    "correct_days",
    "decide",
    "family_meeting",
    "hold_meeting",
    "letter_sent",
]


@act("begin_pre_proceedings")
def begin(
    *,
    by: Actor,
    children: Iterable[UUID],
    decided_on: date,
    why: str,
    post: UUID,
    at: datetime,
    advice: str = "",
    documents: Sequence[UUID] = (),
) -> UUID:
    """A manager decides that pre-proceedings begin for one or several children; returns the step that carries them.

    One entry for all of them, a row for each, and what is owed next on the post's desk. They may begin before
    a birth. `advice` is what a lawyer said, which fewer people read. Refuses whoever is no manager, no
    reason, a day to come, and a child for whom they go on already (Public Law Outline, Practice Direction 12A).
    """
    refuse_unless_may_decide_before_court(by)
    chosen = list(dict.fromkeys(children))
    if not chosen:
        raise Refusal("Choose at least one child.", field="children")
    refuse_unless_may_write(by, chosen)
    started = refuse_day(decided_on, at=at, field="decided_on", what="it was decided to begin")
    said = Said(refuse_blank(why, "Write why pre-proceedings begin.", field="why"), advice, tuple(documents))
    _refuse_twice(chosen)
    pack = current_pack(at)
    owed = next_owed(pack, {"started_on": started}, "begun")
    step = open_step(
        by=by, kind=STEP, post=post, people=chosen, words=STEP_WORDS, at=at,
        due_at=owed.due_at if owed else None, due_rule=owed.rule if owed else "",
    )  # fmt: skip
    first = f"It was decided on {day_words(started)} that pre-proceedings begin."
    entry = write_about(by, chosen, "pre_proceedings", first, said, at=at, on=started, step=step)
    PreProceedings.objects.bulk_create(
        PreProceedings(
            child_id=child, step_id=step, entry_id=entry, started_on=started, review_meetings=0, recorded_at=at,
            by=by.id,
        )
        for child in chosen
    )  # fmt: skip
    touch(*chosen)
    return step


def _refuse_twice(children: Sequence[UUID]) -> None:
    rows = PreProceedings.objects.filter(child__in=children, withdrawn_at=None, applied_on=None, outcome="")
    standing = rows.filter(step__closed_at=None, step__isnull=False).order_by("id").first()
    if standing is not None:
        header = get_names(people=[standing.child_id]).get(standing.child_id)
        name = (header.known_as or header.name) if header else "This child"
        since = f" since {day_words(standing.started_on)}" if standing.started_on else ""
        raise Refusal(
            f"Pre-proceedings go on for {name}{since}. Record what happens next there, or how they ended.",
            field="children",
        )


@act("letter_sent")
def letter_sent(
    *, by: Actor, step: UUID, sent_on: date, at: datetime, children: Iterable[UUID] = (), said: Said = NOTHING
) -> UUID:
    """The letter before proceedings was sent to the parents. A day that stood already is replaced, and both are told.

    `children` are those whom it is about, all of them where it is empty.
    """
    rows = hold(by, step, children)
    for row in rows:
        refuse_day(sent_on, at=at, field="sent_on", what="the letter was sent", not_before=row.started_on)
    first = f"The letter before proceedings was sent on {day_words(sent_on)}.{_before(rows, 'letter_sent_on', sent_on)}"
    entry = write(by, rows, "letter_before", first, said, at=at, on=sent_on)
    _keep(by, rows, {"letter_sent_on": sent_on}, at)
    return entry


@act("family_meeting")
def family_meeting(
    *,
    by: Actor,
    step: UUID,
    offered: bool,
    held: bool | None,
    at: datetime,
    children: Iterable[UUID] = (),
    said: Said = NOTHING,
) -> UUID:
    """Whether family group decision making was offered, and whether that meeting took place. None is not known yet."""
    rows = hold(by, step, children)
    if held and not offered:
        raise Refusal("A meeting that took place was offered. Say that it was.", field="offered")
    was = "was offered" if offered else "was not offered"
    came = {True: " It took place.", False: " It did not take place.", None: ""}[held]
    first = f"A family group decision making meeting {was}.{came}"
    entry = write(by, rows, "family_meeting", first, said, at=at)
    _keep(by, rows, {"meeting_offered": offered, "meeting_held": held}, at)
    return entry


@act("hold_pre_proceedings_meeting")
def hold_meeting(
    *,
    by: Actor,
    step: UUID,
    kind: str,
    held_on: date,
    at: datetime,
    children: Iterable[UUID] = (),
    said: Said = NOTHING,
) -> UUID:
    """A meeting with the parents and their lawyers: the first, or a review of what was agreed.

    It may be recorded late and out of order. Refuses a second first meeting, whose day is put right instead.
    """
    if kind not in {FIRST, FOLLOWING}:
        raise Refusal("Choose whether this was the first meeting or a review.", field="kind")
    rows = hold(by, step, children)
    for row in rows:
        refuse_day(held_on, at=at, field="held_on", what="you met", not_before=row.started_on)
        if kind == FIRST and row.first_meeting_on is not None:
            raise Refusal(
                f"The first meeting was on {day_words(row.first_meeting_on)}. Record this one as a review, "
                "or put that day right.",
                field="kind",
            )
    name = "The first pre-proceedings meeting" if kind == FIRST else "A review meeting of pre-proceedings"
    entry = write(
        by, rows, f"{kind}_meeting", f"{name} was held on {day_words(held_on)}.", said, at=at, on=held_on
    )  # fmt: skip
    for row in rows:
        if kind == FIRST:
            row.first_meeting_on = held_on
        else:
            row.review_meetings = (row.review_meetings or 0) + 1
        row.last_met_on = max(day for day in (row.last_met_on, held_on) if day)
    _save(by, rows, ["first_meeting_on", "review_meetings", "last_met_on"], at)
    return entry


@act("decide_pre_proceedings")
def decide(
    *,
    by: Actor,
    step: UUID,
    outcome: str,
    decided_on: date,
    why: str,
    at: datetime,
    children: Iterable[UUID] = (),
    advice: str = "",
    documents: Sequence[UUID] = (),
) -> UUID:
    """A manager decides how they end: a code of the pack's list. Towards a court the step goes on until it is asked.

    For some children it may be decided otherwise, or later, than for others. Refuses whoever is no manager,
    an outcome that is not on the list, no reason, and a child for whom it was decided.
    """
    refuse_unless_may_decide_before_court(by)
    rows = still_open(hold(by, step, children), at)
    pack = current_pack(at)
    named = {one.code or one.key: str(one.label) for one in outcomes_of(pack)}
    if outcome not in named:
        raise Refusal("Choose how pre-proceedings end.", field="outcome")
    for row in rows:
        refuse_day(decided_on, at=at, field="decided_on", what="this was decided", not_before=row.started_on)
    said = Said(refuse_blank(why, "Write why.", field="why"), advice, tuple(documents))
    first = f"It was decided on {day_words(decided_on)}: {named[outcome].rstrip('.')}."
    entry = write(by, rows, "pre_proceedings_decided", first, said, at=at, on=decided_on)
    _keep(by, rows, {"decided_on": decided_on, "outcome": outcome}, at)
    if outcome not in codes_to_court(pack):
        _finish(by, rows, entry, named[outcome], at)
    return entry


@act("applied_to_court")
def applied_to_court(
    *,
    by: Actor,
    step: UUID,
    applied_on: date,
    at: datetime,
    letter_of_issue_on: date | None = None,
    children: Iterable[UUID] = (),
    said: Said = NOTHING,
) -> UUID:
    """The court was applied to, and pre-proceedings are over; when the parents were told in a letter, if they were.

    It may be recorded where no manager's decision is: then whoever is no manager is refused, since it decides it.
    """
    rows = [row for row in hold(by, step, children) if row.applied_on is None]
    if not rows:
        raise Refusal("The application is recorded already. A wrong date can be put right.", field="applied_on")
    pack = current_pack(at)
    to_court = codes_to_court(pack)
    if any(row.outcome not in to_court for row in rows):
        refuse_unless_may_decide_before_court(by)
    for row in rows:
        refuse_day(applied_on, at=at, field="applied_on", what="the court was applied to", not_before=row.started_on)
    if letter_of_issue_on is not None:
        refuse_day(letter_of_issue_on, at=at, field="letter_of_issue_on", what="the letter was sent")
    told = f" The parents were told in a letter of {day_words(letter_of_issue_on)}." if letter_of_issue_on else ""
    first = f"The court was applied to on {day_words(applied_on)}.{told}"
    entry = write(by, rows, "applied", first, said, at=at, on=applied_on)
    for row in rows:
        row.applied_on, row.letter_of_issue_on = applied_on, letter_of_issue_on
        if row.outcome not in to_court:
            row.outcome, row.decided_on = min(to_court, default=""), row.decided_on or applied_on
    _save(by, rows, ["applied_on", "letter_of_issue_on", "outcome", "decided_on"], at)
    _finish(by, rows, entry, "The court was applied to", at)
    return entry


@act("correct_pre_proceedings")
def correct_days(
    *, by: Actor, pre_proceedings: UUID, days: Mapping[str, date | None], reason: str, at: datetime
) -> UUID:
    """Put right days that are kept of one child's pre-proceedings; an entry says what stood before, and why.

    `days` has those that change, None where it did not happen. Refuses no reason, a day to come, and none to begin.
    """
    because = refuse_blank(reason, "Say why these days are put right.", field="reason")
    refuse_longer(because, LINE, field="reason", what="why these days are put right")
    row = hold_one(by, pre_proceedings)
    rows = [row]
    changed = {name: day for name, day in days.items() if name in DAYS and getattr(row, name) != day}
    if not changed:
        raise Refusal("Nothing is different. Change a day, or go back.", field="reason")
    for name, day in changed.items():
        if day is not None or name == "started_on":
            refuse_day(day, at=at, field=name, what=DAYS[name])
    lines = [
        f"The day on which {DAYS[name]} is put right: {_from_to(row, name, day)}." for name, day in changed.items()
    ]
    entry = write(by, rows, "put_right", "\n\n".join([*lines, f"Because: {because}"]), NOTHING, at=at)
    _keep(by, rows, changed, at)
    return entry


def _from_to(row: PreProceedings, name: str, day: date | None) -> str:
    before = getattr(row, name)
    return f"{day_words(day) if day else 'none'}, recorded before as {day_words(before) if before else 'none'}"


def _before(rows: Sequence[PreProceedings], name: str, now: date) -> str:
    stood = {getattr(row, name) for row in rows} - {None, now}
    return "".join(f" Recorded before as: {day_words(day)}." for day in sorted(stood))


def _keep(by: Actor, rows: Sequence[PreProceedings], facts: Mapping[str, object], at: datetime) -> None:
    for row in rows:
        for name, value in facts.items():
            setattr(row, name, value)
    _save(by, rows, list(facts), at)


def _save(by: Actor, rows: Sequence[PreProceedings], fields: Sequence[str], at: datetime) -> None:
    for row in rows:
        row.save(update_fields=fields)
    touch(*(row.child_id for row in rows))
    begin_next(by, rows, at)


def _finish(by: Actor, rows: Sequence[PreProceedings], entry: UUID, outcome: str, at: datetime) -> None:
    """End the step for these children; it goes on for those who still wait for a decision."""
    step = rows[0].step_id
    if step is not None and Step.objects.filter(id=step, closed_at=None).exists():
        ended = [row.child_id for row in rows if standing_of(row, at) in {"applied", "ended"}]
        finish_for(by=by, step=step, children=ended, closed_by=entry, outcome=outcome[:200], at=at)

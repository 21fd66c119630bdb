"""What the acts of this room find before they write, and how they write an entry. Part of its operations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.court.models import PreProceedings
from sightline.court.rules import DAYS, codes_to_court, next_owed, state_of
from sightline.doorway.actor import Actor
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.practice.queries import current_pack
from sightline.record.models import Entry, Step
from sightline.record.operations import set_due, write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Concerned, Words


@dataclass(frozen=True)
class Said:
    """What was written of an act: in our words, what a lawyer advised, and the files that came with it."""

    words: str = ""
    advice: str = ""
    documents: tuple[UUID, ...] = ()


NOTHING = Said()
"""Of an act about which no words were written."""


def hold(by: Actor, step: UUID, children: Iterable[UUID] = ()) -> list[PreProceedings]:
    """The rows of one step, held until this act is over: those of some children, or of all whom the writer sees.

    Refuses whoever does not record. Absent and hidden read alike.
    """
    rows = PreProceedings.objects.select_for_update().filter(step_id=step, withdrawn_at=None)
    chosen = list(children)
    found = list((rows.filter(child__in=chosen) if chosen else rows).order_by("id"))
    if not found or (chosen and {row.child_id for row in found} != set(chosen)):
        raise NotFound("There are no such pre-proceedings among the children that you work with.")
    refuse_unless_may_write(by, [row.child_id for row in found])
    return found


def hold_one(by: Actor, pre_proceedings: UUID) -> PreProceedings:
    """One child's row, also where no step carries it, held until this act is over."""
    row = PreProceedings.objects.select_for_update().filter(id=pre_proceedings, withdrawn_at=None).first()
    if row is None:
        raise NotFound("There are no such pre-proceedings among the children that you work with.")
    refuse_unless_may_write(by, [row.child_id])
    return row


def still_open(rows: Sequence[PreProceedings], at: datetime) -> list[PreProceedings]:
    """Those of the rows that have not ended. Refuses where none is left."""
    going_on = [row for row in rows if standing_of(row, at) not in {"applied", "ended"}]
    if not going_on:
        raise Refusal("This was decided already. Look at the record for how; a wrong date can be put right there.")
    return going_on


def days_of(row: PreProceedings) -> dict[str, date | None]:
    """The days that are kept of one child's pre-proceedings."""
    return {name: getattr(row, name) for name in DAYS}


def standing_of(row: PreProceedings, at: datetime) -> str:
    """Where one child's pre-proceedings stand."""
    return state_of(days_of(row), row.outcome, to_court=codes_to_court(current_pack(at)))


def write(
    by: Actor, rows: Sequence[PreProceedings], heading: str, first: str, said: Said, *,
    at: datetime, on: date | None = None, step: UUID | None = None,
) -> UUID:  # fmt: skip
    """One entry about these children: the fact as a sentence, then the words; what a lawyer advised is apart."""
    return write_about(
        by, [row.child_id for row in rows], heading, first, said, at=at, on=on, step=step or rows[0].step_id
    )


def write_about(
    by: Actor, children: Sequence[UUID], heading: str, first: str, said: Said, *,
    at: datetime, on: date | None = None, step: UUID | None = None,
) -> UUID:  # fmt: skip
    """The same before there is a row."""
    about = tuple(children)
    text = "\n\n".join(part for part in (first, said.words.strip()) if part)
    passages = [Words(text, about, heading=heading)]
    if said.advice.strip():
        passages.append(Words(said.advice.strip(), about, heading="legal_advice", section=Section.LEGAL_ADVICE))
    return write_entry(
        by=by,
        kind=Entry.Kind.COURT,
        concerned=[Concerned(child) for child in about],
        words=passages,
        occurred=When.exactly(at) if on in {None, local_day(at)} else When.on(on),
        post=_post_of(by, step),
        answers={"step": str(step)} if step else {},
        documents=said.documents,
        at=at,
    )


def _post_of(by: Actor, step: UUID | None) -> UUID | None:
    carried = Step.objects.filter(id=step).values_list("post_id", flat=True).first() if step else None
    return carried if carried in by.posts else min(by.posts, default=None)


def begin_next(by: Actor, rows: Sequence[PreProceedings], at: datetime) -> None:
    """Let the step's clock run to what is owed next for any of its children, the soonest; none keeps the last."""
    step = rows[0].step_id
    if step is None or not Step.objects.filter(id=step, closed_at=None).exists():
        return
    pack = current_pack(at)
    every = PreProceedings.objects.filter(step_id=step, withdrawn_at=None)
    owed = [next_owed(pack, days_of(row), standing_of(row, at), row.last_met_on) for row in every]
    dated = [(one.due_at, one.rule) for one in owed if one is not None and one.due_at is not None]
    if dated:
        due_at, rule = min(dated)
        set_due(by=by, step=step, due_at=due_at, due_rule=rule, at=at)

"""Reviews, core groups and review conferences of a plan, and how far it got. Part of this room's operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.plans.models import Outcome, Plan, Progress, Review
from sightline.plans.rules import (
    CONFERENCE,
    CORE_GROUP,
    REVIEW,
    ProgressGiven,
    progress_words,
    refuse_blank,
    refuse_future,
    refuse_meeting,
    worth_keeping,
)
from sightline.plans.standing import children_on, open_to, post_of
from sightline.record.models import Entry
from sightline.record.operations import write_entry
from sightline.record.rules import Concerned, Words

ENTRIES = {REVIEW: Entry.Kind.REVIEW, CORE_GROUP: Entry.Kind.CORE_GROUP, CONFERENCE: Entry.Kind.CONFERENCE}


@act("hold_review")
def hold_review(
    *,
    by: Actor,
    plan: UUID,
    held_on: date,
    at: datetime,
    text: str = "",
    kind: str = REVIEW,
    attended: str = "",
    progress: Sequence[ProgressGiven] = (),
    late_because: str = "",
    entry: UUID | None = None,
    next_on: date | None = None,
) -> UUID:
    """Record a review: who was there, what was said, and how far each outcome has come.

    A protection plan has core groups and review conferences instead (`kind`), each with a clock of its
    own. `entry` is the record of such a meeting where it is written already: then nothing is written
    twice, and progress stands in rows alone. Progress is a number from 0 to 10, or words where a number
    would say less; nothing said of an outcome is nothing recorded. It may be recorded late, out of
    order, or after the plan ended: what is due next is worked out from the day on which the latest was
    held. Why it was held later than due is kept where it is given, and never asked as a condition.
    `next_on` is the day that a chair named for the next conference, sooner than the rule's.
    Refuses a day to come, no words, and a meeting that such a plan does not have.
    """
    found = open_to(by, plan)
    refuse_meeting(found.kind, kind)
    refuse_future(held_on, at=at, field="held_on")
    kept = worth_keeping(progress)
    outcomes = _outcomes(plan, kept)
    written = entry or _write(by, found, _Told(kind, held_on, text, kept, outcomes), at)
    Review.objects.create(
        entry_id=written, plan_id=plan, kind=kind, held_on=held_on, attended=attended.strip(),
        late_because=late_because.strip()[:500], next_on=next_on,
    )  # fmt: skip
    Progress.objects.bulk_create(
        Progress(review_id=written, outcome=one.outcome, scale=one.scale, words=one.words.strip()) for one in kept
    )
    touch(*children_on(plan, held_on))
    return written


@dataclass(frozen=True)
class _Told:
    """What is told of one meeting."""

    kind: str
    held_on: date
    text: str
    progress: Sequence[ProgressGiven]
    outcomes: dict[UUID, Outcome]


def _write(by: Actor, plan: Plan, told: _Told, at: datetime) -> UUID:
    said = refuse_blank(told.text, "Write what was said and decided.", field="text")
    children = children_on(plan.step_id, told.held_on)
    return write_entry(
        by=by,
        kind=ENTRIES[told.kind],
        concerned=[Concerned(child) for child in _all_of(children, told.outcomes)],
        words=_words(said, told.progress, told.outcomes, children),
        occurred=When.exactly(at) if told.held_on == local_day(at) else When.on(told.held_on),
        post=post_of(by, plan.step_id),
        answers={"plan": str(plan.step_id)},
        at=at,
    )


def _outcomes(plan: UUID, progress: Sequence[ProgressGiven]) -> dict[UUID, Outcome]:
    """The latest words of each outcome that progress is recorded of, also of one that has ended since."""
    rows = Outcome.objects.filter(plan_id=plan, root__in=[one.outcome for one in progress]).order_by("from_at", "id")
    found = {row.root: row for row in rows}
    if len({one.outcome for one in progress}) != len(found):
        raise NotFound("There is no such outcome on this plan. Choose one that it has.")
    return found


def _all_of(children: list[UUID], outcomes: dict[UUID, Outcome]) -> list[UUID]:
    own = [one.child_id for one in outcomes.values() if one.child_id]
    return list(dict.fromkeys([*children, *own]))


def _words(
    text: str, progress: Sequence[ProgressGiven], outcomes: dict[UUID, Outcome], children: list[UUID]
) -> list[Words]:
    """What was said of all is about all; how far one child's outcome has come is about that child."""
    words = [Words(text, tuple(children), heading="review")]
    for one in progress:
        outcome = outcomes[one.outcome]
        about = (outcome.child_id,) if outcome.child_id else tuple(children)
        words.append(Words(progress_words(outcome.words, one), about, heading="progress"))
    return words

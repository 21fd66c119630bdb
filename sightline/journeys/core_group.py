"""A core group was held: who came and what each said, how far each outcome has come, and the family's part. One act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.conferences.holding_rules import ChildDecided, Held, Paragraph, ViewGiven
from sightline.conferences.models import Meeting
from sightline.conferences.operations import confirm_invitee, convene, record_outcome
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.plans.operations import ProgressGiven, hold_review
from sightline.plans.permissions import refuse_unless_may_plan
from sightline.plans.queries import PlanLine, get_plan
from sightline.plans.rules import CORE_GROUP, PROTECTION
from sightline.record.operations import close_step, open_step

STEP = "core_group"
NOT_SAID = "Not said"


@dataclass(frozen=True)
class MemberGiven:
    """Somebody of the core group: exactly one of `agency_post`, `post` and `person`, or a name alone.

    What they said is their own view. Of the family it is also kept whether they may know of the next (`safe`).
    """

    agency_post: UUID | None = None
    post: UUID | None = None
    person: UUID | None = None
    name: str = ""
    role: str = ""
    attendance: str = ""
    deputy: str = ""
    view: ViewGiven | None = None
    safe: str = "no"
    safe_because: str = NOT_SAID


@dataclass(frozen=True)
class CoreGroupHeld:
    """A core group as it was held. `children` say each child's part in it, `parents` what the parents' part was."""

    held_at: datetime
    text: str
    members: tuple[MemberGiven, ...] = ()
    children: tuple[ChildDecided, ...] = ()
    parents: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    progress: tuple[ProgressGiven, ...] = ()
    place: str = ""
    how: str = "in_person"
    late_because: str = ""
    next_on: date | None = None


@act("hold_core_group")
def hold_core_group(*, by: Actor, plan: UUID, held: CoreGroupHeld, at: datetime) -> UUID:
    """Record a core group of a protection plan, also long after it was held; returns its meeting.

    It is on the record once, with each member's attendance and view, each child's and the parents' part, and how
    far each outcome has come; the next one is worked out from the day on which it was held. Whoever makes plans
    records it. Refuses a plan of another kind, a day to come, and no words (Working Together 2023, chapter 3).
    """
    refuse_unless_may_plan(by)
    line = get_plan(plan).line
    if line.kind != PROTECTION:
        raise Refusal("Only a child protection plan has core groups. Record a review of this plan.")
    if not held.text.strip():
        raise Refusal("Write what was said and decided.", field="text")
    if held.held_at > at:
        raise Refusal("That has not happened yet. Check the date and time.", field="held_at")
    meeting = _convene(by, line, held, at)
    members = {_confirm(by, meeting, one, at): one for one in held.members}
    entry = record_outcome(by=by, meeting=meeting, held=_as_held(line, held, members), at=at)
    hold_review(
        by=by, plan=plan, kind=CORE_GROUP, held_on=local_day(held.held_at), entry=entry, progress=held.progress,
        late_because=held.late_because, at=at,
    )  # fmt: skip
    close_step(by=by, step=meeting, closed_by=entry, outcome="Held", at=at)
    return meeting


def _children(line: PlanLine, on: date) -> list[UUID]:
    """Those who were on the plan that day; where nobody was, everybody whom it was ever for."""
    there = [one.child for one in line.members if one.from_on <= on < (one.to_on or date.max)]
    return list(dict.fromkeys(there or [one.child for one in line.members]))


def _convene(by: Actor, line: PlanLine, held: CoreGroupHeld, at: datetime) -> UUID:
    children, post = _children(line, local_day(held.held_at)), _post_of(by, line)
    step = open_step(by=by, kind=STEP, post=post, people=children, words="Core group", subject=line.plan, at=at)
    return convene(
        by=by, kind=Meeting.Kind.CORE_GROUP, children=children, starts_at=held.held_at, place=held.place or NOT_SAID,
        how=held.how, chair_post=post, step=step, plan=line.plan, convened_post=post, at=at,
    )  # fmt: skip


def _post_of(by: Actor, line: PlanLine) -> UUID:
    # The post of a plan that has ended may not be read: what is recorded of it late is its recorder's.
    post = line.post or min(by.posts, default=None)
    if post is None:
        raise Refusal("You stand in no post, so nobody would carry this. Ask whoever leads the plan to record it.")
    return post


def _confirm(by: Actor, meeting: UUID, one: MemberGiven, at: datetime) -> UUID:
    return confirm_invitee(
        by=by, meeting=meeting, agency_post=one.agency_post, post=one.post, person=one.person, name=one.name,
        role=one.role, safe_to_tell=one.safe, safe_because=one.safe_because, at=at,
    )  # fmt: skip


def _as_held(line: PlanLine, held: CoreGroupHeld, members: Mapping[UUID, MemberGiven]) -> Held:
    about = tuple(_children(line, local_day(held.held_at)))
    said = [Paragraph(held.text, about)]
    if held.parents.strip():
        said.append(Paragraph(held.parents, about, heading="parents_part"))
    return Held(
        held_at=held.held_at,
        children=held.children,
        attendance={key: (one.attendance, one.deputy) for key, one in members.items()},
        views={key: one.view for key, one in members.items() if one.view is not None},
        paragraphs=(*said, *held.paragraphs),
        next_on=held.next_on,
    )

"""How a meeting begins, is moved to another time or place, or is called off. Part of this room's operations."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.conferences.finding import children_of, hold_meeting, refuse_over, sitting_of
from sightline.conferences.inviting import end_links_of
from sightline.conferences.models import Invitee, Meeting, MeetingChild, Sitting
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.conferences.rules import LONGEST_REASON, refuse_blank
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.record.queries import get_step

LONGEST_PLACE = 200


@act("convene")
def convene(
    *,
    by: Actor,
    kind: str,
    children: Iterable[UUID],
    starts_at: datetime,
    place: str,
    chair_post: UUID,
    step: UUID,
    at: datetime,
    how: str = "",
    enquiry: UUID | None = None,
    plan: UUID | None = None,
    convened_post: UUID | None = None,
) -> UUID:
    """Convene a meeting, which details an open step: so a post carries it from the first moment. Its key is the step's.

    `starts_at` may have passed: what was held without paperwork is recorded after. Nobody is invited by this.
    Refuses nobody to meet about, and no place except by video (Working Together 2023, chapter 3).
    """
    about = list(dict.fromkeys(children))
    if not about:
        raise Refusal("Choose the child or children whom it is about.", field="children")
    refuse_unless_may_convene(by, about)
    if kind not in Meeting.Kind.values:
        raise Refusal("Say which conference it is.", field="kind")
    get_step(step)
    if Meeting.objects.filter(step=step).exists():
        raise Refusal("A meeting is carried by a step of its own. Open one for it first.")
    Meeting(
        step_id=step, kind=kind, chair_post_id=chair_post, convened_by=by.id, convened_at=at,
        convened_post_id=convened_post, enquiry=enquiry, plan=plan,
    ).save(force_insert=True)  # fmt: skip
    MeetingChild.objects.bulk_create(MeetingChild(meeting_id=step, child_id=child) for child in about)
    _sit(step, by, starts_at=starts_at, place=place, how=how, at=at)
    touch(*about, meeting=str(step))
    return step


def _sit(meeting: UUID, by: Actor, *, starts_at: datetime, place: str, how: str, at: datetime) -> None:
    if how and how not in Sitting.How.values:
        raise Refusal("Say how people come: in person, by video, or both.", field="how")
    where = place.strip()
    if how != Sitting.How.VIDEO:
        where = refuse_blank(where, "Say where it is.", field="place")
    if len(where) > LONGEST_PLACE:
        raise Refusal(f"Keep the place to {LONGEST_PLACE} characters.", field="place")
    Sitting(meeting_id=meeting, starts_at=starts_at, place=where, how=how, from_at=at, by=by.id).save(force_insert=True)


@act("move")
def move(
    *, by: Actor, meeting: UUID, starts_at: datetime, place: str, because: str, at: datetime, how: str = ""
) -> None:
    """Another time or place, with why. What stood before is kept, and nobody is told of it by this.

    Whoever had been told is told again by `invite`; whoever had not is still told nothing. Refuses no reason.
    """
    refuse_unless_may_convene(by)
    refuse_over(hold_meeting(meeting))
    said = refuse_blank(because, "Say why it is moved.", field="because", longest=LONGEST_REASON)
    sitting = sitting_of(meeting)
    if sitting is not None:
        sitting.to_at, sitting.moved_because = at, said
        sitting.save(update_fields=["to_at", "moved_because"])
    _sit(meeting, by, starts_at=starts_at, place=place, how=how, at=at)
    touch(*children_of(meeting), meeting=str(meeting))


@act("call_off")
def call_off(*, by: Actor, meeting: UUID, because: str, at: datetime) -> None:
    """It does not take place, with why. What was said for it and who was asked stay; no link to it opens any more.

    Refuses no reason.
    """
    refuse_unless_may_convene(by)
    found = hold_meeting(meeting)
    refuse_over(found)
    found.not_held_because = refuse_blank(
        because, "Say why it does not take place.", field="because", longest=LONGEST_REASON
    )
    found.save(update_fields=["not_held_because"])
    end_links_of(Invitee.objects.filter(meeting=meeting), by=by, at=at)
    touch(*children_of(meeting), meeting=str(meeting))

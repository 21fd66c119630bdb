"""A meeting and its invitees as the acts of this room find them, held until the act is over. Part of its operations."""

from uuid import UUID

from sightline.conferences.models import Invitee, Meeting, MeetingChild, Sitting
from sightline.conferences.rules import Standing
from sightline.kernel.errors import NotFound, Refusal


def hold_meeting(meeting: UUID) -> Meeting:
    """The meeting; two who write for it wait for each other. Absent and hidden read alike."""
    found = Meeting.objects.select_for_update().filter(step=meeting).first()
    if found is None:
        raise NotFound("There is no such meeting among the children that you work with.")
    return found


def hold_invitee(invitee: UUID) -> Invitee:
    """One invitee, with their meeting held first. Absent and hidden read alike."""
    meeting = Invitee.objects.filter(id=invitee).values_list("meeting", flat=True).first()
    if meeting is None:
        raise NotFound("There is nobody like that on the list of this meeting. Open the list again.")
    hold_meeting(meeting)
    return Invitee.objects.select_related("agency_post__agency", "post", "person", "meeting").get(id=invitee)


def children_of(meeting: UUID) -> list[UUID]:
    """The children whom a meeting is about, as far as the reader may see them."""
    return list(MeetingChild.objects.filter(meeting=meeting).order_by("id").values_list("child", flat=True))


def sitting_of(meeting: UUID) -> Sitting | None:
    """When and where it takes place, as it stands now."""
    return Sitting.objects.filter(meeting=meeting, to_at=None).first()


def is_family(row: Invitee) -> bool:
    """Whoever is neither at an agency nor in a post of ours: a parent, the child, a friend who comes with them."""
    return row.agency_post_id is None and row.post_id is None


def standing_of(row: Invitee, sitting: Sitting | None) -> Standing:
    """What decides what this invitee may be told."""
    return Standing(
        family=is_family(row),
        confirmed_at=row.confirmed_at,
        left_out=bool(row.left_out_because),
        safe_to_tell=row.safe_to_tell,
        waits_for_chair=row.waits_for_chair,
        allowed_at=row.allowed_at,
        excluded_at=row.excluded_at,
        told_at=row.told_at,
        sitting_from=sitting.from_at if sitting else None,
    )


def refuse_over(found: Meeting) -> None:
    """Refuse to invite to what has been recorded, or does not take place."""
    if found.not_held_because:
        raise Refusal("This meeting was called off. Convene it anew, and invite them to that.")
    if found.recorded_at is not None:
        raise Refusal("This meeting has been held and recorded. What they say now can still be added as their view.")

"""Reading what one has begun and sent: only ever one's own."""

from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.models import Draft, Submission


def get_draft(*, by: Actor, key: UUID) -> Draft | None:
    """The draft with this key, if it is the reader's own."""
    return Draft.objects.filter(id=key, account=by.id).first()


def list_drafts(*, by: Actor, limit: int = 20) -> list[Draft]:
    """What the reader has begun and not sent, latest first."""
    return list(Draft.objects.filter(account=by.id).order_by("-saved_at")[:limit])


def was_sent(*, by: Actor, key: UUID, form: str) -> bool:
    """Whether the reader has sent this form: what its page still saves afterwards is no draft."""
    return Submission.objects.filter(account=by.id, key=key, form=form).exists()

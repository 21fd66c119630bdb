"""Reading drafts: only ever one's own."""

from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.models import Draft


def get_draft(*, by: Actor, key: UUID) -> Draft | None:
    """The draft with this key, if it is the reader's own."""
    return Draft.objects.filter(id=key, account=by.id).first()


def list_drafts(*, by: Actor, limit: int = 20) -> list[Draft]:
    """What the reader has begun and not sent, latest first."""
    return list(Draft.objects.filter(account=by.id).order_by("-saved_at")[:limit])

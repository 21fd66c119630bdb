"""The link by which somebody says on any decision's page that they do not agree."""

from uuid import UUID

from django.urls import reverse

from sightline.disagreements.permissions import may_disagree
from sightline.doorway.actor import Actor


def disagree_url(by: Actor, person: UUID | None, kind: str, key: UUID) -> str:
    """Where this decision is disagreed with on a child's record; empty for whoever does not record."""
    if person is None or not may_disagree(by):
        return ""
    return f"{reverse('disagreement-new', args=[person])}?about={kind}:{key}"

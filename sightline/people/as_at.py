"""The two periods of a fact, as conditions: what was believed at a moment, and what held on its day."""

from datetime import datetime

from django.db.models import Q

from sightline.kernel.london import local_day


def believed(as_at: datetime | None) -> Q:
    """Believed at that moment; without one, believed now."""
    if as_at is None:
        return Q(believed_to=None)
    return Q(believed_from__lte=as_at) & (Q(believed_to=None) | Q(believed_to__gt=as_at))


def holding(as_at: datetime | None) -> Q:
    """Believed at that moment, and not ended by then. Without a moment: without an end."""
    if as_at is None:
        return Q(believed_to=None, true_to=None)
    return believed(as_at) & (Q(true_to=None) | Q(true_to__gt=local_day(as_at)))

"""The two periods of a fact, as conditions: what was believed at a moment, and what held on its day."""

from datetime import datetime

from django.db.models import Q

from sightline.kernel.london import local_day


def believed(as_at: datetime | None, prefix: str = "") -> Q:
    """Believed at that moment; without one, believed now. `prefix` leads to the fact from what is asked for."""
    now = Q(**{f"{prefix}believed_to": None})
    if as_at is None:
        return now
    return Q(**{f"{prefix}believed_from__lte": as_at}) & (now | Q(**{f"{prefix}believed_to__gt": as_at}))


def holding(as_at: datetime | None) -> Q:
    """Believed at that moment, and not ended by then. Without a moment: without an end."""
    if as_at is None:
        return Q(believed_to=None, true_to=None)
    return believed(as_at) & (Q(true_to=None) | Q(true_to__gt=local_day(as_at)))

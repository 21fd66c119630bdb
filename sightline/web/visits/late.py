"""Whose visit is later than due, worked out from what happened; no due date is typed."""

from collections.abc import Sequence
from datetime import datetime

from sightline.web.visits.family import Family


def late_lines(family: Family, at: datetime) -> Sequence[str]:
    """`The visit to Ayo was due on Fri 12 Jun.`, for each child whose visit is later than due."""
    return ()

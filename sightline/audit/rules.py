"""What stands out among a week's views, and what a view of a page says. Pure judgement on values."""

from enum import StrEnum


class Signal(StrEnum):
    """Why a line of a week's views stands out. None says that anything was wrong."""

    EMERGENCY = "emergency"
    NO_WORK = "no_work"
    ADDRESS = "address"
    POSTCODE = "postcode"
    SURNAME = "surname"
    HOURS = "hours"
    VOLUME = "volume"


OF_A_WEEK = frozenset({Signal.HOURS, Signal.VOLUME})
"""Signals about a worker's whole week, and not about one person."""

STAYS_ANSWERED = frozenset({Signal.ADDRESS, Signal.POSTCODE, Signal.SURNAME})
"""What does not change from week to week: answered once as part of the work, it is not asked again."""

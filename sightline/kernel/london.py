"""England's clock: what is stored is a moment in UTC, what is read is local time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sightline.kernel.errors import Refusal

LONDON = ZoneInfo("Europe/London")


def local(moment: datetime) -> datetime:
    """``moment`` on England's clock. Refuses a moment without a time zone."""
    _must_be_aware(moment)
    return moment.astimezone(LONDON)


def local_day(moment: datetime) -> date:
    """The day in England at ``moment``."""
    return local(moment).date()


def start_of_day(day: date) -> datetime:
    """The first moment of ``day`` in England, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The last microsecond of ``day`` in England, in UTC."""
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)


def at_local_time(day: date, clock: time) -> datetime:
    """That time of that day in England, in UTC.

    A time that comes twice, when the clocks go back, is the first of the two. A
    time that does not come at all, when they go forward, is refused.
    """
    said = datetime.combine(day, clock.replace(tzinfo=None, fold=0), LONDON)
    moment = said.astimezone(UTC)
    if moment.astimezone(LONDON).time() != said.time():
        raise Refusal(
            f"{clock:%H:%M} did not happen on {day.day} {day:%B %Y}: the clocks went "
            "forward from 01:00 to 02:00. Enter the time as the clock showed it."
        )
    return moment


def at_local_time_or_next(day: date, clock: time) -> datetime:
    """As `at_local_time`, for a due moment: a missing time is moved on, not refused."""
    said = datetime.combine(day, clock.replace(tzinfo=None, fold=0), LONDON)
    return said.astimezone(UTC)


def _must_be_aware(moment: datetime) -> None:
    # A programming fault, not the worker's: a moment without a zone is no moment.
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone: pass an aware datetime in UTC.")

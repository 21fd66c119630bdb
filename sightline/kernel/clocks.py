"""How long is left, in words. Relative and absolute together, never colour alone."""

from datetime import date, datetime, timedelta

from sightline.kernel.errors import Refusal
from sightline.kernel.london import end_of_day, local, local_day
from sightline.kernel.working_days import working_days_between


def time_left(due: datetime, *, at: datetime) -> str:
    """How long is left at the moment ``at``, and until when.

    "1 hour 20 minutes left (by 14:40)", "due in 3 working days (Fri 12 Jun)", "due
    today (Fri 12 Jun)", "overdue by 35 minutes". A due moment at the end of a day
    is spoken of as that day. At the due moment itself nothing is overdue yet.
    """
    if due < at:
        return f"overdue by {span_words(at - due)}"
    if due == end_of_day(local_day(due)):
        return due_on(local_day(due), on=local_day(at))
    if due - at < timedelta(minutes=1):
        return f"due now (by {_clock(due, at)})"
    if due - at <= timedelta(hours=24):
        return f"{span_words(due - at)} left (by {_clock(due, at)})"
    return due_on(local_day(due), on=local_day(at), clock=f" by {local(due):%H:%M}")


def due_on(due: date, *, on: date, clock: str = "") -> str:
    """The same for a day: "due today (Fri 12 Jun)", "overdue by 2 days (Fri 12 Jun)".

    Counts working days where the table of bank holidays reaches, else days.
    """
    written = f"({short_day(due, on)}{clock})"
    if due < on:
        return f"overdue by {_many((on - due).days, 'day')} {written}"
    if due == on:
        return f"due today {written}"
    try:
        working = working_days_between(on, due)
    except Refusal:  # beyond the table: the page must still open
        working = 0
    if working:
        return f"due in {_many(working, 'working day')} {written}"
    return f"due in {_many((due - on).days, 'day')} {written}"


def span_words(length: timedelta) -> str:
    """A length in its two largest units: "1 hour 20 minutes", "2 days 3 hours"."""
    minutes = int(abs(length) // timedelta(minutes=1))
    if minutes < 1:
        return "less than a minute"
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        parts = [_many(days, "day"), _many(hours, "hour")] if hours else [_many(days, "day")]
    else:
        parts = [_many(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute")) if n]
    return " ".join(parts)


def short_day(day: date, on: date) -> str:
    """ "Fri 12 Jun", with the year when it is not the year of ``on``."""
    return f"{day:%a} {day.day} {day:%b}" + ("" if day.year == on.year else f" {day.year}")


def _clock(due: datetime, at: datetime) -> str:
    there, here = local(due), local(at)
    if there.date() == here.date():
        return f"{there:%H:%M}"
    return f"{there:%H:%M} {short_day(there.date(), here.date())}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"

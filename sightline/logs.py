"""What a log line may say: that something happened, how grave it is, and where in the code.

An exception's own words can quote a value (PostgreSQL's DETAIL prints the key that clashed), and
a request's line can hold a search, so both are cut here, whoever wrote them.
"""

import logging
import traceback
from types import TracebackType

MESSAGE_LINK = "/m/"


class WithoutPeople(logging.Filter):
    """Cuts query strings from request lines, and drops statements and job arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.db"):
            return False
        if record.name.startswith("django.request"):
            # Its arguments are the path; the message beside it is a fixed word.
            record.args = tuple(_path(str(value)) for value in _values(record))
        elif record.name.startswith("procrastinate"):
            # The queue's messages carry the job's arguments; where it was said is enough.
            record.msg, record.args = f"the job queue reports {record.funcName}", ()
        return True


class PlacesOnly(logging.Formatter):
    """Writes an exception as its class and the lines of code it passed through, without its words."""

    def formatException(  # noqa: N802 (the standard library's name)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = "".join(traceback.format_tb(trace)).rstrip()
        return f"{places}\n{kind.__name__ if kind else 'unknown'}"

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 (the standard library's name)
        return ""


def _path(value: str) -> str:
    """Without what was asked of it; of a message's link no more than that it is one, for the link is half a key."""
    path = value.partition("?")[0]
    return MESSAGE_LINK if path.startswith(MESSAGE_LINK) else path


def _values(record: logging.LogRecord) -> tuple[object, ...]:
    if isinstance(record.args, tuple):
        return record.args
    return () if record.args is None else tuple(record.args.values())

"""The application that the bench serves: the product's own, which tells with each page what the page cost here.

Beside the answer stand the milliseconds between question and answer, those on a processor, those of its session in
the database on a processor, the queries, and the memory of the process. Nothing else is changed.
"""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

product = import_string(settings.WSGI_APPLICATION)
MS = 1_000_000
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
HEADER = "Server-Timing"


class Counter:
    """Counts the statements of one request after another: a worker answers one at a time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], words: Any, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django's own call)
        self.count += 1
        return execute(words, values, many, context)


counter = Counter()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers as the product does, with the header."""
    if counter not in connection.execute_wrappers:
        connection.execute_wrappers.append(counter)
    counter.count, session = 0, _session()
    began, worked, before = time.perf_counter_ns(), time.process_time_ns(), _worked(session)

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        took, cost = time.perf_counter_ns() - began, time.process_time_ns() - worked
        there = _session()
        # Where the session is new, all that it has worked is this page's.
        database = _worked(there) - (before if there == session else 0)
        told = (f"page;dur={took / MS:.1f}, cpu;dur={cost / MS:.1f}, database;dur={database / MS:.1f}, "
                f"queries;dur={counter.count}, memory;dur={_memory()}, worker;dur={os.getpid()}")  # fmt: skip
        return start_response(status, [*headers, (HEADER, told)], *more)

    answered: Iterable[bytes] = product(environ, start)
    return answered


def _session() -> int:
    """The process of this worker's session in the database; nought before there is one."""
    return connection.connection.info.backend_pid if connection.connection is not None else 0


def _worked(process: int) -> int:
    """Nanoseconds that a session's process has had a processor; nought where the database is on another machine."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) if process else 0
    except OSError:
        return 0


def _memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES

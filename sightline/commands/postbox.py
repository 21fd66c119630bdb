"""A mail server in this process: it accepts every letter, keeps it in a folder, and sends nothing on.

It stands in for the authority's own in the demonstration and in the tests.
"""

import email
import email.policy
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Postbox:
    """Where to send to (127.0.0.1 and this port), and the folder in which letters arrive."""

    port: int
    folder: Path

    @staticmethod
    def read(folder: Path) -> Iterator[EmailMessage]:
        """The letters in the order in which they were accepted; X-RcptTo has the envelope's recipient."""
        for path in sorted(folder.glob("*.eml")):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            yield letter


class _Keeper:
    """Writes each accepted letter to a file named by the moment of its arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        recipients = ", ".join(envelope.rcpt_tos)
        letter = f"X-RcptTo: {recipients}\r\n".encode() + bytes(envelope.content)
        part = self.folder / f".{time.time_ns()}"
        part.touch(mode=0o600)
        part.write_bytes(letter)
        # Renamed when whole, so that a reader never sees half a letter.
        part.rename(self.folder / f"{part.name[1:]}.eml")
        return "250 Accepted"


@contextmanager
def open_postbox(folder: Path) -> Iterator[Postbox]:
    """Accepts mail on a free port of this machine until the block ends."""
    from aiosmtpd.controller import Controller

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(_Keeper(folder), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield Postbox(port, folder)
    finally:
        controller.stop()

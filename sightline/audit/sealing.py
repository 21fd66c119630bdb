"""The sealer: numbers what was added to the audit, and writes what it was into the folder of seals.

Two steps, so that a stop in between loses nothing: the database numbers and commits; then the folder
takes up every leaf that it has not got, and one signature seals them all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from sightline.audit.notes import Checkpoint
from sightline.audit.seals import LOST, Seals

BATCH = 20_000


@dataclass(frozen=True)
class Sealed:
    """What one pass sealed: how many leaves, since when the oldest of them had waited, and the new checkpoint."""

    leaves: int
    waited_since: datetime | None
    checkpoint: Checkpoint


@dataclass
class Sealer:
    """Seals into one folder, pass after pass. The first pass goes through everything, the next from there."""

    seals: Seals
    since: str | None = None
    cluster: str = ""

    def seal(self, *, at: datetime) -> Sealed | None:
        """One pass; None when there was nothing new. Refuses (`SealsBroken`) a folder that is not as it was signed."""
        with self.seals.turn():
            self.seals.take_up()
            self._number()
            return self._take_in(at)

    def _number(self) -> None:
        """Ask until nothing is left. Where another sealer is at it, what it numbers is taken in all the same."""
        numbered = BATCH
        while numbered == BATCH:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT * FROM audit_seal(%s::xid8, %s, %s)", [self.since, self.seals.tree.size, BATCH])
                row = cursor.fetchone()
            if row is None:
                return
            below, numbered, self.cluster = row
            self.since = str(below)

    def _take_in(self, at: datetime) -> Sealed | None:
        began, oldest = self.seals.tree.size, None
        for hashes, waited in self._new_leaves():
            self.seals.add(hashes)
            oldest = min(filter(None, [oldest, waited]), default=None)
        latest = self.seals.latest
        count = self.seals.tree.size - began
        if not count:
            return None
        cluster = self.cluster or (latest.cluster if latest else "")
        below = int(self.since or (latest.below if latest else 0))
        return Sealed(count, oldest, self.seals.sign(at=at, cluster=cluster, below=below))

    def _new_leaves(self) -> Iterator[tuple[list[bytes], datetime | None]]:
        while True:
            first = self.seals.tree.size
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT number, hash, written_at FROM audit_leaves(%s, %s)", [first, BATCH])
                rows = cursor.fetchall()
            if not rows:
                return
            # A number that nothing has any more still has its place.
            found = {number: bytes(given) for number, given, _ in rows if given is not None}
            hashes = [found.get(number, LOST) for number in range(first, rows[-1][0] + 1)]
            yield hashes, min((written for _, _, written in rows if written), default=None)

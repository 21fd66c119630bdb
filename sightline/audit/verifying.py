"""Whether the audit is what was sealed: every row of it against the folder of seals, and the folder against itself.

A leaf is worked out here anew, from the rows, and not by the function of the database that the sealer asked:
whoever changes that function changes nothing here.
"""

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from sightline.audit.merkle import Tree, leaf_of
from sightline.audit.notes import Checkpoint, NotSigned
from sightline.audit.seals import HASH_BYTES, LOST, Seals, SealsBroken

FORM, TRANSACTION = "sightline audit 1", 12
Hashes = bytes | mmap.mmap
MOST_FAULTS = 50
"""So many are told in words; the rest are counted."""
ROWS = """
SELECT l.number, l.event::text, e.id::text, (extract(epoch FROM e.at) * 1000000)::bigint, e.kind, e.what,
    e.actor::text, e.role, e.agency::text, e.section, e.because, e.via, e.request, e.facts::text, e.tx::text,
    (extract(epoch FROM e.written_at) * 1000000)::bigint,
    ARRAY(SELECT ROW(p.id, p.person, (extract(epoch FROM p.at) * 1000000)::bigint)::text
          FROM audit_eventperson p WHERE p.event_id = e.id)
FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event ORDER BY l.number
"""
UNSEALED = """
SELECT e.id::text, e.tx::text::bigint, (extract(epoch FROM e.written_at) * 1000000)::bigint FROM audit_event e
WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.event = e.id) ORDER BY e.tx, e.id
"""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was sealed. `leaf` is its number, where it has one."""

    leaf: int | None
    words: str


@dataclass
class Verdict:
    """What was found. `first` is the first bad leaf, with whatever has no number after all that have."""

    origin: str = ""
    leaves: int = 0
    checkpoints: int = 0
    sealed_at: datetime | None = None
    unsealed: int = 0
    oldest_unsealed: datetime | None = None
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    @property
    def first(self) -> Fault | None:
        return min(self.faults, key=lambda one: (one.leaf is None, one.leaf or 0), default=None)

    def add(self, leaf: int | None, words: str) -> None:
        self.count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(leaf, words))


def canonical(row: tuple[Any, ...]) -> bytes:
    """What a leaf is made of: the columns of its event from the key on, and whom it concerned, in the order of keys."""
    *columns, people = row
    whom = sorted(tuple(one.strip("()").split(",")) for one in people)
    concerned = [[key, person, int(at)] for key, person, at in whom]
    return json.dumps([FORM, *columns, concerned], ensure_ascii=False).encode()


def verify(connection: psycopg.Connection[Any], seals: Seals, *, kept: str | None = None) -> Verdict:
    """Go through everything. `connection` reads as somebody who may see all of the audit, in one transaction.

    `kept` is a checkpoint that was kept elsewhere: with it a folder that was put back whole, to what it was
    earlier, or made anew, is found too.
    """
    verdict = Verdict()
    with seals.turn():
        # Held until the database's picture is taken, so that no sealer is half-way between the two.
        checkpoints = _checkpoints(seals, verdict)
        if not seals.exists:
            verdict.add(None, f"Nothing has been sealed into {seals.folder}, or its key has gone.")
            return verdict
        connection.execute("SELECT 1 FROM audit_leaf LIMIT 1")
        hashes = _hashes(seals.folder / "leaves")
    _verify_folder(hashes, checkpoints, verdict)
    _verify_kept(hashes, seals, kept, verdict)
    _Rows(hashes, checkpoints, verdict).verify(connection)
    _verify_unsealed(connection, checkpoints, verdict)
    return verdict


def _hashes(path: Path) -> Hashes:
    """The file of leaves, without reading all of it into memory."""
    if not path.exists() or not path.stat().st_size:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _checkpoints(seals: Seals, verdict: Verdict) -> list[Checkpoint]:
    try:
        found = seals.checkpoints() if seals.exists else []
    except (SealsBroken, NotSigned) as broken:
        verdict.add(None, str(broken))
        return []
    if found:
        verdict.origin, verdict.leaves, verdict.sealed_at = found[-1].origin, found[-1].size, found[-1].at
    verdict.checkpoints = len(found)
    return found


def _roots(hashes: Hashes, sizes: set[int]) -> Iterator[tuple[int, bytes]]:
    tree = Tree()
    for place in range(0, len(hashes) - HASH_BYTES + 1, HASH_BYTES):
        tree.add(hashes[place : place + HASH_BYTES])
        if tree.size in sizes:
            yield tree.size, tree.root()


def _verify_folder(hashes: Hashes, checkpoints: list[Checkpoint], verdict: Verdict) -> None:
    roots, before = dict(_roots(hashes, {one.size for one in checkpoints})), 0
    for one in checkpoints:
        if one.size < before:
            verdict.add(one.size, f"A checkpoint over {one.size:,} leaves follows one over {before:,}.")
        elif one.size not in roots:
            held = len(hashes) // HASH_BYTES
            verdict.add(held, f"The folder signed {one.size:,} leaves and holds {held:,}: its leaves were cut off.")
            return
        elif roots[one.size] != one.root:
            verdict.add(before, f"Of leaves {before:,} to {one.size - 1:,} the folder holds others than it signed.")
            return
        before = one.size


def _verify_kept(hashes: Hashes, seals: Seals, kept: str | None, verdict: Verdict) -> None:
    if kept is None:
        return
    try:
        one = Checkpoint.read(seals.verifier().open(kept))
    except NotSigned:
        verdict.add(
            None, "The checkpoint that was kept was not signed with this folder's key: another folder, or anew."
        )
        return
    roots = dict(_roots(hashes, {one.size}))
    if one.size and roots.get(one.size) != one.root:
        held = len(hashes) // HASH_BYTES
        older = f"holds {held:,}: it is an older copy" if held < one.size else "holds others"
        words = f"The checkpoint that was kept is over {one.size:,} leaves, and the folder {older}."
        verdict.add(min(held, one.size - 1), words)


class _Rows:
    """The rows of the database, one by one, against what was sealed."""

    def __init__(self, hashes: Hashes, checkpoints: list[Checkpoint], verdict: Verdict) -> None:
        self.hashes, self.verdict = hashes, verdict
        self.size = min(checkpoints[-1].size if checkpoints else 0, len(hashes) // HASH_BYTES)
        self.before: Checkpoint | None = None
        self.later = list(reversed(checkpoints))

    def verify(self, connection: psycopg.Connection[Any]) -> None:
        expected = 0
        with connection.cursor("audit_verified") as cursor:
            cursor.itersize = 5_000
            cursor.execute(ROWS.encode())
            for number, event, *row in cursor:
                self._miss(expected, min(number, self.size))
                expected = number + 1
                self._verify_row(number, event, tuple(row))
        self._miss(expected, self.size, ": the end was cut off, or this is an older copy of the database")

    def _miss(self, first: int, until: int, end: str = "") -> None:
        if first < until:
            many = f"Leaves {first:,} to {until - 1:,} are" if until - first > 1 else f"Leaf {first:,} is"
            self.verdict.add(first, f"{many} missing{end}.")

    def _verify_row(self, number: int, event: str, row: tuple[Any, ...]) -> None:
        if row[0] is None:
            self.verdict.add(number, f"Leaf {number:,} is missing: its event {event} has gone.")
        elif number >= self.size:
            words = "was never sealed in this folder: it was put in, or the folder is an older copy"
            self.verdict.add(number, f"Leaf {number:,} {words}.")
        else:
            self._verify_leaf(number, event, row)

    def _verify_leaf(self, number: int, event: str, row: tuple[Any, ...]) -> None:
        sealed = self.hashes[number * HASH_BYTES : (number + 1) * HASH_BYTES]
        found = leaf_of(canonical(row))
        if sealed == LOST:
            self.verdict.add(number, f"Leaf {number:,} was put in: at its sealing nothing had its number.")
        elif found != sealed:
            self.verdict.add(number, f"Leaf {number:,} was changed{_elsewhere(found, self.hashes)}: event {event}.")
        elif self._came_late(number, int(row[TRANSACTION])):
            words = "was put in: what was written when it says it was had been sealed before"
            self.verdict.add(number, f"Leaf {number:,} {words}.")

    def _came_late(self, number: int, transaction: int) -> bool:
        """Its checkpoint seals it, and the one before had done with the transaction in which it says it came."""
        while self.later[-1].size <= number:
            self.before = self.later.pop()
        before = self.before
        return bool(before and before.cluster == self.later[-1].cluster and transaction < before.below)


def _elsewhere(found: bytes, hashes: Hashes) -> str:
    place = hashes.find(found)
    while place > 0 and place % HASH_BYTES:
        place = hashes.find(found, place + 1)
    return "" if place < 0 else f", and is what was sealed as leaf {place // HASH_BYTES:,}"


def _verify_unsealed(connection: psycopg.Connection[Any], checkpoints: list[Checkpoint], verdict: Verdict) -> None:
    latest = checkpoints[-1] if checkpoints else None
    row = connection.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone()
    same = bool(latest and row and latest.cluster == row[0])
    with connection.cursor("audit_unsealed") as cursor:
        cursor.execute(UNSEALED.encode())
        for event, tx, written in cursor:
            verdict.unsealed += 1
            verdict.oldest_unsealed = verdict.oldest_unsealed or datetime.fromtimestamp(written / 1e6, UTC)
            if latest and same and tx < latest.below:
                verdict.add(None, f"Event {event} has no leaf, and all of its time have: put in, or its leaf removed.")

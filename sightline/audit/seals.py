"""The folder of seals: what every leaf's hash was, and the signed roots over them. It is no part of the database.

    leaves         32 bytes for each leaf, in the order of their numbers
    checkpoints    every signed checkpoint, one after another
    checkpoint     the newest, to be copied or printed
    verifier       the public key; signing-key the private one, for this account only
    peaks          what spares reading all leaves again, believed only where it gives the signed root

Whoever may write both this folder and the database can write both anew: keep them apart, and keep
checkpoints elsewhere.
"""

import fcntl
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sightline.audit.merkle import EMPTY, Tree
from sightline.audit.notes import Checkpoint, NotSigned, Signer, Verifier

HASH_BYTES = 32
LOST = bytes(HASH_BYTES)
"""Stands where nothing had a number when it was to be sealed."""


SIGNED, LONGEST_NOTES = "\n\n— ".encode(), 8_192
"""Where a note's signature begins; and bytes that have its last two notes in them."""


class SealsBroken(Exception):
    """The folder is not as it was signed; the message says how."""


class Seals:
    """One folder of seals. Read it inside `turn`: a sealer may be at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tree = Tree()
        self.latest: Checkpoint | None = None

    @property
    def exists(self) -> bool:
        return (self.folder / "verifier").exists()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One at a time, across processes."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def verifier(self) -> Verifier:
        return Verifier.read((self.folder / "verifier").read_text())

    def checkpoints(self) -> list[Checkpoint]:
        """Every checkpoint, the oldest first. Refuses one that was not signed as it stands."""
        verifier, found = self.verifier(), []
        parts = self._whole_notes()
        for text, signature in zip(parts[::2], parts[1::2], strict=True):
            try:
                found.append(Checkpoint.read(verifier.open(f"{text}\n\n{signature}\n")))
            except NotSigned as refused:
                after = f" after the one over {found[-1].size:,} leaves" if found else ""
                raise SealsBroken(f"The checkpoint{after} is not as it was signed.") from refused
        return found

    def newest(self) -> Checkpoint | None:
        """The newest checkpoint as it stands in its own file; None before the first. Refuses one that was changed."""
        note = self._kept("checkpoint")
        return Checkpoint.read(self.verifier().open(note)) if note else None

    def leaves(self, *, most: int | None = None) -> Iterator[bytes]:
        """The hashes as they were sealed, from the first."""
        path, left = self.folder / "leaves", most
        if not path.exists():
            return
        with path.open("rb") as kept:
            while left is None or left > 0:
                block = kept.read(HASH_BYTES * min(left or 65_536, 65_536))
                for place in range(0, len(block) - HASH_BYTES + 1, HASH_BYTES):
                    yield block[place : place + HASH_BYTES]
                if not block:
                    return
                left = None if left is None else left - len(block) // HASH_BYTES

    def take_up(self) -> None:
        """Go on where the last checkpoint stands; what was written after it, unsigned, is cut off."""
        if not self.exists:
            self._begin()
        self.latest = self._last()
        size, root = (self.latest.size, self.latest.root) if self.latest else (0, EMPTY)
        self.tree = self._peaks(size)
        if self.tree.root() != root:
            self.tree = Tree()
            for leaf in self.leaves(most=size):
                self.tree.add(leaf)
        if (self.tree.size, self.tree.root()) != (size, root):
            raise SealsBroken("The leaves of the folder are not those that were signed: ./run audit verify names them.")
        with (self.folder / "leaves").open("ab") as kept:
            kept.truncate(size * HASH_BYTES)

    def add(self, leaves: Iterable[bytes]) -> None:
        """Put leaves at the end. They are sealed by the checkpoint that follows."""
        given = list(leaves)
        _append(self.folder / "leaves", b"".join(given))
        for leaf in given:
            self.tree.add(leaf)

    def sign(self, *, at: datetime, cluster: str, below: int) -> Checkpoint:
        """Seal all leaves up to here."""
        signer = self._signer()
        made = Checkpoint(signer.verifier.name, self.tree.size, self.tree.root(), at, cluster, below)
        note = signer.sign(made.text())
        _append(self.folder / "checkpoints", f"{note}\n".encode())
        _replace(self.folder / "checkpoint", note)
        _replace(self.folder / "peaks", "\n".join([str(self.tree.size), *(part.hex() for part in self.tree.parts)]))
        self.latest = made
        return made

    def _begin(self) -> None:
        signer = Signer(f"sightline-audit-{secrets.token_hex(4)}", seed := secrets.token_bytes(32))
        words = f"{signer.verifier.name} {b64encode(seed).decode()}\n"
        _replace(self.folder / "signing-key", words)
        _replace(self.folder / "verifier", f"{signer.verifier}\n")

    def _signer(self) -> Signer:
        name, seed = (self.folder / "signing-key").read_text().split()
        return Signer(name, b64decode(seed))

    def _whole_notes(self) -> list[str]:
        # A text has no empty line, so texts and signatures come by turns.
        parts = self._kept("checkpoints").split("\n\n")[:-1]
        return parts[: len(parts) // 2 * 2]

    def _last(self) -> Checkpoint | None:
        """The newest checkpoint, from the end of its file; of a note that was cut short, nothing stays."""
        with (self.folder / "checkpoints").open("a+b") as kept:
            kept.seek(start := max(kept.tell() - LONGEST_NOTES, 0))
            end = kept.read()
            signed = end.rfind(SIGNED)
            close = end.find(b"\n\n", signed + len(SIGNED)) if signed >= 0 else -1
            if signed >= 0 and close < 0:
                signed = end.rfind(SIGNED, 0, signed)
                close = end.find(b"\n\n", signed + len(SIGNED)) if signed >= 0 else -1
            kept.truncate(start + close + 2 if close >= 0 else 0)
        if close < 0:
            return None
        note = end[end.rfind(b"\n\n", 0, signed) + 2 if b"\n\n" in end[:signed] else 0 : close].decode()
        try:
            return Checkpoint.read(self.verifier().open(f"{note}\n"))
        except NotSigned as refused:
            raise SealsBroken("The newest checkpoint is not as it was signed.") from refused

    def _peaks(self, size: int) -> Tree:
        first, *parts = self._kept("peaks").split("\n")
        if first != str(size) or len(parts) != size.bit_count():
            return Tree()
        try:
            return Tree(size, map(bytes.fromhex, parts))
        except ValueError:
            return Tree()

    def _kept(self, name: str) -> str:
        path = self.folder / name
        return path.read_text("utf-8") if path.exists() else ""


def _append(path: Path, words: bytes) -> None:
    """On the disk when it returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, words: str) -> None:
    part = path.with_name(f".{path.name}")
    part.write_text(words, "utf-8")
    part.chmod(0o600)
    part.replace(path)

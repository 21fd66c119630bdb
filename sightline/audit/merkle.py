"""The Merkle tree of RFC 6962, section 2.1: one root over any number of leaves, in the order of their numbers."""

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_of(words: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + words).digest()


def _joined(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that only grows. It keeps the roots of its whole parts, the largest first, and no leaf."""

    def __init__(self, size: int = 0, parts: Iterable[bytes] = ()) -> None:
        self.size, self.parts = size, list(parts)

    def add(self, leaf: bytes) -> None:
        made, before = leaf, self.size
        while before & 1:
            made = _joined(self.parts.pop(), made)
            before >>= 1
        self.parts.append(made)
        self.size += 1

    def root(self) -> bytes:
        if not self.parts:
            return EMPTY
        *larger, made = self.parts
        for part in reversed(larger):
            made = _joined(part, made)
        return made

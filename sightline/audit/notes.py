"""Signed notes and checkpoints, as C2SP's `signed-note` and `tlog-checkpoint` describe them, with Ed25519 (RFC 8032).

Others' programs can check them: a note is its text, an empty line and a line with the signature.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
ID_BYTES, SIGNATURE_BYTES = 4, 64


class NotSigned(Exception):
    """A note that its signer did not sign as it stands; the message says what is wrong with it."""


@dataclass(frozen=True)
class Verifier:
    """Whose signature is looked for: a name, and the public key that goes with it."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.key).decode()}"

    @classmethod
    def read(cls, words: str) -> "Verifier":
        """From the form that `str` gives. Refuses another algorithm, or an identifier that is not the key's."""
        try:
            name, identifier, key = words.strip().split("+", 2)
            kind, public = b64decode(key, validate=True)[:1], b64decode(key, validate=True)[1:]
        except ValueError as wrong:
            raise NotSigned("This is not a verifier's key: it has a name, an identifier and a key.") from wrong
        made = cls(name, public)
        if kind != ED25519 or len(public) != 32 or made.id.hex() != identifier:
            raise NotSigned("This is not an Ed25519 verifier's key, or its identifier is another's.")
        return made

    def open(self, note: str) -> str:
        """The text of a note that this key has signed. Refuses any other."""
        text, blank, signatures = note.rpartition("\n\n")
        if not blank:
            raise NotSigned("The note has no signature.")
        text += "\n"
        for line in signatures.splitlines():
            mark, name, given = [*line.split(" "), "", ""][:3]
            if (mark, name) == ("—", self.name) and self._has_signed(text, given):
                return text
        raise NotSigned(f"The note was not signed by {self.name} as it stands.")

    def _has_signed(self, text: str, given: str) -> bool:
        try:
            signed = b64decode(given, validate=True)
            if signed[:ID_BYTES] != self.id:
                return False
            Ed25519PublicKey.from_public_bytes(self.key).verify(signed[ID_BYTES:], text.encode())
        except (binascii.Error, InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """Signs notes under a name."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        signature = b64encode(self.verifier.id + self._key.sign(text.encode())).decode()
        return f"{text}\n— {self.verifier.name} {signature}\n"


@dataclass(frozen=True)
class Checkpoint:
    """How many leaves there were at a moment, and their root.

    Whatever the server `cluster` had written in a transaction below `below` had its leaf by then.
    """

    origin: str
    size: int
    root: bytes
    at: datetime
    cluster: str
    below: int

    def text(self) -> str:
        root = b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\nat {self.at.isoformat()}\nbelow {self.below} {self.cluster}\n"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """From the text of a note that was opened."""
        try:
            origin, size, root, at, below = text.splitlines()
            _, moment = at.split(" ")
            _, number, cluster = below.split(" ")
            return cls(origin, int(size), b64decode(root), datetime.fromisoformat(moment), cluster, int(number))
        except ValueError as wrong:
            raise NotSigned("This is not a checkpoint of the audit.") from wrong

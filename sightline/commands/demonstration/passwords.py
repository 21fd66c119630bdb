"""Passwords that are printed for everybody to read need not be worked out a million times over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import get_hasher

ROUNDS = 1000


@contextmanager
def worked_out_briefly() -> Iterator[None]:
    """Passwords given inside are kept with few rounds; each is worked out anew when its owner first signs in."""
    hasher: Any = get_hasher()
    rounds = getattr(hasher, "iterations", None)
    if rounds is None:
        yield
        return
    hasher.iterations = ROUNDS
    try:
        yield
    finally:
        hasher.iterations = rounds

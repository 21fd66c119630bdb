"""Keys, and the numbers by which other bodies know a person.

The check digits are facts of the published schemes: the NHS number's modulus 11,
and the unique pupil number's check letter (modulus 23).
"""

import os
import re
import secrets
import threading
import time
from collections.abc import Callable
from uuid import UUID

_TAIL_BITS = 74  # a version 7 UUID's 12 + 62 bits that are not time, version or variant
_STEP_BITS = 32

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # 23 letters: I, O and S look like digits

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")


class _Sequence:
    """Version 7 keys in time order, and in order within one millisecond too."""

    def __init__(self, milliseconds: Callable[[], int]) -> None:
        self._milliseconds = milliseconds
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Start afresh, as a forked child must: it shares its parent's last key."""
        self._lock = threading.Lock()
        self._time = 0
        self._tail = 0

    def next(self) -> UUID:
        with self._lock:
            now = self._milliseconds()
            if now > self._time:
                self._time = now
                # The top bit stays clear, so there is room to count up from here.
                self._tail = secrets.randbits(_TAIL_BITS - 1)
            else:  # the same millisecond, or a clock that was put back
                self._tail += 1 + secrets.randbits(_STEP_BITS)
                if self._tail >> _TAIL_BITS:
                    self._time += 1
                    self._tail = secrets.randbits(_TAIL_BITS - 1)
            return _version_7(self._time, self._tail)


def _version_7(milliseconds: int, tail: int) -> UUID:
    high = (milliseconds << 16) | (0x7 << 12) | (tail >> 62)
    low = (0b10 << 62) | (tail & ((1 << 62) - 1))
    return UUID(int=(high << 64) | low)


_keys = _Sequence(lambda: time.time_ns() // 1_000_000)
os.register_at_fork(after_in_child=_keys.forget)


def new_id() -> UUID:
    """A new key: a version 7 UUID, later than every key this process made before.

    Says nothing about a person but the millisecond at which the row was made.
    """
    return _keys.next()


def nhs_number(text: str) -> str | None:
    """Ten digits when ``text`` is an NHS number whose check digit is right, else None.

    Spaces and hyphens are allowed. Ten noughts are refused, though they add up.
    """
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits) or digits == "0" * 10:
        return None
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return digits if check == int(digits[9]) else None


def upn(text: str) -> str | None:
    """A unique pupil number in capitals when its check letter is right, else None.

    A temporary number, which ends in a letter, is accepted.
    """
    number = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]", number):
        return None
    return number if upn_check_letter(number[1:]) == number[0] else None


def upn_check_letter(rest: str) -> str:
    """The letter that belongs before the twelve characters ``rest``."""
    values = (int(mark) if mark.isdigit() else UPN_LETTERS.index(mark) for mark in rest)
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return UPN_LETTERS[total % 23]


def postcode(text: str) -> str | None:
    """A United Kingdom postcode as it is written ("SW1A 1AA"), else None.

    Judges the shape and not whether such a place exists.
    """
    found = _POSTCODE.fullmatch(re.sub(r"[^A-Z0-9]", "", text.upper()))
    return f"{found[1]} {found[2]}" if found else None

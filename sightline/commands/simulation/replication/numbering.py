"""Identifiers, postcodes and telephone numbers of a copy: as many as there were, from the ranges never issued."""

import re
from collections.abc import Iterable
from itertools import count, islice

from sightline.kernel.references import upn_check_letter

NHS = re.compile(r"999\d{7}")
UPN = re.compile(r"[A-Z]990\d{8}[\dA-Z]")
POSTCODE = re.compile(r"Q([A-Z])(\d{1,2})")
LETTERS = "XYABCDEFGHIJKLMNOPRSTUVWZ"
DISTRICTS = 99


class Numbers:
    """What the played authority gave out, and for each copy as many others: no two copies have one in common."""

    def __init__(self, identifiers: Iterable[str], districts: Iterable[str]) -> None:
        self.given = sorted(set(identifiers))
        self._taken = set(self.given)
        self._rank = {value: at for at, value in enumerate(self.given)}
        self._nhs = [value for value in self.given if NHS.fullmatch(value)]
        self._valid: list[str] = []
        self._more = (value for value in map(_nhs, range(1_000_000)) if value and value not in self._taken)
        self._districts = sorted(set(districts))
        self._free = [name for name in _all_districts() if name not in set(self._districts)]

    def identifiers(self, copy: int) -> dict[str, str]:
        """The copy's own for each that was given. An NHS number is empty when the range has been used up."""
        made = {value: self._other(value, copy) for value in self.given if not NHS.fullmatch(value)}
        return made | dict(zip(self._nhs, self._health(copy), strict=True))

    def districts(self, copy: int) -> dict[str, str]:
        """The copy's own first half for each postcode's: `QX4` is another district in every copy."""
        first = (copy - 1) * len(self._districts)
        return {name: self._free[(first + at) % len(self._free)] for at, name in enumerate(self._districts)}

    def _health(self, copy: int) -> list[str]:
        first = (copy - 1) * len(self._nhs)
        self._valid += islice(self._more, max(first + len(self._nhs) - len(self._valid), 0))
        return [self._valid[at] if at < len(self._valid) else "" for at in range(first, first + len(self._nhs))]

    def _other(self, value: str, copy: int) -> str:
        if UPN.fullmatch(value):
            return self._pupil(value, copy)
        letters, figures = re.fullmatch(r"(.*?)(\d*)", value, re.DOTALL).groups()  # type: ignore[union-attr]  # matches all
        return f"{letters}{copy}{figures}" if figures else f"{value}-{copy}"

    def _pupil(self, value: str, copy: int) -> str:
        """The year stays, since it says when a child came to school; the school and the place in it do not."""
        year = value[8:10]
        for turn in count():
            number = self._rank[value] + copy * len(self.given) + turn * 4_995_000
            rest = f"990{number // 999 % 10_000:04d}{year}{number % 999 + 1:03d}"
            made = upn_check_letter(rest) + rest
            if made not in self._taken:
                return made
        raise AssertionError


def _nhs(number: int) -> str:
    figures = f"999{number:06d}"
    check = -sum(int(figure) * (10 - place) for place, figure in enumerate(figures)) % 11
    return f"{figures}{check}" if check != 10 else ""


def _all_districts() -> list[str]:
    return [f"Q{letter}{number}" for letter in LETTERS for number in range(1, DISTRICTS + 1)]


def phone(value: str, copy: int) -> str:
    """Another of the numbers that are kept for drama: only their last three figures are free."""
    found = re.fullmatch(r"(.*?)(\d{3})", value, re.DOTALL)
    return f"{found[1]}{(int(found[2]) + copy * 37) % 1000:03d}" if found else value

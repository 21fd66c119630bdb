"""NHS numbers and unique pupil numbers that no living person can have.

999 000 0000 to 999 999 9999 is the range that the NHS keeps for tests and never gives to anybody. No local
authority in England has the number 990, by which each of our pupil numbers says that it was given.
"""

import random

from sightline.kernel.references import upn_check_letter

NEVER_ISSUED = 999
NO_AUTHORITY = "990"
_MANY = 1_000_000


class Numbers:
    """Each number once. The same stream gives the same numbers in the same order."""

    def __init__(self, stream: random.Random) -> None:
        # A step that shares no divisor with a million meets every figure once before it comes round.
        self._at, self._step = stream.randrange(_MANY), 2 * stream.randrange(_MANY // 20) * 5 + 3
        self._drawn = 0
        self._pupils: dict[tuple[int, int], int] = {}

    def nhs(self) -> str:
        """The next NHS number. Empty when all 909,091 have been given: then people are without one."""
        while self._drawn < _MANY:
            self._at = (self._at + self._step) % _MANY
            self._drawn += 1
            figures = f"{NEVER_ISSUED}{self._at:06d}"
            check = -sum(int(figure) * (10 - place) for place, figure in enumerate(figures)) % 11
            if check != 10:
                return f"{figures}{check}"
        return ""

    def upn(self, *, school: int, year: int) -> str:
        """The next pupil number that a school of four figures gave that year; when it gave 999, of the next school."""
        where = school % 10000, year % 100
        given = self._pupils[where] = self._pupils.get(where, 0) + 1
        if given > 999:
            return self.upn(school=school + 1, year=year)
        rest = f"{NO_AUTHORITY}{where[0]:04d}{where[1]:02d}{given:03d}"
        return upn_check_letter(rest) + rest

"""The same made-up authority every time: names, streets, keys and days drawn from one seed."""

import random
import tomllib
from bisect import bisect
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
FAMILY, BEGINNINGS, ENDINGS, GIRLS, BOYS = (
    NAMES[kind].split() for kind in ("family", "beginnings", "endings", "girls", "boys")
)
STREETS = ("Street", "Road", "Lane", "Avenue", "Close", "Grove", "Drive", "Crescent")
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
AREAS = 24


class Chance:
    """Draws from one seed. Keys are version 7, with the moment of what they name in them."""

    def __init__(self, seed: str, now: datetime) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a fiction, not a secret
        self.now = now
        self.family_names = FAMILY + [first + last for first in BEGINNINGS for last in ENDINGS]
        self._common = list(accumulate(1 / (rank + 12) for rank in range(len(self.family_names))))

    def key(self, at: datetime) -> str:
        tail = self.random.getrandbits(74)
        return f"{int(at.timestamp() * 1000):012x}7{tail >> 62:03x}{(2 << 62) | (tail & ((1 << 62) - 1)):016x}"

    def family_name(self) -> str:
        """A few names are many people's, most are few people's."""
        return self.family_names[bisect(self._common, self.random.random() * self._common[-1])]

    def given_name(self, sex: str) -> str:
        names = GIRLS if sex == "F" else BOYS
        # The square draws the names at the front of the list more often.
        return names[int(self.random.random() ** 1.6 * len(names))]

    def moment(self, years: float) -> datetime:
        """Some time in the years before now."""
        return self.now - timedelta(days=self.random.random() * 365.25 * years)

    def born(self, least: int, most: int) -> date:
        day = self.now.date() - timedelta(days=int(365.25 * (least + self.random.random() * (most - least))))
        return max(day, date(1920, 1, 1))

    def home(self) -> tuple[str, str]:
        """Lines and postcode. About fifteen homes share a postcode and its street."""
        area, sector, unit = self.random.randrange(AREAS), self.random.randrange(1, 9), self.random.randrange(20)
        street = BEGINNINGS[(area * 7 + unit) % len(BEGINNINGS)] + ENDINGS[(sector * 5 + unit) % len(ENDINGS)]
        lines = f"{self.random.randrange(1, 120)} {street} {STREETS[(unit + sector) % len(STREETS)]}, Hallowby"
        return lines, f"HQ{area + 1} {sector}{LETTERS[unit]}{LETTERS[(unit * 3 + sector) % 20]}"

    def nhs_number(self) -> str:
        """Ten figures of which the last checks the others."""
        while True:
            figures = [9, *(self.random.randrange(10) for _ in range(8))]
            check = 11 - sum(figure * (10 - place) for place, figure in enumerate(figures)) % 11
            if check != 10:
                return "".join(map(str, figures)) + str(check % 11)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

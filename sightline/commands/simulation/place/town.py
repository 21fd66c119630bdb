"""The streets of Hallowby. No postcode in the country begins with Q, and the demonstration's are QX1 to QX3."""

import random
from dataclasses import dataclass

from sightline.commands.simulation.dwellers import Home
from sightline.commands.simulation.place.wording import words

FIRST_AREA = 4
HOMES_AN_AREA = 4000
STREET_HOMES = (14, 90)
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
BEGINNINGS, ENDINGS, BEYOND = words("beginnings"), words("endings"), words("beyond")


@dataclass(frozen=True, slots=True)
class Street:
    """A street, its postcodes by turns of twenty homes, and how many homes stand in it."""

    name: str
    postcodes: tuple[str, ...]
    homes: int
    area: int


class Town:
    """Streets enough for so many families. A home is given to one family at a time."""

    def __init__(self, stream: random.Random, *, families: int) -> None:
        self._stream = stream
        self.areas = max(1, round(families / HOMES_AN_AREA) + 1)
        self.streets: list[Street] = []
        self._taken: set[tuple[str, str]] = set()
        wanted = families * 3 + 200
        while wanted > 0:
            self.streets.append(self._street(len(self.streets)))
            wanted -= self.streets[-1].homes

    def _street(self, number: int) -> Street:
        # Each pair of a beginning and an ending once in an area; then the areas' streets are called alike.
        area, turn = number % self.areas, number // self.areas
        beginning = BEGINNINGS[(turn * 37 + area * 11) % len(BEGINNINGS)]
        ending = ENDINGS[(turn // len(BEGINNINGS) + turn * 5 + area) % len(ENDINGS)]
        homes = self._stream.randint(*STREET_HOMES)
        codes = tuple(
            f"QX{area + FIRST_AREA} {turn // 80 % 9 + 1}{LETTERS[turn // 4 % 20]}{LETTERS[(turn % 4) * 5 + part]}"
            for part in range(1 + homes // 20)
        )
        return Street(f"{beginning} {ending}", codes, homes, area)

    def let(self) -> Home:
        """An empty home, from now taken."""
        while True:
            street = self.streets[int(self._stream.random() * len(self.streets))]
            number = 1 + int(self._stream.random() * street.homes)
            flat = f"Flat {1 + int(self._stream.random() * 4)}, " if number % 9 == 0 else ""
            lines, postcode = f"{flat}{number} {street.name}, Hallowby", street.postcodes[(number - 1) // 20]
            if (lines, postcode) not in self._taken:
                self._taken.add((lines, postcode))
                return Home(lines, postcode)

    def leave(self, home: Home) -> None:
        """The home is empty again."""
        self._taken.discard((home.lines, home.postcode))

    def beyond(self) -> Home:
        """A home in another authority."""
        town = int(self._stream.random() * len(BEYOND))
        street = self.streets[int(self._stream.random() * len(self.streets))]
        number = 1 + int(self._stream.random() * street.homes)
        inward = street.postcodes[0].split()[1]
        return Home(f"{number} {street.name}, {BEYOND[town]}", f"QY{town + 1} {inward}")


def area_of(home: Home) -> int:
    """In which area of the town a home is; -1 for elsewhere."""
    outward = home.postcode.split()[0]
    return int(outward[2:]) - FIRST_AREA if outward.startswith("QX") else -1

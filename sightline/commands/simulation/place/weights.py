"""Drawing by weights that change: a tree of sums, so that a change and a draw each take a few steps."""

import random


class Weights:
    """Places 0, 1, 2 ... each with a weight that is not negative."""

    def __init__(self) -> None:
        self._own: list[float] = []
        self._sums = [0.0]

    def add(self, weight: float) -> int:
        """One more place. Returns which."""
        self._own.append(weight)
        place = len(self._own)
        # A sum covers as many places as the lowest set bit of its own says: those before it and itself.
        low, total, below = place & -place, weight, place - 1
        while below > place - low:
            total += self._sums[below]
            below -= below & -below
        self._sums.append(total)
        return place - 1

    def set(self, place: int, weight: float) -> None:
        """Give a place another weight."""
        more = weight - self._own[place]
        self._own[place] = weight
        place += 1
        while place < len(self._sums):
            self._sums[place] += more
            place += place & -place

    def draw(self, stream: random.Random) -> int:
        """A place, each in proportion to its weight."""
        while True:
            found = self._at(stream.random() * self.total())
            if found < len(self._own) and self._own[found] > 0:
                return found

    def total(self) -> float:
        """All weights together."""
        total, place = 0.0, len(self._own)
        while place:
            total += self._sums[place]
            place -= place & -place
        return total

    def _at(self, reach: float) -> int:
        place, step = 0, 1 << len(self._own).bit_length()
        while step:
            if place + step <= len(self._own) and self._sums[place + step] <= reach:
                place += step
                reach -= self._sums[place]
            step >>= 1
        return place

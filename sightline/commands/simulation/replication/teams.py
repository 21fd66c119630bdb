"""Teams of a copy go on being counted: its first follows the last of the copy before."""

import re
from collections.abc import Sequence


class Teams:
    """`words` has the copy's key word and name for each of the teams' that are copied."""

    def __init__(self, teams: Sequence[tuple[str, str]], copy: int) -> None:
        self.copy = copy
        self._longest_first = sorted((key for key, _ in teams), key=len, reverse=True)
        stems: dict[str, int] = {}
        for word in (word for team in teams for word in team):
            stem, number = _counted(word)
            stems[stem] = max(stems.get(stem, 0), number or 1)
        self.words = {word: self._next(word, stems) for team in teams for word in team}

    def _next(self, word: str, stems: dict[str, int]) -> str:
        stem, number = _counted(word)
        joint = "" if number else "-" if "-" in word or word.islower() else " "
        return f"{stem}{joint}{(number or 1) + self.copy * stems[stem]}"

    def key_word(self, value: str) -> str:
        """Of a team or its posts: with the team's own."""
        for team in self._longest_first:
            if value == team or value.endswith(f"-{team}"):
                return value[: len(value) - len(team)] + self.words[team]
        return f"{value}-{self.copy}"


def _counted(word: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.*[ -])(\d+)", word)
    return (found[1], int(found[2])) if found else (word, 0)

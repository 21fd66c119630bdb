"""The house, drawn from the floors that the build holds."""

import tomllib
from html import escape
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"
NAMES = {
    "web": ("The doors", "#d9e8f6"),
    "journeys": ("Journeys", "#e7dff2"),
    "returns": ("Derived", "#f3e4d7"),
    "front_door": ("Work", "#dcefdc"),
    "record": ("The spine", "#c9e4c9"),
    "people": ("The register", "#f4efcf"),
    "practice": ("Practice", "#f7dfe2"),
    "doorway": ("One way in", "#e3e3ec"),
    "audit": ("Who viewed, who changed", "#e9e9e9"),
    "access": ("Who may see what", "#e9e9e9"),
    "kernel": ("The kernel", "#f2f2f2"),
}
"""What each floor is called, by its first room, and how it is coloured. A floor without a name is not drawn."""
LEFT, WIDE, HIGH, GAP, IN_A_ROW = 210, 750, 46, 12, 4


def page() -> str:
    """The picture, as SVG: floors from the top, rooms of one floor side by side."""
    drawn, top = [], 20
    for rooms in floors():
        title, colour = NAMES[rooms[0]]
        drawn.append(f'<text x="20" y="{top + 33}" class="l">{escape(title)}</text>')
        for first in range(0, len(rooms), IN_A_ROW):
            drawn += _row(rooms[first : first + IN_A_ROW], top, colour)
            top += HIGH + GAP
    return "\n".join([*_head(top + 8), *drawn, "</svg>", ""])


def floors() -> list[list[str]]:
    """The rooms of each floor that has a name, from the doors down, as import-linter holds them."""
    contract = tomllib.loads(PROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    split = [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]
    return [rooms for rooms in split if rooms[0] in NAMES]


def _row(rooms: list[str], top: int, colour: str) -> list[str]:
    width = (WIDE - GAP * (len(rooms) - 1)) // len(rooms)
    drawn = []
    for place, room in enumerate(rooms):
        left = LEFT + place * (width + GAP)
        drawn += [
            f'<rect x="{left}" y="{top}" width="{width}" height="{HIGH}" rx="4" fill="{colour}" stroke="#33475b"/>',
            f'<text x="{left + 12}" y="{top + 28}" class="n">{escape(room)}</text>',
        ]
    return drawn


def _head(high: int) -> list[str]:
    return [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 {high}" role="img" aria-labelledby="t d"'
            ' font-family="Arial, Helvetica, sans-serif" font-size="13">'
        ),
        '<title id="t">The house</title>',
        (
            '<desc id="d">Rooms on floors, from the doors at the top to the kernel at the bottom. '
            "A room imports only from floors below it.</desc>"
        ),
        "<style>.l{font-weight:bold;fill:#33475b} .n{font-weight:bold}</style>",
        '<rect width="100%" height="100%" fill="white"/>',
    ]

"""How a text comes of lines: a line calls for other lines and for facts, and stands only where both are there.

The lines are in TOML files, a text of lines under the name by which others call for them. A line is

    drink/drugs school_age -alone | {carer} had been drinking. <what_we_saw>

where what stands before the bar must hold (a slash is "or", a minus is "not"), `{carer}` is a fact, `<what_we_saw>`
another line, `<what_we_saw?>` another line half the time, and `{live|lives}` follows how many children there are.
A line that asks for more is likelier where it fits, and none comes twice in one family while another would do.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

Fact = str | Callable[[], str]
_PIECE = re.compile(r"<([a-z_.]+)(\??)>|\{([a-z_]+)\}|\{([a-z]+\|[a-z]+)\}")
_BEGINS = re.compile(r"(^|[.!?][”)]?\s+|\n\s*|: “|^“)([a-zé])")
_SPACES = re.compile(r"[ \t]{2,}")
_SCHOOL = re.compile(r"\b(schools?|teachers?|uniforms?|breakfast club)\b", re.IGNORECASE)
_NOT_THEIRS = re.compile(r"starts school|school days|school kitchen|by the school|no school|school holidays")
OF_PUPILS = frozenset(
    {
        "school_age", "infant", "junior", "early_teen", "teen", "teens", "nearly_grown", "nursery", "holidays",
        "school", "education", "asked_school", "school_nurse", "pupils",
    }
)  # fmt: skip
"""Whatever asks for one of these has thought of who goes to school, or is said by one."""
PUPILS, A_PUPIL = "=pupils", frozenset({"school_age", "nearly_grown"})
HALF = 0.5
LIKELIER = 2.5
"""How much likelier a line is for each thing that it asks for."""


class NoLine(LookupError):
    """Nothing can be said here: no line of that name fits."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way to say it: `pieces` are words, facts and other lines, in their order."""

    number: int
    pieces: tuple[tuple[str, str], ...]
    all_of: frozenset[str]
    """What must hold, and the facts that it names, each after an equals sign."""
    one_of: tuple[frozenset[str], ...]
    none_of: frozenset[str]
    calls: tuple[str, ...]
    """Other lines without which it cannot be said."""
    weight: float

    @property
    def text(self) -> str:
        """What it says of its own, without facts and other lines."""
        return " ".join(value for kind, value in self.pieces if kind == "words")

    def fits(self, known: frozenset[str]) -> bool:
        """Whether it may be said where this is known."""
        if not self.all_of <= known or not self.none_of.isdisjoint(known):
            return False
        return not any(group.isdisjoint(known) for group in self.one_of)


class Scene:
    """What holds here and what may be named: the facts may be made when they are asked for.

    `said` are the lines that this family's record has had.
    """

    __slots__ = ("dice", "facts", "known", "said", "tags")

    def __init__(self, tags: frozenset[str], facts: dict[str, Fact], dice: Random, said: set[int]) -> None:
        self.tags, self.facts, self.dice, self.said = tags, facts, dice, said
        self.known = tags.union([f"={name}" for name in facts])

    def but(self, *tags: str, **facts: Fact) -> "Scene":
        """The same, and this too."""
        return Scene(self.tags | frozenset(tags), {**self.facts, **facts}, self.dice, self.said)


def line_of(number: int, written: str) -> Line:
    """A line as it stands in a file."""
    asked, bar, text = written.partition(" | ")
    if not bar:
        asked, text = "", written
    pieces = _pieces(text)
    asks = [word for word in asked.split() if not word.startswith("-")]
    pupils, a_pupil = _of_pupils(asked, text)
    return Line(
        number=number,
        pieces=pieces,
        all_of=frozenset(
            [word for word in asks if "/" not in word]
            + [f"={name}" for kind, name in pieces if kind == "fact"]
            + pupils
        ),
        one_of=(*(frozenset(word.split("/")) for word in asks if "/" in word), *a_pupil),
        none_of=frozenset(word[1:] for word in asked.split() if word.startswith("-")),
        calls=tuple(name for kind, name in pieces if kind == "line"),
        weight=1 + LIKELIER * len(asks),
    )


def _of_pupils(asked: str, text: str) -> tuple[list[str], list[frozenset[str]]]:
    """Who speaks of a school speaks of somebody who goes there: any of the children, or the child who is named."""
    thought_of = not OF_PUPILS.isdisjoint(re.split(r"[ /]", asked.replace("-", "")))
    if thought_of or not _SCHOOL.search(_NOT_THEIRS.sub("", text)):
        return [], []
    return ([], [A_PUPIL]) if re.search(r"\{(child|he|his|him)\b", text) else ([PUPILS], [])


def _pieces(text: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    at = 0
    for piece in _PIECE.finditer(text):
        found.append(("words", text[at : piece.start()]))
        symbol, maybe, fact, verb = piece.groups()
        found.append((f"line{maybe}", symbol) if symbol else ("fact", fact) if fact else ("verb", verb))
        at = piece.end()
    found.append(("words", text[at:]))
    return tuple(piece for piece in found if piece[1])


@cache
def lines() -> Mapping[str, tuple[Line, ...]]:
    """Every line there is, by name, in the order of the files."""
    found: dict[str, tuple[Line, ...]] = {}
    number = 0
    for file in sorted(files(__package__).iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml"):
            continue
        for name, text in tomllib.loads(file.read_text("utf-8")).items():
            rows = [row.strip() for row in text.splitlines() if row.strip()]
            if name in found:
                raise ValueError(f"{file.name} says {name!r}, which another file says too.")
            found[name] = tuple(line_of(number + place, row) for place, row in enumerate(rows))
            number += len(rows)
    return found


def has(name: str, scene: Scene) -> bool:
    """Whether anything of that name may be said here, with all that it calls for."""
    return any(line.fits(scene.known) and _whole(line, scene) for line in lines()[name])


def _whole(line: Line, scene: Scene) -> bool:
    return all(has(name, scene) for name in line.calls)


def say(name: str, scene: Scene) -> str:
    """A text of that name, tidied: sentences begin with a capital, and no space stands twice."""
    return tidy(spoken(name, scene))


def spoken(name: str, scene: Scene) -> str:
    """The same, as it came: for what becomes a part of another text."""
    fitting = [line for line in lines()[name] if line.fits(scene.known)]
    line = _drawn(fitting, scene)
    while line is not None and not _whole(line, scene):
        fitting.remove(line)
        line = _drawn(fitting, scene)
    if line is None:
        raise NoLine(f"Nothing of the name {name!r} fits {sorted(scene.tags)}.")
    scene.said.add(line.number)
    return "".join(_piece(kind, value, scene) for kind, value in line.pieces)


def _piece(kind: str, value: str, scene: Scene) -> str:
    if kind == "words":
        return value
    if kind == "fact":
        fact = scene.facts[value]
        return fact if isinstance(fact, str) else fact()
    if kind == "verb":
        several, one = value.split("|")
        return several if scene.facts["are"] == "are" else one
    if kind == "line?" and (scene.dice.random() < HALF or not has(value, scene)):
        return ""
    return spoken(value, scene)


def _drawn(fitting: list[Line], scene: Scene) -> Line | None:
    fresh = [line for line in fitting if line.number not in scene.said]
    if not fitting:
        return None
    if not fresh:
        scene.said.difference_update(line.number for line in fitting)
        fresh = fitting
    return scene.dice.choices(fresh, [line.weight for line in fresh])[0]


def tidy(text: str) -> str:
    """Capitals where sentences begin, one space between words, and a blank line at each pilcrow."""
    joined = _SPACES.sub(" ", text.replace("¶", "\n\n")).strip()
    joined = re.sub(r" *\n\n *", "\n\n", joined).replace(" .", ".").replace(" ,", ",")
    return _BEGINS.sub(lambda found: found.group(1) + found.group(2).upper(), joined)


def listed(names: Iterable[str]) -> str:
    """Ava, Noah and Finn."""
    *first, last = list(names)
    return f"{', '.join(first)} and {last}" if first else last

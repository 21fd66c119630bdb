"""Reading one TOML table at a time, with a sentence for whatever is wrong in it.

A fault says where, what, and how to mend it. Dates and times may also be their
ISO text, which is how the sealed copy keeps them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NoReturn, TypeVar

from sightline.kernel.errors import Refusal

KEY = re.compile(r"[a-z][a-z0-9_]*([.-][a-z0-9_]+)*")
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a pack. Each part is a sentence or begins one."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.mend}."


class PackRefused(Refusal):
    """The pack is not taken. ``faults`` has at least one; nothing was published."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Table:
    """One table of a pack's file. Each read marks its name as known; `done` refuses the rest."""

    def __init__(self, values: object, where: str, languages: tuple[str, ...] = ()) -> None:
        self.where = where
        self.languages = languages
        self._known: set[str] = set()
        if not isinstance(values, Mapping):
            self._values: Mapping[str, Any] = {}
            self.refuse("this should be a table", "Write it as name = value lines under a heading")
        self._values = values

    def refuse(self, what: str, mend: str) -> NoReturn:
        """Refuse the pack because of this table."""
        raise PackRefused(Fault(self.where, what, mend))

    def has(self, name: str) -> bool:
        """Whether the table says anything under that name."""
        self._known.add(name)
        return name in self._values

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not blank; ``default`` when the name is absent and may be."""
        if not self.has(name) and default is not None:
            return default
        value = self._value(name, f'Add a line such as {name} = "…"')
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"“{name}” should be text and not blank", f'Write {name} = "…"')
        return value

    def key(self, name: str = "key") -> str:
        """A key: small letters, figures, underscores, and dots between."""
        value = self.text(name)
        if not KEY.fullmatch(value):
            self.refuse(
                f"“{value}” cannot be a key",
                "Use small letters, figures and underscores, beginning with a letter",
            )
        return value

    def one_of(self, name: str, choices: Mapping[str, Choice], default: Choice | None = None) -> Choice:
        """One of the listed texts."""
        if not self.has(name) and default is not None:
            return default
        value = self.text(name)
        if value not in choices:
            self.refuse(f"“{name}” cannot be “{value}”", f"Choose from: {', '.join(choices)}")
        return choices[value]

    def words(self, name: str) -> tuple[tuple[str, str], ...]:
        """The same words in every language of the pack."""
        inner = Table(self._value(name, f'Add {name}.{self.languages[0]} = "…"'), f"{self.where}, {name}")
        texts = tuple((language, inner.text(language)) for language in self.languages)
        inner.done("Add the language to the pack, or take these words out")
        return texts

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._values.get(name, default)
        self._known.add(name)
        if not isinstance(value, bool):
            self.refuse(f"“{name}” should be true or false", f"Write {name} = true or {name} = false")
        return value

    def number(self, name: str, *, least: int, most: int = 10_000) -> int:
        """A whole number from ``least`` to ``most``."""
        value = self._value(name, f"Add a line such as {name} = {least}")
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(f"“{name}” should be a whole number from {least} to {most}", "Mend the number")
        return value

    def day(self, name: str) -> date:
        """A day, as TOML writes it: 2023-12-15."""
        value = self._value(name, f"Add a line such as {name} = 2023-12-15")
        if isinstance(value, str):
            value = _iso(date, value)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(f"“{name}” should be a day", f"Write {name} = 2023-12-15, without quotes")
        return value

    def clock(self, name: str) -> time:
        """A time of day, as TOML writes it: 17:00:00."""
        value = self._value(name, f"Add a line such as {name} = 17:00:00")
        if isinstance(value, str):
            value = _iso(time, value)
        if not isinstance(value, time):
            self.refuse(f"“{name}” should be a time", f"Write {name} = 17:00:00, without quotes")
        return value

    def names(self, name: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of texts, none twice."""
        value = self._values.get(name, [])
        self._known.add(name)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self.refuse(f"“{name}” should be a list of texts", f'Write {name} = ["…", "…"]')
        if len(value) < least:
            self.refuse(f"“{name}” needs at least {least}", f"Add to {name}")
        if len(set(value)) != len(value):
            self.refuse(f"“{name}” says the same thing twice", "Take one of them out")
        return tuple(value)

    def raw(self, name: str) -> Any:
        """What stands under that name, as it is written; its shape is judged elsewhere."""
        return self._value(name, f"Add {name} = …")

    def only(self, names: Iterable[str]) -> dict[str, Any]:
        """Those of these that the table has, as they are written."""
        return {name: self._values[name] for name in names if self.has(name)}

    def inner(self, name: str) -> "Table":
        """A table within this one."""
        return Table(self._value(name, f"Add {name} = {{ … }}"), f"{self.where}, {name}", self.languages)

    def tables(self, name: str, thing: str, *, least: int = 1) -> tuple["Table", ...]:
        """A list of tables, each spoken of by its own key."""
        value = self._values.get(name, [])
        self._known.add(name)
        if not isinstance(value, list) or len(value) < least:
            self.refuse(f"there is no {thing}", f"Add one under [[{name}]]")
        return tuple(self._one(item, thing) for item in value)

    def _one(self, item: object, thing: str) -> "Table":
        key = item.get("key", "without a key") if isinstance(item, Mapping) else "without a key"
        return Table(item, f"{self.where}, {thing} “{key}”", self.languages)

    def done(self, mend: str = "Take it out, or mend its spelling") -> None:
        """Refuse what nobody asked for: a slip of spelling must not be passed over."""
        for name in self._values:
            if name not in self._known:
                self.refuse(f"“{name}” means nothing here", mend)

    def _value(self, name: str, mend: str) -> Any:
        if not self.has(name):
            self.refuse(f"“{name}” is missing", mend)
        return self._values[name]


Iso = TypeVar("Iso", date, time)


def _iso(kind: type[Iso], text: str) -> Iso | None:
    try:
        return kind.fromisoformat(text)
    except ValueError:
        return None


def literal(*values: Choice) -> dict[str, Choice]:
    """The values that a literal type allows, by their own text."""
    return {value: value for value in values}

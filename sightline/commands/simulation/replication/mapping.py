"""Which tables are copied and what becomes of each column: from the database's catalogue, and `map.toml`.

Refused (`Unclassified`) where a table, a type or a text column is in neither, so that nothing is copied by chance.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sightline.commands.postgres.roles import Connection
from sightline.kernel.errors import Refusal

TEXTS = (
    "name", "born", "key_word", "email", "phone", "postcode", "found_by", "identifier", "registration", "digest",
    "words", "code",
)  # fmt: skip
CATALOGUE = """
SELECT c.relname, a.attname,
       replace(format_type(a.atttypid, NULL), 'character varying', 'varchar') AS type,
       CASE WHEN a.atttypid = 'varchar'::regtype THEN greatest(a.atttypmod - 4, 0) ELSE 0 END AS longest,
       (SELECT i.indisprimary FROM pg_index i
        WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) IS TRUE AS is_key,
       c.relrowsecurity
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""


Found = tuple[str, str, int, bool]
"""A column as the catalogue has it: its name, its type, how much it holds and whether rows are known by it."""


class Unclassified(Refusal):
    """The map does not say what becomes of something that the database has."""


@dataclass(frozen=True)
class Column:
    """A column, and of which kind it is: `key`, `moment`, `words` and so on."""

    name: str
    kind: str
    is_list: bool
    is_key: bool
    longest: int = 0
    """How many signs it holds; 0 where there is no end."""


@dataclass(frozen=True)
class Table:
    """A table that is copied. `parted`: only the rows that name something copied. `fenced`: under row security."""

    name: str
    columns: tuple[Column, ...]
    parted: bool
    fenced: bool = True

    @property
    def role(self) -> str:
        """Who sees and writes every row of it."""
        return "sightline_steward" if self.fenced else "sightline_owner"

    @property
    def key(self) -> int | None:
        """Where the primary key stands, if it is one uuid."""
        keys = [at for at, one in enumerate(self.columns) if one.is_key and one.kind == "key"]
        return keys[0] if len(keys) == 1 else None

    def at(self, column: str) -> int:
        """Where that column stands in a row."""
        return [one.name for one in self.columns].index(column)


@cache
def told() -> Mapping[str, Any]:
    """`map.toml` as it is written."""
    return tomllib.loads(Path(__file__).with_name("map.toml").read_text("utf-8"))


def tables_of(connection: Connection) -> list[Table]:
    """Every table that is copied. Refuses a database that the map does not cover, naming all that is missing."""
    rows: dict[str, list[Found]] = {}
    fenced = set()
    for table, column, kind, longest, is_key, is_fenced in connection.execute(CATALOGUE.encode()):
        if is_fenced:
            fenced.add(table)
        rows.setdefault(table, []).append((column, kind, longest, is_key))
    missing: list[str] = []
    wanted = [name for name in rows if not _has("shared", name) and not _has("left", name)]
    found = [_table(name, rows[name], missing, fenced=name in fenced) for name in sorted(wanted, key=_last)]
    if missing:
        raise Unclassified(f"The map of copies (map.toml) says nothing of {', '.join(missing)}. Add each to it.")
    return found


def _last(table: str) -> tuple[bool, str]:
    """A link between two people mirrors what either is seen by: it comes when both have all of it."""
    return table == "access_identity", table


def _table(name: str, columns: list[Found], missing: list[str], *, fenced: bool) -> Table:
    if not any(name in told()[kind] for kind in TEXTS) and any(_type(kind) == "text" for _, kind, _, _ in columns):
        missing.append(name)
        return Table(name, (), parted=False, fenced=fenced)
    out = told()["left_out"].get(name, "").split()
    made = tuple(
        Column(column, _kind(name, column, type_), type_.endswith("[]"), is_key, longest)
        for column, type_, longest, is_key in columns
        if column not in out
    )
    missing.extend(f"{name}.{one.name}" for one in made if not one.kind)
    return Table(name, made, parted=_has("parted", name), fenced=fenced)


def _kind(table: str, column: str, type_: str) -> str:
    for kind in TEXTS:
        if column in told()[kind].get(table, "").split():
            return kind
    kind = _type(type_)
    return "" if kind == "text" else kind


def _type(name: str) -> str:
    for kind, names in told()["types"].items():
        if name == names or (" " not in name and kind in {"same", "text"} and name in names.split()):
            return str(kind)
    return ""


def _has(which: str, table: str) -> bool:
    return table in told()["tables"][which].split()

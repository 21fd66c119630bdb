"""Taking a scenario out again: everything that is about those whom it brought is deleted, by the owner.

Only ever in a training database, where nobody exists; docs/decisions/a-scenario-is-deleted.md says why it is no
withdrawal. What was done in training about the scenario's people goes with them. The audit stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from psycopg import sql

from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import Connection
from sightline.commands.scenarios.closure import Closure, as_steward
from sightline.commands.scenarios.spec import Unfit, key_of, read
from sightline.kernel.errors import Refusal


@dataclass(frozen=True)
class PlayedLine:
    """A scenario that is played here."""

    id: UUID
    key: str
    title: str
    until: date | None
    people: int


@dataclass(frozen=True)
class Gone:
    """What went, by table; and what was left and why, a sentence each."""

    title: str
    rows: dict[str, int]
    left: tuple[str, ...]


def list_played() -> list[PlayedLine]:
    """The scenarios of this database, by key. None where its tables are older than scenarios are."""
    with _training() as connection:
        if connection.execute("SELECT to_regclass('partnership_scenario')").fetchone() == (None,):
            return []
        as_steward(connection)
        rows = connection.execute(
            "SELECT id, key, title, until, cardinality(people) FROM partnership_scenario ORDER BY key"
        )
        return [PlayedLine(*row) for row in rows]


def refuse_if_there(key: str) -> None:
    """Refuse a scenario that is played already."""
    if any(one.key == key for one in list_played()):
        raise Refusal(f"This scenario is there already. Take it out first: ./run scenario remove {key}")


def remove(said: str) -> Gone:
    """Take out the scenario of this key, title or file. All of it in one transaction."""
    found = _found(said)
    with _training() as connection:
        as_steward(connection)
        row = connection.execute(
            "SELECT people, accounts, agencies FROM partnership_scenario WHERE id = %s FOR UPDATE", [found.id]
        ).fetchone()
        if row is None:
            raise Refusal("Somebody else has just taken this scenario out.")
        closure = Closure(connection)
        closure.follow({found.id, *row[0], *row[1]})
        kept = [agency for agency in row[2] if not closure.agency_goes(agency)]
        gone = closure.delete()
        left = [_still_used(connection, agency) for agency in kept]
    return Gone(found.title, gone, tuple(left))


def _still_used(connection: Connection, agency: UUID) -> str:
    row = connection.execute("SELECT name FROM partnership_agency WHERE id = %s", [agency]).fetchone()
    return f"The agency {row[0] if row else agency} stays: something else that is recorded here names it."


def _found(said: str) -> PlayedLine:
    wanted = {said, key_of(said), _key_of_file(Path(said))}
    found = next((one for one in list_played() if one.key in wanted), None)
    if found is None:
        raise Refusal(f"No scenario “{said}” is played here. See which are: ./run scenario list")
    return found


def _key_of_file(path: Path) -> str:
    beside = Path(__file__).parent / "shipped" / f"{path.name.removesuffix('.json')}.json"
    for one in (path, beside):
        if one.is_file():
            try:
                return read(one.read_text("utf-8")).key
            except (Unfit, UnicodeDecodeError):
                continue
    return ""


@contextmanager
def _training() -> Iterator[Connection]:
    with roles.connect(url.database_name()) as connection, connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE sightline_owner"))
        yield connection

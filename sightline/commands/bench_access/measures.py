"""What is read, by whom, with the policies and without: the time that the statements take, and nothing else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sightline.commands.bench_access.stage import Reader
from sightline.commands.bench_front_door.ground import open_wrapper, stand_on
from sightline.doorway.acts import acting
from sightline.people.search import search_people
from sightline.record.queries import count_mine, list_entries, list_newest_of_mine, list_timeline
from sightline.workforce.queries import get_actor

# Without policies: what somebody would write who had none, in the form that suits how many are theirs.
GRANTED = """
    g.reader = ANY ((SELECT access_principals())::uuid[]) AND 'ordinary' = ANY (g.sections)
    AND g.from_at <= statement_timestamp() AND (g.until_at IS NULL OR g.until_at > statement_timestamp())
"""
MINE = f"SELECT DISTINCT g.person FROM access_grant g WHERE {GRANTED}"  # noqa: S608 (of the constant above)
STANDS = "s.withdrawn_at IS NULL AND s.superseded_at IS NULL"
OF_FEW = f"""
SELECT found.entry_id FROM ({MINE}) AS mine CROSS JOIN LATERAL (
    SELECT s.entry_id, s.occurred_from FROM record_entrysubject s
    WHERE s.person_id = mine.person AND {STANDS} ORDER BY s.occurred_from DESC LIMIT 50) AS found
ORDER BY found.occurred_from DESC LIMIT 50
"""  # noqa: S608 (of the constants above)
OF_MANY = f"""
SELECT s.entry_id FROM record_entrysubject s
WHERE {STANDS} AND EXISTS (
    SELECT 1 FROM access_grant g WHERE g.person = s.person_id AND ({GRANTED}) IS TRUE OFFSET 0)
ORDER BY s.occurred_from DESC, s.entry_id DESC LIMIT 50
"""  # noqa: S608 (of the constants above)
NEWEST = {"worker": OF_FEW, "manager": OF_MANY}
COUNT = f"SELECT count(*) FROM ({MINE}) AS mine JOIN record_entrysubject s ON s.person_id = mine.person AND {STANDS}"  # noqa: S608 (of the constants above)
FAMILY = "SELECT family FROM people_name WHERE person_id = %s"


@dataclass
class Timed:
    """Milliseconds of each sample."""

    samples: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return sorted(self.samples)[len(self.samples) // 2]


class Side:
    """A session that reads as one role: with policies as whoever serves, without as the steward, who is let through."""

    def __init__(self, name: str, *, fenced: bool) -> None:
        self.fenced, self.taken = fenced, 0.0
        self.wrapper = open_wrapper(name, "serving" if fenced else "owner")
        self.wrapper.ensure_connection()
        if not fenced:
            with self.wrapper.cursor() as cursor:
                cursor.execute("SET ROLE sightline_steward")

    def __call__(self, execute: Callable[..., Any], words: Any, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django's own call)
        began = time.perf_counter()
        try:
            return execute(words, values, many, context)
        finally:
            self.taken += 1000 * (time.perf_counter() - began)

    @contextmanager
    def asked_by(self, reader: Reader) -> Iterator[None]:
        stand_on(self.wrapper)
        with acting(reader.account), self.wrapper.execute_wrapper(self):
            self.taken = 0.0
            yield

    def run(self, words: str, values: list[object] | None = None) -> list[tuple[Any, ...]]:
        with self.wrapper.cursor() as cursor:
            cursor.execute(words, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows


Question = Callable[[Side, Reader], object]


def _one_child(_side: Side, reader: Reader) -> object:
    return len(list_timeline(person=reader.one).entries)


def _search(side: Side, reader: Reader) -> object:
    [(family,)] = side.run(FAMILY, [reader.one])
    by = get_actor(reader.account)
    side.taken = 0.0
    return len(search_people(by=by, at=datetime.now(UTC), text=family))


def _newest(side: Side, reader: Reader) -> object:
    if side.fenced:
        return len(list_newest_of_mine(limit=50))
    return len(list_entries([key for (key,) in side.run(NEWEST[reader.name])]))


def _count(side: Side, _reader: Reader) -> object:
    return count_mine().entries if side.fenced else side.run(COUNT)[0][0]


QUESTIONS: dict[str, Question] = {
    "one child's timeline, newest 25": _one_child,
    "newest 50 of mine": _newest,
    "count all of mine": _count,
    "search by a family name": _search,
}


def measure(
    sides: tuple[Side, Side], readers: tuple[Reader, Reader], rounds: int
) -> dict[tuple[str, str, bool], Timed]:
    """By question, reader and whether the fence stood; turn and turn about. Both sides must answer alike."""
    found: dict[tuple[str, str, bool], Timed] = {}
    for number in range(-1, rounds):
        for name, question in QUESTIONS.items():
            for reader in readers:
                answers = set()
                for side in sides if number % 2 else reversed(sides):
                    with side.asked_by(reader):
                        answers.add(question(side, reader))
                        taken = side.taken
                    if number >= 0:
                        found.setdefault((name, reader.name, side.fenced), Timed()).samples.append(taken)
                if len(answers) > 1 and not name.startswith("search"):
                    raise AssertionError(f"{name} answers the {reader.name} with {answers}, with and without policies.")
    return found

"""An audit of sixty events under twelve checkpoints, and the ways in which it is tampered with afterwards."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import psycopg

from sightline.audit.models import Event
from sightline.audit.operations import record_event
from sightline.audit.sealing import Sealer
from sightline.audit.seals import Seals
from sightline.doorway.acts import acting

PASSES, IN_EACH = 12, 5
LEAVES = PASSES * IN_EACH
Connection = psycopg.Connection[Any]


def add_events(count: int = IN_EACH) -> None:
    """What is done on one record and another, each in a transaction of its own."""
    for number in range(count):
        with acting(account := uuid4()):
            record_event(
                kind=Event.Kind.LOOK, what="record", actor=account, at=datetime.now(UTC), because="allocation",
                people=[uuid4() for _ in range(1 + number % 3)], facts={"rows": number, "words": "“é”\u0007\n"},
            )  # fmt: skip


def seal(folder: Path) -> Sealer:
    """The events, sealed by one sealer in twelve passes."""
    sealer = Sealer(Seals(folder))
    for _ in range(PASSES):
        add_events()
        sealed = sealer.seal(at=datetime.now(UTC))
        assert sealed is not None
        assert sealed.leaves == IN_EACH
    return sealer


class Tampering:
    """Changes a sealed audit as somebody whom no fence holds. Each way gives back the first leaf that is then bad."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self.connection = connection
        self.draw = Random(seed)  # noqa: S311 (chosen, and chosen again the same way; nothing is kept secret by it)
        self.leaf = self.draw.randrange(2, LEAVES - 2)

    def run(self, words: str, *values: object) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(words.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def event(self, leaf: int) -> Any:
        return self.run("SELECT event FROM audit_leaf WHERE number = %s", leaf)[0][0]

    def edit(self, column: str, value: str) -> int:
        self.run(f"UPDATE audit_event SET {column} = {value} WHERE id = %s", self.event(self.leaf))  # noqa: S608 (columns of the list below)
        return self.leaf

    def edit_people(self, words: str) -> int:
        self.run(words, self.event(self.leaf))
        return self.leaf

    def remove(self, leaves: list[int], *, numbers: bool = True) -> int:
        for leaf in leaves:
            event = self.event(leaf)
            self.run("DELETE FROM audit_eventperson WHERE event_id = %s", event)
            self.run("DELETE FROM audit_event WHERE id = %s", event)
            if numbers:
                self.run("DELETE FROM audit_leaf WHERE number = %s", leaf)
        return leaves[0]

    def remove_and_close_up(self) -> int:
        self.remove([self.leaf])
        self._shift(self.leaf, -1)
        return self.leaf

    def cut(self, leaf: int) -> int:
        return self.remove(list(range(leaf, LEAVES)))

    def put_back_an_older_copy(self, *, go_on: bool = False) -> int:
        """As the database stood at some pass; and others' looks have been written since."""
        leaf = self.draw.randrange(1, PASSES) * IN_EACH
        self.cut(leaf)
        if go_on:
            for number in range(leaf, leaf + self.draw.randrange(1, 4)):
                self.put_in(number)
        return leaf

    def swap_numbers(self) -> int:
        other = self.leaf + 1
        first, second = self.event(self.leaf), self.event(other)
        self.run("UPDATE audit_leaf SET event = gen_random_uuid() WHERE number = %s", other)
        self.run("UPDATE audit_leaf SET event = %s WHERE number = %s", second, self.leaf)
        self.run("UPDATE audit_leaf SET event = %s WHERE number = %s", first, other)
        return self.leaf

    def swap_actors(self) -> int:
        first, second = self.event(self.leaf - 1), self.event(self.leaf)
        words = "UPDATE audit_event e SET actor = o.actor FROM audit_event o WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))"
        self.run(words, first, second, second, first)
        return self.leaf - 1

    def put_in(self, number: int | None, *, tx: str = "pg_current_xact_id()", copy_of: int = 0) -> int | None:
        """A row that says of somebody that they looked; without a number, as if it had just been written."""
        key = uuid4()
        columns = "at, kind, what, role, section, because, via, request, facts"
        self.run(
            f"INSERT INTO audit_event (id, actor, tx, {columns})"  # noqa: S608 (columns of this line)
            f" SELECT %s, %s, {tx}, {columns} FROM audit_event WHERE id = %s",
            key, uuid4(), self.event(copy_of),
        )  # fmt: skip
        if number is not None:
            self.run("INSERT INTO audit_leaf (number, event) VALUES (%s, %s)", number, key)
        return number

    def put_in_between(self) -> int:
        self._shift(self.leaf, 1)
        self.put_in(self.leaf)
        return self.leaf

    def replace(self) -> int:
        self.put_in(-1, copy_of=self.leaf)
        self.remove([self.leaf])
        self.run("UPDATE audit_leaf SET number = %s WHERE number = -1", self.leaf)
        return self.leaf

    def _shift(self, start: int, by: int) -> None:
        self.run("UPDATE audit_leaf SET number = -1000 - number WHERE number >= %s", start)
        self.run("UPDATE audit_leaf SET number = -1000 - number + %s WHERE number <= -1000", by)


WAYS: dict[str, Callable[[Tampering], int | None]] = {
    "when it was": lambda made: made.edit("at", "at - interval '1 microsecond'"),
    "a view becomes a search": lambda made: made.edit("kind", "'search'"),
    "another page": lambda made: made.edit("what", "'timeline'"),
    "somebody else": lambda made: made.edit("actor", "gen_random_uuid()"),
    "nobody": lambda made: made.edit("actor", "NULL"),
    "another role": lambda made: made.edit("role", "'team_manager'"),
    "for an agency": lambda made: made.edit("agency", "gen_random_uuid()"),
    "another section": lambda made: made.edit("section", "'police'"),
    "another reason": lambda made: made.edit("because", "'emergency'"),
    "by another way": lambda made: made.edit("via", "'team'"),
    "another request": lambda made: made.edit("request", "'x'"),
    "other counts": lambda made: made.edit("facts", """facts || '{"rows": 77}'"""),
    "when it was written": lambda made: made.edit("written_at", "written_at + interval '1 hour'"),
    "in which transaction": lambda made: made.edit("tx", "(tx::text::bigint + 1)::text::xid8"),
    "another child": lambda made: made.edit_people(
        "UPDATE audit_eventperson SET person = gen_random_uuid() WHERE event_id = %s"
    ),
    "no child": lambda made: made.edit_people("DELETE FROM audit_eventperson WHERE event_id = %s"),
    "one more child": lambda made: made.edit_people(
        "INSERT INTO audit_eventperson (id, event_id, person, at)"
        " VALUES (gen_random_uuid(), %s, gen_random_uuid(), now())"
    ),
    "taken out of the middle": lambda made: made.remove([made.leaf]),
    "taken out, its number left": lambda made: made.remove([made.leaf], numbers=False),
    "taken out, and the gap closed": lambda made: made.remove_and_close_up(),
    "only the number taken out": lambda made: made.edit_people("DELETE FROM audit_leaf WHERE event = %s"),
    "several taken out": lambda made: made.remove([made.leaf, made.leaf + 1]),
    "the end cut off": lambda made: made.cut(made.draw.randrange(LEAVES // 2, LEAVES)),
    "the last cut off": lambda made: made.cut(LEAVES - 1),
    "an older copy": lambda made: made.put_back_an_older_copy(),
    "an older copy that went on": lambda made: made.put_back_an_older_copy(go_on=True),
    "two change places": lambda made: made.swap_numbers(),
    "two change who it was": lambda made: made.swap_actors(),
    "put in between": lambda made: made.put_in_between(),
    "put in at the end": lambda made: made.put_in(LEAVES),
    "put in far behind": lambda made: made.put_in(LEAVES + 40),
    "put in without a number": lambda made: made.put_in(None, tx="tx", copy_of=made.leaf),
    "one for another": lambda made: made.replace(),
}

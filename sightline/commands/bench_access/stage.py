"""The record that is measured: notes, children, workers with sixty children each, and a manager above many of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.rules import EVERYDAY
from sightline.commands.bench_front_door.chance import Chance
from sightline.commands.bench_front_door.history import PINNED
from sightline.commands.bench_front_door.loader import Say, learn_words
from sightline.commands.bench_front_door.people import Staffing, Team, words_of
from sightline.commands.bench_front_door.sink import NOTHING, Sink
from sightline.commands.postgres.roles import Connection

EACH = 60
NOTES_TO_A_CHILD = 10
RESTRICTIONS = 500
SECTIONS = "{" + ",".join(EVERYDAY) + "}"
NOTE = "Rang as agreed. School says that the week was calm; the bus pass has come. Next visit stands."


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, and how many children they may see."""

    name: str
    account: UUID
    children: int
    one: UUID


@dataclass(frozen=True)
class Size:
    """How much there is. Workers have sixty children each; two in nine of them stand under the manager."""

    notes: int

    @property
    def children(self) -> int:
        return self.notes // NOTES_TO_A_CHILD

    @property
    def workers(self) -> int:
        return self.children * 9 // 10 // EACH

    @property
    def managed(self) -> int:
        return max(self.workers * 2 // 9, 1)


class Stage:
    """Loads an empty database."""

    def __init__(self, connection: Connection, size: Size, now: datetime, say: Say) -> None:
        self.connection, self.size, self.say = connection, size, say
        self.sink, self.chance = Sink(connection), Chance(f"access {size.notes}", now)
        self.staff = Staffing(self.sink, self.chance)
        self.since = now - timedelta(days=700)

    def load(self) -> tuple[Reader, Reader]:
        administrator = self.staff.account("administrator")
        manager, others = self._managers()
        accounts, posts = self._workers(manager, others)
        children = self._children(administrator)
        for place, child in enumerate(children[: len(posts) * EACH]):
            self._grant(child, posts[place // EACH])
        self._notes(children, accounts[0], posts[0])
        self.sink.flush()
        learn_words(self.connection, administrator)
        self.connection.execute("RESET ROLE")
        self.connection.execute("SET ROLE sightline_owner")
        self.connection.execute("ANALYZE")
        self.connection.execute("RESET ROLE")
        self.say("loaded\n")
        return self._readers(accounts[0], manager[1], children[0])

    def _readers(self, worker: str, manager: str, child: str) -> tuple[Reader, Reader]:
        one, many = UUID(child), self.size.managed * EACH
        return Reader("worker", UUID(worker), EACH, one), Reader("manager", UUID(manager), many, one)

    def _managers(self) -> tuple[tuple[str, str], str]:
        head = Team(self.staff.team("other", "Children's services"))
        mine = self.staff.post(head, "Service manager", "manager", None, "service_manager")
        other = self.staff.post(head, "Other service manager", "manager", None, "service_manager")
        return (mine, head.accounts[0]), other

    def _workers(self, manager: tuple[str, str], other: str) -> tuple[list[str], list[str]]:
        accounts: list[str] = []
        posts: list[str] = []
        team = Team("")
        for number in range(self.size.workers):
            # A new team for every ten; the first two ninths of them under the manager who is measured.
            if number % 10 == 0 or number == self.size.managed:
                team = Team(self.staff.team("casework", f"Family Support {number}"))
                above = manager[0] if number < self.size.managed else other
                team.manager = self.staff.post(team, f"Manager {number}", "manager", above, "team_manager")
            posts.append(self.staff.post(team, f"Social worker {number}", "worker", team.manager, "social_worker"))
            accounts.append(team.accounts[-1])
        return accounts, posts

    def _children(self, by: str) -> list[str]:
        made = []
        for number in range(self.size.children):
            made.append(self._child(by))
            if number % 5000 == 0:
                self.say(f"children {number:,} of {self.size.children:,}")
                self.sink.rest()
        return made

    def _child(self, by: str) -> str:
        at, chance = self.chance.moment(2), self.chance
        key, name, since = chance.key(at), chance.key(at), at.isoformat()
        given, family = chance.given_name("F"), chance.family_name()
        born = chance.born(0, 18).isoformat()
        self.sink.add("people_person", key, "child", since, by)
        self.sink.add("people_particulars", chance.key(at), key, "exact", born, "F", "WBRI", "{}", "", since)
        self.sink.add("people_name", name, key, "legal", given, family, since)
        for words, is_family in ((given, "f"), (family, "t")):
            for token in words_of(words):
                self.sink.add("people_nametoken", chance.key(at), name, key, token, is_family)
        return key

    def _grant(self, child: str, post: str) -> None:
        since = self.since.isoformat()
        key, because = self.chance.key(self.since), self.chance.key(self.since)
        self.sink.add("access_grant", key, child, post, SECTIONS, "allocation", because, since, NOTHING)

    def _notes(self, children: list[str], by: str, post: str) -> None:
        for number in range(self.size.notes):
            self._note(children[number % len(children)], by, post)
            if number % 5000 == 0:
                self.say(f"notes {number:,} of {self.size.notes:,}")
                self.sink.rest()

    def _note(self, child: str, by: str, post: str) -> None:
        at, key_of, add = self.chance.moment(2), self.chance.key, self.sink.add
        key, passage, moment = key_of(at), key_of(at), at.isoformat()
        add("record_entry", key, key, "note", moment, moment, "exact", moment, by, post, PINNED, "{}", "")
        add("record_entrysubject", key_of(at), key, child, "child", "note", moment, moment, "")
        add("record_passage", passage, key, "0", "", "ordinary", "", "ordinary", NOTE, "f")
        add("record_passagesubject", key_of(at), passage, key, child, "ordinary")


def restrict(connection: Connection, reader: Reader, count: int) -> None:
    """So many children restricted to others; none of those whom the worker carries."""
    connection.execute("SET ROLE sightline_owner")
    connection.execute("SET ROLE sightline_steward")
    connection.execute(RESTRICT, [reader.account, count])
    connection.execute("RESET ROLE")


RESTRICT = b"""
INSERT INTO access_bar (id, kind, person, hidden, reason, by, from_at)
SELECT gen_random_uuid(), 'restricted', p.id, p.n %% 2 = 0, 'bench', %s, now() - interval '1 day'
FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM people_person) AS p WHERE p.n <= %s
"""

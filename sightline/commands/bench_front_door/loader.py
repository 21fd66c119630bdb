"""Loads a record of a given size: people first, then what happened to them, saying how far it is."""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle, islice
from math import log

from sightline.commands.bench_front_door.chance import Chance
from sightline.commands.bench_front_door.history import YEARS, History
from sightline.commands.bench_front_door.people import Family, Households, Staffing
from sightline.commands.bench_front_door.sink import Sink
from sightline.commands.postgres.roles import Connection

PEOPLE_TO_A_TEAM = 9500
ENTRIES_TO_PEOPLE = 1.5
WAITING = 40
"""Contacts that are not decided yet: the same desk's morning at every size."""
RECENT, MOST_CONTACTS, LONGEST = 60, 25, 1000
Say = Callable[[str], None]


def load(
    connection: Connection, *, people: int, now: datetime, say: Say, entries: int | None = None, waiting: int = WAITING
) -> int:
    """Fills an empty database with about `people` people and half as many entries again; the number of rows.

    Another number of entries, or of contacts that wait for a decision, where they are given.
    """
    began = time.monotonic()
    sink = Sink(connection)
    chance = Chance(f"front door {people}", now)
    authority = Staffing(sink, chance).whole(max(2, people // PEOPLE_TO_A_TEAM))
    families = _families(sink, chance, authority.administrator, people, say)
    history = History(sink, chance, authority)
    _contacts(history, families, people, waiting, say)
    _notes(history, entries or int(people * ENTRIES_TO_PEOPLE), say)
    sink.flush()
    learn_words(connection, authority.administrator)
    say("working out statistics")
    connection.execute("RESET ROLE")
    connection.execute("SET ROLE sightline_owner")
    connection.execute("ANALYZE")
    say(f"{sink.written:,} rows in {time.monotonic() - began:.0f} s\n")
    return sink.written


def learn_words(connection: Connection, administrator: str) -> None:
    """The words of all names, as the register learns them one by one: without them no name is found."""
    with connection.transaction():
        connection.execute("SET LOCAL ROLE sightline_steward")
        connection.execute("SELECT set_config('sightline.actor', %s, true)", [administrator])
        connection.execute("SELECT people_learn_words(ARRAY(SELECT DISTINCT token FROM people_nametoken))")


def _families(sink: Sink, chance: Chance, by: str, people: int, say: Say) -> list[Family]:
    households, families, count = Households(sink, chance, by), [], 0
    while count < people:
        families.append(households.family())
        count += len(families[-1].everybody)
        if len(families) % 500 == 0:
            say(f"people {count:,} of {people:,}")
    return families


def _contacts(history: History, families: list[Family], people: int, waiting: int, say: Say) -> None:
    """Some families are never heard of, some once, and some again and again; at every size as often."""
    chance, written, wanted = history.chance, 0, people // 4
    for family in families[:waiting]:
        history.contact(family, chance.now - timedelta(hours=chance.random.random() * 6), decided=False)
    for family in islice(cycle(families[waiting:]), wanted):
        times = min(MOST_CONTACTS, 1 + int(chance.random.expovariate(1 / 1.7)))
        for _ in range(min(times, wanted - written)):
            # The first few are of the last weeks, so that somebody is open at every size.
            history.contact(family, chance.moment(0.05 if written < RECENT else YEARS) - timedelta(days=1))
            written += 1
            if written % 500 == 0:
                say(f"contacts {written:,} of {wanted:,}")
        if written >= wanted:
            return


def _notes(history: History, wanted: int, say: Say) -> None:
    """A few dozen for most, many for some, and one record that is longer than any."""
    involved, draw = history.involved, history.chance.random
    for one in involved[:1] * min(LONGEST, wanted // 10):
        history.note(one)
    usual = log((wanted - history.entries) / len(involved)) - 0.5
    while history.entries < wanted:
        one = draw.choice(involved)
        for _ in range(min(1 + int(draw.lognormvariate(usual, 1)), LONGEST // 4, wanted - history.entries)):
            history.note(one)
            if history.entries % 2000 == 0:
                say(f"entries {history.entries:,} of {wanted:,}")


def progress(label: str) -> Say:
    """Says how far a long work is: on one line where somebody watches, else a line now and then."""
    watched, last = sys.stderr.isatty(), [0.0]

    def say(words: str) -> None:
        if watched:
            print(f"\r\x1b[K{label}: {words}", end="", file=sys.stderr, flush=True)
        elif words.endswith("\n") or time.monotonic() - last[0] > 10:
            last[0] = time.monotonic()
            print(f"{label}: {words.strip()}", file=sys.stderr, flush=True)

    return say

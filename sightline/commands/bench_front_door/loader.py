"""Loads a record of a given size: people first, then what happened to them, saying how far it is."""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sightline.commands.bench_front_door.chance import Chance
from sightline.commands.bench_front_door.history import YEARS, History
from sightline.commands.bench_front_door.people import Family, Households, Staffing
from sightline.commands.bench_front_door.sink import Sink
from sightline.commands.postgres.roles import Connection

PEOPLE_TO_A_TEAM = 9500
ENTRIES_TO_PEOPLE = 1.5
WAITING = 40
"""Contacts that are not decided yet: the same desk's morning at every size."""
RECENT = 60
Say = Callable[[str], None]


def load(connection: Connection, *, people: int, now: datetime, say: Say) -> int:
    """Fills an empty database with about `people` people and half as many entries again; the number of rows."""
    began = time.monotonic()
    sink = Sink(connection)
    chance = Chance(f"front door {people}", now)
    authority = Staffing(sink, chance).whole(max(2, people // PEOPLE_TO_A_TEAM))
    families = _families(sink, chance, authority.administrator, people, say)
    history = History(sink, chance, authority)
    _contacts(history, families, people, say)
    _notes(history, int(people * ENTRIES_TO_PEOPLE), say)
    sink.flush()
    say("working out statistics")
    connection.execute("RESET ROLE")
    connection.execute("SET ROLE sightline_owner")
    connection.execute("ANALYZE")
    say(f"{sink.written:,} rows in {time.monotonic() - began:.0f} s\n")
    return sink.written


def _families(sink: Sink, chance: Chance, by: str, people: int, say: Say) -> list[Family]:
    households, families, count = Households(sink, chance, by), [], 0
    while count < people:
        families.append(households.family())
        count += len(families[-1].everybody)
        if len(families) % 500 == 0:
            say(f"people {count:,} of {people:,}")
    return families


def _contacts(history: History, families: list[Family], people: int, say: Say) -> None:
    """Some families are never heard of, some once, and some again and again."""
    chance = history.chance
    for family in families[:WAITING]:
        history.contact(family, chance.now - timedelta(hours=chance.random.random() * 6), decided=False)
    known, wanted = families[WAITING::5] + families[WAITING + 1 :: 5], people // 4
    for number in range(wanted):
        # The square makes the first families those that are heard of most.
        family = known[int(chance.random.random() ** 2 * len(known))]
        # The first few are of the last weeks, so that somebody is open at every size.
        history.contact(family, chance.moment(0.05 if number < RECENT else YEARS) - timedelta(days=1))
        if number % 500 == 0:
            say(f"contacts {number:,} of {wanted:,}")


def _notes(history: History, wanted: int, say: Say) -> None:
    involved, draw = history.involved, history.chance.random
    for one in involved[:1] * min(2000, wanted // 100):
        history.note(one)
    while history.entries < wanted:
        history.note(involved[int(draw.random() ** 1.5 * len(involved))])
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

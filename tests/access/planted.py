"""Faults in the rule as SQL, planted one at a time in a transaction that is not kept. The proof must see each."""

import time
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sightline.access.fence import OWNER, SERVING
from tests.access.ground import as_role, restate_policy, taken_back, tell
from tests.access.proving import Proof

LIST = Path(__file__).with_name("planted.toml")
WORLDS = 120
"""After so many worlds without a difference, a fault is taken as not seen."""


class NotPlanted(Exception):
    """The words that a fault replaces are not there, so the list must follow the rule."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in words; in which `function`, or in the `policy` for reading of which table; and what is
    replaced there. Or a `statement` that takes something away. It showed in this `world` when last proved.
    """

    name: str
    function: str = ""
    policy: str = ""
    find: str = ""
    replace: str = ""
    statement: str = ""
    world: int = 0


@dataclass(frozen=True)
class Seen:
    """How soon a fault was seen, and by which difference; `said` is empty where it was not."""

    name: str
    worlds: int
    decisions: int
    seconds: float
    said: str


def read_faults() -> list[Fault]:
    """The list, in its order."""
    return [Fault(**entry) for entry in tomllib.loads(LIST.read_text("utf-8"))["fault"]]


def look_for(fault: Fault, *, first: int = 0) -> Seen:
    """Plant a fault, go from world to world until an answer differs, and take it out again.

    It is looked for from the `first` world on: whoever knows which one shows it finds it sooner.
    """
    began = time.monotonic()
    proof = Proof(seed=first, moments=5, pages=2)
    with taken_back(OWNER):
        plant(fault)
        as_role(SERVING)
        while proof.worlds < WORLDS and proof.step():
            pass
    tally = proof.tally
    return Seen(fault.name, proof.worlds, tally.decisions, time.monotonic() - began, tally.differs)


def plant(fault: Fault) -> None:
    """As whoever owns what is changed."""
    if fault.statement:
        tell(fault.statement)
    elif fault.function:
        _plant_in_function(fault)
    else:
        _plant_in_policy(fault)


def _plant_in_function(fault: Fault) -> None:
    ((definition, role),) = tell(
        "SELECT pg_get_functiondef(oid), proowner::regrole::text FROM pg_proc"
        " WHERE proname = %s AND pronamespace = 'public'::regnamespace",
        [fault.function],
    )
    as_role(role)
    tell(_changed(fault, definition).replace("%", "%%"), ())


def _plant_in_policy(fault: Fault) -> None:
    ((rule,),) = tell("SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = 'reading'", [fault.policy])
    restate_policy(fault.policy, "reading", _changed(fault, rule))


def _changed(fault: Fault, words: str) -> str:
    if fault.find not in words:
        raise NotPlanted(f"{fault.name}: “{fault.find}” does not stand in {fault.function or fault.policy}: {words}")
    return words.replace(fault.find, fault.replace)


def as_rows(seen: list[Seen]) -> list[dict[str, Any]]:
    """For a report."""
    return [asdict(one) for one in seen]

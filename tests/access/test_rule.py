"""The rule as SQL, as row policies and as pages' queries, and an independent statement of it in Python, over random
worlds. `./run prove access` asks a million times.
"""

import json
import os
import random
import time
from datetime import timedelta
from pathlib import Path

from sightline.access.fence import SERVING, STEWARD
from tests.access.asking import ROWS, prepare
from tests.access.ground import as_role, ground, set_clock, tell
from tests.access.oracle import View
from tests.access.proving import START, Proof
from tests.access.putting_down import put_down
from tests.access.world import SECTIONS, draw_world

__all__ = ["ground"]

DECISIONS = int(os.environ.get("SIGHTLINE_DECISIONS", "100000"))
REPORT = os.environ.get("SIGHTLINE_PROOF_REPORT")


def test_the_rule_answers_as_its_table_says(ground: None) -> None:
    prepare()
    assert tell("SELECT current_user") == [("sightline_serving",)]
    proof, began = Proof(), time.monotonic()
    for _ in proof.until(DECISIONS):
        pass
    tally = proof.tally
    if REPORT:
        Path(REPORT).write_text(
            json.dumps(
                {
                    "worlds": proof.worlds, "decisions": tally.decisions, "by_kind": tally.asked,
                    "seconds": time.monotonic() - began, "differs": tally.differs,
                }
            )
        )  # fmt: skip
    assert not tally.differs, tally.differs
    # Worlds in which hardly anybody sees anything, or everybody sees all, would prove little.
    assert {kind for kind in tally.asked if not 0.01 < tally.yes[kind] / tally.asked[kind] < 0.99} == set()


def test_nobody_acting_sees_nobody(ground: None) -> None:
    """In a world in which whoever acts would see something."""
    prepare()
    dice = random.Random(1)  # noqa: S311 (the same world each time)
    as_role(STEWARD)
    world = draw_world(dice, START)
    later = START + timedelta(hours=4)
    set_clock(later)
    put_down(world, dice)
    as_role(SERVING)
    somebody = [View(world, account, later) for account in world.workers]
    assert any(view.may_see(person, "identity") for view in somebody for person in world.people)
    tell("SELECT set_config('sightline.actor', '', true)")
    assert tell(
        "SELECT bool_or(access_may_see(p, s)) FROM unnest(%s::uuid[]) AS p, unnest(%s::text[]) AS s",
        [world.people, SECTIONS],
    ) == [(False,)]
    assert [table for table, *_ in ROWS.values() if tell(f"SELECT 1 FROM {table} LIMIT 1")] == []  # noqa: S608 (named above)

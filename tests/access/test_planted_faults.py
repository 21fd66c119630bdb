"""The proof of the rule can fail: faults are planted in the rule, one at a time, and it sees each of them."""

import json
import os
from pathlib import Path

import pytest

from tests.access.asking import prepare
from tests.access.ground import ground
from tests.access.planted import Fault, NotPlanted, as_rows, look_for, plant, read_faults

__all__ = ["ground"]

REPORT = os.environ.get("SIGHTLINE_FAULTS_REPORT")


def test_every_planted_fault_is_seen(ground: None) -> None:
    prepare()
    faults = read_faults()
    assert len({fault.name for fault in faults}) == len(faults) >= 30
    # How soon each is seen is proved from the first world on; that it is seen, from the one that showed it.
    seen = [look_for(fault, first=0 if REPORT else fault.world) for fault in faults]
    if REPORT:
        Path(REPORT).write_text(json.dumps(as_rows(seen)), "utf-8")
    assert [one.name for one in seen if not one.said] == []


def test_a_fault_whose_words_are_no_longer_there_is_no_proof(ground: None) -> None:
    with pytest.raises(NotPlanted, match="does not stand in access_bars"):
        plant(Fault("Nothing", function="access_bars", find="words of another rule", replace="true"))

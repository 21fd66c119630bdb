"""The list of faults follows the code, and a fault that no test sees is said to be one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sightline.commands.faults import planting
from sightline.commands.faults.planting import Fault, plant, prove, read_faults, scratch
from sightline.commands.postgres.lifecycle import ROOT

FAULTS = read_faults()
MUST_BE_PROVED = {
    "the state machine", "the URL matrix", "the foreign-key floor test", "the floors contract", "the fence",
    "the audit", "the words test",
}  # fmt: skip
LETTERS = 'UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"'


def test_each_guard_has_a_fault_and_each_fault_a_name_of_its_own() -> None:
    assert {fault.guard for fault in FAULTS} >= MUST_BE_PROVED
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_s_words_stand_once_and_its_test_is_there(fault: Fault) -> None:
    before = (ROOT / fault.file).read_text("utf-8")
    assert before.count(fault.find) == 1
    after = before.replace(fault.find, fault.replace)
    assert after != before
    if fault.file.endswith(".py"):
        ast.parse(after)
    path, _, name = fault.test.partition("::")
    assert (ROOT / path).exists()
    assert not name or f"def {name}(" in (ROOT / path).read_text("utf-8")


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    with scratch() as made:
        yield made


def _fault(find: str, replace: str) -> Fault:
    test = "tests/kernel/test_references.py"
    return Fault("numbers", "Of the letters", "sightline/kernel/references.py", find, replace, test)


def test_a_fault_is_caught_by_name_and_taken_out_again(copy: Path) -> None:
    outcome = prove(copy, _fault(LETTERS, LETTERS.replace("RTUVWXYZ", "RSTUVWXY")))
    assert outcome.caught
    assert outcome.by
    assert LETTERS in (copy / "sightline/kernel/references.py").read_text("utf-8")
    assert LETTERS in (ROOT / "sightline/kernel/references.py").read_text("utf-8")


def test_what_no_test_sees_is_not_caught(copy: Path) -> None:
    outcome = prove(copy, _fault("# 23 letters", "# Twenty-three letters"))
    assert not outcome.caught
    assert outcome.by == ()


def test_a_test_that_cannot_begin_proves_nothing(copy: Path) -> None:
    outcome = prove(copy, _fault(LETTERS, "import nothing_of_that_name"))
    assert not outcome.caught
    assert "pytest ended with" in outcome.words


def test_words_that_are_no_longer_there_are_said(copy: Path) -> None:
    outcome = prove(copy, _fault("words that stand nowhere", ""))
    assert not outcome.caught
    assert "0 times" in outcome.words
    with pytest.raises(planting.NotPlanted):
        plant(copy, _fault("words that stand nowhere", ""))

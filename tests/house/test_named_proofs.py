"""What the documents name as proof is there: each test, each setting, each command."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from sightline.commands.reference_pages.impact_assessment import risks

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    "docs/reference/asvs.md": 60,
    "docs/explanation/need-to-know.md": 8,
    "docs/data-protection-impact-assessment.md": 20,
}
"""Each with the fewest proofs that it names: a document that names none would pass."""
PROOF = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
SETTING = re.compile(r"setting `([A-Z_0-9]+)`")
COMMAND = re.compile(r"`\./run (\w+)[^`]*`")


@cache
def _text(path: str) -> str:
    file = ROOT / path
    return file.read_text("utf-8") if file.exists() else ""


def _missing(proofs: list[tuple[str, str]]) -> Iterator[str]:
    for file, test in proofs:
        if not _text(file):
            yield f"{file} is not there"
        elif test and not re.search(rf"def {test}\(", _text(file)):
            yield f"{file} has no {test}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_is_there(document: str) -> None:
    proofs = PROOF.findall(_text(document))
    assert len(proofs) >= DOCUMENTS[document]
    assert list(_missing(proofs)) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_setting_and_command_that_a_document_names_is_there(document: str) -> None:
    from sightline.commands.__main__ import TABLE

    assert [name for name in SETTING.findall(_text(document)) if not hasattr(settings, name)] == []
    assert set(COMMAND.findall(_text(document))) <= set(TABLE)


def test_every_risk_names_tests_that_are_there() -> None:
    for risk in risks():
        proofs = [tuple(proof.split("::")) for proof in risk["proofs"]]
        assert proofs, risk["what"]
        assert list(_missing([(file, test) for file, test in proofs])) == [], risk["what"]


def test_a_requirement_stands_in_the_table_once_and_is_met_or_says_why_not() -> None:
    rows = [
        line.strip("|").split("|") for line in _text("docs/reference/asvs.md").splitlines() if line.startswith("| V")
    ]
    numbers = [row[0].strip() for row in rows]
    assert numbers == sorted(set(numbers), key=lambda number: [int(part) for part in number[1:].split(".")])
    for number, _, met, by in ([cell.strip() for cell in row] for row in rows):
        assert met in {"met", "in part", "not met", "does not apply"}, number
        named = PROOF.search(by) or SETTING.search(by) or "docs" in by or "README" in by or "`sightline/" in by
        assert named if met == "met" else by, number

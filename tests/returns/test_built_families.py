"""Families played by operations, and the census that is written of them, child by child beside what was played."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from sightline.journeys.return_census import return_census
from sightline.returns.cin import judge, open_census
from sightline.returns.leaving_out import ETHNICITY, NOT_SAID
from sightline.returns.models import Staged
from sightline.returns.return_report import Returned
from tests.returns.canonical import canonical_children
from tests.returns.conftest import quiet
from tests.returns.families import play
from tests.returns.played import AFTERWARDS, Played
from tests.returns.test_writer import written

QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[Played]:
    """Played once for all of these tests; what a test adds is taken back."""
    with django_db_blocker.unblock(), override_settings(**QUICK), transaction.atomic():
        yield play()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _taken_back(played: Played, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def returned(folder: Path, year: int = 2027) -> tuple[Returned, bytes]:
    """The census of a year as the command writes it, with its report."""
    out = folder / "census.xml"
    told = return_census(year=year, out=out, authority="845", serial="001", at=AFTERWARDS, saying=quiet)
    return told, out.read_bytes()


def made_id(played: Played, file: bytes) -> str:
    """The child id in the file of the one child who was given none."""
    [found] = canonical_children(file).keys() - {told.who["la_child_id"] for told in played.told.values()}
    return found


def test_the_file_says_of_each_child_what_was_played(played, tmp_path):
    assert not Staged.objects.exists()
    _, file = returned(tmp_path)
    unnamed = made_id(played, file)
    found, expected = canonical_children(file), canonical_children(written(*played.expected(unnamed)))
    assert set(found) == set(expected)
    for name, told in played.told.items():
        child_id = told.who["la_child_id"] or unnamed
        assert found[child_id] == expected[child_id], name


def test_a_child_to_whom_nobody_gave_a_child_id_stands_under_the_same_one_each_time(played, tmp_path):
    first, again = (made_id(played, returned(tmp_path)[1]) for _ in range(2))
    assert first == again
    assert first.isalnum()
    assert len(first) <= 20


def test_no_rule_of_ours_queries_what_was_played(played, tmp_path):
    told, file = returned(tmp_path)
    report = judge(open_census(file))
    assert (report.children, told.written) == (len(played.told), len(played.told))
    assert not report.found, report.faults
    assert not told.left()


def test_a_child_of_whom_the_census_cannot_be_told_stops_nobody(played, tmp_path):
    """Nobody asked what the census needs, and an enquiry goes on without an assessment: it is written, and said."""
    played_before = returned(tmp_path)[1]
    faulty = "Ned Nobody"
    played.child(faulty, date(2014, 1, 2), "M")
    try:
        played.refer([faulty], date(2026, 10, 1))
        told, file = returned(tmp_path)
    finally:
        del played.told[faulty]
    before, after = canonical_children(played_before), canonical_children(file)
    assert {child: after[child] for child in before} == before
    assert told.written == len(before) + 1
    assert {"8540", "8770Q"} <= set(told.report.found)
    assert "<Ethnicity>NOBT</Ethnicity>" in after[(after.keys() - before.keys()).pop()]
    assert (ETHNICITY, NOT_SAID) in told.gathered.left_out
    assert {fault.child for fault in told.report.faults} == after.keys() - before.keys()


def test_who_was_referred_after_a_year_is_not_in_its_census(played, tmp_path):
    told, file = returned(tmp_path, year=2026)
    assert told.written == 0, "everybody was referred after that year"
    assert canonical_children(file) == {}

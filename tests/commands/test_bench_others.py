"""What stands beside the product is asked the same, is installed apart, and is left out where it cannot be."""

import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from sightline.commands.bench_front_door.trial import BenchFailed
from sightline.commands.bench_front_door.world import Child
from sightline.commands.bench_others import environment, judging, saving, searching, trial
from sightline.commands.bench_others.environment import NotToBeHad
from sightline.commands.bench_others.saving import Saved, Sent
from sightline.commands.bench_others.searching import Asked, Found

CHILD = Child(UUID(int=1), "Isabel", "Thornley", date(2019, 3, 12), "HQ1 2AB", "9000000009")
REFUSES = f"#!{sys.executable}\nimport sys\nsys.exit('No wheel for this machine.')\n"


@pytest.fixture
def nothing_installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "uv").write_text(REFUSES)
    (tmp_path / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(environment, "var_folder", lambda: tmp_path)


def test_every_way_is_asked_for_the_same_child_in_the_same_words() -> None:
    asked = {one.kind: one for one in searching.questions([CHILD], 5)}
    assert tuple(asked) == searching.KINDS
    assert asked["misspelt"] == Asked("misspelt", str(CHILD.id), "Isbel Thornely", "Isbel", "Thornely", None)
    assert asked["names swapped"].given == "Thornley"
    assert asked["misspelt, with date of birth"].born == "2019-03-12"


def test_a_search_says_how_often_it_was_as_slow_and_who_was_in_the_first_ten() -> None:
    ways = {
        "the product": {kind: Found([10.0, 10.0], [0, 9]) for kind in searching.KINDS},
        "pg_trgm alone": {kind: Found([5.0, 5.0], [10, None]) for kind in searching.KINDS},
    }
    ours, theirs, *_ = searching.lines(ways, "2,000 people", None)
    assert (ours.ratio, ours.verdict) == (None, "in the first ten: 2 of 2")
    assert (theirs.ratio, theirs.beside, theirs.verdict) == (0.5, "the product", "in the first ten: 0 of 2")


def test_a_statement_names_every_table_that_it_adds_to() -> None:
    event = "WITH told AS (INSERT INTO audit_event (id) VALUES (%s)) INSERT INTO audit_eventperson (id) SELECT %s"
    assert Sent(event, []).tables == ["audit_event", "audit_eventperson"]
    assert Sent('INSERT INTO "record_entry" ("id") VALUES (%s)', []).tables == ['"record_entry"']
    assert Sent("UPDATE record_step SET closed_at = %s", []).tables == []


def test_two_records_that_differ_after_the_same_saves_are_no_comparison() -> None:
    world = SimpleNamespace(rows=lambda _: [(12,)])
    bare = SimpleNamespace(session=SimpleNamespace(execute=lambda _: SimpleNamespace(fetchone=lambda: (11,))))
    with pytest.raises(BenchFailed, match="record_entry has 12 rows here and 11 there"):
        saving.refuse_unlike(world, bare, {"A save": Saved(tables={"record_entry"})})


@pytest.mark.usefixtures("nothing_installs")
def test_what_cannot_be_installed_says_why() -> None:
    with pytest.raises(NotToBeHad, match=r"others\.lock could not be installed: No wheel for this machine\."):
        environment.python()


@pytest.mark.usefixtures("nothing_installs")
def test_the_census_is_judged_by_ours_where_theirs_cannot_be_had(tmp_path: Path) -> None:
    lines, said = trial._judging(tmp_path, 24)
    assert [line.done for line in lines] == ["Read a census file and check it: the product"]
    assert said[0].startswith("The open validator is left out. others.lock could not be installed")


def test_the_file_that_both_judge_has_faults_in_it(tmp_path: Path) -> None:
    assert judging.ours(judging.census_file(tmp_path, 48)).found["4180"] > 0


def test_a_script_of_ours_that_fails_is_said_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "python", lambda: Path(sys.executable))
    with pytest.raises(NotToBeHad, match="No module named 'cin_validator'"):
        environment.ask("their_judge.py", "none.xml", "cin2026_27", folder=tmp_path)

"""./run import-cin: what it prints, what it ends with, and that it shows before it does."""

import argparse
import json
from contextlib import nullcontext

import pytest

from sightline.commands import import_cin
from tests.returns.census import assessment, child, episode, make_file
from tests.returns.conftest import counts


@pytest.fixture
def command(staff, tmp_path, monkeypatch, capsys):
    """Runs the command on a file with these bytes, in the test's own database."""
    monkeypatch.setattr(import_cin, "database", nullcontext)
    path = tmp_path / "census.xml"

    def run(*words, file=None):
        if file is not None:
            path.write_bytes(file)
        parser = argparse.ArgumentParser()
        import_cin.configure(parser)
        given = [] if "--undo" in words else [str(path), "--post", "front-door-manager"]
        code = import_cin.run(parser.parse_args([*given, *words]))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


FAULTY = make_file(child(episode(assessment()), Sex="X"), child(number="C2"))


def test_a_dry_run_shows_everything_and_writes_nothing(command):
    before = counts()
    code, out, err = command("--dry-run", file=FAULTY)
    assert code == 0
    assert "4180 (1)" in out
    assert "child C1, Sex “X”" in out
    assert "Children: 2 new, 0 whom the register has already." in out
    assert "Assessments: 1 new, 0 of them open." in out
    assert "Open episodes, and what was left open in them, are carried by Priya Nair, Front door manager." in out
    assert "dry run" in out
    assert "Reading the file: 2 children" in err
    assert counts() == before


def test_importing_says_how_to_take_it_back_and_does_so(command):
    before = counts()
    code, out, _ = command(file=FAULTY)
    assert code == 0
    assert counts()["children"] == before["children"] + 2
    key = out.rsplit("--undo ", 1)[1].strip()
    code, out, _ = command("--undo", key)
    assert code == 0
    assert "Withdrawn: 2 children, 2 episodes, 2 entries." in out
    assert counts() == before


def test_the_same_file_again_adds_nobody(command):
    command(file=FAULTY)
    once = counts()
    code, out, _ = command()
    assert code == 0
    assert "already imported" in out
    assert counts() == once


def test_json_is_one_object(command):
    _, out, _ = command("--json", file=FAULTY)
    told = json.loads(out)
    assert told["done"] == "imported"
    assert told["brought_in"]["children"] == {"new": 2, "known": 0}
    assert told["brought_in"]["assessments"] == {"new": 1, "new and open": 0, "gone on": 0, "known": 0}
    assert told["rules"][0]["remedy"]
    assert told["otherwise_than_written"][0]["element"] == "Sex"
    _, out, _ = command("--undo", told["import"], "--json")
    assert json.loads(out)["withdrawn"] == {"children": 2, "episodes": 2, "facts": 1, "entries": 2}


def test_what_cannot_be_read_ends_with_two_and_names_the_line(command):
    before = counts()
    code, out, err = command("--json", file=make_file(child(), child(LAchildID=None)))
    assert code == 2
    assert json.loads(out)["line"]
    assert "LAchildID" in err
    assert "Nothing was imported." in err
    assert counts() == before


def test_a_file_that_is_not_there_ends_with_two(command):
    code, _, err = command()
    assert code == 2
    assert "cannot be opened" in err


def test_without_a_post_it_says_what_to_name(staff, capsys):
    arguments = argparse.Namespace(file="f", undo=None, post=None, dry_run=False, json=False, yes=True)
    assert import_cin.run(arguments) == 1
    assert "--post" in capsys.readouterr().err

"""`./run`: nothing but Python's standard library, a folder of its own, and a line for each command."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.commands.__main__ import TABLE, load
from sightline.commands.postgres.lifecycle import ROOT

LAUNCHER = ROOT / "run"
REPEATS_ITS_WORDS = "import json, sys\nprint(json.dumps([sys.prefix, sys.argv[1:]]))\n"
HOLLOW_UV = """#!{python}
import pathlib, subprocess, sys
with (pathlib.Path(__file__).parent / "asked").open("a") as asked:
    asked.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "venv":
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", sys.argv[-1]], check=True)
if sys.argv[1] == "pip" and (pathlib.Path(__file__).parent / "refuses").exists():
    sys.exit(1)
"""


def run(*words: str, at: Path = LAUNCHER, path: str = os.environ["PATH"]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(at), *words], env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the launcher, empty locks, and a product that repeats the words it was given."""
    shutil.copy(LAUNCHER, tmp_path / "run")
    for lock in ("runtime", "test", "bench"):
        (tmp_path / "requirements").mkdir(exist_ok=True)
        (tmp_path / "requirements" / f"{lock}.lock").write_text("")
    (tmp_path / "sightline" / "commands").mkdir(parents=True)
    (tmp_path / "sightline" / "commands" / "__main__.py").write_text(REPEATS_ITS_WORDS)
    return tmp_path


@pytest.fixture
def uv(tmp_path: Path) -> Path:
    """The folder of a uv that installs nothing and writes down what it was asked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "uv").write_text(HOLLOW_UV.format(python=sys.executable))
    (folder / "uv").chmod(0o755)
    return folder


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(LAUNCHER.read_text("utf-8"))
    named = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names
    assert os.access(LAUNCHER, os.X_OK)
    assert LAUNCHER.read_text("utf-8").startswith("#!/usr/bin/env python3\n")


def test_every_package_of_the_locks_has_its_hash() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        pins = re.split(r"\n(?=\S)", lock.read_text("utf-8"))
        assert all("--hash=sha256:" in pin for pin in pins if "==" in pin.partition("#")[0]), lock.name


def test_it_makes_its_folder_once_and_passes_the_words_on(checkout: Path, uv: Path) -> None:
    made = run("status", "--json", at=checkout / "run", path=str(uv))
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout) == [str(checkout / ".venv"), ["status", "--json"]]
    assert "Installing requirements/runtime.lock" in made.stderr
    again = run("status", at=checkout / "run", path=str(uv))
    assert (again.returncode, again.stderr) == (0, "")
    asked = (uv / "asked").read_text().splitlines()
    assert [line.split()[0] for line in asked] == ["venv", "pip"]
    assert "--require-hashes" in asked[1]


def test_tests_bring_what_tests_need_and_a_changed_lock_is_installed_again(checkout: Path, uv: Path) -> None:
    run("test", at=checkout / "run", path=str(uv))
    assert [line.split("/")[-1] for line in (uv / "asked").read_text().splitlines()[1:]] == [
        "runtime.lock",
        "test.lock",
        "bench.lock",
    ]
    (checkout / "requirements" / "test.lock").write_text("# changed\n")
    assert "Installing requirements/test.lock" in run("check", at=checkout / "run", path=str(uv)).stderr
    assert run("status", at=checkout / "run", path=str(uv)).stderr == ""


def test_the_bench_under_load_brings_its_generator_and_no_other_bench_does(checkout: Path, uv: Path) -> None:
    for words in (["form"], ["--help"], ["load", "--help"]):
        assert "bench.lock" not in run("bench", *words, at=checkout / "run", path=str(uv)).stderr
    assert "Installing requirements/bench.lock" in run("bench", "load", at=checkout / "run", path=str(uv)).stderr


def test_a_run_of_all_benches_brings_the_generator_too(checkout: Path, uv: Path) -> None:
    assert "Installing requirements/bench.lock" in run("bench", "--quick", at=checkout / "run", path=str(uv)).stderr


def test_what_cannot_be_installed_is_said_and_tried_again(checkout: Path, uv: Path) -> None:
    (uv / "refuses").touch()
    refused = run("status", at=checkout / "run", path=str(uv))
    assert refused.returncode == 1
    assert "runtime.lock could not be installed" in refused.stderr
    (uv / "refuses").unlink()
    assert run("status", at=checkout / "run", path=str(uv)).returncode == 0


def test_a_folder_that_is_a_link_is_never_emptied(checkout: Path, uv: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (checkout / ".venv").symlink_to(elsewhere)
    done = run("words", at=checkout / "run", path=str(uv))
    assert done.returncode == 1
    assert "Take the link away" in done.stderr
    assert (elsewhere / "kept").exists()


def test_without_uv_it_uses_pip_or_names_the_package_that_is_missing(checkout: Path, tmp_path: Path) -> None:
    made = run("status", at=checkout / "run", path=str(tmp_path / "nothing"))
    if importlib.util.find_spec("ensurepip"):
        assert made.returncode == 0, made.stderr
        assert "with pip" in made.stderr
    else:
        assert made.returncode == 1
        assert "apt install python3-venv" in made.stderr


# --- the command line behind it -----------------------------------------------------------------


def product(*words: str) -> "subprocess.CompletedProcess[str]":
    words_in = [sys.executable, "-P", "-m", "sightline.commands", *words]
    return subprocess.run(words_in, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_help_lists_every_command_with_a_line() -> None:
    helped = product("--help")
    assert helped.returncode == 0
    for name in TABLE:
        assert f"  {name:<14} {load(name).SUMMARY}" in helped.stdout.splitlines()
        assert len(load(name).SUMMARY) < 100


def test_a_word_that_is_no_command_ends_with_two_and_the_list() -> None:
    refused = product("sevre")
    assert refused.returncode == 2
    assert "There is no command `sevre`." in refused.stderr
    assert all(name in refused.stderr for name in TABLE)
    assert refused.stdout == ""


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_command_says_how_it_is_used(name: str) -> None:
    from sightline.commands.__main__ import parser_for

    assert parser_for(name).format_help().startswith(f"usage: ./run {name}")


def test_an_option_that_is_not_known_ends_with_two() -> None:
    refused = product("status", "--jsno")
    assert refused.returncode == 2
    assert "usage: ./run status" in refused.stderr

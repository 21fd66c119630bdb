"""A scratch copy of the checkout in which one fault at a time is planted, and the test that must catch it."""

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from sightline.commands.postgres.lifecycle import ROOT

LIST = Path(__file__).with_name("faults.toml")
LEFT_BEHIND = shutil.ignore_patterns("var", ".*", "__pycache__")
FAILED = 1


class NotPlanted(Exception):
    """The words that a fault replaces are not there exactly once, so the list must follow the code."""


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and the test that must see it. `find` stands there exactly once.

    `guard` is what is proved to be able to fail: the state machine, the fence, a floor.
    """

    guard: str
    name: str
    file: str
    find: str
    replace: str
    test: str


@dataclass(frozen=True)
class Outcome:
    """Whether a fault was caught, by which tests, in how many seconds; `words` is what the test, or pytest, said."""

    fault: Fault
    caught: bool
    by: tuple[str, ...]
    seconds: float
    words: str


def read_faults() -> list[Fault]:
    """The list, in its order."""
    return [Fault(**entry) for entry in tomllib.loads(LIST.read_text("utf-8"))["fault"]]


@contextmanager
def scratch() -> Iterator[Path]:
    """A copy of the checkout in a folder of its own, removed afterwards. It shares nothing but the packages."""
    with tempfile.TemporaryDirectory(prefix="sightline-faults-") as folder:
        # The embedded server may run under another account, which must be able to pass.
        Path(folder).chmod(0o711)
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
        yield copy


def plant(copy: Path, fault: Fault) -> str:
    """Replace the words in the copy; gives the file as it was."""
    path = copy / fault.file
    before = path.read_text("utf-8") if path.exists() else ""
    if before.count(fault.find) != 1:
        raise NotPlanted(f"{fault.name}: its words stand {before.count(fault.find)} times in {fault.file}, not once.")
    path.write_text(before.replace(fault.find, fault.replace), "utf-8")
    return before


def prove(copy: Path, fault: Fault) -> Outcome:
    """Plant one fault, run its test, and take the fault out again."""
    began = time.monotonic()
    try:
        before = plant(copy, fault)
    except NotPlanted as nowhere:
        return Outcome(fault, caught=False, by=(), seconds=0.0, words=str(nowhere))
    try:
        code, failed = run_tests(copy, [fault.test])
    finally:
        (copy / fault.file).write_text(before, "utf-8")
    # Code 1 is tests that failed; anything else is a test that did not run, which proves nothing.
    caught = code == FAILED and bool(failed)
    words = "; ".join(failed.values()) if caught else f"pytest ended with {code} and no failed test"
    return Outcome(fault, caught, tuple(failed), time.monotonic() - began, words)


def run_tests(copy: Path, tests: list[str]) -> tuple[int, dict[str, str]]:
    """pytest's exit code in the copy, and what failed there: each test's name with the first words of why."""
    report = copy / "var" / "faults.xml"
    report.parent.mkdir(mode=0o711, exist_ok=True)
    report.unlink(missing_ok=True)
    words = ["-n", "0", "--maxfail", "1", "--tb", "no", "-p", "no:cacheprovider", "--junitxml", str(report), *tests]
    # Run from the copy and without `-P`, so that the copy's package is the one that is imported.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "sightline.settings",
        "SIGHTLINE_VAR": str(copy / "var"),
        "SIGHTLINE_CLUSTER": "test-postgres",
        "PYTHONPATH": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", *words]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    return done.returncode, _failed(report)


def _failed(report: Path) -> dict[str, str]:
    if not report.exists():
        return {}
    cases = ET.parse(report).getroot().iter("testcase")  # noqa: S314 (our own pytest wrote it a moment ago)
    # An error is a test that could not begin, as when the fault breaks the tables: that is no proof.
    return {
        case.get("name", ""): _first_words(failure.get("message", ""))
        for case in cases
        if (failure := case.find("failure")) is not None
    }


def _first_words(message: str) -> str:
    return textwrap.shorten(message, 120, placeholder=" ...")

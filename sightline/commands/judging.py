"""Other people's judges of a census file, each asked in its own way: a schema, and a validator in an environment.

The validator is a script outside this repository, whose head says what it needs (`pip install ...`). That is
installed once, into a folder of its own under the data folder: none of it comes near what the product runs on.
"""

import hashlib
import json
import re
import shlex
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sightline.commands.postgres.lifecycle import ROOT, var_folder

JUDGE = ROOT.parent / "shared" / "judges" / "validate_cin.py"
SAMPLES = ROOT.parent / "shared" / "data"
GOLDEN = "golden_cin_2026_27_240.xml"
_SCHEMAS = ((2025, "CIN_schema_2026_27.unofficial.xsd"), (2022, "CIN_schema_2024.liia.xsd"))
"""The first census that each is for; what changed in 2025 stands in the later one."""
_INSTALL = re.compile(r"^\s*pip install (.+)$", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*([<>=!~]=?[0-9][0-9a-z.*]*)?")
_RAN = (0, 1, 3)
_WHY = 3  # lines of what a program said last


class NoJudge(Exception):
    """A judge cannot be asked; the message says why, and what to do about it."""


@dataclass(frozen=True)
class Verdict:
    """What the validator found: how often by rule, and which rules failed inside and judged nothing."""

    rules: int
    found: dict[str, int]
    failed: tuple[str, ...]


# --- the schema -----------------------------------------------------------------------------------


def schema_for(samples: Path, year: int) -> Path:
    """The schema file for a census year. Refuses (`NoJudge`) where it is not in that folder."""
    name = next(name for first, name in _SCHEMAS if year >= first)
    if not (samples / name).is_file():
        raise NoJudge(f"The schema {name} is not in {samples}. Name the folder that holds it with --samples.")
    return samples / name


def schema_faults(file: bytes, schema: Path) -> list[str]:
    """Each place that the schema refuses, with why; none where it accepts the file."""
    import xmlschema

    return [f"{one.path}: {one.reason}" for one in xmlschema.XMLSchema(schema).iter_errors(BytesIO(file))]


# --- the validator --------------------------------------------------------------------------------


def needs(judge: Path) -> list[str]:
    """What the head of the script says to install. Refuses words that are no plain name with a version."""
    if not judge.is_file():
        raise NoJudge(f"The judge's script {judge} is not there. Name it with --judge.")
    said = _INSTALL.search(judge.read_text("utf-8"))
    wanted = shlex.split(said[1]) if said else []
    odd = [word for word in wanted if not _PLAIN.fullmatch(word)]
    if odd or not wanted:
        raise NoJudge(f"The head of {judge.name} does not say plainly what it needs: a line with `pip install NAME`.")
    return wanted


def environment(judge: Path) -> Path:
    """The Python that has what the judge needs; made and filled the first time, and again when its needs change."""
    wanted = needs(judge)
    folder = var_folder() / f"judge-{hashlib.sha256(' '.join(wanted).encode()).hexdigest()[:8]}"
    python, done = folder / "bin" / "python", folder / "installed"
    if done.exists():
        return python
    print(f"Installing {', '.join(wanted)} into {folder} ...", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *wanted]
    installed = subprocess.run(command, capture_output=True, text=True)
    if installed.returncode:
        raise NoJudge(f"{', '.join(wanted)} could not be installed: {_last_words(installed.stderr)}")
    done.touch()
    return python


def ask(judge: Path, python: Path, file: Path, year: int) -> Verdict:
    """The judge's verdict on a file, by its rules for that year. Refuses (`NoJudge`) where it could not run."""
    rules = f"cin{year - 1}_{year % 100:02d}"
    # In the file's own folder: whatever the judge leaves behind goes with it.
    command = [str(python), str(judge.resolve()), str(file), "--ruleset", rules, "--json"]
    asked = subprocess.run(command, capture_output=True, text=True, cwd=file.parent)
    if asked.returncode not in _RAN or not asked.stdout:
        raise NoJudge(f"The judge could not run on {file.name}: {_last_words(asked.stderr)}")
    said = json.loads(asked.stdout)
    failed = [line for line in asked.stderr.splitlines() if line.startswith("CRASHED")]
    return Verdict(said["rules"], said["violations"], tuple(failed))


def _last_words(said: str) -> str:
    return " ".join(said.strip().splitlines()[-_WHY:]) or "it said nothing"

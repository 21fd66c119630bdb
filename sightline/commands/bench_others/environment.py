"""Where other people's programs are, so that none of them comes near what the product runs on."""

import hashlib
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from sightline.commands.postgres.lifecycle import ROOT, var_folder

LOCK = ROOT / "requirements" / "others.lock"
HERE = Path(__file__).parent
_WHY = 2  # lines of what a program said last


class NotToBeHad(Exception):
    """The others could not be installed, or could not run; the message says why."""


def python() -> Path:
    """The Python that has them: installed from the lock the first time, and again when the lock changes."""
    folder = var_folder() / f"others-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:8]}"
    found, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        print(f"Installing {LOCK.relative_to(ROOT)} into {folder} ...", file=sys.stderr, flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        _install(folder, found)
        done.touch()
    return found


def _install(folder: Path, found: Path) -> None:
    uv = shutil.which("uv")
    venv.create(folder, with_pip=not uv)
    installer = [uv, "pip"] if uv else [str(found), "-m", "pip", "--disable-pip-version-check"]
    where = ["--python", str(found)] if uv else []
    command = [*installer, "install", "--quiet", *where, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    installed = subprocess.run(command, capture_output=True, text=True)
    if installed.returncode:
        raise NotToBeHad(f"{LOCK.name} could not be installed: {_last_words(installed.stderr)}")


def ask(script: str, *words: str, folder: Path) -> dict[str, Any]:
    """What one of our small scripts says that runs with them: one JSON object. Leavings stay in `folder`."""
    command = [str(python()), str(HERE / script), *words]
    asked = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    if asked.returncode:
        raise NotToBeHad(f"{script} ended with {asked.returncode}: {_last_words(asked.stderr)}")
    told: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    return told


def _last_words(said: str) -> str:
    return " ".join(said.strip().splitlines()[-_WHY:]) or "it said nothing"

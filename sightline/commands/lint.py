"""Everything that is judged by reading the code: style, types, floors, templates."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from sightline.commands.postgres.lifecycle import ROOT

SUMMARY = "Read the code for faults: style, types, floors and templates (--fix mends what it can)."
PROGRAMS = Path(sys.executable).parent


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fix", action="store_true", help="mend style and formatting in place")


def run(arguments: argparse.Namespace) -> int:
    if arguments.fix:
        _passes(["ruff", "check", "--fix"])
        _passes(["ruff", "format"])
    return run_lint()


def run_lint() -> int:
    """0 when every reader is content. All of them run, so that one repair round is enough."""
    readers = {
        "Style": ["ruff", "check"],
        "Formatting": ["ruff", "format", "--check"],
        "Types": ["mypy"],
        "Floors": ["lint-imports", "--no-cache"],
        "Templates": ["djlint", "--lint", "--quiet", "sightline/web/templates"],
    }
    failed = []
    for name, words in readers.items():
        print(f"{name} ({' '.join(words)}) ...", flush=True)
        if not _passes(words):
            failed.append(name)
    print(f"Not content: {', '.join(failed)}." if failed else "Every reader is content.", flush=True)
    return 1 if failed else 0


def _passes(words: list[str]) -> bool:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sightline.settings"}
    return subprocess.run([PROGRAMS / words[0], *words[1:]], cwd=ROOT, env=environment).returncode == 0

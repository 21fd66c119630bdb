"""Writes the reference pages that come out of the code, or says which of them are out of date."""

import argparse
from collections.abc import Callable
from pathlib import Path

SUMMARY = "Write docs/reference from the code (--check says what is out of date)."
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="change nothing; 1 when a page is out of date")


def run(arguments: argparse.Namespace) -> int:
    from sightline.commands.database import ready

    ready()
    stale = out_of_date()
    if arguments.check:
        for name in stale:
            print(f"docs/reference/{name} is out of date. Write it with: ./run reference")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(pages()[name]())
        print(f"Written: docs/reference/{name}")
    return 0


def pages() -> dict[str, Callable[[], str]]:
    """Each page's file name and what writes it."""
    from sightline.commands.reference_pages import (
        clocks,
        command_list,
        data_dictionary,
        permission_table,
        practice_pack,
        states,
    )

    return {
        "data-dictionary.md": data_dictionary.page,
        "practice-pack.md": practice_pack.page,
        "clocks.md": clocks.page,
        "states.md": states.page,
        "permissions.md": permission_table.page,
        "commands.md": command_list.page,
    }


def out_of_date() -> list[str]:
    """The pages whose file does not say what the code says."""
    return [name for name, page in pages().items() if _written(name) != page()]


def _written(name: str) -> str:
    file = FOLDER / name
    return file.read_text() if file.exists() else ""

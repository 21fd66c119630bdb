"""Writes the reference pages that come out of the code, or says which of them are out of date."""

import argparse
from collections.abc import Callable
from pathlib import Path

SUMMARY = "Write docs/reference and its picture from the code (--check says what is out of date)."
FOLDER = Path(__file__).resolve().parents[2] / "docs"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="change nothing; 1 when a page is out of date")


def run(arguments: argparse.Namespace) -> int:
    from sightline.commands.database import ready

    ready()
    stale = out_of_date()
    if arguments.check:
        for name in stale:
            print(f"docs/{name} is out of date. Write it with: ./run reference")
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(pages()[name]())
        print(f"Written: docs/{name}")
    return 0


def pages() -> dict[str, Callable[[], str]]:
    """Each page's file in docs and what writes it."""
    from sightline.commands.reference_pages import (
        clocks,
        command_list,
        data_dictionary,
        floors,
        form_catalogue,
        impact_assessment,
        permission_table,
        practice_pack,
        return_needs,
        rules,
        states,
    )

    return {
        "reference/data-dictionary.md": data_dictionary.page,
        "reference/practice-pack.md": practice_pack.page,
        "reference/form-catalogue.md": form_catalogue.page,
        "reference/rules.md": rules.page,
        "reference/clocks.md": clocks.page,
        "reference/states.md": states.page,
        "reference/permissions.md": permission_table.page,
        "reference/commands.md": command_list.page,
        "reference/return-needs.md": return_needs.page,
        "data-protection-impact-assessment.md": impact_assessment.page,
        "pictures/floors.svg": floors.page,
    }


def out_of_date() -> list[str]:
    """The pages whose file does not say what the code says."""
    return [name for name, page in pages().items() if _written(name) != page()]


def _written(name: str) -> str:
    file = FOLDER / name
    return file.read_text() if file.exists() else ""

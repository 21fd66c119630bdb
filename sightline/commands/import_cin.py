"""Brings a Children in Need census file into the register and the record, and undoes it."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sightline.commands.database import database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sightline.journeys.import_census import Examined
    from sightline.returns.operations import Progress, Undone
    from sightline.returns.planning import Note, Tally
    from sightline.returns.queries import PastImport

SUMMARY = "Bring in a Children in Need census file (--dry-run shows, --undo takes back)."
UNREADABLE = 2


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, help="the department's XML file")
    what.add_argument("--undo", metavar="ID", type=UUID, help="take back the import with this key")
    parser.add_argument("--post", metavar="KEY", help="the post that carries the open children")
    parser.add_argument("--dry-run", action="store_true", help="show the report and write nothing")
    parser.add_argument("--json", action="store_true", help="the same as one JSON object")
    parser.add_argument("--yes", action="store_true", help="do not ask before importing")


def run(arguments: argparse.Namespace) -> int:
    if arguments.undo is None and not arguments.post:
        print("Say which post carries the open children, such as: --post front-door-manager", file=sys.stderr)
        return 1
    with database():
        from sightline.returns.cin import Unreadable

        try:
            return _undo(arguments) if arguments.undo else _import(arguments)
        except Unreadable as refusal:
            if arguments.json:
                _say_json({"done": "refused", "why": refusal.message, "line": refusal.line})
            print(refusal.message, file=sys.stderr)
            print("Nothing was imported.", file=sys.stderr)
            return UNREADABLE


def _import(arguments: argparse.Namespace) -> int:
    from sightline.journeys.import_census import bring_in, examine

    at = datetime.now(UTC)
    examined = examine(path=arguments.file, post=arguments.post, at=at, saying=_saying)
    told = _as_json(examined)
    if not arguments.json:
        print(_in_words(examined))
    if examined.already:
        return _already(examined.already, told, as_json=arguments.json)
    if arguments.dry_run:
        return _end(told | {"done": "nothing"}, "This was a dry run: nothing was written.", as_json=arguments.json)
    if not arguments.yes and sys.stdin.isatty() and not _agreed():
        return _end(told | {"done": "nothing"}, "Nothing was imported.", as_json=arguments.json)
    batch, did = bring_in(examined=examined, at=at, saying=_saying)
    words = f"\nImported.\n{_did_words(did)}\nTo take it back: ./run import-cin --undo {batch}"
    return _end(
        told | {"done": "imported", "import": str(batch), "brought_in": did.as_json()}, words, as_json=arguments.json
    )


def _already(past: "PastImport", told: dict[str, Any], *, as_json: bool) -> int:
    words = (
        f"This file was already imported on {past.at:%-d %B %Y}, and nobody was added.\n"
        f"To take that back: ./run import-cin --undo {past.id}"
    )
    return _end(told | {"done": "already imported", "import": str(past.id)}, words, as_json=as_json)


def _undo(arguments: argparse.Namespace) -> int:
    from sightline.journeys.import_census import undo
    from sightline.returns.undoing import why_kept

    past, undone = undo(batch=arguments.undo, at=datetime.now(UTC))
    kept = [{"child": one.child_id, "why": why_kept(one.tables)} for one in undone.kept]
    told = {
        "done": "undone",
        "import": str(past.id),
        "withdrawn": {
            "children": undone.children,
            "episodes": undone.episodes,
            "facts": undone.facts,
            "entries": undone.entries,
        },
        "left": kept,
    }
    return _end(told, "\n".join(_undone_words(undone, kept)), as_json=arguments.json)


def _undone_words(undone: "Undone", kept: list[dict[str, Any]]) -> list[str]:
    lines = [
        f"Withdrawn: {undone.children:,} children, {undone.episodes:,} episodes, {undone.entries:,} entries.",
        f"With them {undone.facts:,} of what an earlier system recorded, and the steps of what was open.",
        "Nobody finds, sees or counts them any more. The file can be imported again.",
    ]
    if kept:
        lines.append(f"Left as they are, because somebody has worked on them since: {len(kept):,} children.")
        lines += [f"  child {one['child']}: {', '.join(one['why'])}" for one in kept]
    return lines


def _agreed() -> bool:
    return input("Import this? [y/N] ").strip().lower() in {"y", "yes"}


def _end(told: dict[str, Any], words: str, *, as_json: bool) -> int:
    if as_json:
        _say_json(told)
    else:
        print(words)
    return 0


def _say_json(told: dict[str, Any]) -> None:
    print(json.dumps(told, indent=2, ensure_ascii=False))


def _saying(what: str) -> "Progress":
    """Tells how far it is, on the terminal's other stream, so that the report can be sent to a file."""

    def progress(done: int) -> None:
        print(f"{what}: {done:,} children", file=sys.stderr, flush=True)

    return progress


def _as_json(examined: "Examined") -> dict[str, Any]:
    would = examined.would_do
    return examined.report.as_json() | {
        "post": examined.post.key,
        "would_bring_in": would.as_json(),
        "otherwise_than_written": [vars(note) for note in would.notes],
    }


def _in_words(examined: "Examined") -> str:
    would = examined.would_do
    lines = [examined.report.as_text(), *_notes_in_words(would.notes), f"Of {examined.path.name}:", _did_words(would)]
    lines.append(f"Open episodes, and what was left open in them, are carried by {examined.carried_by}.")
    return "\n".join(lines)


def _notes_in_words(notes: "list[Note]") -> list[str]:
    from sightline.returns.planning import by_saying

    lines = [f"Brought in otherwise than written ({len(notes):,})."] if notes else []
    for (what, remedy), alike in by_saying(notes).items():
        lines += ["", f"({len(alike):,}) {what}", f"  {remedy}"]
        lines += [_plain(f"  line {one.line}: child {one.child}, {one.element} “{one.found}”") for one in alike]
    return [*lines, ""] if lines else []


def _plain(text: str) -> str:
    """One line without control characters, since it may be printed at a terminal."""
    return "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text)


def _did_words(tally: "Tally") -> str:
    told = tally.as_json()
    children, episodes = told["children"], told["episodes"]
    return "\n".join(
        [
            f"Children: {children['new']:,} new, {children['known']:,} whom the register has already.",
            (
                f"Episodes: {episodes['new']:,} new, {episodes['new and open']:,} of them open; "
                f"{episodes['known']:,} that the record has already."
            ),
            *_facts_words(told),
            f"Kept as written, because it has no place here: {told['kept as written']:,}.",
        ]
    )


def _facts_words(told: dict[str, Any]) -> "Iterator[str]":
    """A line for each kind of which the file has any."""
    from sightline.returns.earlier import KINDS
    from sightline.returns.planning import REVIEWS

    for name in (kind.NAME for kind in KINDS):
        found = told[name]
        if not any(found.values()):
            continue
        said = [f"{found['new']:,} new, {found['new and open']:,} of them open"]
        said += [f"{found['gone on']:,} that went on since an earlier file"] if found["gone on"] else []
        said += [f"{found['known']:,} that the record has already"] if found["known"] else []
        yield f"{name[0].upper()}{name[1:]}: {'; '.join(said)}."
    if told[REVIEWS]["new"]:
        yield f"{REVIEWS[0].upper()}{REVIEWS[1:]}: {told[REVIEWS]['new']:,} new."

"""Plays a timeline of what agencies knew and when into a training database, and takes it out again whole."""

import argparse
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from sightline.commands.database import ready, server

if TYPE_CHECKING:
    from sightline.commands.scenarios.offices import Keys
    from sightline.commands.scenarios.playing import Played
    from sightline.commands.scenarios.spec import Timeline

SUMMARY = "Play a timeline of what agencies knew into a training database; list, remove."
UNREADABLE = 2
SHIPPED = Path(__file__).resolve().parent / "scenarios" / "shipped"


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    play = what.add_parser("play", help="play a scenario's file, as each agency on each date")
    play.add_argument("file", type=Path, help="the file, or the name of one that comes with the product")
    play.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="stop after this day, as 2025-11-18")
    play.add_argument("--dry-run", action="store_true", help="say which events can be placed, and change nothing")
    what.add_parser("list", help="what is played here, and what comes with the product")
    remove = what.add_parser("remove", help="take a scenario out again, whole")
    remove.add_argument("scenario", metavar="NAME", help="its key, its title or the file it was played from")
    what.add_parser("claim", help="mark an empty database for training")


def run(arguments: argparse.Namespace) -> int:
    from sightline.commands.scenarios import training
    from sightline.commands.scenarios.spec import Unfit

    with server():
        if arguments.what == "claim":
            print(training.claim())
            return 0
        mark = training.refuse_unless_training()
        try:
            return {"play": _play, "list": _list, "remove": _remove}[arguments.what](arguments, mark)
        except Unfit as unfit:
            print(unfit.message, file=sys.stderr)
            print("Nothing was played.", file=sys.stderr)
            return UNREADABLE


def _play(arguments: argparse.Namespace, mark: str) -> int:
    from sightline.commands.demo import MARK
    from sightline.commands.scenarios import taking_out

    timeline = _read(arguments.file)
    taking_out.refuse_if_there(timeline.key)
    if mark == MARK:
        os.environ["SIGHTLINE_DEMONSTRATION"] = "1"
    ready("serving")
    from sightline.commands.demonstration import PASSWORD
    from sightline.commands.scenarios import playing
    from sightline.commands.scenarios.offices import Keys

    keys = Keys(PASSWORD, known_code=True) if mark == MARK else Keys(token_urlsafe(12), known_code=False)
    act = playing.rehearse if arguments.dry_run else playing.play
    played = act(timeline, until=arguments.until, at=datetime.now(UTC), keys=keys)
    print("\n".join(_report(played, dry=arguments.dry_run)))
    if not arguments.dry_run:
        print("\n".join(_look(played, keys)))
    _leave()
    return 1 if played.refused else 0


def _read(file: Path) -> "Timeline":
    from sightline.commands.scenarios.spec import Unfit, read

    shipped = SHIPPED / f"{file.name.removesuffix('.json')}.json"
    found = file if file.is_file() else shipped
    try:
        return read(found.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as unread:
        there = ", ".join(_shipped())
        raise Unfit(f"The file {file} cannot be read. These come with the product: {there}.") from unread


def _shipped() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.json"))


def _report(played: "Played", *, dry: bool) -> list[str]:
    number = len(played.placed) - len(played.refused)
    lines = [f"{played.timeline.title}: {number} of {len(played.placed)} events placed."]
    lines += [f"  {one.event}: {one.became}" for one in played.placed if one.became]
    if played.refused:
        lines += ["", f"Not placed ({len(played.refused)}):"]
        lines += [f"  {one.event}: {one.because}" for one in played.refused]
    if played.later:
        lines += ["", f"After the day at which it stops: {played.later} events."]
    for heading, said in (("Done though no event says it", played.supplied), ("To be known", played.remarks)):
        if said:
            lines += ["", f"{heading}:", *(f"  {one}" for one in said)]
    if dry:
        lines += ["", "This was a dry run: nothing was changed."]
    return lines


def _look(played: "Played", keys: "Keys") -> list[str]:
    from sightline.commands.demonstration import CODE
    from sightline.commands.scenarios.playing import to_look_at

    how = f"The password is {keys.password} and the code is {CODE}." if keys.known_code else (
        f"The agencies' password is {keys.password}, shown this once; each sets up its code when it first signs in."
    )  # fmt: skip
    lines = ["", f"Sign in as any of these (./run serve). {how}", ""]
    lines += [f"  {email:<52} {words}" for email, words in to_look_at(played)]
    return [*lines, "", f"To take it out again: ./run scenario remove {played.timeline.key}"]


def _list(_: argparse.Namespace, __: str) -> int:
    from sightline.commands.scenarios import taking_out

    played = taking_out.list_played()
    print("Played here:" if played else "No scenario is played here.")
    for one in played:
        until = f", until {one.until}" if one.until else ""
        print(f"  {one.key:<40} {one.title}{until}, {one.people} people")
    print("\nThese come with the product:")
    for name in _shipped():
        print(f"  {name:<40} {_read(Path(name)).title}")
    return 0


def _remove(arguments: argparse.Namespace, _: str) -> int:
    from sightline.commands.scenarios import taking_out

    gone = taking_out.remove(arguments.scenario)
    print(f"{gone.title} is taken out: {sum(gone.rows.values()):,} rows of {len(gone.rows)} tables.")
    for sentence in gone.left:
        print(f"  {sentence}")
    print("What was viewed and changed stays in the audit, which says nothing of anybody by name.")
    return 0


def _leave() -> None:
    from django.db import connections

    connections.close_all()

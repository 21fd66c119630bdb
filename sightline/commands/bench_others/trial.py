"""One run beside the others: a record is loaded, saved to, searched, and thrown away; a census is judged."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sightline.commands.bench_front_door.ground import open_wrapper, record_of
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_line import Line, Part
from sightline.commands.bench_others import judging, saving, searching
from sightline.commands.bench_others.environment import NotToBeHad
from sightline.commands.postgres import roles

Told = tuple[list[Line], list[str]]


def measure(arguments: argparse.Namespace) -> Part:
    """Everything, as one part of the page."""
    with TemporaryDirectory(prefix="sightline-others-") as place:
        folder = Path(place)
        with record_of(arguments.people, keep=False) as name:
            world = World(name, arguments.people, open_wrapper(name))
            try:
                saved = _saving(world, arguments.rounds)
                searched = _searching(world, arguments.questions, folder)
            finally:
                world.wrapper.close()
        _say(f"a census of {arguments.children:,} children")
        judged = _judging(folder, arguments.children)
    told = (saved, searched, judged)
    lines = [line for found, _ in told for line in found]
    return Part("others", "Beside other ways", lines, [sentence for _, said in told for sentence in said])


def _saving(world: World, rounds: int) -> Told:
    acts = saving.Saving(world)
    _say("saving")
    acts.warm()
    # A database is copied while nobody is in it.
    world.wrapper.close()
    with _copy_of(world.name) as name:
        bare = saving.Bare(name)
        try:
            saved = acts.measure(bare, rounds)
            saving.refuse_unlike(world, bare, saved)
        finally:
            bare.close()
    return saving.lines(saved, f"{world.people:,} people"), saving.said(saved)


@contextmanager
def _copy_of(name: str) -> Iterator[str]:
    copy = f"sightline_bench_{os.getpid()}_bare"
    try:
        roles.drop_database(copy)
        roles.prepare_database(copy, template=name)
        yield copy
    finally:
        roles.drop_database(copy)


def _searching(world: World, many: int, folder: Path) -> Told:
    asked = searching.questions(world.children, many)
    _say("searching through the product, and by trigrams")
    ways = {"the product": searching.through_the_product(world, asked)}
    ways["pg_trgm alone"] = searching.by_trigrams(world.name, asked)
    size, memory, said = f"{world.people:,} people", None, [TRIGRAMS_SAID]
    try:
        _say("searching with Splink")
        ways["Splink"], about = searching.by_splink(world, asked, folder)
    except NotToBeHad as why:
        said.append(f"Splink is left out. {why}")
    else:
        memory = about["mb"]
        said.append(SPLINK_SAID.format(**about, many=len(asked)))
    return searching.lines(ways, size, memory), said


def _judging(folder: Path, children: int) -> Told:
    file, size = judging.census_file(folder, children), f"{children:,} children"
    product = judging.ours(file)
    try:
        other = judging.theirs(file)
    except NotToBeHad as why:
        return judging.lines(product, None, size), [f"The open validator is left out. {why}"]
    return judging.lines(product, other, size), judging.said(product, other)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


TRIGRAMS_SAID = (
    "A search through the product is asked by somebody at the front door, under row security and audit; pg_trgm alone"
    " is one table of names (with dates of birth, where one is asked for) and a trigram index, the fifty most alike,"
    " with no fence and no audit."
)
SPLINK_SAID = (
    "Splink {version} holds everybody in the memory of one process and was ready after {ready:.0f} s; each of its"
    " searches is one record set beside candidates that share a name, its beginning or the date. It is made to link"
    " whole registers at once, and is used here as a search would; all {many} searches asked of it as one took"
    " {together:.1f} s."
)

"""Timing the pages: each at every size, turn and turn about, as the same person at the same address."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from sightline.commands.bench_front_door.loader import Say
from sightline.commands.bench_front_door.trial import Listener, Samples, high
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_growth.rules import Growth
from sightline.commands.bench_growth.walk import Page

WARMING = 1


@dataclass
class Pages:
    """What was measured of every page, and those that did not answer with a page everywhere."""

    grown: list[Growth] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class NotAPage(Exception):
    """It answered with something else at one of the sizes: its time would mean nothing."""


def run(pages: Sequence[Page], worlds: Sequence[World], rounds: int, say: Say) -> Pages:
    """`rounds` samples of each page at each size. Which size goes first alternates."""
    found = Pages()
    for number, page in enumerate(pages, 1):
        say(f"page {number} of {len(pages)}: {page.name}")
        try:
            samples = _of(page, worlds, rounds)
        except NotAPage as lost:
            found.lost.append(str(lost))
        else:
            found.grown.append(_growth(page, samples))
    say("done\n")
    return found


def _of(page: Page, worlds: Sequence[World], rounds: int) -> list[Samples]:
    samples = [Samples() for _ in worlds]
    for number in range(-min(WARMING, rounds - 1), rounds):
        turns = list(zip(worlds, samples, strict=True))
        for world, kept in turns if number % 2 else reversed(turns):
            sample = _sample(page, world)
            if number >= 0:
                kept.add(*sample)
    return samples


def _sample(page: Page, world: World) -> tuple[float, float, int]:
    world.stand()
    client, work, listener = world.client(page.who.account), world.work, Listener()
    with world.wrapper.execute_wrapper(listener):
        before, began = work.so_far(), perf_counter()
        sent = {"words": page.words}
        answer = client.post(page.path, sent, secure=True) if page.words else client.get(page.path, secure=True)
        took, worked = 1000 * (perf_counter() - began), work.so_far() - before
    if answer.status_code != 200:
        raise NotAPage(f"{page.name} to {page.who.words} answered {answer.status_code} at {world.people:,} people")
    with suppress(AttributeError):
        answer.close()
    return took, worked, listener.count


def _growth(page: Page, samples: list[Samples]) -> Growth:
    times = tuple(round(median(one.times), 1) for one in samples)
    work = tuple(round(median(one.work), 1) for one in samples)
    done = f"{page.name.replace('-', ' ')}{page.more}, to {page.who.words}"
    return Growth(
        done, page.name, times, work if all(work) else times, statements=tuple(max(one.queries) for one in samples),
        highs=tuple(round(high(one.times), 1) for one in samples),
    )  # fmt: skip

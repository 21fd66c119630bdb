"""From a census file to children whom a post carries: read, shown, brought in, and undone.

The file is read three times, a child at a time, so that no file is too large to hold: to judge it, to
say what bringing it in would do, and to do it. It must stay the same throughout.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sightline.access.reading_bars import routing_of
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.journeys.hidden_match import ask_of_twin
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.returns.cin import RULES, Census, Examination, Report, Stray, Unreadable, open_census
from sightline.returns.operations import Origin, Progress, Undone, plan_all
from sightline.returns.operations import import_census as import_children
from sightline.returns.operations import undo_import as undo_children
from sightline.returns.planning import Tally
from sightline.returns.queries import PastImport, find_import, get_import
from sightline.returns.rules import LONGEST_ID, ChildFacts, merge, plain_id, read_child
from sightline.returns.twins import close_possible_twins
from sightline.workforce.operations import ensure_census_account
from sightline.workforce.queries import CENSUS, PostLine, describe_posts, get_post, who_to_ring

Saying = Callable[[str], Progress]
"""Called with what begins; gives what is called with how many children are done."""


@dataclass(frozen=True)
class Examined:
    """A file as it was judged, and what bringing it in would do. `already` is its import where it stands."""

    path: Path
    report: Report
    sha256: str
    repeated: frozenset[str]
    post: PostLine
    carried_by: str
    would_do: Tally
    already: PastImport | None


def examine(*, path: Path, post: str, at: datetime, saying: Saying) -> Examined:
    """Judge a file and say what bringing it in would do; writes nothing.

    Refuses (`Unreadable`) a file that cannot be read as a census, and a post that is not there or that
    nobody answers for.
    """
    fingerprint = _fingerprint(path)
    census = open_census(path)
    report, repeated = _judge(census, saying("Reading the file"))
    with acting(CENSUS):
        carrier = get_post(post)
        if who_to_ring(post=carrier.id, at=at) is None:
            raise Refusal(f"Nobody answers for the post {post}. Place somebody in it, or name another with --post.")
        would_do = Tally()
        children = read_children(census, repeated, today=local_day(at))
        looking = saying("Looking for these children in the register")
        for some in plan_all(children, reference_date=census.end, progress=looking):
            for planned in some:
                would_do.add(planned)
        return Examined(
            path=path,
            report=report,
            sha256=fingerprint,
            repeated=repeated,
            post=carrier,
            carried_by=describe_posts([carrier.id])[carrier.id],
            would_do=would_do,
            already=find_import(fingerprint),
        )


def bring_in(*, examined: Examined, at: datetime, saying: Saying) -> tuple[UUID, Tally]:
    """Bring in what was examined, all of it or nothing. Returns the import's key, and what it did.

    A restricted child whom the file has under the same id is that child. Whoever may be a restricted child under
    another id is found by nobody, and whoever carries that child is asked, before anything of it is kept.
    """
    by = ensure_census_account()
    census = examined.report.census
    origin = Origin(examined.sha256, census.year.number, census.end)
    with acting(CENSUS):
        batch, tally = import_children(
            by=by,
            origin=origin,
            children=_unchanged(examined, read_children(census, examined.repeated, today=local_day(at))),
            queries=_queries_about(examined.report),
            post=examined.post.id,
            team=examined.post.team,
            at=at,
            progress=saying("Bringing the children in"),
        )
        ask_of_twins(by=by, batch=batch, at=at)
    return batch, tally


def ask_of_twins(*, by: Actor, batch: UUID, at: datetime) -> int:
    """Hide whoever an import brought in and may be somebody restricted, and ask who carries them. How many."""
    found = close_possible_twins(batch=batch, at=at)
    for person, restricted in found:
        routing = routing_of(restricted)
        if routing is not None:
            ask_of_twin(by=by, person=person, restricted=restricted, routing=routing, contact=None, at=at)
    return len(found)


def undo(*, batch: UUID, at: datetime) -> tuple[PastImport, Undone]:
    """Withdraw what an import brought in and nobody has worked on since."""
    by = ensure_census_account()
    past = get_import(batch)
    return past, undo_children(by=by, batch=batch, at=at)


def _judge(census: Census, progress: Progress) -> tuple[Report, frozenset[str]]:
    examination = Examination(census)
    seen: set[str] = set()
    repeated: set[str] = set()
    done = 0
    for child in census.children():
        if isinstance(child, Stray):
            examination.see_stray(child)
            continue
        examination.see(child)
        name = plain_id(child.id)
        if len(name) > LONGEST_ID:
            raise Unreadable(
                f"This child's LAchildID has more than {LONGEST_ID} characters, so it is none. "
                "Correct it and export the file again.",
                line=child.identifiers.la_child_id.line,
            )
        (repeated if name in seen else seen).add(name)
        done += 1
        if done % 1_000 == 0:
            progress(done)
    progress(done)
    return examination.report(), frozenset(repeated)


def read_children(census: Census, repeated: frozenset[str], *, today: date) -> Iterator[ChildFacts]:
    """Each child once; those who stand in the file more than once come last, each made into one."""
    # A file is judged at its reference date, which may be some days ahead when it is made early.
    until = max(today, census.end)
    several: dict[str, ChildFacts] = {}
    for child in census.children():
        if isinstance(child, Stray):
            continue
        facts = read_child(child, year=census.year, first_day=census.start, until=until, today=today)
        if facts.child_id not in repeated:
            yield facts
        elif facts.child_id in several:
            several[facts.child_id] = merge(several[facts.child_id], facts)
        else:
            several[facts.child_id] = facts
    yield from several.values()


def _unchanged(examined: Examined, children: Iterator[ChildFacts]) -> Iterator[ChildFacts]:
    yield from children
    if _fingerprint(examined.path) != examined.sha256:
        raise Refusal("The file changed while it was being read. Nothing was imported; begin again.")


def _fingerprint(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as failure:
        raise Unreadable(f"The file {path} cannot be opened: {failure.strerror or failure}.") from failure


def _queries_about(report: Report) -> Callable[[str], Sequence[str]]:
    """What the file was queried for about each child, in words for their timeline."""
    of_child: dict[str, list[str]] = defaultdict(list)
    for fault in report.faults:
        rule = RULES[fault.rule]
        of_child[plain_id(fault.child)].append(f"{fault.element} ({fault.rule}): {rule.what} {rule.remedy}")
    return lambda child_id: of_child.get(child_id, ())

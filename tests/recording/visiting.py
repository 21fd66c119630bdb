"""Visits to the Penhallows and the Maddoxes, as a worker writes them."""

from datetime import timedelta
from uuid import UUID

from sightline.doorway.acts import acting
from sightline.kernel.when import When
from sightline.record.queries import EntryView, LastSeen, ToldNotice, get_entry, last_seen_of, list_notices
from sightline.recording.operations import plan_visit, record_visit
from sightline.recording.queries import PlannedVisitView, VisitView, get_visits, list_planned
from sightline.recording.rules import ChildSeen, VisitWritten
from tests.universe import Universe

ROSIE, JACK, LOWENNA = "Rosie Penhallow", "Jack Penhallow", "Lowenna Penhallow"
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def ago(universe: Universe, length: timedelta) -> When:
    return When.exactly(universe.at - length)


def one(universe: Universe, outcome: str, name: str = ROSIE, **given: object) -> ChildSeen:
    """How it went for one child; a reason is there where one must be."""
    because = {"reason": "Asleep upstairs", "reason_given_by": "Lowenna"} if outcome == "not_seen" else {}
    return ChildSeen(universe.person(name), outcome, **(because | given))


def visit(
    universe: Universe, *children: ChildSeen, before: timedelta = HOUR, by: str = "jane", **given: object
) -> UUID:
    written = VisitWritten(occurred=ago(universe, before), children=children, **({"text": "Visited at home."} | given))
    return record_visit(by=universe.who(by), visit=written, at=universe.at)


def plan(universe: Universe, *names: str, before: timedelta = HOUR, by: str = "jane") -> UUID:
    """A visit planned a fortnight ago, for an hour ago where nothing else is said."""
    who = universe.who(by)
    return plan_visit(
        by=who, children=[universe.person(name) for name in names], starts_at=universe.at - before, place="home",
        announced=True, purpose="See the children's room", post=min(who.posts), at=universe.at - 14 * DAY,
    )  # fmt: skip


def planned_of(universe: Universe, name: str, reader: str = "jane") -> list[PlannedVisitView]:
    with acting(universe.who(reader).id):
        return list_planned(children=[universe.person(name)])


def seen_of(universe: Universe, name: str, reader: str = "jane") -> LastSeen:
    with acting(universe.who(reader).id):
        return last_seen_of([universe.person(name)])[universe.person(name)]


def view_of(universe: Universe, entry: UUID, reader: str = "jane") -> tuple[EntryView, VisitView]:
    with acting(universe.who(reader).id):
        return get_entry(entry), get_visits([entry])[entry]


def told_of(universe: Universe, reader: str, kind: str = "no_access") -> list[ToldNotice]:
    with acting(universe.who(reader).id):
        return [one for one in list_notices(universe.who(reader).posts) if one.kind == kind]

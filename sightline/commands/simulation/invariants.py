"""What holds in every authority, however it came to be: each invariant asks for what breaks it, and finds nothing.

They read all that there is, so they are asked on a connection of the operator's (`reading_all`), never by the
product that serves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sightline.commands import status
from sightline.commands.postgres import roles
from sightline.commands.postgres.roles import Connection
from sightline.record.rules import NAMES_NOBODY, SEEN

MOST_NAMED = 5
"""How many of what breaks it an invariant names."""
Invariant = Callable[[Connection, datetime], list[str]]


@contextmanager
def reading_all(database: str) -> Iterator[Connection]:
    """A connection for which every row is there."""
    with roles.connect(database) as connection:
        connection.execute("SET ROLE sightline_owner")
        connection.execute("SET ROLE sightline_steward")
        yield connection


def broken(connection: Connection, *, at: datetime) -> dict[str, list[str]]:
    """Every invariant that does not hold at that moment, by its name, with some of what breaks it."""
    found = {one.__name__: one(connection, at) for one in INVARIANTS}
    return {name: faults for name, faults in found.items() if faults}


def _asked(connection: Connection, statement: str, **values: Any) -> list[str]:
    rows = connection.execute(f"{statement} LIMIT {MOST_NAMED}".encode(), values).fetchall()
    return [", ".join(str(cell) for cell in row) for row in rows]


# --- somebody has it ----------------------------------------------------------------------------


def nothing_is_unheld(connection: Connection, at: datetime) -> list[str]:
    """Whatever is open is carried by a post for which there is somebody to ring, as the operator's page asks."""
    rooms = ("record", "front_door", "assessments", "plans", "enquiries", "conferences", "disagreements")
    asked = " UNION ALL ".join(f"SELECT kind, id FROM {room}_unheld(%(at)s)" for room in rooms)  # noqa: S608 - the rooms of the line above
    return _asked(connection, asked, at=at)


def status_is_whole(connection: Connection, at: datetime) -> list[str]:
    """The operator's page counts, and counts nobody as carried by nobody."""
    counted = status.counts(connection)
    wanted = ("people", "children", "entries")
    return [f"{name} is not counted" for name in wanted if name not in counted] + (
        [f"{counted['unheld']} unheld"] if counted["unheld"] else []
    )


def every_open_child_is_carried(connection: Connection, at: datetime) -> list[str]:
    """Each open episode is allocated to one post."""
    return _asked(
        connection,
        "SELECT e.child_id, e.id FROM record_episode e WHERE e.closed_at IS NULL AND e.withdrawn_at IS NULL AND 1 <>"
        " (SELECT count(*) FROM record_allocation a WHERE a.episode_id = e.id AND a.to_at IS NULL)",
    )


def nobody_is_carried_after_the_end(connection: Connection, at: datetime) -> list[str]:
    """Where an episode has closed, no post carries it any more."""
    return _asked(
        connection,
        "SELECT e.child_id, e.id FROM record_episode e JOIN record_allocation a ON a.episode_id = e.id"
        " WHERE e.closed_at IS NOT NULL AND a.to_at IS NULL",
    )


def nobody_has_two_episodes(connection: Connection, at: datetime) -> list[str]:
    """No child is open twice at once."""
    return _asked(
        connection,
        "SELECT one.child_id, one.id, other.id FROM record_episode one JOIN record_episode other"
        " ON other.child_id = one.child_id AND other.id > one.id"
        " AND one.withdrawn_at IS NULL AND other.withdrawn_at IS NULL"
        " AND one.opened_at < coalesce(other.closed_at, 'infinity')"
        " AND other.opened_at < coalesce(one.closed_at, 'infinity')",
    )


def every_open_step_is_about_somebody(connection: Connection, at: datetime) -> list[str]:
    """No step is open that concerns nobody any more, but those that name nobody so as not to tell whom."""
    return _asked(
        connection,
        "SELECT s.kind, s.id FROM record_step s WHERE s.closed_at IS NULL AND s.kind <> ALL(%(nobody)s) AND NOT EXISTS"
        " (SELECT FROM record_stepsubject p WHERE p.step_id = s.id AND p.ended_at IS NULL)",
        nobody=sorted(NAMES_NOBODY),
    )


def every_undecided_contact_is_asked_for(connection: Connection, at: datetime) -> list[str]:
    """A contact without a decision has an open step to decide it, and a decided one has none."""
    return _asked(
        connection,
        "SELECT c.entry_id FROM front_door_contact c WHERE"
        " EXISTS (SELECT FROM front_door_decision d WHERE d.contact_id = c.entry_id AND d.superseded_at IS NULL)"
        " = EXISTS (SELECT FROM record_step s"
        " WHERE s.subject = c.entry_id AND s.kind = 'decide_contact' AND s.closed_at IS NULL)",
    )


# --- sight --------------------------------------------------------------------------------------


def grants_follow_allocations(connection: Connection, at: datetime) -> list[str]:
    """The team that carries a child sees the child; one that carried them before does not."""
    unseen = _asked(
        connection,
        "SELECT a.child_id, p.team_id FROM record_allocation a JOIN workforce_post p ON p.id = a.post_id"
        " WHERE a.to_at IS NULL AND NOT EXISTS (SELECT FROM access_grant g WHERE g.person = a.child_id"
        " AND g.reader = p.team_id AND g.because = 'allocation' AND g.because_of = a.episode_id"
        " AND g.from_at <= %(at)s AND (g.until_at IS NULL OR g.until_at > %(at)s))",
        at=at,
    )
    return unseen + _asked(
        connection,
        "SELECT g.person, g.reader FROM access_grant g JOIN record_episode e ON e.id = g.because_of"
        " WHERE g.because = 'allocation' AND g.until_at IS NULL"
        " AND NOT EXISTS (SELECT FROM record_allocation a JOIN workforce_post p ON p.id = a.post_id"
        " WHERE a.episode_id = g.because_of AND a.to_at IS NULL AND p.team_id = g.reader)",
    )


def every_look_is_written_down(connection: Connection, at: datetime) -> list[str]:
    """Whoever was let read what is known before recording is in the audit as having looked."""
    return _asked(
        connection,
        "SELECT g.reader, g.person FROM access_grant g WHERE g.because = 'taking_contact' AND NOT EXISTS"
        " (SELECT FROM audit_event e WHERE e.kind = 'look' AND e.what = 'what_is_known' AND e.actor = g.reader"
        " AND e.at = g.from_at AND EXISTS (SELECT FROM audit_eventperson p WHERE p.event_id = e.id))",
    )


def every_entry_is_written_down(connection: Connection, at: datetime) -> list[str]:
    """Each entry came of an act that the audit holds, of the same moment and hand."""
    return _asked(
        connection,
        "SELECT n.kind, n.id FROM record_entry n WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.kind = 'act'"
        " AND e.actor = n.author AND e.at = n.recorded_at)",
    )


# --- what is derived agrees ---------------------------------------------------------------------


def what_is_kept_twice_agrees(connection: Connection, at: datetime) -> list[str]:
    """What an entry's subjects repeat of it is as it stands there."""
    return _asked(
        connection,
        "SELECT n.kind, n.id, s.person_id FROM record_entrysubject s JOIN record_entry n ON n.id = s.entry_id"
        " WHERE (s.kind, s.occurred_from, s.recorded_at) IS DISTINCT FROM (n.kind, n.occurred_from, n.recorded_at)"
        " OR s.superseded_at IS DISTINCT FROM n.superseded_at",
    )


def last_seen_is_the_latest_visit(connection: Connection, at: datetime) -> list[str]:
    """A child whom a visit's entry says was seen has that visit's day on the row that last seen is read from.

    Whoever is not born yet cannot be seen.
    """
    return _asked(
        connection,
        "SELECT v.child_id, n.id FROM recording_visitchild v JOIN record_entry n ON n.id = v.entry_id"
        " LEFT JOIN record_entrysubject s ON s.entry_id = n.id AND s.person_id = v.child_id"
        " WHERE n.superseded_at IS NULL AND NOT EXISTS (SELECT FROM people_particulars p WHERE p.person_id = v.child_id"
        " AND p.birth = 'expected' AND (p.believed_to IS NULL OR p.believed_to > n.recorded_at))"
        " AND (s.seen IS NULL OR s.seen = ''"
        " OR (s.seen = ANY(%(seen)s) AND v.reason <> '') OR s.occurred_from <> n.occurred_from)",
        seen=sorted(SEEN),
    )


def need_and_protection_never_overlap(connection: Connection, at: datetime) -> list[str]:
    """No child is on a child in need plan and on a protection plan on one day."""
    return _asked(
        connection,
        "SELECT one.child_id, one.plan_id, other.plan_id FROM plans_planchild one JOIN plans_planchild other"
        " ON other.child_id = one.child_id AND one.kind = 'child_in_need' AND other.kind = 'protection'"
        " WHERE daterange(one.from_on, one.to_on) && daterange(other.from_on, other.to_on)",
    )


def nothing_is_still_to_come(connection: Connection, at: datetime) -> list[str]:
    """Nothing was recorded, opened, closed, given or looked at after now."""
    return [
        fault
        for table, column in MOMENTS
        for fault in _asked(connection, f"SELECT '{table}', id FROM {table} WHERE {column} > %(at)s", at=at)  # noqa: S608 - the tables of MOMENTS
    ]


def nobody_writes_after_leaving(connection: Connection, at: datetime) -> list[str]:
    """No entry is by somebody who had left by then, or had not yet come."""
    return _asked(
        connection,
        "SELECT n.kind, n.id FROM record_entry n JOIN workforce_account a ON a.id = n.author"
        " WHERE n.recorded_at < a.joined_at OR n.recorded_at > coalesce(a.left_at, 'infinity')",
    )


MOMENTS = (
    ("record_entry", "recorded_at"), ("record_entry", "occurred_from"), ("record_step", "opened_at"),
    ("record_step", "closed_at"), ("record_episode", "opened_at"), ("record_episode", "closed_at"),
    ("record_allocation", "from_at"), ("access_grant", "from_at"), ("audit_event", "at"),
    ("workforce_occupancy", "from_at"), ("people_person", "registered_at"),
)  # fmt: skip
INVARIANTS: tuple[Invariant, ...] = (
    nothing_is_unheld, status_is_whole, every_open_child_is_carried, nobody_is_carried_after_the_end,
    nobody_has_two_episodes, every_open_step_is_about_somebody, every_undecided_contact_is_asked_for,
    grants_follow_allocations, every_look_is_written_down, every_entry_is_written_down, what_is_kept_twice_agrees,
    last_seen_is_the_latest_visit, need_and_protection_never_overlap, nothing_is_still_to_come,
    nobody_writes_after_leaving,
)  # fmt: skip

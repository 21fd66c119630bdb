"""How each figure of `targets.toml` is read from a record: a statement each, over the last year or the last day.

Days are the database's; a working day is Monday to Friday without bank holidays, which are counted in Python.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sightline.commands.postgres.roles import Connection
from sightline.commands.simulation.rates import rate
from sightline.kernel.london import local_day
from sightline.kernel.working_days import working_days_between

YEAR = timedelta(days=365.25)
LATE = 45
"""Working days (Working Together to Safeguard Children 2023, chapter 3)."""
SIX_WEEKS = timedelta(weeks=6)


@dataclass(frozen=True)
class Played:
    """Which authority it is: how many children live there, and from when to when it was played."""

    children: int
    begins: datetime
    ends: datetime

    @property
    def since(self) -> datetime:
        """The last year of it, or all of it where it is shorter."""
        return max(self.begins, self.ends - YEAR)

    @property
    def a_year(self) -> float:
        """How much of a year that is."""
        return (self.ends - self.since) / YEAR


class Measuring:
    """Reads the figures of one record on a connection for which every row is there."""

    def __init__(self, connection: Connection, played: Played) -> None:
        self.connection, self.played = connection, played
        self.counted = 0

    def figure(self, key: str) -> tuple[float | None, int]:
        """The figure of that key, and how many were counted for it; None where there is nothing to reckon it by."""
        self.counted = 0
        found = getattr(self, f"_{key}")()
        return None if found is None else float(found), self.counted

    def _rows(self, statement: str, **more: Any) -> list[Any]:
        values = {"since": self.played.since, "ends": self.played.ends, **more}
        return self.connection.execute(statement.encode(), values).fetchall()

    def _count(self, statement: str, **more: Any) -> int:
        return int(self._rows(statement, **more)[0][0])

    def _a_thousand(self, count: int, years: float = 1.0) -> float:
        self.counted = count
        return 1000 * count / self.played.children / years

    def _share(self, part: int, whole: int) -> float | None:
        self.counted = part
        return 100 * part / whole if whole else None

    def _middle(self, found: list[int]) -> float | None:
        self.counted = len(found)
        return median(found) if found else None

    # --- what comes in ------------------------------------------------------------------------------

    def _contacts(self) -> float:
        counted = self._count(
            "SELECT count(*) FROM front_door_contact c JOIN record_entrysubject s ON s.entry_id = c.entry_id"
            " AND s.part = 'child' WHERE c.received_at >= %(since)s"
        )
        return self._a_thousand(counted, self.played.a_year)

    def _referrals(self) -> float:
        return self._a_thousand(self._referred(), self.played.a_year)

    def _referred(self, source: str = "") -> int:
        return self._count(
            "SELECT count(*) FROM record_episode WHERE opened_at >= %(since)s AND withdrawn_at IS NULL"
            " AND (%(source)s = '' OR source = ANY (string_to_array(%(source)s, ' ')))", source=source,
        )  # fmt: skip

    def _from_police(self) -> float | None:
        return self._share(self._referred("6"), self._referred())

    def _from_schools(self) -> float | None:
        return self._share(self._referred("2A"), self._referred())

    def _early_help(self) -> float:
        counted = self._count(
            "SELECT count(*) FROM front_door_decision d JOIN record_entrysubject s ON s.entry_id = d.contact_id"
            " AND s.part = 'child' WHERE d.outcome = 'early_help_offer' AND d.decided_at >= %(since)s"
        )
        return self._a_thousand(counted, self.played.a_year)

    def _decided_in_a_day(self) -> float | None:
        rows = self._rows(
            "SELECT c.received_at, min(d.decided_at) FROM front_door_contact c JOIN front_door_decision d"
            " ON d.contact_id = c.entry_id WHERE c.received_at >= %(since)s GROUP BY c.entry_id, c.received_at"
        )
        in_time = [working_days_between(local_day(came), local_day(decided)) <= 1 for came, decided in rows]
        return self._share(sum(in_time), len(in_time))

    def _referred_again(self) -> float | None:
        again = self._count(
            "SELECT count(*) FROM record_episode e WHERE e.opened_at >= %(since)s AND e.withdrawn_at IS NULL AND EXISTS"
            " (SELECT FROM record_episode b WHERE b.child_id = e.child_id AND b.id <> e.id AND b.withdrawn_at IS NULL"
            " AND b.opened_on < e.opened_on AND b.opened_on >= e.opened_on - 365)"
        )
        return self._share(again, self._referred())

    # --- who is open --------------------------------------------------------------------------------

    def _open(self) -> int:
        return self._count("SELECT count(*) FROM record_episode WHERE closed_at IS NULL AND withdrawn_at IS NULL")

    def _in_need(self) -> float:
        return self._a_thousand(self._open())

    def _on_protection_plans(self) -> float:
        return self._a_thousand(
            self._count("SELECT count(*) FROM plans_planchild WHERE kind = 'protection' AND to_on IS NULL")
        )

    def _caseload(self) -> float | None:
        rows = self._rows(
            "SELECT count(*) FROM record_allocation a JOIN workforce_post p ON p.id = a.post_id AND p.kind = 'worker'"
            " JOIN workforce_team t ON t.id = p.team_id AND t.kind = 'casework' WHERE a.to_at IS NULL"
            " AND EXISTS (SELECT FROM workforce_occupancy o WHERE o.post_id = p.id AND o.to_at IS NULL) GROUP BY p.id"
        )
        self.counted = sum(row[0] for row in rows)
        return self.counted / len(rows) / self._full_time() if rows else None

    def _posts(self) -> int:
        return self._count(
            "SELECT count(*) FROM workforce_post p JOIN workforce_team t ON t.id = p.team_id AND t.kind = 'casework'"
            " WHERE p.kind = 'worker' AND EXISTS (SELECT FROM record_allocation a WHERE a.post_id = p.id)"
        )

    def _full_time(self) -> float:
        """How much of a full-time post one of them is: where a place is too small for its posts they are part-time."""
        return min(1.0, self.played.children * rate("staff", "size", "case_holders") / max(self._posts(), 1))

    def _written_a_day(self) -> float | None:
        posts = self._posts() * self._full_time()
        written = self._count(
            "SELECT count(*) FROM record_entry e JOIN workforce_occupancy o ON o.account_id = e.author"
            " AND o.from_at <= e.recorded_at AND (o.to_at IS NULL OR o.to_at > e.recorded_at)"
            " JOIN workforce_post p ON p.id = o.post_id AND p.kind = 'worker'"
            " JOIN workforce_team t ON t.id = p.team_id AND t.kind = 'casework'"
            " WHERE e.recorded_at >= %(since)s AND e.kind IN ('note', 'visit', 'phone_call')"
        )
        days = working_days_between(local_day(self.played.since), local_day(self.played.ends))
        self.counted = written
        return written / posts / days if posts and days else None

    def _not_seen_for_long(self) -> float | None:
        late = self._count(
            "SELECT count(*) FROM record_episode e WHERE e.closed_at IS NULL AND e.withdrawn_at IS NULL"
            " AND e.opened_at < %(before)s AND NOT EXISTS (SELECT FROM record_entrysubject s"
            " WHERE s.person_id = e.child_id AND s.seen IN ('seen', 'seen_alone', 'observed')"
            " AND s.superseded_at IS NULL AND s.withdrawn_at IS NULL AND s.occurred_from >= %(before)s)",
            before=self.played.ends - SIX_WEEKS,
        )
        return self._share(late, self._open())

    # --- how long it takes --------------------------------------------------------------------------

    def _assessed(self) -> list[int]:
        rows = self._rows(
            "SELECT started_on, authorised_at FROM assessments_signedassessment WHERE authorised_at >= %(since)s"
        )
        return [working_days_between(started, local_day(signed)) for started, signed in rows]

    def _assessment_days(self) -> float | None:
        return self._middle(self._assessed())

    def _assessment_in_time(self) -> float | None:
        found = self._assessed()
        return self._share(sum(days <= LATE for days in found), len(found))

    def _enquiries(self) -> float:
        counted = self._count(
            "SELECT count(*) FROM enquiries_enquirychild c JOIN enquiries_enquiry q ON q.step_id = c.enquiry_id"
            " WHERE q.began_at >= %(since)s"
        )
        return self._a_thousand(counted, self.played.a_year)

    def _enquiry_to_conference(self) -> float | None:
        rows = self._rows(
            "SELECT q.began_at, m.held_at FROM conferences_meeting m JOIN enquiries_enquiry q ON q.step_id = m.enquiry"
            " WHERE m.kind = 'initial' AND m.held_at >= %(since)s"
        )
        return self._middle([(held - began).days for began, held in rows])

    def _plan_days(self) -> float | None:
        rows: list[tuple[date, date]] = self._rows(
            "SELECT from_on, to_on FROM plans_planchild WHERE kind = 'protection' AND to_on >= %(since)s::date"
        )
        return self._middle([(to - since).days for since, to in rows])

    def _planned_again(self) -> float | None:
        rows = self._rows(
            "SELECT EXISTS (SELECT FROM plans_planchild b WHERE b.child_id = c.child_id AND b.kind = 'protection'"
            " AND b.id <> c.id AND b.from_on < c.from_on) FROM plans_planchild c"
            " WHERE c.kind = 'protection' AND c.from_on >= %(since)s::date"
        )
        return self._share(sum(row[0] for row in rows), len(rows))

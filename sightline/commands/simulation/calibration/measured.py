"""How each figure of `targets.toml` is read from a record: a statement each, over all the time that is measured.

What is open is the mean of its quarter days, of which the last day is one. Days are the database's; a working day is
Monday to Friday without bank holidays, which are counted in Python.
"""

from datetime import date, timedelta
from typing import Any

from sightline.commands.postgres.roles import Connection
from sightline.commands.simulation.calibration.counted import A_HUNDRED, A_THOUSAND, YEAR, Found, Played
from sightline.commands.simulation.rates import rate
from sightline.kernel.london import local_day
from sightline.kernel.working_days import working_days_between

LATE, CONFERENCE_LATE = 45, 15
"""Working days (Working Together to Safeguard Children 2023, chapter 3)."""
SIX_WEEKS = timedelta(weeks=6)

SHARED = {
    "A_CASEWORK_POST": "p.kind = 'worker' AND EXISTS (SELECT FROM workforce_team t WHERE t.id = p.team_id AND t.kind ="
    " 'casework')",
    "SOMEBODY_STANDS": "EXISTS (SELECT FROM workforce_occupancy o WHERE o.post_id = p.id AND o.from_at <= day"
    " AND (o.to_at IS NULL OR o.to_at > day))",
    "OPEN_THEN": "e.withdrawn_at IS NULL AND e.opened_at <= day AND (e.closed_at IS NULL OR e.closed_at > day)",
}
"""What several statements say of a post `p`, an episode `e` and a `day`, by the words that stand for it in them."""


class Measuring:
    """Reads the figures of one record on a connection for which every row is there."""

    def __init__(self, connection: Connection, played: Played) -> None:
        self.connection, self.played = connection, played

    def figure(self, key: str) -> Found:
        """What was counted for the figure of that key."""
        found: Found = getattr(self, f"_{key}")()
        return found

    def _rows(self, statement: str, **more: Any) -> list[Any]:
        values = {"since": self.played.since, "days": self.played.quarter_days, **more}
        for word, meant in SHARED.items():
            statement = statement.replace(word, meant)
        return self.connection.execute(statement.encode(), values).fetchall()

    def _count(self, statement: str, **more: Any) -> int:
        return int(self._rows(statement, **more)[0][0])

    def _a_thousand(self, count: int) -> Found:
        """Of a thousand children and year."""
        return Found(count, self.played.children * self.played.years, A_THOUSAND)

    def _on_a_day(self, count: int) -> Found:
        """Of a thousand children, where those of all quarter days were counted together."""
        return Found(count / len(self.played.quarter_days), self.played.children, A_THOUSAND)

    def _share(self, part: int, whole: int) -> Found:
        return Found(part, whole, A_HUNDRED)

    def _middle(self, found: list[int]) -> Found:
        return Found(values=tuple(found))

    # --- what comes in ------------------------------------------------------------------------------

    def _contacts(self) -> Found:
        counted = self._count(
            "SELECT count(*) FROM front_door_contact c JOIN record_entrysubject s ON s.entry_id = c.entry_id"
            " AND s.part = 'child' WHERE c.received_at >= %(since)s"
        )
        return self._a_thousand(counted)

    def _referrals(self) -> Found:
        return self._a_thousand(self._referred())

    def _referred(self, source: str = "") -> int:
        return self._count(
            "SELECT count(*) FROM record_episode WHERE opened_at >= %(since)s AND withdrawn_at IS NULL"
            " AND (%(source)s = '' OR source = ANY (string_to_array(%(source)s, ' ')))", source=source,
        )  # fmt: skip

    def _from_police(self) -> Found:
        return self._share(self._referred("6"), self._referred())

    def _from_schools(self) -> Found:
        return self._share(self._referred("2A"), self._referred())

    def _early_help(self) -> Found:
        counted = self._count(
            "SELECT count(*) FROM front_door_decision d JOIN record_entrysubject s ON s.entry_id = d.contact_id"
            " AND s.part = 'child' WHERE d.outcome = 'early_help_offer' AND d.decided_at >= %(since)s"
        )
        return self._a_thousand(counted)

    def _decided_in_a_day(self) -> Found:
        rows = self._rows(
            "SELECT c.received_at, min(d.decided_at) FROM front_door_contact c JOIN front_door_decision d"
            " ON d.contact_id = c.entry_id WHERE c.received_at >= %(since)s GROUP BY c.entry_id, c.received_at"
        )
        in_time = [working_days_between(local_day(came), local_day(decided)) <= 1 for came, decided in rows]
        return self._share(sum(in_time), len(in_time))

    def _referred_again(self) -> Found:
        again = self._count(
            "SELECT count(*) FROM record_episode e WHERE e.opened_at >= %(since)s AND e.withdrawn_at IS NULL AND EXISTS"
            " (SELECT FROM record_episode b WHERE b.child_id = e.child_id AND b.id <> e.id AND b.withdrawn_at IS NULL"
            " AND b.opened_on < e.opened_on AND b.opened_on >= e.opened_on - 365)"
        )
        return self._share(again, self._referred())

    # --- who is open --------------------------------------------------------------------------------

    def _open(self) -> int:
        """Children who are open, of all quarter days together."""
        return self._count(
            "SELECT count(*) FROM unnest(%(days)s::timestamptz[]) day JOIN record_episode e ON OPEN_THEN"
        )

    def _in_need(self) -> Found:
        return self._on_a_day(self._open())

    def _on_protection_plans(self) -> Found:
        return self._on_a_day(
            self._count(
                "SELECT count(*) FROM unnest(%(days)s::timestamptz[]) day JOIN plans_planchild c ON c.kind ="
                " 'protection' AND c.from_on <= day::date AND (c.to_on IS NULL OR c.to_on > day::date)"
            )
        )

    def _caseload(self) -> Found:
        """Of each quarter day the posts that carry somebody then, and in which somebody stands."""
        rows = self._rows(
            "SELECT count(*) FROM unnest(%(days)s::timestamptz[]) day"
            " JOIN record_allocation a ON a.from_at <= day AND (a.to_at IS NULL OR a.to_at > day)"
            " JOIN workforce_post p ON p.id = a.post_id AND A_CASEWORK_POST WHERE SOMEBODY_STANDS GROUP BY day, p.id"
        )
        days = len(self.played.quarter_days)
        return Found(sum(row[0] for row in rows) / days, len(rows) * self._full_time() / days)

    def _unfilled(self) -> Found:
        ((empty, posts),) = self._rows(
            "SELECT count(*) FILTER (WHERE NOT SOMEBODY_STANDS), count(*) FROM unnest(%(days)s::timestamptz[]) day"
            " JOIN workforce_post p ON p.opened_at <= day AND A_CASEWORK_POST"
        )
        return self._share(empty, posts)

    def _posts(self) -> int:
        return self._count(
            "SELECT count(*) FROM workforce_post p WHERE A_CASEWORK_POST"
            " AND EXISTS (SELECT FROM record_allocation a WHERE a.post_id = p.id)"
        )

    def _full_time(self) -> float:
        """How much of a full-time post one of them is: where a place is too small for its posts they are part-time."""
        return min(1.0, self.played.children * rate("staff", "size", "case_holders") / max(self._posts(), 1))

    def _written_a_day(self) -> Found:
        written = self._count(
            "SELECT count(*) FROM record_entry e JOIN workforce_occupancy o ON o.account_id = e.author"
            " AND o.from_at <= e.recorded_at AND (o.to_at IS NULL OR o.to_at > e.recorded_at)"
            " JOIN workforce_post p ON p.id = o.post_id AND A_CASEWORK_POST"
            " WHERE e.recorded_at >= %(since)s AND e.kind IN ('note', 'visit', 'phone_call')"
        )
        days = working_days_between(local_day(self.played.since), local_day(self.played.ends))
        return Found(written, self._posts() * self._full_time() * days)

    def _not_seen_for_long(self) -> Found:
        late = self._count(
            "SELECT count(*) FROM unnest(%(days)s::timestamptz[]) day JOIN record_episode e ON OPEN_THEN"
            " AND e.opened_at < day - %(long)s AND NOT EXISTS (SELECT FROM record_entrysubject s"
            " WHERE s.person_id = e.child_id AND s.seen IN ('seen', 'seen_alone', 'observed')"
            " AND s.superseded_at IS NULL AND s.withdrawn_at IS NULL AND s.occurred_from >= day - %(long)s"
            " AND s.occurred_from <= day)",
            long=SIX_WEEKS,
        )
        return self._share(late, self._open())

    # --- how long it takes --------------------------------------------------------------------------

    def _assessed(self) -> list[int]:
        rows = self._rows(
            "SELECT started_on, authorised_at FROM assessments_signedassessment WHERE authorised_at >= %(since)s"
        )
        return [working_days_between(started, local_day(signed)) for started, signed in rows]

    def _assessment_days(self) -> Found:
        return self._middle(self._assessed())

    def _assessment_in_time(self) -> Found:
        found = self._assessed()
        return self._share(sum(days <= LATE for days in found), len(found))

    def _enquiries(self) -> Found:
        counted = self._count(
            "SELECT count(*) FROM enquiries_enquirychild c JOIN enquiries_enquiry q ON q.step_id = c.enquiry_id"
            " WHERE q.began_at >= %(since)s"
        )
        return self._a_thousand(counted)

    def _conferred(self) -> list[int]:
        rows = self._rows(
            "SELECT q.began_at, m.held_at FROM conferences_meeting m JOIN enquiries_enquiry q ON q.step_id = m.enquiry"
            " WHERE m.kind = 'initial' AND m.held_at >= %(since)s"
        )
        return [working_days_between(local_day(began), local_day(held)) for began, held in rows]

    def _enquiry_to_conference(self) -> Found:
        return self._middle(self._conferred())

    def _conference_in_time(self) -> Found:
        found = self._conferred()
        return self._share(sum(days <= CONFERENCE_LATE for days in found), len(found))

    def _plans_begun(self) -> Found:
        return self._a_thousand(
            self._count("SELECT count(*) FROM plans_planchild WHERE kind = 'protection' AND from_on >= %(since)s::date")
        )

    def _ended(self) -> list[int]:
        rows: list[tuple[date, date]] = self._rows(
            "SELECT from_on, to_on FROM plans_planchild WHERE kind = 'protection' AND to_on >= %(since)s::date"
        )
        return [(to - since).days for since, to in rows]

    def _plan_days(self) -> Found:
        return self._middle(self._ended())

    def _plan_within_a_year(self) -> Found:
        found = self._ended()
        return self._share(sum(days < YEAR.days for days in found), len(found))

    def _planned_again(self) -> Found:
        rows = self._rows(
            "SELECT EXISTS (SELECT FROM plans_planchild b WHERE b.child_id = c.child_id AND b.kind = 'protection'"
            " AND b.id <> c.id AND b.from_on < c.from_on) FROM plans_planchild c"
            " WHERE c.kind = 'protection' AND c.from_on >= %(since)s::date"
        )
        return self._share(sum(row[0] for row in rows), len(rows))

"""The play, put in a database: the authority, whom it works with, and the log of their views."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sightline.access.rules import EVERYDAY
from sightline.commands.bench_front_door.sink import NOTHING, Sink
from sightline.commands.postgres.roles import Connection
from sightline.commands.snoopers.playing import Child, Quarter, View, Worker
from sightline.people.rules import home_key, name_words

BEFORE = timedelta(days=200)
FACTS, SECTIONS = "{}", "{" + ",".join(EVERYDAY) + "}"


class Writing:
    """Writes one play. `managers` are the managers' accounts and `above` their posts, by team."""

    def __init__(self, connection: Connection, played: Quarter) -> None:
        self.sink, self.played, self.connection = Sink(connection), played, connection
        begins = datetime.combine(played.weeks[0], datetime.min.time(), UTC) - BEFORE
        self.since = begins.isoformat()
        self.managers: dict[int, UUID] = {}
        self.above: dict[int, UUID] = {}
        self.posts: dict[UUID, str] = {}
        self.teams: dict[int, str] = {}
        self.homes: dict[tuple[str, str], str] = {}

    def write(self) -> dict[int, UUID]:
        for team in sorted({worker.team for worker in self.played.workers}):
            self._team(team)
        for worker in self.played.workers:
            self._stand(worker.key, f"Worker {worker.surname}", "social_worker", worker.team, self.above[worker.team])
        for child in self.played.children:
            self._child(child)
        self._views()
        self.sink.flush()
        self._own_homes([worker for worker in self.played.workers if worker.gave_home])
        self.connection.execute("RESET ROLE")
        self.connection.execute("SET ROLE sightline_owner")
        self.connection.execute("ANALYZE")
        self.connection.execute("RESET ROLE")
        return self.managers

    def _team(self, number: int) -> None:
        key = str(uuid4())
        self.teams[number] = key
        self.sink.add("workforce_team", key, f"team-{number}", f"Team {number}", "casework", "")
        manager = uuid4()
        self.managers[number] = manager
        self.above[number] = self._stand(manager, "Somebody Managing", "team_manager", number, None)

    def _stand(self, account: UUID, name: str, role: str, team: int, above: UUID | None) -> UUID:
        post = uuid4()
        self.posts[account] = str(post)
        self.sink.add("workforce_account", str(account), "!", f"{account}@hallowby.example", name, role, "", "", "t",
                      self.since, "")  # fmt: skip
        self.sink.add("workforce_post", str(post), f"post-{post}", self.teams[team], name,
                      "worker" if above else "manager", str(above) if above else NOTHING, self.since)  # fmt: skip
        self.sink.add("workforce_occupancy", str(uuid4()), str(post), str(account), self.since)
        return post

    def _child(self, child: Child) -> None:
        key, by, name, episode = str(child.key), str(child.worker), str(uuid4()), str(uuid4())
        self.sink.add("people_person", key, "child", self.since, by)
        self.sink.add("people_name", name, key, "legal", "Child", child.surname, self.since)
        for word in name_words(child.surname):
            self.sink.add("people_nametoken", str(uuid4()), name, key, word, "t")
        self.sink.add("people_residence", str(uuid4()), key, self._home(child), "address", "", self.since)
        self.sink.add("access_grant", str(uuid4()), key, self.teams[child.team], SECTIONS, "allocation", episode,
                      self.since, NOTHING)  # fmt: skip
        self.sink.add("record_episode", episode, key, NOTHING, self.since[:10], self.since, "1A", "N1", "f", NOTHING,
                      NOTHING, "")  # fmt: skip
        self.sink.add("record_allocation", str(uuid4()), episode, key, self.posts[child.worker], "f", self.since,
                      NOTHING, by, "")  # fmt: skip

    def _home(self, child: Child) -> str:
        where = (child.street, child.postcode)
        if where not in self.homes:
            self.homes[where] = str(uuid4())
            self.sink.add("people_home", self.homes[where], *where, home_key(lines=where[0], postcode=where[1]))
        return self.homes[where]

    def _views(self) -> None:
        for view in self.played.views:
            self._event(view)
            if view.wrote:
                after = replace(view, at=view.at + timedelta(minutes=5), because="")
                self._event(after, kind="act", what="write_entry")
            self.sink.rest()

    def _event(self, view: View, *, kind: str = "look", what: str = "") -> None:
        key, moment, because = str(uuid4()), view.at.isoformat(), view.because
        self.sink.add("audit_event", key, moment, kind, what or ("record" if because else "identity"), str(view.worker),
                      because, "", FACTS, "social_worker", "ordinary" if because else "identity",
                      "team" if because else "")  # fmt: skip
        self.sink.add("audit_eventperson", str(uuid4()), key, str(view.person), moment)

    def _own_homes(self, workers: list[Worker]) -> None:
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE sightline_steward")
            cursor.executemany(
                "INSERT INTO workforce_workerhome (account_id, match_key, postcode, given_at) VALUES (%s, %s, %s, %s)",
                [(one.key, f"1 elm road {one.postcode.replace(' ', '').lower()}", one.postcode, self.since)
                 for one in workers],
            )  # fmt: skip

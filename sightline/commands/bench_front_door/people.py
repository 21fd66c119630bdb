"""Staff, families and homes of the bench's authority."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import combinations

from sightline.commands.bench_front_door.chance import Chance, at_noon
from sightline.commands.bench_front_door.sink import NOTHING, Sink
from sightline.people.rules import home_key, name_words

words_of = lru_cache(maxsize=50_000)(name_words)
WORKERS = 10
"""Casework posts in a team, under one manager."""


@dataclass
class Team:
    key: str
    manager: str = ""
    posts: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)


@dataclass
class Authority:
    """Whose posts carry the work. A casework team for about ten thousand people in the record."""

    front_door: Team
    emergency: Team
    casework: list[Team]
    administrator: str
    school: str


@dataclass
class Family:
    children: list[str]
    adults: list[str]
    episodes: list[tuple[datetime, datetime]] = field(default_factory=list)

    @property
    def everybody(self) -> list[str]:
        return [*self.children, *self.adults]


class Staffing:
    """Opens accounts, teams and posts."""

    def __init__(self, sink: Sink, chance: Chance) -> None:
        self.sink, self.chance = sink, chance
        self.since = chance.now - timedelta(days=9 * 365)
        self.count = 0

    def whole(self, teams: int) -> Authority:
        administrator = self.account("administrator")
        head = Team(self.team("other", "Children's services"))
        head.manager = self.post(head, "Service manager", "manager", None, "service_manager")
        front_door = Team(self.team("front_door", "Front door"))
        # The desk's own post comes first: what comes in is carried by the one that was opened first.
        front_door.manager = self.post(front_door, "Front door manager", "manager", head.manager, "team_manager")
        for number in range(6):
            role = "duty_worker" if number < 3 else "social_worker"
            self.post(front_door, f"Duty {number + 1}", "duty", front_door.manager, role)
        emergency = Team(self.team("emergency_duty", "Emergency duty team"))
        self.post(emergency, "Emergency duty", "emergency", None, "emergency_duty")
        casework = [self.casework_team(number + 1, head.manager) for number in range(teams)]
        return Authority(front_door, emergency, casework, administrator, self.school())

    def casework_team(self, number: int, above: str) -> Team:
        team = Team(self.team("casework", f"Family Support {number}"))
        team.manager = self.post(team, f"Manager, Family Support {number}", "manager", above, "team_manager")
        for place in range(WORKERS):
            self.post(team, f"Social worker {place + 1}", "worker", team.manager, "social_worker")
        return team

    def account(self, role: str) -> str:
        key, number = self._key(), self.count
        registration = "" if role in {"administrator", "duty_worker"} else f"SW{number:06}"
        name = f"{self.chance.given_name('F')} {self.chance.family_name()}"
        self.sink.add(
            "workforce_account", key, "!", f"worker{number}@hallowby.example", name, role, registration,
            f"01632 {960000 + number}", "t", self.since.isoformat(), "",
        )  # fmt: skip
        return key

    def team(self, kind: str, name: str) -> str:
        key = self._key()
        self.sink.add("workforce_team", key, f"team-{self.count}", name, kind, "01632 960000")
        return key

    def post(self, team: Team, title: str, kind: str, manager: str | None, role: str) -> str:
        key, account = self._key(), self.account(role)
        since = self.since.isoformat()
        self.sink.add("workforce_post", key, f"post-{self.count}", team.key, title, kind, manager or NOTHING, since)
        self.sink.add("workforce_occupancy", self._key(), key, account, since)
        team.accounts.append(account)
        if kind != "manager":
            team.posts.append(key)
        return key

    def school(self) -> str:
        agency, post = self._key(), self._key()
        self.sink.add("partnership_agency", agency, "oak-school", "school", "Oak School")
        self.sink.add(
            "partnership_agencypost", post, "oak-school-lead", agency, "Safeguarding lead", "lead@oak.example",
            "01632 960999", "Head", "head@oak.example",
        )  # fmt: skip
        return post

    def _key(self) -> str:
        self.count += 1
        return self.chance.key(self.since + timedelta(seconds=self.count))


class Households:
    """Registers families: one or two adults, one to four children, one home."""

    def __init__(self, sink: Sink, chance: Chance, by: str) -> None:
        self.sink, self.chance, self.by = sink, chance, by

    def family(self) -> Family:
        draw = self.chance.random
        at = self.chance.moment(8)
        surname = self.chance.family_name()
        adults = [self.person(at, "adult", "F", family=surname, ages=(20, 55))]
        if draw.random() < 0.7:
            other = surname if draw.random() < 0.6 else self.chance.family_name()
            adults.append(self.person(at, "adult", "M", family=other, ages=(20, 60)))
        children = [
            self.person(at, "child", draw.choice("FM"), family=surname, ages=(0, 18))
            for _ in range(draw.choices((1, 2, 3, 4), (42, 34, 16, 8))[0])
        ]
        made = Family(children, adults)
        self._home(made, at)
        self._ties(made, at)
        self.sink.rest()
        return made

    def person(self, at: datetime, kind: str, sex: str, *, family: str, ages: tuple[int, int]) -> str:
        key, since = self.chance.key(at), at.isoformat()
        born = self.chance.born(*ages)
        self.sink.add("people_person", key, kind, since, self.by)
        self.sink.add(
            "people_particulars", self.chance.key(at), key, "exact", born.isoformat(), sex, "WBRI", "{}", "", since
        )
        self._name(key, "legal", self.chance.given_name(sex), family, at)
        if self.chance.random.random() < 0.04:
            self._name(key, "known_as", self.chance.given_name(sex), family, at)
        if kind == "child" and self.chance.random.random() < 0.8:
            self._number(key, "nhs", self.chance.nhs_number(), at)
        if kind == "child":
            self._number(key, "child_id", f"H{int(at_noon(born).timestamp()) % 10**8:08}{key[-4:].upper()}", at)
        return key

    def _name(self, person: str, kind: str, given: str, family: str, at: datetime) -> None:
        name = self.chance.key(at)
        self.sink.add("people_name", name, person, kind, given, family, at.isoformat())
        for part, is_family in ((given, "f"), (family, "t")):
            for word in words_of(part):
                self.sink.add("people_nametoken", self.chance.key(at), name, person, word, is_family)

    def _number(self, person: str, scheme: str, value: str, at: datetime) -> None:
        self.sink.add("people_identifier", self.chance.key(at), person, scheme, value, "t", at.isoformat())

    def _home(self, family: Family, at: datetime) -> None:
        home, since = self.chance.key(at), at.isoformat()
        lines, postcode = self.chance.home()
        self.sink.add("people_home", home, lines, postcode, home_key(lines=lines, postcode=postcode))
        for person in family.everybody:
            self.sink.add("people_residence", self.chance.key(at), person, home, "address", "", since)

    def _ties(self, family: Family, at: datetime) -> None:
        since = at.isoformat()
        for kind, adult in zip(("mother", "father"), family.adults, strict=False):
            for child in family.children:
                self.sink.add("people_relationship", self.chance.key(at), adult, child, kind, "t", "", since)
        for one, other in combinations(family.children, 2):
            self.sink.add("people_relationship", self.chance.key(at), one, other, "sibling", NOTHING, "", since)

"""What happened to families: contacts, decisions, episodes, notes, steps, and who was given sight."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access.rules import EVERYDAY, FRONT_DOOR, IDENTITY_ONLY
from sightline.commands.bench_front_door.chance import Chance
from sightline.commands.bench_front_door.people import Authority, Family, Team
from sightline.commands.bench_front_door.sink import NOTHING, Sink

SECTIONS: dict[tuple[str, ...], str] = {
    sections: "{" + ",".join(sections) + "}" for sections in (EVERYDAY, FRONT_DOOR, IDENTITY_ONLY)
}
STORY = (
    "The school rang this morning. She came in without a coat for the third day and said that nobody was at home "
    "last night. Staff have seen a change in the last two weeks: tired, hungry, and quick to tears. Her brother has "
    "missed four days. The class teacher spoke with mother at the gate, who said that things are difficult just now."
)
NOTE = (
    "Visited at home. Both parents were there. We talked about mornings, about school and about what would help. The "
    "children showed me their room. I saw each of them. Agreed to come again next week and to ring the school before."
)
REASON = "The history and what the school saw together point to needs that the family cannot meet without help."
OUTCOMES = ("advice_and_information", "early_help_offer", "referral_assessment", "referral_no_further_action")
SHARES = (52, 14, 24, 10)
READ_ON = timedelta(days=14)
YEARS = 6
PINNED = "england-2023:1"


@dataclass
class Involvement:
    """An episode of each child of a family, and the post and the team that carry it."""

    family: Family
    team: Team
    post: str
    by: str
    begins: datetime
    ends: datetime | None
    nothing_further: bool


class History:
    """Writes what families went through, as the operations would have."""

    def __init__(self, sink: Sink, chance: Chance, authority: Authority) -> None:
        self.sink, self.chance, self.authority = sink, chance, authority
        self.desk = authority.front_door.posts[0]
        self.involved: list[Involvement] = []
        self.entries = 0

    def contact(self, family: Family, at: datetime, *, decided: bool = True) -> None:
        """One contact about a whole family, decided within the day unless it still waits."""
        by = self.chance.random.choice(self.authority.front_door.accounts)
        words = [("saw_or_heard", STORY), ("fears", NOTE)]
        contact = self.entry("contact", family.everybody, words, at, by=by, post=self.desk)
        self.sink.add(
            "front_door_contact", contact, at.isoformat(), "phone", "2A", "school", "t", "Ms Reader",
            self.authority.school, "no", contact,
        )  # fmt: skip
        ends = at + timedelta(hours=5) if decided else None
        self.sight(family.everybody, self.authority.front_door.key, FRONT_DOOR, ("contact", contact, at, ends))
        self.step("decide_contact", family, self.desk, at, arose=contact, subject=contact, closed=ends)
        if not decided:
            self.step("acknowledge", family, self.desk, at, arose=contact, subject=contact, closed=None)
            return
        self._decide(family, contact, at + timedelta(hours=5))
        self.sink.rest()

    def _decide(self, family: Family, contact: str, at: datetime) -> None:
        by = self.chance.random.choice(self.authority.front_door.accounts)
        outcome = self.chance.random.choices(OUTCOMES, SHARES)[0]
        words = [("reason", REASON), ("would_change", NOTE)]
        entry = self.entry("decision", family.everybody, words, at, by=by, post=self.desk)
        need = "N1" if outcome.startswith("referral") else ""
        self.sink.add("front_door_decision", entry, contact, outcome, need, "2A", "f", "f", "", by, at.isoformat())
        front_door = self.authority.front_door.key
        self.sight(family.everybody, front_door, FRONT_DOOR, ("contact_decided", contact, at, at + READ_ON))
        closed = at + timedelta(hours=20)
        self.step("feedback", family, self.desk, at, arose=entry, subject=contact, closed=closed)
        self._message(family, contact, by, at)
        if outcome.startswith("referral"):
            self._episodes(family, entry, at, nothing_further=outcome == "referral_no_further_action")

    def _message(self, family: Family, contact: str, by: str, at: datetime) -> None:
        message, moment = self.chance.key(at), at.isoformat()
        self.sink.add(
            "partnership_message", message, "outcome", "link", self.authority.school, contact, REASON, by, self.desk,
            moment, moment, moment, moment, "Opened with its code", "", "",
        )  # fmt: skip
        for person in family.everybody:
            self.sink.add("partnership_messageabout", self.chance.key(at), message, person)

    def _episodes(self, family: Family, entry: str, at: datetime, *, nothing_further: bool) -> None:
        team = self.chance.random.choice(self.authority.casework)
        place = self.chance.random.randrange(len(team.posts))
        ends = at + timedelta(days=0 if nothing_further else 30 + self.chance.random.random() * 370)
        if any(begun <= ends and at <= ended for begun, ended in family.episodes):
            return
        family.episodes.append((at, ends))
        still = ends > self.chance.now
        post = team.manager if still and self.chance.random.random() < 0.03 else team.posts[place]
        one = Involvement(family, team, post, team.accounts[place + 1], at, None if still else ends, nothing_further)
        for child in family.children:
            self._episode(one, child, entry)
        if not nothing_further:
            self.involved.append(one)
        if still:
            self.step("assess", family, post, at, arose=entry, subject=NOTHING, closed=None)
            self.sink.add("record_notice", self.chance.key(at), post, "new_contact", family.children[0], at.isoformat())

    def _episode(self, one: Involvement, child: str, entry: str) -> None:
        at, key = one.begins, self.chance.key(one.begins)
        moment, closed = at.isoformat(), one.ends.isoformat() if one.ends else NOTHING
        self.sink.add(
            "record_episode", key, child, entry, moment[:10], moment, "2A", "N1",
            "t" if one.nothing_further else "f", closed[:10], closed, "RC1" if one.ends else "",
        )  # fmt: skip
        until = at if one.nothing_further else None
        others = [other for other in one.family.children if other != child]
        given = ("allocation", key, at, until)
        self.sight([child, *one.family.adults], one.team.key, EVERYDAY, given)
        self.sight(others, one.team.key, IDENTITY_ONLY, given)
        if not one.nothing_further:
            unallocated = "t" if one.post == one.team.manager else "f"
            self.sink.add(
                "record_allocation", self.chance.key(at), key, child, one.post, unallocated, moment, closed,
                one.team.accounts[0], "Episode opened",
            )  # fmt: skip

    def note(self, one: Involvement) -> None:
        """A visit or a call in the time of an episode, about some of the children and an adult."""
        draw = self.chance.random
        at = one.begins + ((one.ends or self.chance.now) - one.begins) * draw.random()
        about = [child for child in one.family.children if draw.random() < 0.6] or one.family.children[:1]
        people = [*about, *([one.family.adults[0]] if draw.random() < 0.3 else [])]
        words = [("", NOTE), ("", STORY)] if draw.random() < 0.2 else [("", NOTE)]
        kind = draw.choice(("note", "note", "phone_call"))
        self.entry(kind, people, words, at, by=one.by, post=one.post, seen=kind == "note")
        self.sink.rest()

    def entry(
        self, kind: str, people: list[str], words: Iterable[tuple[str, str]], at: datetime, *, by: str, post: str,
        seen: bool = False,
    ) -> str:  # fmt: skip
        key, moment = self.chance.key(at), at.isoformat()
        self.entries += 1
        self.sink.add("record_entry", key, key, kind, moment, moment, "exact", moment, by, post, PINNED, "{}", "")
        for person in people:
            how = self.chance.random.choice(("seen", "seen", "seen_alone", "not_seen")) if seen else ""
            self.sink.add("record_entrysubject", self.chance.key(at), key, person, "child", kind, moment, moment, how)
        for position, (heading, text) in enumerate(words):
            passage = self.chance.key(at)
            self.sink.add("record_passage", passage, key, str(position), heading, "ordinary", "", "ordinary", text, "f")
            for person in people:
                self.sink.add("record_passagesubject", self.chance.key(at), passage, key, person, "ordinary")
        self._audit(people, at, by)
        return key

    def _audit(self, people: list[str], at: datetime, by: str) -> None:
        """The act that wrote the entry, and one look at the record."""
        moment = at.isoformat()
        for kind, what in (("act", "write_entry"), ("look", "record")):
            event = self.chance.key(at)
            self.sink.add("audit_event", event, moment, kind, what, by, "", "", "{}", "", "", "")
            for person in people if kind == "act" else people[:1]:
                self.sink.add("audit_eventperson", self.chance.key(at), event, person, moment)

    def sight(
        self, people: list[str], reader: str, sections: tuple[str, ...],
        given: tuple[str, str, datetime, datetime | None],
    ) -> None:  # fmt: skip
        """`given` says because of what kind of thing, of which, from when and until when."""
        because, of, at, until = given
        ends = until.isoformat() if until else NOTHING
        for person in people:
            self.sink.add(
                "access_grant", self.chance.key(at), person, reader, SECTIONS[sections], because, of, at.isoformat(),
                ends,
            )  # fmt: skip

    def step(
        self, kind: str, family: Family, post: str, at: datetime, *, arose: str, subject: str, closed: datetime | None
    ) -> None:
        key, moment = self.chance.key(at), at.isoformat()
        self.sink.add(
            "record_step", key, kind, post, "", moment, (at + timedelta(days=1)).isoformat(), PINNED,
            closed.isoformat() if closed else NOTHING, NOTHING, "done" if closed else "", arose, subject, "",
        )  # fmt: skip
        for person in family.everybody:
            self.sink.add("record_stepsubject", self.chance.key(at), key, person)
        self.sink.add("record_stepcarrier", self.chance.key(at), key, post, moment, self.authority.administrator)
        team = self._team_of(post)
        self.sight(family.everybody, team, FRONT_DOOR, ("step", key, at, closed))

    def _team_of(self, post: str) -> str:
        if post == self.desk:
            return self.authority.front_door.key
        return next(team.key for team in self.authority.casework if post in team.posts or post == team.manager)

"""The Holts: three children and two adults. Jane carries the children; of Ben alone Kit's team reads too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.assessments.operations import authorise, begin_round, submit, write_part
from sightline.assessments.queries import DocumentView, get_document
from sightline.assessments.rules import PartKey, Written
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.kernel.references import new_id
from sightline.people.operations import record_address, register_person
from sightline.record.operations import open_episodes, open_step
from sightline.record.queries import EntryView, list_entries
from tests.journeys.world import BEGIN, World

CHILDREN = {"Ava": date(2018, 5, 4), "Ben": date(2020, 1, 9), "Cal": date(2023, 3, 3)}
ADULTS = ("Dana", "Lee")
DUE = BEGIN + timedelta(days=60)
FIRST_HOME = "4 Mill Lane"


@dataclass(frozen=True)
class Family:
    """People by given name, and what is done with them, by whoever does it."""

    world: World
    people: dict[str, UUID]

    def __getitem__(self, name: str) -> UUID:
        return self.people[name]

    def who(self, name: str) -> Actor:
        return self.world.actor(name)

    def owed(self, *children: str, at: datetime = BEGIN) -> UUID:
        """The step of an assessment that Jane's post owes for these children."""
        return open_step(
            by=self.who("Jane Smith"), kind="assessment", post=self.world.posts["family-1"],
            people=[self[child] for child in children], due_at=DUE, at=at,
        )  # fmt: skip

    def begin(self, *children: str, by: str = "Jane Smith", at: datetime = BEGIN) -> tuple[UUID, UUID]:
        """The document, and the round that begins on it for these children."""
        step = self.owed(*children, at=at)
        document = begin_round(
            by=self.who(by), children=[self[child] for child in children], started_on=at.date(), step=step, at=at
        )
        return document, step

    def write(
        self, document: UUID, key: str, text: str, *, child: str = "", base: int | None = None,
        by: str = "Jane Smith", at: datetime = BEGIN,
    ) -> Written:  # fmt: skip
        """Over the version that stands, unless another is named."""
        about = self[child] if child else None
        if base is None:
            standing = self.read(document, by).parts.get((key, about))
            base = standing.number if standing else 0
        return write_part(
            by=self.who(by), assessment=document, key=key, child=about, text=text, base=base, at=at
        )  # fmt: skip

    def read(self, document: UUID, by: str = "Jane Smith") -> DocumentView:
        with acting(self.world.accounts[by]):
            return get_document(document)

    def said(self, document: UUID, by: str = "Jane Smith") -> dict[tuple[str, str], str]:
        """What the document says to somebody: by question and child's name, or nothing for the family."""
        names = {person: name for name, person in self.people.items()}
        parts = self.read(document, by).parts.items()
        return {(key, names[child] if child else ""): part.text for (key, child), part in parts}

    def submit(
        self, step: UUID, *, by: str = "Jane Smith", to: str = "family-manager",
        reasons: Mapping[PartKey, str] | None = None, at: datetime = BEGIN,
    ) -> UUID:  # fmt: skip
        return submit(
            by=self.who(by), round=step, to_post=self.world.posts[to], reasons=reasons, at=at
        )  # fmt: skip

    def authorise(
        self, step: UUID, *, by: str = "Fay Lund", outcome: str = "child_in_need_plan", to: str = "",
        at: datetime = BEGIN, **given: Any,
    ) -> UUID | None:  # fmt: skip
        send_on = self.world.posts[to] if to else None
        return authorise(by=self.who(by), round=step, outcome=outcome, send_on_to=send_on, at=at, **given)

    def signed(self, step: UUID, **given: Any) -> UUID:
        """Sent and authorised: the entry."""
        self.submit(step, at=given.get("at", BEGIN))
        entry = self.authorise(step, **given)
        assert entry is not None
        return entry

    def entry(self, entry: UUID, by: str = "Jane Smith") -> EntryView | None:
        with acting(self.world.accounts[by]):
            return list_entries([entry]).get(entry)

    def texts(self, entry: UUID, by: str = "Jane Smith") -> dict[str, list[str]]:
        """Every paragraph of an entry that somebody reads, by heading."""
        found = self.entry(entry, by)
        texts: dict[str, list[str]] = {}
        for one in found.passages if found else ():
            texts.setdefault(one.heading, []).append(one.text)
        return texts


def make_family(world: World) -> Family:
    people = {name: new_id() for name in (*CHILDREN, *ADULTS)}
    let_read(world, "family", people.values())
    let_read(world, "long-term", [people["Ben"]])
    jane = world.actor("Jane Smith")
    for name, born in CHILDREN.items():
        register_person(
            by=jane, person=people[name], kind="child", given=name, family="Holt", birth="exact", birth_date=born,
            at=BEGIN,
        )  # fmt: skip
    for name in ADULTS:
        register_person(by=jane, person=people[name], kind="adult", given=name, family="Holt", at=BEGIN)
    for name in (*CHILDREN, "Dana"):
        record_address(by=jane, person=people[name], lines=FIRST_HOME, at=BEGIN)
    open_episodes(
        by=world.actor("Fay Lund"), children=[people[name] for name in CHILDREN], opened_on=BEGIN.date(),
        post=world.posts["family-1"], at=BEGIN,
    )  # fmt: skip
    return Family(world, people)


def let_read(world: World, team: str, people: Iterable[UUID]) -> None:
    """Everything that a team which works with somebody reads of them."""
    with acting(world.admin.id):
        give_sight(
            people=people, reader=world.teams[team], because="test", because_of=None, at=BEGIN, sections=EVERYDAY
        )

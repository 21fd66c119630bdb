"""Two brothers whom a teacher worried about and Jane Smith carries: for the tests of how an involvement ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.end_involvement import ask_manager_to_end, authorise_ending, matters_to_answer
from sightline.journeys.feed_back import feed_back
from sightline.journeys.open_matters import Answer, Answers, Matter
from sightline.journeys.register_people import NewPerson, Tie
from sightline.kernel.references import new_id
from sightline.plans.operations import open_plan
from sightline.record.operations import close_step, open_step
from sightline.record.queries import list_steps_for
from sightline.record.rules import Concerned
from tests.journeys.told import decided, take
from tests.journeys.world import BEGIN, World

LATER = BEGIN + timedelta(days=30)
TODAY = LATER.date()
SUMMARY = {
    "what_changed": "Leo sleeps through, and is in school each day.",
    "how_to_come_back": "Ring Family Support and ask for Jane, or anybody.",
    "who_holds_worry": "His school does.",
}


@dataclass
class Case:
    """Two brothers whom Jane Smith carries, and her manager Fay Lund."""

    world: World
    contact: UUID
    leo: UUID
    max: UUID

    @property
    def jane(self) -> Actor:
        return self.world.actor("Jane Smith")

    @property
    def fay(self) -> Actor:
        return self.world.actor("Fay Lund")

    @property
    def children(self) -> list[UUID]:
        return [self.leo, self.max]

    def ask(self, *children: UUID, reason: str = "services_ended", **changes: str) -> UUID:
        wanted = children or self.children
        return ask_manager_to_end(by=self.jane, children=wanted, reason=reason, at=LATER, **(SUMMARY | changes))

    def matters(self, *children: UUID) -> list[Matter]:
        with acting(self.fay.id):
            return matters_to_answer(children=children or self.children, at=LATER)

    def authorise(self, step: UUID, answers: Answers, *, on: date = TODAY, at: datetime = LATER) -> UUID:
        return authorise_ending(by=self.fay, step=step, answers=answers, closed_on=on, at=at)


def make_case(world: World) -> Case:
    """Raised by a teacher who was told, assessed and done: nothing is open but what a test opens."""
    leo, max_ = new_id(), new_id()
    contact, _ = take(
        world,
        concerned=[Concerned(leo), Concerned(max_)],
        ties=[Tie(max_, leo, "sibling")],
        new_people=[NewPerson(id=leo, kind="child", given="Leo", family="Reed"),
                    NewPerson(id=max_, kind="child", given="Max", family="Reed")],
    )  # fmt: skip
    world.let_watch([leo, max_], BEGIN)
    decided(world, contact, "referral_assessment")
    fed_back(world, contact)
    for child in (leo, max_):
        allocate_child(by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Near", at=BEGIN)
    made = Case(world, contact, leo, max_)
    close_all(made, "assessment")
    return made


def fed_back(world: World, contact: UUID, at: datetime = BEGIN) -> None:
    feed_back(by=world.actor("Dee Marlow"), contact=contact, kind="outcome", text="We assess.", means="call",
              call_words="Rang Ms Teach", at=at)  # fmt: skip


def close_all(case: Case, kind: str) -> None:
    with acting(case.jane.id):
        steps = [one for one in list_steps_for(case.children) if one.kind == kind]
    for step in steps:
        close_step(by=case.jane, step=step.id, outcome="Done", at=BEGIN)


def accepted(matters: Iterable[Matter], because: str = "Their school goes on with it.") -> Answers:
    return {one.name: Answer(accepted_because=because) for one in matters}


def owe(case: Case, kind: str, words: str = "", people: Iterable[UUID] = ()) -> UUID:
    return open_step(by=case.jane, kind=kind, post=case.world.posts["family-1"], people=people or case.children,
                     words=words, at=BEGIN)  # fmt: skip


def on_plan(case: Case, kind: str = "child_in_need", children: Iterable[UUID] = ()) -> UUID:
    wanted = list(children or case.children)
    step = owe(case, "plan", "Carry the plan", wanted)
    by = case.fay if kind == "protection" else case.jane
    return open_plan(by=by, kind=kind, children=wanted, began_on=BEGIN.date(), step=step, at=BEGIN)

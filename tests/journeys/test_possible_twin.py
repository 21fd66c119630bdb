"""Somebody is registered who probably is a child whose record is restricted: no unprotected twin stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from sightline.access.queries import may_see
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.hidden_match import TWIN, answer_twin
from sightline.journeys.register_people import NewPerson
from sightline.journeys.restrict import restrict_record
from sightline.journeys.take_contact import take_contact
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.references import new_id
from sightline.people.queries import get_header, search_people
from sightline.record.queries import OpenStep, list_notices, list_open_steps
from sightline.record.rules import Concerned
from tests.universe import Universe

ROSIE = "Rosie Penhallow"
DESK, COLLEAGUE, CARRIER, OF_HER_TEAM, MANAGER = "dipa", "sanjay", "jane", "marcus", "gareth"
Restrict = Callable[..., None]


@dataclass
class Twins:
    """Rosie, whose record is restricted to whoever carries her and a manager; and whom the front door registers."""

    universe: Universe
    rosie: UUID
    twin: UUID

    def actor(self, key: str) -> Actor:
        return self.universe.who(key)

    def finds(self, key: str) -> set[UUID]:
        with acting(self.actor(key).id):
            found = search_people(by=self.actor(key), text=ROSIE, at=self.universe.at)
        return {one.person for one in found} & {self.rosie, self.twin}

    def owed(self, key: str, kind: str) -> list[OpenStep]:
        with acting(self.actor(key).id):
            steps = list_open_steps(self.actor(key).posts, limit=500)
        return [step for step in steps if step.kind == kind and {self.twin, self.rosie} & {step.subject, *step.people}]

    def told(self, key: str) -> set[str]:
        with acting(self.actor(key).id):
            return {one.kind for one in list_notices(self.actor(key).posts)}

    def sees(self, key: str, person: UUID) -> bool:
        with acting(self.actor(key).id):
            return may_see(person=person)

    def answer(self, key: str, *, same: bool, words: str = "Her school says so.") -> None:
        (step,) = self.owed(CARRIER, TWIN)
        answer_twin(by=self.actor(key), step=step.id, same=same, words=words, at=self.universe.at)


def twins(universe: Universe, *, readers: tuple[str, ...] = (CARRIER, MANAGER), hidden: bool = True) -> Twins:
    rosie = universe.person(ROSIE)
    with acting(universe.who(CARRIER).id):
        header = get_header(person=rosie)
    assert header is not None
    restrict_record(
        by=universe.who(MANAGER), person=rosie, readers=[universe.who(key).id for key in readers], hidden=hidden,
        reviewer=universe.post("service-manager"), reason="A threat.", at=universe.at,
    )  # fmt: skip
    twin, given = new_id(), ROSIE.split()
    take_contact(
        by=universe.who(DESK), contact=new_id(), received_at=universe.at, channel="phone",
        referrer=Referrer(capacity="acquaintance", source="1B", professional=False, name="Nora Nearby"),
        story=Story(saw_or_heard="Crying at night.", fears="", danger="no"), concerned=[Concerned(twin)],
        new_people=[
            NewPerson(twin, "child", given=given[0], family=given[1], birth="exact", birth_date=header.birth_date)
        ],
        at=universe.at,
    )  # fmt: skip
    return Twins(universe, rosie, twin)


def test_until_it_is_answered_the_new_child_is_found_by_nobody_without_sight_of_her(two_families: Universe) -> None:
    made = twins(two_families)
    assert made.finds(COLLEAGUE) == set(), "Neither the restricted child nor one beside her."
    assert made.finds(DESK) == {made.twin}, "Whoever registered her gets the ordinary page, and learns nothing."
    assert made.finds(CARRIER) == {made.rosie, made.twin}
    assert made.finds(OF_HER_TEAM) == set(), "Not all of the carrier's team may know."
    assert [step.subject for step in made.owed(CARRIER, TWIN)] == [made.twin]
    assert made.owed(DESK, TWIN) == []
    assert made.owed(OF_HER_TEAM, TWIN) == []


def test_of_one_and_the_same_child_the_restriction_stands_about_both_keys_and_what_is_owed_comes_home(
    two_families: Universe,
) -> None:
    made = twins(two_families)
    assert made.owed(DESK, "decide_contact")
    made.answer(CARRIER, same=True)
    assert [made.sees(key, made.twin) for key in (CARRIER, MANAGER, DESK, OF_HER_TEAM)] == [True, True, False, False]
    assert made.finds(DESK) == made.finds(COLLEAGUE) == set()
    assert made.owed(DESK, "decide_contact") == []
    assert made.owed(CARRIER, "decide_contact"), "What came in is decided by whoever carries her."
    assert made.owed(CARRIER, TWIN) == []


def test_somebody_else_is_an_ordinary_child_from_then_on(two_families: Universe) -> None:
    made = twins(two_families)
    with pytest.raises(Refusal, match="how you know"):
        made.answer(CARRIER, same=False, words=" ")
    made.answer(CARRIER, same=False)
    assert made.finds(COLLEAGUE) == {made.twin}
    assert made.owed(DESK, "decide_contact")
    assert not made.sees(CARRIER, made.twin), "Whoever was asked has no more to do with her."


def test_nobody_else_answers(two_families: Universe) -> None:
    made = twins(two_families)
    for key in (DESK, OF_HER_TEAM, COLLEAGUE):
        with pytest.raises(NotFound):
            made.answer(key, same=False)


def test_where_nobody_who_carries_her_reads_it_the_reviewer_is_asked(two_families: Universe) -> None:
    made = twins(two_families, readers=(MANAGER,), hidden=False)
    assert {"restriction_asks", "restriction_yours"} <= made.told("helen")
    assert made.finds(COLLEAGUE) == {made.rosie}, "She may be known of, and the new child beside her may not."


def test_the_question_goes_with_the_child_and_an_unnamed_worker_is_told_of_to_the_reviewer(
    two_families: Universe,
) -> None:
    made = twins(two_families, readers=(CARRIER, MANAGER, "naomi"))
    (step,) = made.owed(CARRIER, TWIN)
    for post in ("worker-4-family-support-2", "support-family-support-2"):
        allocate_child(
            by=made.actor(MANAGER), child=made.rosie, post=two_families.post(post), reason="Room.", at=two_families.at
        )
        if post.startswith("worker"):
            assert [one.id for one in made.owed("naomi", TWIN)] == [step.id]
            assert made.sees("naomi", made.twin)
            assert "restriction_carrier" not in made.told("helen")
    assert "restriction_carrier" in made.told("helen"), "Marcus carries her now, and does not read her record."

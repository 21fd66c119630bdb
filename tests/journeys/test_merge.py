"""Two who were registered are one person: the story of both, restrictions of either, and back again."""

from uuid import UUID

import pytest
from django.test import Client

from sightline.access.models import Grant
from sightline.access.operations import declare_conflict, give_sight
from sightline.access.queries import may_see
from sightline.access.standing_queries import list_same, same_person
from sightline.commands.demonstration import casework
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.families.penhallow import JACK, ROSIE
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.merge import say_same_person, say_two_people
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.people.operations import add_identifier, register_person
from sightline.record.queries import list_timeline
from sightline.workforce.models import Account
from tests.universe import Universe

TWICE, WORDS = "Rosie Marsh", "Rosie Marsh said that she is also called Penhallow."


@pytest.fixture
def twice(two_families: Universe) -> UUID:
    """Rosie, registered a second time by another name, for the same worker and for somebody at the front door."""
    jane, key, at = two_families.who("jane"), new_id(), two_families.at
    set_actor(jane.id)
    for reader in (*jane.teams, two_families.who("dipa").id):
        give_sight(people=[key], reader=reader, because="contact", because_of=None, at=at)
    register_person(by=jane, kind="child", person=key, given="Rosie", family="Marsh", birth="unknown", sex="F", at=at)
    two_families.story.people[TWICE] = key
    casework.note(two_families.story, "Rosie twice", Note([TWICE], WORDS), by="jane", at=at)
    add_identifier(by=jane, person=key, scheme="child_id", value="QZ-9901", at=at)
    return key


def link(universe: Universe, twice: UUID, key: str = "jane", **changes: object) -> UUID:
    given = {
        "person": twice, "same_as": universe.person(ROSIE), "reason": "Her mother said so.", "at": universe.at,
    }  # fmt: skip
    return say_same_person(by=universe.who(key), **(given | changes))  # type: ignore[arg-type]  # some are changed


def page(universe: Universe, key: str, path: str) -> tuple[int, str]:
    client = Client()
    client.force_login(Account.objects.get(id=universe.authority.accounts[key]))
    answer = client.get(path, secure=True)
    return answer.status_code, answer.content.decode()


def test_the_story_of_both_is_read_under_the_one_and_told_apart_again(two_families: Universe, twice: UUID) -> None:
    rosie, jane = two_families.person(ROSIE), two_families.who("jane")
    with acting(jane.id):
        before = list_timeline(person=rosie).total
    made = link(two_families, twice)
    with acting(jane.id):
        assert same_person(rosie) == (rosie, twice)
        assert same_person(twice) == (twice, rosie)
        assert list_timeline(person=rosie, keys=same_person(rosie)).total == before + 1
    status, shown = page(two_families, "jane", f"/people/{rosie}/timeline")
    assert status == 200
    assert WORDS in shown
    assert "Also registered as" in shown
    assert TWICE in shown
    status, shown = page(two_families, "jane", f"/people/{twice}")
    assert "where the record goes on" in shown
    say_two_people(by=jane, person=twice, link=made, reason="Two girls after all.", at=two_families.at)
    status, shown = page(two_families, "jane", f"/people/{rosie}/timeline")
    assert WORDS not in shown
    status, shown = page(two_families, "jane", f"/people/{twice}/timeline")
    assert WORDS in shown


def test_names_and_numbers_of_both_are_seen_at_once(two_families: Universe, twice: UUID) -> None:
    link(two_families, twice)
    for tab in ("", "/around", "/documents", "/timeline"):
        status, shown = page(two_families, "jane", f"/people/{two_families.person(ROSIE)}{tab}")
        assert status == 200
    status, shown = page(two_families, "jane", f"/people/{two_families.person(ROSIE)}/around")
    assert "QZ-9901" in shown
    assert "Marsh" in shown


def test_whoever_reads_one_reads_both_until_they_are_told_apart(two_families: Universe, twice: UUID) -> None:
    def others() -> set[UUID]:
        return set(Grant.objects.filter(person=twice, until_at=None).values_list("reader", flat=True))

    with acting(two_families.who("dipa").id):
        assert may_see(person=twice)
    link(two_families, twice)
    assert others()


def test_a_conflict_about_one_is_a_conflict_about_both(two_families: Universe, twice: UUID) -> None:
    dipa = two_families.who("dipa")
    with acting(two_families.who("jane").id):
        declare_conflict(
            person=two_families.person(ROSIE), against=dipa.id, reviewer=min(two_families.who("gareth").posts),
            reason="Her niece.", at=two_families.at,
        )  # fmt: skip
    with acting(dipa.id):
        assert may_see(person=twice)
    made = link(two_families, twice)
    with acting(dipa.id):
        assert not may_see(person=twice), "No second registration is a way round it."
    say_two_people(by=two_families.who("jane"), person=twice, link=made, reason="Two girls.", at=two_families.at)
    with acting(dipa.id):
        assert may_see(person=twice)


def test_it_is_decided_by_who_reads_both_and_carries_one_or_manages(two_families: Universe, twice: UUID) -> None:
    with pytest.raises(NotPermitted):
        link(two_families, twice, "marcus")
    with pytest.raises(NotFound):
        link(two_families, twice, "sanjay")
    with pytest.raises(NotFound):
        link(two_families, new_id())
    with pytest.raises(Refusal) as refused:
        link(two_families, twice, reason="  ")
    assert refused.value.field == "reason"
    link(two_families, twice, "gareth")


def test_a_key_goes_on_under_one_other_and_no_further(two_families: Universe, twice: UUID) -> None:
    link(two_families, twice)
    with pytest.raises(Refusal, match="linked"):
        link(two_families, twice, same_as=two_families.person(JACK))
    with pytest.raises(Refusal, match="linked"):
        link(two_families, two_families.person(JACK), same_as=twice)
    with acting(two_families.who("jane").id):
        assert len(list_same(person=twice)) == 1

"""What truly happened in a family reaches the record of whoever works with them, some days later."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sightline.commands.demonstration.authority import open_authority
from sightline.commands.demonstration.diary import Diary
from sightline.commands.demonstration.telling import Telling
from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.play import Wanted, played_quickly, prepare
from sightline.commands.simulation.rates import rates
from sightline.commands.simulation.service import Service, arrivals
from sightline.doorway.acts import acting
from sightline.people.queries import get_header, list_names
from sightline.people.whereabouts_queries import list_addresses
from sightline.practice.operations import publish_shipped_packs

BEGINS = datetime(2025, 1, 6, tzinfo=UTC)


@pytest.fixture
def at_work(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Service, Family]]:
    """One family whose third child is expected is assessed; the place by itself stands still."""
    chosen: list[Family] = []

    def once(service, contact):
        family = next(
            one for one in service.place.families
            if len(one.children) > 1 and set(one.children[0].parents) <= one.at_home and "father" in one.carers.values()
        )  # fmt: skip
        family.strain, family.troubles = 3.5, frozenset({"drink"})
        mother, father = (family.adults[ref] for ref in family.children[0].parents)
        due = service.place.today + timedelta(days=50)
        service.place.founder.bear(family, mother, father, due, service.place.today)
        chosen.append(family)
        monkeypatch.setattr(service.place, "draw", lambda _: family)
        yield service.engine.office(10)
        yield from contact("police")

    monkeypatch.setattr(arrivals, "come_in", once)
    monkeypatch.setattr("sightline.commands.simulation.place.place.Place.begin", lambda _: None)
    monkeypatch.setitem(rates("front_door")["contacts"], "danger", 0)
    monkeypatch.setitem(rates("front_door")["becomes"], "referral", 0)
    for name, value in (("plan", 0), ("strategy", 99)):
        monkeypatch.setitem(rates("casework")["becomes"], name, value)
    for name, value in (("ends_at", 9), ("ends_otherwise", 0), ("feared", 0)):
        monkeypatch.setitem(rates("casework")["plan"], name, value)
    wanted = Wanted(60, BEGINS, BEGINS + timedelta(days=200), 5)
    publish_shipped_packs(at=BEGINS - timedelta(days=1))
    with played_quickly():
        story = Telling(open_authority(opening=BEGINS - timedelta(days=1)), Diary(wanted.ends))
        service = prepare(story, wanted, say=lambda _: None)
        play_on(service, days=30)
        assert service.case_of(chosen[0]) is not None
        yield service, chosen[0]


def play_on(service: Service, *, days: float) -> None:
    service.engine.env.run(until=service.engine.env.now + days * 1440)


def known_of(service: Service, family: Family, one: Dweller):
    case = service.case_of(family)
    key = service.story.people[one.ref]
    with acting(service.story.who(service.staff.carrying(case.post)).id):
        homes = [home.lines for home in list_addresses(person=key) if home.true_to is None]
        return get_header(person=key), [(name.kind, name.given, name.family) for name in list_names(person=key)], homes


def test_births_moves_and_names_come_to_the_record(at_work):
    service, family = at_work
    lives, unborn = service.place.lives, next(one for one in family.children if not one.given)
    assert known_of(service, family, unborn)[0].birth == "expected"
    lives.households._move(family)
    mother = family.adults[family.children[0].parents[0]]
    lives.households._rename(mother, mother.given, "Vantage")
    service.place.tell("renamed", family, mother)
    lives.expect(family, unborn)
    play_on(service, days=45)

    header, names, homes = known_of(service, family, unborn)
    assert (header.birth, header.birth_date) == ("exact", unborn.born)
    assert ("legal", unborn.given, unborn.family) in names
    assert homes == [family.home.lines]
    _, names, homes = known_of(service, family, mother)
    assert ("legal", mother.given, "Vantage") in names
    assert [kind for kind, _, _ in names].count("legal") == 1
    assert homes == [family.home.lines]


def test_the_work_goes_on_when_a_child_has_died_and_another_grown_up(at_work):
    service, family = at_work
    dies, grows = [one for one in family.children if one.given][:2]
    service.place.lives._lose(family, dies)
    family.children.remove(grows)
    service.place.founder.remain(family, grows)
    service.place.tell("grew_up", family, grows)
    died_on = service.place.today
    play_on(service, days=30)
    assert known_of(service, family, dies)[0].death_date == died_on

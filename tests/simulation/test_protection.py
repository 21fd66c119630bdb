"""Families in which a child may come to harm, played from the call to the end of a plan."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from sightline.access.operations import give_sight
from sightline.commands.demonstration.authority import open_authority
from sightline.commands.demonstration.diary import Diary
from sightline.commands.demonstration.telling import Telling
from sightline.commands.simulation.engine import Engine, Life
from sightline.commands.simulation.play import Wanted, played_quickly, prepare
from sightline.commands.simulation.rates import rates
from sightline.commands.simulation.service import Case, Service, arrivals, chairs, enquiring, staff_lives
from sightline.conferences.queries import list_meetings
from sightline.doorway.acts import acting
from sightline.enquiries.queries import list_discussions, list_enquiries
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.working_days import is_working_day
from sightline.plans.queries import list_plans
from sightline.practice.operations import publish_shipped_packs
from tests.simulation.places import dice

BEGINS = datetime(2025, 1, 6, tzinfo=UTC)
GRAVE, SERIOUS, SLIGHT = 80.0, 12.0, 0.5
"""What weighs on three families: far above, between and far below what protection is decided by."""


@pytest.fixture
def service(db: None, monkeypatch: pytest.MonkeyPatch) -> Service:
    """Three families come to notice, each as if a child were in danger; the first review ends what plan there is."""
    monkeypatch.setattr(arrivals, "come_in", _three(monkeypatch))
    monkeypatch.setattr(staff_lives, "begin", lambda _: None)
    monkeypatch.setitem(rates("front_door")["contacts"], "danger", 1.1)
    monkeypatch.setitem(rates("casework")["capacity"], "hours_a_day", 46)
    monkeypatch.setitem(rates("casework")["plan"], "feared", 0)
    decided = (
        ("discussion", "spread", 0),
        ("conference", "spread", 0),
        ("enquiry", "none_taken", 0),
        ("review", "ends_at", -9),
        ("siblings", "not_enquired", 0),
        ("siblings", "less_found", 0),
    )
    for section, name, value in decided:
        monkeypatch.setitem(rates("protection")[section], name, value)
    return _played(days=150)


def _played(*, days: int) -> Service:
    publish_shipped_packs(at=BEGINS - timedelta(days=1))
    wanted = Wanted(40, BEGINS, BEGINS + timedelta(days=days), 3)
    with played_quickly():
        story = Telling(open_authority(opening=BEGINS - timedelta(days=1)), Diary(wanted.ends))
        played = prepare(story, wanted, say=lambda _: None)
        played.engine.run()
    return played


def _three(monkeypatch: pytest.MonkeyPatch) -> Callable[[Service, Callable[[str], Life]], Life]:
    def come_in(service: Service, contact: Callable[[str], Life]) -> Life:
        born = [one for one in service.place.families if all(child.given for child in one.children)]
        for family, strain in zip(born, (GRAVE, SERIOUS, SLIGHT), strict=False):
            family.strain, family.troubles = strain, frozenset({"violence", "drink"})
            monkeypatch.setattr(service.place, "draw", lambda _, family=family: family)
            yield service.engine.office(4)
            service.engine.begin(contact("police"))
            yield service.engine.wait(timedelta(minutes=1))

    return come_in


def _read(service: Service, case: Case, read: Callable[[list[Any]], Any]) -> Any:
    """What stands on their records. Whoever ended it read on for a while, which is over by today's clock."""
    reader, children = service.story.authority.administrator, [service.story.people[ref] for ref in case.children]
    with acting(reader):
        give_sight(people=children, reader=reader, because="test", because_of=None, at=BEGINS)
        return read(children)


def test_how_far_protection_goes_follows_from_what_weighs_on_a_family(service: Service) -> None:
    grave, serious, slight = service.cases
    assert all(_read(service, one, list_discussions) for one in service.cases)
    assert not _read(service, slight, list_enquiries)
    for case, outcome in ((grave, "continuing_risk"), (serious, "no_continuing_risk")):
        (enquiry,) = _read(service, case, list_enquiries)
        assert {one.outcome for one in enquiry.children.values()} == {outcome}
    plans = {one.kind: one for one in _read(service, grave, lambda keys: list_plans(keys, only_open=False))}
    assert not _read(service, serious, lambda keys: [one for one in list_plans(keys) if one.kind == "protection"])
    assert {one.kind for one in _read(service, grave, list_plans)} <= {"child_in_need"}
    protection = plans["protection"]
    assert timedelta(days=60) < min(one.to_on for one in protection.members) - protection.began_on
    assert not grave.protected
    held = Counter(one.kind for one in _read(service, grave, list_meetings))
    assert (held["initial"], held["review"], held["core_group"] > 1) == (1, 1, True)


@pytest.mark.parametrize("from_", [time(7, 0), time(16, 0)])
def test_who_took_a_danger_decides_it_also_when_the_desks_change_between(
    db: None, monkeypatch: pytest.MonkeyPatch, from_: time
) -> None:
    def come_in(service: Service, contact: Callable[[str], Life]) -> Life:
        yield service.engine.until(at_local_time(local_day(BEGINS), from_))
        for family in [one for one in service.place.families if one.children]:
            monkeypatch.setattr(service.place, "draw", lambda _, family=family: family)
            service.engine.begin(contact("police"))
            yield service.engine.wait(timedelta(minutes=3))

    monkeypatch.setattr(arrivals, "come_in", come_in)
    monkeypatch.setitem(rates("front_door")["contacts"], "danger", 1.1)
    story = _played(days=2).story
    assert len(story.contacts) > 10
    assert {f"decision: {title}" for title in story.contacts} <= set(story.entries)


def test_brothers_and_sisters_are_found_to_be_at_less_risk_and_never_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(rates("protection")["siblings"], "less_found", 1.1)
    found = enquiring._of_each(["eldest", "second", "third"], enquiring.CONTINUING, dice(1))
    assert found == {"eldest": enquiring.CONTINUING, "second": enquiring.OVER, "third": enquiring.OVER}
    monkeypatch.setitem(rates("protection")["siblings"], "less_found", 0)
    assert set(enquiring._of_each(["eldest", "second"], enquiring.OVER, dice(1)).values()) == {enquiring.OVER}


def test_a_conference_that_would_be_late_is_mostly_given_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rates("protection")["conference"], "makes_room", 1.1)
    monkeypatch.setattr(chairs, "_for_others", lambda _, starts: local_day(starts) < date(2025, 3, 1))
    engine = Engine(seed=1, begins=BEGINS, ends=BEGINS + timedelta(days=1))
    diary: Any = SimpleNamespace(engine=engine, parts={})
    sittings = [chairs.sitting(diary, date(2025, 1, 6), date(2025, 1, 8)) for _ in range(5)]
    assert sorted(local_day(one) < date(2025, 1, 9) for one in sittings) == [False, True, True, True, True]
    assert len(set(sittings)) == 5


def test_no_two_conferences_have_one_half_day_of_a_chair() -> None:
    engine = Engine(seed=1, begins=BEGINS, ends=BEGINS + timedelta(days=1))
    diary: Any = SimpleNamespace(engine=engine, parts={})
    sittings = [chairs.sitting(diary, date(2025, 1, 6)) for _ in range(40)]
    assert len(set(sittings)) == 40
    assert all(is_working_day(local_day(one)) for one in sittings)
    assert (sittings[-1] - sittings[0]) > timedelta(weeks=6)  # the conferences of others stand between them

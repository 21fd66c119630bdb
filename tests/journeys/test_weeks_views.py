"""A week's views: what stands out, whom it is told to, and what was answered."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline.access.models import EmergencyAccess
from sightline.access.operations import declare_conflict, open_in_emergency, restrict
from sightline.audit.models import Answered
from sightline.audit.rules import Signal
from sightline.doorway.acts import acting, look
from sightline.journeys.own_home import say_own_home
from sightline.journeys.weeks_views import answer_view, list_week, monday_of
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.working_days import is_working_day
from tests.universe import Universe

ROSIE = "Rosie Penhallow"


@pytest.fixture
def week(two_families: Universe) -> date:
    return monday_of(local_day(two_families.at))


def on(week: date, clock: time = time(11, 0)) -> datetime:
    """An hour of that week's first working day."""
    return at_local_time(
        next(day for day in (week + timedelta(days=n) for n in range(7)) if is_working_day(day)), clock
    )


def looks(universe: Universe, key: str, at: datetime, *people: UUID) -> None:
    by = universe.who(key)
    with acting(by.id):
        look(by=by, people=list(people), what="record", at=at)


def signals(universe: Universe, week: date, key: str = "gareth") -> dict[str, list[str]]:
    """What a manager is shown, by whose views."""
    by = universe.who(key)
    with acting(by.id):
        return {
            one.name: [str(line.signal) for line in one.lines] for one in list_week(by=by, week=week, at=universe.at)
        }


def test_whoever_works_with_a_child_stands_out_for_nothing(two_families: Universe, week: date) -> None:
    looks(two_families, "jane", on(week, time(23, 0)), two_families.person(ROSIE))
    assert signals(two_families, week) == {}


def test_sight_through_the_team_alone_stands_out_and_the_hour_with_it(two_families: Universe, week: date) -> None:
    looks(two_families, "naomi", on(week), two_families.person(ROSIE))
    assert signals(two_families, week) == {"Naomi Blyth": ["no_work"]}
    looks(two_families, "naomi", on(week, time(23, 0)), two_families.person(ROSIE))
    assert signals(two_families, week) == {"Naomi Blyth": ["no_work", "hours"]}


def test_nobody_is_shown_their_own_views_or_another_teams(two_families: Universe, week: date) -> None:
    looks(two_families, "naomi", on(week), two_families.person(ROSIE))
    assert signals(two_families, week, "margaret") == {}
    with pytest.raises(NotPermitted):
        signals(two_families, week, "naomi")
    assert "Naomi Blyth" in signals(two_families, week, "helen"), "whoever stands above the manager"


def test_a_neighbour_and_a_namesake_stand_out_until_it_is_answered(two_families: Universe, week: date) -> None:
    jane, rosie = two_families.who("jane"), two_families.person(ROSIE)
    lines, postcode = home_of(two_families, rosie)
    with acting(jane.id):
        say_own_home(by=jane, lines=f"99 {lines}", postcode=postcode, at=two_families.at)
    looks(two_families, "jane", on(week), rosie)
    assert signals(two_families, week) == {"Jane Smith": ["postcode"]}
    with acting(jane.id):
        say_own_home(by=jane, lines=lines, postcode=postcode, at=two_families.at)
    assert signals(two_families, week) == {"Jane Smith": ["address"]}
    line = {"account": jane.id, "person": rosie, "week": week, "signal": Signal.ADDRESS}
    answer(two_families, "gareth", **line, finding=Answered.Finding.PART_OF_THE_WORK)
    assert shown(two_families, week) == [("address", "work")]
    looks(two_families, "jane", on(week + timedelta(days=7)), rosie)
    assert signals(two_families, week + timedelta(days=7)) == {}, "it was answered once, and has not changed"


def home_of(universe: Universe, person: UUID) -> tuple[str, str]:
    from sightline.people.models import Residence

    with acting(universe.who("jane").id):
        home = Residence.objects.filter(person=person, true_to=None, believed_to=None).select_related("home").get().home
        return home.lines, home.postcode


def shown(universe: Universe, week: date) -> list[tuple[str, str]]:
    by = universe.who("gareth")
    with acting(by.id):
        weeks = list_week(by=by, week=week, at=universe.at)
    return [(str(line.signal), line.answer.finding if line.answer else "") for one in weeks for line in one.lines]


def answer(universe: Universe, key: str, **said: Any) -> None:
    by = universe.who(key)
    with acting(by.id):
        answer_view(by=by, **({"words": "", "at": universe.at} | said))


def test_emergency_access_is_listed_whoever_gave_it(two_families: Universe, week: date) -> None:
    by, person = two_families.who("naomi"), two_families.person(ROSIE)
    with acting(by.id):
        open_in_emergency(
            person=person, account=by.id, reason=EmergencyAccess.Reason.DANGER, words="A neighbour rang.",
            safe_address=False, reviewer=two_families.post("manager-family-support-2"),
            review_by=two_families.at + timedelta(days=2), at=on(week), until=on(week) + timedelta(hours=8),
        )  # fmt: skip
    assert signals(two_families, week) == {"Naomi Blyth": ["emergency"]}


def test_what_was_found_out_is_read_by_those_above_and_not_by_whom_it_is_about(
    two_families: Universe, week: date
) -> None:
    naomi, rosie = two_families.who("naomi"), two_families.person(ROSIE)
    looks(two_families, "naomi", on(week), rosie)
    line = {"account": naomi.id, "person": rosie, "week": week, "signal": Signal.NO_WORK}
    with pytest.raises(Refusal):
        answer(two_families, "gareth", **line, finding=Answered.Finding.TALKED)
    answer(two_families, "gareth", **line, finding=Answered.Finding.TALKED, words="She covered.")
    for key, read in (("gareth", 1), ("helen", 1), ("naomi", 0), ("jane", 0), ("margaret", 0)):
        with acting(two_families.who(key).id):
            assert Answered.objects.count() == read, key
    with pytest.raises(NotFound):
        answer(two_families, "margaret", **line, finding=Answered.Finding.PART_OF_THE_WORK)


def test_whoever_reviews_a_restriction_is_told_no_name_about_whom_they_have_a_conflict(
    two_families: Universe, week: date
) -> None:
    rosie, gareth = two_families.person(ROSIE), two_families.who("gareth")
    looks(two_families, "naomi", on(week), rosie)
    with acting(gareth.id):
        restrict(
            person=rosie, readers=[two_families.who("jane").id], reason="Known to staff.", at=two_families.at,
            reviewer=two_families.post("manager-family-support-2"),
        )  # fmt: skip
    assert signals(two_families, week) == {"Naomi Blyth": ["no_work"]}, "a reviewer reads who looked"
    with acting(gareth.id):
        declare_conflict(
            person=rosie, against=gareth.id, reviewer=two_families.post("service-manager"), reason="His niece.",
            at=two_families.at,
        )  # fmt: skip
    assert signals(two_families, week) == {}


def test_three_times_the_peers_median_stands_out(two_families: Universe, week: date) -> None:
    from sightline.kernel.references import new_id

    for key in ("jane", "aoife", "tomas", "ruth"):
        looks(two_families, key, on(week), *(new_id() for _ in range(6)))
    looks(two_families, "naomi", on(week), *(new_id() for _ in range(19)))
    assert signals(two_families, week)["Naomi Blyth"][-1] == "volume"
    assert "volume" not in signals(two_families, week)["Jane Smith"]


def test_a_look_at_the_week_is_recorded_and_is_nobodys_recent_record(two_families: Universe, week: date) -> None:
    from sightline.audit.models import EventPerson
    from sightline.audit.queries import list_recently_viewed

    gareth, rosie = two_families.who("gareth"), two_families.person(ROSIE)
    looks(two_families, "naomi", on(week), rosie)
    with acting(gareth.id):
        list_week(by=gareth, week=week, at=two_families.at)
        assert EventPerson.objects.filter(person=rosie, event__what="viewing", event__actor=gareth.id).exists()
        assert rosie not in list_recently_viewed(actor=gareth.id, since=two_families.at - timedelta(days=1))

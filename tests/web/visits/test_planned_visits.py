"""Visits to come: planned, recorded from the plan, cancelled, and listed until somebody says how they went."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from sightline.doorway.acts import acting
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.operations import add_warning, record_address
from sightline.record.models import Entry
from sightline.record.queries import list_attempts, list_timeline
from sightline.recording.operations import plan_visit
from sightline.recording.queries import list_planned
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, key_of, words
from tests.web.visits.conftest import of_child, the_visit

DAY = timedelta(days=1)


def planned(universe: Universe, *children: UUID, starts_at: datetime | None = None) -> UUID:
    jane = universe.who("jane")
    return plan_visit(
        by=jane, children=children, starts_at=starts_at or universe.at - DAY, place="school", announced=True,
        purpose="See them at lunch", post=min(jane.posts), at=universe.at - 7 * DAY,
    )  # fmt: skip


def send(client: Client, url: str, body: dict[str, Any], key: str = "") -> HttpResponse:
    return client.post(url, {"key": key or key_of(client.get(url)), **body})


def plan_form(universe: Universe, *children: UUID, **changed: Any) -> dict[str, Any]:
    return {
        "children": [str(child) for child in children], "starts_at": "tomorrow 15.30", "announced": "no",
        "place": "home", "purpose": "Bedtime", "post": str(min(universe.who("jane").posts)), **changed,
    }  # fmt: skip


def test_a_visit_is_planned_for_a_day_and_a_time(universe: Universe, jane: Client, rosie: UUID, jack: UUID) -> None:
    url = f"/people/{rosie}/visits/plan"
    refused = send(jane, url, plan_form(universe, rosie, starts_at="tomorrow"))
    assert "Enter a day and a time" in words(refused)
    assert "Bedtime" in refused.content.decode()
    answer = send(jane, url, plan_form(universe, rosie, jack))
    assert answer.status_code == 302
    with acting(universe.who("jane").id):
        [found] = list_planned(children=[rosie])
    assert set(found.children) == {rosie, jack}
    assert local_day(found.starts_at) == local_day(universe.at + DAY)
    for child in (rosie, jack):
        said = words(jane.get(f"/people/{child}/visits"))
        assert "at 15:30. At home, not announced. Bedtime" in said
        assert "Record it" in said


def test_only_the_child_it_was_begun_from_is_chosen_and_nobody_goes_until_somebody_is_chosen(
    jane: Client, rosie: UUID, jack: UUID
) -> None:
    page = jane.get(f"/people/{rosie}/visits/plan").content.decode()
    assert page.count(" checked") == 1
    assert f'value="{rosie}" checked' in page
    assert " selected" in page.split('name="post"', 1)[1].split("Choose who", 1)[0]


def test_a_planned_visit_is_recorded_as_planned_where_nothing_else_is_said(
    universe: Universe, jane: Client, rosie: UUID
) -> None:
    step, url = planned(universe, rosie), f"/people/{rosie}/visit"
    page = jane.get(f"{url}?planned={step}")
    assert "Planned for yesterday at" in words(page)
    assert "Leave empty if it was as planned" in words(page)
    body = the_visit(when="", place="school", announced="yes") | of_child(rosie, "seen_alone")
    first, again = (send(jane, url, body | {"planned": str(step)}, key_of(page)) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    with acting(universe.who("jane").id):
        assert list_planned(children=[rosie]) == []
        [attempt, *_] = list_attempts([rosie])[rosie]
    assert attempt.occurred_at == universe.at - DAY


def test_every_child_of_the_plan_is_told_of(universe: Universe, jane: Client, rosie: UUID, jack: UUID) -> None:
    step, url = planned(universe, rosie, jack), f"/people/{rosie}/visit"
    body = the_visit(when="") | of_child(rosie, "seen_alone") | {"planned": str(step)}
    refused = send(jane, url, body)
    assert "The visit was also planned to Jack Penhallow. Say how it went for them too." in words(refused)
    assert f'id="id_c-{jack}-outcome-error"' in refused.content.decode()


def test_visits_without_an_outcome_are_listed_and_one_comes_back_to_what_is_next(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    assert "There are no visits without an outcome." in words(jane.get("/visits-to-record"))
    first = planned(universe, rosie)
    planned(universe, jack, starts_at=universe.at - DAY / 2)
    planned(universe, rosie, starts_at=universe.at + DAY)
    listed = jane.get("/visits-to-record")
    assert "You need to record an outcome for 2 visits." in words(listed)
    link = f"/people/{rosie}/visit?planned={first}&amp;back=list"
    assert link in listed.content.decode()
    body = the_visit(when="") | of_child(rosie, "nobody_in") | {"planned": str(first), "back": "list"}
    answer = send(jane, f"/people/{rosie}/visit", body)
    assert answer["Location"] == "/visits-to-record"
    assert "You need to record an outcome for 1 visit." in words(jane.get("/visits-to-record"))


def test_a_visit_cancelled_from_the_list_leads_back_to_the_list(universe: Universe, jane: Client, rosie: UUID) -> None:
    step = planned(universe, rosie)
    url = f"/people/{rosie}/visits/{step}/cancel?back=list"
    assert url in jane.get("/visits-to-record").content.decode()
    answer = send(jane, url, {"cancelled_by": "us", "who": "The team", "reason": "The car broke down."})
    assert answer["Location"] == "/visits-to-record"


def test_what_a_colleague_has_not_recorded_is_not_on_ones_list(
    universe: Universe, sign_in: SignIn, rosie: UUID
) -> None:
    planned(universe, rosie)
    assert "There are no visits without an outcome." in words(sign_in("dipa").get("/visits-to-record"))


def test_a_cancelled_visit_says_by_whom_and_why(universe: Universe, jane: Client, rosie: UUID) -> None:
    step = planned(universe, rosie)
    url = f"/people/{rosie}/visits/{step}/cancel"
    refused = send(jane, url, {"cancelled_by": "family", "who": "", "reason": "She was ill."})
    assert "Enter who cancelled it." in words(refused)
    assert "She was ill." in refused.content.decode()
    page = jane.get(url)
    assert " checked" not in page.content.decode().split("Who cancelled it?")[0]
    body = {"cancelled_by": "family", "who": "Lowenna", "reason": "She was ill."}
    first, again = (send(jane, url, body, key_of(page)) for _ in range(2))
    assert first.status_code == again.status_code == 302
    said = words(jane.get(f"/people/{rosie}/visits"))
    assert "Cancelled by the family" in said
    assert "She was ill (given by: Lowenna)" in said
    with acting(universe.who("jane").id):
        assert len(list_timeline(person=rosie, kinds=[Entry.Kind.VISIT]).entries) == 1


def test_a_plan_of_another_family_is_absent(universe: Universe, jane: Client, sign_in: SignIn, rosie: UUID) -> None:
    step = planned(universe, rosie)
    baby = next(name for name in universe.story.people if name.startswith("Baby"))
    other = universe.person(baby)
    assert jane.get(f"/people/{other}/visits/{step}/cancel").status_code == 404
    assert jane.get(f"/people/{other}/visit?planned={step}").status_code == 404
    assert jane.get(f"/people/{rosie}/visits/{ABSENT}/cancel").status_code == 404
    stranger, typed = sign_in("winston"), {"cancelled_by": "us", "who": "Me", "reason": "Full"}
    assert stranger.get(f"/people/{rosie}/visits/{step}/cancel").status_code == 404
    assert stranger.post(f"/people/{rosie}/visits/{step}/cancel", typed | {"key": str(new_id())}).status_code == 404
    assert stranger.get(f"/people/{rosie}/visits/plan").status_code == 404


def test_a_planned_visit_carries_the_warnings_of_the_child_and_of_whoever_lives_there(
    universe: Universe, jane: Client, rosie: UUID
) -> None:
    by, later = universe.who("jane"), local_day(universe.at + 90 * DAY)
    with acting(by.id):
        home = universe.person("Lowenna Penhallow")
        for person in (rosie, home):
            record_address(by=by, person=person, lines="9 Rope Walk", at=universe.at)
        add_warning(by=by, person=home, words="A dog in the yard.", review_on=later, at=universe.at)
        add_warning(by=by, person=rosie, words="Do not say the school.", review_on=later, at=universe.at)
    planned(universe, rosie, starts_at=universe.at + 2 * DAY)
    said = words(jane.get("/my-day")).split("Visits planned", 1)[1].split("Children you carry", 1)[0]
    assert "Safety alert: " in said
    assert "Do not say the school" in said
    assert "A dog in the yard (Lowenna Penhallow)" in said


def test_a_planned_visit_whose_time_has_passed_is_not_overdue(universe: Universe, jane: Client, rosie: UUID) -> None:
    planned(universe, rosie)
    case = words(jane.get("/my-day")).split("Children you carry", 1)[1]
    assert "Planned visit yesterday at" in case
    assert "no outcome recorded" in case
    overview = words(jane.get(f"/people/{rosie}"))
    assert "no outcome recorded" in overview
    assert "Planned visit: overdue" not in overview
    assert overview.count("no outcome recorded") == 1

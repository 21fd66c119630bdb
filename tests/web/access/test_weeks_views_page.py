"""A manager's week of views, and where a worker lives."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from sightline.doorway.acts import acting, look
from sightline.journeys.weeks_views import monday_of
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.workforce.models import WorkerHome
from tests.journeys.test_weeks_views import on
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, _signed_in
from tests.web.casework.reading import words

__all__ = ["_on_this_machine"]


@pytest.fixture
def rosie(two_families: Universe) -> UUID:
    """Opened last week by somebody of the team who has nothing to do with her."""
    rosie = two_families.person("Rosie Penhallow")
    by = two_families.who("naomi")
    with acting(by.id):
        look(by=by, people=[rosie], what="record", at=on(last_week(two_families)))
    return rosie


def last_week(universe: Universe) -> date:
    return monday_of(local_day(universe.at)) - timedelta(weeks=1)


def test_a_manager_reads_what_stood_out_last_week_and_answers_it(two_families: Universe, rosie: UUID) -> None:
    gareth, naomi = _signed_in(two_families, "gareth"), two_families.who("naomi")
    assert "Naomi Blyth No work of theirs with this person" in words(gareth.get("/team/viewing"))
    page = f"/team/viewing/{naomi.id}"
    assert "Rosie Penhallow" in words(gareth.get(page))
    sent = {"key": str(new_id()), "signal": "no_work", "person": str(rosie), "finding": "talked", "words": ""}
    refused = gareth.post(page, sent)
    assert "Say what you found out and what you agreed." in words(refused)
    assert 'value="talked"' in refused.content.decode().split("checked")[0].rsplit("<input", 1)[-1]
    answered = gareth.post(
        page, sent | {"words": "She was on duty for the team.", "week": str(last_week(two_families))}
    )
    assert answered.status_code == 302
    assert "Talked about with the worker She was on duty for the team." in words(gareth.get(page))
    assert "Answered" in words(gareth.get("/team/viewing"))


def test_a_line_of_somebody_elses_team_is_not_there(two_families: Universe, rosie: UUID) -> None:
    naomi = two_families.who("naomi")
    margaret = _signed_in(two_families, "margaret")
    assert margaret.get(f"/team/viewing/{naomi.id}").status_code == 404
    assert margaret.get("/team/viewing?week=2026-13-01").status_code == 400
    assert _signed_in(two_families, "jane").get("/team/viewing").status_code == 403


def test_where_a_worker_lives_is_shown_to_nobody_and_taken_back(two_families: Universe) -> None:
    jane = _signed_in(two_families, "jane")
    sent = {"key": str(new_id()), "address": "12 Sedge Lane", "postcode": "SW1A 1AB"}
    assert "Enter the first line" in words(jane.post("/own-home", sent | {"address": ""}))
    assert jane.post("/own-home", sent).status_code == 302
    said = words(jane.get("/own-home"))
    assert "You gave your address on" in said
    assert "Sedge" not in said
    for key, rows in (("jane", 1), ("gareth", 0), ("helen", 0), ("anna", 0)):
        with acting(account(two_families, key)):
            assert WorkerHome.objects.count() == rows, key
    assert jane.post("/own-home/forget", {"key": str(new_id())}).status_code == 302
    with acting(account(two_families, "jane")):
        assert not WorkerHome.objects.exists()


def account(universe: Universe, key: str) -> UUID:
    return universe.authority.administrator if key == "anna" else universe.who(key).id

"""Conclusions: their date and basis always, and that the household has changed since."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.assessments.operations import look_again, record_conclusion
from sightline.assessments.queries import list_conclusions
from sightline.doorway.acts import set_actor
from sightline.kernel.london import local_day
from sightline.people.operations import record_address
from tests.universe import Universe
from tests.web.assessments.conftest import ROSIE, key
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words

DAY = timedelta(days=1)


@pytest.fixture
def jane(universe: Universe, sign_in: SignIn) -> Client:
    return sign_in("jane")


def conclude(client: Client, universe: Universe) -> None:
    rosie = universe.person(ROSIE)
    body = {
        "key": key(), "words": "The mother is protective", "adult": str(universe.person("Lowenna Penhallow")),
        "basis": "She rang us the same evening.", "children": [str(rosie)], "concluded_on": "",
    }  # fmt: skip
    answer = client.post(f"/people/{rosie}/conclusions/new", body)
    assert answer.status_code == 302, words(answer)


def test_a_conclusion_shows_its_date_and_its_basis(universe: Universe, jane: Client) -> None:
    rosie = universe.person(ROSIE)
    assert "Say what it rests on" in words(jane.post(f"/people/{rosie}/conclusions/new", {"key": key(), "words": "A"}))
    conclude(jane, universe)
    said = words(jane.get(f"/people/{rosie}/assessment"))
    assert "Lowenna Penhallow: The mother is protective She rang us the same evening. Concluded" in said
    assert "by Jane Smith." in said
    assert "Out of date" not in said


def test_it_is_marked_out_of_date_when_somebody_moves_in_and_is_looked_at_again(
    universe: Universe, jane: Client
) -> None:
    rosie, father = universe.person(ROSIE), universe.person("Perran Penhallow")
    conclude(jane, universe)
    set_actor(universe.who("jane").id)
    made = list_conclusions([rosie])[0]
    record_address(
        by=universe.who("jane"), person=father, lines="14 Cooper's Yard, Hallowby", postcode="QX1 4AB", at=_now()
    )
    said = words(jane.get(f"/people/{rosie}/assessment"))
    assert "Out of date since" in said
    page = f"/people/{rosie}/conclusions/{made.id}"
    assert "Out of date since" in words(jane.get(page))
    assert "Say whether it still stands." in words(jane.post(page, {"key": key(), "basis": "He is back."}))
    ended = jane.post(page, {"key": key(), "stands": "ends", "basis": "He is back, and she did not ring."})
    assert ended.status_code == 302
    after = words(jane.get(f"/people/{rosie}/assessment"))
    assert "Looked at again" in after
    assert "He is back, and she did not ring." in after
    assert "Out of date since" not in after


def test_on_an_earlier_day_nobody_had_looked_at_it_again_yet(universe: Universe, jane: Client) -> None:
    rosie, by, now = universe.person(ROSIE), universe.who("jane"), _now()
    made = record_conclusion(
        by=by, children=[rosie], adult=universe.person("Lowenna Penhallow"), words="The mother is protective",
        basis="She rang us.", concluded_on=local_day(now - 9 * DAY), at=now - 9 * DAY,
    )  # fmt: skip
    look_again(by=by, conclusion=made, stands=False, because="She did not ring.", at=now - DAY)
    page = f"/people/{rosie}/assessment"
    assert "She did not ring." in words(jane.get(page))
    then = words(jane.get(f"{page}?as_at={local_day(now - 4 * DAY).isoformat()}"))
    assert "The mother is protective" in then
    assert "Looked at again" not in then
    before = words(jane.get(f"{page}?as_at={local_day(now - 12 * DAY).isoformat()}"))
    assert "The mother is protective" not in before


def _now() -> datetime:
    return timezone.now()


def test_what_a_conclusion_rests_on_is_found_again_when_it_was_not_sent(universe: Universe, jane: Client) -> None:
    rosie, basis = universe.person(ROSIE), "She rang us the same evening."
    new = f"/people/{rosie}/conclusions/new"
    jane.post(new, {"key": key(), "person": str(rosie), "words": "", "basis": basis})
    assert basis in _gone_on_with(jane, new)
    conclude(jane, universe)
    set_actor(universe.who("jane").id)
    again = f"/people/{rosie}/conclusions/{list_conclusions([rosie])[0].id}"
    assert "You have unfinished words" not in words(jane.get(again))
    sent = {name: value for name, value in _hidden(jane, again).items() if not name.startswith("draft")}
    jane.post(again, {**sent, "basis": "He is back."})
    assert "He is back." in _gone_on_with(jane, again)


def _hidden(client: Client, page: str) -> dict[str, str]:
    body = client.get(page).content.decode()
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', body))


def _gone_on_with(client: Client, page: str) -> str:
    body = client.get(page).content.decode()
    onward = re.search(rf'href="({page}\?draft=[^"]+)"', body)
    assert onward is not None
    return client.get(onward[1]).content.decode()

"""Before court: begun by a manager on one short page, recorded by the worker, and seen at the top of the record."""

from uuid import UUID

from django.test import Client

from sightline.court.queries import list_pre_proceedings
from sightline.doorway.acts import acting
from sightline.record.queries import list_notices, list_steps_for
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words

ROSIE, JACK = "Rosie Penhallow", "Jack Penhallow"
BEGIN = {"why": "The risk has not come down.", "advice": "The threshold is likely met."}


def page(universe: Universe, more: str = "") -> str:
    return f"/people/{universe.person(ROSIE)}/before-court{more}"


def begun(universe: Universe, gareth: Client) -> UUID:
    url = page(universe, "/begin")
    children = [str(universe.person(name)) for name in (ROSIE, JACK)]
    gareth.post(url, BEGIN | {"key": key_of(gareth.get(url)), "children": children})
    with acting(universe.who("gareth").id):
        step = list_pre_proceedings([universe.person(ROSIE)], universe.at)[0].step
    assert step is not None
    return step


def test_a_manager_begins_them_for_both_and_the_worker_is_told_and_carries_them(
    universe: Universe, sign_in: SignIn
) -> None:
    step, jane = begun(universe, sign_in("gareth")), sign_in("jane")
    by = universe.who("jane")
    with acting(by.id):
        assert [one.id for one in list_steps_for([universe.person(JACK)], kinds=["pre_proceedings"])] == [step]
        assert "pre_proceedings_yours" in {one.kind for one in list_notices(by.posts)}
    said = words(jane.get(page(universe)))
    assert "Send the letter before proceedings" in said
    assert "Together with Jack" in said
    assert "Pre-proceedings since" in words(jane.get(f"/people/{universe.person(JACK)}"))
    assert f"/people/{universe.person(ROSIE)}/before-court" in jane.get("/my-day").content.decode()


def test_legal_advice_is_on_the_page_of_nobody_who_may_not_read_it(universe: Universe, sign_in: SignIn) -> None:
    begun(universe, sign_in("gareth"))
    said = words(sign_in("jane").get(page(universe)))
    assert "The risk has not come down." in said
    assert "threshold" not in said


def test_what_happens_next_is_recorded_in_its_turn_and_keeps_what_was_typed(
    universe: Universe, sign_in: SignIn
) -> None:
    step, jane = begun(universe, sign_in("gareth")), sign_in("jane")
    url = f"/before-court/{step}/meeting?child={universe.person(ROSIE)}"
    sent = {"key": key_of(jane.get(url)), "kind": "first", "words": "Both came."}
    refused = jane.post(url, sent | {"held_on": "3 March 2040"})
    assert "That day has not come yet." in words(refused)
    assert "Both came." in refused.content.decode()
    jane.post(url, sent | {"key": key_of(refused)}, follow=True)
    assert "Hold a review meeting" in words(jane.get(page(universe)))
    # Once there was a first meeting, every other is a review: it is not asked.
    assert "Which meeting was it?" not in words(jane.get(url))


def test_of_one_child_they_end_and_of_the_other_they_go_on(universe: Universe, sign_in: SignIn) -> None:
    gareth = sign_in("gareth")
    step = begun(universe, gareth)
    url = f"/before-court/{step}/decide?child={universe.person(ROSIE)}"
    body = {"key": key_of(gareth.get(url)), "about": [str(universe.person(ROSIE))], "outcome": "A", "why": "Safe."}
    gareth.post(url, body)
    assert "Pre-proceedings are over" in words(gareth.get(page(universe)))
    assert "Pre-proceedings since" not in words(gareth.get(f"/people/{universe.person(ROSIE)}"))
    assert "Pre-proceedings since" in words(gareth.get(f"/people/{universe.person(JACK)}"))


def test_a_wrong_date_is_put_right_and_both_are_on_the_record(universe: Universe, sign_in: SignIn) -> None:
    begun(universe, sign_in("gareth"))
    jane, url = sign_in("jane"), page(universe, "/dates")
    body = {"key": key_of(jane.get(url)), "which": "started_on", "day": "3 March 2026", "because": "Typed wrong."}
    said = words(jane.post(url, body, follow=True))
    assert "Pre-proceedings since 3 March 2026" in said
    assert "recorded before as" in said

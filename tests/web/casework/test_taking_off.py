"""The page that takes something off a record it should never have been on."""

from sightline.commands.demonstration.families import penhallow
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words

ROSIE = "Rosie Penhallow"


def test_a_manager_takes_a_contact_off_the_wrong_child_by_the_page(universe: Universe, sign_in: SignIn) -> None:
    rosie, contact = universe.person(ROSIE), universe.contact(penhallow.AGAIN)
    timeline, page = f"/people/{rosie}/timeline", f"/people/{rosie}/entries/{contact}/withdraw"
    gareth, reader = sign_in("gareth"), str(universe.who("gareth").id)
    assert page in gareth.get(timeline).content.decode()
    opened = gareth.get(page)
    assert "leave with it" in words(opened)
    sent = {"key": key_of(opened), "reason": "It was about another Rosie.", "reader": reader}
    assert gareth.post(page, sent).status_code == 302
    said = gareth.get(timeline).content.decode()
    assert page not in said
    assert "It was about another Rosie." in said


def test_a_worker_is_sent_to_the_manager(universe: Universe, sign_in: SignIn) -> None:
    rosie, contact = universe.person(ROSIE), universe.contact(penhallow.AGAIN)
    page = f"/people/{rosie}/entries/{contact}/withdraw"
    jane, reader = sign_in("jane"), str(universe.who("jane").id)
    assert page not in jane.get(f"/people/{rosie}/timeline").content.decode()
    answer = jane.post(page, {"key": key_of(jane.get(page)), "reason": "Another Rosie.", "reader": reader})
    assert answer.status_code == 403
    assert "A manager takes a contact" in answer.content.decode()

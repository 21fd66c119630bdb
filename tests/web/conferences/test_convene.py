"""Convening: four inputs and a tick for each who is invited; nobody is told anything who was not ticked."""

from datetime import timedelta

import pytest
from django.test import Client

from sightline.audit.queries import list_recently_viewed
from sightline.conferences.queries import get_meeting, list_meetings
from sightline.doorway.acts import set_actor
from sightline.partnership.queries import list_messages
from sightline.record.operations import open_step
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, words
from tests.web.conferences.conftest import PLACE, ROSIE, Chaired, hidden_of, key, url


@pytest.fixture
def jane(chaired: Chaired, sign_in: SignIn) -> Client:
    return sign_in("jane")


def sent(chaired: Chaired, **more: object) -> dict[str, object]:
    """The four inputs, and whom it is about."""
    return {
        "key": key(),
        "others": "1",
        "kind": "initial",
        "children": [str(chaired.rosie), str(chaired.jack)],
        "starts": chaired.when_typed,
        "place": PLACE,
        "chair": str(chaired.chair),
        **more,
    }


def mother(chaired: Chaired, safe: str, because: str = "She lives with the children alone.") -> dict[str, str]:
    prefix = f"person-{chaired.mother}"
    return {f"{prefix}-come": "yes", f"{prefix}-safe": safe, f"{prefix}-safe_because": because}


def school(chaired: Chaired) -> dict[str, str]:
    prefix = f"agency-{chaired.school}"
    return {f"{prefix}-come": "yes", f"{prefix}-name": "Hannah Reyes", f"{prefix}-report": "on"}


def test_the_page_proposes_everybody_with_why_and_ticks_nobody(chaired: Chaired, jane: Client) -> None:
    page = jane.get(url("conference-convene", chaired.rosie))
    said = words(page)
    assert "Osier Lane Primary School" in said
    assert "Told us on" in said
    assert "Mother of Rosie" in said
    assert "The conference is about them." in said
    assert "Is it safe to tell them when and where?" in said
    assert "Ask them for a report" in said
    main = page.content.decode().split("<main", 1)[1]
    ticked = [line for line in main.split("<input") if " checked" in line and 'name="children"' not in line]
    assert ticked == []
    assert list_meetings([chaired.rosie]) == []


def test_the_due_day_and_its_rule_are_said(chaired: Chaired, jane: Client) -> None:
    open_step(
        by=chaired.universe.who("jane"), kind="convene_conference", post=min(chaired.universe.who("jane").posts),
        people=[chaired.rosie, chaired.jack], words="Convene it", due_at=chaired.at + timedelta(days=9),
        due_rule="england-2023:conference.initial", at=chaired.at,
    )  # fmt: skip
    page = jane.get(url("conference-convene", chaired.rosie))
    said = words(page)
    assert "The conference is due in" in said
    assert "15 working days" in said
    assert "within 15 working days of the strategy discussion" in said
    chosen = [
        line for line in page.content.decode().split("<input") if 'name="children"' in line and " checked" in line
    ]
    assert len(chosen) == 2, "those of whom it was concluded stand ticked: it is a fact"


def test_one_page_convenes_and_tells_only_those_who_may_be_told(chaired: Chaired, jane: Client) -> None:
    page = url("conference-convene", chaired.rosie)
    answer = jane.post(page, sent(chaired, **school(chaired), **mother(chaired, "no", "He reads her letters.")))
    said = words(answer)
    assert answer.status_code == 200
    assert "Read each code to them over the phone" in said
    assert "Hannah Reyes" in said
    assert "Told nothing until the chair decides Lowenna" in said
    [line] = list_meetings([chaired.rosie])
    assert set(line.children) == {chaired.rosie, chaired.jack}
    listed = {one.person or one.agency_post: one for one in chaired.listed(line.step)}
    assert listed.keys() == {chaired.mother, chaired.school}, "nobody but those who were ticked"
    assert listed[chaired.school].report_asked
    assert listed[chaired.school].invitation is not None
    assert listed[chaired.mother].standing.waits
    assert listed[chaired.mother].invitation is None
    assert list_messages(listed[chaired.mother].id) == []


def test_a_parent_who_may_be_told_gets_a_letter_to_print(chaired: Chaired, jane: Client) -> None:
    answer = jane.post(url("conference-convene", chaired.rosie), sent(chaired, **mother(chaired, "yes")))
    said = words(answer)
    assert "Letters to print and give by hand" in said
    assert "Bracken Room" in said
    assert "/m/" in said


def test_it_is_convened_once_however_often_it_is_sent(chaired: Chaired, jane: Client) -> None:
    body = sent(chaired, **school(chaired))
    jane.post(url("conference-convene", chaired.rosie), body)
    again = jane.post(url("conference-convene", chaired.rosie), body)
    [line] = list_meetings([chaired.rosie])
    assert again.status_code == 302
    assert str(line.step) in again["Location"]


def test_refused_input_keeps_all_typing_and_tells_nobody(chaired: Chaired, jane: Client) -> None:
    body = sent(chaired, **school(chaired), **mother(chaired, ""), place="", starts="12 6 2099")
    answer = jane.post(url("conference-convene", chaired.rosie), body)
    said, page = words(answer), answer.content.decode()
    assert "Say where it is." in said
    assert "Say the time as well" in said
    assert "Say whether it is safe to tell Lowenna Penhallow when and where." in said
    assert "Hannah Reyes" in page
    assert 'value="12 6 2099"' in page
    assert list_meetings([chaired.rosie]) == []
    assert "Unfinished conference to convene" in words(jane.get("/my-day"))


def test_somebody_who_is_not_proposed_can_be_invited(chaired: Chaired, jane: Client) -> None:
    police = chaired.universe.mailbox("police-hub")
    more = {
        "others": "2",
        "other0-whom": f"agency-{police}",
        "other0-name": "PC Lane",
        "other1-name": "Dot Marlow",
        "other1-role": "Supporter of the mother",
        "other1-safe": "yes",
        "other1-safe_because": "The mother asked for her.",
    }
    jane.post(url("conference-convene", chaired.rosie), sent(chaired, **more))
    [line] = list_meetings([chaired.rosie])
    assert {one.who for one in chaired.listed(line.step)} == {
        "PC Lane, Public protection desk, Northmere Police",
        "Dot Marlow, Supporter of the mother",
    }


def test_one_row_more_keeps_what_was_typed(chaired: Chaired, jane: Client) -> None:
    page = jane.post(url("conference-convene", chaired.rosie), sent(chaired, add="others")).content.decode()
    assert 'name="others" value="2"' in page
    assert PLACE in page
    assert list_meetings([chaired.rosie]) == []


def test_an_unborn_child_has_a_conference(chaired: Chaired, sign_in: SignIn) -> None:
    baby = next(key for name, key in chaired.universe.story.people.items() if "Maddox" in name and "aby" in name)
    jane = sign_in("jane")
    page = url("conference-convene", baby)
    assert jane.get(page).status_code == 200
    body = sent(chaired, children=[str(baby)])
    assert jane.post(page, body).status_code == 302
    [line] = list_meetings([baby])
    assert line.kind == "initial"


def test_looking_is_recorded_and_what_is_hidden_is_not_found(chaired: Chaired, sign_in: SignIn) -> None:
    jane = sign_in("jane")
    jane.get(url("conference-convene", chaired.rosie))
    who = chaired.universe.who("jane")
    assert chaired.rosie in list_recently_viewed(actor=who.id, since=chaired.at - timedelta(hours=1))
    assert jane.get(url("conference-convene", ABSENT)).status_code == 404
    assert sign_in("sanjay").get(url("conference-convene", chaired.rosie)).status_code in {403, 404}


def test_a_reviewing_officer_convenes_nothing(chaired: Chaired, sign_in: SignIn) -> None:
    meeting = chaired.convened()
    priya = sign_in("priya")
    assert priya.get(url("conference-convene", chaired.rosie)).status_code in {403, 404}
    assert priya.get(url("conference", meeting)).status_code == 404


def test_what_was_begun_is_found_again(chaired: Chaired, jane: Client) -> None:
    page = url("conference-convene", chaired.rosie)
    hidden = hidden_of(jane, page)
    body = {**hidden, "place": PLACE, "draft_order": "1", f"agency-{chaired.school}-come": "yes"}
    assert jane.post(url("save-draft", hidden["key"]), body).status_code == 200
    set_actor(chaired.universe.who("jane").id)
    again = jane.get(f"{page}?draft={hidden['key']}").content.decode()
    assert PLACE in again
    assert ROSIE.split()[0] in again


def test_the_conference_that_was_owed_is_no_longer(chaired: Chaired, jane: Client) -> None:
    jane.post(url("conference-convene", chaired.rosie), sent(chaired))
    [line] = list_meetings([chaired.rosie])
    assert get_meeting(line.step).chair_post == chaired.chair

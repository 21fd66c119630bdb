"""Injuries: what, where on the body, whose account, who examined it; and a second one beside the first."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sightline.audit.models import EventPerson
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.injuries import note_injury
from sightline.kernel.london import local_day
from sightline.web.presenters.body_map import VIEWS, body_map, where_words
from tests.web.casework.reading import key_of, words
from tests.web.enquiries.conftest import Danger

DOG = "The dog knocked him over."


def bruise(**more: Any) -> dict[str, Any]:
    """The page as a worker fills it."""
    return {
        "what": "bruise", "sites": ["arm_left", "face"], "words": "Round, 3 cm, yellow.", "seen_on": "today",
        "seen_by": "Ann Lee, teacher", "account": DOG, "account_of": "His mother", "childs_account": "Dad did it.",
        "examined": "no", "not_examined_because": "His mother said no.", "handling": "ordinary",
    } | more  # fmt: skip


def noted(danger: Danger, days_ago: int, **more: Any) -> None:
    by, at = danger.universe.who("jane"), danger.universe.at
    with acting(by.id):
        note_injury(
            by=by, child=danger.jack, what="burn", sites=("hand_right",),
            seen_on=local_day(at) - timedelta(days=days_ago), account="The iron.", account_of="His father", at=at,
            **more,
        )  # fmt: skip


def test_an_injury_is_recorded_with_its_account_and_its_picture(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/injury/new"
    picture = SimpleUploadedFile("arm.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, content_type="image/png")
    answer = jane.post(url, bruise(key=key_of(jane.get(url)), documents=picture))
    assert answer.status_code == 302, words(answer)
    page = jane.get(answer["Location"])
    said = words(page)
    for part in (
        "Bruise", "Face and left arm", "Ann Lee, teacher", DOG,
        "Told by His mother", "Dad did it.", "Not examined: His mother said no.", "arm.png", "Round, 3 cm, yellow.",
    ):  # fmt: skip
        assert part in said, part
    assert 'aria-label="Front of the body. Marked: Face and left arm"' in page.content.decode()


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/injury/new"
    answer = jane.post(url, bruise(key=key_of(jane.get(url)), what="", account_of="", not_examined_because=""))
    said, drawn = words(answer), answer.content.decode()
    for sentence in ("Choose what it is.", "Say whose account it is.", "Say why it was not examined."):
        assert sentence in said, sentence
    assert DOG in drawn
    assert re.search(r'value="arm_left"[^>]*checked', drawn)
    assert "You have begun this before" in words(jane.get(url))


def test_an_injury_that_is_sent_twice_is_recorded_once(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/injury/new"
    body = bruise(key=key_of(jane.get(url)))
    assert jane.post(url, body).status_code == 302
    assert jane.post(url, body).status_code == 302
    assert words(jane.get(f"/people/{danger.jack}/injuries")).count(DOG) == 1


def test_a_second_injury_within_the_window_stands_beside_the_first(danger: Danger, jane: Client) -> None:
    noted(danger, 30)
    url = f"/people/{danger.jack}/injury/new"
    answer = jane.post(url, bruise(key=key_of(jane.get(url))))
    said = words(jane.get(answer["Location"]))
    beside = said.split("2 injuries within 120 days", 1)[1].split("All injuries, the latest first", 1)[0]
    assert beside.index("The iron.") < beside.index(DOG)
    assert "1 other injury within 120 days" in said


def test_injuries_that_are_far_apart_are_on_one_line_and_not_side_by_side(danger: Danger, jane: Client) -> None:
    noted(danger, 200)
    url = f"/people/{danger.jack}/injury/new"
    answer = jane.post(url, bruise(key=key_of(jane.get(url))))
    said = words(jane.get(answer["Location"]))
    assert "injuries within" not in said
    assert said.index(DOG) < said.index("The iron.")


def test_the_page_is_a_look_at_the_child(danger: Danger, jane: Client) -> None:
    assert jane.get(f"/people/{danger.jack}/injuries").status_code == 200
    set_actor(danger.universe.who("jane").id)
    assert EventPerson.objects.filter(person=danger.jack, event__kind="look", event__what="injuries").count() == 1


@pytest.mark.parametrize(("view", "on_the_left"), [("Front", "hand_right"), ("Back", "hand_left")])
def test_left_and_right_are_the_child_s_own(view: str, on_the_left: str) -> None:
    hands = {shape[0]: shape[1] for shape in VIEWS[view] if shape[0].startswith("hand")}
    assert min(hands, key=lambda site: hands[site]) == on_the_left


def test_every_site_of_the_pack_can_be_marked_or_is_said_in_words(danger: Danger) -> None:
    from sightline.practice.queries import current_pack
    from sightline.web.presenters.injuries import labels_of

    sites = labels_of(current_pack(danger.universe.at), "body_site")
    drawn = {shape[0] for shapes in VIEWS.values() for shape in shapes}
    assert set(sites) - drawn == {"whole", "not_said"}
    assert where_words(["arm_left", "face"], sites) == "Face and left arm"
    everywhere = body_map(["whole"], sites)["views"]
    assert all(shape["marked"] for view in everywhere for shape in view["shapes"])  # type: ignore[attr-defined]  # a list


def test_a_sisters_injury_is_told_beside_a_new_one_with_what_to_do(danger: Danger, jane: Client) -> None:
    by, at = danger.universe.who("jane"), danger.universe.at
    with acting(by.id):
        note_injury(by=by, child=danger.rosie, what="burn", seen_on=local_day(at) - timedelta(days=20), at=at)
    url = f"/people/{danger.jack}/injury/new"
    answer = jane.get(jane.post(url, bruise(key=key_of(jane.get(url))))["Location"])
    said = words(answer)
    assert "Rosie" in said.split("In the family within 120 days", 1)[1].split("All injuries", 1)[0]
    assert f"/people/{danger.jack}/strategy/new" in answer.content.decode()
    assert "In the family" not in words(jane.get(f"/people/{danger.jack}/injuries"))

"""An enquiry: opened with two fields, added to, concluded for each child; a conclusion without photographs says so."""

import re
from typing import Any
from uuid import UUID

from django.test import Client

from sightline.audit.models import EventPerson
from sightline.doorway.acts import acting, set_actor
from sightline.enquiries.queries import get_enquiry, list_enquiries
from sightline.enquiries.rules import ConclusionGiven
from sightline.journeys.protect import conclude_enquiry
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words
from tests.web.enquiries.conftest import WHY, Danger

REASONS = "The bruise has the shape of a hand, and Jack says so twice."


def concluded(danger: Danger, **more: Any) -> dict[str, Any]:
    """The page as a worker fills it for Jack alone."""
    jack = f"c-{danger.jack}"
    return {
        f"{jack}-outcome": "continuing_risk", f"{jack}-reasons": REASONS, f"{jack}-pictures": "not_seen",
        f"{jack}-media_because": "The hospital has not sent them.",
    } | more  # fmt: skip


def test_it_is_opened_with_the_children_and_why_and_nothing_else(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/enquiry/new"
    body = {"key": key_of(jane.get(url)), "children": [str(danger.jack)], "why": WHY}
    answer = jane.post(url, body)
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(answer["Location"]))
    assert "A section 47 enquiry goes on" in said
    assert "Jack Penhallow: Goes on" in said
    assert WHY in said
    assert "Rosie" not in said


def test_one_that_a_discussion_decided_belongs_to_that_discussion(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    url = f"/people/{danger.jack}/enquiry/new"
    page = jane.get(f"{url}?discussion={step}")
    body = {"key": key_of(page), "children": [str(danger.jack)], "why": WHY, "discussion": str(step)}
    answer = jane.post(url, body)
    assert answer.status_code == 302, words(answer)
    assert f"/strategy/{step}" in jane.get(answer["Location"]).content.decode()


def test_a_role_that_does_not_decide_for_the_authority_asks_for_a_discussion(danger: Danger, sign_in: SignIn) -> None:
    support = sign_in("marcus")
    said = words(support.get(danger.tab()))
    assert "Ask for a strategy discussion" in said
    assert "Open a section 47 enquiry" not in said
    answer = support.get(f"/people/{danger.jack}/enquiry/new")
    assert answer.status_code == 403
    assert "Ask for a strategy discussion and say why" in words(answer)


def test_a_conclusion_without_photographs_says_so(danger: Danger, jane: Client) -> None:
    step = danger.enquired()
    url = f"/enquiry/{step}/conclude"
    answer = jane.post(url, concluded(danger, key=key_of(jane.get(url))))
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(f"/enquiry/{step}"))
    for part in (
        "Jack Penhallow: Substantiated, with continuing risk of significant harm", REASONS,
        "Concluded without photographs, body maps or recordings: there are some, and they were not seen.",
        "The hospital has not sent them.", "Rosie Penhallow: Goes on", "Convene the child protection conference",
    ):  # fmt: skip
        assert part in said, part
    assert f"c-{danger.jack}" not in jane.get(url).content.decode()


def test_what_is_not_said_of_photographs_is_asked_and_the_words_are_kept(danger: Danger, jane: Client) -> None:
    step = danger.enquired()
    url = f"/enquiry/{step}/conclude"
    answer = jane.post(url, concluded(danger, **{"key": key_of(jane.get(url)), f"c-{danger.jack}-pictures": ""}))
    assert "Say whether photographs, body maps or recordings were seen." in words(answer)
    assert REASONS in answer.content.decode()
    answer = jane.post(url, concluded(danger, **{"key": key_of(jane.get(url)), f"c-{danger.jack}-media_because": ""}))
    assert "Say why they were not seen." in words(answer)


def test_only_a_manager_is_asked_why_there_is_no_conference(danger: Danger, jane: Client, sign_in: SignIn) -> None:
    url = f"/enquiry/{danger.enquired()}/conclude"
    assert "no_conference_because" not in jane.get(url).content.decode()
    assert "no_conference_because" in sign_in("gareth").get(url).content.decode()


def test_a_child_whom_a_colleague_concluded_first_shows_both_texts(danger: Danger, jane: Client) -> None:
    step, universe = danger.enquired(), danger.universe
    url = f"/enquiry/{step}/conclude"
    key = key_of(jane.get(url))
    by = universe.who("jane")
    with acting(by.id):
        given = ConclusionGiven(danger.jack, "not_substantiated", "He fell at football.", media="none")
        conclude_enquiry(by=by, enquiry=step, conclusions=[given], at=universe.at)
    set_actor(by.id)
    answer = jane.post(url, concluded(danger, key=key))
    assert answer.status_code == 409
    assert "He fell at football." in words(answer)
    assert REASONS in words(answer)


def test_what_was_learned_is_added_with_whose_it_is_and_how_it_may_be_handled(danger: Danger, jane: Client) -> None:
    step = danger.enquired()
    url = f"/enquiry/{step}/add"
    body = {
        "key": key_of(jane.get(url)), "words": "Jack drew the kitchen.", "told_by": "Ann Lee, teacher",
        "section": "ordinary", "handling": "not_family", "about": [str(danger.jack)],
    }  # fmt: skip
    answer = jane.post(url, body)
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(f"/enquiry/{step}"))
    for part in ("Jack drew the kitchen.", "Told by Ann Lee, teacher", "Not to be given to the family"):
        assert part in said, part


def finished(danger: Danger) -> UUID:
    """An enquiry that found a continuing risk for Jack and nothing for Rosie."""
    step, by = danger.enquired(), danger.universe.who("jane")
    with acting(by.id):
        given = (
            ConclusionGiven(danger.jack, "continuing_risk", REASONS, media="attached"),
            ConclusionGiven(danger.rosie, "not_substantiated", "Seen and well.", media="none"),
        )
        conclude_enquiry(by=by, enquiry=step, conclusions=given, at=danger.universe.at)
    return step


def test_whoever_referred_is_told_how_it_ended_from_its_page(danger: Danger, jane: Client) -> None:
    step = finished(danger)
    page = jane.get(f"/enquiry/{step}").content.decode()
    url = re.search(rf'href="(/enquiry/{step}/tell/[^"]+)"', page)
    assert url is not None
    form = jane.get(url[1])
    assert "Substantiated, with continuing risk of significant harm" in words(form)
    body = {"key": key_of(form), "text": "We found a continuing risk.", "means": "call", "call_words": ""}
    assert "Say whom you spoke to and when." in words(jane.post(url[1], body))
    body |= {"key": key_of(jane.get(url[1])), "call_words": "Hannah Reyes, at noon: she agrees."}
    answer = jane.post(url[1], body)
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(f"/enquiry/{step}"))
    assert "Told how it ended" in said
    assert url[1] not in jane.get(f"/enquiry/{step}").content.decode()


def test_a_manager_decides_that_there_is_no_conference_and_why(danger: Danger, jane: Client, sign_in: SignIn) -> None:
    step = finished(danger)
    url = f"/enquiry/{step}/no-conference"
    assert jane.get(url).status_code == 403
    gareth = sign_in("gareth")
    body = {"key": key_of(gareth.get(url)), "children": [str(danger.jack)], "why": "He lives with his gran now."}
    answer = gareth.post(url, body)
    assert answer.status_code == 302, words(answer)
    assert "He lives with his gran now." in words(jane.get(f"/enquiry/{step}"))


def test_each_page_of_it_is_a_look_and_a_stranger_finds_none(danger: Danger, jane: Client, sign_in: SignIn) -> None:
    step = danger.enquired()
    winston = sign_in("winston")
    for page in ("", "/add", "/conclude"):
        assert winston.get(f"/enquiry/{step}{page}").status_code == 404, page
        assert jane.get(f"/enquiry/{step}{page}").status_code == 200, page
    set_actor(danger.universe.who("jane").id)
    looks = EventPerson.objects.filter(person=danger.jack, event__kind="look", event__what="protection")
    assert looks.count() == 3
    with acting(danger.universe.who("jane").id):
        assert set(get_enquiry(step).children) == {danger.jack, danger.rosie}
        assert len(list_enquiries([danger.jack])) == 1

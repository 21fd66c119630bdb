"""What the recipient of a message sees, without an account: a code, the message, an answer."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.front_door.deciding import Deciding
from sightline.front_door.queries import get_contact
from sightline.journeys.chase_silence import chase_silence
from sightline.journeys.decide import decide
from sightline.journeys.feed_back import feed_back
from sightline.journeys.register_people import NewPerson, mention_unidentified
from sightline.kernel.references import new_id
from sightline.partnership.operations import Composed, compose_message
from sightline.partnership.queries import get_message, list_replies
from sightline.people.operations import add_unidentified_adult
from sightline.record.queries import list_notices
from sightline.web.front_door import message_link
from tests.journeys.world import World
from tests.web.front_door.desk import AT, Desk

SignIn = Callable[[str], Client]


@contextmanager
def later(days: int) -> Iterator[None]:
    """The pages' clock stands some days on."""
    moment = timezone.now() + timedelta(days=days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(message_link, "now", lambda: moment)
        yield


@pytest.fixture
def sent(desk: Desk, world: World) -> Composed:
    contact = desk.contact()
    return feed_back(
        by=world.actor("Dee Marlow"), contact=contact, kind="acknowledgement",
        text="We have what you told us about Mia.", means="link", at=AT,
    )  # fmt: skip


def open_it(token: str, **given: Any) -> Any:
    return Client().post(reverse("message-link", args=[token]), given, follow=True)


def test_the_page_says_nothing_before_the_code(sent: Composed) -> None:
    page = Client().get(reverse("message-link", args=[sent.link_token])).content.decode()
    assert "Mia" not in page
    assert "<title>A message for you - Sightline</title>" in page
    assert "Front door" not in page


def test_the_code_opens_it_and_an_answer_comes_back(sent: Composed, sign_in: SignIn) -> None:
    opened = open_it(sent.link_token, code=sent.code)
    assert "We have what you told us about Mia." in opened.content.decode()
    given = {"code": sent.code, "reply": "yes", "key": str(new_id())}
    missing = open_it(sent.link_token, **given, text="She was not in today.").content.decode()
    assert "Say whether you answer or disagree" in missing
    assert "She was not in today." in missing
    given |= {"kind": "challenge", "text": "I do not agree.", "signed": "A Lund, deputy"}
    for _ in range(2):
        said = open_it(sent.link_token, **given).content.decode()
        assert "Your answer has been sent. Whoever wrote to you will be told, and a manager." in said
    client = sign_in("Dee Marlow")
    assert len(list_replies(sent.message)) == 1
    assert get_message(sent.message).status == "acknowledged"
    assert "I do not agree." in client.get(reverse("message", args=[sent.message])).content.decode()


def test_a_wrong_code_may_be_tried_again_until_it_locks(sent: Composed) -> None:
    wrong = "000000" if sent.code != "000000" else "111111"
    assert "That is not the code" in open_it(sent.link_token, code=wrong).content.decode()
    for _ in range(5):
        last = open_it(sent.link_token, code=wrong)
    assert last.status_code == 410
    assert "locked" in last.content.decode()
    assert "Mia" not in last.content.decode()


def test_the_code_is_shown_again_to_whoever_sent_it(sent: Composed, sign_in: SignIn) -> None:
    client = sign_in("Dee Marlow")
    assert sent.code not in client.get(reverse("message", args=[sent.message])).content.decode()
    assert sent.code in client.post(reverse("message-code", args=[sent.message])).content.decode()


def test_an_adult_stays_open_until_somebody_says_who_they_are(sign_in: SignIn, world: World, desk: Desk) -> None:

    contact = desk.contact()
    child, adult = get_contact(contact).children[0], new_id()
    give_sight(people=[adult], reader=world.teams["front-door"], because="test", because_of=None, at=AT)
    by = world.actor("Dee Marlow")
    add_unidentified_adult(by=by, person=adult, described="Mum's new partner, possibly Lee", at=AT)
    lee = NewPerson(adult, "adult", described="Mum's new partner, possibly Lee", unidentified=True)
    mention_unidentified(by=by, people=[lee], children=[child], contact=contact, agency=None, at=AT)
    client = sign_in("Sol Abara")
    assert "possibly Lee" in client.get(reverse("contact", args=[contact])).content.decode()
    url = reverse("unidentified-adult", args=[adult])
    refused = client.post(url, {"key": str(new_id()), "status": "ruled_out", "words": ""}).content.decode()
    assert "Say why this adult is ruled out" in refused
    said = {"status": "identified", "words": "Lee Marsh, born 1990, shown his passport."}
    client.post(url, {**said, "key": str(new_id())})
    assert "Lee Marsh" in client.get(url).content.decode()


def test_an_answer_with_a_wrong_code_comes_back_with_every_word(sent: Composed) -> None:
    wrong = "000000" if sent.code != "000000" else "111111"
    given = {"reply": "yes", "kind": "answer", "text": "Jack was tired.", "signed": "A Lund", "key": str(new_id())}
    for code in (wrong, ""):
        page = open_it(sent.link_token, **given, code=code).content.decode()
        assert "Jack was tired." in page
        assert 'value="A Lund"' in page
        assert f'value="{given["key"]}"' in page
        assert "Nothing that you wrote is lost." in page
        assert "Mia" not in page
    assert "Your answer has been sent." in open_it(sent.link_token, **given, code=sent.code).content.decode()


def test_an_answer_through_a_link_that_ran_out_meanwhile_is_shown_to_be_copied(sent: Composed) -> None:
    given = {"reply": "yes", "kind": "answer", "text": "Jack was tired.", "signed": "A Lund", "key": str(new_id())}
    with later(31):
        gone = open_it(sent.link_token, **given, code=sent.code)
    assert gone.status_code == 410
    assert "What you wrote has not been sent" in gone.content.decode()
    assert "Jack was tired." in gone.content.decode()
    assert "Mia" not in gone.content.decode()


def test_a_link_that_ran_out_and_one_that_never_was_are_the_same_page(sent: Composed) -> None:
    def page(token: str) -> tuple[int, str]:
        answer = open_it(token, code=sent.code)
        return answer.status_code, re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode()).replace(token, "")

    with later(31):
        assert page(sent.link_token) == page("x" * 22)


def test_evidence_is_answered_with_three_inputs_and_shown_to_nobody_again(desk: Desk, world: World) -> None:
    contact = get_contact(desk.contact())
    sent = compose_message(
        by=world.actor("Dee Marlow"), kind="evidence", means="link", agency_post=world.school_lead, subject=contact.id,
        text="How are mornings?", about=contact.people, post=world.posts["duty"], at=AT,
    )  # fmt: skip
    first = Client().get(reverse("message-link", args=[sent.link_token])).content.decode()
    opened = open_it(sent.link_token, code=sent.code).content.decode()
    assert [*asked(first), *asked(opened)] == ["code", "text", "signed"]
    given = {"code": sent.code, "reply": "yes", "kind": "answer", "signed": "A Lund, deputy", "key": str(new_id())}
    said = open_it(sent.link_token, **given, text="She comes in hungry.").content.decode()
    assert "Your answer has been sent." in said
    assert "She comes in hungry." not in said
    again = open_it(sent.link_token, code=sent.code).content.decode()
    assert "What you send now is added to what was sent." in again
    assert "She comes in hungry." not in again
    assert "A Lund" not in again


def asked(page: str) -> list[str]:
    """The inputs that somebody fills in, in order."""
    main = page.partition("<main")[2].partition("</main>")[0]
    inputs = re.findall(r"<(?:input|textarea|select)[^>]*>", main)
    return [re.search(r'name="([^"]+)"', one)[1] for one in inputs if 'type="hidden"' not in one]


def test_back_after_an_answer_sends_nothing_again(sent: Composed) -> None:
    client, url = Client(), reverse("message-link", args=[sent.link_token])
    given = {"code": sent.code, "reply": "yes", "kind": "answer", "text": "Thank you.", "signed": "A Lund"}
    answer = client.post(url, {**given, "key": str(new_id())})
    assert answer["Location"] == url
    said = client.get(url).content.decode()
    assert "Whoever wrote to you will be told." in said
    assert "Thank you." in said
    # Once only: whoever comes to this browser later is asked for the code.
    assert "Thank you." not in client.get(url).content.decode()


def test_whoever_decided_is_told_that_a_professional_disagrees(desk: Desk, world: World, sign_in: SignIn) -> None:
    contact = desk.contact()
    given = Deciding(outcome="referral_assessment", reason="The bruise is not explained.", need="N1")
    decide(by=world.actor("Sol Abara"), contact=contact, given=given, at=AT)
    sent = feed_back(
        by=world.actor("Dee Marlow"), contact=contact, kind="outcome", text="We will assess.", means="link", at=AT
    )
    open_it(
        sent.link_token, code=sent.code, reply="yes", kind="challenge", text="I do not agree.", signed="A Lund",
        key=str(new_id()),
    )  # fmt: skip
    chase_silence(at=timezone.now())
    for name, post in (("Sol Abara", "decider"), ("Dee Marlow", "duty"), ("Mag Price", "front-door-manager")):
        with acting(world.accounts[name]):
            told = list_notices([world.posts[post]])
            assert [one.subject for one in told if one.kind == "message_challenge"] == [sent.message], name
    page = sign_in("Sol Abara").get(reverse("person", args=[get_contact(contact).children[0]])).content.decode()
    assert f'href="{reverse("contact", args=[contact])}#feedback"' in page

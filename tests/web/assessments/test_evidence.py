"""Evidence: nobody is asked until a worker confirms them by name, and what came of it is shown."""

import re

import pytest
from django.test import Client

from sightline.assessments.queries import list_evidence
from sightline.doorway.acts import set_actor
from sightline.journeys.ask_evidence import ask_for_evidence
from sightline.journeys.chase_silence import chase_silence
from sightline.kernel.references import new_id
from sightline.partnership.public import reply_to_message
from tests.web.assessments.conftest import Assessed, key
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words

ASK = "What is Rosie like on a Monday?"


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    return sign_in("jane")


def _proposed(page: str) -> str:
    found = re.search(r'name="ask" value="([0-9a-f-]{36})"', page)
    assert found is not None
    return found[1]


def test_each_is_confirmed_by_name_and_the_code_is_shown_once(assessed: Assessed, jane: Client) -> None:
    url = assessed.url("assessment-evidence")
    page = jane.get(url)
    assert "Nothing goes to anybody until you confirm them here" in words(page)
    assert "Told us on" in words(page)
    assert list_evidence(assessed.round) == []
    post, form = _proposed(page.content.decode()), {"key": key(), "round": str(assessed.round)}
    empty = jane.post(url, {**form, "question": "", "ask": post, f"n-{post}": "Hannah Reyes"})
    assert "Write what you want to know from them." in words(empty)
    assert 'value="Hannah Reyes"' in empty.content.decode()
    body = {**form, "key": key(), "question": ASK, "ask": post, f"n-{post}": "Hannah Reyes"}
    code = jane.post(url, body)
    assert "Read this code to them over the phone" in words(code)
    assert "data-code" in code.content.decode()
    again = jane.post(url, body)
    assert again.status_code == 302
    assert len(list_evidence(assessed.round)) == 1
    after = jane.get(url)
    assert "data-code" not in after.content.decode()
    said = words(after)
    assert "Hannah Reyes, Safeguarding lead and deputy, Osier Lane Primary School Asked today at" in said
    assert "Asked, and not opened" in said
    # The next one is asked the same unless the worker writes otherwise.
    assert f">\n{ASK}</textarea>" in after.content.decode()


def test_why_somebody_is_not_asked_is_kept(assessed: Assessed, jane: Client) -> None:
    url = assessed.url("assessment-evidence")
    post = _proposed(jane.get(url).content.decode())
    form = {"round": str(assessed.round), "leave": post}
    blank = jane.post(url, {"key": key(), **form})
    assert "Say why they are not asked." in words(blank)
    kept = jane.post(url, {"key": key(), **form, f"w-{post}": "They left the school."})
    assert kept.status_code == 302
    assert "not asked, because: They left the school." in words(jane.get(url))


def test_somebody_who_is_not_listed_can_be_asked(assessed: Assessed, jane: Client) -> None:
    url, police = assessed.url("assessment-evidence"), str(assessed.universe.mailbox("police-hub"))
    form = {"round": str(assessed.round), "question": ASK, "ask": "other"}
    assert "Choose who is asked." in words(jane.post(url, {"key": key(), **form}))
    answer = jane.post(url, {"key": key(), **form, "other": police, "other_name": "PC Lane"})
    assert "It opens only with this code" in words(answer)
    assert [one.name for one in list_evidence(assessed.round)] == ["PC Lane"]


def test_an_answer_by_phone_goes_on_the_record_and_a_silence_is_said(assessed: Assessed, jane: Client) -> None:
    url = assessed.url("assessment-evidence")
    post = _proposed(jane.get(url).content.decode())
    jane.post(url, {"key": key(), "round": str(assessed.round), "question": ASK, "ask": post})
    asked = list_evidence(assessed.round)[0]
    page = assessed.url("assessment-answer", asked.id)
    assert ASK in words(jane.get(page))
    assert "Say what happened." in words(jane.post(page, {"key": key()}))
    assert "Choose how this may be handled." in words(jane.post(page, {"key": key(), "what": "answer"}))
    told = {"what": "answer", "text": "She is tired and hungry.", "told_by": "Hannah Reyes", "handling": "ordinary"}
    assert jane.post(page, {"key": key(), **told}).status_code == 302
    assert "Answered" in words(jane.get(url))
    assert "She is tired and hungry." in words(jane.get(f"/people/{assessed.rosie}/timeline"))


def test_a_manager_sees_who_did_not_answer(assessed: Assessed, sign_in: SignIn) -> None:
    jane, url = sign_in("jane"), assessed.url("assessment-evidence")
    post = _proposed(jane.get(url).content.decode())
    jane.post(url, {"key": key(), "round": str(assessed.round), "question": ASK, "ask": post})
    assert "Still waited for:" in words(jane.get(assessed.url("assessment-send")))
    assessed.send()
    said = words(sign_in("gareth").get(assessed.url("assessment-sign")))
    assert "Osier Lane Primary School: asked, and not opened" in said
    set_actor(assessed.universe.who("gareth").id)
    assessed.sign()
    # Between rounds the page still says what came of it.
    assert "Did not answer" in words(sign_in("jane").get(url))


def test_each_answer_and_what_was_added_later_is_linked_from_the_request(assessed: Assessed, jane: Client) -> None:
    url, universe = assessed.url("assessment-evidence"), assessed.universe
    sent = ask_for_evidence(
        by=universe.who("jane"), round=assessed.round, agency_post=universe.mailbox("school-lead"), name="Ms Reyes",
        question=ASK, at=universe.at,
    )  # fmt: skip
    assert "Read the answer" not in words(jane.get(url))
    for text in ("She is tired.", "I forgot: she is hungry too."):
        reply_to_message(
            link_token=sent.link_token, kind="answer", text=text, signed="Ms Reyes", key=new_id(), code=sent.code,
            at=universe.at,
        )  # fmt: skip
        chase_silence(at=universe.at)
    page = jane.get(url)
    assert "Read the answer" in words(page)
    assert "Read what they added" in words(page)
    links = re.findall(r'href="(/people/[^"]+kind=evidence)#(entry-[0-9a-f-]+)"', page.content.decode())
    assert len(links) == 2
    for link, anchor in links:
        assert f'id="{anchor}"' in jane.get(link.replace("&amp;", "&")).content.decode()


def test_the_words_of_each_answer_are_read_where_they_are_needed(assessed: Assessed, sign_in: SignIn) -> None:
    url, universe, jane = assessed.url("assessment-evidence"), assessed.universe, sign_in("jane")
    sent = ask_for_evidence(
        by=universe.who("jane"), round=assessed.round, agency_post=universe.mailbox("school-lead"), name="Ms Reyes",
        question=ASK, at=universe.at,
    )  # fmt: skip
    assert "What they answered" not in words(jane.get(url))
    for text in ("She is tired.", "I forgot: she is hungry too. " + "She asks for seconds. " * 60):
        reply_to_message(
            link_token=sent.link_token, kind="answer", text=text, signed="Hannah Reyes", key=new_id(), code=sent.code,
            at=universe.at,
        )  # fmt: skip
        chase_silence(at=universe.at)
    set_actor(universe.who("jane").id)
    police = {"ask": "other", "other": str(universe.mailbox("police-hub")), "other_name": "PC Lane"}
    jane.post(url, {"key": key(), "round": str(assessed.round), "question": ASK, **police})
    set_actor(universe.who("jane").id)
    asked = next(one for one in list_evidence(assessed.round) if one.name == "PC Lane")
    told = {"what": "answer", "text": "Two calls in May.", "told_by": "PC Lane", "handling": "ordinary"}
    jane.post(assessed.url("assessment-answer", asked.id), {"key": key(), **told})
    assessed.send()
    for page in (jane.get(url), sign_in("gareth").get(assessed.url("assessment-sign"))):
        said = words(page).split("What they answered", 1)[1]
        for part in ("Signed by Hannah Reyes, ", "She is tired.", "Two calls in May.", "Told by PC Lane, "):
            assert part in said, part
        assert "written down by Jane Smith" in said
        assert "Osier Lane Primary School: added later" in said
        folded = page.content.decode().split("Read all that Osier Lane Primary School added", 1)[1]
        assert "She asks for seconds." in folded.split("</details>", 1)[0], "what is long is folded in its place"


def test_the_letter_leads_back_to_what_its_reader_may_open(assessed: Assessed, jane: Client) -> None:
    url, universe = assessed.url("assessment-evidence"), assessed.universe
    sent = ask_for_evidence(
        by=universe.who("jane"), round=assessed.round, agency_post=universe.mailbox("school-lead"), name="Ms Reyes",
        question=ASK, at=universe.at,
    )  # fmt: skip
    page = jane.get(f"/messages/{sent.message}").content.decode()
    back = re.search(r'href="([^"]+)" class="govuk-back-link"', page)
    assert back is not None
    assert back[1] == url
    assert jane.get(back[1]).status_code == 200


def _found_again(client: Client, url: str, form: str, typed: dict[str, str]) -> str:
    """What the page shows when a draft of it, saved as the page itself saves it, is gone on with."""
    page = client.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
    assert hidden["draft_form"] == form
    save = re.search(r'data-draft-url="([^"]+)"', page)
    assert save is not None
    assert client.post(save[1], {**hidden, **typed, "draft_order": "1"}).status_code == 200
    again = client.get(url)
    assert "You have unfinished words for this page" in words(again)
    onward = re.search(r'href="([^"]+\?draft=[^"]+)"', again.content.decode())
    assert onward is not None
    assert onward[1].startswith(url)
    assert client.get(f"/drafts/{hidden['key']}/resume")["Location"] == onward[1]
    return client.get(onward[1]).content.decode()


def test_a_question_that_was_begun_is_found_again(assessed: Assessed, jane: Client) -> None:
    url = assessed.url("assessment-evidence")
    assert ASK in _found_again(jane, url, "assessment-evidence", {"question": ASK})


def test_an_answer_that_was_begun_is_found_again_with_its_own_request(assessed: Assessed, jane: Client) -> None:
    url = assessed.url("assessment-evidence")
    for name in ("Hannah Reyes", "PC Lane"):
        post = (
            str(assessed.universe.mailbox("police-hub"))
            if name == "PC Lane"
            else _proposed(jane.get(url).content.decode())
        )
        who = (
            {"other": post, "other_name": name, "ask": "other"}
            if name == "PC Lane"
            else {f"n-{post}": name, "ask": post}
        )
        jane.post(url, {"key": key(), "round": str(assessed.round), "question": ASK, **who})
    first, second = list_evidence(assessed.round)
    page = assessed.url("assessment-answer", first.id)
    typed = {"what": "answer", "text": "She is tired on Mondays.", "told_by": "A teacher", "handling": ""}
    again = _found_again(jane, page, "assessment-answer", typed)
    assert "She is tired on Mondays." in again
    other = assessed.url("assessment-answer", second.id)
    assert "You have unfinished words for this page" not in words(jane.get(other))


def test_why_nobody_will_sign_is_found_again(assessed: Assessed, sign_in: SignIn) -> None:
    page, moved = assessed.url("assessment-stop"), "They moved to Weirshire."
    assert moved in _found_again(sign_in("gareth"), page, "assessment-stop", {"because": moved})


def test_a_question_outlives_that_somebody_listed_is_not_asked(assessed: Assessed, jane: Client) -> None:
    url = assessed.url("assessment-evidence")
    post = _proposed(jane.get(url).content.decode())
    form = {"key": key(), "round": str(assessed.round), "leave": post, f"w-{post}": "They left the school."}
    left = jane.post(url, {**form, "question": ASK})
    assert f">\n{ASK}</textarea>" in jane.get(left["Location"]).content.decode()

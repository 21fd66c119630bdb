"""A contact's own page: decided with nothing preset, and whoever raised it told from the same page."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.front_door.queries import get_contact, list_recommendations
from sightline.kernel.references import new_id
from sightline.partnership.queries import list_messages
from tests.journeys.world import World
from tests.web.front_door.desk import AT, NEIGHBOUR, Desk, begin, press, told, typed_in

SignIn = Callable[[str], Client]

DECISION = {
    "outcome": "referral_assessment",
    "reason": "The bruise is not explained.",
    "need": "N1",
    "would_change": "A medical that explains it.",
}


def page_of(client: Client, contact: UUID) -> str:
    answer = client.get(reverse("contact", args=[contact]))
    assert answer.status_code == 200
    return answer.content.decode()


def decide(client: Client, contact: UUID, **given: Any) -> Any:
    return client.post(reverse("contact-decide", args=[contact]), {"key": str(new_id()), **given})


def test_the_page_shows_the_story_and_presets_nothing(sign_in: SignIn, desk: Desk) -> None:
    page = page_of(sign_in("Sol Abara"), desk.contact())
    assert "A bruise on the left arm." in page
    assert "Mia Orme" in page
    assert "Not asked yet" in page
    assert " checked" not in page
    assert "<title>Contact - Sightline</title>" in page


def test_a_duty_worker_recommends_and_cannot_decide(sign_in: SignIn, desk: Desk) -> None:
    contact, client = desk.contact(), sign_in("Dee Marlow")
    assert reverse("contact-recommend", args=[contact]) in page_of(client, contact)
    assert "Decide and send" not in page_of(client, contact)
    refused = client.post(
        reverse("contact-recommend", args=[contact]), {"key": str(new_id()), "why": "Bruising in a small child."}
    )
    assert "Choose what you would do" in refused.content.decode()
    assert "Bruising in a small child." in refused.content.decode()
    client.post(
        reverse("contact-recommend", args=[contact]),
        {"key": str(new_id()), "recommendation": "likely_referral", "why": "Small child."},
    )
    assert "Looks like a referral" in page_of(client, contact)
    assert "Looks like a referral" in client.get(reverse("front-door")).content.decode()


def test_choosing_an_outcome_drafts_the_message(sign_in: SignIn, desk: Desk) -> None:
    page = decide(sign_in("Sol Abara"), desk.contact(), outcome="advice_and_information", draft="yes").content.decode()
    assert "We will give advice and information." in page
    assert "There is a problem" not in page


def test_decide_and_tell_on_one_page_then_read_the_code_out(sign_in: SignIn, desk: Desk) -> None:
    contact, client = desk.contact(), sign_in("Sol Abara")
    key = str(new_id())
    sent = {**DECISION, "feedback_text": "We will assess.", "then": "link", "key": key}
    answer = decide(client, contact, **sent)
    code = re.search(r"data-code>(\d{6})<", answer.content.decode())
    assert code is not None
    decided = get_contact(contact).decision
    assert decided is not None
    again = decide(client, contact, **sent)
    assert again.status_code == 302
    assert len(list_messages(contact)) == 1
    page = page_of(client, contact)
    assert "A medical that explains it." in page
    assert "Outcome, to Safeguarding lead, Weir Primary School" in page
    assert code[1] not in page


def test_a_refused_decision_keeps_every_word(sign_in: SignIn, desk: Desk) -> None:
    contact, client = desk.contact(), sign_in("Sol Abara")
    sent = {**DECISION, "need": "", "means": "call", "call_words": "Spoke to Ms Lund", "feedback_text": "As said."}
    page = decide(client, contact, **sent, then="tell").content.decode()
    assert "Choose the main need." in page
    for words in ("The bruise is not explained.", "A medical that explains it.", "Spoke to Ms Lund", "As said."):
        assert words in page
    assert get_contact(contact).decision is None


def test_a_second_decider_sees_both_reasons(sign_in: SignIn, desk: Desk) -> None:
    contact = desk.contact()
    decide(sign_in("Sol Abara"), contact, **DECISION, then="later")
    second = decide(sign_in("Mag Price"), contact, **{**DECISION, "reason": "Seen by the school nurse."}, then="later")
    page = second.content.decode()
    assert second.status_code == 409
    assert "The bruise is not explained." in page
    assert "Seen by the school nurse." in page


def test_danger_asks_what_was_done_tonight(sign_in: SignIn, desk: Desk) -> None:
    contact, client = desk.contact(danger="yes", danger_words="At home with him now."), sign_in("Sol Abara")
    assert "Someone is said to be in danger now" in page_of(client, contact)
    refused = decide(client, contact, **DECISION, then="later").content.decode()
    assert "Say what was done to make the child safe tonight." in refused
    assert decide(client, contact, **DECISION, safe_tonight="With her aunt.", then="later").status_code == 302


def test_feedback_later_is_given_from_the_same_page(sign_in: SignIn, desk: Desk) -> None:
    contact, client = desk.contact(), sign_in("Sol Abara")
    decide(client, contact, **DECISION, then="later")
    page = page_of(client, contact)
    assert "Give feedback on what was decided" in page
    assert "Referral: assessment" in page
    refused = client.post(reverse("contact-tell", args=[contact]), {"tell-feedback_text": "We will assess."})
    assert "Choose how they are told" in refused.content.decode()
    client.post(
        reverse("contact-tell", args=[contact]),
        {
            "key": str(new_id()),
            "tell-feedback_text": "We will assess.",
            "tell-means": "call",
            "tell-call_words": "Ms Lund, 10:40",
        },
    )
    assert "Acknowledged (Ms Lund, 10:40)" in page_of(client, contact)


def test_of_more_than_are_shown_the_worklist_says_how_many_there_are(
    sign_in: SignIn, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("Sol Abara")
    for _ in range(2):
        decide(client, desk.contact(), **DECISION, then="link", feedback_text="We will assess.")
        desk.contact()
    assert "These are the first" not in client.get(reverse("feedback")).content.decode()
    monkeypatch.setattr("sightline.web.front_door.feedback.SHOWN", 1)
    page = client.get(reverse("feedback")).content.decode()
    assert "These are the first 1 of 2. Those whose link still opens come first" in page
    assert "These are the first 1 of 2, what is due soonest." in page


def test_a_member_of_the_public_is_named_in_no_list(sign_in: SignIn, desk: Desk) -> None:
    contact, client = desk.contact(public=True), sign_in("Sol Abara")
    for name in ("front-door", "feedback"):
        page = client.get(reverse(name)).content.decode()
        assert NEIGHBOUR not in page
        assert "A member of the public" in page or "a member of the public" in page.lower()
    page = page_of(client, contact)
    before, _, after = page.partition("kept apart from the story")
    assert NEIGHBOUR not in before
    assert after.count(NEIGHBOUR) == 1


def test_an_agency_is_asked_and_its_answer_taken_by_phone(sign_in: SignIn, desk: Desk, world: World) -> None:
    contact, client = desk.contact(), sign_in("Dee Marlow")
    ask = reverse("contact-check", args=[contact])
    refused = client.post(ask, {"ask_reason": "To see whether she came."}).content.decode()
    assert "Choose who is asked." in refused
    assert "To see whether she came." in refused
    given = {"agency_post": str(world.school_lead), "ask_reason": "To see whether she came."}
    answer = client.post(ask, {**given, "lawful_basis": "ca1989_s17", "key": str(new_id())}).content.decode()
    assert re.search(r"data-code>\d{6}<", answer)
    page = page_of(client, contact)
    assert "To see whether she came." in page
    url = re.search(r'href="(/checks/[^"]+)"', page)
    assert url is not None
    assert (
        "Write what they answered"
        in client.post(url[1], {"answer": "", "handling": "ordinary", "key": str(new_id())}).content.decode()
    )
    given = {"answer": "She was here all week.", "told_by": "Ms Lund", "key": str(new_id())}
    assert 'value="" selected' in client.get(url[1]).content.decode()
    assert "Choose how this may be handled." in client.post(url[1], given).content.decode()
    client.post(url[1], {**given, "handling": "ordinary"})
    assert "She was here all week." in page_of(client, contact)


def test_the_queue_hands_over_and_the_night_accepts_by_name(sign_in: SignIn, desk: Desk) -> None:
    contact = desk.contact()
    client = sign_in("Dee Marlow")
    page = client.get(reverse("front-door")).content.decode()
    assert "Hand over what is undecided (1) to the emergency duty team" in page
    client.post(reverse("front-door-hand-over"), {"key": str(new_id()), "words": "School shuts at four."})
    night = sign_in("Em Castle")
    page = night.get(reverse("front-door")).content.decode()
    assert "School shuts at four." in page
    assert "Accept as Em Castle" in page
    accept = re.search(r'action="(/handovers/[^"]+)"', page)
    assert accept is not None
    night.post(accept[1])
    assert "Accepted by Em Castle" in page_of(night, contact)


@pytest.mark.parametrize("tab", ["decide", "checks", "feedback", "decided"])
def test_queries_do_not_grow_with_the_queue(sign_in: SignIn, desk: Desk, tab: str) -> None:
    client = sign_in("Sol Abara")
    url = reverse("front-door") if tab == "decide" else reverse("front-door-tab", args=[tab])
    first = desk.contact()
    if tab == "decided":
        decide(client, first, **DECISION, then="later")
    client.get(url)  # the first page of a session keeps its token
    with CaptureQueriesContext(connection) as one:
        assert client.get(url).status_code == 200
    for _ in range(2):
        contact = desk.contact()
        if tab == "decided":
            decide(client, contact, **DECISION, then="later")
    client.get(url)  # says what was just done, once
    with CaptureQueriesContext(connection) as three:
        assert client.get(url).status_code == 200
    assert len(three) == len(one)


def test_queries_do_not_grow_with_what_is_known(sign_in: SignIn, desk: Desk) -> None:
    client = sign_in("Sol Abara")
    child = get_contact(desk.contact()).children[0]
    last = desk.contact(child=child)
    page_of(client, last)  # the first page of a session keeps its token
    with CaptureQueriesContext(connection) as one:
        page_of(client, last)
    for _ in range(2):
        desk.contact(child=child)
    with CaptureQueriesContext(connection) as three:
        page_of(client, last)
    assert len(three) == len(one)


def test_the_words_about_danger_are_on_the_page(sign_in: SignIn, desk: Desk) -> None:
    page = page_of(sign_in("Sol Abara"), desk.contact(danger="yes", danger_words="He is in the flat with her."))
    assert "He is in the flat with her." in page


def test_reports_of_one_incident_are_read_on_one_page(sign_in: SignIn, desk: Desk) -> None:
    first, client = desk.contact(saw_or_heard="Shouting at the gate."), sign_in("Dee Marlow")
    (child,) = get_contact(first).children
    second = desk.contact(child=child, saw_or_heard="A man pulled her into a car.")
    page = page_of(client, second)
    assert f'<option value="{first}">' in page
    client.post(reverse("contact-together", args=[second]), {"key": str(new_id()), "other": str(first)})
    page = page_of(client, second)
    assert "Other reports of the same incident" in page
    assert "Shouting at the gate." in page[: page.index("What is already known")]
    assert f'<option value="{first}">' not in page


def test_what_the_night_has_is_accepted_on_its_own_page_and_not_handed_over_again(sign_in: SignIn, desk: Desk) -> None:
    contact = desk.contact()
    client = sign_in("Dee Marlow")
    assert "Hand over to the emergency duty team" in page_of(client, contact)
    client.post(reverse("contact-hand-over", args=[contact]), {"key": str(new_id())})
    assert "Hand over to the emergency duty team" not in page_of(client, contact)
    night = sign_in("Em Castle")
    page = page_of(night, contact)
    accept = re.search(r'action="(/handovers/[^"]+)"', page)
    assert accept is not None
    night.post(accept[1])
    assert "Accepted by Em Castle" in page_of(night, contact)


def test_why_somebody_cannot_be_told_stands_under_feedback(sign_in: SignIn, desk: Desk) -> None:
    contact, client = desk.contact(public=True), sign_in("Dee Marlow")
    answer = {"key": str(new_id()), "tell-means": "not_possible", "tell-not_possible": "No number was left."}
    client.post(reverse("contact-tell", args=[contact]), answer)
    assert "They cannot be told: No number was left." in page_of(client, contact)


def test_words_about_a_member_of_the_public_are_not_the_family_worker_s(
    sign_in: SignIn, world: World, desk: Desk
) -> None:
    rung, anonymous, client = desk.contact(public=True), desk.contact(public=True), sign_in("Dee Marlow")
    letter = typed_in(page_of(client, rung))["tell-feedback_text"]
    call = {"tell-means": "call", "tell-call_words": f"{NEIGHBOUR}, 10:40", "tell-feedback_text": letter}
    client.post(reverse("contact-tell", args=[rung]), {"key": str(new_id()), **call})
    why = {"tell-means": "not_possible", "tell-not_possible": f"{NEIGHBOUR} is afraid of them."}
    client.post(reverse("contact-tell", args=[anonymous]), {"key": str(new_id()), **why})
    (message,) = list_messages(rung)
    pages = [
        reverse("contact", args=[rung]),
        reverse("contact", args=[anonymous]),
        reverse("message", args=[message.id]),
    ]
    with acting(world.accounts["Dee Marlow"]):
        people = [*get_contact(rung).people, *get_contact(anonymous).people]
        give_sight(people=people, reader=world.accounts["Kit Rowe"], because="test", because_of=None, at=AT)
    assert all(NEIGHBOUR in client.get(page).content.decode() for page in pages)
    worker = sign_in("Kit Rowe")
    for page in pages:
        answer = worker.get(page)
        assert answer.status_code == 200
        assert NEIGHBOUR not in answer.content.decode()


def test_a_document_is_opened_from_the_contact(sign_in: SignIn, world: World, desk: Desk) -> None:
    client = sign_in("Dee Marlow")
    fields = begin(client)
    fields = typed_in(press(client, {**fields, "find": "Sam Tull"}, register="child").content.decode())
    letter = SimpleUploadedFile("letter.txt", b"He was late again.", content_type="text/plain")
    answer = press(client, {**fields, **told(world), "documents": letter}, record="record")
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"]).content.decode()
    link = re.search(r'href="(/documents/[^"]+)">letter.txt', page)
    assert link is not None
    assert b"He was late again." in client.get(link[1]).content


def test_a_refused_form_leaves_the_browser_at_what_is_wrong(sign_in: SignIn, desk: Desk) -> None:
    """A fragment in a form's address would take the focus away from the error summary."""
    contact, client = desk.contact(), sign_in("Sol Abara")
    page = decide(client, contact, outcome="referral_assessment", then="later").content.decode()
    assert "There is a problem" in page
    assert not re.search(r'action="[^"]*#', page)


def test_choosing_to_send_it_to_a_worker_says_so_where_it_is_decided(sign_in: SignIn, desk: Desk) -> None:
    page = decide(sign_in("Sol Abara"), desk.contact(), choose="passed_to_allocated_worker").content.decode()
    focused = re.search(r'tabindex="-1" autofocus>([^<]+)<', page)
    assert focused is not None
    assert focused[1].startswith("You chose: Pass")


def test_danger_stands_first_wherever_a_contact_waits(sign_in: SignIn, desk: Desk) -> None:
    other = desk.contact()
    urgent = desk.contact(danger="yes", danger_words="He is at the door.", at=AT.replace(hour=11))
    sign_in("Dee Marlow").post(reverse("front-door-hand-over"), {"key": str(new_id())})
    night, manager = sign_in("Em Castle"), sign_in("Mag Price")
    for client, page, until in (
        (night, "front-door", "</main>"),
        (night, "my-day", "</main>"),
        (manager, "team", "Decisions that wait"),
    ):
        said = client.get(reverse(page)).content.decode().split(until)[0].split("<h1")[1]
        assert "In danger now" in said, page
        links = [said.find(reverse("contact", args=[key])) for key in (urgent, other)]
        assert 0 < links[0] < links[1], page


def test_a_recommendation_is_sent_once_and_never_without_its_key(sign_in: SignIn, desk: Desk) -> None:
    client, contact = sign_in("Dee Marlow"), desk.contact()
    url = reverse("contact-recommend", args=[contact])
    sent = {"recommendation": "likely_referral", "why": "Small child.", "key": str(new_id())}
    for _again in range(2):
        assert client.post(url, sent).status_code == 302
    with acting(desk.world.accounts["Dee Marlow"]):
        assert len(list_recommendations(contact)) == 1
    assert "not whole" in client.post(url, {**sent, "key": ""}).content.decode()
    assert "not whole" in client.post(reverse("contact-hand-over", args=[contact])).content.decode()

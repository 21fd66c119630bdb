"""CA3: neither an ending nor no further action passes over what is open, and a manager answers for each by name."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from sightline.doorway.acts import acting
from sightline.front_door.queries import get_contact
from sightline.journeys.feed_back import feed_back
from sightline.partnership.public import reply_to_message
from sightline.record.queries import get_open_episodes, list_left_open
from tests.journeys.ending_case import Case, owe
from tests.journeys.world import BEGIN
from tests.web.casework.reading import words
from tests.web.front_door.desk import typed_in
from tests.web.signals.playing import ago, comes_in, decide_on_the_page, part, said

SignIn = Callable[[str], Client]
NO_MORE = {"outcome": "referral_no_further_action", "reason": "Seen at school, well and safe."}
BED, GOES_ON = "To do: Find a bed", "Jane Smith goes on with it."
FIELD = re.compile(r'name="((?:outcome|accepted)-[^"]+)"')


def much_is_open(case: Case) -> None:
    """Another agency's concern, whose teller has not heard; an action; an assessment; a professional's disagreement."""
    composed = feed_back(by=case.jane, contact=case.contact, kind="outcome", text="We assess.", means="link", at=BEGIN)
    reply_to_message(link_token=composed.link_token, code=composed.code, kind="challenge", text="He is not safe.",
                     signed="Ms Teach", at=BEGIN)  # fmt: skip
    comes_in(case, BEGIN)
    owe(case, "action", "Find a bed")
    owe(case, "assessment")


def test_an_ending_waits_until_the_manager_has_answered_for_everything_that_is_open(
    case: Case, sign_in: SignIn
) -> None:
    much_is_open(case)
    step, fay = case.ask(), sign_in("Fay Lund")
    page = reverse("ending", args=[step])
    opened = fay.get(page)
    shown = part(words(opened), "What is open", "Authorise the ending")
    for matter in (
        "The contact of 2 March 2026 is not decided", "Whoever told us has not been told", BED,
        "The assessment that began on 2 March 2026 is not finished",
        "Safeguarding lead, Weir Primary School did not agree on 2 March 2026 with what was decided",
    ):  # fmt: skip
        assert matter in shown
    fields = FIELD.findall(opened.content.decode())
    sent = typed_in(opened.content.decode()) | dict.fromkeys(fields, "")
    assert "say what became of it, or why you accept it" in words(fay.post(page, sent))
    every = {field: GOES_ON for field in fields if field.startswith("accepted-")}
    assert len(every) == 5
    for left_out in every:
        assert fay.post(page, sent | every | {left_out: " "}).status_code == 200
    with acting(case.world.watcher):
        assert len(get_open_episodes(case.children)) == 2
    ended = words(fay.post(page, sent | every, follow=True))
    assert ended.count(f"Fay Lund accepted that it was open: {GOES_ON}") == 5
    with acting(case.world.watcher):
        assert get_open_episodes(case.children) == {}


def test_where_nothing_is_open_an_ending_asks_for_nothing(case: Case, sign_in: SignIn) -> None:
    step = case.ask()
    opened = sign_in("Fay Lund").get(reverse("ending", args=[step]))
    assert "Nothing is open about these children" in words(opened)
    assert FIELD.findall(opened.content.decode()) == []


def test_no_further_action_with_something_open_is_a_manager_s_with_a_reason_by_name(
    case: Case, sign_in: SignIn
) -> None:
    owe(case, "action", "Find a bed", [case.leo])
    contact = comes_in(case, ago(1))
    sol, mag = sign_in("Sol Abara"), sign_in("Mag Price")
    asked = part(said(sol, "contact", contact), "Open about these children:", "Why?")
    assert f"{BED} While this is open, only a manager decides no further action." in asked
    assert "only a manager may decide no further action" in words(decide_on_the_page(sol, contact, **NO_MORE))
    body = mag.get(reverse("contact", args=[contact])).content.decode()
    (field,) = FIELD.findall(body)
    assert f"{BED}: say why you accept that it stays open." in words(decide_on_the_page(mag, contact, **NO_MORE))
    with acting(case.world.watcher):
        assert get_contact(contact).decision is None
    decide_on_the_page(mag, contact, **NO_MORE, **{field: GOES_ON})
    with acting(case.world.watcher):
        decision = get_contact(contact).decision
        assert decision is not None
        assert [one.accepted_because for one in list_left_open([decision.entry])[decision.entry]] == [GOES_ON]


def test_no_further_action_where_nothing_is_open_shows_nothing_and_is_a_social_worker_s(
    case: Case, sign_in: SignIn
) -> None:
    contact, sol = comes_in(case, ago(1)), sign_in("Sol Abara")
    assert "Open about these children" not in said(sol, "contact", contact)
    decide_on_the_page(sol, contact, **NO_MORE)
    with acting(case.world.watcher):
        assert get_contact(contact).decision is not None

"""The Protection page: what is in force first, with when it runs out; and orders and examinations from it."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.doorway.acts import acting
from sightline.enquiries.operations import ask_for_medical
from sightline.enquiries.queries import list_orders
from sightline.journeys.injuries import note_injury
from sightline.journeys.protect import keep_safe
from sightline.kernel.london import local_day
from sightline.web.presenters.protection import day_and_hour
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, title, words
from tests.web.enquiries.conftest import Danger


def test_a_child_of_whom_nothing_is_in_force_is_said_to_have_nothing(danger: Danger, jane: Client) -> None:
    said = words(jane.get(danger.tab()))
    assert "No order, section 47 enquiry or child protection plan is in force." in said
    assert "No strategy discussion is recorded." in said
    assert "No injury is recorded. That does not mean there was none." in said


def test_an_order_says_when_it_runs_out_with_the_hour_and_what_is_left(danger: Danger, jane: Client) -> None:
    danger.ordered(where_kept="With his aunt in Weir")
    answer = jane.get(danger.tab())
    said = words(answer)
    ends = danger.universe.at - timedelta(hours=2) + timedelta(hours=72)
    assert f"Police protection runs out on {day_and_hour(ends)}: 69 hours left." in said
    assert said.index("Police protection runs out") < said.index("Strategy discussions")
    assert "Made by PC 4411 Rowe" in said
    assert "With his aunt in Weir" in said
    assert "Jack" not in title(answer)


def test_an_order_that_ran_out_waits_until_somebody_says_where_the_child_is(danger: Danger, jane: Client) -> None:
    by, at = danger.universe.who("jane"), danger.universe.at
    with acting(by.id):
        step = keep_safe(by=by, child=danger.jack, kind="police_protection", began_at=at - timedelta(hours=80), at=at)
    said = words(jane.get(danger.tab()))
    assert "Police protection ran out on" in said
    assert "Nobody has said where the child is now" in said
    url = f"/order/{step}/end"
    body = {"key": key_of(jane.get(url)), "ended_at": "", "because": "Home with his gran."}
    answer = jane.post(url, body)
    assert "Enter the day and the time." in words(answer)
    assert "Home with his gran." in answer.content.decode()


def test_an_enquiry_under_way_stands_first(danger: Danger, jane: Client) -> None:
    danger.enquired()
    said = words(jane.get(danger.tab()))
    assert said.index("A section 47 enquiry is under way since") < said.index("Strategy discussions")


def test_police_protection_is_recorded_from_the_page(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/order/new"
    body = {
        "key": key_of(jane.get(url)), "kind": "police_protection", "began_at": "yesterday at 23:59",
        "made_by": "PC 4411 Rowe", "words": "Found alone.",
    }  # fmt: skip
    answer = jane.post(url, body)
    assert answer.status_code == 302, words(answer)
    with acting(danger.universe.who("jane").id):
        [order] = list_orders([danger.jack], danger.universe.at)
    assert order.made_by == "PC 4411 Rowe"


def test_more_than_the_law_gives_is_refused_with_the_typing_kept(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/order/new"
    body = {
        "key": key_of(jane.get(url)), "kind": "police_protection", "began_at": "yesterday at 23:59",
        "until": (danger.universe.at + timedelta(days=9)).strftime("%d/%m/%Y at 12:00"), "words": "Found alone.",
    }  # fmt: skip
    answer = jane.post(url, body)
    assert "The law ends this by" in words(answer)
    assert "Found alone." in answer.content.decode()


def test_an_emergency_order_is_extended_and_ended_from_the_page(danger: Danger, jane: Client) -> None:
    step = danger.ordered("emergency")
    url = f"/order/{step}/extend"
    answer = jane.post(url, {"key": key_of(jane.get(url)), "began_at": "", "made_by": "Weir Family Court"})
    assert answer.status_code == 302, words(answer)
    with acting(danger.universe.who("jane").id):
        extended = next(one for one in list_orders([danger.jack], danger.universe.at) if one.extends == step)
    assert extended.made_by == "Weir Family Court"


def test_an_examination_is_asked_for_and_what_it_found_is_recorded(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/medical/new"
    answer = jane.post(url, {"key": key_of(jane.get(url)), "asked_of": "Dr Osei", "post": ""})
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(danger.tab()))
    assert "of Dr Osei" in said
    by, at = danger.universe.who("jane"), danger.universe.at
    with acting(by.id):
        step = ask_for_medical(by=by, child=danger.jack, at=at)
    page = f"/medical/{step}"
    said_no = jane.post(page, {"key": key_of(jane.get(page)), "went": "not_held", "because": ""})
    assert "Say why there was no examination." in words(said_no)
    body = {
        "key": key_of(jane.get(page)), "went": "held", "held_at": "today at 00:01", "examiner": "Dr Osei",
        "words": "A bruise of four fingers.",
    }  # fmt: skip
    answer = jane.post(page, body)
    assert answer.status_code == 302, words(answer)
    assert "Held" in words(jane.get(danger.tab()))


def test_every_form_draws_each_of_its_fields(danger: Danger, jane: Client) -> None:
    enquiry, discussion, order = danger.enquired(), danger.asked(), danger.ordered("emergency")
    by, at = danger.universe.who("jane"), danger.universe.at
    with acting(by.id):
        medical = ask_for_medical(by=by, child=danger.jack, at=at)
    jack = f"/people/{danger.jack}"
    asked = {
        f"/enquiry/{enquiry}/add": ("words", "told_by", "about", "documents", "section", "handling"),
        f"/enquiry/{enquiry}/not-told": ("because",),
        f"/strategy/{discussion}/add": ("o0-who", "o0-name", "o0-there", "o0-because", "o0-shared", "o0-about"),
        f"/order/{order}/extend": ("began_at", "made_by", "until", "words"),
        f"/order/{order}/end": ("ended_at", "because"),
        f"/medical/{medical}": ("went", "because", "held_at", "examiner", "words", "documents"),
        f"{jack}/order/new": ("kind", "began_at", "made_by", "until", "where_kept", "words"),
        f"{jack}/medical/new": ("asked_of", "post"),
        f"{jack}/injury/new": ("what", "sites", "words", "seen_on", "account", "childs_account", "agency"),
    }  # fmt: skip
    for page, names in asked.items():
        drawn = jane.get(page).content.decode()
        for name in names:
            assert f' name="{name}"' in drawn, (page, name)


def test_the_page_asks_as_many_queries_whether_there_is_one_of_each_or_three(danger: Danger, jane: Client) -> None:
    def of_each() -> None:
        by, at = danger.universe.who("jane"), danger.universe.at
        danger.asked()
        with acting(by.id):
            ask_for_medical(by=by, child=danger.jack, at=at)
            note_injury(by=by, child=danger.jack, what="cut", seen_on=local_day(at), at=at)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert jane.get(danger.tab()).status_code == 200
        return len(found)

    danger.enquired()
    of_each()
    asked()
    once = asked()
    of_each()
    of_each()
    assert asked() == once


def test_a_stranger_finds_neither_orders_nor_examinations(danger: Danger, sign_in: SignIn) -> None:
    order = danger.ordered("emergency")
    by, at = danger.universe.who("jane"), danger.universe.at
    with acting(by.id):
        medical = ask_for_medical(by=by, child=danger.jack, at=at)
    winston = sign_in("winston")
    for page in (f"/order/{order}/end", f"/order/{order}/extend", f"/medical/{medical}"):
        assert winston.get(page).status_code == 404, page
    for page in ("order/new", "medical/new", "enquiry/new", "injury/new", "injuries"):
        assert winston.get(f"/people/{danger.jack}/{page}").status_code == 404, page

"""The plan on a child's record: what it says, whose it is, and how much it asks of the database."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import EventPerson
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.restrict import keep_colleague_away
from sightline.kernel.london import local_day
from sightline.plans.operations import add_outcome, hold_review, service_began
from sightline.plans.queries import list_services
from sightline.plans.rules import ProgressGiven
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, title, words
from tests.web.plans.conftest import DRY, JACK, ROSIE, TOAST, Maker

WITHOUT = "Skye Whitcombe"


def test_a_child_without_a_plan_is_said_to_have_none_by_this_authority(universe: Universe, sign_in: SignIn) -> None:
    said = words(sign_in("jane").get(f"/people/{universe.person(WITHOUT)}/plan"))
    assert "No plan is recorded for Skye Whitcombe by this authority." in said
    assert "No help has been asked for that is recorded here." in said


def test_the_plan_says_in_plain_words_what_is_to_be_different_and_who_does_what(make: Maker, sign_in: SignIn) -> None:
    answer = sign_in("jane").get(make().tab(JACK))
    said = words(answer)
    assert said.index(TOAST) < said.index("There is breakfast every morning.")
    for part in (
        "Child in need plan, from", "Breakfast club is a choice and not a need.", "Lowenna",
        "Puts the breakfast out the night before", "Their aunt has them for the week.",
        "Two mornings in one week without breakfast.", "Jane Smith, Family Support 2", "Not yet: it stands as it was",
    ):  # fmt: skip
        assert part in said
    assert "Jack" not in title(answer)


def test_what_is_due_next_stands_in_words_with_its_rule(make: Maker, sign_in: SignIn) -> None:
    said = words(sign_in("jane").get(make().tab(ROSIE)))
    review = said.split("Next review", 1)[1].split("Next visit", 1)[0]
    assert "Due in" in review
    assert "Child in need procedure" in review
    assert "Child in need procedure" in said.split("Next visit", 1)[1].split("Agreed", 1)[0]


def test_help_that_was_asked_for_waits_in_days_until_somebody_says_that_it_began(make: Maker, sign_in: SignIn) -> None:
    made, page = make(), sign_in("jane")
    assert "Waiting 0 days: nobody has said that it began" in words(page.get(made.tab(JACK)))
    by, at = made.universe.who("jane"), made.universe.at
    with acting(by.id):
        service_began(by=by, step=made.service, on=local_day(at), said_by="The clinic's nurse", at=at)
    said = words(page.get(made.tab(JACK)))
    assert "The clinic's nurse told us" in said
    assert "nobody has said that it began" not in said


def test_progress_stands_in_words_and_numbers_and_the_line_says_no_more(make: Maker, sign_in: SignIn) -> None:
    made = make()
    by, at = made.universe.who("jane"), made.universe.at
    with acting(by.id):
        for number, said in ((3, "Two mornings of five."), (6, "Four of five.")):
            hold_review(
                by=by, plan=made.plan, held_on=local_day(at), text="Met at school.", attended="Everybody",
                progress=[ProgressGiven(made.both, number, said)], at=at,
            )  # fmt: skip
    answer = sign_in("jane").get(made.tab(ROSIE))
    assert "3 out of 10 Two mornings of five." in words(answer)
    assert "6 out of 10 Four of five." in words(answer)
    drawn = answer.content.decode().split('<svg class="sl-progress__line"', 1)[1].split(">", 1)[0]
    assert 'aria-hidden="true"' in drawn


def test_an_outcome_for_one_child_stands_on_that_child_s_page_alone(make: Maker, sign_in: SignIn) -> None:
    made, page = make(), sign_in("jane")
    assert DRY in words(page.get(made.tab(JACK)))
    said = words(page.get(made.tab(ROSIE)))
    assert DRY not in said
    assert "bladder clinic" not in said.lower()
    assert "the plan page of Jack Penhallow" in said


def test_who_may_not_see_one_child_meets_neither_name_nor_outcome_on_the_brother_s_page(
    make: Maker, sign_in: SignIn
) -> None:
    made = make()
    universe = made.universe
    keep_colleague_away(
        by=universe.who("gareth"), person=universe.person(JACK), colleague=universe.who("marcus").id,
        reviewer=universe.post("service-manager"), reason="A cousin.", at=universe.at,
    )  # fmt: skip
    marcus = sign_in("marcus")
    answer = marcus.get(made.tab(ROSIE))
    assert TOAST in words(answer)
    for page in (made.tab(ROSIE), made.url(ROSIE), made.url(ROSIE, "/change"), made.url(ROSIE, "/review")):
        page_said = words(marcus.get(page))
        for hidden in (DRY, "Jack", "bladder clinic", "Bladder clinic"):
            assert hidden not in page_said, (page, hidden)
    assert marcus.get(made.tab(JACK)).status_code == 404
    assert marcus.get(made.url(JACK)).status_code == 404


@pytest.mark.parametrize(
    "page",
    ["", "/change", "/review", "/agree", "/who-agrees", "/step", "/versions/00000000-0000-7000-8000-00000000dead"],
)
def test_a_stranger_is_answered_as_if_there_were_no_plan(make: Maker, sign_in: SignIn, page: str) -> None:
    made = make()
    assert sign_in("winston").get(made.url(ROSIE, page)).status_code == 404
    assert sign_in("winston").get(made.tab(ROSIE)).status_code == 404
    assert sign_in("winston").post(made.url(ROSIE, page), {"key": made.plan}).status_code in {404, 405}


def test_a_plan_is_not_opened_on_a_child_who_was_never_on_it(make: Maker, universe: Universe, sign_in: SignIn) -> None:
    made = make()
    skye = universe.person(WITHOUT)
    for page in ("", "/change", "/review", "/agree", "/who-agrees", "/step"):
        assert sign_in("jane").get(f"/people/{skye}/plans/{made.plan}{page}").status_code == 404, page


def test_every_page_of_a_plan_is_a_look_at_each_child_who_is_shown(make: Maker, sign_in: SignIn) -> None:
    made, page = make(), sign_in("jane")
    for part in ("/change", "/review", "/agree", "/who-agrees", "/step"):
        assert page.get(made.url(ROSIE, part)).status_code == 200, part
    set_actor(made.universe.who("jane").id)
    looks = EventPerson.objects.filter(
        person__in=[made.universe.person(ROSIE), made.universe.person(JACK)], event__kind="look", event__what="plan"
    )
    assert looks.count() == 10


def test_saying_what_became_of_help_is_a_look_at_the_child_who_was_to_have_it(make: Maker, sign_in: SignIn) -> None:
    made = make()
    jack = made.universe.person(JACK)
    assert sign_in("jane").get(f"/people/{jack}/services/{made.service}").status_code == 200
    set_actor(made.universe.who("jane").id)
    assert EventPerson.objects.filter(person=jack, event__kind="look", event__what="plan").count() == 1


def test_help_for_a_sister_is_no_part_of_the_plan_of_the_brother_on_whose_record_it_was_asked_for(
    make: Maker, sign_in: SignIn
) -> None:
    made, client = make(children=(JACK,)), sign_in("jane")
    page = f"/people/{made.universe.person(JACK)}/services/new"
    for name, what in ((ROSIE, "Young carers' group"), (JACK, "Swimming")):
        sent = {"key": key_of(client.get(page)), "children": str(made.universe.person(name)), "what": what}
        assert client.post(page, sent | {"of_whom": "Hallowby Carers"}).status_code == 302
    with acting(made.universe.who("jane").id):
        found = {one.what: one.plan for one in list_services([made.universe.person(one) for one in (ROSIE, JACK)])}
    assert (found["Young carers' group"], found["Swimming"]) == (None, made.plan)


def test_the_plan_page_asks_as_much_for_many_children_and_outcomes_as_for_one(make: Maker, sign_in: SignIn) -> None:
    made = make(children=(JACK,))
    jane = sign_in("jane")
    page = made.tab(JACK)
    jane.get(page)
    before = _queries(jane, page)
    universe = made.universe
    by, at = universe.who("jane"), universe.at
    with acting(by.id):
        from sightline.plans.operations import add_child

        add_child(by=by, plan=made.plan, child=universe.person(ROSIE), from_on=local_day(at), at=at)
        for number in range(4):
            add_outcome(by=by, plan=made.plan, words=f"Outcome {number}", at=at)
    assert _queries(jane, page) == before


def _queries(client: object, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200  # type: ignore[attr-defined]  # a browser
    return len(asked)


def test_whoever_says_that_an_action_is_done_comes_back_to_the_plan(make: Maker, sign_in: SignIn) -> None:
    made, jane = make(), sign_in("jane")
    page = made.url(JACK)
    found = re.search(r'href="(/steps/[^"]+/finish[^"]*)"', jane.get(page).content.decode())
    assert found is not None
    finish = found[1].replace("&amp;", "&")
    form = jane.get(finish)
    assert f'href="{page}" class="govuk-back-link"' in form.content.decode()
    answer = jane.post(finish, {"key": key_of(form), "outcome": "It stood there this morning."})
    assert answer.status_code == 302
    assert answer.headers["Location"] == page
    [another] = re.findall(r'href="(/steps/[^"]+/finish)', jane.get(page).content.decode())
    from_my_day = jane.get(another)
    assert 'href="/my-day" class="govuk-back-link"' in from_my_day.content.decode()

"""Making, changing, reviewing and agreeing a plan: what is sent is done once, and what is refused loses nothing."""

import html
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.london import local_day
from sightline.plans.operations import end_outcome, reword_outcome
from sightline.plans.queries import get_plan, list_plans, list_services
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words
from tests.web.plans.conftest import DRY, JACK, LOWENNA, PERRAN, ROSIE, TOAST, Made, Maker


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    return sign_in("jane")


def typed(answer: HttpResponse) -> dict[str, Any]:
    """What the page's form would send if nothing were changed in it."""
    page = answer.content.decode().split("<main", 1)[1]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        if name and (kind is None or kind[1] not in {"radio", "checkbox"} or " checked" in tag):
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL):
        found[name] = [html.unescape(text)]
    return found


def body_of_new(universe: Universe, **more: Any) -> dict[str, Any]:
    """A whole new plan: one outcome with two things to do, terms, and what the mother said."""
    lowenna = universe.person(LOWENNA)
    return {
        "kind": "child_in_need", "children": [str(universe.person(one)) for one in (ROSIE, JACK)],
        "lead": f"post:{min(universe.who('jane').posts)}", "outcomes": "1", "o0-actions": "2",
        "o0-childs_words": TOAST, "o0-words": "Breakfast every morning.", "o0-how_we_know": "Rosie says so.",
        "o0-a0-what": "Is up at seven", "o0-a0-who": "Lowenna", "o0-a0-by_when": "tomorrow", "o0-a0-why": "To eat.",
        "o0-a1-what": "Keeps two places", "o0-a1-who": "Hannah Reyes, school",
        "contingency": "Their aunt has them.", "further_action": "Two mornings in a week.",
        f"g{lowenna}-said": "agreed", f"g{lowenna}-words": "I want the help.",
    } | more  # fmt: skip


def test_a_plan_is_made_on_one_page_with_all_that_was_typed(universe: Universe, jane: Client) -> None:
    url = f"/people/{universe.person(ROSIE)}/plans/new"
    answer = jane.post(url, body_of_new(universe, key=key_of(jane.get(url))))
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(answer["Location"]))
    for part in (
        "Rosie Penhallow; Jack Penhallow", TOAST, "Is up at seven", "Hannah Reyes, school", "Their aunt has them.",
        "Two mornings in a week.", "Agrees", "I want the help.", "Not recorded yet",
    ):  # fmt: skip
        assert part in said, part


def test_nothing_that_is_a_judgement_is_chosen_beforehand(universe: Universe, make: Maker, jane: Client) -> None:
    made = make()
    pages = [f"/people/{universe.person(ROSIE)}/plans/new"]
    pages += [made.url(ROSIE, page) for page in ("/review", "/agree", "/who-agrees", "/step")]
    for page in pages:
        drawn = jane.get(page).content.decode()
        chosen = [tag for tag in re.findall(r"<input[^>]* checked[^>]*>", drawn) if 'name="children"' not in tag]
        assert chosen == [], page
        assert page.endswith("/new") or " checked" not in drawn


def test_a_plan_that_is_sent_twice_is_made_once(universe: Universe, jane: Client) -> None:
    url = f"/people/{universe.person(ROSIE)}/plans/new"
    body = body_of_new(universe, key=key_of(jane.get(url)))
    assert jane.post(url, body).status_code == 302
    assert jane.post(url, body).status_code == 302
    with acting(universe.who("jane").id):
        assert len(list_plans([universe.person(ROSIE)])) == 1


def test_what_is_refused_keeps_all_that_was_typed_here_and_as_a_draft(universe: Universe, jane: Client) -> None:
    rosie = universe.person(ROSIE)
    url = f"/people/{rosie}/plans/new"
    body = body_of_new(universe, key=key_of(jane.get(url)), kind="", **{"o0-a1-who": ""})
    answer = jane.post(url, body)
    drawn, said = answer.content.decode(), words(answer)
    assert "Choose what kind of plan it is." in said
    assert "Say who does it, so that it is somebody's." in said
    for kept in (TOAST, "Breakfast every morning.", "Is up at seven", "Keeps two places", "I want the help."):
        assert kept in drawn, kept
    again = jane.get(url)
    assert "You have begun this before" in words(again)
    draft = re.search(r'href="([^"]+draft=[^"]+)"', again.content.decode())
    assert draft is not None
    assert "Keeps two places" in jane.get(draft[1]).content.decode()


def test_a_row_more_comes_without_script_and_keeps_the_typing(universe: Universe, jane: Client) -> None:
    url = f"/people/{universe.person(ROSIE)}/plans/new"
    first = jane.get(url)
    body = body_of_new(universe, key=key_of(first))
    more = jane.post(url, body | {"add": "outcomes"}).content.decode()
    assert 'name="o1-words"' in more
    assert "Keeps two places" in more
    assert 'name="o0-a2-what"' in jane.post(url, body | {"add": "o0-actions"}).content.decode()
    with acting(universe.who("jane").id):
        assert list_plans([universe.person(ROSIE)]) == []


def test_two_plans_of_one_kind_are_refused_in_words_with_the_typing_kept(make: Maker, jane: Client) -> None:
    made = make()
    url = f"/people/{made.universe.person(ROSIE)}/plans/new"
    answer = jane.post(url, body_of_new(made.universe, key=key_of(jane.get(url))))
    assert answer.status_code == 200
    assert "is on a child in need plan from" in words(answer)
    assert "Keeps two places" in answer.content.decode()


# --- changing it ---------------------------------------------------------------------------------


def test_a_worker_changes_the_words_of_one_outcome_and_nothing_else(make: Maker, jane: Client) -> None:
    made = make()
    with acting(made.universe.who("jane").id):
        before = {one.root: one.id for one in get_plan(made.plan).outcomes}
    form = typed(jane.get(made.url(JACK, "/change")))
    form[f"h{made.both}-words"] = "There is breakfast on school mornings."
    answer = jane.post(made.url(JACK, "/change"), form)
    assert answer.status_code == 302, words(answer)
    with acting(made.universe.who("jane").id):
        plan = get_plan(made.plan)
    by_root = {one.root: one for one in plan.outcomes}
    assert by_root[made.both].words == "There is breakfast on school mornings."
    assert by_root[made.both].childs_words == TOAST
    assert by_root[made.jacks].id == before[made.jacks], "its words were left alone, and so was its row"
    assert len(plan.actions) == 2


def test_an_outcome_ends_with_its_reason_and_another_is_added_with_what_is_done(make: Maker, jane: Client) -> None:
    made = make()
    form = typed(jane.get(made.url(JACK, "/change"))) | {
        f"h{made.jacks}-ended": "on", f"h{made.jacks}-ended_because": "He has been dry for a month.",
        "outcomes": "1", "o0-actions": "1", "o0-words": "Saturdays with Perran go well.",
        "o0-a0-what": "Rings Lowenna on Fridays", "o0-a0-who": "Perran", "contingency": "Their grandmother comes.",
    }  # fmt: skip
    assert jane.post(made.url(JACK, "/change"), form).status_code == 302
    said = words(jane.get(made.tab(JACK)))
    assert "Ended" in said.split("Outcomes that have ended", 1)[1]
    assert "He has been dry for a month" in said
    assert "Saturdays with Perran go well." in said
    assert "Rings Lowenna on Fridays" in said
    assert "Their grandmother comes." in said


def test_who_writes_second_sees_both_texts_and_loses_no_word(make: Maker, jane: Client) -> None:
    made = make()
    form = typed(jane.get(made.url(ROSIE, "/change")))
    by, at = made.universe.who("gareth"), made.universe.at
    with acting(by.id):
        reword_outcome(by=by, outcome=made.both, words="Gareth's words.", childs_words=TOAST, at=at)
    form |= {f"h{made.both}-words": "Jane's words.", f"h{made.jacks}-words": "Jane's other words."}
    answer = jane.post(made.url(ROSIE, "/change"), form)
    assert answer.status_code == 409
    said = words(answer)
    for text in ("Gareth's words.", "Jane's words.", "Jane's other words."):
        assert text in said
    again = typed(answer)
    assert jane.post(made.url(ROSIE, "/change"), again).status_code == 302
    with acting(by.id):
        now = {one.root: one.words for one in get_plan(made.plan).outcomes}
    assert now == {made.both: "Jane's words.", made.jacks: "Jane's other words."}


def test_who_did_not_touch_what_a_colleague_changed_is_not_stopped_by_it(make: Maker, jane: Client) -> None:
    made = make()
    form = typed(jane.get(made.url(ROSIE, "/change")))
    by, at = made.universe.who("gareth"), made.universe.at
    with acting(by.id):
        reword_outcome(by=by, outcome=made.both, words="Gareth's words.", childs_words=TOAST, at=at)
    form[f"h{made.jacks}-words"] = "Jane's other words."
    assert jane.post(made.url(ROSIE, "/change"), form).status_code == 302
    with acting(by.id):
        now = {one.root: one.words for one in get_plan(made.plan).outcomes}
    assert now == {made.both: "Gareth's words.", made.jacks: "Jane's other words."}


def test_what_was_written_of_an_outcome_that_a_colleague_ended_stays_on_the_page(make: Maker, jane: Client) -> None:
    made = make()
    form = typed(jane.get(made.url(ROSIE, "/change")))
    by, at = made.universe.who("gareth"), made.universe.at
    with acting(by.id):
        end_outcome(by=by, outcome=made.both, because="It is reached.", at=at)
    form[f"h{made.both}-words"] = "Jane's words."
    answer = jane.post(made.url(ROSIE, "/change"), form)
    assert answer.status_code == 200
    assert "A colleague ended this outcome meanwhile: It is reached." in words(answer)
    assert "Jane's words." in typed(answer)[f"h{made.both}-words"]


# --- agreeing, reviewing ---------------------------------------------------------------------------


def test_agreement_is_withdrawn_and_what_was_said_before_is_not_lost(make: Maker, jane: Client) -> None:
    made = make()
    lowenna = made.universe.person(LOWENNA)
    page = made.url(ROSIE, "/who-agrees")
    assert 'value="withdrawn"' not in jane.get(page).content.decode(), "nobody can take back what they never said"
    jane.post(page, typed(jane.get(page)) | {f"g{lowenna}-said": "agreed", f"g{lowenna}-words": "Yes, please."})
    assert "Agrees (" in words(jane.get(page))
    form = typed(jane.get(page)) | {f"g{lowenna}-said": "withdrawn", f"g{lowenna}-words": "Not any more."}
    assert jane.post(page, form).status_code == 302
    said = words(jane.get(made.tab(ROSIE)))
    assert "Has withdrawn their agreement Not any more." in said


def test_a_version_stands_word_for_word_with_who_signed_and_who_did_not(make: Maker, jane: Client) -> None:
    made = make()
    lowenna, perran = (made.universe.person(one) for one in (LOWENNA, PERRAN))
    page = made.url(JACK, "/agree")
    form = typed(jane.get(page)) | {
        f"s{lowenna}-signed": "yes", f"s{perran}-signed": "no",
        f"s{perran}-not_signed_because": "He could not come.", "n0-name": "Hannah Reyes", "n0-capacity": "School",
        "n0-signed": "yes",
    }  # fmt: skip
    assert jane.post(page, form).status_code == 302
    change = typed(jane.get(made.url(JACK, "/change"))) | {f"h{made.both}-words": "Something else."}
    assert jane.post(made.url(JACK, "/change"), change).status_code == 302
    tab = jane.get(made.tab(JACK))
    assert "It has been changed since, and is to be agreed anew" in words(tab)
    version = re.search(r'href="([^"]+/versions/[^"]+)"', tab.content.decode())
    assert version is not None
    said = words(jane.get(version[1]))
    for part in (
        "There is breakfast every morning.",
        TOAST,
        DRY,
        "Lowenna Penhallow",
        "He could not come.",
        "Hannah Reyes",
    ):
        assert part in said, part
    assert "Something else." not in said


def test_a_signature_that_comes_later_is_added_and_the_words_stay(make: Maker, jane: Client) -> None:
    made = make()
    jane.post(made.url(JACK, "/agree"), typed(jane.get(made.url(JACK, "/agree"))))
    version = re.search(r'href="([^"]+/versions/[^"]+)"', jane.get(made.tab(JACK)).content.decode())
    assert version is not None
    assert "No signature was recorded, and no reason for none." in words(jane.get(version[1]))
    page = f"{version[1]}/sign"
    form = typed(jane.get(page)) | {f"s{made.universe.person(PERRAN)}-signed": "yes"}
    assert jane.post(page, form).status_code == 302
    assert "Perran Penhallow, father of" in words(jane.get(version[1]))
    assert jane.post(page, form).status_code == 302
    assert words(jane.get(version[1])).count("Signed 2") == 1


def test_on_a_brother_s_version_what_is_another_child_s_alone_is_not_there(make: Maker, jane: Client) -> None:
    made = make()
    jane.post(made.url(ROSIE, "/agree"), typed(jane.get(made.url(ROSIE, "/agree"))))
    version = re.search(r'href="([^"]+/versions/[^"]+)"', jane.get(made.tab(ROSIE)).content.decode())
    assert version is not None
    said = words(jane.get(version[1]))
    assert TOAST in said
    assert DRY not in said


def review_of(made: Made, jane: Client, **more: Any) -> dict[str, Any]:
    form = typed(jane.get(made.url(JACK, "/review")))
    return form | {
        "attended": "Rosie, Jack, Lowenna and school.", "text": "Rosie went first.", "then": "go_on",
        f"p{made.both}-scale": "6", f"p{made.both}-words": "Four mornings of five.",
        f"p{made.jacks}-scale": "not_discussed",
    } | more  # fmt: skip


def test_a_review_keeps_a_number_and_words_for_each_outcome(make: Maker, jane: Client) -> None:
    made = make()
    answer = jane.post(made.url(JACK, "/review"), review_of(made, jane))
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(made.tab(JACK)))
    assert "6 out of 10 Four mornings of five." in said
    assert "Rosie, Jack, Lowenna and school." in said
    assert "since the review on" in said.split("Next review", 1)[1]
    timeline = words(jane.get(f"/people/{made.universe.person(JACK)}/timeline"))
    assert "Rosie went first." in timeline


@pytest.mark.parametrize(
    ("then", "goes_to"),
    [("go_on", "/plan"), ("change", "/change"), ("down", "/step"), ("up", "/plan"), ("end", "/end")],
)
def test_what_should_happen_next_opens_the_page_that_the_answer_says(
    make: Maker, jane: Client, then: str, goes_to: str
) -> None:
    made = make()
    answer = jane.post(made.url(JACK, "/review"), review_of(made, jane, then=then))
    assert answer.status_code == 302, words(answer)
    assert answer["Location"].endswith(goes_to)


def test_a_review_that_misses_a_number_is_refused_with_the_words_kept(make: Maker, jane: Client) -> None:
    made = make()
    body = review_of(made, jane)
    del body[f"p{made.both}-scale"]
    answer = jane.post(made.url(JACK, "/review"), body)
    assert answer.status_code == 200
    assert "Choose a number, or that it was not discussed." in words(answer)
    assert "Four mornings of five." in answer.content.decode()


def test_why_it_was_late_is_asked_of_a_late_review_alone_and_refuses_nothing(
    universe: Universe, make: Maker, jane: Client
) -> None:
    from datetime import timedelta

    in_time = make()
    assert "late_because" not in jane.get(in_time.url(JACK, "/review")).content.decode()
    by, at = universe.who("jane"), universe.at
    with acting(by.id):
        skye = universe.person("Skye Whitcombe")
        late = make_plan(
            by=by, kind="child_in_need", children=[skye], began_on=local_day(at) - timedelta(weeks=20), at=at
        )
    page = f"/people/{skye}/plans/{late}/review"
    form = typed(jane.get(page)) | {"attended": "Kelly.", "text": "Met at home.", "then": "go_on"}
    assert "Why was it held later than it was due?" in words(jane.get(page))
    assert jane.post(page, form).status_code == 302
    form = typed(jane.get(page))
    assert "late_because" not in form, "the clock runs from the review that was held"


# --- help that was asked for -----------------------------------------------------------------------


def test_help_is_asked_for_without_a_plan_and_waits_until_somebody_says_that_it_began(
    universe: Universe, jane: Client
) -> None:
    rosie = universe.person(ROSIE)
    page = f"/people/{rosie}/services/new"
    form = typed(jane.get(page)) | {"children": str(rosie), "what": "Young carers' group", "of_whom": "Hallowby Carers"}
    assert jane.post(page, form).status_code == 302
    tab = jane.get(f"/people/{rosie}/plan")
    assert "Waiting 0 days: nobody has said that it began" in words(tab)
    service = re.search(r'href="([^"]+/services/[0-9a-f][^"]+)"', tab.content.decode())
    assert service is not None
    refused = jane.post(service[1], typed(jane.get(service[1])) | {"became": "began"})
    assert "Say who told us that it began." in words(refused)
    assert (
        jane.post(service[1], typed(jane.get(service[1])) | {"became": "began", "said_by": "Rosie"}).status_code == 302
    )
    assert "Rosie told us" in words(jane.get(f"/people/{rosie}/plan"))
    assert jane.post(service[1], typed(jane.get(service[1])) | {"became": "ended"}).status_code == 302
    assert "Ended" in words(jane.get(f"/people/{rosie}/plan"))


def test_help_that_is_not_coming_says_why(make: Maker, jane: Client) -> None:
    made = make()
    page = f"/people/{made.universe.person(JACK)}/services/{made.service}"
    form = typed(jane.get(page)) | {"became": "not_coming", "because": "The clinic takes children from seven."}
    assert jane.post(page, form).status_code == 302
    assert "Not coming: The clinic takes children from seven." in words(jane.get(made.tab(JACK)))


def test_help_for_another_child_is_not_answered_on_this_one_s_record(make: Maker, jane: Client) -> None:
    made = make()
    assert jane.get(f"/people/{made.universe.person(ROSIE)}/services/{made.service}").status_code == 404
    with acting(made.universe.who("jane").id):
        assert list_services([made.universe.person(ROSIE)]) == []


# --- stepping up and down --------------------------------------------------------------------------


def test_a_worker_asks_and_a_manager_steps_one_child_down_while_the_sister_stays(make: Maker, sign_in: SignIn) -> None:
    made = make()
    jack = str(made.universe.person(JACK))
    jane, page = sign_in("jane"), made.url(ROSIE, "/step")
    asked = jane.post(page, typed(jane.get(page)) | {"children": jack, "reason": "Dry for four weeks."})
    assert asked.status_code == 302, words(asked)
    assert "Child in need plan" in words(jane.get(made.tab(JACK)))
    gareth = sign_in("gareth")
    said = words(gareth.get(page))
    assert "A colleague has asked for this, for Jack Penhallow." in said
    assert "Dry for four weeks." in said
    form = typed(gareth.get(page)) | {
        "decision": "agree", "children": jack, "reason": "I agree with Jane.", "outcomes": str(made.jacks),
        "services": str(made.service),
    }  # fmt: skip
    done = gareth.post(page, form)
    assert done.status_code == 302, words(done)
    jacks, rosies = words(jane.get(made.tab(JACK))), words(jane.get(made.tab(ROSIE)))
    assert "Early help plan, from" in jacks
    assert DRY in jacks
    assert "Earlier plans" in jacks
    assert "Child in need plan, from" in rosies
    assert "Early help plan" not in rosies
    assert "A colleague has asked for this" not in words(gareth.get(page))


def test_a_manager_who_does_not_agree_says_why_and_the_plan_goes_on(make: Maker, sign_in: SignIn) -> None:
    made = make()
    jack = str(made.universe.person(JACK))
    jane, gareth, page = sign_in("jane"), sign_in("gareth"), made.url(JACK, "/step")
    jane.post(page, typed(jane.get(page)) | {"children": jack, "reason": "Dry for four weeks."})
    empty = gareth.post(page, typed(gareth.get(page)) | {"decision": "return"})
    assert "Say why not, and what should happen instead." in words(empty)
    form = typed(gareth.get(page)) | {"decision": "return", "returned": "Wait for the clinic."}
    assert gareth.post(page, form).status_code == 302
    assert "Child in need plan, from" in words(jane.get(made.tab(JACK)))
    assert "Wait for the clinic." in words(jane.get(f"/people/{jack}/timeline"))


def test_a_social_worker_steps_one_child_up_while_the_brother_stays(make: Maker, sign_in: SignIn) -> None:
    made = make(kind="early_help")
    rosie = str(made.universe.person(ROSIE))
    jane, page = sign_in("jane"), made.url(ROSIE, "/step")
    form = typed(jane.get(page)) | {"children": rosie, "reason": "A bruise.", "outcomes": str(made.both)}
    done = jane.post(page, form)
    assert done.status_code == 302, words(done)
    assert "Child in need plan, from" in words(jane.get(made.tab(ROSIE)))
    assert "Early help plan, from" in words(jane.get(made.tab(JACK)))
    assert "Child in need plan" not in words(jane.get(made.tab(JACK)))


def test_an_earlier_plan_can_still_be_read(make: Maker, sign_in: SignIn) -> None:
    made = make()
    jack = str(made.universe.person(JACK))
    gareth, page = sign_in("gareth"), made.url(JACK, "/step")
    gareth.post(page, typed(gareth.get(page)) | {"children": jack, "reason": "Dry for four weeks."})
    said = words(gareth.get(made.url(JACK)))
    assert "Stepped down to early help: Dry for four weeks" in said

"""A worker asks, a manager answers for everything that is open, and the record says how it ended."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.audit.models import EventPerson
from sightline.doorway.acts import acting
from sightline.partnership.operations import involve
from sightline.partnership.queries import list_messages
from sightline.plans.operations import agree_action, ask_service, record_agreement
from sightline.record.queries import get_ending, get_open_episodes, list_endings, list_left_open
from sightline.record.rules import Concerned
from tests.journeys.ending_case import SUMMARY, Case, on_plan, owe
from tests.journeys.told import take
from tests.journeys.world import BEGIN
from tests.web.front_door.desk import typed_in

SignIn = Callable[[str], Client]


def text_of(answer: object) -> str:
    """What the page says, without its tags."""
    body = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)  # type: ignore[attr-defined]  # a response
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def asked(case: Case, client: Client, *children: UUID) -> UUID:
    """Asked for by the page; the step."""
    page = reverse("ending-ask", args=[case.leo])
    sent = typed_in(client.get(page).content.decode())
    sent |= {"children": [str(one) for one in children or case.children], "reason": "services_ended", **SUMMARY}
    answer = client.post(page, sent)
    assert answer.status_code == 302, text_of(answer)
    with acting(case.world.watcher):
        return list_endings([case.leo])[0].step


def answers_in(page: str) -> dict[str, str]:
    """The hidden key and every empty field of the manager's form."""
    return typed_in(page) | dict.fromkeys(re.findall(r'name="((?:outcome|accepted)-[^"]+)"', page), "")


def test_asking_shows_what_is_open_and_says_who_answers(case: Case, sign_in: SignIn) -> None:
    owe(case, "action", "Find a bed")
    jane = sign_in("Jane Smith")
    said = text_of(jane.get(reverse("ending-ask", args=[case.leo])))
    assert "To do: Find a bed" in said
    assert "Fay Lund, Family-Manager answers" in said
    step = asked(case, jane)
    again = text_of(jane.get(reverse("ending-ask", args=[case.leo])))
    assert (
        "It waits with Fay Lund, Family-Manager: due" in again or "It waits with Fay Lund, Family-Manager. Due" in again
    )
    assert "Ask for the ending" not in again
    with acting(case.world.watcher):
        assert set(get_ending(step).children) == set(case.children)


def test_asking_is_a_look_at_each_child_of_whom_something_open_is_shown(case: Case, sign_in: SignIn) -> None:
    assert sign_in("Jane Smith").get(reverse("ending-ask", args=[case.leo])).status_code == 200
    with acting(case.world.watcher):
        seen = EventPerson.objects.filter(event__kind="look", event__what="ending", person__in=case.children)
        assert set(seen.values_list("person", flat=True)) == set(case.children)


def test_nothing_that_is_a_judgement_is_chosen_and_what_was_typed_is_kept(case: Case, sign_in: SignIn) -> None:
    jane, page = sign_in("Jane Smith"), reverse("ending-ask", args=[case.leo])
    body = jane.get(page).content.decode()
    assert re.findall(r'name="reason"[^>]*checked', body) == []
    chosen = re.findall(r'name="children"[^>]*value="([^"]+)"[^>]*checked', body)
    assert chosen == [str(case.leo)]
    sent = typed_in(body) | {"children": [str(case.leo)], "what_changed": "He sleeps through."}
    refused = jane.post(page, sent)
    assert refused.status_code == 200
    assert "He sleeps through." in refused.content.decode()
    assert "Say who holds the worry from now on" in text_of(refused)
    assert "Unfinished request to end involvement" in text_of(jane.get(reverse("my-day")))


def test_the_manager_sees_every_matter_and_nothing_is_answered_beforehand(case: Case, sign_in: SignIn) -> None:
    """CA3: each open concern, action, assessment, service, disagreement, and whoever has had no feedback."""
    take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=BEGIN)
    plan = on_plan(case)
    agree_action(by=case.jane, plan=plan, what="Find a bed", who="Aunt Nora", post=None, at=BEGIN)
    ask_service(by=case.jane, children=case.children, what="Speech therapy", asked_on=BEGIN.date(), post=None,
                plan=plan, at=BEGIN)  # fmt: skip
    record_agreement(by=case.jane, plan=plan, person=case.leo, said="not_agreed", said_on=BEGIN.date(), at=BEGIN)
    owe(case, "assessment")
    step = asked(case, sign_in("Jane Smith"))
    fay = sign_in("Fay Lund")
    assert reverse("ending", args=[step]) in fay.get(reverse("my-day")).content.decode()
    answer = fay.get(reverse("ending", args=[step]))
    said, body = text_of(answer), answer.content.decode()
    for words in ("The contact of 2 March 2026 is not decided", "Whoever told us", "Find a bed",
                  "nobody has said that it began: Speech therapy", "The assessment that began"):  # fmt: skip
        assert words in said
    assert "A young person does not agree to the plan that is open" in said
    assert reverse("plan", args=[case.leo, plan]) in body
    assert "The ending does not close this. The front door still decides it." in said
    assert said.count("our involvement as a child in need since") == 2
    assert "When each child was last seen" in said
    assert "Child in need plan" in said
    assert re.findall(r'name="(?:outcome|accepted)-[^"]+"[^>]*value="[^"]+"', body) == []
    empty = fay.post(reverse("ending", args=[step]), answers_in(body))
    assert empty.status_code == 200
    assert text_of(empty).count("say what became of it, or why you accept it") >= 5
    with acting(case.world.watcher):
        assert len(get_open_episodes(case.children)) == 2


def test_answered_for_each_it_ends_and_the_record_says_what_was_open(case: Case, sign_in: SignIn) -> None:
    owe(case, "action", "Find a bed")
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    step = asked(case, jane)
    page = reverse("ending", args=[step])
    sent = answers_in(fay.get(page).content.decode())
    (field,) = [name for name in sent if name.startswith("accepted-")]
    answer = fay.post(page, sent | {field: "Their aunt has one."}, follow=True)
    said = text_of(answer)
    assert "Involvement ended" in said
    assert "Fay Lund accepted that it was open: Their aunt has one." in said
    assert SUMMARY["how_to_come_back"] in said
    # Sent twice, it is done once, and the second answer is the first.
    assert fay.post(page, sent | {field: "Their aunt has one."}).status_code == 302
    with acting(case.world.watcher):
        assert get_open_episodes(case.children) == {}
        entry = get_ending(step).entry
        assert entry is not None
        assert len(list_left_open([entry])[entry]) == 1
    assert reverse("ended", args=[entry]) in jane.get(reverse("my-day")).content.decode()
    timeline = jane.get(reverse("person-timeline", args=[case.max]))
    assert "How to come back" in text_of(timeline)
    assert reverse("ended", args=[entry]) in timeline.content.decode()


def test_where_nothing_is_open_the_page_says_so_and_asks_for_nothing(case: Case, sign_in: SignIn) -> None:
    step, fay = asked(case, sign_in("Jane Smith")), sign_in("Fay Lund")
    page = reverse("ending", args=[step])
    answer = fay.get(page)
    assert "Nothing is open about these children" in text_of(answer)
    assert "outcome-" not in answer.content.decode()
    ended = text_of(fay.post(page, answers_in(answer.content.decode()), follow=True))
    assert "Nothing was open." in ended


def test_a_protection_plan_stops_both_pages_with_what_to_do(case: Case, sign_in: SignIn) -> None:
    jane = sign_in("Jane Smith")
    step = asked(case, jane)
    on_plan(case, "protection", [case.leo])
    for client, page in ((sign_in("Fay Lund"), reverse("ending", args=[step])),
                         (jane, reverse("ending-ask", args=[case.leo]))):  # fmt: skip
        said = text_of(client.get(page))
        assert "A review conference ends it: ask its chair for one" in said
        assert "Authorise the ending" not in said
        assert "Ask for the ending" not in said


def test_a_returned_ending_leads_back_to_the_words_that_were_written(case: Case, sign_in: SignIn) -> None:
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    step = asked(case, jane)
    sent = typed_in(fay.get(reverse("ending", args=[step])).content.decode())
    refused = fay.post(reverse("ending-return", args=[step]), {"key": sent["key"], "words": " "})
    assert "Say what is still to be done before this can end" in text_of(refused)
    assert (
        fay.post(reverse("ending-return", args=[step]), {"key": sent["key"], "words": "Tell the school."}).status_code
        == 302
    )
    page = jane.get(reverse("ending-ask", args=[case.leo]))
    assert "Tell the school." in text_of(page)
    assert SUMMARY["what_changed"] in page.content.decode()
    assert "An ending that was asked for was returned" in text_of(jane.get(reverse("my-day")))


def test_a_worker_reads_where_it_stands_and_cannot_answer(case: Case, sign_in: SignIn) -> None:
    jane = sign_in("Jane Smith")
    step = asked(case, jane)
    page = reverse("ending", args=[step])
    answer = jane.get(page)
    assert "Authorise the ending" not in text_of(answer)
    key = "01a1ff49-518a-71d0-a3f6-12d1b4d5c2b7"
    assert jane.post(page, {"key": key}).status_code == 403
    assert jane.post(reverse("ending-return", args=[step]), {"key": key, "words": "No"}).status_code == 403


def test_a_team_that_does_not_work_with_them_finds_no_ending(case: Case, sign_in: SignIn) -> None:
    step = asked(case, sign_in("Jane Smith"))
    kit = sign_in("Kit Rowe")
    for page in (reverse("ending", args=[step]), reverse("ending-ask", args=[case.leo])):
        assert kit.get(page).status_code == 404


def test_each_professional_is_told_by_name_how_to_come_back_and_nobody_by_itself(
    case: Case, sign_in: SignIn, mailbox: object
) -> None:
    involve(by=case.jane, child=case.leo, agency_post=case.world.school_lead, name="Ms Teach", role="Lead",
            from_on=BEGIN.date(), at=BEGIN)  # fmt: skip
    step, fay = asked(case, sign_in("Jane Smith")), sign_in("Fay Lund")
    page = reverse("ending", args=[step])
    said = fay.post(page, answers_in(fay.get(page).content.decode()), follow=True)
    assert "Ms Teach, Safeguarding lead, Weir Primary School: Tell them" in text_of(said)
    with acting(case.world.watcher):
        entry = get_ending(step).entry
        assert entry is not None
        assert list_messages(entry) == []
    telling = reverse("ended-tell", args=[entry, case.world.school_lead])
    sent = typed_in(fay.get(telling).content.decode())
    assert SUMMARY["how_to_come_back"] in html.unescape(sent["text"])
    assert "sleeps" not in sent["text"]
    answer = fay.post(telling, {"key": sent["key"], "text": html.unescape(sent["text"]), "means": "link"})
    assert re.search(r"data-code>[^<]{4,}", answer.content.decode())
    with acting(case.world.watcher):
        assert [line.agency_post for line in list_messages(entry)] == [case.world.school_lead]


def test_no_further_action_asks_a_manager_and_tells_a_social_worker_to_ask_one(case: Case, sign_in: SignIn) -> None:
    owe(case, "action", "Find a bed")
    contact, _ = take(
        case.world, concerned=[Concerned(case.leo)], new_people=[], at=timezone.now() - timedelta(hours=1)
    )
    page, send = reverse("contact", args=[contact]), reverse("contact-decide", args=[contact])
    sol, mag = sign_in("Sol Abara"), sign_in("Mag Price")
    given = {"outcome": "referral_no_further_action", "reason": "Seen at school, well.", "need": "N1", "then": "later"}
    assert "While this is open, only a manager decides no further action" in text_of(sol.get(page))
    refused = sol.post(send, typed_in(sol.get(page).content.decode()) | given)
    assert "only a manager may decide no further action" in text_of(refused)
    body = mag.get(page).content.decode()
    (field,) = set(re.findall(r'name="(accepted-[^"]+)"', body))
    key = typed_in(body)["key"]
    empty = mag.post(send, given | {"key": key, field: ""})
    assert "say why you accept that it stays open" in text_of(empty)
    assert mag.post(send, given | {"key": key, field: "Jane goes on with it."}).status_code == 302


def test_a_contact_with_nothing_else_open_asks_no_manager(case: Case, sign_in: SignIn) -> None:
    contact, _ = take(case.world, at=timezone.now() - timedelta(hours=1))
    said = text_of(sign_in("Sol Abara").get(reverse("contact", args=[contact])))
    assert "only a manager decides no further action" not in said


def test_an_ending_to_answer_is_among_the_decisions_that_wait_for_the_manager(case: Case, sign_in: SignIn) -> None:
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    assert "Decisions that wait for you (0)" in text_of(fay.get(reverse("team")))
    step = asked(case, jane)
    answer = fay.get(reverse("team"))
    assert "Decisions that wait for you (1)" in text_of(answer)
    assert reverse("ending", args=[step]) in answer.content.decode()
    case_list = text_of(jane.get(reverse("my-day"))).split("Children you carry", 1)[1]
    assert "Ending asked of Fay Lund" in case_list


def test_answering_an_ending_clears_what_told_of_it(case: Case, sign_in: SignIn) -> None:
    step, fay = asked(case, sign_in("Jane Smith")), sign_in("Fay Lund")
    asks = "Somebody asks you to authorise the end"
    page = reverse("ending", args=[step])
    told = text_of(fay.get(reverse("my-day")))
    fay.post(page + "/return", typed_in(fay.get(page).content.decode()) | {"words": "See him once more."})
    after = text_of(fay.get(reverse("my-day")))
    assert asks in told
    assert asks not in after


def test_what_is_still_to_be_done_is_found_again_apart_from_the_answers(case: Case, sign_in: SignIn) -> None:
    owe(case, "action", "Find a bed")
    step, fay = asked(case, sign_in("Jane Smith")), sign_in("Fay Lund")
    page = reverse("ending", args=[step])
    body = fay.get(page).content.decode()
    answers, back = re.findall(r'data-draft-url="([^"]+)"', body)
    assert answers != back
    about = {"draft_about": str(step), "draft_order": "1"}
    accepted = next(name for name in answers_in(body) if name.startswith("accepted-"))
    fay.post(answers, about | {"draft_form": "ending-answer", accepted: "Her aunt has one."})
    fay.post(back, about | {"draft_form": "ending-return", "words": "Tell the school."})
    found = [
        fay.get(one).content.decode()
        for one in re.findall(r'href="([^"]+\?draft=[^"]+)"', fay.get(page).content.decode())
    ]
    assert len(found) == 2
    assert [("Her aunt has one." in one, "Tell the school." in one) for one in found] == [(True, False), (False, True)]


def test_a_message_about_an_ending_is_found_again_for_the_one_it_was_for(case: Case, sign_in: SignIn) -> None:
    involve(by=case.jane, child=case.leo, agency_post=case.world.school_lead, name="Ms Teach", role="Lead",
            from_on=BEGIN.date(), at=BEGIN)  # fmt: skip
    step, fay = asked(case, sign_in("Jane Smith")), sign_in("Fay Lund")
    page = reverse("ending", args=[step])
    fay.post(page, answers_in(fay.get(page).content.decode()))
    with acting(case.world.watcher):
        entry = get_ending(step).entry
    telling = reverse("ended-tell", args=[entry, case.world.school_lead])
    sent = typed_in(fay.get(telling).content.decode())
    assert fay.post(telling, sent | {"text": "He is well, and you can ring us."}).status_code == 200
    onward = re.search(rf'href="({telling}\?draft=[^"]+)"', fay.get(telling).content.decode())
    assert onward is not None
    assert "He is well, and you can ring us." in fay.get(onward[1]).content.decode()
    assert "Unfinished message about an ending" in text_of(fay.get(reverse("my-day")))

"""A strategy discussion: asked for with two fields, recorded on one page, added to, decided for each child."""

from typing import Any

from django.test import Client
from django.urls import reverse

from sightline.audit.models import EventPerson
from sightline.doorway.acts import acting, set_actor
from sightline.enquiries.operations import record_discussion
from sightline.enquiries.queries import list_discussions, list_enquiries
from sightline.enquiries.rules import DiscussionHeld
from sightline.kernel.references import new_id
from sightline.record.queries import list_steps_about
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words
from tests.web.enquiries.conftest import WHY, Danger

SHARED = "Called to the house twice in October; no arrest."


def whole(danger: Danger, **more: Any) -> dict[str, Any]:
    """The page as a worker fills it: three agencies, a decision for each child, one action."""
    jane = danger.universe.who("jane")
    return {
        "held_at": "today at 00:01", "how": "video", "manner": "joint", "medical": "needed",
        "medical_because": "The bruise is fresh.", "safety": "Both stay with their aunt tonight.",
        "t-social_care-there": "there", "t-social_care-who": str(min(jane.posts)),
        "t-social_care-shared": "Seen on Monday.",
        "t-police-there": "there", "t-police-name": "Dan Rowe", "t-police-role": "detective sergeant",
        "t-police-shared": SHARED, "t-police-handling": "not_family",
        "t-health-there": "not_there", "t-health-because": "Rang three times.", "others": "0", "actions": "1",
        "alone_because": "Health could not be reached by noon.",
        f"d-{danger.jack}-outcome": "enquiry", f"d-{danger.jack}-reasons": "A bruise that no account explains.",
        f"d-{danger.rosie}-outcome": "goes_on", f"d-{danger.rosie}-reasons": "Seen and well.",
        "a0-what": "Ring the aunt", "a0-post": str(min(jane.posts)), "a0-due": "tomorrow",
    } | more  # fmt: skip


def test_it_is_asked_for_with_the_children_and_why(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/strategy/new"
    page = jane.get(url)
    assert f'value="{danger.jack}" checked' in page.content.decode()
    body = {"key": key_of(page), "children": [str(danger.jack), str(danger.rosie)], "why": WHY}
    answer = jane.post(url, body)
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(answer["Location"]))
    for part in ("Asked for", WHY, "Jack Penhallow: Not decided yet", "Rosie Penhallow: Not decided yet"):
        assert part in said, part
    assert jane.post(url, body).status_code == 302
    with acting(danger.universe.who("jane").id):
        assert len(list_discussions([danger.jack])) == 1


def test_what_a_page_saves_after_its_form_was_sent_begins_no_draft(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/strategy/new"
    body = {"key": key_of(jane.get(url)), "children": [str(danger.jack)], "why": WHY}
    assert jane.post(url, body).status_code == 302
    late = body | {"draft_form": "strategy-ask", "draft_about": str(danger.jack)}
    assert jane.post(reverse("save-draft", args=[body["key"]]), late).status_code == 200
    assert "You have begun this before" not in words(jane.get(url))
    # Another page's typing is kept.
    assert jane.post(reverse("save-draft", args=[new_id()]), late).status_code == 200
    assert "You have begun this before" in words(jane.get(url))


def test_what_is_missing_is_asked_for_and_the_words_are_kept(danger: Danger, jane: Client) -> None:
    url = f"/people/{danger.jack}/strategy/new"
    answer = jane.post(url, {"key": key_of(jane.get(url)), "why": WHY})
    assert "Choose at least one child." in words(answer)
    assert WHY in answer.content.decode()
    assert "You have begun this before" in words(jane.get(url))


def test_it_is_recorded_and_decided_on_one_page(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    url = f"/strategy/{step}/record"
    answer = jane.post(url, whole(danger, key=key_of(jane.get(url))))
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(f"/strategy/{step}"))
    for part in (
        "Jointly by social care and police", "Both stay with their aunt tonight.", "Dan Rowe, detective sergeant",
        SHARED, "Not to be given to the family", "From the police", "Health could not be reached by noon.",
        "Could not be reached, or did not come. Rang three times.", "A section 47 enquiry begins",
        "A bruise that no account explains.", "Ring the aunt", "Not there Health",
    ):  # fmt: skip
        assert part in said, part
    with acting(danger.universe.who("jane").id):
        assert [one.step for one in list_enquiries([danger.jack])]
        assert not list_enquiries([danger.rosie])
        assert {one.kind for one in list_steps_about(subject=step)} == {"action", "medical"}


def test_only_when_it_was_held_is_needed(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    url = f"/strategy/{step}/record"
    answer = jane.post(url, {"key": key_of(jane.get(url)), "held_at": "today at 00:01", "others": "0", "actions": "1"})
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(f"/strategy/{step}"))
    assert "Held, and not yet decided" in said
    assert "Not there Social care, police and health" in said


def test_nothing_is_chosen_beforehand_but_what_is_a_fact(danger: Danger, jane: Client) -> None:
    step, enquiry = danger.asked(), danger.enquired()
    for page in (f"/strategy/{step}/record", f"/strategy/{step}/decide", f"/enquiry/{enquiry}/conclude"):
        assert " checked" not in jane.get(page).content.decode(), page


def test_one_more_who_took_part_comes_without_script_and_keeps_the_typing(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    url = f"/strategy/{step}/record"
    more = jane.post(url, whole(danger, key=key_of(jane.get(url)), add="others")).content.decode()
    assert 'name="o0-shared"' in more
    assert SHARED in more
    assert "Ring the aunt" in more


def test_what_is_refused_stands_beside_its_child_and_nothing_is_lost(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    url = f"/strategy/{step}/record"
    answer = jane.post(
        url, whole(danger, **{"key": key_of(jane.get(url)), "step": str(step), f"d-{danger.jack}-reasons": ""})
    )
    assert "Write why, for this child." in words(answer)
    for kept in (SHARED, "Both stay with their aunt tonight.", "Seen and well.", "Rang three times."):
        assert kept in answer.content.decode(), kept
    draft = jane.get(url).content.decode()
    assert "You have begun this before" in draft


def test_a_discussion_that_a_colleague_recorded_first_shows_both_texts(danger: Danger, jane: Client) -> None:
    step, universe = danger.asked(), danger.universe
    url = f"/strategy/{step}/record"
    key = key_of(jane.get(url))
    with acting(universe.who("jane").id):
        record_discussion(
            by=universe.who("jane"), discussion=step,
            held=DiscussionHeld(held_at=universe.at, safety="Their gran has them."), at=universe.at,
        )  # fmt: skip
    set_actor(universe.who("jane").id)
    answer = jane.post(url, whole(danger, key=key))
    assert answer.status_code == 409, words(answer)
    assert "Their gran has them." in words(answer)
    assert "Both stay with their aunt tonight." in words(answer)


def test_what_somebody_shared_is_added_later_and_says_whose_it_is(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    url = f"/strategy/{step}/add"
    body = {
        "key": key_of(jane.get(url)), "o0-who": "kind:health", "o0-name": "Dr Amara Osei", "o0-there": "sent",
        "o0-shared": "Two missed appointments.", "o0-handling": "ask_first",
    }  # fmt: skip
    answer = jane.post(url, body)
    assert answer.status_code == 302, words(answer)
    said = words(jane.get(f"/strategy/{step}"))
    for part in (
        "Dr Amara Osei",
        "Sent what they know",
        "Two missed appointments.",
        "Ask whoever told us before sharing",
    ):
        assert part in said, part


def test_it_is_decided_later_for_the_children_who_wait(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    url = f"/strategy/{step}/decide"
    body = {
        "key": key_of(jane.get(url)),
        f"d-{danger.rosie}-outcome": "nothing_more",
        f"d-{danger.rosie}-reasons": "Seen and well.",
    }
    assert jane.post(url, body).status_code == 302
    page = jane.get(url).content.decode()
    assert f"d-{danger.jack}-outcome" in page
    assert f"d-{danger.rosie}-outcome" not in page
    assert "Decide for at least one child." in words(jane.post(url, {"key": key_of(jane.get(url))}))


def test_whoever_asks_again_is_shown_the_one_that_waits(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    page = jane.get(f"/people/{danger.jack}/strategy/new")
    assert "One was asked for today" in words(page) or "One was asked for yesterday" in words(page)
    assert f'href="/strategy/{step}"' in page.content.decode()


def test_one_that_is_recorded_leads_to_its_page_and_not_to_an_empty_form(danger: Danger, jane: Client) -> None:
    step, by = danger.asked(), danger.universe.who("jane")
    with acting(by.id):
        record_discussion(by=by, discussion=step, held=DiscussionHeld(danger.universe.at), at=danger.universe.at)
    answer = jane.get(f"/strategy/{step}/record", follow=True)
    assert "It is recorded already." in words(answer)


def test_each_page_of_it_is_a_look_at_each_child(danger: Danger, jane: Client) -> None:
    step = danger.asked()
    for page in ("", "/record", "/add", "/decide"):
        assert jane.get(f"/strategy/{step}{page}").status_code == 200, page
    set_actor(danger.universe.who("jane").id)
    looks = EventPerson.objects.filter(
        person__in=[danger.rosie, danger.jack], event__kind="look", event__what="protection"
    )
    assert looks.count() == 8


def test_a_stranger_is_answered_as_if_there_were_none(danger: Danger, sign_in: SignIn) -> None:
    step, winston = danger.asked(), sign_in("winston")
    for page in ("", "/record", "/add", "/decide"):
        assert winston.get(f"/strategy/{step}{page}").status_code == 404, page
    assert winston.get(f"/people/{danger.jack}/strategy/new").status_code == 404
    assert winston.get(danger.tab()).status_code == 404


def test_whoever_asks_reads_who_was_told_and_whom_to_ring_out_of_hours(danger: Danger, jane: Client) -> None:
    said = words(jane.get(f"/strategy/{danger.asked()}"))
    assert "Told: " in said
    assert "Do not wait for an answer. Ring " in said
    assert "Out of hours ring Emergency" in said

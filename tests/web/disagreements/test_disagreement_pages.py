"""Raising a disagreement from a decision, adding to it, taking it further, resolving it, and telling whoever it was."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from sightline.disagreements.queries import DisagreementView, list_disagreements
from sightline.doorway.acts import acting
from sightline.kernel.references import new_id
from sightline.partnership.operations import involve
from tests.journeys.ending_case import Case
from tests.web.casework.reading import words
from tests.web.signals.playing import ago, said

SignIn = Callable[[str], Client]
UNSAFE = "They are not safe there. <b>He</b> told our nurse so."


def send(client: Client, page: str, *keys: object, **given: Any) -> Any:
    return client.post(reverse(page, args=keys), {"key": str(new_id()), **given}, follow=True)


def teacher(case: Case) -> UUID:
    """Tess Alder works with Leo, so that she stands first in the list."""
    return involve(by=case.jane, child=case.leo, agency_post=case.world.school_lead, name="Tess Alder",
                   role="Safeguarding lead", from_on=ago(30).date(), at=ago(1))  # fmt: skip


def of(case: Case, name: str = "Jane Smith") -> list[DisagreementView]:
    with acting(case.world.accounts[name]):
        return list_disagreements(case.children, only_open=False)


def raise_on_the_page(case: Case, jane: Client, **changes: str) -> Any:
    """Four inputs: who, what they say, what we say, and how the children are kept safe. The rest stands there."""
    asked = reverse("disagreement-new", args=[case.leo]) + f"?about=contact:{case.contact}"
    form = jane.get(asked).context["form"]
    body = {"about": form.initial["about"], "children": form.initial["children"], "subject": f"contact:{case.contact}"}
    four = {
        "side": f"with:{teacher(case)}",
        "words": UNSAFE,
        "with_words": "Seen alone.",
        "safety": "Aunt sleeps there.",
    }
    return send(jane, "disagreement-new", case.leo, **body, **(four | changes))


def test_from_a_decision_four_inputs_put_both_views_on_every_childs_record(case: Case, sign_in: SignIn) -> None:
    jane = sign_in("Jane Smith")
    page = words(raise_on_the_page(case, jane))
    found = of(case)[0]
    assert (found.subject_kind, found.subject) == ("contact", case.contact)
    assert set(found.children) == set(case.children)
    assert "What was decided on the contact of 2 March 2026" in page
    for part in ("Between Tess Alder, Safeguarding lead, Weir Primary School and Jane Smith, Family-1",
                 "Stage 1: between the two of them", "Jane Smith, Family-1 resolves it", "Seen alone.",
                 "Aunt sleeps there."):  # fmt: skip
        assert part in page, part
    for child in case.children:
        assert "Professionals do not agree: What was decided on the contact of 2 March 2026. Stage 1" in said(
            jane, "person", child
        )
    assert "&lt;b&gt;He&lt;/b&gt;" in jane.get(reverse("disagreement", args=[found.step])).content.decode()


def test_what_was_typed_is_kept_when_something_is_missing_and_when_it_is_taken_up_again(
    case: Case, sign_in: SignIn
) -> None:
    jane, key = sign_in("Jane Smith"), str(new_id())
    refused = raise_on_the_page(case, jane, side="", key=key)
    assert "Choose who does not agree." in words(refused)
    assert "He&lt;/b&gt; told our nurse so." in refused.content.decode()
    again = jane.get(reverse("disagreement-new", args=[case.leo]) + f"?draft={key}")
    assert "told our nurse so." in again.content.decode()
    assert f'value="contact:{case.contact}"' in again.content.decode()
    assert "Unfinished disagreement for Leo Reed" in said(jane, "my-day")
    assert of(case) == []


def test_sent_twice_it_is_one_disagreement(case: Case, sign_in: SignIn) -> None:
    jane, key = sign_in("Jane Smith"), str(new_id())
    asked = {"about": "The plan", "side": f"agency:{case.world.school_lead}", "name": "Tess", "words": "No.",
             "children": [str(case.leo)], "key": key}  # fmt: skip
    for _ in range(2):
        send(jane, "disagreement-new", case.leo, **asked)
    assert len(of(case)) == 1


def test_it_is_taken_further_by_name_and_whoever_carries_it_is_told_and_has_it_on_their_day(
    case: Case, sign_in: SignIn
) -> None:
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    raise_on_the_page(case, jane)
    step = of(case)[0].step
    assert "Resolve a disagreement" not in said(fay, "my-day")
    page = send(jane, "disagreement-escalate", step, came_of="They met.", post=str(case.world.posts["family-manager"]),
                resolver="Fay Lund with the head", stage="1")  # fmt: skip
    assert "Stage 2: with their managers" in words(page)
    assert "Fay Lund with the head resolves it" in words(page)
    day = said(fay, "my-day")
    assert "A disagreement between professionals is yours to resolve" in day
    assert "Resolve a disagreement: What was decided on the contact of 2 March 2026" in day
    again = send(jane, "disagreement-escalate", step, came_of="Again.", post=str(case.world.posts["service-manager"]),
                 stage="1")  # fmt: skip
    assert "Somebody has taken this to stage 2 meanwhile" in words(again)
    assert "Again." in again.content.decode()


def test_a_side_adds_its_words_and_how_the_children_are_kept_safe_is_added_to(case: Case, sign_in: SignIn) -> None:
    jane = sign_in("Jane Smith")
    raise_on_the_page(case, jane)
    found = of(case)[0]
    send(jane, "disagreement-say", found.step, side=str(found.sides[0].id), words="And he was hungry today.")
    page = words(send(jane, "disagreement-safety", found.step, words="From today they are with her."))
    for part in (
        "told our nurse so.",
        "And he was hungry today.",
        "Aunt sleeps there.",
        "From today they are with her.",
    ):
        assert part in page


def test_resolved_it_leaves_the_overview_stands_on_the_timeline_and_the_school_is_told_by_the_worker(
    case: Case, sign_in: SignIn
) -> None:
    jane = sign_in("Jane Smith")
    raise_on_the_page(case, jane)
    step = of(case)[0].step
    page = send(
        jane, "disagreement-resolve", step, how="changed", came_of="They stay with their aunt.", learned="Ring."
    )
    assert "Telling them how it was resolved" in words(page)
    assert "Professionals do not agree" not in said(jane, "person", case.leo)
    timeline = said(jane, "person-timeline", case.leo)
    for part in ("Disagreement", "told our nurse so.", "Seen alone.", "They stay with their aunt.",
                 "What was decided was changed.", "Ring."):  # fmt: skip
        assert part in timeline, part
    assert "Say how the disagreement was resolved: Safeguarding lead, Weir Primary School" in said(jane, "my-day")
    tell = reverse("disagreement-tell", args=[step, case.world.school_lead])
    draft = jane.get(tell).context["form"].initial["text"]
    assert "They stay with their aunt." in draft
    assert "told our nurse" not in draft
    sent = jane.post(tell, {"key": str(new_id()), "text": draft, "means": "link"})
    assert re.search(r"data-code>\d{6}<", sent.content.decode())
    assert "Say how the disagreement was resolved" not in said(jane, "my-day")


def test_whoever_works_with_neither_child_finds_no_page(case: Case, sign_in: SignIn) -> None:
    jane, una = sign_in("Jane Smith"), sign_in("Una Spare")
    raise_on_the_page(case, jane)
    step = of(case)[0].step
    for name in ("disagreement", "disagreement-say", "disagreement-safety", "disagreement-escalate",
                 "disagreement-resolve"):  # fmt: skip
        assert una.get(reverse(name, args=[step])).status_code == 404, name
    assert una.get(reverse("disagreement-new", args=[case.leo])).status_code == 404


def test_the_page_names_the_children_in_its_heading_and_nobody_in_its_title_or_address(
    case: Case, sign_in: SignIn
) -> None:
    jane = sign_in("Jane Smith")
    answer = raise_on_the_page(case, jane)
    html = answer.content.decode()
    assert "<title>Disagreement" in html
    assert "Leo Reed and Max Reed" in re.search(r"<h1.*?</h1>", html, re.DOTALL)[0]  # type: ignore[index]  # every page has one

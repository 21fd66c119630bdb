"""One page for a visit: what it asks, what it keeps, and on whose record it stands."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import EventPerson
from sightline.commands.demonstration.families import maddox
from sightline.doorway.acts import acting
from sightline.kernel.references import new_id
from sightline.people.operations import register_person, relate
from sightline.record.models import Entry
from sightline.record.operations import open_step
from sightline.record.queries import last_seen_of, list_timeline
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, key_of, title, words
from tests.web.visits.conftest import ROSIE, of_child, the_visit

HOUSE = b"\x89PNG\r\n\x1a\n\0\0"


def send(client: Client, person: UUID, body: dict[str, Any], *, key: str = "", planned: str = "") -> HttpResponse:
    url = f"/people/{person}/visit"
    key = key or key_of(client.get(url))
    return client.post(url, {"key": key, **({"planned": planned} if planned else {}), **body})


def visits_of(universe: Universe, person: UUID) -> int:
    with acting(universe.who("jane").id):
        return len(list_timeline(person=person, kinds=[Entry.Kind.VISIT]).entries)


def test_a_visit_is_written_once_and_read_on_each_record(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    answer = send(jane, rosie, the_visit() | of_child(rosie, "seen_alone", words="I do the toast.")
                  | of_child(jack, "not_seen", reason="At football", reason_given_by="Lowenna"))  # fmt: skip
    assert answer.status_code == 302
    said = words(jane.get(f"/people/{rosie}/timeline"))
    assert "Seen alone" in said
    for fact in ("At home, not announced", "Who was there : Lowenna", "Where the children sleep : Seen"):
        assert fact.replace(" :", "") in said.replace(" :", "").replace(":", ""), fact
    assert "What the child said, did or drew" in said
    assert "Also recorded for Jack Penhallow (not seen)" in said
    brother = words(jane.get(f"/people/{jack}/timeline"))
    assert "The kitchen was warm, and there was soup." in brother
    assert "At football (given by: Lowenna)" in brother


def test_what_one_child_said_or_drew_is_not_on_the_brothers_record(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    drawing = SimpleUploadedFile("House.png", HOUSE, "image/png")
    send(jane, rosie, the_visit() | of_child(rosie, "seen_alone", words="I do the toast.", pictures=drawing)
         | of_child(jack, "seen_alone", words="I sleep in the chair."))  # fmt: skip
    sister, brother = (jane.get(f"/people/{one}/timeline").content.decode() for one in (rosie, jack))
    assert "I do the toast." in sister
    assert "House.png" in sister
    assert "I sleep in the chair." not in sister
    assert "I do the toast." not in brother
    assert "House.png" not in brother
    assert "A paragraph only about Rosie Penhallow is on that record" in brother


def test_only_children_with_an_outcome_are_on_the_visit(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    send(jane, rosie, the_visit() | of_child(rosie, "observed") | of_child(jack, "not_part"))
    assert (visits_of(universe, rosie), visits_of(universe, jack)) == (1, 0)


def test_nothing_is_chosen_before_anybody_chooses(jane: Client, rosie: UUID) -> None:
    page = jane.get(f"/people/{rosie}/visit").content.decode()
    assert " checked" not in page
    assert page.count('type="radio"') > 20


def test_what_is_missing_is_said_all_at_once_and_all_that_was_typed_stays(
    jane: Client, rosie: UUID, jack: UUID
) -> None:
    typed = of_child(rosie, "seen_alone", words="I do the toast.") | of_child(jack, "", words="Hid under the table.")
    answer = send(jane, rosie, the_visit(when="", announced="", present="", text="Soup.") | typed)
    said, page = words(answer), answer.content.decode()
    assert answer.status_code == 200
    assert "Say how it went for Jack Penhallow, so that what you wrote about them is kept." in said
    assert said.count("Enter when the visit was.") == 2, "above the form and beside the field"
    for kept in ("I do the toast.", "Hid under the table.", "Soup."):
        assert kept in page, kept
    assert f'name="c-{rosie}-outcome" type="radio" value="seen_alone" checked' in page
    unexplained = of_child(rosie, "seen_alone") | of_child(jack, "not_seen", reason="At football")
    answer = send(jane, rosie, the_visit(when="", announced="", present="") | unexplained)
    assert f'id="id_c-{jack}-reason-error"' in answer.content.decode()
    for sentence in (
        "Say why Jack Penhallow was not seen, and who said so.",
        "Enter when the visit was.",
        "Say whether the family knew that you were coming.",
        "Say who was there, or that nobody else was.",
    ):
        assert sentence in words(answer), sentence


def test_a_date_that_cannot_be_read_is_said_and_kept(jane: Client, rosie: UUID) -> None:
    answer = send(jane, rosie, the_visit(when="the other day") | of_child(rosie, "seen"))
    assert "is not a date we can read" in words(answer)
    assert 'value="the other day"' in answer.content.decode()


def test_a_child_not_seen_has_a_reason_and_the_refusal_stands_beside_that_child(
    jane: Client, rosie: UUID, jack: UUID
) -> None:
    answer = send(jane, rosie, the_visit() | of_child(rosie, "seen") | of_child(jack, "not_seen"))
    assert "Say why Jack Penhallow was not seen, and who said so." in words(answer)
    assert f'id="id_c-{jack}-reason-error"' in answer.content.decode()
    assert f'id="id_c-{rosie}-reason-error"' not in answer.content.decode()


def test_whether_a_visit_was_announced_is_no_place(jane: Client, rosie: UUID) -> None:
    send(jane, rosie, the_visit(place="", announced="yes") | of_child(rosie, "seen_alone"))
    page = jane.get(f"/people/{rosie}/timeline").content.decode()
    assert "<dt>Announced</dt><dd>Yes</dd>" in page
    assert "<dt>Where</dt><dd>Announced</dd>" not in page


def test_a_visit_where_nobody_was_in_needs_no_words(universe: Universe, jane: Client, rosie: UUID, jack: UUID) -> None:
    bare = the_visit(text="", present="", sleeping="") | of_child(rosie, "nobody_in") | of_child(jack, "nobody_in")
    assert send(jane, rosie, bare).status_code == 302
    assert (visits_of(universe, rosie), visits_of(universe, jack)) == (1, 1)


def test_what_is_refused_is_kept_as_a_draft_and_taken_up_again(jane: Client, rosie: UUID) -> None:
    page = jane.get(f"/people/{rosie}/visit")
    send(jane, rosie, the_visit(when="") | of_child(rosie, "seen_alone", words="I do the toast."), key=key_of(page))
    again = jane.get(f"/people/{rosie}/visit")
    assert "You have an unfinished visit about this record" in words(again)
    resumed = jane.get(f"/people/{rosie}/visit?draft={key_of(page)}")
    assert "I do the toast." in resumed.content.decode()
    assert key_of(resumed) == key_of(page)
    assert "Unfinished visit for Rosie Penhallow" in words(jane.get("/my-day"))


def test_a_form_that_arrives_twice_is_recorded_once(universe: Universe, jane: Client, rosie: UUID) -> None:
    key, body = key_of(jane.get(f"/people/{rosie}/visit")), the_visit() | of_child(rosie, "seen_alone")
    first, second = (send(jane, rosie, body, key=key) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert visits_of(universe, rosie) == 1


def test_a_paragraph_about_one_child_and_an_action_come_with_the_visit(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    post = min(universe.who("jane").posts)
    folded = {
        "paragraphs": "1", "p0-text": "Jack was cold.", "p0-about": str(jack), "actions": "1",
        "a0-what": "Ask about the meter", "a0-post": str(post), "a0-due": "tomorrow",
    }  # fmt: skip
    refused = send(jane, rosie, the_visit(**folded) | of_child(rosie, "seen_alone"))
    assert "Say above that the visit concerned this person as well" in words(refused)
    assert "Jack was cold." in refused.content.decode()
    send(jane, rosie, the_visit(**folded) | of_child(rosie, "seen_alone") | of_child(jack, "seen"))
    assert "Jack was cold." not in jane.get(f"/people/{rosie}/timeline").content.decode()
    assert "Only about Jack Penhallow" in words(jane.get(f"/people/{jack}/timeline"))
    assert "Ask about the meter" in words(jane.get(f"/people/{rosie}"))


def test_one_more_row_keeps_what_was_typed(jane: Client, rosie: UUID) -> None:
    answer = send(jane, rosie, the_visit(add="paragraph", paragraphs="1", text="Soup.") | of_child(rosie, "seen_alone"))
    page = answer.content.decode()
    assert 'name="p1-text"' in page
    assert "Soup." in page
    assert f'name="c-{rosie}-outcome" type="radio" value="seen_alone" checked' in page


def test_a_visit_to_an_unborn_child_says_nothing_of_being_seen(universe: Universe, sign_in: SignIn) -> None:
    baby, aoife = universe.person(maddox.BABY), sign_in("jane")
    page = words(aoife.get(f"/people/{baby}/visit"))
    assert "Was the visit about Baby Maddox, who is not yet born?" in page
    assert "Seen alone" not in page
    answer = send(aoife, baby, the_visit(adults=[str(universe.person(maddox.CARYS))]) | of_child(baby, "made"))
    assert answer.status_code == 302
    said = words(aoife.get(f"/people/{baby}/timeline"))
    assert "The kitchen was warm" in said
    for never in ("not seen", "seen alone", "never seen"):
        assert never not in said.lower()
    assert "The kitchen was warm" in words(aoife.get(f"/people/{universe.person(maddox.CARYS)}/timeline"))


def test_a_strangers_child_has_no_page_and_is_on_nobodys_form(universe: Universe, sign_in: SignIn, rosie: UUID) -> None:
    stranger = sign_in("winston")
    assert stranger.get(f"/people/{rosie}/visit").status_code == 404
    assert stranger.get(f"/people/{ABSENT}/visit").status_code == 404
    assert send(stranger, rosie, the_visit() | of_child(rosie, "seen"), key=str(new_id())).status_code == 404
    assert visits_of(universe, rosie) == 0


def test_a_child_of_another_family_cannot_be_written_on(universe: Universe, jane: Client, rosie: UUID) -> None:
    other = universe.person(maddox.BABY)
    send(jane, rosie, the_visit() | of_child(rosie, "seen") | of_child(other, "seen"))
    assert visits_of(universe, other) == 0


def test_the_name_is_in_the_heading_and_never_in_the_title(jane: Client, rosie: UUID) -> None:
    answer = jane.get(f"/people/{rosie}/visit")
    assert "Rosie Penhallow Record a visit" in words(answer)
    assert "Rosie" not in title(answer)
    assert answer["Cache-Control"] == "no-store"


def test_the_record_says_when_the_child_was_last_seen_alone(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    send(jane, rosie, the_visit() | of_child(rosie, "seen_alone") | of_child(jack, "doorstep"))
    with acting(universe.who("jane").id):
        seen = last_seen_of([rosie, jack])
    assert seen[rosie].seen_at == seen[rosie].alone_at
    assert seen[jack].glimpsed_how == "doorstep"
    assert "yesterday, alone" in words(jane.get(f"/people/{rosie}"))
    assert "seen on the doorstep yesterday" in words(jane.get(f"/people/{jack}"))


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_page_asks_as_much_for_four_children_as_for_two(universe: Universe, jane: Client, rosie: UUID) -> None:
    url = f"/people/{rosie}/visit"
    jane.get(url)
    before = _queries(jane, url)
    more_children(universe, 2)
    assert words(jane.get(url)).count("Not part of this visit") == 4
    assert _queries(jane, url) == before


def more_children(universe: Universe, number: int) -> list[UUID]:
    """Brothers and sisters of Rosie and Jack, whom Jane's team sees."""
    jane, sister, found = universe.who("jane"), universe.person(ROSIE), []
    for place in range(number):
        child = register_person(
            by=universe.who("tomas"), kind="child", given=f"Child{place}", family="Penhallow", at=universe.at
        )
        open_step(by=universe.who("tomas"), kind="action", post=min(jane.posts), people=[child], at=universe.at)
        relate(by=jane, person=child, to=sister, kind="sibling", at=universe.at)
        found.append(child)
    return found


def test_the_page_says_whose_visit_is_late_and_is_a_look_at_each_child(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    assert jane.get(f"/people/{rosie}/visit").status_code == 200
    with acting(universe.who("jane").id):
        seen = EventPerson.objects.filter(event__kind="look", event__what="visits", person__in=[rosie, jack])
        assert sorted(seen.values_list("person", flat=True)) == sorted([rosie, jack])

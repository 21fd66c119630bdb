"""Taking a contact on one page, without script: everything typed stays, and nothing is preset."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.doorway.queries import list_drafts
from sightline.front_door.queries import get_contact
from sightline.kernel.references import new_id
from sightline.people.queries import get_headers
from tests.journeys.world import World
from tests.web.front_door.desk import AT, Desk, begin, press, told, typed_in

SignIn = Callable[[str], Client]


def test_an_empty_page_asks_six_things_and_presets_nothing(sign_in: SignIn) -> None:
    page = sign_in("Dee Marlow").get(reverse("new-contact")).content.decode()
    required = set(re.findall(r'name="([^"]+)"[^>]*data-required', page))
    assert required == {"find", "who", "saw_or_heard", "fears", "danger_now", "h-knows"}
    assert " checked" not in page
    assert re.findall(r'<option value="[^"]+" selected', page) == []


def test_somebody_unknown_is_registered_from_what_was_searched_for(sign_in: SignIn) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "mia orme 3/3/2019 LS7 4AB"}
    assert "Nobody found" in press(client, fields, find_now="yes").content.decode()
    after = typed_in(press(client, fields, register="child").content.decode())
    assert (after["p0-given"], after["p0-family"], after["p0-born"]) == ("Mia", "Orme", "3 March 2019")
    assert after["p0-postcode"] == "LS7 4AB"


def test_a_contact_about_an_unknown_child_is_recorded_on_one_page(sign_in: SignIn, world: World) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme, about 4"}
    fields = {**typed_in(press(client, fields, register="child").content.decode()), **told(world)}
    fields["p0-number"] = "943 476 5919"
    answer = press(client, fields, record="record")
    assert answer.status_code == 302, re.findall(r"govuk-error-message.*", answer.content.decode())
    contact = get_contact(fields["key"])
    (header,) = get_headers(people=contact.children).values()
    assert (header.name, header.birth) == ("Mia Orme", "about")
    assert contact.professional
    assert [one.value for one in header.identifiers] == ["9434765919"]


def test_a_refused_page_says_everything_that_is_missing_and_keeps_what_was_typed(sign_in: SignIn) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "saw_or_heard": "Shouting at night.", "who_name": "Ms Lund"}
    page = press(client, fields, record="record").content.decode()
    for sentence in (
        "Add the child",
        "Choose who is telling us",
        "Write what they fear",
        "danger now",
        "knows and agrees",
    ):
        assert sentence in page
    kept = typed_in(page)
    assert (kept["saw_or_heard"], kept["who_name"]) == ("Shouting at night.", "Ms Lund")


def test_sending_twice_records_once(sign_in: SignIn, world: World) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme"}
    fields = {**typed_in(press(client, fields, register="child").content.decode()), **told(world)}
    first, second = press(client, fields, record="record"), press(client, fields, record="record")
    assert first.status_code == second.status_code == 302
    assert first.url == second.url


def test_back_after_recording_leads_to_the_contact(sign_in: SignIn, world: World) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme"}
    fields = {**typed_in(press(client, fields, register="child").content.decode()), **told(world)}
    recorded = press(client, fields, record="record")
    assert client.get(reverse("contact-draft", args=[fields["key"]]))["Location"] == recorded["Location"]
    assert client.get(reverse("contact-draft", args=[new_id()])).status_code == 404


def test_what_is_known_stands_on_the_page_once_somebody_is_added(sign_in: SignIn, desk: Desk) -> None:
    earlier = desk.contact()
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Orme Mia"}
    found = press(client, fields, find_now="yes").content.decode()
    person = re.search(r'name="add" value="([^"]+)"', found)
    assert person is not None
    page = press(client, fields, add=person[1]).content.decode()
    assert str(earlier) in page
    assert "A bruise on the left arm" in page
    assert "Not decided yet" in page
    assert "Nothing recorded by this authority of: adults named and not identified; earlier injuries" in page


def test_who_a_member_of_the_public_is_stays_out_of_what_is_known(sign_in: SignIn, desk: Desk) -> None:
    from tests.web.front_door.desk import NEIGHBOUR

    desk.contact(public=True)
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme"}
    person = re.search(r'name="add" value="([^"]+)"', press(client, fields, find_now="yes").content.decode())
    assert person is not None
    page = press(client, fields, add=person[1]).content.decode()
    assert "A member of the public" in page
    assert NEIGHBOUR not in page


def test_typing_is_kept_and_opened_again(sign_in: SignIn) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "saw_or_heard": "Shouting."}
    saved = client.post(reverse("contact-draft-save", args=[fields["key"]]), {**fields, "draft_order": "5"})
    assert re.fullmatch(r"\d\d:\d\d", saved.json()["saved"])
    again = client.get(reverse("contact-draft", args=[fields["key"]])).content.decode()
    assert typed_in(again)["saw_or_heard"] == "Shouting."


def test_a_second_window_does_not_overwrite_the_first(sign_in: SignIn) -> None:
    client = sign_in("Dee Marlow")
    first = {**begin(client), "saw_or_heard": "Shouting."}
    save = reverse("contact-draft-save", args=[first["key"]])
    client.post(save, first)
    second = typed_in(client.get(reverse("contact-draft", args=[first["key"]])).content.decode())
    assert client.post(save, {**second, "saw_or_heard": "Crying."}).status_code == 200
    assert client.post(save, {**first, "saw_or_heard": "Shouting at night."}).status_code == 409
    page = press(client, {**first, "saw_or_heard": "Shouting at night."}, attach="yes").content.decode()
    assert "Crying." in page
    assert "Shouting at night." in page


def test_a_draft_about_many_children_is_saved(sign_in: SignIn) -> None:
    client = sign_in("Dee Marlow")
    fields = begin(client)
    for number in range(6):
        find = {"find": f"Alexandrina{number} Featherstonehaugh"}
        fields = typed_in(press(client, {**fields, **find}, register="child").content.decode())
    save = reverse("contact-draft-save", args=[fields["key"]])
    assert client.post(save, fields).status_code == 200


def test_what_a_member_of_the_public_sent_is_read_only_where_they_are(
    sign_in: SignIn, world: World, desk: Desk
) -> None:
    child = get_contact(desk.contact()).children[0]
    with acting(world.accounts["Mag Price"]):
        give_sight(people=[child], reader=world.accounts["Kit Rowe"], because="test", because_of=None, at=AT)
    client = sign_in("Dee Marlow")
    fields = typed_in(press(client, begin(client), add=str(child)).content.decode())
    letter = SimpleUploadedFile("letter.txt", b"From Winifred Ashdown, at 14.", content_type="text/plain")
    answers = {**told(world), "who": "as:acquaintance"}
    answer = press(client, {**fields, **answers, "documents": letter}, record="record")
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"]).content.decode()
    assert "letter.txt" in page
    documents = reverse("person-documents", args=[child])
    assert "letter.txt" not in sign_in("Kit Rowe").get(documents).content.decode()


@pytest.mark.parametrize("name", ["Kit Rowe", "Obi Watcher"])
def test_whoever_does_not_work_at_the_front_door_is_refused(sign_in: SignIn, name: str) -> None:
    assert sign_in(name).get(reverse("new-contact")).status_code == 403


def test_a_search_alone_begins_no_draft_and_no_draft_is_named_after_a_child(sign_in: SignIn, world: World) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme"}
    press(client, fields, find_now="yes")
    client.post(reverse("contact-draft-save", args=[fields["key"]]), fields)
    by = world.actor("Dee Marlow")
    with acting(by.id):
        assert list_drafts(by=by) == []
    press(client, fields, register="child")
    with acting(by.id):
        (draft,) = list_drafts(by=by)
    assert re.fullmatch(r"Unfinished contact begun \d\d:\d\d", draft.title)
    shown = client.get(reverse("my-day")).content.decode()
    assert "Unfinished contact" in shown.split('id="drafts"')[1]


def test_an_adult_of_whom_only_a_given_name_is_known_stays_open(sign_in: SignIn, world: World) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme"}
    fields = {**typed_in(press(client, fields, register="child").content.decode()), "find": "Dean"}
    fields = {**typed_in(press(client, fields, register="adult").content.decode()), **told(world)}
    assert press(client, fields, record="record").status_code == 302
    (child,) = get_contact(fields["key"]).children
    page = client.get(reverse("person-people", args=[child])).content.decode()
    assert "Dean" in page


def test_each_line_of_what_is_wrong_says_whom_it_is_about(sign_in: SignIn) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme"}
    for name in ("Ann Orme", "Bob Orme"):
        fields = typed_in(press(client, fields, register="adult").content.decode()) | {"find": name}
    fields = typed_in(press(client, fields, register="adult").content.decode())
    rows = [name.removesuffix("-given") for name in fields if name.endswith("-given")]
    page = press(client, fields | {f"{row}-responsible": "on" for row in rows}, record="record").content.decode()
    lines = re.findall(r'<li><a href="#[^"]+">([^<]+)</a></li>', page)
    assert "Say whether Ann Orme knows and agrees, or that it is not known." in lines
    assert "Say who Bob Orme is to the child." in lines
    assert len(lines) == len(set(lines))


def test_what_is_said_of_danger_now_says_who_has_it(sign_in: SignIn, world: World) -> None:
    client = sign_in("Dee Marlow")
    fields = {**begin(client), "find": "Mia Orme"}
    fields = {**typed_in(press(client, fields, register="child").content.decode()), **told(world)}
    danger = {"danger_now": "yes", "danger_words": "He is at the door."}
    page = client.get(press(client, {**fields, **danger}, record="record")["Location"]).content.decode()
    assert "It is with you to be decided now." in page
    assert "ring the police on 999" in page
    assert ">Danger now</h3>" in page


@pytest.mark.parametrize("address", ["/contacts/new", "/nowhere"])
def test_whoever_is_sent_to_the_front_door_is_given_its_number(sign_in: SignIn, address: str) -> None:
    page = sign_in("Kit Rowe").get(address).content.decode()
    assert "on 01632 960200, or out of hours the emergency duty team on 01632 960200" in page

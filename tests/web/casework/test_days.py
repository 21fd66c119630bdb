"""My day and the manager's page: their parts, and that neither says nothing where something is."""

from sightline.doorway.acts import acting, set_actor
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words

PARTS = ("Today", "To finish", "Told to you", "Drafts", "Coming up", "Waiting for others", "Children you carry")


def test_my_day_has_its_parts_in_order(universe: Universe, sign_in: SignIn) -> None:
    said = words(sign_in("jane").get("/my-day"))
    places = [said.index(part) for part in PARTS]
    assert places == sorted(places)


def test_what_an_agency_owes_is_waited_for_and_not_to_do(universe: Universe, sign_in: SignIn) -> None:
    from sightline.journeys.ask_agencies import ask_for_check

    ask_for_check(
        by=universe.who("tomas"), contact=universe.contact("Rosie has a bruise"), kind="health",
        agency_post=universe.mailbox("hospital-safeguarding"), question="Has Rosie been seen with an injury?",
        reason="A bruise that is not accounted for.", lawful_basis="ca1989_s17", at=universe.at,
    )  # fmt: skip
    said = words(sign_in("dipa").get("/my-day"))
    asked = said.index("Answer from")
    assert said.index("Waiting for others") < asked
    assert "Answer from" not in said[: said.index("Waiting for others")]


def test_a_message_that_nobody_acknowledged_is_opened_from_where_it_is_waited_for(
    universe: Universe, sign_in: SignIn
) -> None:
    from sightline.partnership.queries import list_waiting

    dipa = universe.who("dipa")
    with acting(dipa.id):
        waited = list_waiting(dipa.posts, at=universe.at)
    assert waited, "somebody waits"
    page, client = sign_in("dipa").get("/my-day").content.decode(), sign_in("dipa")
    for one in waited:
        assert f'href="/messages/{one.id}"' in page
    assert client.get(f"/messages/{waited[0].id}").status_code == 200


def test_the_front_door_s_manager_sees_what_lies_with_the_night(universe: Universe, sign_in: SignIn) -> None:
    said = words(sign_in("margaret").get("/team"))
    assert "Every contact has been decided" not in said
    listed = said.split("Decisions that wait for you")[0]
    assert "Rosie Penhallow and Jack Penhallow. With " in listed


def test_a_manager_sees_whoever_is_away_and_empty_posts_with_what_they_carry(
    universe: Universe, sign_in: SignIn
) -> None:
    from sightline.workforce.operations import begin_absence, leave
    from sightline.workforce.queries import get_actor

    manager = universe.who("gareth")
    begin_absence(by=manager, account=universe.who("jane").id, at=universe.at)
    said = words(sign_in("gareth").get("/team"))
    away = said.split("Who is away")[1].split("Feedback not given")[0]
    assert "Jane Smith" in away
    assert "Rosie Penhallow, 8 years" in away
    leave(by=get_actor(universe.authority.administrator), account=universe.who("marcus").id, at=universe.at)
    empty = words(sign_in("gareth").get("/team")).split("Posts with nobody in them")[1]
    assert "Family support" in empty.split("Feedback not given")[0]


def test_what_brothers_and_sisters_share_is_told_and_ticked_once(universe: Universe, sign_in: SignIn) -> None:
    from sightline.record.operations import tell
    from sightline.record.queries import list_notices

    jane, contact = universe.who("jane"), universe.contact("Rosie has a bruise")
    page = sign_in("jane")
    before = {one.id for one in list_notices(jane.posts)}
    for name in ("Rosie Penhallow", "Jack Penhallow"):
        tell(post=min(jane.posts), kind="handed_over", person=universe.person(name), subject=contact, at=universe.at)
    said = words(page.get("/my-day")).split("Told to you", 1)[1]
    assert said.count("A contact was handed to you") == 2, "its title, and what its button says to a screen reader"
    row = said.split("A contact was handed to you", 1)[1].split("I have read this", 1)[0]
    assert "Rosie Penhallow and Jack Penhallow" in row or "Jack Penhallow and Rosie Penhallow" in row
    both = [one.id for one in list_notices(jane.posts) if one.id not in before]
    page.post(f"/notices/{both[0]}/tick", {"also": [str(both[1])]})
    set_actor(jane.id)
    assert {one.id for one in list_notices(jane.posts)} == before


def test_everything_that_one_was_told_is_ticked_together_and_what_came_meanwhile_stays(
    universe: Universe, sign_in: SignIn
) -> None:
    from sightline.record.operations import tell
    from sightline.record.queries import list_notices

    jane, rosie, page = universe.who("jane"), universe.person("Rosie Penhallow"), sign_in("jane")
    for kind in ("plan_yours", "assessment_signed"):
        tell(post=min(jane.posts), kind=kind, person=rosie, at=universe.at)
    answer = page.get("/my-day")
    shown = [str(one.id) for one in list_notices(jane.posts)]
    assert "Tick all" in words(answer)
    later = tell(post=min(jane.posts), kind="stepped_up", person=rosie, at=universe.at)
    assert page.post("/notices/tick", {"key": key_of(answer), "notice": shown}).status_code == 302
    set_actor(jane.id)
    assert [one.id for one in list_notices(jane.posts)] == [later]


def test_a_message_that_nobody_opened_names_the_child_and_leads_to_it(universe: Universe, sign_in: SignIn) -> None:
    from sightline.commands.demonstration.families import penhallow
    from sightline.partnership.models import Message
    from sightline.record.operations import tell

    desk, page = universe.who("tomas"), sign_in("tomas")
    set_actor(desk.id)
    message = Message.objects.filter(subject=universe.contact(penhallow.FIRST)).first()
    assert message is not None
    tell(post=min(desk.posts), kind="message_silent", subject=message.id, at=universe.at)
    answer = page.get("/my-day")
    row = words(answer).split("Nobody has acknowledged a message that you sent", 1)[1].split("I have read this", 1)[0]
    assert "Rosie Penhallow" in row
    assert f'/messages/{message.id}"' in answer.content.decode()


def test_only_those_who_can_carry_the_post_are_offered_to_stand_in(universe: Universe, sign_in: SignIn) -> None:
    offered = sign_in("gareth").get("/team/away").content.decode().split("Who stands in?", 1)[1]
    for name in ("Marcus Bello", "Tomas Ferreira", "Dipa Chaudhry"):
        assert name in offered
    for name in ("Imogen Hart", "Winston Clarke", "Bilal Qureshi", "Leon Fisher", "Anna Kowalczyk", "Sarah Whitlock"):
        assert name not in offered


def test_a_child_who_is_not_open_and_is_being_decided_about_is_not_said_to_be_nobodys(universe: Universe) -> None:
    from sightline.people.queries import search_people
    from sightline.record.queries import awaiting_decision
    from sightline.web.presenters.matches import open_words

    with acting(universe.who("dipa").id):
        rosie = universe.person("Rosie Penhallow")
        assert rosie in awaiting_decision([rosie])
        found = search_people(by=universe.who("dipa"), text="Rosie Penhallow", at=universe.at)
    match = next(one for one in found if one.person == rosie)
    assert open_words(match, {}, {}, deciding=True) == "A contact is being decided"
    assert open_words(match, {}, {}, deciding=False) == "Not open to us now"


def test_a_manager_sees_what_the_team_owes_and_is_late_with_who_carries_it(universe: Universe, sign_in: SignIn) -> None:
    from datetime import timedelta

    from sightline.record.operations import open_step

    jane, rosie = universe.who("jane"), universe.person("Rosie Penhallow")
    due = {"Ring the school about Rosie": -timedelta(days=9), "Take Rosie to the dentist": timedelta(days=30)}
    for owed, ahead in due.items():
        open_step(
            by=jane, kind="action", post=min(jane.posts), people=[rosie], words=owed, due_at=universe.at + ahead,
            at=universe.at,
        )  # fmt: skip
    late = (
        words(sign_in("gareth").get("/team"))
        .split("Later than due")[1]
        .split("Children by when they were last seen")[0]
    )
    assert "Ring the school about Rosie" in late
    assert "Rosie Penhallow. Jane Smith" in late
    assert "Take Rosie to the dentist" not in late

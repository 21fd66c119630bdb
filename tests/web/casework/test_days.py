"""My day and the manager's page: their parts, and that neither says nothing where something is."""

from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words

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

"""A neighbour rings at the end of the day about a child in danger; the emergency duty team decides it.

Duty worker, emergency duty team and manager; and a member of the public, whose name the family is
never given and who is told nothing about it.
"""

import pytest

from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser

NEIGHBOUR = "Winifred Oakes"


def test_what_a_neighbour_says_in_the_evening_is_decided_in_the_night(stage: Stage) -> None:
    a_neighbour_rings_and_stays_apart_from_what_she_says(stage)
    the_duty_worker_sifts_it_and_hands_it_over(stage)
    the_emergency_duty_team_accepts_it_by_name_and_decides(stage)
    nobody_who_reads_the_record_learns_who_rang(stage)
    silence_comes_back(stage)


def a_neighbour_rings_and_stays_apart_from_what_she_says(stage: Stage) -> None:
    # Given a duty worker, and a caller who knows neither the child's age nor the man's name
    dipa = stage.given("dipa")
    dipa.goes_to("New contact")
    # When she registers a child of about four, and a man of whom nobody knows more than a first name
    dipa.types("Find each child and adult", "Senara Pellow, about 4")
    dipa.sees("Nobody found")
    dipa.presses("Register a child")
    with dipa.within("Senara Pellow"):
        assert dipa.field("Born").input_value() == "about 4"
        dipa.types("Lives at", "Flat 2, Cooperage House")
    stage.names.add("Senara Pellow")
    dipa.types("Find each child and adult", "Corwin")
    dipa.sees("Register an adult")
    dipa.presses("Register an adult")
    with dipa.within("Corwin"):
        dipa.types("How they were described", "Mum's new partner, possibly called Corwin")
        dipa.picks("Who are they to the child?", "Partner")
    dipa.picks("Who is telling us?", "Neighbour, friend, child minder or other acquaintance")
    dipa.types("Their name", NEIGHBOUR)
    dipa.types("Their phone", "01632 960555")
    dipa.types("What did they see or hear?", "The girl stands on the balcony in her vest and nobody answers the door.")
    dipa.types("What do they fear may happen?", "That she climbs.")
    dipa.chooses("Is anyone in danger now?", "Yes")
    dipa.types("Who is in danger, where are they, and what has been done so far?", "On the balcony. Police rung, 999.")
    dipa.chooses("Does a parent not yet named know that we have been told, and agree?", "Has not been told")
    dipa.types("Why, if they were not told or it is not known?", "Nobody has reached her mother.")
    dipa.presses("Record contact")
    # Then it is at the top of the queue, and the caller is nowhere in the story
    dipa.sees_heading("Contact about Senara Pellow")
    dipa.sees("Someone is said to be in danger now. A social worker decides this now.", "as not been told")
    with dipa.within("What they say"):
        dipa.does_not_see(NEIGHBOUR, "Oakes")
    dipa.sees("A member of the public")
    dipa.unfolds("Who told us (kept apart from the story)")
    dipa.sees(NEIGHBOUR, "The family is never given this.")
    dipa.looks()
    dipa.goes_to("Front door")
    assert "Senara Pellow" in dipa.page.locator("main .sl-task").first.inner_text()
    dipa.sees("In danger now", "Told by a member of the public")
    dipa.does_not_see(NEIGHBOUR)


def the_duty_worker_sifts_it_and_hands_it_over(stage: Stage) -> None:
    # Given the same duty worker, who decides nothing
    dipa = stage.given("dipa")
    dipa.opens_contact("Senara Pellow")
    assert dipa.page.get_by_role("button", name="Decide").count() == 0
    # When she says what she would do, thanks the neighbour in a call, and the day ends
    dipa.chooses("What would you do?", "A social worker should decide now")
    with dipa.within("Recommendation"):
        dipa.types("Why?", "A small child alone at a height.")
        dipa.presses("Recommend")
    dipa.sees("A social worker should decide now", "A small child alone at a height.")
    dipa.unfolds("Acknowledge what they told us")
    letter = dipa.field("The message").input_value()
    assert "Thank you" in letter
    assert "Senara" not in letter
    dipa.chooses("How will they be told?", "In a call that you record here")
    dipa.types("Whom did you speak to, when, and what did they say?", "The caller, just now, who stays by the window.")
    dipa.presses("Tell them")
    dipa.sees("It is recorded.")
    dipa.goes_to("Front door")
    dipa.types("What should they know?", "The police are on their way to the balcony. Ring them first.")
    dipa.presses("Hand over what is undecided")
    # Then it lies with the night, and the page says that nobody has accepted it yet
    dipa.sees("Handed to the emergency duty team, not accepted yet")


def the_emergency_duty_team_accepts_it_by_name_and_decides(stage: Stage) -> None:
    # Given the emergency duty team's worker
    sanjay = stage.given("sanjay")
    sanjay.goes_to("Front door")
    with sanjay.within("Senara Pellow"):
        sanjay.sees("The police are on their way to the balcony.", "Dipa Chaudhry")
    sanjay.looks()
    # When he accepts it, it is his by name
    with sanjay.within("Senara Pellow"):
        sanjay.presses("Accept as Sanjay Mistry")
    sanjay.sees("Accepted by Sanjay Mistry.")
    sanjay.opens_contact("Senara Pellow")
    sanjay.sees("A small child alone at a height.", "Corwin", "Not identified")
    # And decides it, which is refused without what was done to make the child safe tonight
    sanjay.chooses("What does this contact become?", "Referral: strategy discussion")
    sanjay.types("Why?", "A child of about four was left alone, and nobody knows with whom she lives.")
    sanjay.chooses("What is the main need?", "Abuse or neglect")
    sanjay.presses("Decide")
    sanjay.sees("There is a problem", "Say what was done to make the child safe tonight.", "left alone, and nobody")
    sanjay.types("What was done to make the child safe tonight?", "The police have her. Her grandmother comes at 8.")
    sanjay.presses("Decide")
    # Then a member of the public is owed nothing more, and the strategy discussion has somebody to hold it
    sanjay.sees("The contact is decided.", "Referral: strategy discussion", "Her grandmother comes at 8.")
    sanjay.looks()


def nobody_who_reads_the_record_learns_who_rang(stage: Stage) -> None:
    # Given the manager, on whose post the child stands unallocated
    margaret = stage.given("margaret")
    margaret.goes_to("Team")
    margaret.follows("Senara Pellow")
    # Then the record says what was said and decided, and not by whom it was told
    margaret.sees_heading("Senara Pellow")
    margaret.sees("about 4", "Unallocated since today")
    margaret.follows("Timeline")
    margaret.sees("The girl stands on the balcony", "Her grandmother comes at 8.")
    margaret.does_not_see(NEIGHBOUR, "01632 960555")
    margaret.follows("People and agencies")
    margaret.sees("Corwin", "Mum's new partner, possibly called Corwin")
    margaret.does_not_see(NEIGHBOUR, "01632 960555")
    # When the police know who the man is, she says so, and he is no longer open
    margaret.follows("Say where we stand")
    margaret.sees("Corwin")
    margaret.looks()


def silence_comes_back(stage: Stage) -> None:
    # Given a message of seven working days ago that nobody has opened
    dipa = stage.given("dipa")
    dipa.goes_to("Feedback")
    # Then it has come back, and a call can still take its place
    dipa.sees("Nobody has opened it")
    dipa.follows("Nobody has opened it")
    dipa.sees("Not acknowledged", "Nothing has come back.")
    dipa.types("Told in a call instead: whom did you speak to, and what did they say?", "Femi Lawal, who has it now.")
    dipa.presses("Record the call")
    dipa.sees("The call is recorded, and the message is acknowledged.")

"""A concern, from the first phone call to feedback: played in a browser, by everybody who has a part in it."""

import pytest

from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser


def test_a_concern_from_the_first_call_to_feedback(stage: Stage) -> None:
    a_teacher_rings_about_a_child_who_is_known(stage)


def a_teacher_rings_about_a_child_who_is_known(stage: Stage) -> None:
    # Given a duty worker at her desk
    dipa = stage.given("dipa")
    dipa.looks("my-day")
    dipa.goes_to("Front door")
    dipa.looks("front-door")
    dipa.goes_to("New contact")
    dipa.looks()
    # When the school rings about Skye Whitcombe, whose name she mishears
    with dipa.counted() as tally:
        dipa.types("Find each child and adult", "Sky Witcombe")
        dipa.sees("Skye Whitcombe", "Open to Jane Smith")
        with dipa.within("Skye Whitcombe"):
            dipa.presses("Add to this contact")
        with dipa.within("What is already known"):
            dipa.sees("Jane Smith")
        dipa.picks("Who is telling us?", "Safeguarding lead and deputy, Osier Lane Primary School")
        dipa.types("What did they see or hear?", "Skye has not eaten since yesterday and says Lee is back.")
        dipa.types("What do they fear may happen?", "That she hears it all again tonight.")
        dipa.chooses("Is anyone in danger now?", "No")
        dipa.chooses("Does Kelly Whitcombe know that we have been told, and agree?", "Knows and agrees")
        dipa.looks("contact-page")
        dipa.presses("Record contact")
        dipa.sees_heading("Contact about")
    print(tally)
    dipa.looks()

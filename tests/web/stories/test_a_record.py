"""A child's record, what is written on it and what is taken off it, and the days of those who carry it."""

import re

import pytest

from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser

FIRST_WORDS = "Both children had breakfast before I came. Jack showed me the chart of his mornings."
JACK_ALONE = "Jack told me that he sleeps in his own bed again."
MISPLACED = "Clinic letter: the fracture of the left wrist has healed."


def test_a_record_is_read_and_written(stage: Stage) -> None:
    a_worker_begins_her_day(stage)
    a_record_is_read(stage)
    a_note_is_typed_and_the_browser_closes(stage)
    a_note_about_two_children_has_a_paragraph_about_one(stage)
    text_on_the_wrong_child_is_withdrawn(stage)
    the_manager_sees_what_the_team_carries(stage)


def a_worker_begins_her_day(stage: Stage) -> None:
    # Given Jane Smith, who carries Rosie and Jack Penhallow and covers a colleague
    jane = stage.given("jane")
    # Then her day says what is unfinished, what comes up, what she was told, and whom she carries
    jane.sees("To finish", "Told to you", "Waiting for others", "Children you carry")
    jane.sees("See Jack alone, at school", "Rosie Penhallow")
    jane.looks("my-day")


def a_record_is_read(stage: Stage) -> None:
    # Given the record of a child whom she carries
    jane = stage.given("jane")
    jane.finds("Rosie Penhallow", "Rosie Penhallow")
    # Then the header says who she is, why we are involved and since when, who carries her, who saw her last
    jane.sees_heading("Rosie Penhallow")
    jane.sees("8 years", "H204417", "Why we are involved", "Abuse or neglect", "Jane Smith", "Last seen")
    jane.sees("Information that needs your attention")
    jane.looks("record")
    jane.follows("Timeline")
    jane.sees_heading("Rosie Penhallow")
    jane.sees("I do the toast because I am the tall one.", "Corrected", "Management oversight")
    jane.does_not_see("Jack wets the bed")
    jane.looks("timeline", within=2000)
    jane.follows("People and agencies")
    jane.sees("Lowenna Penhallow", "Mother", "14 Cooper's Yard", "Osier Lane Primary School")
    jane.looks("people-and-agencies", widths="desktop")
    jane.follows("Documents")
    jane.sees("Osier Lane attendance, Rosie and Jack.pdf")
    jane.looks()
    jane.follows("Who has viewed this record")
    jane.sees("Jane Smith", "What they opened")
    jane.looks("who-has-viewed", widths="desktop")
    # And a child who is expected is not yet born, and nobody says that she was not seen
    jane.finds("Maddox", re.compile("not yet born", re.IGNORECASE))
    jane.sees("ot yet born")
    jane.does_not_see("No record of being seen")
    jane.looks()


def a_note_is_typed_and_the_browser_closes(stage: Stage) -> None:
    # Given a note that is half typed
    jane = stage.given("jane")
    jane.finds("Rosie Penhallow", "Rosie Penhallow")
    jane.presses("Record something new")
    jane.chooses("What are you recording?", "Case note")
    jane.types("What happened?", FIRST_WORDS)
    jane.sees_saved()
    # When the browser is closed, and she signs in again elsewhere
    jane.closes_the_browser()
    jane = stage.given("jane")
    # Then the note waits under what is to finish, with every word
    jane.sees("Drafts (")
    jane.follows("Unfinished recording for Rosie Penhallow")
    assert jane.field("What happened?").input_value() == FIRST_WORDS


def a_note_about_two_children_has_a_paragraph_about_one(stage: Stage) -> None:
    # Given the note that was half typed
    jane = stage.given("jane")
    jane.follows("Unfinished recording for Rosie Penhallow")
    # When she writes it for both children, with a paragraph about one of them only
    jane.ticks_one_like("Who is it about?", "Jack Penhallow")
    jane.chooses("Was Rosie Penhallow seen?", "Seen")
    jane.chooses("Was Jack Penhallow seen?", "Seen alone")
    jane.unfolds("Add a paragraph about one person only")
    jane.picks("Who is it about?", re.compile("Jack Penhallow"))
    jane.types("What is only about them", JACK_ALONE)
    jane.looks("recording", widths="desktop")
    jane.presses("Record it")
    jane.sees("Recorded once, on 2 records.")
    # Then it stands on both records, and the paragraph on Jack's alone
    jane.sees(FIRST_WORDS, "Also recorded for Jack Penhallow")
    jane.does_not_see(JACK_ALONE)
    jane.finds("Jack Penhallow", "Jack Penhallow")
    jane.sees("alone")
    jane.follows("Timeline")
    jane.sees(FIRST_WORDS, JACK_ALONE, "Only about Jack Penhallow")


def text_on_the_wrong_child_is_withdrawn(stage: Stage) -> None:
    # Given a letter about another child, which was written on Jack's record
    jane = stage.given("jane")
    jane.finds("Jack Penhallow", "Jack Penhallow")
    jane.presses("Record something new")
    jane.chooses("What are you recording?", "Case note")
    jane.types("What happened?", MISPLACED)
    jane.presses("Record it")
    jane.sees("Recorded.", MISPLACED)
    # When she takes it off, with the reason, and names the one who keeps the original
    jane.follows("Take off this record")
    jane.sees(MISPLACED)
    jane.types("Why is this taken off the record?", "The letter is about another child.")
    jane.picks("Who keeps the original?", re.compile("Gareth Lowe"))
    jane.looks()
    jane.presses("Take it off this record")
    # Then it has left the record, a mark stays, and only he reads it
    jane.sees("Taken off this record", "The letter is about another child.", "Gareth Lowe keeps the original.")
    jane.does_not_see(MISPLACED)
    jane.looks()
    gareth = stage.given("gareth")
    gareth.finds("Jack Penhallow", "Jack Penhallow")
    gareth.follows("Timeline")
    gareth.does_not_see(MISPLACED)
    gareth.follows("Read the original: you are its named reader")
    gareth.sees(MISPLACED, "You are its one named reader.")


def the_manager_sees_what_the_team_carries(stage: Stage) -> None:
    # Given the manager of Family Support 2
    gareth = stage.given("gareth")
    gareth.goes_to("Team")
    # Then who is away, what they carry and who answers for it, and every child by when they were last seen
    gareth.sees("Aoife Brennan", "Jane Smith", "Children by when they were last seen", "Tyler Beckett")
    gareth.looks("team-family-support", widths="desktop")

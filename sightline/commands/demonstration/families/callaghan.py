"""Rory Callaghan, unallocated for days; and feedback that nobody has opened."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling

RORY, SINEAD = "Rory Callaghan", "Sinead Callaghan"
EXCLUDED = "Rory and the knife drawer"


def tell(story: Telling) -> None:
    """Accepted as a referral seven working days ago, and still on the manager's post."""
    diary = story.diary
    story.take(
        EXCLUDED, by="dipa", at=diary.at(8, "13:10"), channel="email",
        referrer=story.professional("other_health", "hospital-safeguarding", "Femi Lawal, safeguarding nurse"),
        saw="Rory, fourteen, came to the emergency department with a cut hand. He had taken the knives out of "
        "the drawer to hide them from himself. His mother had left him in the waiting room to go to work.",
        fears="That next time he does not hide them.",
        new=[story.child(RORY, diary.years_old(14, 140), "M"), story.adult(SINEAD, "F", diary.years_old(38, 77))],
    )  # fmt: skip
    at = diary.at(8, "13:30")
    story.parents({SINEAD: "mother"}, [RORY], by="dipa", at=at)
    story.home([RORY, SINEAD], "16 Foundry Lane, Hallowby", "QX2 3HU", by="dipa", at=at)
    sent = desk.acknowledge(story, EXCLUDED, by="dipa", at=at)
    desk.opened(sent, at=diary.at(8, "16:45"))
    desk.ask(
        story, EXCLUDED, "health", "hospital-safeguarding", by="dipa", at=diary.at(8, "14:00"),
        question="What does the mental health team know, and who sees him next?", reason="He has thoughts of harm.",
    )  # fmt: skip
    desk.agency_answers(
        story, EXCLUDED, by="tomas", at=diary.at(7, "11:00"), told_by="Femi Lawal, safeguarding nurse",
        text="Known for some months. Seen on the ward before discharge; next appointment in nine days.",
    )  # fmt: skip
    desk.settle(
        story, EXCLUDED, "referral_assessment", by="tomas", at=diary.at(7, "12:10"), need="N4",
        reason="A boy who tries to keep himself safe, and a mother who is asked for more than one person can do.",
        would_change="Any word of a plan to die: then it is decided again the same hour.",
        history_bears="No earlier contact. The hospital has known him for some months.",
    )  # fmt: skip
    # The safeguarding mailbox has not opened this one, and silence comes back.
    desk.tell_outcome(story, EXCLUDED, by="tomas", at=diary.at(7, "12:30"))

"""Theo Hart, whose parents work here: restricted to named readers, and a neighbour kept away."""

from sightline.commands.demonstration import casework, desk
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.journeys.restrict import keep_colleague_away, restrict_record

THEO, MOTHER, FATHER = "Theo Hart", "Imogen Hart", "Patrick Hart"
COUNSELLOR = "Theo and the school counsellor"
READERS = ("jane", "gareth", "helen", "sanjay", "gwen")


def tell(story: Telling) -> None:
    """His mother is a lawyer of the council, his father works in its finance office."""
    diary = story.diary
    referrer = story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead")
    story.take(
        COUNSELLOR, by="gwen", at=diary.at(25, "18:20"), channel="phone", referrer=referrer,
        saw="Theo told the counsellor that he sleeps in the shed when his father drinks, and that his mother "
        "says nobody at her work must know. He is eleven.",
        fears="That he will be out in the cold, and that it is kept quiet because of who they are.",
        new=[
            story.child(THEO, diary.years_old(11, 180), "M"),
            story.adult(MOTHER, "F", diary.years_old(41, 2)),
            story.adult(FATHER, "M", diary.years_old(44, 100)),
        ],
        agreements=[],
    )  # fmt: skip
    at = diary.at(25, "18:40")
    story.parents({MOTHER: "mother", FATHER: "father"}, [THEO], by="gwen", at=at)
    story.home([THEO, MOTHER, FATHER], "2 Beacon Close, Hallowby", "QX2 1YZ", by="gwen", at=at)
    desk.acknowledge(story, COUNSELLOR, by="gwen", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, COUNSELLOR, "referral_assessment", by="gwen", at=diary.at(25, "19:30"), need="N3",
        reason="A boy sleeps outside because of his father's drinking. It is weighed as any other family's "
        "would be, by people who do not work with his parents.",
        would_change="If he sleeps outside again before we have met him, we act that night.",
        history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.tell_outcome(story, COUNSELLOR, by="gwen", at=diary.at(25, "19:50"), heard=desk.answer_to(referrer))
    _protect(story)
    casework.note(story, "Theo, first meeting", Note(
        about=[THEO], seen="seen_alone", text="Met at school, in the music room. He had brought a list.",
        own_words={THEO: "I don't want Dad to lose his job. I want a lock on the inside."},
    ), by="jane", at=diary.at(20, "14:10"))  # fmt: skip


def _protect(story: Telling) -> None:
    diary, helen = story.diary, story.who("helen")
    casework.give(
        story, [THEO], "worker-1-family-support-2", by="helen", at=diary.at(24, "08:50"),
        reason="Jane has never worked with either parent.",
    )  # fmt: skip
    for name in (THEO, MOTHER, FATHER):
        person = story.people[name]
        keep_colleague_away(
            by=helen, person=person, colleague=story.who("tomas").id, reviewer=story.post("service-manager"),
            reason="Lives next door, and has said so.", at=diary.at(24, "09:00"),
        )  # fmt: skip
        restrict_record(
            by=helen, person=person, readers=[story.who(key).id for key in READERS],
            reviewer=story.post("service-manager"), at=diary.at(24, "09:05"),
            reason="Both parents work for the council.",
        )  # fmt: skip

"""Eleni Demetriou and her children, in a refuge: the address is withheld, the record restricted."""

from sightline.commands.demonstration import casework, desk
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.journeys.restrict import restrict_record
from sightline.people.operations import add_need

ELENI, SOFIA, NIKOS, ANDREAS = "Eleni Demetriou", "Sofia Demetriou", "Nikos Demetriou", "Andreas Demetriou"
FLED = "Eleni and the children have fled"
READERS = ("jane", "gareth", "helen", "margaret", "sanjay", "gwen")


def tell(story: Telling) -> None:
    """Their father is looking for them, and a cousin of his works in the building."""
    diary = story.diary
    referrer = story.professional("housing", "housing-safeguarding", "Joy Adeleke, tenancy safeguarding lead")
    story.take(
        FLED, by="dipa", at=diary.at(29, "13:15"), channel="phone", referrer=referrer,
        saw="Eleni came to the office with both children and one bag. She left Andreas in the night after he held her "
        "by the throat in front of Sofia. They go to a refuge today.",
        fears="That he finds them. He has been to the school gate and to our counter asking for the new address.",
        new=[
            story.adult(ELENI, "F", diary.years_old(34, 100)),
            story.child(SOFIA, diary.years_old(10, 210), "F"),
            story.child(NIKOS, diary.years_old(6, 30), "M"),
            story.adult(ANDREAS, "M", diary.years_old(37, 8)),
        ],
        agreements=[],
    )  # fmt: skip
    _the_family(story)
    desk.acknowledge(story, FLED, by="dipa", at=diary.at(29, "13:40"), heard=desk.answer_to(referrer))
    desk.settle(
        story, FLED, "referral_assessment", by="tomas", at=diary.at(29, "15:10"), need="N1",
        reason="Both children have lived with violence and are in hiding from their father. They need help where they "
        "are, and nobody may lead him there.",
        would_change="Nothing while he is looking for them.",
        history_bears="No earlier contact. The police have four calls to the old address in two years.",
    )  # fmt: skip
    desk.tell_outcome(story, FLED, by="tomas", at=diary.at(29, "15:30"), heard=desk.answer_to(referrer))
    casework.give(
        story, [SOFIA, NIKOS], "worker-1-family-support-2", by="margaret", at=diary.at(29, "16:00"),
        reason="Jane has worked with this refuge before.",
    )  # fmt: skip
    for name in (SOFIA, NIKOS, ELENI):
        restrict_record(
            by=story.who("gareth"), person=story.people[name], readers=[story.who(key).id for key in READERS],
            reviewer=story.post("service-manager"), at=diary.at(29, "16:15"),
            reason="In a refuge. A relative of the father works for the council and must not find them here.",
        )  # fmt: skip
    casework.note(story, "Sofia and Nikos at the refuge", Note(
        about=[SOFIA, NIKOS, ELENI], seen="seen",
        text="Saw all three. The children start at a school near by on Monday under the refuge's arrangements. Nikos "
        "asks when he can fetch his bicycle. Eleni has a solicitor for a non-molestation order.",
        private={SOFIA: "Sofia does not want to talk about that night yet. She chose a word to say when she does."},
    ), by="jane", at=diary.at(22, "15:45"))  # fmt: skip


def _the_family(story: Telling) -> None:
    at = story.diary.at(29, "14:00")
    story.parents({ELENI: "mother", ANDREAS: "father"}, [SOFIA, NIKOS], by="dipa", at=at)
    story.siblings([SOFIA, NIKOS], by="dipa", at=at)
    story.home([ELENI, SOFIA, NIKOS, ANDREAS], "27 Saltmarsh Close, Hallowby", "QX2 8NT", by="dipa", at=at)
    moved = story.diary.at(29, "14:30")
    story.protected_home(
        [ELENI, SOFIA, NIKOS], "Larkrise, 40 Harbour Rise, Tidewell", "QX3 1SS", by="dipa", at=moved,
        readers=[story.post("worker-1-family-support-2"), story.who("gareth").id],
    )  # fmt: skip
    add_need(
        by=story.who("dipa"), person=story.people[ELENI], kind="safe_contact", at=moved,
        words="Ring the refuge's office and ask for her key worker. Never write, never leave a message.",
    )  # fmt: skip
    add_need(
        by=story.who("dipa"), person=story.people[ELENI], kind="interpreter", at=moved,
        words="Greek for anything long; never a relative.",
    )  # fmt: skip

"""Maya, Isla and Finn Sorrell: two injuries that two agencies saw, police protection, and a joint enquiry."""

from datetime import datetime

from sightline.commands.demonstration import casework, desk, helping, protecting
from sightline.commands.demonstration.families import sorrell_conference
from sightline.commands.demonstration.helping import child
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import acting
from sightline.enquiries.operations import add_account, end_order, record_medical
from sightline.enquiries.queries import list_medicals, list_orders
from sightline.journeys.injuries import note_injury
from sightline.journeys.protect import keep_safe

MAYA, ISLA, FINN = "Maya Sorrell", "Isla Sorrell", "Finn Sorrell"
LEANNE, DEAN, PAT = "Leanne Sorrell", "Dean Roake", "Pat Sorrell"
ALL = (MAYA, ISLA, FINN)
EAR, NAOMI = "Isla's ear", "worker-4-family-support-2"
REFERRER = "Hannah Reyes, safeguarding lead"


def tell(story: Telling) -> None:
    """The school saw an ear and the hospital an arm: neither had known of the other's."""
    _the_school_rings(story)
    _two_injuries(story)
    _the_discussion(story)
    _kept_safe(story)
    _enquired(story)
    _concluded(story)
    sorrell_conference.tell(story)


def _the_school_rings(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("school", "school-lead", REFERRER)
    story.take(
        EAR, by="dipa", at=diary.at(41, "10:05"), channel="phone", referrer=referrer,
        saw="Isla, six, came in with a dark bruise around the whole of her left ear. She said that she was naughty and "
        "that Dean is going to stop being cross. Finn, three, was in the pushchair and did not look up.",
        fears="That Dean did it, and that Finn is at home with him all day.",
        new=[
            story.child(MAYA, diary.years_old(14, 40), "F"), story.child(ISLA, diary.years_old(6, 150), "F"),
            story.child(FINN, diary.years_old(3, 70), "M"), story.adult(LEANNE, "F", diary.years_old(33, 12)),
            story.adult(DEAN, "M", diary.years_old(35, 200)), story.adult(PAT, "F", diary.years_old(61, 9)),
        ],
    )  # fmt: skip
    _the_family(story, diary.at(41, "10:25"))
    desk.acknowledge(story, EAR, by="dipa", at=diary.at(41, "10:40"), heard=desk.answer_to(referrer))
    desk.settle(
        story, EAR, "referral_strategy", by="tomas", at=diary.at(41, "11:30"), need="N1",
        reason="A bruise around a whole ear is not a fall. She said who was cross. A boy of three is with him now.",
        would_change="Nothing before the police and health have been heard.",
        history_bears="Nothing is known here of any of the three.",
    )  # fmt: skip
    desk.tell_outcome(story, EAR, by="tomas", at=diary.at(41, "11:45"), heard=desk.answer_to(referrer))
    casework.give(story, ALL, NAOMI, by="margaret", at=diary.at(41, "12:00"), reason="Naomi can go today.")


def _the_family(story: Telling, at: datetime) -> None:
    story.parents({LEANNE: "mother"}, ALL, by="dipa", at=at)
    story.parents({DEAN: "father"}, [ISLA, FINN], by="dipa", at=at)
    story.siblings([ISLA, FINN], by="dipa", at=at)
    for name in (ISLA, FINN):
        story.related(MAYA, name, "half_sibling", by="dipa", at=at)
        story.related(PAT, name, "grandparent", by="dipa", at=at)
    story.related(PAT, MAYA, "grandparent", by="dipa", at=at, words="Maya has lived with her since she was nine")
    story.home([ISLA, FINN, LEANNE, DEAN], "4 Tannery Steps, Hallowby", "QX2 8PT", by="dipa", at=at)
    story.home([MAYA, PAT], "18 Chapel Lane, Hallowby", "QX1 3WB", by="dipa", at=at)


def _two_injuries(story: Telling) -> None:
    """The hospital's was seen seven weeks before, and told only when it was asked."""
    diary, naomi, agencies = story.diary, story.who("naomi"), story.authority.agencies
    isla = story.people[ISLA]
    note_injury(
        by=naomi, child=isla, what="bruise", sites=["ear_left"], seen_on=diary.day(41), seen_by=REFERRER,
        account="She fell against the door of the van.", account_of="Leanne Sorrell, her mother, by telephone",
        childs_account="I was naughty.", agency=agencies["osier-lane"], at=diary.at(41, "13:10"),
    )  # fmt: skip
    note_injury(
        by=naomi, child=isla, what="fracture", sites=["arm_left"], seen_on=diary.day(76),
        seen_by="Femi Lawal, safeguarding nurse", account="She came off the bunk bed in the night.",
        account_of="Dean Roake, her father, who brought her", examined_by="Emergency department",
        examined_on=diary.day(76), agency=agencies["hallowby-hospital"], at=diary.at(41, "14:20"),
    )  # fmt: skip


def _the_discussion(story: Telling) -> None:
    diary = story.diary
    protecting.discuss(
        story, "A bruised ear, a broken arm that nobody had told us of, and a child who says that she was naughty.",
        {
            MAYA: ("enquiry", "She is with them at weekends, and has seen him with the little ones."),
            ISLA: ("enquiry", "Two injuries in seven weeks, each with another story."),
            FINN: ("enquiry", "He is three, at home with the same man, and cannot tell us."),
        },
        [
            protecting.us(story, "manager-family-support-2", "Gareth Lowe", "Team manager"),
            protecting.us(story, NAOMI, "Naomi Blyth", "Social worker"),
            protecting.there(story, "police-hub", "DS Ana Whitfield", "Detective sergeant",
                             "Dean Roake has a caution for hurting a former partner, four years ago."),
            protecting.there(story, "hospital-safeguarding", "Femi Lawal", "Safeguarding nurse",
                             "The break was treated as a fall. Nobody was asked whether she has a bunk bed."),
            protecting.there(story, "school-lead", "Hannah Reyes", "Safeguarding lead",
                             "Isla was off for a week with the arm. We were told that she had a cold."),
        ],
        by="gareth", at=diary.at(41, "17:00"), manner="joint", medical="needed", medical_for=[ISLA],
        medical_of="Dr Ines Calder, paediatrician", safety="Police and Naomi go to the house together, now.",
    )  # fmt: skip


def _kept_safe(story: Telling) -> None:
    """Nobody at home would ask Dean to go, so the police acted; it ran out, and Leanne had been heard by then."""
    diary, naomi, isla = story.diary, story.who("naomi"), story.people[ISLA]
    order = keep_safe(
        by=naomi, child=isla, kind="police_protection", began_at=diary.at(41, "18:05"), at=diary.at(41, "20:10"),
        made_by="PC 4471 Anwar", where_kept="With her grandmother, Pat Sorrell",
        words="Leanne would not ask Dean to leave. Isla went to Pat's, with her bear. Leanne took Finn there herself.",
    )  # fmt: skip
    at = diary.at(36, "09:15")
    with acting(naomi.id):
        runs_out = next(one.runs_out_at for one in list_orders([isla], at) if one.step == order)
    end_order(
        by=naomi, order=order, ended_at=runs_out, at=at,
        because="It ran out. Leanne has agreed in writing that Isla and Finn stay with Pat, and Dean does not come.",
    )  # fmt: skip


def _enquired(story: Telling) -> None:
    diary, naomi, isla = story.diary, story.who("naomi"), story.people[ISLA]
    with acting(naomi.id):
        medical = list_medicals([isla])[0].step
    record_medical(
        by=naomi, medical=medical, held_at=diary.at(40, "11:00"), examiner="Dr Ines Calder, paediatrician",
        words="A bruise of both sides of the left ear, as from a pinch or a pull. The arm heals well. The break is of "
        "a kind that is seen when an arm is twisted.", at=diary.at(40, "16:40"),
    )  # fmt: skip
    helping.visit(story, "Isla at her grandmother's", [
        child(story, ISLA, "seen_alone", words="Dean does ears. Maya knows. Don't tell Mummy that I said ears."),
        child(story, FINN, "observed"), child(story, MAYA, "seen_alone", words="I should have said it at Easter."),
    ], adults=[PAT], by="naomi", at=diary.at(39, "16:30"), announced=True, present="Pat", place="elsewhere",
        text="With DS Whitfield. Isla drew the van, and nobody near its door. Finn held on to Maya.")  # fmt: skip
    add_account(
        by=naomi, enquiry=protecting.enquiry_of(story, ISLA, by="naomi"), at=diary.at(37, "12:00"),
        told_by="Dean Roake", words="“She fell. You lot have decided already.” He was heard at the police station.",
    )  # fmt: skip


def _concluded(story: Telling) -> None:
    diary = story.diary
    protecting.conclude(story, {
        MAYA: ("no_continuing_risk", "She lives with Pat, was frightened by him, and does not go back there."),
        ISLA: ("continuing_risk", "Both injuries were done to her. Leanne says so one day and takes it back the next."),
        FINN: ("continuing_risk", "What was done to Isla can be done to him, and he has nobody else at home."),
    }, by="naomi", at=diary.at(34, "15:20"), media="seen")  # fmt: skip
    protecting.told(story, ISLA, "school-lead", "Rang Hannah Reyes, who will come and brings Isla's drawings.",
                    by="naomi", at=diary.at(34, "16:00"))  # fmt: skip

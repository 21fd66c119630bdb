"""Grace and Daniel Nkemelu: in danger last night, and decided by the emergency duty team."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling

GRACE, DANIEL, OBINNA = "Grace Nkemelu", "Daniel Nkemelu", "Obinna Nkemelu"
NIGHT = "Two children alone at night"


def tell(story: Telling) -> None:
    """The police rang at a quarter to eleven at night."""
    diary = story.diary
    referrer = story.professional("police", "police-hub", "Sergeant 118 Rowe, night duty")
    story.take(
        NIGHT, by="sanjay", at=diary.at(1, "22:50"), channel="phone", referrer=referrer,
        saw="Officers found Grace, nine, carrying Daniel, one, along the ring road. She said that Daddy was "
        "asleep on the kitchen floor and would not wake. An ambulance has him; he had taken something.",
        fears="That there is nobody to care for them tonight.",
        danger="Grace and Daniel are in the police station's family room, warm and fed. Their father is in hospital.",
        new=[
            story.child(GRACE, diary.years_old(9, 66), "F"),
            story.child(DANIEL, diary.years_old(1, 80), "M"),
            story.adult(OBINNA, "M"),
        ],
        agreements=[],
    )  # fmt: skip
    at = diary.at(1, "23:10")
    story.parents({OBINNA: "father"}, [GRACE, DANIEL], by="sanjay", at=at)
    story.siblings([GRACE, DANIEL], by="sanjay", at=at)
    story.home([GRACE, DANIEL, OBINNA], "70 Ring Road, Hallowby", "QX2 5WE", by="sanjay", at=at)
    desk.settle(
        story, NIGHT, "referral_strategy", by="sanjay", at=diary.at(1, "23:25"), need="N1",
        reason="Two young children with nobody able to care for them tonight, and a father whose overdose is "
        "not explained.",
        would_change="What the hospital says of their father in the morning.",
        history_bears="No record of this family. Their mother's name is not known yet.",
        safe_tonight="Their aunt, Ngozi Nkemelu, came at 23:20 and has taken them home with their father's agreement, "
        "given to the police at the hospital. She was checked by the police. We ring her at eight.",
    )  # fmt: skip
    desk.acknowledge(story, NIGHT, by="sanjay", at=diary.at(1, "23:30"), heard=desk.answer_to(referrer))
    desk.tell_outcome(story, NIGHT, by="sanjay", at=diary.at(1, "23:35"), heard=desk.answer_to(referrer))

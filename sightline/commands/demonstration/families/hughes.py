"""Two girls called Amelia Hughes, born two days apart, who have never met."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling
from sightline.journeys.restrict import declare_own_conflict
from sightline.people.operations import add_identifier

AMELIA, OTHER = "Amelia Hughes", "Amelia Hughes of Quay Street"
RHIAN, STUART = "Rhian Hughes", "Stuart Hughes"
LUNCH, PARTY = "Amelia's lunch box", "A party in Quay Street"


def tell(story: Telling) -> None:
    """One was offered early help; the other's contact ended as a referral with no further action."""
    diary = story.diary
    referrer = story.professional("school", "school-office", "Desmond Cole, deputy safeguarding lead")
    story.take(
        LUNCH, by="dipa", at=diary.at(48, "09:50"), channel="phone", referrer=referrer,
        saw="Amelia's lunch box has been empty twice and she said that Mummy is too sad to cook.",
        fears="That her mother is on her own with it since the baby died.",
        new=[story.child(AMELIA, diary.years_old(8, 250), "F"), story.adult(RHIAN, "F", diary.years_old(32, 9))],
    )  # fmt: skip
    at = diary.at(48, "10:10")
    story.parents({RHIAN: "mother"}, [AMELIA], by="dipa", at=at)
    story.home([AMELIA, RHIAN], "51 Mill Rise, Hallowby", "QX1 5GA", by="dipa", at=at)
    add_identifier(by=story.who("dipa"), person=story.people[AMELIA], scheme="child_id", value="H203990", at=at)
    desk.acknowledge(story, LUNCH, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, LUNCH, "early_help_offer", by="tomas", at=diary.at(48, "15:00"), agreement=True,
        reason="Rhian grieves and wants company and a hot meal more than an assessment. Amelia is well otherwise.",
        would_change="If Amelia is hungry again, or Rhian talks of dying.", history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.tell_outcome(story, LUNCH, by="tomas", at=diary.at(48, "15:20"), heard=desk.answer_to(referrer))
    desk.finish(
        story, LUNCH, "offer_early_help", by="tomas", at=diary.at(46, "11:00"),
        outcome="Offered and taken up: the bereavement group and a volunteer on Thursdays.",
    )  # fmt: skip
    _the_other(story)


def _the_other(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("police", "police-hub", "PC 2210 Mbeki, public protection desk")
    person = story.child(OTHER, diary.years_old(8, 248), "F")
    story.take(
        PARTY, by="dipa", at=diary.at(26, "08:50"), channel="police_notification", referrer=referrer,
        saw="A loud party at 1:00. A girl of eight was asleep upstairs and her grandmother was sober and in charge.",
        fears="None, the officer is required to report it.",
        new=[story.named(person, "Amelia", "Hughes"), story.adult(STUART, "M", diary.years_old(40, 31))],
    )  # fmt: skip
    at = diary.at(26, "09:10")
    story.parents({STUART: "father"}, [OTHER], by="dipa", at=at)
    story.home([OTHER, STUART], "4 Quay Street, Tidewell", "QX3 2BB", by="dipa", at=at)
    # Ruth's post stands in the front door's team. She saw the name in the queue, and said so.
    declare_own_conflict(
        by=story.who("ruth"), people=[story.people[OTHER], story.people[STUART]], at=diary.at(26, "09:40"),
        reason="Stuart is my brother-in-law.",
    )  # fmt: skip
    desk.acknowledge(story, PARTY, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, PARTY, "referral_no_further_action", by="tomas", at=diary.at(26, "11:40"), need="N9",
        reason="Amelia was asleep and cared for. Her school, asked, has no worry. Not to be confused with the Amelia "
        "Hughes of Mill Rise, who was born two days earlier.",
        would_change="Another call to the house at night.", history_bears="The other Amelia's contact is not hers.",
    )  # fmt: skip
    desk.tell_outcome(story, PARTY, by="tomas", at=diary.at(26, "12:00"), heard=desk.answer_to(referrer))

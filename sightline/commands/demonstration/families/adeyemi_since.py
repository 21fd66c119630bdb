"""The Adeyemi twins, since: a conference decided that there is no plan, and their health visitor does not agree."""

from uuid import UUID

from sightline.commands.demonstration import protecting
from sightline.commands.demonstration.families.adeyemi import FOLAKE, KEHINDE, TAIWO
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.holding_rules import DissentGiven, Held, Paragraph, ViewGiven
from sightline.disagreements.rules import SideGiven
from sightline.journeys.disagree import disagree, take_further

BOTH, GARETH, MARCUS = (KEHINDE, TAIWO), "manager-family-support-2", "support-family-support-2"
VISITOR, TEACHER, POLICE = "Brigid Nolan", "Hannah Reyes", "DC Owen Frith"
CONFERENCE = "The twins' conference"


def tell(story: Telling) -> None:
    """She said so in the room; the two of them did not settle it, and their managers have it now."""
    _enquired(story)
    meeting = _no_plan(story)
    diary = story.diary
    step = disagree(
        by=story.who("gareth"), children=[story.people[name] for name in BOTH], post=story.post(protecting.CHAIR),
        about="That Kehinde and Taiwo have no child protection plan", subject_kind="conference", subject=meeting,
        sides=(
            SideGiven(name=VISITOR, agency_post=story.authority.mailboxes["hospital-visitors"], words="Kehinde has "
                      "lost weight three times. Each time it came back while we looked, and went when we stopped."),
            SideGiven(name="Winston Clarke", post=story.post(protecting.CHAIR), words="Folake has kept every "
                      "appointment for nine weeks, and asks for help herself."),
        ),
        safety="Brigid weighs both on Mondays until it is settled, and Marcus goes on Thursdays.",
        raised_on=diary.day(4), at=diary.at(4, "10:40"),
    )  # fmt: skip
    take_further(
        by=story.who("gareth"), disagreement=step, post=story.post(GARETH), resolver="Gareth Lowe and Ellen Sharp, "
        "named nurse", came_of="Brigid and Winston spoke for an hour. Each sees why; neither changed their mind.",
        stage=1, at=diary.at(1, "11:30"),
    )  # fmt: skip


def _enquired(story: Telling) -> None:
    diary = story.diary
    protecting.discuss(
        story, "Both twins have lost weight again in a month.",
        dict.fromkeys(BOTH, ("enquiry", "It is the second time, and nobody can say why.")),
        [
            protecting.us(story, GARETH, "Gareth Lowe", "Team manager"),
            protecting.there(story, "police-hub", POLICE, "Detective constable", "Nothing known."),
            protecting.there(story, "hospital-visitors", VISITOR, "Health visitor",
                             "Kehinde is on the lowest line, Taiwo on the second."),
        ],
        by="gareth", at=diary.at(16, "15:30"), manner="single", medical="not_needed",
        medical_because="The dietitian sees them on Friday.", safety="Marcus is there at tea on three days a week.",
    )  # fmt: skip
    protecting.conclude(
        story, dict.fromkeys(BOTH, ("continuing_risk", "The twins go short when the money does. It may come again.")),
        by="gareth", at=diary.at(11, "12:00"), media="none",
    )  # fmt: skip
    protecting.told(story, KEHINDE, "hospital-visitors", "Rang Brigid Nolan, who wants a plan for both.", by="gareth",
                    at=diary.at(11, "13:00"))  # fmt: skip


def _no_plan(story: Telling) -> UUID:
    diary, at = story.diary, story.diary.at(11, "14:00")
    conference = protecting.convene(
        story, BOTH, by="gareth", at=at, starts_at=diary.at(6, "13:30"), place="Heron Room, Quayside House"
    )
    protecting.ask(story, conference, "Marcus Bello", post=MARCUS, role="Family support worker", at=at)
    protecting.ask(story, conference, VISITOR, mailbox="hospital-visitors", role="Health visitor", at=at)
    protecting.ask(story, conference, TEACHER, mailbox="school-lead", role="Nursery's safeguarding lead", at=at)
    protecting.ask(
        story, conference, FOLAKE, role="Mother", at=at, safe="yes", because="She lives alone with the twins."
    )
    asked = conference.invitees
    why = "Their mother asks for help and takes it. What they go short of is money, and that can be had without a plan."
    protecting.held(story, CONFERENCE, conference, Held(
        held_at=diary.at(6, "13:30"),
        children=tuple(protecting.decided(story, name, "no_plan", why, part="none") for name in BOTH),
        attendance=dict.fromkeys(asked.values(), ("there", "")),
        views={
            asked[VISITOR]: ViewGiven("Both need a plan. I have seen it come and go.", "yes"),
            asked[TEACHER]: ViewGiven("They eat well here and are fetched on time.", "no"),
            asked[FOLAKE]: ViewGiven("Help me with the money and come and see. You need no plan for that.", "no"),
        },
        dissents=(DissentGiven(asked[VISITOR], story.people[KEHINDE], "She has lost weight three times, and was well "
                               "each time that we decided. I do not agree."),),
        paragraphs=(Paragraph("Folake showed what is left of a week's money when the rent is paid.", ()),),
    ), at=diary.at(6, "16:40"))  # fmt: skip
    protecting.letters_go(story, conference, at=diary.at(5, "10:15"), given={FOLAKE: "With an interpreter"})
    return conference.meeting

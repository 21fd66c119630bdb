"""The Sorrells' conference, without Dean Roake; a plan for Isla and Finn, and its first core group."""

from sightline.commands.demonstration import helping, protecting
from sightline.commands.demonstration.helping import child
from sightline.commands.demonstration.protecting import Conference
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.holding_rules import Held, Paragraph, ViewGiven
from sightline.conferences.operations import exclude, report_shared, take_report
from sightline.doorway.acts import acting
from sightline.journeys.core_group import CoreGroupHeld, MemberGiven, hold_core_group
from sightline.journeys.hold_conference import ActionGiven, HeldConference, OutcomeGiven, Outline
from sightline.plans.queries import get_plan

MAYA, ISLA, FINN = "Maya Sorrell", "Isla Sorrell", "Finn Sorrell"
LEANNE, DEAN, PAT = "Leanne Sorrell", "Dean Roake", "Pat Sorrell"
SCHOOL, VISITOR, POLICE = "Hannah Reyes", "Brigid Nolan", "DS Ana Whitfield"
WORKER, NAOMI = "Naomi Blyth", "worker-4-family-support-2"
ALL = (MAYA, ISLA, FINN)
CONFERENCE = "The Sorrells' conference"


def tell(story: Telling) -> None:
    """Held thirteen working days after the discussion; the letters went the next day."""
    conference = _convened(story)
    _reports(story, conference)
    came = _held(story, conference)
    protecting.letters_go(
        story, conference, at=story.diary.at(27, "11:10"),
        given={LEANNE: "Read to her at Pat's table, and left with her", MAYA: "Given to her, with time to read it",
               DEAN: "Posted to his solicitor"},
    )  # fmt: skip
    _core_group(story, came)
    _since(story)


def _convened(story: Telling) -> Conference:
    diary, at = story.diary, story.diary.at(33, "10:00")
    conference = protecting.convene(
        story, ALL, by="naomi", at=at, starts_at=diary.at(28, "14:00"), place="Tern Room, Quayside House"
    )
    protecting.ask(story, conference, WORKER, post=NAOMI, role="Social worker", at=at)
    protecting.ask(story, conference, SCHOOL, mailbox="school-lead", role="Safeguarding lead", report=True, at=at)
    protecting.ask(story, conference, VISITOR, mailbox="hospital-visitors", role="Health visitor", report=True, at=at)
    protecting.ask(story, conference, POLICE, mailbox="police-hub", role="Detective sergeant", at=at)
    protecting.ask(story, conference, LEANNE, role="Mother", at=at, safe="yes",
                   because="She lives at Pat's this month, and Dean does not know it.")  # fmt: skip
    protecting.ask(story, conference, MAYA, role="Sister", at=at, safe="yes", because="She lives with her grandmother.")
    protecting.ask(story, conference, DEAN, role="Father of Isla and Finn", at=at, told=False, safe="no",
                   because="He waited outside the school on Monday. The police ask us not to tell him.")  # fmt: skip
    exclude(
        by=story.who("winston"), invitee=conference.invitees[DEAN], at=diary.at(32, "12:30"),
        because="The police are looking into what may have happened, and while they do you cannot be at the meeting. "
        "You can write to me, and what you write will be heard.",
        on_record="Leanne is afraid of him in the room, and the police ask that he does not learn when it is.",
    )  # fmt: skip
    protecting.tell(story, conference, DEAN, at=diary.at(32, "14:00"))
    return conference


def _reports(story: Telling, conference: Conference) -> None:
    diary, naomi = story.diary, story.who("naomi")
    for name, words in (
        (SCHOOL, "Isla is quick, kind to small children, and watches doors. She was here on 81 days of 100."),
        (VISITOR, "Finn says six words and had twenty in spring. He grows. His review was missed three times."),
    ):  # fmt: skip
        take_report(by=naomi, invitee=conference.invitees[name], words=words, at=diary.at(32, "15:00"))
        report_shared(by=naomi, invitee=conference.invitees[name], on=diary.day(31), at=diary.at(31, "17:00"),
                      how="Read with Leanne at Pat's")  # fmt: skip
    protecting.writes(
        conference, POLICE, "Isla told us and Naomi the same. The file goes to the prosecutor next week.",
        at=diary.at(30, "09:40"), for_plan="yes",
    )  # fmt: skip


def _held(story: Telling, conference: Conference) -> HeldConference:
    diary, asked = story.diary, conference.invitees
    given = Held(
        held_at=diary.at(28, "14:00"),
        children=(
            protecting.decided(story, MAYA, "no_plan", "She is safe with Pat and says what she sees.", part="there",
                               part_words="I want to see them every day and not be asked about him."),
            protecting.decided(story, ISLA, "plan", "Two injuries were done to her at home.", category="PHY",
                               others=("EMO",), part="drawn", part_words="A house with a big lock. Bear has the key."),
            protecting.decided(story, FINN, "plan", "He has stopped talking, and lives with the same fear.",
                               category="EMO", part="none"),
        ),
        attendance={asked[name]: ("there", "") for name in (WORKER, SCHOOL, VISITOR, LEANNE)}
        | {asked[POLICE]: ("deputy", "PC 4471 Anwar"), asked[MAYA]: ("in_part", "")},
        views={
            asked[SCHOOL]: ViewGiven("Both need a plan. Isla has begun to sing again since she is at Pat's.", "yes"),
            asked[VISITOR]: ViewGiven("Finn needs his words back before he needs anything else of us.", "yes"),
            asked[LEANNE]: ViewGiven("I know what he did. I want help to stay away when he rings.", "yes"),
        },
        paragraphs=(
            Paragraph("Everybody agreed that the children are loved by their mother, who has not been able to keep "
                      "them from Dean. She has kept him away for nine days now, which is the longest ever.", ()),
            Paragraph("Pat has both children until Leanne has a home of which Dean has no key.", ()),
            Paragraph("Isla told Naomi and the police how her ear was hurt.", (story.people[ISLA],),
                      kept_from=(asked[DEAN],)),
        ),
        next_on=None,
    )  # fmt: skip
    return protecting.held(story, CONFERENCE, conference, given, outline=_outline(story), at=diary.at(28, "17:10"))


def _outline(story: Telling) -> Outline:
    diary = story.diary
    return Outline(
        outcomes=(
            OutcomeGiven("Nobody hurts Isla or Finn, and Isla knows it.", childs_words="A big lock.",
                         how_we_know="Isla sleeps through, and says who lives at home.", actions=(
                             ActionGiven("Change the locks, and keep the keys", "Leanne, with Tidewell Homes",
                                         by_when=diary.day(20)),
                             ActionGiven("Ask the court to keep Dean away", "Leanne, with her solicitor",
                                         by_when=diary.in_weeks(2)),
                         )),
            OutcomeGiven("Finn has his words back.", child=story.people[FINN],
                         how_we_know="His health visitor counts twenty again.", actions=(
                             ActionGiven("See Finn every second week", "Brigid Nolan", by_when=diary.day(18)),
                             ActionGiven("Nursery on five mornings", "Naomi Blyth", by_when=diary.in_weeks(1)),
                         )),
        ),
        contingency="If Dean comes to the door, Leanne rings 999 and then Pat, who fetches the children.",
        further_action="If Leanne goes back to him with the children, we ask for legal advice the same day.",
    )  # fmt: skip


def _core_group(story: Telling, came: HeldConference) -> None:
    """Eight working days after; two things are done by then. The second is due two weeks from now."""
    diary, naomi = story.diary, story.who("naomi")
    plan = came.plans[story.people[ISLA]]
    with acting(naomi.id):
        actions = {one.what: one.step for one in get_plan(plan).actions}
    for what, outcome, back in (
        ("Change the locks, and keep the keys", "Done. Leanne and Pat have the only keys.", 22),
        ("See Finn every second week", "Begun: Brigid comes on Tuesdays, and Finn waits for her bag.", 21),
    ):
        helping.done(story, actions[what], outcome, by="naomi", at=diary.at(back, "12:00"))
    boxes = story.authority.mailboxes
    hold_core_group(by=naomi, plan=plan, at=diary.at(20, "17:30"), held=CoreGroupHeld(
        held_at=diary.at(20, "15:30"), place="Osier Lane Primary School",
        text="The locks are changed. Dean has rung eleven times; Leanne answered once and told us. Isla came in to "
        "show us her reading book.",
        parents="Leanne asked that the phone number be changed, and that Naomi sits with her when she does it.",
        members=(
            MemberGiven(post=story.post(NAOMI), name=WORKER, role="Lead social worker", attendance="there"),
            MemberGiven(agency_post=boxes["school-lead"], name=SCHOOL, role="Safeguarding lead", attendance="there",
                        view=ViewGiven("Isla is at school every day.")),
            MemberGiven(agency_post=boxes["hospital-visitors"], name=VISITOR, role="Health visitor",
                        attendance="there", view=ViewGiven("Finn said “bag”, “dog” and “again”.")),
            MemberGiven(person=story.people[LEANNE], role="Mother", attendance="there", safe="yes",
                        safe_because="She came, and Dean knows of nothing."),
        ),
    ))  # fmt: skip


def _since(story: Telling) -> None:
    diary = story.diary
    helping.visit(story, "Isla and Finn, at Pat's", [child(story, ISLA, "seen_alone", words="Bear still has the key."),
                  child(story, FINN, "observed", sleeping="A small bed beside Isla's")], adults=[PAT, LEANNE],
                  by="naomi", at=diary.at(15, "16:45"), announced=False, sleeping="seen", present="Pat, Leanne",
                  text="Came without notice. Finn ran to the door and stopped when he saw that it was me.")  # fmt: skip
    helping.visit(story, "Isla and Finn, home", [child(story, ISLA, "seen"), child(story, FINN, "seen")],
                  adults=[LEANNE], by="naomi", at=diary.at(6, "16:20"), announced=True, present="Leanne and Pat",
                  text="The first week at home with new locks. Isla showed me how the chain goes.")  # fmt: skip

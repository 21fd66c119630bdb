"""Poppy Tansley: eight months on a plan for neglect, reviewed once, with the next review near."""

from uuid import UUID

from sightline.commands.demonstration import casework, desk, helping, protecting
from sightline.commands.demonstration.helping import child
from sightline.commands.demonstration.protecting import Conference
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.holding_rules import Held, Paragraph, ViewGiven
from sightline.doorway.acts import acting
from sightline.journeys.core_group import CoreGroupHeld, MemberGiven, hold_core_group
from sightline.journeys.hold_conference import ActionGiven, OutcomeGiven, Outline
from sightline.journeys.restrict import restrict_record
from sightline.plans.queries import get_plan
from sightline.plans.rules import ProgressGiven

POPPY, JODIE = "Poppy Tansley", "Jodie Tansley"
COLD, NAOMI = "Poppy's cold hands", "worker-4-family-support-2"
VISITOR, OFFICER, WORKER = "Brigid Nolan", "Marsha Dunn", "Naomi Blyth"
READERS = ("naomi", "gareth", "helen", "winston")
PLACE = "Tern Room, Quayside House"


def tell(story: Telling) -> None:
    """From a cold flat to a warm one. Poppy's plan went on at its first review, under the same category."""
    _to_the_conference(story)
    plan = _begun(story)
    for back, text in GROUPS[:2]:
        _core_group(story, plan, back, text)
    _reviewed(story, plan)
    for back, text in GROUPS[2:]:
        _core_group(story, plan, back, text)
    _visits(story)
    _named_readers(story)


GROUPS = (
    (163, "The meter is paid for and the flat is warm. Jodie asks for somebody to show her how, not to tell her."),
    (134, "Poppy has put on weight. The nappies are changed by day and not at night."),
    (84, "Nursery three mornings. Jodie came late twice, rang both times, and was in her slippers."),
    (56, "Poppy had chickenpox and was well looked after. The doctor was rung on the first day."),
    (28, "Five weeks without a missed appointment. The back bedroom is still full of bags."),
)


def _to_the_conference(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("health_visitor", "hospital-visitors", "Brigid Nolan, health visitor")
    story.take(
        COLD, by="dipa", at=diary.at(187, "10:30"), channel="phone", referrer=referrer,
        saw="Poppy, eighteen months, was in a wet nappy and a vest in a flat without heating. Her hands were blue. "
        "There was cold tea in her bottle. Jodie said that she has not slept since the baby came.",
        fears="That she becomes ill this winter, and that nobody hears her.",
        new=[story.child(POPPY, diary.years_old(2, 90), "F"), story.adult(JODIE, "F", diary.years_old(22, 10))],
    )  # fmt: skip
    at = diary.at(187, "10:50")
    story.parents({JODIE: "mother"}, [POPPY], by="dipa", at=at)
    story.home([POPPY, JODIE], "Flat 2, 40 Foundry Lane, Hallowby", "QX2 3HU", by="dipa", at=at)
    desk.acknowledge(story, COLD, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, COLD, "referral_strategy", by="tomas", at=diary.at(187, "11:40"), need="N1",
        reason="A very small child is cold, wet and hungry, and this is the third time that Brigid saw it.",
        would_change="Heating today, and somebody in the home at night.", history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.tell_outcome(story, COLD, by="tomas", at=diary.at(187, "12:00"), heard=desk.answer_to(referrer))
    casework.give(story, [POPPY], NAOMI, by="margaret", at=diary.at(187, "12:30"), reason="Naomi has room.")
    protecting.discuss(
        story, "A cold, wet and hungry child, seen three times.",
        {POPPY: ("enquiry", "It has gone on for weeks, and she is eighteen months old.")},
        [
            protecting.us(story, NAOMI, "Naomi Blyth", "Social worker"),
            protecting.there(story, "police-hub", "DC Owen Frith", "Detective constable", "Nothing known."),
            protecting.there(story, "hospital-visitors", "Brigid Nolan", "Health visitor",
                             "She has dropped from the middle of the chart to its lowest line."),
        ],
        by="gareth", at=diary.at(187, "16:30"), manner="single", medical="not_needed",
        medical_because="She was weighed and looked over by her doctor at noon.",
        safety="Jodie's cousin has both of them until the heating is on.",
    )  # fmt: skip
    protecting.conclude(
        story, {POPPY: ("continuing_risk", "Warm while others are there, and cold when they are not.")}, by="naomi",
        at=diary.at(179, "15:00"), media="seen",
    )  # fmt: skip
    protecting.told(story, POPPY, "hospital-visitors", "Rang Brigid Nolan, who was glad.", by="naomi",
                    at=diary.at(179, "16:00"))  # fmt: skip


def _asked(story: Telling, back: int, held: int, *, kind: str = "initial", plan: UUID | None = None) -> Conference:
    diary, at = story.diary, story.diary.at(back, "10:20")
    conference = protecting.convene(
        story, [POPPY], by="naomi", at=at, starts_at=diary.at(held, "10:00"), place=PLACE, kind=kind, plan=plan
    )
    protecting.ask(story, conference, WORKER, post=NAOMI, role="Social worker", at=at)
    protecting.ask(story, conference, VISITOR, mailbox="hospital-visitors", role="Health visitor", at=at)
    protecting.ask(story, conference, OFFICER, mailbox="housing-safeguarding", role="Tenancy officer", at=at)
    protecting.ask(story, conference, JODIE, role="Mother", at=at, safe="yes", because="She lives alone with Poppy.")
    return conference


def _begun(story: Telling) -> UUID:
    diary, conference = story.diary, _asked(story, 178, 172)
    asked = conference.invitees
    given = Held(
        held_at=diary.at(172, "10:00"),
        children=(protecting.decided(story, POPPY, "plan", "Her daily care is not enough to keep her well.",
                                     category="NEG", part="none"),),
        attendance=dict.fromkeys(asked.values(), ("there", "")),
        views={asked[VISITOR]: ViewGiven("She needs a plan, and Jodie needs a friend.", "yes"),
               asked[JODIE]: ViewGiven("I am not a bad mum. I am a tired one.", "unsure")},
        paragraphs=(Paragraph("Jodie was in care herself until two years ago and has nobody who showed her.", ()),),
    )  # fmt: skip
    outline = Outline(outcomes=(
        OutcomeGiven("Poppy is warm, dry and fed, by day and by night.", how_we_know="Her weight, and her hands.",
                     actions=(ActionGiven("Come at seven, twice a week, and show how", "Marcus Bello",
                                          by_when=diary.day(160)),)),
        OutcomeGiven("Jodie has people.", how_we_know="She names two whom she would ring at night.", actions=(
            ActionGiven("Clear the back bedroom with Jodie", "Marsha Dunn, Tidewell Homes",
                        by_when=diary.in_weeks(3)),)),
    ))  # fmt: skip
    came = protecting.held(story, "Poppy's conference", conference, given, outline=outline, at=diary.at(172, "14:00"))
    protecting.letters_go(story, conference, at=diary.at(171, "10:00"), given={JODIE: "Read with her at the flat"})
    plan = came.plans[story.people[POPPY]]
    with acting(story.who("naomi").id):
        showing = next(one.step for one in get_plan(plan).actions if one.who == "Marcus Bello")
    helping.done(story, showing, "Six weeks, twice a week; Jodie asked for two more.", by="naomi",
                 at=diary.at(136, "15:00"))  # fmt: skip
    return plan


def _reviewed(story: Telling, plan: UUID) -> None:
    """A little before three months; so the next is due six months after it, which is soon."""
    diary, conference = story.diary, _asked(story, 121, 113, kind="review", plan=plan)
    asked = conference.invitees
    with acting(story.who("naomi").id):
        warm, people = (one.root for one in get_plan(plan).outcomes)
    given = Held(
        held_at=diary.at(113, "10:00"),
        children=(protecting.decided(story, POPPY, "goes_on", "Days are well. Nights are not yet.", part="none"),),
        attendance={asked[name]: ("there", "") for name in (WORKER, VISITOR, JODIE)} | {
            asked[OFFICER]: ("apologies", "")},
        views={asked[VISITOR]: ViewGiven("Go on until the winter has been got through.", "yes"),
               asked[JODIE]: ViewGiven("Fair enough. I want it to end in the spring.", "no")},
        paragraphs=(Paragraph("Poppy has gone up two lines on the chart, and says “mine”.", ()),),
        alone_because="Housing sent its apologies and what it knows; nobody wanted to wait.",
    )  # fmt: skip
    progress = (ProgressGiven(warm, 6, "Warm and fed. Wet at night."), ProgressGiven(people, 4, "One, and it is Nia."))
    protecting.held(story, "Poppy's first review", conference, given, at=diary.at(113, "13:30"),
                    outline=Outline(progress=progress))  # fmt: skip
    protecting.letters_go(story, conference, at=diary.at(112, "10:00"), given={JODIE: "Read with her at the flat"})


def _core_group(story: Telling, plan: UUID, back: int, text: str) -> None:
    diary, visitors = story.diary, story.authority.mailboxes["hospital-visitors"]
    hold_core_group(by=story.who("naomi"), plan=plan, at=diary.at(back, "16:00"), held=CoreGroupHeld(
        held_at=diary.at(back, "11:00"), text=text, place="Foundry Lane Children's Centre", members=(
            MemberGiven(post=story.post(NAOMI), name=WORKER, role="Lead social worker", attendance="there"),
            MemberGiven(agency_post=visitors, name=VISITOR, role="Health visitor", attendance="there"),
            MemberGiven(person=story.people[JODIE], role="Mother", attendance="there", safe="yes",
                        safe_because="She lives alone with Poppy."),
        ),
    ))  # fmt: skip


def _visits(story: Telling) -> None:
    for back, text in (
        (168, "Two heaters on, and socks on the line. Jodie asked how long porridge keeps."),
        (90, "Poppy brought me a shoe. The cot was dry at nine in the morning."),
        (14, "Came without notice. Jodie was on the floor with her, building."),
        (5, "The bags have gone from the back bedroom, all but three. Poppy sat on one."),
    ):
        helping.visit(
            story, f"Poppy, {back} days back", [child(story, POPPY, "observed", sleeping="Her own cot")],
            adults=[JODIE], by="naomi", at=story.diary.at(back, "11:00"), announced=False, present="Jodie",
            sleeping="seen", text=text,
        )  # fmt: skip


def _named_readers(story: Telling) -> None:
    """Her grandmother sits on the council. That there is a record is no secret, and whoever is worried is to ring."""
    for name in (POPPY, JODIE):
        restrict_record(
            by=story.who("gareth"), person=story.people[name], readers=[story.who(key).id for key in READERS],
            reviewer=story.post("service-manager"), hidden=False, at=story.diary.at(3, "10:00"),
            reason="Poppy's grandmother was elected to the council, and has asked officers about her.",
        )  # fmt: skip

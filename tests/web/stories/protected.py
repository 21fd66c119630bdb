"""Elowen and Jory: from a bruise to two conclusions. One of them goes home, and the other does not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

from sightline.kernel.london import local
from tests.web.stories.beginnings import Newcomer, are_allocated, days_ago, is_decided, tells_of, written
from tests.web.stories.steps import Desk, Stage

ELOWEN, JORY = "Elowen Trevanion", "Jory Trevanion"
DEMELZA, RUAN = "Demelza Trevanion", "Ruan Trevanion"
BOTH = [ELOWEN, JORY]
VISITORS = "Health visitors, Hallowby General Hospital"
BRUISE = "A round bruise on Elowen's left upper arm, the size of a two pound coin."
POLICE = re.compile("Public protection desk")
SHE_SAID = "Daddy held me hard."
POLICE_SAID = "Three calls to the address since August. Nobody was arrested."
KEPT = "With her grandmother, 4 Tollgate Row."
PHOTOGRAPH = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def a_nurse_tells_of_a_bruise(stage: Stage) -> None:
    # Given a health visitor on the line, and two children whom nobody knows
    dipa = stage.again("dipa")
    tells_of(
        dipa,
        [Newcomer(ELOWEN, "about 3"), Newcomer(JORY, "about 9", relation="Brother or sister")],
        [
            Newcomer(DEMELZA, relation="Mother", of=BOTH, responsible=True),
            Newcomer(RUAN, relation="Father", of=BOTH, responsible=True),
        ],
    )
    dipa.picks("Who is telling us?", VISITORS)
    dipa.writes("Their name", "Bea Lund")
    dipa.unfolds("More about who told us, and when")
    dipa.picks("In what capacity, if the list does not say", re.compile("ealth visitor"))
    dipa.writes("What did they see or hear?", BRUISE)
    dipa.writes("What do they fear may happen?", "That she is hurt again tonight.")
    dipa.chooses("Is anyone in danger now?", "No")
    dipa.chooses(f"Does {DEMELZA} know that we have been told, and agree?", "Knows and agrees")
    dipa.chooses(f"Does {RUAN} know that we have been told, and agree?", "Knows and does not agree")
    dipa.presses("Record contact")
    dipa.sees("The contact is recorded.")
    # Then a social worker decides that there is a strategy discussion, and the two are given to a worker
    is_decided(
        stage, ELOWEN, "Referral: strategy discussion", "A bruise that a fall does not make, on a child of three.",
        need="Abuse or neglect",
    )  # fmt: skip
    are_allocated(stage, BOTH, "Jane Smith", "Jane is on duty tonight.")
    jane = stage.again("jane")
    jane.finds(ELOWEN, ELOWEN)
    jane.follows("Protection")
    jane.sees("No section 47 enquiry is recorded.")


def the_injury_is_drawn_on_a_body(stage: Stage) -> None:
    # Given the worker, who was shown the arm
    jane = at_protection(stage, ELOWEN)
    jane.follows("Record an injury")
    jane.chooses("What is it?", "Bruise")
    jane.ticks_one_like("Where on the body?", "Left arm")
    jane.writes("What does it look like?", BRUISE)
    jane.writes("What is said of how it happened?", "She fell from the sofa.")
    jane.writes("Who said so?", "Her father")
    jane.writes("What does the child say of it?", SHE_SAID)
    jane.writes("When was it first seen?", "today")
    jane.writes("Who saw it?", "Bea Lund, health visitor")
    jane.looks()
    jane.presses("Record the injury")
    jane.sees(SHE_SAID)
    # When a fading one is found beside it, of three weeks before, the two stand together
    jane.presses("Record an injury")
    jane.chooses("What is it?", "Bruise")
    jane.ticks_one_like("Where on the body?", "Right thigh")
    jane.writes("When was it first seen?", written(days_ago(20)))
    jane.writes("Who saw it?", "Her grandmother")
    jane.presses("Record the injury")
    jane.sees("Her grandmother", SHE_SAID)
    jane.looks("injuries", within=2400)


def at_protection(stage: Stage, child: str, worker: str = "jane") -> Desk:
    """A worker who has opened what protects a child."""
    desk = stage.again(worker)
    desk.finds(child, child)
    desk.follows(re.compile("^Protection$"))
    return desk


def it_is_discussed_with_police_and_health(stage: Stage) -> None:
    # Given the worker, who asks for the discussion in two fields
    jane = at_protection(stage, ELOWEN)
    jane.presses("Ask for a strategy discussion")
    jane.ticks_one_like("Which children?", JORY)
    jane.writes("Why?", "Two bruises within a month, and a child who says who did it.")
    jane.looks()
    jane.presses("Ask for")
    jane.sees("Two bruises within a month")
    # When it was held with the police, and nobody from health could be reached
    jane.presses("Record the discussion")
    jane.writes("When was it held?", "today 0.01")
    jane.chooses("How was it held?", "By telephone")
    with jane.within("Social care"):
        jane.chooses("Did they take part?", "Took part")
    with jane.within("Police"):
        jane.chooses("Did they take part?", "Took part")
        jane.picks("Which post?", POLICE)
        jane.writes("Name", "Sgt Amal Reeve")
        jane.writes("What they shared, or said was not known", POLICE_SAID)
    with jane.within("Health"):
        jane.chooses("Did they take part?", "Could not be reached, or did not come")
        jane.writes("Why not?", "The on-call number rang out twice.")
    jane.writes("Was it held without the police, or without health? Why?", "It could not wait for the morning.")
    jane.writes("How are the children kept safe meanwhile?", "Elowen sleeps at her grandmother's. Jory stays.")
    jane.chooses("If there is an enquiry, who makes it?", "Jointly by social care and police")
    jane.chooses("Is a medical examination needed?", "A medical examination is needed")
    for child in BOTH:
        jane.chooses(f"What is decided for {child}?", "A section 47 enquiry begins")
    jane.looks()
    for place, reason in enumerate(("A child of three says who hurt her.", "He lives with what she lives with.")):
        jane.page.get_by_label("Why?", exact=True).nth(place).fill(reason)
    jane.presses("Save the discussion")
    jane.sees("The strategy discussion is recorded.", "The on-call number rang out twice.", POLICE_SAID)
    jane.looks()


def one_of_them_is_kept_away(stage: Stage) -> None:
    # Given a constable who takes one of the two to her grandmother, and the hour at which that runs out
    jane = at_protection(stage, ELOWEN)
    jane.follows("Record police protection or an order")
    jane.chooses("What keeps the child safe?", "Police protection")
    jane.writes("When did it begin?", "today 0.01")
    jane.writes("Who made it?", "PC Idris Vane, 4471")
    jane.writes("Where is the child kept?", KEPT)
    jane.writes("Why, and what was done?", "He would not say that he stays away tonight.")
    jane.looks()
    jane.presses("Record it")
    jane.sees(f"Police protection runs out on {runs_out()}", "hours left", KEPT)
    jane.looks()
    # Then the other child is at home, and his record says nothing of hers
    at_protection(stage, JORY).does_not_see("Police protection", KEPT, SHE_SAID)


def runs_out() -> str:
    """The moment at which seventy-two hours have run, nights and clock changes among them."""
    began = datetime.combine(days_ago(0), time(0, 1), tzinfo=local(datetime.now(UTC)).tzinfo)
    ends = local(began.astimezone(UTC) + timedelta(hours=72))
    return f"{ends:%A} {ends.day} {ends:%B %Y} at {ends:%H:%M}"


def the_enquiry_is_concluded_for_each(stage: Stage) -> None:
    # Given what was learned, with the photograph that the hospital took
    jane = at_protection(stage, ELOWEN)
    jane.follows(re.compile("^The enquiry"))
    jane.follows("Add to the enquiry")
    jane.writes("What was done or learned?", "The paediatrician says that a grip makes such marks.")
    jane.writes("Who told us?", "Dr Nye Bowen")
    jane.ticks_one_like("Which children is it about?", ELOWEN)
    jane.attaches("Attach photographs, body maps, recordings or reports", "left-arm.png", PHOTOGRAPH)
    jane.looks()
    jane.presses("Add it")
    jane.sees("a grip makes such marks", "left-arm.png")
    # When each child has a conclusion of their own, one of them without what could have been seen
    jane.presses("Conclude the enquiry")
    with beside(jane, f"What did the enquiry find for {ELOWEN}?"):
        jane.chooses("What did the enquiry find", "Substantiated, with continuing risk of significant harm")
        jane.chooses("Were photographs, body maps or recordings seen?", "Seen, and attached to the record")
        jane.writes("Why?", "She was gripped, and says by whom.")
    with beside(jane, f"What did the enquiry find for {JORY}?"):
        jane.chooses("What did the enquiry find", "Substantiated, with continuing risk of significant harm")
        jane.chooses("Were photographs, body maps or recordings seen?", "There are some, and they were not seen")
        jane.writes("Why were they not seen?", "The school holds a film from the playground.")
        jane.writes("Why?", "He was in the room, and is afraid to say so.")
    jane.looks()
    jane.presses("Conclude")
    # Then the page says of each on what it stands, and a conference is owed
    jane.sees("Concluded. What follows is asked for.", "The school holds a film from the playground.")
    jane.looks()
    jane.goes_to("My day")
    jane.sees("Convene")


@contextmanager
def beside(jane: Desk, question: str) -> Iterator[None]:
    """The row of the page in which this is asked."""
    page = jane.page
    jane.area = page.locator(".sl-childrow", has=page.get_by_role("group", name=question)).last
    try:
        yield
    finally:
        jane.area = page

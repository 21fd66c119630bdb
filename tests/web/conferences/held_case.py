"""A conference that has just been sat, and what its chair types of it: one child on a plan, and the other not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sightline.conferences.operations import exclude
from tests.web.conferences.conftest import CHAIR, WORKER, Chaired, key

LOWENNA, PERRAN = "Lowenna Penhallow", "Perran Penhallow"
SCHOOL_SAID = "She asks what is left over at lunch."
NURSE_SAID = "Jack's skin is sore and nobody brought him to clinic."
NOT_FOR_PERRAN = "Where the children sleep on Fridays was spoken of alone."
JACKS_OWN = "Jack told his teacher about the big chair."
ROSIE_WHY, JACK_WHY = "Rosie is hungry most mornings.", "Jack is fed and clean at his aunt's."


@dataclass(frozen=True)
class Sat:
    """The conference with its invitees: the father is kept out of it, and the mother is not."""

    chaired: Chaired
    meeting: UUID
    school: UUID
    nurse: UUID
    police: UUID
    jane: UUID
    mother: UUID
    father: UUID

    def url(self, page: str) -> str:
        return f"/conference/{self.meeting}/{page}"

    def typed(self, **more: Any) -> dict[str, Any]:
        """The whole outcome, as the page sends it."""
        rosie, jack = self.chaired.rosie, self.chaired.jack
        there = {
            f"i{self.school}-attendance": "there", f"i{self.school}-view": "spoken",
            f"i{self.school}-words": SCHOOL_SAID, f"i{self.school}-for_plan": "yes",
            f"i{self.nurse}-attendance": "deputy", f"i{self.nurse}-deputy": "Dot Hale",
            f"i{self.nurse}-view": "written", f"i{self.nurse}-words": NURSE_SAID,
            f"i{self.police}-attendance": "there", f"i{self.police}-view": "none",
            f"i{self.jane}-attendance": "there", f"i{self.jane}-view": "none",
            f"i{self.mother}-attendance": "in_part", f"i{self.mother}-view": "spoken",
            f"i{self.mother}-words": "I want the help.",
            f"i{self.father}-view": "none",
        }  # fmt: skip
        children = {
            f"c{rosie}-part": "drawn", f"c{rosie}-part_words": "A picture of toast.", f"c{rosie}-decision": "plan",
            f"c{rosie}-category": "NEG", f"c{rosie}-others": ["EMO"], f"c{rosie}-reasons": ROSIE_WHY,
            f"c{jack}-part": "none", f"c{jack}-decision": "no_plan", f"c{jack}-reasons": JACK_WHY,
            f"d{rosie}-rows": "1", f"d{jack}-rows": "1", f"d{jack}-0-invitee": str(self.nurse),
            f"d{jack}-0-words": "Jack needs the plan as much as she does.",
        }  # fmt: skip
        said = {
            "paragraphs": "2", "t0-text": NOT_FOR_PERRAN, "t0-kept_from": [str(self.mother)],
            "t1-text": JACKS_OWN, "t1-about": [str(jack)], "t1-handling": "not_family",
        }  # fmt: skip
        plan = {
            "outcomes": "1", "o0-actions": "1", "o0-words": "Breakfast every morning.", "o0-child": str(rosie),
            "o0-a0-what": "Puts it out the night before", "o0-a0-who": "Lowenna", "o0-a0-by_when": "tomorrow",
            "contingency": "Her aunt has her.", "further_action": "Two mornings in a week without breakfast.",
        }  # fmt: skip
        return {"key": key(), "step": str(self.meeting), **there, **children, **said, **plan} | more


def sat(chaired: Chaired) -> Sat:
    """It began an hour ago. The mother may be told when and where; the chair keeps the father out."""
    meeting = chaired.convened(starts_at=chaired.at - timedelta(hours=1))
    who = chaired.universe
    found = Sat(
        chaired=chaired,
        meeting=meeting,
        school=chaired.confirmed(meeting, agency_post=chaired.school, name="Hannah Reyes"),
        nurse=chaired.confirmed(meeting, agency_post=who.mailbox("hospital-visitors"), name="Bea Lund"),
        police=chaired.confirmed(meeting, agency_post=who.mailbox("police-hub")),
        jane=chaired.confirmed(meeting, post=min(who.who(WORKER).posts)),
        mother=chaired.confirmed(
            meeting, person=who.person(LOWENNA), role="Mother", safe_to_tell="yes", safe_because="She asked for it."
        ),
        father=chaired.confirmed(
            meeting,
            person=who.person(PERRAN),
            role="Father",
            safe_to_tell="no",
            safe_because="He has threatened her at every meeting.",
        ),
    )
    exclude(by=who.who(CHAIR), invitee=found.father, because="He has threatened the mother.", at=chaired.at)
    return found

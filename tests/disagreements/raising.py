"""Jane and the school's safeguarding lead do not agree about Leo and Max."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.disagreements.queries import DisagreementView, get_disagreement
from sightline.disagreements.rules import SideGiven
from sightline.doorway.acts import acting
from sightline.journeys.disagree import disagree
from tests.journeys.ending_case import LATER, Case

ABOUT = "Whether Leo and Max can stay at home this week"
UNSAFE = "They are not safe there. He told our nurse so on Monday."
OURS = "Both were seen alone, and their aunt is there each night."


def raised(case: Case, *, at: datetime = LATER, **changes: Any) -> UUID:
    given: dict[str, Any] = {
        "by": case.jane, "children": case.children, "about": ABOUT, "at": at, "post": case.world.posts["family-1"],
        "sides": (SideGiven("Tess Alder", UNSAFE, agency_post=case.world.school_lead),
                  SideGiven(words=OURS, post=case.world.posts["family-1"])),
        "safety": "Their aunt sleeps there, and Jane rings at eight each morning.",
    }  # fmt: skip
    return disagree(**(given | changes))


def read(case: Case, disagreement: UUID, name: str = "Jane Smith") -> DisagreementView:
    with acting(case.world.accounts[name]):
        return get_disagreement(disagreement)

"""Looking for a child by all that people look with: the one thing that a form is sent for here."""

from collections.abc import Sequence

from django.urls import reverse

from sightline.commands.bench_front_door.measures import SEARCHES
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_growth.people import Somebody
from sightline.commands.bench_growth.walk import Page

LONG_ENOUGH = 4
"""Letters of a name that can be misspelt and still be known."""


def searches(world: World, people: Sequence[Somebody]) -> list[Page]:
    """One child, who stands in every size, in each way; as the front door asks. None where nobody is there to ask."""
    who = next((one for one in people if one.role == "duty_worker"), None)
    child = next((one for one in world.children if min(len(one.given), len(one.family)) >= LONG_ENOUGH), None)
    if who is None or child is None:
        return []
    path = reverse("search")
    return [Page("search", path, who, 0, words(child), f" by {kind}") for kind, words in SEARCHES.items()]

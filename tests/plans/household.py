"""Three children of one mother and two fathers: what plans are made for in these tests.

Ayo (16) and Bim are Dayo's, Chi is Emeka's. The family team reads all of them; Kit, in another team,
reads Chi and the mother alone; Una reads nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.operations import register_person, relate
from sightline.plans.queries import PlanView, get_plan
from tests.journeys.world import BEGIN, World

DAY = timedelta(days=1)
FIRST = local_day(BEGIN)
BORN = {"Ayo": date(2009, 5, 1), "Bim": date(2015, 3, 9), "Chi": date(2020, 8, 20)}


@dataclass(frozen=True)
class Household:
    """Keys of its people by their given names; who acts by theirs."""

    world: World
    people: dict[str, UUID]

    def __getitem__(self, name: str) -> UUID:
        return self.people[name]

    def children(self, *names: str) -> list[UUID]:
        return [self.people[name] for name in names or BORN]

    @property
    def jane(self) -> Actor:
        """A registered social worker who reads all of them."""
        return self.world.actor("Jane Smith")

    @property
    def fay(self) -> Actor:
        """The manager of the family team."""
        return self.world.actor("Fay Lund")

    @property
    def kit(self) -> Actor:
        """A family support worker who reads Chi alone."""
        return self.world.actor("Kit Rowe")

    def plan(
        self, kind: str = "child_in_need", *names: str, began_on: date = FIRST, at: datetime | None = None
    ) -> UUID:
        by = self.world.actor("Obi Watcher") if kind == "protection" else self.jane
        return make_plan(
            by=by, kind=kind, children=self.children(*names), began_on=began_on,
            at=at or later(began_on), post=self.world.posts["family-1"],
        )  # fmt: skip

    def read(self, plan: UUID, name: str = "Jane Smith") -> PlanView:
        with acting(self.world.accounts[name]):
            return get_plan(plan)


def later(day: date) -> datetime:
    """A moment on that day, and never before the authority began."""
    return BEGIN + max(timedelta(0), day - FIRST) + timedelta(hours=1)


def make_household(world: World) -> Household:
    people = {name: new_id() for name in (*BORN, "Ngozi", "Dayo", "Emeka")}
    world.let_watch(list(people.values()), BEGIN)
    with acting(world.admin.id):
        for team, seen in (("family", list(people)), ("long-term", ["Chi", "Ngozi"])):
            give_sight(
                people=[people[name] for name in seen], reader=world.teams[team], because="test",
                because_of=None, at=BEGIN, sections=EVERYDAY,
            )  # fmt: skip
    jane = world.actor("Jane Smith")
    for name, key in people.items():
        born = BORN.get(name)
        register_person(
            by=jane, person=key, kind="child" if born else "adult", given=name, family="Okafor",
            birth="exact" if born else "unknown", birth_date=born, at=BEGIN,
        )  # fmt: skip
    for child in BORN:
        father = "Emeka" if child == "Chi" else "Dayo"
        for parent, kind in (("Ngozi", "mother"), (father, "father")):
            relate(
                by=jane, person=people[parent], to=people[child], kind=kind, parental_responsibility=True, at=BEGIN,
            )  # fmt: skip
    return Household(world, people)

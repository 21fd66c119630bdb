"""Two children of one family, each with a worker in a different team, and what was written of both."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY, Section
from sightline.doorway.acts import acting
from sightline.kernel.references import new_id
from sightline.people.operations import register_person
from sightline.record.operations import write_entry
from sightline.record.queries import EntryView, list_entries, list_timeline
from sightline.record.rules import Concerned, Words
from tests.journeys.world import BEGIN, World

LATER = BEGIN + timedelta(days=1)


@dataclass(frozen=True)
class Family:
    """Mia is read by Jane's team, Leo by Kit's; `note` is about both, with a paragraph for Leo alone."""

    world: World
    mia: UUID
    leo: UUID
    note: UUID

    def timeline(self, name: str, child: UUID, as_at: datetime | None = None) -> tuple[EntryView, ...]:
        with acting(self.world.accounts[name]):
            return list_timeline(person=child, as_at=as_at).entries

    def texts(self, name: str, entry: UUID) -> list[str]:
        """Every paragraph of an entry that somebody reads."""
        with acting(self.world.accounts[name]):
            found = list_entries([entry]).get(entry)
        return [one.text for one in found.passages] if found else []


def make_family(world: World) -> Family:
    mia, leo = new_id(), new_id()
    with acting(world.admin.id):
        for child, team in ((mia, "family"), (leo, "long-term")):
            give_sight(
                people=[child], reader=world.teams[team], because="test", because_of=child, at=BEGIN, sections=EVERYDAY
            )
    world.let_watch([mia, leo], BEGIN)
    watcher = world.actor("Obi Watcher")
    for child, given in ((mia, "Mia"), (leo, "Leo")):
        register_person(by=watcher, person=child, kind="child", given=given, family="Reed", at=BEGIN)
    note = write_entry(
        by=watcher,
        kind="note",
        concerned=[Concerned(mia, seen="seen"), Concerned(leo, seen="seen_alone")],
        words=[
            Words(text="Both were at home.", about=(mia, leo), heading="visit"),
            Words(text="Leo spoke alone.", about=(leo,), heading="leo"),
            Words(text="Advice of the solicitor.", about=(mia,), heading="law", section=Section.LEGAL_ADVICE),
        ],
        at=LATER,
    )
    return Family(world, mia, leo, note)

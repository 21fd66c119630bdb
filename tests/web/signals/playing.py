"""What happens in the signals' tests, played by the journeys as whoever would; and what a page then says."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.doorway.acts import acting
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.take_contact import look_before_recording
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.partnership.queries import list_agencies
from sightline.record.rules import Concerned
from sightline.recording.operations import record_appointment, record_visit
from sightline.recording.rules import ChildSeen, VisitWritten
from tests.journeys.ending_case import Case
from tests.journeys.told import take
from tests.web.casework.reading import words
from tests.web.front_door.desk import begin, press

DAY = timedelta(days=1)
ATTENTION = "Information that needs your attention"
LONG_STORY = " ".join(f"On day {number} he came in with no coat." for number in range(1, 30)) + " The last of it."
"""Longer than what is shown of an earlier contact, unless the whole series is opened."""


def ago(days: float = 0) -> datetime:
    """So many days before now, and a little more: the row policies ask the database's own clock."""
    return timezone.now() - days * DAY - timedelta(minutes=5)


def said(client: Client, name: str, *keys: object) -> str:
    """What a page says to whoever is signed in."""
    return words(client.get(reverse(name, args=keys)))


def part(page: str, begin: str, end: str) -> str:
    """What stands between two headings."""
    assert begin in page, page
    return page.split(begin, 1)[1].split(end, 1)[0]


def attention(page: str) -> str:
    """What needs attention on an overview; nothing where nothing does."""
    return part(page, ATTENTION, "Record something new") if ATTENTION in page else ""


def visit(case: Case, outcome: str, days: float, child: UUID | None = None) -> UUID:
    """A visit of Jane's to one child."""
    told = {"reason": "Asleep", "reason_given_by": "His aunt"} if outcome == "not_seen" else {}
    return record_visit(
        by=case.jane, at=ago(), post=case.world.posts["family-1"],
        visit=VisitWritten(
            When.exactly(ago(days)), (ChildSeen(child or case.leo, outcome, **told),), text="At the flat.",
            place="home", announced=False, present="His aunt",
        ),
    )  # fmt: skip


def missed(case: Case, days: float) -> UUID:
    """An appointment at another agency to which Leo was not brought."""
    with acting(case.jane.id):
        agency = next(one for one in list_agencies() if one.name == "Weir Primary School")
    return record_appointment(
        by=case.jane, children=[ChildSeen(case.leo, "not_brought")], what="Hearing test", agency=agency.id,
        occurred=When.exactly(ago(days)), text="", at=ago(),
    )  # fmt: skip


def neighbour(phone: str) -> Referrer:
    """Somebody outside the professions, told apart from another by their number."""
    return Referrer(capacity="acquaintance", source="1B", professional=False, phone=phone)


def comes_in(case: Case, at: datetime, **changes: Any) -> UUID:
    """A new contact about Leo, which Dee takes after she has looked at what is known."""
    look_before_recording(by=case.world.actor("Dee Marlow"), draft=new_id(), people=[case.leo], at=at)
    given: dict[str, Any] = {"concerned": [Concerned(case.leo)], "new_people": [], "at": at}
    return take(case.world, **(given | changes))[0]


def story(words_: str) -> Story:
    return Story(saw_or_heard=words_, fears="That he is cold", danger="no")


def while_taking(dee: Client, child: UUID) -> str:
    """The page on which a contact is taken, once this child has been found."""
    return words(press(dee, begin(dee), add=str(child)))


def decide_on_the_page(client: Client, contact: UUID, **answers: str) -> Any:
    """Sends the decision from the contact's page."""
    body = {"key": str(new_id()), "need": "N1", "then": "later", **answers}
    return client.post(reverse("contact-decide", args=[contact]), body, follow=True)

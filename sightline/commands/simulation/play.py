"""A play from its first day to its last, in one transaction: all of it is kept, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import override_settings
from procrastinate.contrib.django import app as jobs
from procrastinate.testing import InMemoryConnector

from sightline.commands.demonstration.authority import open_authority
from sightline.commands.demonstration.building import give_codes
from sightline.commands.demonstration.diary import Diary
from sightline.commands.demonstration.passwords import worked_out_briefly
from sightline.commands.demonstration.telling import Telling
from sightline.commands.simulation.engine import Engine, Life
from sightline.commands.simulation.place import Place
from sightline.commands.simulation.service import Service, hearing, staff_lives
from sightline.commands.simulation.service.front_door import FrontDoor
from sightline.commands.simulation.service.neighbours import open_agencies
from sightline.commands.simulation.service.staff import Staff
from sightline.commands.simulation.truth import Truth
from sightline.commands.simulation.words import Words
from sightline.doorway.acts import all_or_nothing
from sightline.journeys.chase_silence import chase_silence
from sightline.kernel.errors import Refusal

DAY = timedelta(days=1)
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
STANDING = timedelta(weeks=5)
"""How long the desks have stood when it begins: copies of a play begin up to some weeks before it."""
Say = Callable[[str], None]


class PlayStopped(Refusal):
    """Something that was played was refused; nothing of the play is kept."""


@dataclass(frozen=True)
class Wanted:
    """What is to be played: how many children live there, from when to when, by which seed."""

    children: int
    begins: datetime
    ends: datetime
    seed: int


def play(wanted: Wanted, *, say: Say, opening: datetime | None = None) -> Service:
    """An authority with nobody in it but its first staff, and then all that happens there.

    `opening` is when that staff took their posts; a little before it begins, if not given.
    Refused where anything that is played is: nothing is kept then, and the refusal says how far it came.
    """
    say("the first staff take their posts")
    with all_or_nothing(), played_quickly():
        story = Telling(open_authority(opening=opening or wanted.begins - STANDING), Diary(wanted.ends))
        service = prepare(story, wanted, say=say)
        _run(service)
        chase_silence(at=wanted.ends)
        give_codes()
    return service


def _run(service: Service) -> None:
    """To the end; where it stops before, it says how far it came, and the transaction takes all of it back."""
    try:
        service.engine.run()
    except Refusal as refusal:
        raise PlayStopped(f"The play stopped on {how_far(service)}. Nothing of it is kept. {refusal}") from refusal
    except BaseException as stopped:
        stopped.add_note(f"The play stopped on {how_far(service)}. Nothing of it is kept.")
        raise


def prepare(story: Telling, wanted: Wanted, *, say: Say) -> Service:
    """Staff, a place and a front door in an authority that is open already; `engine.run()` plays them."""
    engine = Engine(seed=wanted.seed, begins=wanted.begins, ends=wanted.ends)
    staff = Staff(engine, story, wanted.children)
    service = Service(engine, Place(engine, children=wanted.children), story, staff, Truth(), Words(engine))
    open_agencies(story, staff, service.place.agencies)
    service.place.begin()
    hearing.begin(service)
    staff_lives.begin(staff)
    FrontDoor(service).begin()
    engine.begin(_say_how_far(service, say))
    return service


def _say_how_far(service: Service, say: Say) -> Life:
    while True:
        yield service.engine.wait(DAY)
        say(how_far(service))


def how_far(service: Service) -> str:
    """The day that is played, and what has come of it."""
    known, contacts = len(service.story.children), len(service.story.contacts)
    if not known and not contacts:
        return f"{service.now:%d %B %Y}, nobody has been in touch yet"
    return f"{service.now:%d %B %Y}, {known:,} children known, {contacts:,} contacts"


@contextmanager
def played_quickly() -> Iterator[None]:
    """No mail leaves, no job waits for whoever serves it afterwards, and passwords are worked out briefly.

    What the jobs would have done is played; and the password is printed by the product.
    """
    with (
        worked_out_briefly(),
        override_settings(EMAIL_BACKEND=NO_MAIL),
        jobs.replace_connector(InMemoryConnector()),
    ):
        yield

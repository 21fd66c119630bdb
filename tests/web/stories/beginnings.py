"""How a story begins: somebody rings about children whom nobody knows, it is decided, and a worker is given them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sightline.kernel.london import local_day
from tests.web.stories.steps import Desk, Stage

SCHOOL = "Safeguarding lead and deputy, Osier Lane Primary School"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is registered with the contact. `of` are the children an adult is tied to, where not to all."""

    name: str
    said: str = ""
    relation: str = ""
    of: Sequence[str] = ()
    responsible: bool = False

    @property
    def typed(self) -> str:
        """What is typed to look for them, whom nobody finds."""
        return f"{self.name}, {self.said}" if self.said else self.name


def tells_of(dipa: Desk, children: Sequence[Newcomer], adults: Sequence[Newcomer]) -> None:
    """Each is looked for, not found, and registered on the page of the contact."""
    dipa.goes_to("New contact")
    for one in children:
        _register(dipa, one, "Register a child")
    for one in children:
        if one.relation:
            with dipa.within(one.name):
                dipa.picks("Who are they to the other child?", one.relation)
    for one in adults:
        _register(dipa, one, "Register an adult")
        with dipa.within(one.name):
            dipa.picks("Who are they to the child?", one.relation)
            for child in one.of:
                dipa.ticks_one_like("To which child?", child)
            if one.responsible:
                dipa.ticks("Has parental responsibility")


def _register(dipa: Desk, one: Newcomer, button: str) -> None:
    dipa.writes("Find each child and adult", one.typed)
    dipa.presses(button)
    with dipa.within(one.name):
        dipa.sees("will be registered")
    dipa.stage.names.add(one.name)


def everybody_agrees(dipa: Desk, parents: Sequence[str]) -> None:
    """Each parent knows that we were told."""
    for parent in parents:
        dipa.chooses(f"Does {parent} know that we have been told, and agree?", "Knows and agrees")


def is_decided(stage: Stage, child: str, outcome: str, why: str, *, need: str = "", agreed: bool = False) -> None:
    """A social worker decides, and tells the school in a call."""
    tomas = stage.again("tomas")
    tomas.opens_contact(child)
    tomas.chooses("What does this contact become?", outcome)
    tomas.writes("Why?", why)
    if need:
        tomas.chooses("What is the main need?", need)
    if agreed:
        tomas.ticks("The family agrees to be offered early help")
    tomas.sees("What we decided:")
    tomas.unfolds("Tell them another way, or later")
    tomas.chooses("How will they be told?", "In a call that you record here")
    tomas.writes("Whom did you speak to, when, and what did they say?", "The lead, just now, who is glad of it.")
    tomas.presses("Decide and record how they were told")
    tomas.sees("The contact is decided.", outcome)


def are_allocated(stage: Stage, children: Sequence[str], worker: str, why: str) -> None:
    """The front door's manager gives each child to a worker's post."""
    margaret = stage.again("margaret")
    for child in children:
        margaret.goes_to("Team")
        margaret.page.get_by_role("link", name=f"Allocate {child}").click()
        margaret.picks("Who carries this child?", re.compile(f"^{worker}"))
        margaret.writes("Why?", why)
        margaret.presses("Allocate")
        margaret.sees("Allocated. They have been told.")


def days_ago(number: int) -> date:
    """A day before today, as England counts them."""
    return local_day(datetime.now(UTC)) - timedelta(days=number)


def written(day: date) -> str:
    """As somebody types it."""
    return f"{day.day}/{day.month}/{day.year}"

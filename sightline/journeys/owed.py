"""What was owed, and is done by what somebody has just done."""

from collections.abc import Container, Iterable
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.people.queries import get_headers
from sightline.record.operations import close_step
from sightline.record.queries import list_steps_for


def close_owed(
    *, by: Actor, kind: str, children: Iterable[UUID], outcome: str, at: datetime, but: Container[UUID] = ()
) -> None:
    """Close the open steps of a kind whose children are all among these; `but` names those that go on.

    One that is owed for another child as well stays open: for that child it is still to do.
    """
    among = set(children)
    steps = [step for step in list_steps_for(among) if step.kind == kind and step.id not in but]
    if not steps:
        return
    headers = get_headers(people={person for step in steps for person in step.people})
    for step in steps:
        if {person for person in step.people if person in headers and headers[person].kind == "child"} <= among:
            close_step(by=by, step=step.id, outcome=outcome, at=at)

"""What was owed, and is done by what somebody has just done."""

from collections.abc import Container, Iterable
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.record.operations import finish_for
from sightline.record.queries import list_steps_for


def close_owed(
    *, by: Actor, kind: str, children: Iterable[UUID], outcome: str, at: datetime, but: Container[UUID] = ()
) -> None:
    """End the open steps of a kind for these children; `but` names those that go on.

    One that is owed for another child as well stays open for that child, for whom it is still to do.
    """
    done = set(children)
    for step in list_steps_for(done):
        if step.kind == kind and step.id not in but:
            finish_for(by=by, step=step.id, children=done, outcome=outcome, at=at)

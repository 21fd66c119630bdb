"""From a question to another agency to its answer on the record."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.front_door.operations import ask_agency, people_of
from sightline.journeys.letters import desk_line, write_letter
from sightline.journeys.take_contact import desk_of
from sightline.kernel.clocks import short_day
from sightline.kernel.london import local, local_day
from sightline.kernel.references import new_id
from sightline.partnership.operations import Composed, compose_message
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.record.operations import open_step


@act("ask_for_check")
def ask_for_check(
    *,
    by: Actor,
    contact: UUID,
    kind: str,
    agency_post: UUID,
    question: str,
    reason: str,
    lawful_basis: str,
    at: datetime,
) -> Composed:
    """Ask an agency what it knows, with the reason and the lawful basis, on a clock of its own.

    Returns the message with the code that its reader needs, shown once to whoever asks.
    """
    pack = current_pack(at)
    check = pack.check(kind)
    day = local_day(at)
    due = due_from(pack.timescale(check.timescale, day), at)
    people = people_of(contact)
    text = write_letter(
        pack,
        "check.request",
        people=people,
        desk=desk_of(by),
        at=at,
        reason=reason.strip() + (f"\n\n{question.strip()}" if question.strip() else ""),
        lawful_basis=str(pack.lawful_basis(lawful_basis).label) if lawful_basis else "",
        answer_by=f"{local(due):%H:%M} on {short_day(local_day(due), day)}",
    )
    composed = compose_message(
        by=by,
        kind="check",
        means="link",
        agency_post=agency_post,
        subject=contact,
        text=text,
        about=people,
        post=desk_of(by),
        ring=desk_line(desk_of(by)),
        at=at,
    )
    step = open_step(
        by=by,
        kind="check_answer",
        post=desk_of(by),
        people=people,
        words=f"Answer from {check.label}",
        due_at=due,
        due_rule=pack.cite(check.timescale),
        arose_from=contact,
        subject=contact,
        step=new_id(),
        at=at,
    )
    ask_agency(
        by=by,
        contact=contact,
        step=step,
        agency_post=agency_post,
        kind=kind,
        question=question,
        reason=reason,
        lawful_basis=lawful_basis,
        message=composed.message,
        at=at,
    )
    return composed

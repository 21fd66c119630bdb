"""What those who are asked to a meeting say: reports, views, and the child's part. Part of this room's operations.

A view is its invitee's own: each adds a row and an entry, and none is ever changed, whoever records it. What is
written through a link is brought in by the steward (migration 0003), since nobody of ours acts then.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.conferences.finding import children_of, hold_invitee, hold_meeting
from sightline.conferences.models import Invitee, MeetingChild, View
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.conferences.rules import LONGEST_LEFT_OUT, refuse_blank, refuse_future, view_standing
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.when import When
from sightline.people.queries import get_headers
from sightline.record.models import Entry
from sightline.record.operations import write_entry
from sightline.record.rules import Concerned, Words
from sightline.workforce.queries import describe_posts

SECTION_OF = {"health": Section.HEALTH, "police": Section.POLICE}
"""Health's and the police's words are read by fewer people than the rest (migration 0003 holds it too)."""


@act("take_report")
def take_report(
    *,
    by: Actor,
    invitee: UUID,
    words: str,
    at: datetime,
    documents: Iterable[UUID] = (),
    handling: str = "ordinary",
    came_at: datetime | None = None,
) -> UUID:
    """A report came in, in words or as documents: it stands on the children's records as its agency's own.

    A second is added beside the first, and the list shows the latest. Refuses one with nothing in it.
    """
    refuse_unless_may_convene(by)
    row = hold_invitee(invitee)
    attached = list(documents)
    text = words.strip() or ("The report is attached." if attached else "")
    said = refuse_blank(text, "Write what it says, or attach it.", field="words")
    entry = _write(
        by, row, Entry.Kind.REPORT, said, at=at, said_at=came_at or at, handling=handling, documents=attached
    )
    row.report_in_at, row.report_id = row.report_in_at or came_at or at, entry
    row.save(update_fields=["report_in_at", "report"])
    return entry


@act("report_shared")
def report_shared(*, by: Actor, invitee: UUID, on: date, at: datetime, how: str = "") -> None:
    """On which day the parents had a report, and how. Refuses a day to come, and a report that is not in."""
    refuse_unless_may_convene(by)
    row = hold_invitee(invitee)
    refuse_future(on, at=at, field="on")
    if row.report_in_at is None:
        raise Refusal("Record the report first: write what it says, or attach it.", field="on")
    if len(how.strip()) > LONGEST_LEFT_OUT:
        raise Refusal(f"Keep this to {LONGEST_LEFT_OUT} characters.", field="how")
    row.report_shared_on, row.report_shared_how = on, how.strip()
    row.save(update_fields=["report_shared_on", "report_shared_how"])
    touch(*children_of(row.meeting_id), invitee=str(invitee))


@act("give_view")
def give_view(
    *,
    by: Actor,
    invitee: UUID,
    words: str,
    how: str,
    at: datetime,
    for_plan: str = "",
    said_at: datetime | None = None,
    handling: str = "ordinary",
) -> UUID:
    """Record what an invitee said (`spoken`) or wrote (`written`), in their words: before a meeting, at it, or after.

    Adds and never overwrites: what they said before stays, and so does what they wrote through their link.
    `for_plan` is what they would decide, and may be left empty. Refuses no words, and a time to come.
    """
    refuse_unless_may_convene(by)
    row = hold_invitee(invitee)
    said = refuse_blank(words, "Write what they said, in their words.", field="words")
    if how not in {Invitee.View.SPOKEN, Invitee.View.WRITTEN}:
        raise Refusal("Say how they said it.", field="how")
    if for_plan and for_plan not in View.ForPlan.values:
        raise Refusal("Choose what they would decide from the list, or leave it empty.", field="for_plan")
    moment = said_at or at
    refuse_future(moment, at=at, field="said_at")
    entry = _write(by, row, Entry.Kind.VIEW, said, at=at, said_at=moment, handling=handling)
    view = View(invitee_id=row.id, for_plan=for_plan, entry_id=entry, said_at=moment, recorded_at=at, by=by.id)
    view.save(force_insert=True)
    row.view = view_standing(row.view, how)
    row.save(update_fields=["view"])
    return view.id


@act("child_part")
def child_part(*, by: Actor, meeting: UUID, child: UUID, part: str, at: datetime, words: str = "") -> None:
    """How a child is heard by a meeting (there, an advocate, written, drawn, none), and what they want it to know.

    Their words also stand on their record as their own. Refuses another child, and a part that is none of these.
    """
    refuse_unless_may_convene(by)
    hold_meeting(meeting)
    row = MeetingChild.objects.filter(meeting=meeting, child=child).first()
    if row is None:
        raise NotFound("This meeting is not about that child. Open it again.")
    if part not in MeetingChild.Part.values:
        raise Refusal("Say how the child takes part.", field="part")
    said = words.strip()
    if said and said != row.part_words:
        header = get_headers(people=[child])[child]
        write_entry(
            by=by, kind=Entry.Kind.VIEW, concerned=[Concerned(child)], at=at, answers={"meeting": str(meeting)},
            words=[Words(said, (child,), section=Section.CHILD_WORDS, told_by=(header.known_as or header.name)[:200])],
        )  # fmt: skip
    row.part, row.part_words = part, said or row.part_words
    row.save(update_fields=["part", "part_words"])
    touch(child, meeting=str(meeting))


def _write(
    by: Actor,
    row: Invitee,
    kind: Entry.Kind,
    text: str,
    *,
    at: datetime,
    said_at: datetime,
    handling: str,
    documents: Iterable[UUID] = (),
) -> UUID:
    """An entry on the records of all the children: whose words they are goes with them."""
    children = children_of(row.meeting_id)
    agency = row.agency_post.agency if row.agency_post else None
    section = SECTION_OF.get(agency.kind, Section.ORDINARY) if agency else Section.ORDINARY
    if row.person_id in children:
        section = Section.CHILD_WORDS
    return write_entry(
        by=by,
        kind=kind,
        concerned=[Concerned(child) for child in children],
        words=[Words(text, tuple(children), section=section, told_by=who_words(row)[:200], handling=handling)],
        occurred=When.exactly(said_at),
        agency=agency.id if agency else None,
        answers={"meeting": str(row.meeting_id), "invitee": str(row.id)},
        documents=documents,
        at=at,
    )


def who_words(row: Invitee) -> str:
    """Who an invitee is, as a record says it: "Bea Lund, Health visitors, Hallowby General Hospital"."""
    parts = [row.name]
    if row.agency_post is not None:
        parts += [row.agency_post.title, row.agency_post.agency.name]
    elif row.post_id is not None:
        parts += [describe_posts([row.post_id]).get(row.post_id, "")]
    elif row.person_id is not None:
        header = get_headers(people=[row.person_id]).get(row.person_id)
        parts = [row.name or (header.name if header else ""), row.role]
    else:
        parts += [row.role]
    return ", ".join(part for part in parts if part)

"""What those who are asked to a meeting say: reports, views, and the child's part. Part of this room's operations.

A view is its invitee's own: each adds a row and an entry, and none is ever changed, whoever records it. What is
written through a link is brought in by the steward (migration 0003), since nobody of ours acts then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from sightline.people.queries import PersonName, get_names
from sightline.record.models import Entry
from sightline.record.operations import EntryGiven, write_entries, write_entry
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

    A second is added beside the first, and the list shows the latest, and that has still
    to be shared with the parents, also where they had the first. Refuses one with nothing in it.
    """
    refuse_unless_may_convene(by)
    row = hold_invitee(invitee)
    attached = list(documents)
    text = words.strip() or ("The report is attached." if attached else "")
    said = refuse_blank(text, "Write what it says, or attach it.", field="words")
    words_of = _words(row, said, who_words([row]), children_of(row.meeting_id), handling)
    given = _entry_of(row, Entry.Kind.REPORT, words_of, came_at or at, attached)
    entry = write_entries(by=by, given=[given], at=at)[0]
    row.report_in_at, row.report_id = row.report_in_at or came_at or at, entry
    row.report_shared_on, row.report_shared_how = None, ""
    row.save(update_fields=["report_in_at", "report", "report_shared_on", "report_shared_how"])
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
    moment = said_at or at
    view = judged(row, words, how, for_plan, handling)
    refuse_future(moment, at=at, field="said_at")
    return give_views(by=by, said=[view], children=children_of(row.meeting_id), said_at=moment, at=at)[0]


@dataclass(frozen=True)
class Saying:
    """What one invitee said, as it is to be kept: the row is theirs, and the words were judged."""

    row: Invitee
    words: str
    how: str
    for_plan: str
    handling: str = "ordinary"


def judged(row: Invitee, words: str, how: str, for_plan: str, handling: str = "ordinary") -> Saying:
    """What an invitee said, fit to be kept. Refuses no words, no way in which they said it, and no known answer."""
    said = refuse_blank(words, "Write what they said, in their words.", field="words")
    if how not in {Invitee.View.SPOKEN, Invitee.View.WRITTEN}:
        raise Refusal("Say how they said it.", field="how")
    if for_plan and for_plan not in View.ForPlan.values:
        raise Refusal("Choose what they would decide from the list, or leave it empty.", field="for_plan")
    return Saying(row, said, how, for_plan, handling)


@act("give_views")
def give_views(
    *, by: Actor, said: Sequence[Saying], children: Sequence[UUID], said_at: datetime, at: datetime
) -> list[UUID]:
    """Keep what several invitees said of one meeting, each as `give_view` would; part of an act that holds it.

    `children` are those of the meeting, on whose records each view stands. Refuses nothing that `judged` let through.
    """
    refuse_unless_may_convene(by)
    told_by = who_words([one.row for one in said])
    given = [
        _entry_of(one.row, Entry.Kind.VIEW, _words(one.row, one.words, told_by, children, one.handling), said_at)
        for one in said
    ]
    entries = write_entries(by=by, given=given, at=at)
    views = [
        View(invitee_id=one.row.id, for_plan=one.for_plan, entry_id=entry, said_at=said_at, recorded_at=at, by=by.id)
        for one, entry in zip(said, entries, strict=True)
    ]
    View.objects.bulk_create(views)
    for one in said:
        one.row.view = view_standing(one.row.view, one.how)
    Invitee.objects.bulk_update([one.row for one in said], ["view"])
    touch(views=len(views))
    return [view.id for view in views]


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
        header = get_names(people=[child])[child]
        write_entry(
            by=by, kind=Entry.Kind.VIEW, concerned=[Concerned(child)], at=at, answers={"meeting": str(meeting)},
            words=[Words(said, (child,), section=Section.CHILD_WORDS, told_by=(header.known_as or header.name)[:200])],
        )  # fmt: skip
    row.part, row.part_words = part, said or row.part_words
    row.save(update_fields=["part", "part_words"])
    touch(child, meeting=str(meeting))


def _words(row: Invitee, text: str, told_by: Mapping[UUID, str], children: Sequence[UUID], handling: str) -> Words:
    """What an invitee said, about all the children: whose words they are goes with them."""
    section = Section.CHILD_WORDS if row.person_id in children else section_of(row)
    return Words(text, tuple(children), section=section, told_by=told_by[row.id][:200], handling=handling)


def section_of(row: Invitee) -> Section:
    """In which section an invitee's words stand: health's and the police's in their own."""
    return SECTION_OF.get(row.agency_post.agency.kind, Section.ORDINARY) if row.agency_post else Section.ORDINARY


def _entry_of(
    row: Invitee, kind: Entry.Kind, said: Words, moment: datetime, documents: Iterable[UUID] = ()
) -> EntryGiven:
    """The entry on the records of all whom the words are about."""
    return EntryGiven(
        kind=kind,
        concerned=tuple(Concerned(child) for child in said.about),
        words=(said,),
        occurred=When.exactly(moment),
        agency=row.agency_post.agency_id if row.agency_post else None,
        answers={"meeting": str(row.meeting_id), "invitee": str(row.id)},
        documents=tuple(documents),
    )


def who_words(rows: Sequence[Invitee]) -> dict[UUID, str]:
    """Who each invitee is, as a record says it: "Bea Lund, Health visitors, Hallowby General Hospital"."""
    posts = describe_posts(row.post_id for row in rows if row.post_id)
    headers = get_names(people=[row.person_id for row in rows if row.person_id])
    return {row.id: ", ".join(part for part in _who(row, posts, headers) if part) for row in rows}


def _who(row: Invitee, posts: Mapping[UUID, str], headers: Mapping[UUID, PersonName]) -> list[str]:
    if row.agency_post is not None:
        return [row.name, row.agency_post.title, row.agency_post.agency.name]
    if row.post_id is not None:
        return [row.name, posts.get(row.post_id, "")]
    header = headers.get(row.person_id) if row.person_id else None
    return [row.name or (header.name if header else ""), row.role]

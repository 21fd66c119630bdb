"""Section 47 enquiries, from their opening to a conclusion for each child. Part of this room's operations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.enquiries.discussing import REASONS, refuse_before_birth
from sightline.enquiries.models import AgencyTold, Discussion, Enquiry, EnquiryChild
from sightline.enquiries.permissions import refuse_unless_may_decide, refuse_unless_may_decide_no_conference
from sightline.enquiries.rules import (
    CONTINUING_RISK,
    LONG_LINE,
    ConclusionGiven,
    refuse_blank,
    refuse_future,
    without_media,
)
from sightline.enquiries.standing import (
    chosen,
    end_step_when_done_for,
    hold_enquiry,
    names_of,
    words_of,
    write,
)
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.record.models import Entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Words

STEP = "enquiry"
OPENED, ACCOUNT, MEDIA, NO_CONFERENCE = "opened", "account", "media", "no_conference"
"""Headings of an enquiry's passages."""


@act("open_enquiry")
def open_enquiry(
    *,
    by: Actor,
    children: Iterable[UUID],
    why: str,
    step: UUID,
    at: datetime,
    discussion: UUID | None = None,
    began_at: datetime | None = None,
) -> UUID:
    """Open a section 47 enquiry on these children: which, and why. Everything else is recorded after.

    It details the step by which a post carries it. No discussion need have been held: nobody waits for a
    meeting to make a child safe. Refuses whoever does not decide for the authority, no reason, and a
    child before birth where the pack opens none (Children Act 1989, section 47(1)).
    """
    refuse_unless_may_decide(by)
    for_whom = chosen(by, children)
    said = refuse_blank(why, "Say why a section 47 enquiry begins, in a sentence or two.", field="why")
    refuse_before_birth(for_whom, at)
    began = began_at or at
    refuse_future(began, at=at, field="began_at")
    Enquiry.objects.create(step_id=step, discussion_id=discussion, why=said, began_at=began, began_by=by.id)
    EnquiryChild.objects.bulk_create(EnquiryChild(enquiry_id=step, child_id=child) for child in for_whom)
    write(
        by, Entry.Kind.ENQUIRY, for_whom,
        [Words(f"A section 47 enquiry began. Because: {said}", tuple(for_whom), heading=OPENED)], at,
        step=step, occurred=When.exactly(began),
    )  # fmt: skip
    return step


@act("set_manner")
def set_manner(*, by: Actor, enquiry: UUID, manner: str, at: datetime) -> None:
    """Say whether social care enquires alone, or jointly with the police."""
    found = hold_enquiry(enquiry)
    refuse_unless_may_write(by, children_of(enquiry))
    if manner not in Discussion.Manner.values:
        raise Refusal("Choose who makes the enquiry.", field="manner")
    found.manner = manner
    found.save(update_fields=["manner"])


@act("link_discussion")
def link_discussion(*, by: Actor, enquiry: UUID, discussion: UUID, at: datetime) -> None:
    """Put the strategy discussion to an enquiry that began before it was held; the first one stands."""
    found = hold_enquiry(enquiry)
    refuse_unless_may_write(by, children_of(enquiry))
    if found.discussion_id is None:
        found.discussion_id = discussion
        found.save(update_fields=["discussion"])


@act("add_account")
def add_account(
    *,
    by: Actor,
    enquiry: UUID,
    words: str,
    at: datetime,
    told_by: str = "",
    handling: str = "ordinary",
    section: Section = Section.ORDINARY,
    about: Sequence[UUID] = (),
    occurred: When | None = None,
    documents: Iterable[UUID] = (),
) -> UUID:
    """Record what was done or learned in an enquiry, also after it was concluded; nothing is replaced by it.

    `about` is everybody whom it is about, and all the enquiry's children where it is empty. Photographs,
    body maps and recordings come with it as documents. Refuses no words.
    """
    hold_enquiry(enquiry)
    children = list(dict.fromkeys(about)) or children_of(enquiry)
    said = refuse_blank(words, "Write what was done or learned.", field="words")
    paragraph = Words(
        said, tuple(children), heading=ACCOUNT, section=Section(section), told_by=told_by.strip()[:200],
        handling=handling or "ordinary",
    )  # fmt: skip
    return write(
        by, Entry.Kind.ENQUIRY, children, [paragraph], at, step=enquiry, occurred=occurred, documents=documents
    )


@act("conclude")
def conclude(
    *,
    by: Actor,
    enquiry: UUID,
    conclusions: Sequence[ConclusionGiven],
    at: datetime,
    documents: Iterable[UUID] = (),
    entry: UUID | None = None,
) -> UUID:
    """Say for each of these children what the enquiry found, and why; others may come later.

    A conclusion reached without photographs, body maps or recordings says so in its words. That a
    discussion or a visit is missing refuses nothing. Refuses whoever does not decide for the authority, no
    outcome, no reasons, nothing said of photographs, a manager's reason for no conference from anybody
    else, and a child whom a colleague concluded first (Working Together 2023, chapter 3, outcome of enquiries).
    """
    refuse_unless_may_decide(by)
    hold_enquiry(enquiry)
    rows = {row.child_id: row for row in EnquiryChild.objects.select_for_update().filter(enquiry_id=enquiry)}
    _refuse_unfit(by, conclusions, rows, at)
    children = [one.child for one in conclusions]
    refuse_unless_may_write(by, children)
    words = [paragraph for one in conclusions for paragraph in _words(one)]
    days = {one.concluded_on for one in conclusions} - {None, local_day(at)}
    occurred = When.on(min(day for day in days if day)) if days else None
    written = write(
        by, Entry.Kind.ENQUIRY, children, words, at, step=enquiry, occurred=occurred, documents=documents, entry=entry
    )
    for one in conclusions:
        _keep(rows[one.child], one, by, written, at)
    end_step_when_done_for(
        by, enquiry, [row.child_id for row in rows.values() if row.outcome], at, closed_by=written,
        outcome="Concluded", late_because=next((one.late_because for one in conclusions if one.late_because), ""),
    )  # fmt: skip
    return written


@act("decide_no_conference")
def decide_no_conference(*, by: Actor, enquiry: UUID, children: Sequence[UUID], because: str, at: datetime) -> UUID:
    """A manager decides after the conclusion that there is no conference for these children, and why.

    Any agency may still ask for one, and disagree on the record (Working Together 2023, chapter 3).
    """
    refuse_unless_may_decide_no_conference(by)
    hold_enquiry(enquiry)
    reason = refuse_blank(because, "Say why there is no conference.", field="no_conference_because")
    refuse_longer(reason, LONG_LINE, field="no_conference_because", what="the reason")
    rows = list(EnquiryChild.objects.select_for_update().filter(enquiry_id=enquiry, child__in=list(children)))
    if not rows or any(row.outcome != CONTINUING_RISK for row in rows):
        raise Refusal("Choose a child for whom the enquiry found a continuing risk.", field="children")
    whom = [row.child_id for row in rows]
    entry = write(
        by, Entry.Kind.ENQUIRY, whom, [Words(_no_conference(reason), tuple(whom), heading=NO_CONFERENCE)], at,
        step=enquiry,
    )  # fmt: skip
    for row in rows:
        row.no_conference_because = reason
        row.save(update_fields=["no_conference_because"])
    return entry


@act("note_told")
def note_told(*, by: Actor, enquiry: UUID, agency: UUID, message: UUID, at: datetime) -> UUID:
    """Keep that an agency was told how an enquiry ended, and by which message."""
    hold_enquiry(enquiry)
    return AgencyTold.objects.create(enquiry_id=enquiry, agency_id=agency, message=message, told_at=at).id


def children_of(enquiry: UUID) -> list[UUID]:
    """The children of an enquiry whom the reader may see, in the order in which they were named."""
    return list(EnquiryChild.objects.filter(enquiry_id=enquiry).order_by("id").values_list("child_id", flat=True))


def _refuse_unfit(
    by: Actor, conclusions: Sequence[ConclusionGiven], rows: dict[UUID, EnquiryChild], at: datetime
) -> None:
    if not conclusions:
        raise Refusal("Say for at least one child what the enquiry found.", field="outcome")
    names = names_of(rows)
    for one in conclusions:
        name = names.get(one.child, "this child")
        if one.child not in rows:
            raise NotFound("That child is not part of this enquiry. Open one for that child too.")
        _refuse_incomplete(by, one, name, at)
        if rows[one.child].outcome:
            raise Stale(
                f"Somebody concluded for {name} while you were writing. Both texts are shown; "
                "add what yours has beside theirs.",
                theirs=words_of(rows[one.child].entry_id, REASONS, one.child),
                yours=one.reasons.strip(),
                field=f"reasons-{one.child}",
            )


def _refuse_incomplete(by: Actor, one: ConclusionGiven, name: str, at: datetime) -> None:
    if one.outcome not in EnquiryChild.Outcome.values:
        raise Refusal(f"Say what the enquiry found for {name}.", field=f"outcome-{one.child}")
    refuse_blank(one.reasons, f"Write why, for {name}.", field=f"reasons-{one.child}")
    if one.media not in EnquiryChild.Media.values:
        raise Refusal(
            f"Say whether photographs, body maps and recordings of {name} were seen, or that there are none.",
            field=f"media-{one.child}",
        )
    if one.media == EnquiryChild.Media.NOT_SEEN:
        refuse_blank(one.media_because, "Say why they were not seen.", field=f"media_because-{one.child}")
    if one.no_conference_because.strip() and one.outcome == CONTINUING_RISK:
        refuse_unless_may_decide_no_conference(by)
    if one.concluded_on is not None and one.concluded_on > local_day(at):
        raise Refusal("That has not happened yet. Check the date.", field=f"concluded_on-{one.child}")
    for words, what in ((one.media_because, "media_because"), (one.no_conference_because, "no_conference_because"),
                        (one.late_because, "late_because")):  # fmt: skip
        refuse_longer(words, LONG_LINE, field=f"{what}-{one.child}", what="the reason")


def _words(one: ConclusionGiven) -> list[Words]:
    about = (one.child,)
    on = f" Concluded on {day_words(one.concluded_on)}." if one.concluded_on else ""
    label = EnquiryChild.Outcome(one.outcome).label
    said = [Words(f"{label}.{on} {one.reasons.strip()}", about, heading=REASONS)]
    if without := without_media(one.media, one.media_because):
        said.append(Words(without, about, heading=MEDIA))
    if one.outcome == CONTINUING_RISK and one.no_conference_because.strip():
        said.append(Words(_no_conference(one.no_conference_because.strip()), about, heading=NO_CONFERENCE))
    return said


def _no_conference(because: str) -> str:
    return f"There is no conference. Because: {because}"


def _keep(row: EnquiryChild, one: ConclusionGiven, by: Actor, entry: UUID, at: datetime) -> None:
    row.outcome, row.media, row.media_because = one.outcome, one.media, one.media_because.strip()
    row.concluded_on, row.recorded_at, row.recorded_by = one.concluded_on or local_day(at), at, by.id
    continuing = one.outcome == CONTINUING_RISK
    row.no_conference_because = one.no_conference_because.strip() if continuing else ""
    row.late_because, row.entry_id = one.late_because.strip(), entry
    row.save(update_fields=["outcome", "media", "media_because", "concluded_on", "recorded_at", "recorded_by",
                            "no_conference_because", "late_because", "entry"])  # fmt: skip

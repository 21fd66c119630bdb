"""Reading section 47 enquiries. Part of this room's queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sightline.enquiries.models import AgencyTold, Enquiry, EnquiryChild
from sightline.enquiries.reading_discussions import entries_of
from sightline.enquiries.rules import state_of_enquiry
from sightline.kernel.errors import NotFound
from sightline.record.queries import EntryView, OpenStep, list_steps_about


@dataclass(frozen=True)
class ChildConclusion:
    """What an enquiry found for one child; empty while it goes on."""

    child: UUID
    outcome: str
    outcome_words: str
    concluded_on: date | None
    recorded_at: datetime | None
    recorded_by: UUID | None
    media: str
    media_words: str
    media_because: str
    no_conference_because: str
    late_because: str
    entry: UUID | None
    reasons: str = ""


@dataclass(frozen=True)
class ToldView:
    """An agency that was told how it ended."""

    agency: UUID
    name: str
    message: UUID
    told_at: datetime


@dataclass(frozen=True)
class EnquiryLine:
    """An enquiry on one line. `section_47_at` is when the discussion at which it began was held, else its opening."""

    step: UUID
    post: UUID
    why: str
    began_at: datetime
    began_by: UUID
    manner: str
    manner_words: str
    discussion: UUID | None
    section_47_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    state: str
    children: Mapping[UUID, ChildConclusion]


@dataclass(frozen=True)
class EnquiryView:
    """An enquiry as the reader may see it; `entries` as they stand now, first recorded first."""

    line: EnquiryLine
    entries: tuple[EntryView, ...]
    told: tuple[ToldView, ...]
    steps: tuple[OpenStep, ...]

    @property
    def step(self) -> UUID:
        """Its key, and the step that carries it."""
        return self.line.step

    @property
    def children(self) -> Mapping[UUID, ChildConclusion]:
        """What was found for each child."""
        return self.line.children


def get_enquiry(enquiry: UUID) -> EnquiryView:
    """One enquiry. Absent and hidden read alike."""
    lines = _lines([enquiry])
    if not lines:
        raise NotFound("There is no such enquiry among the children that you work with.")
    entries = entries_of([enquiry]).get(enquiry, [])
    told = AgencyTold.objects.filter(enquiry_id=enquiry).select_related("agency").order_by("told_at", "id")
    return EnquiryView(
        line=replace(lines[0], children=_with_reasons(lines[0].children, entries)),
        entries=tuple(entries),
        told=tuple(ToldView(row.agency_id, row.agency.name, row.message, row.told_at) for row in told),
        steps=tuple(list_steps_about(subject=enquiry, only_open=False)),
    )


def list_enquiries(children: Iterable[UUID]) -> list[EnquiryLine]:
    """Enquiries about any of these children, the latest first, in a fixed number of queries."""
    keys = EnquiryChild.objects.filter(child__in=list(children)).values_list("enquiry", flat=True)
    return sorted(_lines(set(keys)), key=lambda one: one.began_at, reverse=True)


def section_47_of(enquiry: UUID) -> datetime:
    """From when the days to the conference are counted: the discussion at which section 47 began, else its opening."""
    return get_enquiry(enquiry).line.section_47_at


def _lines(keys: Iterable[UUID]) -> list[EnquiryLine]:
    found = list(Enquiry.objects.filter(step_id__in=list(keys)).select_related("step", "discussion"))
    children: dict[UUID, dict[UUID, ChildConclusion]] = defaultdict(dict)
    for row in EnquiryChild.objects.filter(enquiry__in=[one.step_id for one in found]).order_by("id"):
        children[row.enquiry_id][row.child_id] = _child(row)
    return [
        EnquiryLine(
            step=one.step_id, post=one.step.post_id, why=one.why, began_at=one.began_at, began_by=one.began_by,
            manner=one.manner or (one.discussion.manner if one.discussion else ""),
            manner_words=one.get_manner_display() or (one.discussion.get_manner_display() if one.discussion else ""),
            discussion=one.discussion_id,
            section_47_at=(one.discussion.held_at if one.discussion else None) or one.began_at,
            due_at=one.step.due_at, closed_at=one.step.closed_at,
            state=state_of_enquiry(concluded=[bool(each.outcome) for each in children[one.step_id].values()]),
            children=children[one.step_id],
        )
        for one in found
        if children[one.step_id]
    ]  # fmt: skip


def _child(row: EnquiryChild) -> ChildConclusion:
    return ChildConclusion(
        child=row.child_id, outcome=row.outcome, outcome_words=row.get_outcome_display(),
        concluded_on=row.concluded_on, recorded_at=row.recorded_at, recorded_by=row.recorded_by, media=row.media,
        media_words=row.get_media_display(), media_because=row.media_because,
        no_conference_because=row.no_conference_because, late_because=row.late_because, entry=row.entry_id,
    )  # fmt: skip


def _with_reasons(
    children: Mapping[UUID, ChildConclusion], entries: Iterable[EntryView]
) -> dict[UUID, ChildConclusion]:
    said = {
        (entry.root, child): passage.text
        for entry in entries
        for passage in entry.paragraphs
        if passage.heading == "reasons"
        for child in passage.about
    }
    return {
        child: replace(one, reasons=said.get((one.entry, child), "")) if one.entry else one
        for child, one in children.items()
    }

"""Reading strategy discussions. Part of this room's queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.enquiries.models import Account, Discussion, DiscussionChild, TookPart
from sightline.enquiries.rules import absent_of, state_of_discussion, who_said
from sightline.kernel.errors import NotFound
from sightline.partnership.queries import describe_agency_posts
from sightline.record.models import Entry
from sightline.record.queries import EntryView, OpenStep, PassageView, list_entries, list_steps_about


@dataclass(frozen=True)
class ChildDecision:
    """What was decided for one child; empty where nobody has. `reasons` are read with the entry."""

    child: UUID
    outcome: str
    outcome_words: str
    decided_at: datetime | None
    decided_by: UUID | None
    entry: UUID | None
    reasons: str = ""


@dataclass(frozen=True)
class TookPartView:
    """Somebody who took part or did not. `shared` is what the reader may see of what they told.

    `kept_back` says that they told something of which this reader may see nothing.
    """

    id: UUID
    agency_kind: str
    agency_post: UUID | None
    agency: str
    title: str
    post: UUID | None
    name: str
    role: str
    there: str
    there_words: str
    because: str
    entry: UUID | None
    recorded_at: datetime
    shared: tuple[PassageView, ...] = ()
    kept_back: bool = False


@dataclass(frozen=True)
class DiscussionView:
    """A strategy discussion as the reader may see it.

    `entries` stand as they are after every correction, first recorded first. `absent` are the kinds of
    agency of the three (social care, police, health) that were not at it. `steps` are the actions agreed.
    """

    step: UUID
    post: UUID
    why: str
    asked_at: datetime
    asked_by: UUID
    due_at: datetime | None
    closed_at: datetime | None
    subject: UUID | None
    held_at: datetime | None
    how: str
    how_words: str
    manner: str
    manner_words: str
    medical: str
    medical_words: str
    medical_because: str
    alone_because: str
    recorded_at: datetime | None
    recorded_by: UUID | None
    state: str
    children: Mapping[UUID, ChildDecision]
    took_part: tuple[TookPartView, ...]
    absent: tuple[str, ...]
    entries: tuple[EntryView, ...]
    steps: tuple[OpenStep, ...]
    safety: str


@dataclass(frozen=True)
class DiscussionLine:
    """A strategy discussion on one line."""

    step: UUID
    post: UUID
    why: str
    asked_at: datetime
    held_at: datetime | None
    due_at: datetime | None
    state: str
    children: Mapping[UUID, ChildDecision]
    absent: tuple[str, ...]


def get_discussion(discussion: UUID) -> DiscussionView:
    """One discussion. Absent and hidden read alike."""
    found = Discussion.objects.filter(step_id=discussion).select_related("step").first()
    children = _children([discussion]).get(discussion) if found else None
    if found is None or not children:
        raise NotFound("There is no such strategy discussion among the children that you work with.")
    entries = entries_of([discussion]).get(discussion, [])
    rows = list(TookPart.objects.filter(discussion_id=discussion).order_by("id"))
    # An action's step has the discussion as its subject; so has an examination that it asked for.
    steps = list_steps_about(subject=discussion, only_open=False)
    return DiscussionView(
        step=found.step_id, post=found.step.post_id, why=found.why, asked_at=found.asked_at, asked_by=found.asked_by,
        due_at=found.step.due_at, closed_at=found.step.closed_at, subject=found.step.subject, held_at=found.held_at,
        how=found.how, how_words=found.get_how_display(), manner=found.manner,
        manner_words=found.get_manner_display(), medical=found.medical, medical_words=found.get_medical_display(),
        medical_because=found.medical_because, alone_because=found.alone_because, recorded_at=found.recorded_at,
        recorded_by=found.recorded_by,
        state=state_of_discussion(held=found.held_at is not None, decided=_decided(children)),
        children=_with_reasons(children, entries), took_part=_who(rows, entries),
        absent=absent_of(row.agency_kind for row in rows if row.there == TookPart.There.THERE) if found.held_at else (),
        entries=tuple(entries), steps=tuple(one for one in steps if one.kind in {"action", "medical"}),
        safety="\n\n".join(one.text_of("safety") for one in entries if one.text_of("safety")),
    )  # fmt: skip


def list_discussions(children: Iterable[UUID]) -> list[DiscussionLine]:
    """Strategy discussions about any of these children, the latest first, in a fixed number of queries."""
    keys = set(DiscussionChild.objects.filter(child__in=list(children)).values_list("discussion", flat=True))
    about = _children(keys)
    there: dict[UUID, list[str]] = defaultdict(list)
    rows = TookPart.objects.filter(discussion__in=keys, there=TookPart.There.THERE)
    for discussion, kind in rows.values_list("discussion", "agency_kind"):
        there[discussion].append(kind)
    found = Discussion.objects.filter(step_id__in=keys).select_related("step")
    return [
        DiscussionLine(
            step=row.step_id, post=row.step.post_id, why=row.why, asked_at=row.asked_at, held_at=row.held_at,
            due_at=row.step.due_at,
            state=state_of_discussion(held=row.held_at is not None, decided=_decided(about[row.step_id])),
            children=about[row.step_id], absent=absent_of(there[row.step_id]) if row.held_at else (),
        )
        for row in sorted(found, key=lambda row: row.held_at or row.asked_at, reverse=True)
    ]  # fmt: skip


def entries_of(steps: Iterable[UUID]) -> dict[UUID, list[EntryView]]:
    """The entries of each of these steps, as they stand after every correction, first recorded first."""
    rows = list(Account.objects.filter(step__in=list(steps)).order_by("entry").values_list("entry", "step"))
    standing = dict(
        Entry.objects.filter(root__in=[root for root, _ in rows], superseded_at=None).values_list("root", "id")
    )
    entries = list_entries(standing.values())
    found: dict[UUID, list[EntryView]] = defaultdict(list)
    for root, step in rows:
        if root in standing and standing[root] in entries:
            found[step].append(entries[standing[root]])
    return found


def _children(discussions: Iterable[UUID]) -> dict[UUID, dict[UUID, ChildDecision]]:
    found: dict[UUID, dict[UUID, ChildDecision]] = defaultdict(dict)
    for row in DiscussionChild.objects.filter(discussion__in=list(discussions)).order_by("id"):
        found[row.discussion_id][row.child_id] = ChildDecision(
            row.child_id, row.outcome, row.get_outcome_display(), row.decided_at, row.decided_by, row.entry_id
        )
    return found


def _decided(children: Mapping[UUID, ChildDecision]) -> list[bool]:
    return [bool(one.outcome) for one in children.values()]


def _with_reasons(children: Mapping[UUID, ChildDecision], entries: Iterable[EntryView]) -> dict[UUID, ChildDecision]:
    said = {
        (entry.root, child): passage.text
        for entry in entries
        for passage in entry.paragraphs
        if passage.heading == "reasons"
        for child in passage.about
    }
    return {
        child: ChildDecision(
            one.child, one.outcome, one.outcome_words, one.decided_at, one.decided_by, one.entry,
            said.get((one.entry, child), "") if one.entry else "",
        )
        for child, one in children.items()
    }  # fmt: skip


def _who(rows: list[TookPart], entries: Iterable[EntryView]) -> tuple[TookPartView, ...]:
    posts = describe_agency_posts(row.agency_post_id for row in rows if row.agency_post_id)
    told: dict[tuple[UUID, str], list[PassageView]] = defaultdict(list)
    for entry in entries:
        for passage in entry.paragraphs:
            if passage.heading == "shared":
                told[entry.root, passage.told_by].append(passage)
    views = []
    for row in rows:
        post = posts.get(row.agency_post_id) if row.agency_post_id else None
        shared = told.get((row.entry_id, who_said(row.name, row.role)), []) if row.entry_id else []
        views.append(
            TookPartView(
                id=row.id, agency_kind=row.agency_kind, agency_post=row.agency_post_id,
                agency=post.agency.name if post else "", title=post.title if post else "", post=row.post_id,
                name=row.name, role=row.role, there=row.there, there_words=row.get_there_display(),
                because=row.because, entry=row.entry_id, recorded_at=row.recorded_at, shared=tuple(shared),
                kept_back=row.entry_id is not None and not shared,
            )
        )  # fmt: skip
    return tuple(views)

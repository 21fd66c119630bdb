"""Reading entries: a child's timeline, one entry, and when a child was last seen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from sightline.kernel.errors import NotFound
from sightline.kernel.when import When
from sightline.record.models import (
    Attachment,
    Entry,
    EntrySubject,
    Mention,
    Passage,
    PassageSubject,
    Withdrawal,
)
from sightline.record.rules import not_seen_in_a_row

PAGE = 25


@dataclass(frozen=True)
class PassageView:
    """A paragraph that the reader may see, and whom of those they may see it is about."""

    heading: str
    section: str
    told_by: str
    handling: str
    text: str
    about: tuple[UUID, ...]


@dataclass(frozen=True)
class SubjectView:
    """Somebody an entry concerns, with whether they were seen."""

    person: UUID
    part: str
    seen: str


@dataclass(frozen=True)
class EntryView:
    """An entry as the reader may see it. `replaced_by` and `replaces` show its corrections."""

    id: UUID
    root: UUID
    kind: str
    when: When
    recorded_at: datetime
    author: UUID
    agency: UUID | None
    form: str
    replaces: UUID | None
    superseded_at: datetime | None
    correction_reason: str
    passages: tuple[PassageView, ...]
    subjects: tuple[SubjectView, ...]
    documents: tuple[UUID, ...]

    def text_of(self, heading: str) -> str:
        """The words under one heading, or nothing."""
        return "\n\n".join(one.text for one in self.passages if one.heading == heading)


@dataclass(frozen=True)
class Mark:
    """Where text was taken off a person's record. What it said is not here."""

    entry: UUID
    at: datetime
    occurred_at: datetime
    reason: str
    by: UUID
    reader: UUID


@dataclass(frozen=True)
class Timeline:
    """A page of a person's timeline, newest first. `older_than` asks for the next page.

    `total` counts all that the same question finds, on this page and the others.
    """

    entries: tuple[EntryView, ...]
    marks: tuple[Mark, ...]
    older_than: datetime | None
    total: int = 0


@dataclass(frozen=True)
class LastSeen:
    """When a child was last seen, and alone; and how many attempts in a row did not see them."""

    seen_at: datetime | None
    alone_at: datetime | None
    not_seen_in_a_row: int


@dataclass(frozen=True)
class MentionGroup:
    """What several people said of one adult around a child."""

    adult: UUID
    words: tuple[str, ...]
    agencies: tuple[UUID, ...]
    first_at: datetime
    latest_at: datetime


def list_timeline(
    *,
    person: UUID,
    as_at: datetime | None = None,
    older_than: datetime | None = None,
    kinds: Sequence[str] = (),
    since: datetime | None = None,
    start: int = 0,
    limit: int = PAGE,
) -> Timeline:
    """A person's entries, newest first; as they stood at an earlier moment when `as_at` is given.

    `since` and `older_than` bound when it happened; `start` skips the pages before.

    As-at reading shows what was on the record then to those who may see it today, save what has
    been withdrawn since.
    """
    rows = EntrySubject.objects.filter(person=person, withdrawn_at=None).filter(_standing(as_at))
    if older_than is not None:
        rows = rows.filter(occurred_from__lt=older_than)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if since is not None:
        rows = rows.filter(occurred_from__gte=since)
    found = rows.order_by("-occurred_from", "-entry").values_list("entry", "occurred_from")
    keys = list(found[start : start + limit + 1])
    shown = keys[:limit]
    entries = list_entries([key for key, _ in shown])
    return Timeline(
        entries=tuple(_as_it_stood(entries[key], as_at) for key, _ in shown if key in entries),
        marks=_marks(person, as_at) if older_than is None else (),
        older_than=shown[-1][1] if len(keys) > limit else None,
        total=rows.count(),
    )


def list_earlier_versions(roots: Iterable[UUID]) -> Mapping[UUID, list[EntryView]]:
    """What these entries said before they were corrected, latest version first, by their root."""
    rows = Entry.objects.filter(root__in=list(roots), superseded_at__isnull=False).order_by("-recorded_at", "-id")
    keys = list(rows.values_list("id", flat=True))
    views = list_entries(keys)
    found: dict[UUID, list[EntryView]] = defaultdict(list)
    for key in keys:
        if key in views:
            found[views[key].root].append(views[key])
    return found


def _standing(as_at: datetime | None) -> Q:
    if as_at is None:
        return Q(superseded_at=None)
    return Q(recorded_at__lte=as_at) & (Q(superseded_at=None) | Q(superseded_at__gt=as_at))


def _as_it_stood(entry: EntryView, as_at: datetime | None) -> EntryView:
    """At that moment nobody had yet corrected what was corrected later."""
    if as_at is None or entry.superseded_at is None or entry.superseded_at <= as_at:
        return entry
    return replace(entry, superseded_at=None)


def _marks(person: UUID, as_at: datetime | None) -> tuple[Mark, ...]:
    found = Withdrawal.objects.filter(person=person).order_by("-at")
    if as_at is not None:
        found = found.filter(at__lte=as_at)
    return tuple(Mark(row.entry_id, row.at, row.occurred_from, row.reason, row.by, row.reader) for row in found)


def list_entries(keys: Iterable[UUID]) -> Mapping[UUID, EntryView]:
    """The entries with these keys that the reader may see, in five queries."""
    wanted = list(keys)
    passages = _passages(wanted)
    subjects: dict[UUID, list[SubjectView]] = defaultdict(list)
    for row in EntrySubject.objects.filter(entry__in=wanted):
        subjects[row.entry_id].append(SubjectView(row.person_id, row.part, row.seen))
    documents: dict[UUID, list[UUID]] = defaultdict(list)
    for entry, document in Attachment.objects.filter(entry__in=wanted).values_list("entry", "document"):
        documents[entry].append(document)
    return {
        entry.id: EntryView(
            id=entry.id,
            root=entry.root,
            kind=entry.kind,
            when=When(entry.occurred_from, entry.occurred_to, entry.precision),  # type: ignore[arg-type]  # the column's choices are When's
            recorded_at=entry.recorded_at,
            author=entry.author,
            agency=entry.agency_id,
            form=entry.form,
            replaces=entry.replaces_id,
            superseded_at=entry.superseded_at,
            correction_reason=entry.correction_reason,
            passages=tuple(passages[entry.id]),
            subjects=tuple(subjects[entry.id]),
            documents=tuple(documents[entry.id]),
        )
        for entry in Entry.objects.filter(id__in=wanted)
    }


def _passages(entries: list[UUID]) -> dict[UUID, list[PassageView]]:
    about: dict[UUID, list[UUID]] = defaultdict(list)
    rows = PassageSubject.objects.filter(entry__in=entries).values_list("passage", "person")
    for passage, person in rows:
        about[passage].append(person)
    found: dict[UUID, list[PassageView]] = defaultdict(list)
    for row in Passage.objects.filter(id__in=list(about)).order_by("position"):
        found[row.entry_id].append(
            PassageView(
                heading=row.heading,
                section=row.section,
                told_by=row.told_by,
                handling=row.handling,
                text=row.text,
                about=tuple(about[row.id]),
            )
        )
    return found


def kept_apart_for(entries: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Of these entries, those that are kept apart, with the team that reads them."""
    rows = EntrySubject.objects.filter(entry__in=list(entries), apart__isnull=False)
    return {entry: team for entry, team in rows.values_list("entry", "apart") if team is not None}


def get_entry(entry: UUID) -> EntryView:
    """One entry. Absent and hidden read alike."""
    found = list_entries([entry]).get(entry)
    if found is None:
        raise NotFound("There is no such entry on a record that you work with.")
    return found


def get_standing(root: UUID) -> EntryView | None:
    """The version of an entry that stands now, after every correction; None when none may be seen."""
    key = Entry.objects.filter(root=root, superseded_at=None).values_list("id", flat=True).first()
    return list_entries([key]).get(key) if key else None


def last_seen_of(people: Iterable[UUID], *, as_at: datetime | None = None) -> Mapping[UUID, LastSeen]:
    """When each of these children was last seen, from what was recorded of them."""
    attempts: dict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
    rows = (
        EntrySubject.objects.filter(person__in=list(people), withdrawn_at=None)
        .exclude(seen="")
        .filter(_standing(as_at))
        .order_by("-occurred_from")
        .values_list("person", "seen", "occurred_from")
    )
    for person, seen, occurred in rows:
        attempts[person].append((seen, occurred))
    return {person: _last_seen(found) for person, found in attempts.items()}


def _last_seen(attempts: list[tuple[str, datetime]]) -> LastSeen:
    return LastSeen(
        seen_at=next((at for seen, at in attempts if seen != "not_seen"), None),
        alone_at=next((at for seen, at in attempts if seen == "seen_alone"), None),
        not_seen_in_a_row=not_seen_in_a_row([seen for seen, _ in attempts]),
    )


def list_mentions(children: Iterable[UUID]) -> list[MentionGroup]:
    """Adults who were spoken of around these children, with every mention of one put together."""
    groups: dict[UUID, list[Mention]] = defaultdict(list)
    for mention in Mention.objects.filter(child__in=list(children)).order_by("at"):
        groups[mention.adult_id].append(mention)
    return [
        MentionGroup(
            adult=adult,
            words=tuple(dict.fromkeys(one.words for one in found)),
            agencies=tuple(dict.fromkeys(one.agency_id for one in found if one.agency_id)),
            first_at=found[0].at,
            latest_at=found[-1].at,
        )
        for adult, found in groups.items()
    ]


def children_around(adult: UUID) -> list[UUID]:
    """The children around whom an adult was spoken of, as far as the reader may see them."""
    rows = Mention.objects.filter(adult=adult).order_by("at")
    return list(dict.fromkeys(rows.values_list("child", flat=True)))

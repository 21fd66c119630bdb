"""Reading entries: a child's timeline, one entry, and the accounts that were attached to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sightline.kernel.errors import NotFound
from sightline.kernel.when import When
from sightline.record.models import (
    Attachment,
    Entry,
    EntrySubject,
    Mention,
    Passage,
    PassageSubject,
    WishOverruled,
    Withdrawal,
)

PAGE = 25


@dataclass(frozen=True)
class PassageView:
    """A paragraph that the reader may see, and whom of those they may see it is about.

    An account of a parent or a young person was attached later, at `added_at`, in the words of `given_by`.
    `kept_to` are those whom a child wished to read it; `overruled` is why that was set aside, where it was.
    """

    heading: str
    section: str
    told_by: str
    handling: str
    text: str
    about: tuple[UUID, ...]
    given_by: UUID | None = None
    disagrees: bool = False
    added_at: datetime | None = None
    added_by: UUID | None = None
    id: UUID | None = field(default=None, compare=False)
    kept_to: tuple[UUID, ...] = ()
    overruled: str = ""


@dataclass(frozen=True)
class SubjectView:
    """Somebody an entry concerns, with whether they were seen."""

    person: UUID
    part: str
    seen: str


@dataclass(frozen=True)
class EntryView:
    """An entry as the reader may see it. `replaced_by` and `replaces` show its corrections.

    `answers` are to the questions of an authority's own form, by key: `form` says which version of it.
    """

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
    answers: Mapping[str, Any] = field(default_factory=dict)

    def text_of(self, heading: str) -> str:
        """The words under one heading, or nothing."""
        return "\n\n".join(one.text for one in self.passages if one.heading == heading)

    @property
    def paragraphs(self) -> tuple[PassageView, ...]:
        """What its author wrote, without the accounts that were attached."""
        return tuple(one for one in self.passages if one.added_at is None)

    @property
    def accounts(self) -> tuple[PassageView, ...]:
        """What parents and young people said of it, in their own words."""
        return tuple(one for one in self.passages if one.added_at is not None)


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
class MentionGroup:
    """What several people said of one adult around a child; `around` says since when, by child."""

    adult: UUID
    words: tuple[str, ...]
    agencies: tuple[UUID, ...]
    first_at: datetime
    latest_at: datetime
    around: Mapping[UUID, datetime]


def list_timeline(
    *,
    person: UUID,
    as_at: datetime | None = None,
    older_than: datetime | None = None,
    kinds: Sequence[str] = (),
    since: datetime | None = None,
    start: int = 0,
    limit: int = PAGE,
    keys: Sequence[UUID] = (),
) -> Timeline:
    """A person's entries, newest first; as they stood at an earlier moment when `as_at` is given.

    `since` and `older_than` bound when it happened; `start` skips the pages before. `keys` are all under which
    the person was registered, where that is more than one.

    As-at reading shows what was on the record then to those who may see it today, save what has
    been withdrawn since.
    """
    rows = _standing_of(keys or [person], as_at, kinds)
    if older_than is not None:
        rows = rows.filter(occurred_from__lt=older_than)
    if since is not None:
        rows = rows.filter(occurred_from__gte=since)
    page = list(rows[start : start + limit + 1])
    shown = page[:limit]
    entries = list_entries([key for key, _ in shown])
    return Timeline(
        entries=_as_they_stood((key for key, _ in shown), entries, as_at),
        marks=_marks(keys or [person], as_at) if older_than is None else (),
        older_than=shown[-1][1] if len(page) > limit else None,
        # On the last page all have been counted.
        total=start + len(page) if len(page) <= limit and (page or not start) else rows.count(),
    )


def list_latest(
    *, keys: Sequence[UUID], wanted: Sequence[tuple[Sequence[str], int]], as_at: datetime | None = None
) -> list[tuple[EntryView, ...]]:
    """The latest entries of a person, under all their keys: of these kinds (or of all), so many, for each of `wanted`.

    For a page that shows several short lists of one timeline: an entry that is in two of them is read once.
    """
    found = [[key for key, _ in _standing_of(keys, as_at, kinds)[:limit]] for kinds, limit in wanted]
    entries = list_entries(key for one in found for key in one)
    return [_as_they_stood(one, entries, as_at) for one in found]


def _standing_of(
    keys: Sequence[UUID], as_at: datetime | None, kinds: Sequence[str]
) -> QuerySet[EntrySubject, tuple[UUID, datetime]]:
    """A person's entries that stand, newest first: the key of each and when it happened."""
    if len(keys) == 1:
        rows = EntrySubject.objects.filter(person=keys[0])
    else:  # an entry may concern two keys of one person
        rows = EntrySubject.objects.filter(person__in=keys).distinct()
    rows = rows.filter(withdrawn_at=None).filter(_standing(as_at))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.order_by("-occurred_from", "-entry").values_list("entry", "occurred_from")


def _as_they_stood(
    keys: Iterable[UUID], entries: Mapping[UUID, EntryView], as_at: datetime | None
) -> tuple[EntryView, ...]:
    return tuple(_as_it_stood(entries[key], as_at) for key in keys if key in entries)


def list_earlier_versions(roots: Iterable[UUID], *, as_at: datetime | None = None) -> Mapping[UUID, list[EntryView]]:
    """What these entries said before they were corrected, latest version first, by their root.

    With `as_at`, before the corrections that had been made by then.
    """
    rows = Entry.objects.filter(root__in=list(roots), superseded_at__isnull=False).order_by("-recorded_at", "-id")
    if as_at is not None:
        rows = rows.filter(superseded_at__lte=as_at)
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
    """At that moment nobody had yet corrected, or given an account of, what was so later."""
    if as_at is None:
        return entry
    passages = tuple(one for one in entry.passages if one.added_at is None or one.added_at <= as_at)
    corrected = entry.superseded_at if entry.superseded_at and entry.superseded_at <= as_at else None
    return replace(entry, superseded_at=corrected, passages=passages)


def _marks(keys: Sequence[UUID], as_at: datetime | None) -> tuple[Mark, ...]:
    found = Withdrawal.objects.filter(person__in=list(keys)).order_by("-at")
    if as_at is not None:
        found = found.filter(at__lte=as_at)
    return tuple(Mark(row.entry_id, row.at, row.occurred_from, row.reason, row.by, row.reader) for row in found)


def list_entries(keys: Iterable[UUID]) -> Mapping[UUID, EntryView]:
    """The entries with these keys that the reader may see, in four queries."""
    wanted = list(dict.fromkeys(keys))
    passages = _passages(wanted)
    subjects: dict[UUID, list[SubjectView]] = defaultdict(list)
    there = EntrySubject.objects.filter(entry__in=wanted).values_list("entry", "person", "part", "seen")
    for entry, person, part, seen in there:
        subjects[entry].append(SubjectView(person, part, seen))
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
            answers=entry.answers,
        )
        for entry in Entry.objects.filter(id__in=wanted)
    }


_WRITTEN = ("heading", "section", "told_by", "handling", "text", "given_by", "disagrees", "added_at", "added_by")
_WORDS = tuple(f"passage__{one}" for one in (*_WRITTEN, "kept_to"))


def _passages(entries: list[UUID]) -> dict[UUID, list[PassageView]]:
    about: dict[UUID, list[UUID]] = defaultdict(list)
    read: dict[UUID, tuple[UUID, dict[str, Any]]] = {}
    rows = PassageSubject.objects.filter(entry__in=entries).order_by("passage__position", "id")
    for passage, person, entry, *words in rows.values_list("passage", "person", "passage__entry", *_WORDS):
        about[passage].append(person)
        if passage not in read:
            read[passage] = entry, dict(zip((*_WRITTEN, "kept_to"), words, strict=True))
    overruled = _overruled(key for key, (_, words) in read.items() if words["kept_to"])
    found: dict[UUID, list[PassageView]] = defaultdict(list)
    for key, (entry, words) in read.items():
        kept_to = tuple(words.pop("kept_to") or ())
        view = PassageView(**words, about=tuple(about[key]), id=key, kept_to=kept_to, overruled=overruled.get(key, ""))
        found[entry].append(view)
    return found


def _overruled(passages: Iterable[UUID]) -> dict[UUID, str]:
    """Why a child's wish was set aside, by passage; asked only where there was a wish."""
    wished = list(passages)
    return dict(WishOverruled.objects.filter(passage__in=wished).values_list("passage", "reason")) if wished else {}


def list_accounts_of(entries: Iterable[UUID]) -> Mapping[UUID, list[PassageView]]:
    """What parents and young people said of these entries, in the order in which it was attached, by entry."""
    rows = Passage.objects.filter(entry__in=list(entries), added_at__isnull=False)
    with_accounts = list(rows.values_list("entry", flat=True).distinct())
    return {
        entry: [one for one in found if one.added_at is not None] for entry, found in _passages(with_accounts).items()
    }


def roots_of(entries: Iterable[UUID]) -> dict[UUID, UUID]:
    """The first version of each of these entries, which is itself where it was never corrected."""
    return dict(Entry.objects.filter(id__in=list(entries)).values_list("id", "root"))


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
            around={one.child_id: one.at for one in reversed(found)},
        )
        for adult, found in groups.items()
    ]


def children_around(adult: UUID) -> list[UUID]:
    """The children around whom an adult was spoken of, as far as the reader may see them."""
    rows = Mention.objects.filter(adult=adult).order_by("at")
    return list(dict.fromkeys(rows.values_list("child", flat=True)))

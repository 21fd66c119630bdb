"""Reading letters, and from whom a paragraph of a meeting's record is kept. Part of this room's queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.conferences.finding import is_family
from sightline.conferences.holding import names_of, weigh_quorum
from sightline.conferences.holding_rules import Quorum, Written
from sightline.conferences.models import Dissent, Invitee, KeptFrom, Letter, Meeting
from sightline.kernel.errors import NotFound
from sightline.practice.spec import Pack
from sightline.record.models import Entry, Passage, PassageSubject


@dataclass(frozen=True)
class LetterView:
    """One invitee's letter, as it was last saved. `number` is that saving.

    It waits for the chair while neither `released_at` nor `not_sent_because` is set.
    """

    id: UUID
    meeting: UUID
    invitee: UUID
    to: str
    kind: str
    kind_label: str
    number: int
    children: tuple[UUID, ...]
    text: str
    made_at: datetime
    released_at: datetime | None
    message: UUID | None
    given_on: date | None
    given_how: str
    not_sent_because: str

    @property
    def waits(self) -> bool:
        """Whether the chair has still to release it, or to say why it is not sent."""
        return self.released_at is None and not self.not_sent_because


def list_letters(meeting: UUID) -> list[LetterView]:
    """The latest saving of each letter of a meeting, by invitee, in three queries; as the reader may read it."""
    return list_letters_of([meeting]).get(meeting, [])


def list_letters_of(meetings: Iterable[UUID]) -> dict[UUID, list[LetterView]]:
    """The same of several meetings, in as many queries."""
    rows = Letter.objects.filter(meeting__in=list(meetings)).select_related("invitee__agency_post__agency")
    found: dict[UUID, list[LetterView]] = defaultdict(list)
    latest = list(rows.order_by("meeting", "invitee", "kind", "-number").distinct("meeting", "invitee", "kind"))
    to = names_of(row.invitee for row in latest)
    for row in latest:
        found[row.meeting_id].append(_view(row, to[row.invitee_id]))
    for letters in found.values():
        letters.sort(key=lambda one: (one.to, one.kind))
    return dict(found)


def get_letter(letter: UUID) -> LetterView:
    """One letter. Absent and hidden read alike."""
    row = Letter.objects.filter(id=letter).select_related("invitee__agency_post__agency").first()
    if row is None:
        raise NotFound("There is no such letter among the meetings that you work with.")
    return _view(row, names_of([row.invitee])[row.invitee_id])


def _view(row: Letter, to: str) -> LetterView:
    return LetterView(
        id=row.id,
        meeting=row.meeting_id,
        invitee=row.invitee_id,
        to=to,
        kind=row.kind,
        kind_label=str(Letter.Kind(row.kind).label),
        number=row.number,
        children=tuple(row.children),
        text=row.text,
        made_at=row.made_at,
        released_at=row.released_at,
        message=row.message,
        given_on=row.given_on,
        given_how=row.given_how,
        not_sent_because=row.not_sent_because,
    )


def kept_from(invitee: UUID) -> set[UUID]:
    """The passages that one invitee did not hear and is not sent."""
    return set(KeptFrom.objects.filter(invitee=invitee).values_list("passage", flat=True))


@dataclass(frozen=True)
class RecordOfMeeting:
    """What was written of a meeting, and what stands now after every correction."""

    before: tuple[Written, ...]
    now: tuple[Written, ...]


def read_record(meeting: UUID) -> RecordOfMeeting:
    """The paragraphs of a meeting's record, with those from whom each is kept; as far as the reader may see them."""
    first = Meeting.objects.filter(step_id=meeting).values_list("entry", flat=True).first()
    if first is None:
        return RecordOfMeeting((), ())
    versions = Entry.objects.filter(root__in=Entry.objects.filter(id=first).values("root"))
    stands = versions.filter(superseded_at=None).values_list("id", flat=True).first()
    before = tuple(_written(first))
    return RecordOfMeeting(before, before if stands == first else tuple(_written(stands)) if stands else ())


def _written(entry: UUID) -> Iterable[Written]:
    passages = list(Passage.objects.filter(entry_id=entry, added_at=None).order_by("position"))
    about = _grouped(PassageSubject.objects.filter(passage__in=passages, withdrawn_at=None), "passage", "person")
    kept = _grouped(KeptFrom.objects.filter(passage__in=passages), "passage", "invitee")
    for one in passages:
        yield Written(
            text=one.text,
            about=frozenset(about.get(one.id, ())),
            section=one.section,
            handling=one.handling,
            heading=one.heading,
            told_by=one.told_by,
            kept_from=frozenset(kept.get(one.id, ())),
        )


def _grouped(rows: object, key: str, value: str) -> Mapping[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in rows.values_list(key, value):  # type: ignore[attr-defined]  # any query of rows
        found[one].add(other)
    return found


@dataclass(frozen=True)
class DissentView:
    """Somebody did not agree with what was decided for a child. `family` says that they are no professional."""

    invitee: UUID
    name: str
    family: bool
    child: UUID
    words: str
    said_at: datetime


def list_dissents(meeting: UUID) -> list[DissentView]:
    """Who did not agree, child by child, in their own words; in two queries."""
    rows = list(Dissent.objects.filter(meeting=meeting).select_related("invitee__agency_post__agency").order_by("id"))
    named = names_of(row.invitee for row in rows)
    return [
        DissentView(row.invitee_id, named[row.invitee_id], is_family(row.invitee), row.child_id, row.words, row.said_at)
        for row in rows
    ]


def quorum_of(meeting: UUID, *, pack: Pack, on: date, attendance: Mapping[UUID, str] | None = None) -> Quorum:
    """Whether a meeting has a quorum: from what is recorded, or from what is about to be."""
    rows = Invitee.objects.filter(meeting_id=meeting).select_related("agency_post__agency")
    return weigh_quorum(dict(attendance or {}), rows, pack, on)

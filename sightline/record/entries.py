"""Writing entries, and their exits: corrected, withdrawn. Part of this room's operations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.references import new_id
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
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Concerned, Words, worth_writing
from sightline.record.steps import tell

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
A_LIFETIME = timedelta(days=36_525)


@dataclass(frozen=True)
class EntryGiven:
    """One entry of several that are written together; the fields are those of `write_entry`."""

    kind: Entry.Kind
    concerned: tuple[Concerned, ...]
    words: tuple[Words, ...]
    occurred: When | None = None
    post: UUID | None = None
    agency: UUID | None = None
    form: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[UUID, ...] = ()
    entry: UUID | None = None


@dataclass(frozen=True)
class _Ready:
    """An entry that was judged, with what hangs on it."""

    entry: Entry
    concerned: Sequence[Concerned]
    words: Sequence[Words]
    documents: Sequence[UUID]


@act("write_entry")
def write_entry(
    *,
    by: Actor,
    kind: Entry.Kind,
    concerned: Sequence[Concerned],
    words: Sequence[Words],
    at: datetime,
    occurred: When | None = None,
    post: UUID | None = None,
    agency: UUID | None = None,
    form: str = "",
    answers: Mapping[str, Any] | None = None,
    documents: Iterable[UUID] = (),
    entry: UUID | None = None,
) -> UUID:
    """Record something that happened, once, about everyone whom it concerns.

    Refuses an entry with no words or about nobody, one in the future or more than 100 years ago,
    and one about somebody whom the writer may not see. `form` pins the form version it was written under.
    """
    refuse_unless_may_write(by, [subject.person for subject in concerned])
    given = EntryGiven(
        kind=kind, concerned=tuple(concerned), words=tuple(words), occurred=occurred, post=post, agency=agency,
        form=form, answers=dict(answers or {}), documents=tuple(documents), entry=entry,
    )  # fmt: skip
    return _keep_all(by, [given], at)[0]


@act("write_entries")
def write_entries(*, by: Actor, given: Sequence[EntryGiven], at: datetime) -> list[UUID]:
    """Record several entries together, each as `write_entry` would, in as many queries as one. Keys in that order.

    Refuses what `write_entry` does, and then writes none of them.
    """
    refuse_unless_may_write(by, [subject.person for one in given for subject in one.concerned])
    return _keep_all(by, given, at)


def _keep_all(by: Actor, given: Sequence[EntryGiven], at: datetime) -> list[UUID]:
    if not given:
        return []
    ready = [_ready(by, one, at) for one in given]
    _insert(ready)
    touch(*dict.fromkeys(subject.person for one in given for subject in one.concerned))
    return [one.entry.id for one in ready]


def _ready(by: Actor, given: EntryGiven, at: datetime) -> _Ready:
    kept = worth_writing(list(given.words), list(given.concerned))
    happened = given.occurred or When.exactly(at)
    _refuse_unless_in_a_lifetime(happened, at)
    key = given.entry or new_id()
    written = Entry(
        id=key,
        root=key,
        kind=given.kind,
        occurred_from=happened.earliest,
        occurred_to=happened.latest,
        precision=happened.precision,
        recorded_at=at,
        author=by.id,
        author_post_id=given.post,
        agency_id=given.agency,
        form=given.form,
        answers=dict(given.answers),
    )
    return _Ready(written, given.concerned, kept, given.documents)


def _refuse_unless_in_a_lifetime(happened: When, at: datetime) -> None:
    if happened.earliest > at + CLOCKS_MAY_DIFFER:
        raise Refusal("That has not happened yet. Check the date and time.", field="occurred")
    if happened.latest < at - A_LIFETIME:
        raise Refusal("That is more than 100 years ago. Check the year.", field="occurred")


def _insert(ready: Sequence[_Ready]) -> None:
    """Entries with what hangs on them, table by table, however many they are."""
    Entry.objects.bulk_create(one.entry for one in ready)
    EntrySubject.objects.bulk_create(
        EntrySubject(
            entry_id=one.entry.id,
            person_id=subject.person,
            part=subject.part,
            seen=subject.seen,
            kind=one.entry.kind,
            occurred_from=one.entry.occurred_from,
            recorded_at=one.entry.recorded_at,
        )
        for one in ready
        for subject in one.concerned
    )
    _insert_passages(ready)
    Attachment.objects.bulk_create(
        Attachment(entry_id=one.entry.id, document_id=document) for one in ready for document in one.documents
    )


def _insert_passages(ready: Sequence[_Ready]) -> None:
    passages = [
        (
            Passage(
                entry_id=one.entry.id,
                position=position,
                heading=paragraph.heading,
                section=paragraph.section,
                told_by=paragraph.told_by,
                handling=paragraph.handling,
                text=paragraph.text.strip(),
                kept_to=list(dict.fromkeys(paragraph.kept_to)) or None,
            ),
            dict.fromkeys(paragraph.about),
        )
        for one in ready
        for position, paragraph in enumerate(one.words)
    ]
    Passage.objects.bulk_create(passage for passage, _ in passages)
    PassageSubject.objects.bulk_create(
        PassageSubject(passage_id=passage.id, entry_id=passage.entry_id, person_id=person, section=passage.section)
        for passage, about in passages
        for person in about
    )


@act("correct_entry")
def correct_entry(
    *,
    by: Actor,
    entry: UUID,
    words: Sequence[Words],
    reason: str,
    at: datetime,
    seen: Mapping[UUID, str] | None = None,
    occurred: When | None = None,
) -> UUID:
    """Replace a final entry by a new version; both are shown, with the reason.

    `seen` and `occurred` correct whether somebody was seen, and when it was. Refuses without a reason, and
    the future. If somebody corrected it first, `Stale` carries both texts. People and passages that the
    corrector may not see are carried over as they stand, every account that was attached goes with it, and
    an entry that is kept apart stays apart.
    """
    if not reason.strip():
        raise Refusal("Say why this is corrected.", field="reason")
    old = _readable(entry)
    if occurred is not None:
        _refuse_unless_in_a_lifetime(occurred, at)
        old.occurred_from, old.occurred_to, old.precision = occurred.earliest, occurred.latest, occurred.precision
    concerned = [
        Concerned(person=row.person_id, part=row.part, seen=(seen or {}).get(row.person_id, row.seen))
        # A named reader still reads what was withdrawn; correcting must not bring it back.
        for row in EntrySubject.objects.filter(entry_id=entry, withdrawn_at=None)
    ]
    kept = worth_writing(list(words), concerned)
    refuse_unless_may_write(by, [subject.person for subject in concerned])
    _refuse_if_already_corrected(old, kept)
    new = _next_version(old, by=by, reason=reason.strip(), at=at)
    try:
        with transaction.atomic():
            _supersede(entry, at)
            _insert([_Ready(new, concerned, kept, _documents_of(entry))])
            _carry_over(entry, new.id)
    except IntegrityError as lost_race:
        raise _stale(entry, kept) from lost_race
    touch(*(subject.person for subject in concerned))
    return new.id


def _readable(entry: UUID) -> Entry:
    found = Entry.objects.filter(id=entry).first()
    if found is None:
        raise NotFound("There is no such entry on a record that you work with.")
    return found


def _next_version(old: Entry, *, by: Actor, reason: str, at: datetime) -> Entry:
    return Entry(
        id=new_id(),
        root=old.root,
        replaces_id=old.id,
        kind=old.kind,
        occurred_from=old.occurred_from,
        occurred_to=old.occurred_to,
        precision=old.precision,
        recorded_at=at,
        author=by.id,
        author_post_id=old.author_post_id,
        agency_id=old.agency_id,
        form=old.form,
        answers=old.answers,
        correction_reason=reason,
    )


def _documents_of(entry: UUID) -> list[UUID]:
    return list(Attachment.objects.filter(entry_id=entry).values_list("document_id", flat=True))


def _supersede(entry: UUID, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_supersede(%s, %s)", [entry, at])


def _carry_over(entry: UUID, new: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_carry_over(%s, %s)", [entry, new])


def _refuse_if_already_corrected(old: Entry, words: list[Words]) -> None:
    if old.superseded_at is not None:
        raise _stale(old.id, words)


def _stale(entry: UUID, words: list[Words]) -> Stale:
    newer = Passage.objects.filter(entry__replaces_id=entry, added_at=None).order_by("position")
    return Stale(
        "Somebody corrected this while you were writing. Both texts are shown; "
        "correct the newer one if yours adds to it.",
        theirs="\n\n".join(passage.text for passage in newer),
        yours="\n\n".join(paragraph.text for paragraph in words),
    )


@act("withdraw_entry")
def withdraw_entry(*, by: Actor, entry: UUID, person: UUID, reason: str, reader: UUID, at: datetime) -> UUID:
    """Take text off a record that it should never have been on, and leave a mark.

    It leaves that person's record, outputs and every past view. One named reader keeps the
    original. Anybody else whom the entry concerns keeps what is about them. When it is on nobody's
    record any more, what was owed because of it ends, and the posts that carried that are told.
    """
    if not reason.strip():
        raise Refusal("Say why this is taken off the record.", field="reason")
    old = _readable(entry)
    refuse_unless_may_write(by, [person])
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_withdraw(%s, %s, %s)", [entry, person, at])
        withdrawn = cursor.fetchone()[0]
    if not withdrawn:
        raise NotPermitted("This entry is not on that person's record, or was already withdrawn.")
    mark = Withdrawal.objects.create(
        entry_id=entry,
        person_id=person,
        reason=reason.strip(),
        by=by.id,
        at=at,
        reader=reader,
        occurred_from=old.occurred_from,
    )
    _end_what_it_owed(entry, at)
    touch(person)
    return mark.id


def _end_what_it_owed(entry: UUID, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT post FROM record_close_withdrawn(%s, %s)", [entry, at])
        posts = [row[0] for row in cursor.fetchall()]
    for post in posts:
        tell(post=post, kind="entry_withdrawn", subject=entry, at=at)


@act("keep_apart")
def keep_apart(*, by: Actor, entry: UUID, team: UUID, at: datetime) -> None:
    """Keep an entry apart from the family's record: one team reads it from now on.

    For an allegation about somebody who works with children, which the designated officer takes
    up (Working Together 2023, chapter 2).
    """
    _readable(entry)
    touch(*EntrySubject.objects.filter(entry_id=entry).values_list("person_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_keep_apart(%s, %s)", [entry, team])


@act("mention_adult")
def mention_adult(
    *,
    by: Actor,
    adult: UUID,
    child: UUID,
    words: str,
    at: datetime,
    entry: UUID | None = None,
    agency: UUID | None = None,
) -> UUID:
    """Note that somebody spoke of an adult around a child; mentions are grouped by the adult."""
    refuse_unless_may_write(by, [child])
    mention = Mention.objects.create(
        adult_id=adult,
        child_id=child,
        entry_id=entry,
        agency_id=agency,
        words=words.strip(),
        by=by.id,
        at=at,
    )
    touch(adult, child)
    return mention.id

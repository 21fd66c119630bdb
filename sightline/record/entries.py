"""Writing entries, and their exits: corrected, withdrawn. Part of this room's operations."""

from collections.abc import Iterable, Mapping, Sequence
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
    kept = worth_writing(list(words), list(concerned))
    happened = occurred or When.exactly(at)
    _refuse_unless_in_a_lifetime(happened, at)
    refuse_unless_may_write(by, [subject.person for subject in concerned])
    key = entry or new_id()
    written = Entry(
        id=key,
        root=key,
        kind=kind,
        occurred_from=happened.earliest,
        occurred_to=happened.latest,
        precision=happened.precision,
        recorded_at=at,
        author=by.id,
        author_post_id=post,
        agency_id=agency,
        form=form,
        answers=dict(answers or {}),
    )
    _insert(written, concerned, kept, documents)
    touch(*(subject.person for subject in concerned))
    return key


def _refuse_unless_in_a_lifetime(happened: When, at: datetime) -> None:
    if happened.earliest > at + CLOCKS_MAY_DIFFER:
        raise Refusal("That has not happened yet. Check the date and time.", field="occurred")
    if happened.latest < at - A_LIFETIME:
        raise Refusal("That is more than 100 years ago. Check the year.", field="occurred")


def _insert(
    written: Entry,
    concerned: Iterable[Concerned],
    words: Iterable[Words],
    documents: Iterable[UUID],
) -> None:
    written.save(force_insert=True)
    EntrySubject.objects.bulk_create(
        EntrySubject(
            entry_id=written.id,
            person_id=subject.person,
            part=subject.part,
            seen=subject.seen,
            kind=written.kind,
            occurred_from=written.occurred_from,
            recorded_at=written.recorded_at,
        )
        for subject in concerned
    )
    _insert_passages(written.id, words)
    Attachment.objects.bulk_create(Attachment(entry_id=written.id, document_id=document) for document in documents)


def _insert_passages(entry: UUID, words: Iterable[Words]) -> None:
    passages = [
        (
            Passage(
                entry_id=entry,
                position=position,
                heading=paragraph.heading,
                section=paragraph.section,
                told_by=paragraph.told_by,
                handling=paragraph.handling,
                text=paragraph.text.strip(),
            ),
            dict.fromkeys(paragraph.about),
        )
        for position, paragraph in enumerate(words)
    ]
    Passage.objects.bulk_create(passage for passage, _ in passages)
    PassageSubject.objects.bulk_create(
        PassageSubject(passage_id=passage.id, entry_id=entry, person_id=person, section=passage.section)
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
            _insert(new, concerned, kept, _documents_of(entry))
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

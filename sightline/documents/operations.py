"""Keeping files that came from outside, as they came."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.access.rules import Section
from sightline.documents import permissions
from sightline.documents.models import Blob, Document, DocumentSubject
from sightline.documents.rules import judge, kept_name
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound

About = Iterable[tuple[UUID, Section]]


@act("add_document")
def add_document(*, by: Actor, name: str, content: bytes, about: About, at: datetime) -> UUID:
    """Keep a file: what it is comes from its content, its bytes are stored once and never changed.

    `about` is whom it is about, each with the section it stands in. It may be empty while those
    people are still to be registered: nobody can open it until `place_document` has said whom.

    Refused (`FileRefused`): more than 25 MB, an empty file, programs, macros, web pages, archives
    and kinds that are not on the list.
    """
    subjects = list(dict(about).items())
    permissions.refuse_unless_may_add(by, [person for person, _ in subjects])
    kind = judge(name, content)
    digest = hashlib.sha256(content).hexdigest()
    # The same bytes may already be here on a record that this person cannot see. They are then
    # neither stored twice nor spoken of: the answer is the same either way.
    Blob.objects.bulk_create([Blob(sha256=digest, content=content, size=len(content))], ignore_conflicts=True)
    document = Document.objects.create(
        blob_id=digest, name=kept_name(name, kind), media_type=kind.media_type, added_by=by.id, added_at=at
    ).id
    DocumentSubject.objects.bulk_create(
        DocumentSubject(document_id=document, person=person, section=str(section)) for person, section in subjects
    )
    touch(*(person for person, _ in subjects), document=str(document))
    return document


@act("place_document")
def place_document(*, by: Actor, document: UUID, about: About, at: datetime) -> None:
    """Say whom a file is about that was added before they were registered.

    Only for whoever added it, and only once: whom a document is about does not change after.
    """
    subjects = list(dict(about).items())
    permissions.refuse_unless_may_add(by, [person for person, _ in subjects])
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_await_subject(%s)", [document])
        awaits = cursor.fetchone()[0]
    if not subjects or not awaits:
        raise NotFound("There is no such document that waits to be placed. Add the file again.")
    DocumentSubject.objects.bulk_create(
        DocumentSubject(document_id=document, person=person, section=str(section)) for person, section in subjects
    )
    touch(*(person for person, _ in subjects), document=str(document))

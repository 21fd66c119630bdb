"""Reading files, under the row policies of whom they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sightline.documents.models import Document, DocumentSubject
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound


@dataclass(frozen=True)
class DocumentLine:
    """A file in a list. `size` is in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    added_by: UUID
    added_at: datetime


@dataclass(frozen=True)
class OpenedDocument:
    """A file and its bytes. It is given out as an attachment, never shown in the page."""

    id: UUID
    name: str
    media_type: str
    content: bytes


def open_document(*, by: Actor, document: UUID, at: datetime, because: str = "") -> OpenedDocument:
    """The bytes, after the rule was asked again and the look recorded against all whom it shows.

    Absent and hidden read alike.
    """
    found = Document.objects.filter(id=document).select_related("blob").first()
    if found is None:
        raise NotFound("There is no such document. Go back to the record and choose it there.")
    people = list(DocumentSubject.objects.filter(document=document).values_list("person", flat=True))
    look(by=by, people=people, what="document", at=at, because=because, document=str(document))
    return OpenedDocument(found.id, found.name, found.media_type, bytes(found.blob.content))


def list_documents(*people: UUID) -> list[DocumentLine]:
    """Files about somebody, newest first; about all their keys, where they were registered more than once."""
    about = DocumentSubject.objects.filter(person__in=people)
    return _lines(Document.objects.filter(id__in=about.values("document")))


def describe_documents(ids: Iterable[UUID], *, about: UUID | None = None) -> dict[UUID, DocumentLine]:
    """The named files that the reader may see; with `about`, only those about that person."""
    documents = Document.objects.filter(id__in=list(ids))
    if about is not None:
        documents = documents.filter(id__in=DocumentSubject.objects.filter(person=about).values("document"))
    return {line.id: line for line in _lines(documents)}


def _lines(documents: QuerySet[Document]) -> list[DocumentLine]:
    # The size by name, so that a list never reads the bytes themselves.
    rows = documents.order_by("-added_at").values_list("id", "name", "media_type", "blob__size", "added_by", "added_at")
    return [DocumentLine(*row) for row in rows]

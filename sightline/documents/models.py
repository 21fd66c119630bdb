"""Files that came from outside, kept as they came, in the database and by their content."""

from django.db import models

from sightline.access.rules import section_choices
from sightline.documents.rules import CEILING
from sightline.kernel.references import new_id


class Blob(models.Model):
    """Bytes, once for each content."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="documents_blob_ceiling", condition=models.Q(size__lte=CEILING))]


class Document(models.Model):
    """One file as it was given to us."""

    id = models.UUIDField(primary_key=True, default=new_id)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()


class DocumentSubject(models.Model):
    """Whom a document is about, and in which section it stands."""

    id = models.UUIDField(primary_key=True, default=new_id)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="subjects")
    person = models.UUIDField()
    section = models.CharField(max_length=20, choices=section_choices(), default="ordinary")

    class Meta:
        indexes = [
            models.Index(fields=["document"], name="documents_subject_document"),
            models.Index(fields=["person"], name="documents_subject_person"),
        ]

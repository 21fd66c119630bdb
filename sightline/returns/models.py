"""What a census file brought in, and what of it is kept as it was written because it has no place."""

from django.db import models
from django.db.models import Q

from sightline.kernel.references import new_id
from sightline.people.models import Person
from sightline.record.models import Entry, Episode
from sightline.workforce.models import Post


class Import(models.Model):
    """One census file, brought in whole. Undoing it withdraws what nobody has worked on since."""

    id = models.UUIDField(primary_key=True, default=new_id)
    sha256 = models.CharField(max_length=64)
    collection = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    reference_date = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(undone_at=None),
                name="returns_import_file_once",
            )
        ]


class ImportedChild(models.Model):
    """A child whom an import brought in or found. `entry` says so on their timeline, where there was something new."""

    id = models.UUIDField(primary_key=True, default=new_id)
    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="children")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created = models.BooleanField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "person"], name="returns_child_once")]


class ImportedEpisode(models.Model):
    """An episode that an import opened or found."""

    id = models.UUIDField(primary_key=True, default=new_id)
    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="episodes")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    created = models.BooleanField()
    withdrawn_at = models.DateTimeField(null=True)


class Staged(models.Model):
    """Part of a file that could not be held (a date that is none, a place that is none): kept, not dropped."""

    id = models.UUIDField(primary_key=True, default=new_id)
    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="staged")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    module = models.CharField(max_length=40)
    line = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["module"], name="returns_staged_module")]

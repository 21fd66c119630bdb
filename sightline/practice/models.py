"""Sealed copies of the practice packs. No table here holds anything about a person."""

from django.db import models
from django.db.models import Q

from sightline.kernel.references import new_id


class PublishedPack(models.Model):
    """One version of a pack, as it was when it was published. Never changed, never removed.

    Records pin ``(key, version)``. The seal is over ``spec``, and a copy that no
    longer matches its seal is not used.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60, help_text="The pack's own key, such as england-2023.")
    version = models.PositiveIntegerField(help_text="1 for the first copy published, then 2.")
    sealed = models.CharField(max_length=64, help_text="SHA-256 of the spec, in hexadecimal.")
    spec = models.JSONField(help_text="What the pack's files say, one entry for each file.")
    source = models.TextField(help_text="The files' own text, with their comments.")
    published_at = models.DateTimeField(help_text="When this copy was sealed.")
    published_by = models.UUIDField(
        null=True, help_text="The account that published it; none for what came with the product."
    )
    effective_from = models.DateField(help_text="The first day on which it is in force.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key", "version"), name="practice_pack_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="practice_pack_version_from_1"),
            models.CheckConstraint(condition=Q(sealed__regex="^[0-9a-f]{64}$"), name="practice_pack_seal_shape"),
        )

    def __str__(self) -> str:
        return f"{self.key} version {self.version}"

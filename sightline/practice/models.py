"""Sealed copies of the practice packs, and what waits to be one. No table here holds anything about a person."""

from django.db import models
from django.db.models import F, Q

from sightline.kernel.references import new_id

_A_SEAL = "^[0-9a-f]{64}$"
_SHIPPED = Q(base_key="", base_version=None, overlay__isnull=True, proposed_by=None)
_AN_OVERLAY = (
    ~Q(base_key="")
    & Q(base_version__gte=1, overlay__isnull=False, proposed_by__isnull=False, published_by__isnull=False)
    & ~Q(published_by=F("proposed_by"))
)


class PublishedPack(models.Model):
    """One version of a pack, as it was when it was published. Never changed, never removed.

    Records pin ``(key, version)``. The seal is over ``spec``, and a copy that no
    longer matches its seal is not used. A copy with a base is an authority's overlay: ``spec`` is
    what base and overlay say together, one person proposed it and another published it. Where its base
    is sealed again, so is the overlay on it, by the same two: of one day the last that was published counts.
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
    base_key = models.CharField(max_length=60, blank=True, help_text="Of an overlay, the key of its base.")
    base_version = models.PositiveIntegerField(null=True, help_text="Of an overlay, which copy of its base.")
    overlay = models.JSONField(null=True, help_text="Of an overlay, what its own file says.")
    proposed_by = models.UUIDField(null=True, help_text="Of an overlay, the account that proposed it.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key", "version"), name="practice_pack_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="practice_pack_version_from_1"),
            models.CheckConstraint(condition=Q(sealed__regex=_A_SEAL), name="practice_pack_seal_shape"),
            models.CheckConstraint(condition=_SHIPPED | _AN_OVERLAY, name="practice_pack_overlay_by_two"),
            models.UniqueConstraint(
                fields=("effective_from", "base_key", "base_version"),
                condition=~Q(base_key=""),
                name="practice_pack_overlay_day_once_on_a_base",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} version {self.version}"


class ProposedPack(models.Model):
    """An overlay that somebody proposed, with why and from which day. Decided once, by publishing or withdrawing it.

    ``sealed`` is the seal of base and overlay together as they were proposed: nothing else can be published.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60, help_text="The overlay's own key.")
    base_key = models.CharField(max_length=60, help_text="The key of its base.")
    base_version = models.PositiveIntegerField(help_text="Which copy of its base.")
    overlay = models.JSONField(help_text="What its file says.")
    source = models.TextField(help_text="The file's own text, with its comments.")
    sealed = models.CharField(max_length=64, help_text="SHA-256 of base and overlay together, in hexadecimal.")
    why = models.CharField(max_length=500, help_text="Why it is proposed, in its proposer's words.")
    effective_from = models.DateField(help_text="The first day on which it is to be in force.")
    proposed_at = models.DateTimeField(help_text="When it was proposed.")
    proposed_by = models.UUIDField(help_text="The account that proposed it.")
    decided_at = models.DateTimeField(null=True, help_text="When it was published or withdrawn.")
    decided_by = models.UUIDField(null=True, help_text="The account that published or withdrew it.")
    published = models.OneToOneField(
        PublishedPack, on_delete=models.PROTECT, null=True, related_name="proposal", help_text="The sealed copy."
    )
    withdrawn_because = models.CharField(max_length=500, blank=True, help_text="Why it was withdrawn.")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("key",), condition=Q(decided_at=None), name="practice_proposal_one_waits_for_a_key"
            ),
            models.CheckConstraint(condition=Q(sealed__regex=_A_SEAL), name="practice_proposal_seal_shape"),
            models.CheckConstraint(condition=~Q(why=""), name="practice_proposal_says_why"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, published=None, withdrawn_because="")
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & (Q(published__isnull=False, withdrawn_because="") | (Q(published=None) & ~Q(withdrawn_because=""))),
                name="practice_proposal_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(published=None) | ~Q(decided_by=F("proposed_by")),
                name="practice_proposal_published_by_other",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}, proposed"

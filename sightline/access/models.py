"""Who may see what about whom: two tables of bare keys, and the readers listed on a bar.

Nothing here points at a person, a post or a team by foreign key: the rooms that own those
stand on higher floors and write these rows through their operations.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sightline.access.rules import section_choices
from sightline.kernel.references import new_id


class Grant(models.Model):
    """A reader may see some sections of what is recorded about one person, for a time.

    The reader is an account, a post, a team or a share of an agency. The period is half-open;
    no end means until it is ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.UUIDField()
    reader = models.UUIDField()
    sections = ArrayField(models.CharField(max_length=20, choices=section_choices()))
    because = models.CharField(max_length=30)
    because_of = models.UUIDField(null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "reader"],
                include=["sections", "from_at", "until_at"],
                name="access_grant_rule",
            ),
            models.Index(
                fields=["reader", "person"],
                include=["sections", "from_at", "until_at"],
                name="access_grant_mine",
            ),
            models.Index(fields=["because_of"], name="access_grant_because"),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_grant_period",
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
            )
        ]


class Bar(models.Model):
    """A restriction (nobody but the listed readers) or a conflict of interest (not this reader)."""

    class Kind(models.TextChoices):
        RESTRICTED = "restricted", "Restricted to named readers"
        CONFLICT = "conflict", "Conflict of interest"

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.UUIDField()
    against = models.UUIDField(null=True)
    reviewer = models.UUIDField(null=True)
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="access_bar_person")]
        constraints = [
            models.CheckConstraint(
                name="access_bar_against_fits_kind",
                condition=Q(kind="restricted", against=None) | Q(kind="conflict", against__isnull=False),
            )
        ]


class BarReader(models.Model):
    """An account that may read past a restriction, by name."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bar = models.ForeignKey(Bar, on_delete=models.PROTECT, related_name="readers")
    account = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bar", "account"], name="access_bar_reader_once")]

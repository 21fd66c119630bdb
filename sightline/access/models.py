"""Who may see what about whom: tables of bare keys. Grants, bars with their readers, who is one and the
same person, and emergency access.

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
    no end means until it is ended. A row that `mirrors` another is that grant about the same person
    under another key: the database writes it, for as long as the identity link stands.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.UUIDField()
    reader = models.UUIDField()
    sections = ArrayField(models.CharField(max_length=20, choices=section_choices()))
    because = models.CharField(max_length=30)
    because_of = models.UUIDField(null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    mirrors = models.UUIDField(null=True)

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
            models.Index(fields=["reader", "person"], condition=Q(because="emergency"), name="access_grant_emergency"),
            models.Index(fields=["mirrors"], condition=Q(mirrors__isnull=False), name="access_grant_mirrors"),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_grant_period",
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
            )
        ]


class Bar(models.Model):
    """A restriction (nobody but the listed readers), a conflict of interest (not this reader), or a
    possible twin of somebody restricted (found by nobody who has no sight of them already).

    A restriction that is not `hidden` lets the person be found, by name and with whom to ring. The
    `reviewer` is a post, and looks at it again on `review_on`. A row that `mirrors` another is that bar
    about the same person under another key, as with grants.
    """

    class Kind(models.TextChoices):
        RESTRICTED = "restricted", "Restricted to named readers"
        CONFLICT = "conflict", "Conflict of interest"
        TWIN = "twin", "Possibly somebody whose record is restricted"

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.UUIDField()
    against = models.UUIDField(null=True)
    hidden = models.BooleanField(default=True)
    reviewer = models.UUIDField(null=True)
    review_on = models.DateField(null=True)
    reason = models.TextField()
    by = models.UUIDField(null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    mirrors = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="access_bar_person"),
            models.Index(fields=["against"], condition=Q(kind="conflict"), name="access_bar_conflicts"),
            models.Index(
                fields=["kind"], include=["id", "person"], condition=Q(until_at=None), name="access_bar_stands"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_bar_against_fits_kind",
                condition=Q(kind__in=["restricted", "twin"], against=None) | Q(kind="conflict", against__isnull=False),
            )
        ]


class BarReader(models.Model):
    """An account that may read past a restriction, by name; from when it was restricted, where nothing else is said."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bar = models.ForeignKey(Bar, on_delete=models.PROTECT, related_name="readers")
    account = models.UUIDField()
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account"], name="access_barreader_mine")]
        constraints = [
            models.UniqueConstraint(
                fields=["bar", "account"], condition=Q(until_at=None), name="access_bar_reader_once"
            )
        ]


class BarReview(models.Model):
    """A reviewer looked at a restriction again: it stays until `next_on`, its readers change, another post reviews it,

    or it is lifted.
    """

    class Decision(models.TextChoices):
        KEPT = "kept", "Stays restricted"
        NAMED = "named", "Readers changed"
        HANDED = "handed", "Another post looks at it again"
        LIFTED = "lifted", "Restriction lifted"

    id = models.UUIDField(primary_key=True, default=new_id)
    bar = models.ForeignKey(Bar, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=6, choices=Decision.choices)
    words = models.TextField()
    next_on = models.DateField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()


class Identity(models.Model):
    """Two keys are one person, for a time. No row of theirs moves, and ending the link undoes it.

    `person` was registered a second time and `same_as` goes on: what may be seen of either may be seen of
    both. With a new identity (adoption) only what keeps readers out follows, never sight of what was sealed.
    A key that points at another is pointed at by none, so that every chain has one link.
    """

    class Kind(models.TextChoices):
        SAME = "same", "The same person, registered twice"
        NEW_IDENTITY = "new_identity", "A new identity"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.UUIDField()
    same_as = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField()
    by = models.UUIDField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="access_identity_person"),
            models.Index(fields=["same_as"], name="access_identity_same_as"),
        ]
        constraints = [
            models.CheckConstraint(name="access_identity_of_two", condition=~Q(person=F("same_as"))),
            models.CheckConstraint(
                name="access_identity_period", condition=Q(until_at=None) | Q(until_at__gte=F("from_at"))
            ),
        ]


class EmergencyAccess(models.Model):
    """Somebody opened a record that they had no sight of, for a stated reason and a few hours.

    Its grant ends by itself. The `reviewer` is a post, which looks at it by `review_by`.
    """

    class Reason(models.TextChoices):
        DANGER = "danger", "A child may be in danger now"
        FOUND = "found", "A child is in front of me or in an emergency department"
        COVER = "cover", "Whoever works with the family cannot be reached"
        ENQUIRY = "enquiry", "Police or another authority are asking tonight"

    class Finding(models.TextChoices):
        NEEDED = "needed", "It was needed"
        EXPLAINED = "explained", "Not needed, in good faith"
        RAISED = "raised", "Raised as a concern about how the record was used"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.UUIDField()
    account = models.UUIDField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.TextField()
    safe_address = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewer = models.UUIDField()
    review_by = models.DateTimeField()
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    finding_words = models.TextField(blank=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-from_at"], name="access_emergency_person"),
            models.Index(fields=["reviewer"], condition=Q(reviewed_at=None), name="access_emergency_to_review"),
        ]

"""What comes in at the front door, what was asked about it, and what was decided."""

from django.db import models

from sightline.kernel.references import new_id
from sightline.partnership.models import AgencyPost
from sightline.people.models import Person
from sightline.record.models import Entry, Step
from sightline.workforce.models import Post


class Contact(models.Model):
    """Anything received about a child. It details the entry whose key it shares.

    `source` is the census code of who told us; `informant` is the same for two contacts exactly
    when the same person outside the professions told us both, whoever they are.
    """

    class Danger(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        NOT_KNOWN = "not_known", "Not known"

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=3)
    capacity = models.CharField(max_length=40)
    professional = models.BooleanField()
    referrer_name = models.CharField(max_length=120, blank=True)
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, null=True, related_name="+")
    informant = models.UUIDField(null=True)
    danger = models.CharField(max_length=10, choices=Danger.choices)
    incident = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["incident"], name="front_door_contact_incident")]


class PublicReferrer(models.Model):
    """Who a member of the public is: apart from the story, and out of all a family is given."""

    contact = models.OneToOneField(Contact, primary_key=True, on_delete=models.PROTECT, related_name="public_referrer")
    informant = models.UUIDField()
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    match_key = models.CharField(max_length=64, blank=True)
    safe_contact = models.CharField(max_length=300, blank=True)
    wants_no_name_given = models.BooleanField(default=True)
    telling = models.TextField(blank=True)


class FamilyAgreement(models.Model):
    """Whether somebody with parental responsibility was told, and agreed, and why not."""

    class Told(models.TextChoices):
        YES = "yes", "Yes, they know"
        NO = "no", "No"
        NOT_KNOWN = "not_known", "Not known"

    class Agrees(models.TextChoices):
        YES = "yes", "Agrees"
        NO = "no", "Does not agree"
        NOT_ASKED = "not_asked", "Not asked"

    id = models.UUIDField(primary_key=True, default=new_id)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.CharField(max_length=10, choices=Told.choices)
    agrees = models.CharField(max_length=10, choices=Agrees.choices)
    why_not = models.CharField(max_length=500, blank=True)


class Injury(models.Model):
    """An injury that somebody reported: where on the body, whose account, and what they said."""

    id = models.UUIDField(primary_key=True, default=new_id)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="injuries")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(null=True)
    happened_words = models.CharField(max_length=100, blank=True)
    site = models.CharField(max_length=200)
    account = models.TextField(blank=True)
    account_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child"], name="front_door_injury_child")]


class Recommendation(models.Model):
    """What a duty worker who sifted the contact would do, for the social worker who decides."""

    id = models.UUIDField(primary_key=True, default=new_id)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="recommendations")
    outcome = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()


class Decision(models.Model):
    """What a social worker decided about a contact. The reason is in the entry's passages.

    A contact has one decision that stands; another can only replace it by correction.
    """

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=40)
    need = models.CharField(max_length=3, blank=True)
    source = models.CharField(max_length=3, blank=True)
    immediate = models.BooleanField(default=False)
    agreement = models.BooleanField(default=False)
    other_authority = models.CharField(max_length=120, blank=True)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=models.Q(superseded_at=None),
                name="front_door_decided_once",
            )
        ]


class Check(models.Model):
    """What was asked of another agency about a contact. It details the step whose key it shares."""

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="checks")
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    question = models.TextField()
    reason = models.TextField()
    lawful_basis = models.CharField(max_length=40)
    message = models.UUIDField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answer = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")


class Handover(models.Model):
    """An undecided contact that was handed to another desk, and who there accepted it by name."""

    id = models.UUIDField(primary_key=True, default=new_id)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="handovers")
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    handed_by = models.UUIDField()
    handed_at = models.DateTimeField()
    words = models.TextField(blank=True)
    accepted_by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)

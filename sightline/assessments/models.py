"""The living assessment: one document about one child or several, and what was signed of it.

A part of the document is never overwritten: writing it again adds a version. Each authorisation
closes a dated assessment, an entry of the record that stands as it was signed; the document goes on.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sightline.access.rules import section_choices
from sightline.kernel.references import new_id
from sightline.partnership.models import AgencyPost
from sightline.people.models import Person
from sightline.record.models import Entry, Step


class Assessment(models.Model):
    """One living document. It is begun once, and every later round goes on from what it says."""

    id = models.UUIDField(primary_key=True, default=new_id)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField()


class AssessedChild(models.Model):
    """A child whom the document is about, from and to. A child has one living document at a time."""

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_at=None), name="assessments_child_one_document")
        ]
        indexes = [
            models.Index(fields=["child", "-from_at"], name="assessments_child_time"),
            models.Index(fields=["assessment"], name="assessments_child_document"),
        ]


class PartVersion(models.Model):
    """What one part of the document says, until somebody writes it again.

    `key` is the question's key in the practice pack, `child` the child it is asked of, or null where
    it is asked once for the family. `carried_from` marks words carried over from another document.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="parts")
    key = models.CharField(max_length=60)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    by = models.UUIDField()
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "key", "child", "number"],
                nulls_distinct=False,
                name="assessments_part_version_once",
            ),
            # What a part says now, however often it was written: one row, found without the others.
            models.UniqueConstraint(
                fields=["assessment", "key", "child"],
                condition=Q(replaced_at=None),
                nulls_distinct=False,
                name="assessments_part_says_one_thing",
            ),
        ]


class PartAbout(models.Model):
    """Whom a version of a part is about. Who may read its section for any of them may read it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    part = models.ForeignKey(PartVersion, on_delete=models.PROTECT, related_name="about")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=20, choices=section_choices(), default="ordinary")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "person"], name="assessments_part_about_once")]


class Round(models.Model):
    """One time of assessing, from its start to the signature that closes it. It details its step.

    `started_on` is the day of the referral, or the day on which the need to look again was seen. `kind` is the
    practice pack's: one kind in some, an initial and a core one in others.
    """

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="rounds")
    started_on = models.DateField()
    began_at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=60, default="assessment")

    class Meta:
        indexes = [models.Index(fields=["assessment", "-began_at"], name="assessments_round_time")]


class RoundChild(models.Model):
    """A child who is assessed in a round: of one document, not every child need be looked at again."""

    id = models.UUIDField(primary_key=True, default=new_id)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "child"], name="assessments_round_child_once")]
        indexes = [models.Index(fields=["child"], name="assessments_round_child")]


class Turn(models.Model):
    """Something that happened to a round's signing; where it stands is read from all of them, in order.

    `outcome` is what a manager who authorises says it leads to, also when it is sent on. Asking again for
    what is open already moves nothing: its words are why.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "Sent to a manager"
        RETURNED = "returned", "Returned for edits"
        AUTHORISED = "authorised", "Authorised"
        SENT_ON = "sent_on", "Authorised and sent on for a second signature"
        VOIDED = "voided", "Sign-off made void by an edit"
        GONE_ON = "gone_on", "Asked for again, and gone on with"

    id = models.UUIDField(primary_key=True, default=new_id)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    words = models.TextField(blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    to_post = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["round", "at"], name="assessments_turn_time")]


class Missing(models.Model):
    """A part that was empty when a round was sent to a manager, and why; blank where none was given."""

    id = models.UUIDField(primary_key=True, default=new_id)
    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="missing")
    key = models.CharField(max_length=60)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)


class Factor(models.Model):
    """Something found in a child's life, from the census's list; marked by a worker, never worked out."""

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="factors")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    marked_at = models.DateTimeField()
    by = models.UUIDField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "child", "code"],
                condition=Q(removed_at=None),
                name="assessments_factor_once",
            )
        ]


class SignedAssessment(models.Model):
    """A dated assessment, as it was signed: its words are the passages of its entry. The census counts it."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="signed")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="signed")
    started_on = models.DateField()
    authorised_at = models.DateTimeField()
    authorised_by = models.UUIDField()
    outcome = models.CharField(max_length=40)
    late_because = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["assessment", "-authorised_at"], name="assessments_signed_time")]


class SignedFactor(models.Model):
    """A factor of one child as it was signed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    signed = models.ForeignKey(SignedAssessment, on_delete=models.PROTECT, related_name="factors")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)


class FamilyVersion(models.Model):
    """What one member of the family is given of a signed assessment, in words that they can read.

    It holds only what is theirs to have, so each person has a version of their own. Each saving adds one.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    signed = models.ForeignKey(SignedAssessment, on_delete=models.PROTECT, related_name="versions")
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signed", "recipient", "number"], name="assessments_family_version_once")
        ]


class EvidenceRequest(models.Model):
    """Evidence proposed of a professional: asked for by name, or not asked, with why.

    Nothing is kept while it is only proposed. `message` is the letter with its link, `step` what waits
    for the answer, `answer` the entry that the answer became.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="evidence")
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    question = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    not_asked_because = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()
    message = models.UUIDField(null=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "agency_post"], name="assessments_evidence_once_a_round")
        ]
        indexes = [models.Index(fields=["message"], name="assessments_evidence_message")]


class Conclusion(models.Model):
    """Something concluded about an adult around the children, such as that a mother is protective.

    It carries its date and what it rests on, and is shown as out of date once the household has
    changed. Looking at it again closes it and, where it still stands, opens the next.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300)
    basis = models.TextField()
    concluded_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)


class ConclusionChild(models.Model):
    """A child for whom a conclusion was drawn."""

    id = models.UUIDField(primary_key=True, default=new_id)
    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["child"], name="assessments_conclusion_child")]


class EarlierAssessment(models.Model):
    """An assessment that another system recorded: the dates and factors of a census file, and no words.

    Without `authorised_on` it was open there: `step` then asks somebody to go on with it here.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()
    internal_review_on = models.DateField(null=True)
    authorised_on = models.DateField(null=True)
    factors = ArrayField(models.CharField(max_length=4), default=list)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child"], name="assessments_earlier_child")]

"""The agencies we work with, the posts in them that we write to, and what we told them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sightline.kernel.references import new_id


class Agency(models.Model):
    """A school, a hospital, a police force, a housing association, another authority."""

    class Kind(models.TextChoices):
        # The pack's kinds (its list `agency_kind`): a capacity names the kind of agency that has it.
        SCHOOL = "school", "School or college"
        EDUCATION = "education", "Education service"
        HEALTH = "health", "Health"
        POLICE = "police", "Police"
        HOUSING = "housing", "Housing"
        AUTHORITY = "authority", "Another local authority"
        JUSTICE = "justice", "Court, probation or other justice agency"
        VOLUNTARY = "voluntary", "Voluntary organisation"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    closed_on = models.DateField(null=True)


class AgencyPost(models.Model):
    """A post at an agency that receives what we send: a mailbox that outlives whoever reads it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    manager_title = models.CharField(max_length=120, blank=True)
    manager_email = models.EmailField(blank=True)
    closed_on = models.DateField(null=True)


class Involvement(models.Model):
    """A professional who works with a child, from and to. `name` is whoever stands in the post, where known."""

    id = models.UUIDField(primary_key=True, default=new_id)
    child = models.UUIDField()
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["child"], name="partnership_involvement_child")]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "agency_post"], condition=Q(to_on=None), name="partnership_involved_once"
            )
        ]


class Message(models.Model):
    """Something we told or asked somebody outside, and how far it got.

    Where it stands is read from its moments: sent (handed to the mail server), delivered (accepted
    there), acknowledged (opened with its code, or heard in a recorded call), silent (nobody
    acknowledged it in time, and it came back to the sender; the recipient's manager was told at
    `manager_told_at`). `ring` is whom the recipient may ring, `open_by` when silence is too long.
    """

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
        OUTCOME = "outcome", "Outcome"
        CHECK = "check", "Request for information"
        EVIDENCE = "evidence", "Request for evidence"
        INVITATION = "invitation", "Invitation to a meeting"
        MEETING = "meeting", "What a meeting decided"
        ENQUIRY = "enquiry", "How an enquiry ended"

    class Means(models.TextChoices):
        LINK = "link", "Secure link with a code"
        CALL = "call", "Recorded call"
        LETTER = "letter", "Letter or e-mail with nothing about the family"
        BY_HAND = "by_hand", "Secure link, given by hand or in a letter"

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    means = models.CharField(max_length=8, choices=Means.choices)
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, null=True, related_name="messages")
    to_person = models.UUIDField(null=True)
    subject = models.UUIDField()
    text = models.TextField()
    sent_by = models.UUIDField()
    sent_by_post = models.UUIDField()
    composed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_how = models.CharField(max_length=300, blank=True)
    silent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    ring = models.CharField(max_length=120, blank=True)
    open_by = models.DateTimeField(null=True)
    manager_told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="partnership_message_subject"),
            models.Index(
                fields=["composed_at"],
                condition=Q(acknowledged_at=None),
                name="partnership_message_waiting",
            ),
        ]


class MessageAbout(models.Model):
    """Whom a message is about."""

    id = models.UUIDField(primary_key=True, default=new_id)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="about")
    person = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["message"], name="partnership_about_message"),
            models.Index(fields=["person"], name="partnership_about_person"),
        ]


class Key(models.Model):
    """The link and the second code that open one message. Only their hashes are kept."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.PROTECT, related_name="key")
    link_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)


class Reply(models.Model):
    """What the recipient wrote back."""

    class Kind(models.TextChoices):
        ANSWER = "answer", "Answer"
        CHALLENGE = "challenge", "Disagrees with the decision"

    id = models.UUIDField(primary_key=True, default=new_id)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    signed = models.CharField(max_length=120)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    for_plan = models.CharField(max_length=6, blank=True)


class Share(models.Model):
    """An agency's people may see some sections about some children, for a stated purpose and a time.

    It is the reader of grants, which say whom it is about. `post` answers for it here. `tells_why` lets them read
    why we are involved and on which plan as well, and never a word of the record.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="shares")
    purpose = models.CharField(max_length=300)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    post = models.UUIDField(null=True)
    tells_why = models.BooleanField(default=False)
    by = models.UUIDField()
    ended_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency"], name="partnership_share_agency")]


class Scenario(models.Model):
    """A timeline that was played into a training database: the file as it was given, and whom it brought.

    `people`, `accounts` and `agencies` are the keys of those it opened, so that it can be taken out again whole.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    source = models.JSONField()
    until = models.DateField(null=True)
    played_at = models.DateTimeField()
    people = ArrayField(models.UUIDField(), default=list)
    accounts = ArrayField(models.UUIDField(), default=list)
    agencies = ArrayField(models.UUIDField(), default=list)


class AgencyNote(models.Model):
    """What an agency noted for itself and sent to nobody: read by that agency's own accounts alone.

    `about` is whom, in the agency's own words; no person of the record is named by key. When is as well as it is
    known.
    """

    class Precision(models.TextChoices):
        EXACT = "exact", "Exact"
        ABOUT = "about", "About"
        RANGE = "range", "Between two days"

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    noted_from = models.DateTimeField()
    noted_to = models.DateTimeField()
    precision = models.CharField(max_length=5, choices=Precision.choices)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["agency", "-noted_from"], name="partnership_note_of_agency")]
        constraints = [
            models.CheckConstraint(name="partnership_note_in_order", condition=Q(noted_to__gte=F("noted_from")))
        ]

"""Strategy discussions, section 47 enquiries, and the orders that keep a child safe meanwhile.

Each details the step by which a post carries it. What somebody shared, and why something was decided, are
passages of entries: so their handling condition travels with the words.
"""

from django.db import models
from django.db.models import Q

from sightline.kernel.references import new_id
from sightline.partnership.models import Agency, AgencyPost
from sightline.people.models import Person
from sightline.record.models import Entry, Step
from sightline.workforce.models import Post


class Discussion(models.Model):
    """A strategy discussion: asked for, then held. `alone_because` is why it went on without police or health.

    `manner` (single or joint) and `medical` (whether an examination is needed) are what it agreed; how the
    children are kept safe meanwhile are its entry's words. What was recorded later adds rows and entries.
    """

    class How(models.TextChoices):
        MEETING = "meeting", "In one room"
        VIDEO = "video", "By video"
        PHONE = "phone", "By telephone"

    class Manner(models.TextChoices):
        SINGLE = "single", "By social care alone"
        JOINT = "joint", "Jointly by social care and police"

    class Medical(models.TextChoices):
        NEEDED = "needed", "A medical examination is needed"
        NOT_NEEDED = "not_needed", "No medical examination is needed"

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    held_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    manner = models.CharField(max_length=10, choices=Manner.choices, blank=True)
    medical = models.CharField(max_length=12, choices=Medical.choices, blank=True)
    medical_because = models.CharField(max_length=500, blank=True)
    alone_because = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField(null=True)


class DiscussionChild(models.Model):
    """What was decided for one child, by whom for the authority, and why (the reasons are the entry's passage)."""

    class Outcome(models.TextChoices):
        ENQUIRY = "enquiry", "A section 47 enquiry begins"
        ASSESSMENT = "assessment", "No section 47 enquiry: an assessment under section 17"
        GOES_ON = "goes_on", "No section 47 enquiry: what is under way goes on"
        NOTHING_MORE = "nothing_more", "No section 47 enquiry, and nothing more by us"

    id = models.UUIDField(primary_key=True, default=new_id)
    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["discussion", "child"], name="enquiries_discussion_child_once")]
        indexes = [models.Index(fields=["child"], name="enquiries_discussion_child")]


class TookPart(models.Model):
    """Somebody who was at a strategy discussion, or who was asked and was not, with why.

    `agency_kind` is the pack's kind of agency, "social_care" for us. What they shared is `entry`'s passage.
    """

    class There(models.TextChoices):
        THERE = "there", "Took part"
        SENT = "sent", "Sent what they know"
        NOT_THERE = "not_there", "Could not be reached, or did not come"

    id = models.UUIDField(primary_key=True, default=new_id)
    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="took_part")
    agency_kind = models.CharField(max_length=12)
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    there = models.CharField(max_length=10, choices=There.choices)
    because = models.CharField(max_length=300, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["discussion"], name="enquiries_took_part")]


class Account(models.Model):
    """An entry that belongs to a discussion or an enquiry: what was shared, decided or found, first or added later."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["step"], name="enquiries_account_step")]


class Enquiry(models.Model):
    """A section 47 enquiry, from its opening to a conclusion for each child.

    `discussion` may come after it: nobody waits for a meeting to make a child safe.
    """

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField()
    began_at = models.DateTimeField()
    began_by = models.UUIDField()
    manner = models.CharField(max_length=10, choices=Discussion.Manner.choices, blank=True)


class EnquiryChild(models.Model):
    """What an enquiry found for one child; the reasons are a passage of `entry`.

    `media` says whether photographs, body maps and recordings were to hand when it was concluded:
    a conclusion reached without them says so, with `media_because`.
    """

    class Outcome(models.TextChoices):
        NOT_SUBSTANTIATED = "not_substantiated", "Concerns not substantiated"
        NO_CONTINUING_RISK = "no_continuing_risk", "Substantiated, and no continuing risk of significant harm"
        CONTINUING_RISK = "continuing_risk", "Substantiated, with continuing risk of significant harm"

    class Media(models.TextChoices):
        ATTACHED = "attached", "Seen, and attached to the record"
        SEEN = "seen", "Seen, and not attached"
        NOT_SEEN = "not_seen", "There are some, and they were not seen"
        NONE = "none", "There are none"

    id = models.UUIDField(primary_key=True, default=new_id)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    concluded_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField(null=True)
    media = models.CharField(max_length=10, choices=Media.choices, blank=True)
    media_because = models.CharField(max_length=500, blank=True)
    no_conference_because = models.CharField(max_length=500, blank=True)
    late_because = models.CharField(max_length=500, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enquiry", "child"], name="enquiries_child_once")]
        indexes = [models.Index(fields=["child"], name="enquiries_child")]


class Medical(models.Model):
    """A medical examination that was asked for: it details the step that waits for it. `entry` has what was found."""

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_of = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    examiner = models.CharField(max_length=200, blank=True)
    not_held_because = models.CharField(max_length=500, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["child"], name="enquiries_medical_child")]


class Order(models.Model):
    """A child kept safe by the law for a time: police protection, an emergency protection order, its extension.

    It details the step that runs out with it, by the clock and not by working days. `until` is kept only
    where the court gave less than the law allows. Children Act 1989, sections 44 to 46.
    """

    class Kind(models.TextChoices):
        POLICE_PROTECTION = "police_protection", "Police protection"
        EMERGENCY = "emergency", "Emergency protection order"
        EXTENDED = "extended", "Emergency protection order, extended"

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    extends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=200)
    where_kept = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "-began_at"], name="enquiries_order_child")]
        constraints = [
            models.CheckConstraint(
                name="enquiries_order_in_order", condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at"))
            ),
        ]


class AgencyTold(models.Model):
    """An agency that is to be told how an enquiry ended, and when it was. Whoever referred is one of them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="told")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    message = models.UUIDField()
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["enquiry"], name="enquiries_told")]


class EarlierEnquiry(models.Model):
    """A section 47 enquiry that another system recorded: the dates of a census file, and no words.

    With neither a conference nor word that none was needed it was open there: `step` then asks how it ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    began_on = models.DateField()
    conference_target_on = models.DateField(null=True)
    conference_on = models.DateField(null=True)
    conference_not_required = models.BooleanField(null=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child"], name="enquiries_earlier_child")]

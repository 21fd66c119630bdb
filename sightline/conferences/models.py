"""Child protection conferences and core groups: who is asked, who says what, and what is decided for each child.

A meeting details the step by which a post carries it: a conference its chair's, a core group the lead
worker's. When and where stand in rows of their own, so that a letter, a link or a page that must not say
so has nothing to leave out.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sightline.kernel.references import new_id
from sightline.partnership.models import AgencyPost
from sightline.people.models import Person
from sightline.record.models import Entry, Passage, Step
from sightline.workforce.models import Post


class Meeting(models.Model):
    """A conference or a core group, convened and then held.

    `plan` and `enquiry` are keys of the rooms beside this one. `alone_because` is the chair's reason for going
    ahead without a quorum. `entry` is the record of it as it stands; what was corrected is its versions.
    """

    class Kind(models.TextChoices):
        INITIAL = "initial", "Initial child protection conference"
        REVIEW = "review", "Review child protection conference"
        TRANSFER = "transfer", "Transfer-in child protection conference"
        CORE_GROUP = "core_group", "Core group"

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    chair_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    convened_by = models.UUIDField()
    convened_at = models.DateTimeField()
    convened_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    enquiry = models.UUIDField(null=True)
    plan = models.UUIDField(null=True)
    held_at = models.DateTimeField(null=True)
    not_held_because = models.CharField(max_length=500, blank=True)
    alone_because = models.CharField(max_length=500, blank=True)
    next_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["chair_post"], condition=Q(recorded_at=None), name="conferences_chair_open"),
            models.Index(fields=["plan"], name="conferences_plan"),
            models.Index(fields=["enquiry"], name="conferences_enquiry"),
        ]


class Sitting(models.Model):
    """When and where a meeting takes place, until it is moved: one row at a time, with why it was moved."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        BOTH = "both", "In person and by video"
        VIDEO = "video", "By video"

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sittings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    moved_because = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(to_at=None), name="conferences_one_sitting")
        ]
        indexes = [models.Index(fields=["starts_at"], condition=Q(to_at=None), name="conferences_sitting_start")]


class MeetingChild(models.Model):
    """A child whom a meeting is about: their part in it, and what it decided for them.

    `part` is how the child was heard, `part_words` what they wanted it to know. `decision`, `category` (the main
    one, named by the chair) and `others` are a conference's, as are the reasons, a passage of the record.
    """

    class Part(models.TextChoices):
        THERE = "there", "Was there"
        ADVOCATE = "advocate", "Was spoken for by an advocate"
        WRITTEN = "written", "Wrote, or was written for in their words"
        DRAWN = "drawn", "Drew, or showed it another way"
        NONE = "none", "Took no part"

    class Decision(models.TextChoices):
        PLAN = "plan", "A child protection plan begins"
        GOES_ON = "goes_on", "The child protection plan goes on"
        NO_PLAN = "no_plan", "No child protection plan"
        ENDS = "ends", "The child protection plan ends"

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices, blank=True)
    part_words = models.TextField(blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    category = models.CharField(max_length=5, blank=True)
    others = ArrayField(models.CharField(max_length=5), default=list)
    reasons = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "child"], name="conferences_child_once")]
        indexes = [models.Index(fields=["child"], name="conferences_child")]


class Invitee(models.Model):
    """Somebody whom a worker has confirmed for a meeting, or left out with a reason; proposing keeps nothing.

    Exactly one of `agency_post`, `post` (ours) and `person` (family, or the child) says who; a supporter or a
    friend has only a name. `safe_to_tell` is asked of everybody of the family before anything goes to them.
    While `waits_for_chair` is set and neither `allowed_at` nor `excluded_at` is, nobody tells them anything.
    `excluded_because` goes to whoever is kept out, word for word; `excluded_on_record` goes to nobody.
    `attendance` and `view` are two facts: who was not there may have written.
    """

    class Safe(models.TextChoices):
        YES = "yes", "It is safe to tell them when and where"
        NO = "no", "It is not safe, or we do not know"

    class Attendance(models.TextChoices):
        THERE = "there", "There"
        IN_PART = "in_part", "There for part of it"
        DEPUTY = "deputy", "Somebody came for them"
        APOLOGIES = "apologies", "Sent apologies"
        NONE = "none", "Did not come"

    class View(models.TextChoices):
        SPOKEN = "spoken", "Spoke"
        WRITTEN = "written", "Wrote"
        NONE = "none", "Gave no view"

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitees")
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    by = models.UUIDField()
    left_out_because = models.CharField(max_length=300, blank=True)
    safe_to_tell = models.CharField(max_length=3, choices=Safe.choices, blank=True)
    safe_because = models.CharField(max_length=500, blank=True)
    waits_for_chair = models.BooleanField(default=False)
    allowed_at = models.DateTimeField(null=True)
    excluded_at = models.DateTimeField(null=True)
    excluded_by = models.UUIDField(null=True)
    excluded_because = models.CharField(max_length=500, blank=True)
    excluded_on_record = models.CharField(max_length=500, blank=True)
    invitation = models.UUIDField(null=True)
    told_at = models.DateTimeField(null=True)
    report_asked = models.BooleanField(default=False)
    report_in_at = models.DateTimeField(null=True)
    report = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    report_shared_on = models.DateField(null=True)
    report_shared_how = models.CharField(max_length=300, blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance.choices, blank=True)
    deputy = models.CharField(max_length=120, blank=True)
    view = models.CharField(max_length=10, choices=View.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "agency_post"],
                condition=Q(agency_post__isnull=False),
                name="conferences_agency_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="conferences_person_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "post"], condition=Q(post__isnull=False), name="conferences_post_once"
            ),
        ]
        indexes = [models.Index(fields=["invitation"], name="conferences_invitation")]


class View(models.Model):
    """What one invitee said, in their words, which are `entry`'s. Theirs alone: it is added to and never changed.

    `for_plan` is what they would decide; `by_link` says that they wrote it themselves, with no account.
    """

    class ForPlan(models.TextChoices):
        YES = "yes", "The children need a child protection plan"
        NO = "no", "They do not need a child protection plan"
        UNSURE = "unsure", "Not sure, or it differs between the children"

    id = models.UUIDField(primary_key=True, default=new_id)
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="views")
    for_plan = models.CharField(max_length=6, choices=ForPlan.choices, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_link = models.BooleanField(default=False)
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["invitee", "-said_at"], name="conferences_view_time")]


class Dissent(models.Model):
    """Somebody does not agree with what was decided for a child, in their words."""

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="dissents")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="dissents")
    words = models.TextField()
    said_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["meeting"], name="conferences_dissent_meeting")]


class KeptFrom(models.Model):
    """A paragraph of the record that one invitee did not hear, and is not sent."""

    id = models.UUIDField(primary_key=True, default=new_id)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="kept_from")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "invitee"], name="conferences_kept_from_once")]


class Letter(models.Model):
    """What one invitee is sent, made ready and released by the chair; each saving before that adds a row.

    `children` are those whom its words are about: it is read by who may read all of them. `message` is what
    carried it where it went by link; a letter by hand says on which day, and how.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        DECISION = "decision", "What was decided"
        RECORD = "record", "The record of the meeting"

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="letters")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    children = ArrayField(models.UUIDField(), default=list)
    text = models.TextField()
    made_at = models.DateTimeField()
    by = models.UUIDField()
    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)
    message = models.UUIDField(null=True)
    given_on = models.DateField(null=True)
    given_how = models.CharField(max_length=300, blank=True)
    not_sent_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitee", "kind", "number"], name="conferences_letter_once")]
        indexes = [models.Index(fields=["meeting"], name="conferences_letter_meeting")]


class EarlierConference(models.Model):
    """An initial conference without an enquiry of ours, that another system recorded: its day, and no words."""

    id = models.UUIDField(primary_key=True, default=new_id)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child"], name="conferences_earlier_child")]

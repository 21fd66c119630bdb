"""The spine: episodes, entries, passages and steps. Everything else hangs on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sightline.access.rules import section_choices
from sightline.documents.models import Document
from sightline.kernel.references import new_id
from sightline.partnership.models import Agency
from sightline.people.models import Person
from sightline.workforce.models import Post, never_twice


class Entry(models.Model):
    """Something that happened and was recorded. An envelope: the words are in its passages.

    Final once written. It leaves the record by being corrected (another entry replaces it and
    both are shown) or withdrawn (gone from every view but a named reader's, with a mark).
    """

    class Kind(models.TextChoices):
        CONTACT = "contact", "Contact"
        DECISION = "decision", "Decision on a contact"
        CHECK_ANSWER = "check_answer", "Answer from an agency"
        NOTE = "note", "Case note"
        PHONE_CALL = "phone_call", "Phone call"
        OVERSIGHT = "oversight", "Management oversight"
        HANDOVER = "handover", "Handed to the emergency duty team"
        FEEDBACK = "feedback", "Feedback"
        ALLOCATION = "allocation", "Allocation"
        CLOSURE = "closure", "Closure"
        VISIT = "visit", "Visit"
        APPOINTMENT = "appointment", "Appointment"
        EVIDENCE = "evidence", "Evidence from an agency"
        ASSESSMENT = "assessment", "Assessment"
        PLAN = "plan", "Plan"
        REVIEW = "review", "Review of a plan"
        INJURY = "injury", "Injury"
        STRATEGY = "strategy", "Strategy discussion"
        ENQUIRY = "enquiry", "Section 47 enquiry"
        MEDICAL = "medical", "Medical examination"
        ORDER = "order", "Emergency protection"
        CONFERENCE = "conference", "Child protection conference"
        CORE_GROUP = "core_group", "Core group"
        VIEW = "view", "View for a meeting"
        REPORT = "report", "Report for a meeting"
        DISAGREEMENT = "disagreement", "Disagreement"
        COURT = "court", "Before court"
        IMPORT = "import", "Brought in from a census file"

    class Precision(models.TextChoices):
        EXACT = "exact", "Exact"
        ABOUT = "about", "About"
        RANGE = "range", "Between two days"

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.UUIDField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    occurred_from = models.DateTimeField()
    occurred_to = models.DateTimeField()
    precision = models.CharField(max_length=5, choices=Precision.choices, default="exact")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    author = models.UUIDField()
    author_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=60, blank=True)
    answers = models.JSONField(default=dict)
    correction_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["root"], name="record_entry_root")]
        constraints = [
            models.CheckConstraint(
                name="record_entry_occurred_in_order",
                condition=Q(occurred_to__gte=F("occurred_from")),
            )
        ]


class EntrySubject(models.Model):
    """Someone whom an entry concerns, with the facts that are theirs alone.

    `apart` names the one team that reads an entry which is kept apart from the family's record
    (an allegation about somebody who works with children).
    """

    class Part(models.TextChoices):
        CHILD = "child", "Child"
        ADULT = "adult", "Adult"

    class Seen(models.TextChoices):
        SEEN = "seen", "Seen"
        SEEN_ALONE = "seen_alone", "Seen alone"
        OBSERVED = "observed", "Fully observed (does not use speech)"
        DOORSTEP = "doorstep", "Seen on the doorstep"
        VIDEO = "video", "Seen by video"
        NOT_SEEN = "not_seen", "Not seen"
        REFUSED = "refused", "Entry refused"
        NOBODY_IN = "nobody_in", "Nobody in"
        CANCELLED = "cancelled", "Cancelled by the family"
        CANCELLED_BY_US = "cancelled_by_us", "Cancelled by us"
        BROUGHT = "brought", "Brought to the appointment"
        NOT_BROUGHT = "not_brought", "Was not brought"

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=5, choices=Part.choices)
    kind = models.CharField(max_length=14, choices=Entry.Kind.choices)
    occurred_from = models.DateTimeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    apart = models.UUIDField(null=True)
    seen = models.CharField(max_length=15, choices=Seen.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="record_subject_once")]
        indexes = [
            models.Index(fields=["person", "-occurred_from", "entry"], name="record_subject_time"),
            # When a child was last seen in each way, and the latest attempts, without reading the rest.
            models.Index(
                fields=["person", "seen", "-occurred_from", "-entry"],
                condition=~Q(seen=""),
                name="record_subject_outcome",
            ),
            models.Index(
                fields=["person", "-occurred_from", "-entry"], condition=~Q(seen=""), name="record_subject_attempt"
            ),
            # The newest of many people, and how many there are of each, from the index alone.
            models.Index(
                fields=["-occurred_from", "-entry"],
                include=["person", "apart"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="record_subject_newest",
            ),
            models.Index(
                fields=["person"],
                include=["apart"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="record_subject_standing",
            ),
        ]


class Passage(models.Model):
    """A paragraph of an entry: its section, who told us, and how it may be handled.

    An account of a parent or a young person is a paragraph that was attached later (`added_at`), in
    their words (`given_by`): so it goes wherever the entry goes. `disagrees` says that they dispute it.
    `kept_to` are the posts and accounts whom a child wished to read what they told, where they wished so.
    """

    class Handling(models.TextChoices):
        ORDINARY = "ordinary", "Share with those who need it"
        ASK_FIRST = "ask_first", "Ask whoever told us before sharing"
        NOT_FAMILY = "not_family", "Not to be given to the family"
        PROFESSIONALS = "professionals", "Professionals in this case only"

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=30, blank=True)
    section = models.CharField(max_length=20, choices=section_choices(), default="ordinary")
    told_by = models.CharField(max_length=200, blank=True)
    handling = models.CharField(max_length=14, choices=Handling.choices, default="ordinary")
    text = models.TextField()
    kept_to = ArrayField(models.UUIDField(), null=True)
    added_at = models.DateTimeField(null=True)
    added_by = models.UUIDField(null=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    disagrees = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="record_passage_position")]
        indexes = [models.Index(fields=["entry"], condition=Q(added_at__isnull=False), name="record_passage_account")]


class WishOverruled(models.Model):
    """A child's wish about who reads what they told was set aside, with the reason: it is now read as any other.

    So is every later version that carries the passage on.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="overruled")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    child_told = models.BooleanField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["entry"], name="record_wish_entry")]
        constraints = [models.UniqueConstraint(fields=["passage"], name="record_wish_overruled_once")]


class PassageSubject(models.Model):
    """Someone whom a passage is about. Who may read it for any of them may read it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="subjects")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=20, choices=section_choices())
    withdrawn_at = models.DateTimeField(null=True)
    apart = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "person"], name="record_passage_about_once")]
        indexes = [models.Index(fields=["entry"], name="record_passage_about_entry")]


class Withdrawal(models.Model):
    """The mark that stays where text was taken off one person's record, and its named reader."""

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="withdrawals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.UUIDField()
    at = models.DateTimeField()
    reader = models.UUIDField()
    occurred_from = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="record_withdrawal_once")]
        indexes = [models.Index(fields=["person", "-at"], name="record_withdrawal_person")]


class Attachment(models.Model):
    """A document that came with an entry."""

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["entry"], name="record_attachment_entry")]


class Mention(models.Model):
    """An adult who was spoken of in an entry; mentions of one adult are grouped by that adult."""

    id = models.UUIDField(primary_key=True, default=new_id)
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["child"], name="record_mention_child"),
            models.Index(fields=["adult"], name="record_mention_adult"),
        ]


class Episode(models.Model):
    """The time during which the authority is involved with one child, from referral to closure."""

    id = models.UUIDField(primary_key=True, default=new_id)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    arose_from = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    source = models.CharField(max_length=3, blank=True)
    need = models.CharField(max_length=3, blank=True)
    no_further_action = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closure_reason = models.CharField(max_length=3, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child", "-opened_on"], name="record_episode_child")]
        constraints = [
            models.CheckConstraint(
                name="record_episode_closed_whole",
                condition=Q(closed_on=None, closed_at=None) | Q(closed_on__isnull=False, closed_at__isnull=False),
            ),
        ]


class Allocation(models.Model):
    """Which post carries an episode, from and to. An open episode always has exactly one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="allocations")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unallocated = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    by = models.UUIDField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["post"], condition=Q(to_at=None), name="record_allocation_post"),
            # Whoever answers for many posts is shown the longest carried, and the database stops at the last shown.
            models.Index(fields=["from_at"], condition=Q(to_at=None), name="record_allocation_longest"),
            models.Index(fields=["child", "-from_at"], name="record_allocation_child"),
        ]
        constraints = [never_twice("episode", "record_allocation_one_at_a_time")]


class Ending(models.Model):
    """An ending that a worker asks a manager for; it details the step that waits for the answer.

    `entry` is the closing summary that stands on the record once a manager has authorised it.
    """

    step = models.OneToOneField("Step", primary_key=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    what_changed = models.TextField(blank=True)
    how_to_come_back = models.TextField(blank=True)
    who_holds_worry = models.TextField(blank=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)
    authorised_at = models.DateTimeField(null=True)
    authorised_by = models.UUIDField(null=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")


class LeftOpen(models.Model):
    """Something that was open when an involvement ended: what became of it, or why that was accepted, and by whom.

    `children` are those whom it concerns: who may see one of them reads it, and not who sees only a brother.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="left_open")
    kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    children = ArrayField(models.UUIDField(), default=list)
    words = models.CharField(max_length=300)
    outcome = models.CharField(max_length=500, blank=True)
    accepted_because = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["entry"], name="record_leftopen_entry")]


class Step(models.Model):
    """Something owed or under way, and the post that carries it: never nobody's."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=40)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_rule = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=200, blank=True)
    late_because = models.CharField(max_length=500, blank=True)
    arose_from = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "due_at"], condition=Q(closed_at=None), name="record_step_open"),
            models.Index(fields=["due_at", "opened_at"], condition=Q(closed_at=None), name="record_step_soonest"),
            models.Index(fields=["arose_from"], name="record_step_arose"),
            models.Index(fields=["subject"], name="record_step_subject"),
        ]


class StepSubject(models.Model):
    """Someone for whom a step is owed. Once it is so no longer (`ended_at`), the row is the steward's alone to read."""

    id = models.UUIDField(primary_key=True, default=new_id)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "step"], name="record_stepsubject_person"),
            models.Index(fields=["step"], name="record_stepsubject_step"),
        ]


class StepCarrier(models.Model):
    """Which post carried a step, from and to: the history behind `Step.post`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="carriers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["step", "-from_at"], name="record_stepcarrier_step")]


class Notice(models.Model):
    """Something a post was told: a new contact on its child, an answer, silence. Ticked to clear."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.UUIDField(null=True)
    at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["post", "-at"], condition=Q(cleared_at=None), name="record_notice_open")]

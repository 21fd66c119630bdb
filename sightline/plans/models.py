"""Plans in one shape: early help, child in need, and protection.

What an agreed plan said is an entry of the record (`Version`); what it says today are rows that are
closed and opened again when they change.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from sightline.kernel.references import new_id
from sightline.partnership.models import AgencyPost
from sightline.people.models import Person
from sightline.record.models import Entry, Step


class Days(Func):
    """The days from the first to the day before the last, or without end."""

    function = "daterange"


def _days() -> Days:
    return Days("from_on", "to_on", RangeBoundary())


class Plan(models.Model):
    """A plan of help for one child or several. It details the step by which a post carries it.

    `lead_agency_post` and `lead_name` say who the lead practitioner is where that is somebody outside;
    our post carries the plan all the same, so that it is never nobody's. `first_review_on` is the day that a chair
    named for the first review, where it is sooner than the rule's.
    """

    class Kind(models.TextChoices):
        EARLY_HELP = "early_help", "Early help plan"
        CHILD_IN_NEED = "child_in_need", "Child in need plan"
        PROTECTION = "protection", "Child protection plan"

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    began_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    arose_from = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    lead_agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, null=True, related_name="+")
    lead_name = models.CharField(max_length=120, blank=True)
    first_review_on = models.DateField(null=True)


class PlanChild(models.Model):
    """A child on a plan, from and to: half-open days. `end_reason` says why it ended for this child.

    `kind` is the law's for these days: where the practice has one plan for early help and for children in
    need, a child's places on it follow each other, and say from which day the child was in need.

    `plans_before` is how many protection plans the child had before this one, here or elsewhere, as somebody
    said; null where nobody did, and those of this record are counted.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Plan.Kind.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    plans_before = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "child", "kind", "from_on"], name="plans_child_once"),
            models.CheckConstraint(name="plans_child_in_order", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
            # One child is never in need on one plan and to be protected by another at once.
            ExclusionConstraint(
                name="plans_need_or_protection",
                expressions=[("child", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=Q(kind__in=["child_in_need", "protection"]),
            ),
            ExclusionConstraint(
                name="plans_one_early_help",
                expressions=[("child", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=Q(kind="early_help"),
            ),
        ]
        indexes = [
            models.Index(fields=["child", "-from_on"], name="plans_child_time"),
            models.Index(fields=["plan"], name="plans_child_plan"),
        ]


class Category(models.Model):
    """Why a child is on a protection plan, from and to: the main category, which the chair names, and the others.

    `entry` is the conference at which it was named. The census takes the main one.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="categories")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    main = models.CharField(max_length=5)
    others = ArrayField(models.CharField(max_length=5), default=list)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "child"], condition=Q(to_on=None), name="plans_one_category_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["child"], name="plans_category_child")]


class Terms(models.Model):
    """What holds for the whole plan: contingency, and the point at which further action is taken."""

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="terms")
    contingency = models.TextField(blank=True)
    further_action = models.TextField(blank=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(to_at=None), name="plans_terms_one_at_a_time")
        ]


class Outcome(models.Model):
    """What is to be different, in the child's words where we have them, and how we shall know.

    `root` stays the same when it is reworded, so that progress can be followed. `child` is null where
    it is for all children of the plan.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.UUIDField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outcomes")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    childs_words = models.TextField(blank=True)
    how_we_know = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    by = models.UUIDField()
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root"], condition=Q(to_at=None), name="plans_outcome_one_at_a_time")
        ]
        indexes = [models.Index(fields=["plan"], name="plans_outcome_plan")]


class Action(models.Model):
    """Something agreed: who does it and why. What and by when are its step's, which our post carries."""

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    outcome = models.UUIDField(null=True)
    who = models.CharField(max_length=200)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["plan"], name="plans_action_plan")]


class Service(models.Model):
    """Help that was asked for, which is not help received until somebody says that it began.

    It details the step that waits for it. `plan` may be null: no plan is needed to ask for help.
    """

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="services")
    what = models.CharField(max_length=200)
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, null=True, related_name="+")
    of_whom = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    began_on = models.DateField(null=True)
    began_said_by = models.CharField(max_length=200, blank=True)
    not_begun_because = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["plan"], name="plans_service_plan")]


class Agreement(models.Model):
    """Whether somebody agrees to the plan: each holder of parental responsibility, and the young person."""

    class Said(models.TextChoices):
        AGREED = "agreed", "Agrees"
        NOT_AGREED = "not_agreed", "Does not agree"
        WITHDRAWN = "withdrawn", "Has withdrawn their agreement"
        NOT_ASKED = "not_asked", "Not asked"

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=10, choices=Said.choices)
    words = models.TextField(blank=True)
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["plan", "-said_on"], name="plans_agreement_plan")]


class Version(models.Model):
    """The whole plan as it stood when it was agreed or changed: its words are its entry's passages."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_version_once")]


class Signature(models.Model):
    """Who signed a version, and who did not, with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    not_signed_because = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()


class Review(models.Model):
    """A review, a core group or a review conference of a plan: an entry with what was said of each outcome.

    A core group moves a protection plan's core group clock, a conference its review clock. `next_on` is the day
    that its chair named for the next one, where it is sooner than the rule's.
    """

    class Kind(models.TextChoices):
        REVIEW = "review", "Review"
        CORE_GROUP = "core_group", "Core group"
        CONFERENCE = "conference", "Review conference"

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind.choices, default="review")
    held_on = models.DateField()
    attended = models.TextField(blank=True)
    late_because = models.CharField(max_length=500, blank=True)
    next_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["plan", "-held_on"], name="plans_review_time")]


class Progress(models.Model):
    """How far one outcome has come at a review: 0 (as bad as it could be) to 10 (as good as it needs to be)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="progress")
    outcome = models.UUIDField()
    scale = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "outcome"], name="plans_progress_once"),
            models.CheckConstraint(name="plans_scale_to_ten", condition=Q(scale=None) | Q(scale__lte=10)),
        ]


class EarlierPlan(models.Model):
    """A plan that another system recorded: the dates, categories and reviews of a census file, and no words.

    Without `to_on` it was in force there: `step` then asks somebody to go on with it here, and `taken_up_by` is
    the plan that does, from its own first day.
    """

    class Kind(models.TextChoices):
        CHILD_IN_NEED = "child_in_need", "Child in need plan"
        PROTECTION = "protection", "Child protection plan"

    id = models.UUIDField(primary_key=True, default=new_id)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    first_category = models.CharField(max_length=5, blank=True)
    last_category = models.CharField(max_length=5, blank=True)
    plans_before = models.PositiveSmallIntegerField(null=True)
    reviewed_on = ArrayField(models.DateField(), default=list)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    taken_up_by = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child"], name="plans_earlier_child")]

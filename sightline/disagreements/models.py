"""Disagreement between professionals: a record of its own, at any step, until somebody resolves it."""

from django.db import models

from sightline.access.rules import section_choices
from sightline.kernel.references import new_id
from sightline.partnership.models import AgencyPost
from sightline.record.models import Entry, Step
from sightline.workforce.models import Post


class Disagreement(models.Model):
    """What professionals disagree about. It details the step by which whoever resolves it carries it.

    `about` says it in a sentence; `subject_kind` and `subject` name the decision, plan, conference or
    message that it is about, where there is one. It pauses nothing: `safety` says how the children are
    kept safe meanwhile. Resolved, it stands on the record with how, and what was learned.
    """

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    raised_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    safety = models.TextField(blank=True)
    resolved_on = models.DateField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.UUIDField(null=True)
    resolved_how = models.CharField(max_length=40, blank=True)
    learned = models.TextField(blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject"], name="disagreements_about")]


class Side(models.Model):
    """One side's view, in its own words. A side that says more adds a row; nothing that it said is changed.

    `section` says who reads the words: health's and the police's by fewer than the rest.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    disagreement = models.ForeignKey(Disagreement, on_delete=models.PROTECT, related_name="sides")
    agency_post = models.ForeignKey(AgencyPost, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    section = models.CharField(max_length=20, choices=section_choices(), default="ordinary")
    said_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["disagreement", "said_at"], name="disagreements_side_time")]


class Stage(models.Model):
    """A stage that it went through: who resolves it there, by when, and what came of it.

    `rule` cites the dated rule of the pack from which `due_at` was worked out. `post` is ours;
    `resolver` is the name of whoever it is, also where they are of another agency.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    disagreement = models.ForeignKey(Disagreement, on_delete=models.PROTECT, related_name="stages")
    number = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    resolver = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    came_of = models.TextField(blank=True)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["disagreement", "number"], name="disagreements_stage_once")]

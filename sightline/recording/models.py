"""What a phone call, a visit, an appointment or an injury has beside its words, which are passages of its entry."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.kernel.references import new_id
from sightline.people.models import Person
from sightline.record.models import Entry, Step


class PhoneCall(models.Model):
    """With whom somebody spoke. It details the entry whose key it shares."""

    class Direction(models.TextChoices):
        IN = "in", "They rang us"
        OUT = "out", "We rang them"
        NO_ANSWER = "no_answer", "We rang and nobody answered"

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    spoke_with = models.CharField(max_length=200)
    direction = models.CharField(max_length=10, choices=Direction.choices)


class PlannedVisit(models.Model):
    """A visit that is to be made. It details the step that waits for it to be recorded or cancelled."""

    step = models.OneToOneField(Step, primary_key=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=40, blank=True)
    announced = models.BooleanField(null=True)
    purpose = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="recording_planned_start")]


class Visit(models.Model):
    """A visit, made or not. It details the entry; `planned` is the step that it answered.

    `place` and `sleeping` are codes of the practice pack; `announced` is null where nobody said.
    """

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    planned = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    announced = models.BooleanField(null=True)
    place = models.CharField(max_length=40, blank=True)
    present = models.TextField(blank=True)
    sleeping = models.CharField(max_length=40, blank=True)
    late_because = models.CharField(max_length=500, blank=True)


class Appointment(models.Model):
    """An appointment that a child had with somebody. Which agency's it was is on its entry."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)


class VisitChild(models.Model):
    """What is one child's alone of a visit or an appointment; whether they were seen is on the entry's subject.

    `reason` says why they were not seen, or not alone, and `reason_given_by` who said so.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    reason_given_by = models.CharField(max_length=200, blank=True)
    sleeping = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "child"], name="recording_visit_child_once")]


class Injury(models.Model):
    """An injury of one child, whoever saw it. Whose account of it was given, and what it was, are its entry's words.

    `what` and `sites` are codes of the pack's lists; `seen_on` is the day on which somebody first saw it.
    `examined_by` is the clinician who examined it; without one, `not_examined_because` says why.
    """

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()
    what = models.CharField(max_length=40)
    sites = ArrayField(models.CharField(max_length=40), default=list)
    seen_by = models.CharField(max_length=200, blank=True)
    account_of = models.CharField(max_length=200, blank=True)
    examined_by = models.CharField(max_length=200, blank=True)
    examined_on = models.DateField(null=True)
    not_examined_because = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "-seen_on"], name="recording_injury_child")]

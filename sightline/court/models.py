"""What is done before a court is asked: pre-proceedings, and the family group decision making offered with them."""

from django.db import models

from sightline.kernel.references import new_id
from sightline.people.models import Person
from sightline.record.models import Entry, Step


class PreProceedings(models.Model):
    """A time of pre-proceedings for one child, from the decision to begin them to their outcome.

    `letter_sent_on` is the letter before proceedings, `outcome` a code of the pack's list. `step` is by which a
    post carries it, null where another system recorded it and it had ended. `review_meetings` are counted, and
    `last_met_on` is the latest meeting of either kind, from which the next is counted.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(null=True)
    letter_sent_on = models.DateField(null=True)
    meeting_offered = models.BooleanField(null=True)
    meeting_held = models.BooleanField(null=True)
    first_meeting_on = models.DateField(null=True)
    last_met_on = models.DateField(null=True)
    review_meetings = models.PositiveSmallIntegerField(null=True)
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    applied_on = models.DateField(null=True)
    letter_of_issue_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child", "-started_on"], name="court_pre_proceedings_child")]

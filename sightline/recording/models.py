"""What only a phone call has: with whom, and which way. Its words are passages of the entry."""

from django.db import models

from sightline.record.models import Entry


class PhoneCall(models.Model):
    """With whom somebody spoke. It details the entry whose key it shares."""

    class Direction(models.TextChoices):
        IN = "in", "They rang us"
        OUT = "out", "We rang them"
        NO_ANSWER = "no_answer", "We rang and nobody answered"

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    spoke_with = models.CharField(max_length=200)
    direction = models.CharField(max_length=10, choices=Direction.choices)

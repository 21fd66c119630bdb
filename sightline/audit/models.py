"""What was viewed and what was changed, by whom: rows that are only ever added."""

from django.db import models

from sightline.kernel.references import new_id


class Event(models.Model):
    """One act or one look: who, from which post, what, when. Never a name, never free text."""

    class Kind(models.TextChoices):
        ACT = "act", "Changed"
        LOOK = "look", "Viewed"
        SEARCH = "search", "Searched"
        REFUSED = "refused", "Refused"
        SIGN_IN = "sign_in", "Signed in"

    id = models.UUIDField(primary_key=True, default=new_id)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.CharField(max_length=60)
    actor = models.UUIDField(null=True)
    because = models.CharField(max_length=60, blank=True)
    request = models.CharField(max_length=36, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["actor", "-at"], name="audit_event_actor")]


class EventPerson(models.Model):
    """Whom an act or a look concerned; kept narrow, so that "who has viewed" is one index range."""

    id = models.UUIDField(primary_key=True, default=new_id)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="people")
    person = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="audit_eventperson_person")]

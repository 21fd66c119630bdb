"""What was viewed and what was changed, by whom: rows that are only ever added."""

from django.db import models

from sightline.kernel.references import new_id


class Event(models.Model):
    """One act or one look: who, in which role and for which agency, what, which section, when. Never a name, never
    free text. `because` is the reason of the grant that allowed it, `via` whose grant it was (their own, their
    post's, their team's, a post's below theirs, a share's).
    """

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
    role = models.CharField(max_length=24, blank=True)
    agency = models.UUIDField(null=True)
    section = models.CharField(max_length=20, blank=True)
    because = models.CharField(max_length=60, blank=True)
    via = models.CharField(max_length=12, blank=True)
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


class Leaf(models.Model):
    """The number that the sealer gave an event. The hash that goes with it is kept elsewhere."""

    number = models.BigIntegerField(primary_key=True)
    event = models.UUIDField(unique=True)


class Answered(models.Model):
    """What a supervisor found out about a line of a week's views that stood out."""

    class Finding(models.TextChoices):
        PART_OF_THE_WORK = "work", "It was part of the work"
        TALKED = "talked", "Talked about with the worker"
        RAISED = "raised", "Raised as a concern about how records are used"

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.UUIDField()
    person = models.UUIDField(null=True)
    week = models.DateField()
    signal = models.CharField(max_length=20)
    finding = models.CharField(max_length=10, choices=Finding.choices)
    words = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "week"], name="audit_answered_week")]

"""What makes an act safe to repeat and typing impossible to lose."""

from django.db import models

from sightline.kernel.references import new_id


class Submission(models.Model):
    """A form that was sent once: the same key and the same words give the same answer."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.UUIDField()
    key = models.UUIDField()
    form = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    result = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key", "form"], name="doorway_submission_once")]


class Draft(models.Model):
    """What somebody has typed and not yet sent, kept on the server and seen by them alone."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.UUIDField()
    form = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    title = models.CharField(max_length=120, blank=True)
    body = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-saved_at"], name="doorway_draft_mine")]


class Effect(models.Model):
    """Something a job has done to the outside world, so that a second run does not do it again."""

    key = models.CharField(max_length=120, primary_key=True)
    done_at = models.DateTimeField()

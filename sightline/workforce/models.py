"""Those who work here: accounts, teams, posts, and who stands in a post at a given moment."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Func, Q

from sightline.doorway.roles import role_choices
from sightline.kernel.references import new_id


class Account(AbstractBaseUser):
    """Somebody who can sign in. The role is their employment; sight of records comes from posts."""

    class Closed(models.TextChoices):
        LEFT = "left", "They left"
        UNUSED = "unused", "Nobody used it"

    id = models.UUIDField(primary_key=True, default=new_id)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=role_choices())
    registration = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    agency = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=8, choices=Closed.choices, blank=True)
    opened_again_at = models.DateTimeField(null=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of the authority. Two kinds of desk have rules of their own."""

    class Kind(models.TextChoices):
        FRONT_DOOR = "front_door", "Front door"
        EMERGENCY_DUTY = "emergency_duty", "Emergency duty team"
        CASEWORK = "casework", "Casework"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="emergency_duty"),
                name="workforce_one_emergency_duty_team",
            )
        ]


class Post(models.Model):
    """A place in a team that carries work, whoever stands in it.

    Above each post is its manager's post; only the head of a line has none.
    """

    class Kind(models.TextChoices):
        DUTY = "duty", "Duty"
        WORKER = "worker", "Worker"
        MANAGER = "manager", "Manager"
        EMERGENCY = "emergency", "Emergency duty"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    manager = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="manages")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="workforce_post_not_own_manager",
                condition=Q(manager=None) | ~Q(manager=F("id")),
            )
        ]


class OpenEnded(Func):
    """The half-open period of a row, open-ended while `to_at` is null."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def never_twice(field: str, name: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[
            (field, RangeOperators.EQUAL),
            (OpenEnded("from_at", "to_at", RangeBoundary()), RangeOperators.OVERLAPS),
        ],
    )


class Occupancy(models.Model):
    """Who stands in a post, from and to. A post has one occupant at a time, or none."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="occupancies")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="occupancies")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [never_twice("post", "workforce_occupancy_one_at_a_time")]


class Cover(models.Model):
    """Who stands in for a post's occupant, from and to."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covers")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="covers")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [never_twice("post", "workforce_cover_one_at_a_time")]


class Absence(models.Model):
    """When somebody is away. Why they are away is not this record's business."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="absences")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    back_on = models.DateField(null=True)

    class Meta:
        constraints = [never_twice("account", "workforce_absence_one_at_a_time")]


class WorkerHome(models.Model):
    """Where a worker lives, as they gave it: compared with the homes of those whose records they open, and no more."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="home")
    match_key = models.CharField(max_length=320)
    postcode = models.CharField(max_length=8, blank=True)
    given_at = models.DateTimeField()


class Session(AbstractBaseSession):
    """A browser that is signed in, or is about to be. Taking the row away ends it at its next request."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="sessions")
    browser = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

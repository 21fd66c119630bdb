"""The people in the records. What can change about them is a row with two periods:

when it was true (`true_from`, `true_to`, days) and when we believed it (`believed_from`,
`believed_to`, moments). Superseding closes one row and opens another; nothing is overwritten.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from sightline.kernel.references import new_id

BELIEVED_NOW = Q(believed_to=None)


class Believed(models.Model):
    """A fact with the period for which we believed it."""

    believed_from = models.DateTimeField()
    believed_to = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Dated(Believed):
    """A fact with the period for which it was true as well; an unknown day is null."""

    true_from = models.DateField(null=True)
    true_to = models.DateField(null=True)

    class Meta:
        abstract = True


class Person(models.Model):
    """Somebody in the records: a child, also before birth, or an adult, also without a name.

    Withdrawn, nobody sees, finds or counts them: they were brought in by an import that was undone.
    """

    class Kind(models.TextChoices):
        CHILD = "child", "Child"
        ADULT = "adult", "Adult"

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)


class Particulars(Believed):
    """Birth, sex and what the census asks, as we believe them."""

    class Birth(models.TextChoices):
        EXACT = "exact", "Exact date"
        YEAR = "year", "Year only"
        ABOUT = "about", "About this age"
        UNKNOWN = "unknown", "Not known"
        EXPECTED = "expected", "Not yet born"

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="particulars")
    birth = models.CharField(max_length=8, choices=Birth.choices)
    birth_date = models.DateField(null=True)
    expected_date = models.DateField(null=True)
    death_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default="U")
    ethnicity = models.CharField(max_length=4, blank=True)
    disabilities = ArrayField(models.CharField(max_length=4), default=list)
    upn_unknown = models.CharField(max_length=3, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["birth_date"], condition=BELIEVED_NOW, name="people_particulars_born"),
            models.Index(fields=["expected_date"], condition=BELIEVED_NOW, name="people_particulars_expected"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=BELIEVED_NOW, name="people_particulars_one_believed"),
            models.CheckConstraint(
                name="people_particulars_birth_fits",
                condition=Q(birth="expected", birth_date=None)
                | Q(birth="unknown", birth_date=None)
                | Q(birth__in=["exact", "year", "about"], birth_date__isnull=False),
            ),
        ]


class Name(Dated):
    """A name somebody has, had, is known by, or is only described by."""

    class Kind(models.TextChoices):
        LEGAL = "legal", "Name"
        KNOWN_AS = "known_as", "Known as"
        FORMER = "former", "Former name"
        DESCRIBED = "described", "Described as"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    given = models.CharField(max_length=200, blank=True)
    family = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="people_name_person")]


class NameToken(models.Model):
    """A word of a name as search needs it. Nobody reads these but the search function."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.ForeignKey(Name, on_delete=models.PROTECT, related_name="tokens")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=60)
    is_family = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["token", "person"], name="people_token_exact")]


class Word(models.Model):
    """A word that is in somebody's name, with how it sounds and what one slip makes of it.

    There are far fewer words than people, and their number hardly grows: what is misspelt is
    looked for among words, and only then are the people looked for who have them.
    """

    word = models.CharField(primary_key=True, max_length=60, db_collation="C")
    sounds = ArrayField(models.TextField())
    slips = ArrayField(models.TextField())

    class Meta:
        indexes = [
            GinIndex(fields=["sounds"], fastupdate=False, name="people_word_sounds"),
            GinIndex(fields=["slips"], fastupdate=False, name="people_word_slips"),
        ]


class Identifier(Believed):
    """A number by which an authority, the health service or a school knows somebody."""

    class Scheme(models.TextChoices):
        NHS = "nhs", "NHS number"
        UPN = "upn", "Unique pupil number"
        FORMER_UPN = "former_upn", "Former unique pupil number"
        CHILD_ID = "child_id", "Child id of this authority"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    value = models.CharField(max_length=30)
    verified = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "value"], name="people_identifier_value"),
            models.Index(fields=["person"], name="people_identifier_person"),
        ]


class Home(models.Model):
    """A place where people live. Two people of one home share its row."""

    id = models.UUIDField(primary_key=True, default=new_id)
    lines = models.CharField(max_length=300)
    postcode = models.CharField(max_length=8, blank=True)
    match_key = models.CharField(max_length=320)

    class Meta:
        indexes = [
            models.Index(fields=["match_key"], name="people_home_match", opclasses=["text_pattern_ops"]),
            models.Index(fields=["postcode"], name="people_home_postcode"),
        ]


class Residence(Dated):
    """Somebody lives somewhere. An address that protects stands in a section of its own, with readers of its own."""

    class Protects(models.TextChoices):
        REFUGE = "refuge", "A refuge"
        PLACEMENT = "placement", "A confidential placement"
        ADOPTERS = "adopters", "Adopters"
        OTHER = "other", "Withheld for safety"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="residences")
    section = models.CharField(
        max_length=20,
        choices=[("address", "Address"), ("safe_address", "Address withheld for safety")],
    )
    protects = models.CharField(max_length=12, choices=Protects.choices, blank=True)
    confirmed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="people_residence_person"),
            models.Index(fields=["home"], name="people_residence_home"),
        ]


class Relationship(Dated):
    """What one person is to another: `person` is the <kind> of `to`."""

    class Kind(models.TextChoices):
        MOTHER = "mother", "Mother"
        FATHER = "father", "Father"
        PARENT = "parent", "Parent"
        STEP_PARENT = "step_parent", "Step-parent"
        PARTNER = "partner", "Partner"
        SIBLING = "sibling", "Brother or sister"
        HALF_SIBLING = "half_sibling", "Half-brother or half-sister"
        GRANDPARENT = "grandparent", "Grandparent"
        CARER = "carer", "Carer"
        RELATIVE = "relative", "Relative"
        OTHER = "other", "Someone else"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_to")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    parental_responsibility = models.BooleanField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="people_relationship_from"),
            models.Index(fields=["to"], name="people_relationship_to"),
        ]
        constraints = [models.CheckConstraint(name="people_relationship_of_two", condition=~Q(person=models.F("to")))]


class Identification(models.Model):
    """Where we stand with an adult who was named but not identified; the latest row counts."""

    class Status(models.TextChoices):
        NOT_IDENTIFIED = "not_identified", "Not identified"
        IDENTIFIED = "identified", "Identified"
        MET = "met", "Met"
        CHECKED = "checked", "Checked"
        RULED_OUT = "ruled_out", "Ruled out"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifications")
    status = models.CharField(max_length=14, choices=Status.choices)
    words = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="people_identification_latest")]


class Need(Dated):
    """What somebody needs so that they can be spoken with, and contacted in safety."""

    class Kind(models.TextChoices):
        INTERPRETER = "interpreter", "Interpreter"
        COMMUNICATION = "communication", "Communication"
        SAFE_CONTACT = "safe_contact", "Safe contact"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    words = models.CharField(max_length=500)


class Warning(Dated):  # noqa: A001 - the field's noun
    """A factual warning to those who visit, with the day by which it is looked at again."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="warnings")
    words = models.CharField(max_length=500)
    added_by = models.UUIDField()
    review_on = models.DateField()

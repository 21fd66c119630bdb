"""The forms of visits and appointments. Nothing is chosen beforehand but what was already said when it was planned."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from sightline.kernel.when import When
from sightline.record.models import EntrySubject
from sightline.web.casework.forms import LONGEST, ONLY_ONE_LINE, Choices, FilesField, WhenField

Seen = EntrySubject.Seen
NOT_PART, MADE = "not_part", "made"
WITH_CHILD = (Seen.SEEN_ALONE, Seen.OBSERVED, Seen.SEEN, Seen.DOORSTEP, Seen.VIDEO)
WITHOUT_CHILD = (Seen.NOT_SEEN, Seen.REFUSED, Seen.NOBODY_IN, Seen.CANCELLED, Seen.CANCELLED_BY_US)
AT_APPOINTMENT = (Seen.BROUGHT, Seen.NOT_BROUGHT, Seen.CANCELLED, Seen.CANCELLED_BY_US)
ON_A_VISIT = {Seen.SEEN: "Seen, with others there"}
"""Where an outcome is said more closely among the others of a visit than on a record."""
ASKS_WHY = (Seen.SEEN, Seen.DOORSTEP, Seen.VIDEO, *WITHOUT_CHILD)
"""Outcomes after which one asks why a child was not seen, or not seen alone."""
LONGEST_REASON = 500
KEPT_ASKS = "Did {} say that only some may read this? Whom did they name?"
KEPT_MEANS = (
    "Leave it empty where everybody who works with {0} may read it. Otherwise only you and whoever stands in these "
    "posts read the words, and the managers above them; pictures are not kept to them. Tell {0} that it must be shown "
    "to others if somebody would be in danger, and that they would be told."
)
"""What a child is asked, and what a worker is to tell them, before it is written down."""
YES_NO = {"yes": True, "no": False}
ANNOUNCED = [("yes", "Announced"), ("no", "Not announced")]


def outcomes(among: Sequence[Seen]) -> list[tuple[str, str]]:
    """These outcomes as a visit's page words them."""
    return [(one.value, ON_A_VISIT.get(one, str(one.label))) for one in among]


class ChildForm(forms.Form):
    """One child at a visit: choosing an outcome is what includes them."""

    ways: Choices = (*outcomes(WITH_CHILD), *outcomes(WITHOUT_CHILD))
    asked = "Was {} seen?"
    not_part = "Not part of this visit"
    asks: Sequence[Seen] = ASKS_WHY

    outcome = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    reason = forms.CharField(label="What was the reason?", required=False, max_length=LONGEST_REASON)
    reason_given_by = forms.CharField(
        label="Who gave it?", help_text="For example, mother at the door.", required=False, max_length=ONLY_ONE_LINE
    )
    words = forms.CharField(widget=forms.Textarea, required=False, max_length=LONGEST)
    kept_to = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    sleeping = forms.CharField(required=False, max_length=LONGEST_REASON)
    pictures = FilesField(label="Attach a drawing or a picture", required=False)

    def __init__(self, *arguments: Any, name: str, readers: Choices = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.name = name
        kept = self.fields["kept_to"]
        kept.label, kept.help_text = KEPT_ASKS.format(name), KEPT_MEANS.format(name)
        kept.choices = list(readers)  # type: ignore[attr-defined]  # a field of choices
        outcome = self.fields["outcome"]
        outcome.label = self.asked.format(name)
        outcome.choices = [*self.ways, (NOT_PART, self.not_part)]  # type: ignore[attr-defined]  # a field of choices
        outcome.asking = [one.value for one in self.asks]  # type: ignore[attr-defined]  # read by the field tag
        self.fields["words"].label = f"What {name} said, did or drew"
        self.fields["sleeping"].label = f"Where {name} sleeps"

    @property
    def included(self) -> bool:
        """Whether the visit concerns this child; asked of a form that was judged."""
        return self.cleaned_data.get("outcome", "") not in {"", NOT_PART}

    @property
    def how_it_went(self) -> str:
        """What the record keeps of it for this child: nothing for an unborn child whose visit was made."""
        given = str(self.cleaned_data.get("outcome", ""))
        return "" if given == MADE else given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = [given.get(name) for name in self.fields if name != "outcome"]
        if given.get("outcome") in {"", NOT_PART} and any(typed):
            self.add_error("outcome", f"Say how it went for {self.name}, so that what you wrote about them is kept.")
        if given.get("kept_to") and not given.get("words", "").strip():
            self.add_error("words", f"Write what {self.name} told you, which only those named may read.")
        return given


class UnbornForm(ChildForm):
    """A child who is not born: a visit concerned them or it failed, and nobody says that they were seen."""

    ways = ((MADE, "The visit was made"), *outcomes(WITHOUT_CHILD[1:]))
    asked = "Was the visit about {}, who is not yet born?"

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in ("words", "kept_to", "sleeping", "pictures"):
            del self.fields[name]


def _radios(label: str, choices: Choices = (), *, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False, help_text=hint
    )  # fmt: skip


class VisitForm(forms.Form):
    """What is said once, however many children a visit concerned."""

    when = forms.CharField(required=False)
    announced = _radios("Did the family know that you were coming?", ANNOUNCED)
    place = _radios("Where was it?")
    sleeping = _radios("Did you see where the children sleep?")
    present = forms.CharField(
        label="Who was there?",
        help_text="Everybody in the home, also those whom you do not know. Write “nobody else” if so.",
        required=False,
        max_length=LONGEST_REASON,
    )
    text = forms.CharField(label="What happened?", widget=forms.Textarea, required=False, max_length=LONGEST)
    adults = forms.MultipleChoiceField(
        label="On the record of which adults does it go as well?",
        help_text="Such as the mother of a child who is not yet born.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    documents = FilesField(
        label="Attach documents",
        help_text="Each up to 25 MB. They stand with the visit on the record of every child it concerned.",
        required=False,
    )
    late_because = forms.CharField(
        label="Why later than due?", required=False, max_length=LONGEST_REASON, widget=forms.Textarea
    )

    def __init__(
        self,
        *arguments: Any,
        today: date,
        places: Choices,
        sleeping: Choices,
        adults: Choices,
        planned_for: str = "",
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        hint = "For example, today 9.30, yesterday at 4pm or 3/3/26."
        if planned_for:
            hint = f"Leave empty if it was as planned: {planned_for}."
        self.fields["when"] = WhenField(today=today, label="When was it?", help_text=hint, required=False)
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # a field of choices
        self.fields["sleeping"].choices = sleeping  # type: ignore[attr-defined]  # as above
        self.fields["adults"].choices = adults  # type: ignore[attr-defined]  # as above


WEEKDAYS = {f"{date(2024, 1, day):%A}".lower(): day - 1 for day in range(1, 8)}
"""From Monday, which is 0: 1 January 2024 was one."""


def with_coming_day(text: str, today: date) -> str:
    """A weekday without a date, before a time, is the next such day after today: "wednesday at 4pm"."""
    first, _, rest = text.strip().partition(" ")
    name = first.rstrip(",").lower()
    number = next((day for one, day in WEEKDAYS.items() if len(name) > 2 and one.startswith(name)), None)
    if number is None or not AT_A_TIME.fullmatch(rest.strip()):
        return text
    coming = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return f"{coming.isoformat()} {rest.strip()}"


AT_A_TIME = re.compile(r"(?:at\s+)?[0-9]{1,2}(?:[:.][0-9]{2})?\s*(?:am|pm)?", re.IGNORECASE)


class MomentField(WhenField):
    """A day and a time, both of which must be known."""

    def clean(self, value: Any) -> datetime | None:  # type: ignore[override]  # a moment, where its kin gives a stretch
        found: When | None = super().clean(value)
        if found is None:
            return None
        if found.precision != "exact":
            raise forms.ValidationError("Enter a day and a time, for example tomorrow 15.30 or 27/3/26 at 4pm.")
        return found.earliest


class ComingMomentField(MomentField):
    """The same of what is to come. A weekday is the next one after today."""

    def clean(self, value: Any) -> datetime | None:  # type: ignore[override]  # as its kin
        return super().clean(with_coming_day(value, self.today) if isinstance(value, str) else value)


class PlanForm(forms.Form):
    """A visit to come: whom, when, where, and what it is for."""

    children = forms.MultipleChoiceField(
        label="Whom do you plan to see?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )
    starts_at = forms.CharField()
    announced = _radios("Will the family know that you are coming?", ANNOUNCED)
    place = _radios("Where?")
    purpose = forms.CharField(
        label="What is it for?", widget=forms.Textarea, required=False, max_length=300
    )  # fmt: skip
    post = forms.ChoiceField(label="Who goes?", error_messages={"required": "Choose who goes."})

    def __init__(self, *arguments: Any, today: date, people: Choices, posts: Choices, places: Choices, **named: Any):
        super().__init__(*arguments, **named)
        self.fields["children"].choices = people  # type: ignore[attr-defined]  # a field of choices
        self.fields["starts_at"] = ComingMomentField(
            today=today,
            label="When?",
            help_text="A day and a time, for example tomorrow 15.30, Wednesday at 4pm or 27/3/26 at 4pm.",
            error_messages={"required": "Enter the day and the time."},
        )
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # as above
        self.fields["post"].choices = [("", "Choose who"), *posts]  # type: ignore[attr-defined]  # as above


class CancelForm(forms.Form):
    """A planned visit that will not be: who cancelled it, and why."""

    cancelled_by = forms.ChoiceField(
        label="Who cancelled it?",
        choices=[("family", "The family"), ("us", "We did")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who cancelled it."},
    )
    who = forms.CharField(
        label="Who said so?", help_text="For example, father, in a text message.",
        max_length=ONLY_ONE_LINE, error_messages={"required": "Enter who cancelled it."},
    )  # fmt: skip
    reason = forms.CharField(
        label="What was the reason given?",
        widget=forms.Textarea,
        max_length=LONGEST_REASON,
        error_messages={"required": "Write the reason that was given, or that none was."},
    )


class AppointmentForm(forms.Form):
    """An appointment at any agency, for one child or several."""

    what = forms.CharField(
        label="What was the appointment?",
        help_text="For example, two-year check or hearing test.",
        max_length=ONLY_ONE_LINE,
        error_messages={"required": "Say what the appointment was."},
    )
    agency = forms.ChoiceField(label="With which agency?", required=False)
    when = forms.CharField(required=False)
    text = forms.CharField(
        label="What do we know of it?",
        help_text="Who told us, and what was said.",
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST,
    )

    def __init__(self, *arguments: Any, today: date, agencies: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["agency"].choices = [("", "Choose one, or leave empty for our own"), *agencies]  # type: ignore[attr-defined]  # a field of choices
        self.fields["when"] = WhenField(
            today=today,
            label="When was it to be?",
            help_text="For example, today 9.30 or 3/3/26.",
            error_messages={"required": "Enter the day of the appointment."},
        )


class BroughtForm(ChildForm):
    """One child at an appointment."""

    ways = outcomes(AT_APPOINTMENT)
    asked = "Was {} brought?"
    not_part = "The appointment was not theirs"
    asks = AT_APPOINTMENT[1:]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in ("words", "kept_to", "sleeping", "pictures"):
            del self.fields[name]


class AccountForm(forms.Form):
    """What a parent or a young person says of an entry, in their own words."""

    given_by = forms.ChoiceField(
        label="Whose account is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose account it is."},
    )
    words = forms.CharField(
        label="What they say, in their own words",
        widget=forms.Textarea,
        max_length=LONGEST,
        error_messages={"required": "Write what they say."},
    )
    disagrees = forms.ChoiceField(
        label="Do they disagree with what is written?",
        choices=[("yes", "Yes, they disagree"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they disagree."},
    )

    def __init__(self, *arguments: Any, people: Collection[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["given_by"].choices = list(people)  # type: ignore[attr-defined]  # a field of choices

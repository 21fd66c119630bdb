"""The forms of casework. Nothing that is a judgement is chosen beforehand."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from sightline.access.rules import SECTION_LABELS, Section
from sightline.kernel.errors import Refusal
from sightline.kernel.reading import read_date
from sightline.kernel.when import When
from sightline.record.models import EntrySubject, Passage
from sightline.recording.models import PhoneCall

Choices = Sequence[tuple[str, str]]

MARKS = (Section.ORDINARY, Section.CHILD_WORDS, Section.HEALTH, Section.POLICE, Section.THIRD_PARTY)
"""Sections that a worker marks while writing: all are read by the team that works with the child."""
LONGEST = 60_000
ONLY_ONE_LINE = 200
NOT_TRIED = "not_tried"


class SeveralFiles(forms.ClearableFileInput):
    """One input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files that were chosen; none is an answer."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in (data or [])]


class DayField(forms.CharField):
    """A day as people write it, read forgivingly; nothing is None."""

    def __init__(self, *, today: date, **named: Any) -> None:
        super().__init__(**named)
        self.today = today

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_date(text, today=self.today)
        except Refusal as refused:
            raise forms.ValidationError(refused.message) from refused


class WhenField(forms.CharField):
    """A moment or a stretch of days as people write it; `9.30` alone is this morning's. Nothing is None."""

    def __init__(self, *, today: date, **named: Any) -> None:
        super().__init__(**({"max_length": ONLY_ONE_LINE} | named))
        self.today = today

    def clean(self, value: Any) -> When | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        try:
            return When.read(_with_day(text), today=self.today)
        except Refusal as refused:
            raise forms.ValidationError(refused.message) from refused


def _with_day(text: str) -> str:
    return f"today {text}" if text.replace(":", ".").replace(".", "", 1).isdecimal() and len(text) in {4, 5} else text


AS_THE_REST = "Text is ordinary, like the rest of the record, unless you mark it."


def told_by_field() -> forms.CharField:
    return forms.CharField(label="Who told us?", required=False, max_length=ONLY_ONE_LINE)


def section_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What kind of information is it?",
        help_text=AS_THE_REST,
        choices=[(str(one), str(SECTION_LABELS[one])) for one in MARKS],
        required=False,
        initial=str(Section.ORDINARY),
    )


def handling_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How may it be handled?",
        help_text=AS_THE_REST,
        choices=Passage.Handling.choices,
        required=False,
        initial="ordinary",
    )


class NoteForm(forms.Form):
    """A case note, a phone call or management oversight, about one child or several."""

    kind = forms.ChoiceField(
        label="What are you recording?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you are recording."},
    )
    direction = forms.ChoiceField(
        label="Who rang whom?",
        choices=PhoneCall.Direction.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    spoke_with = forms.CharField(label="Whom did you speak with, or try to?", required=False, max_length=ONLY_ONE_LINE)
    people = forms.MultipleChoiceField(
        label="Who is it about?",
        help_text="It is written once and stands on the record of everyone you choose.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person whom this is about."},
    )
    when = forms.CharField(required=False)
    text = forms.CharField(
        label="What happened?",
        widget=forms.Textarea,
        max_length=LONGEST,
        error_messages={
            "required": "Write what happened.",
            "max_length": "That is longer than one entry can be. Record it in two.",
        },
    )
    told_by = told_by_field()
    section = section_field()
    handling = handling_field()
    documents = FilesField(
        label="Attach documents",
        help_text="Each up to 25 MB. PDF, Word, pictures, sound, e-mails or plain text.",
        required=False,
    )

    def __init__(self, *arguments: Any, kinds: Choices, people: Choices, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["when"] = WhenField(
            today=today,
            label="When did it happen?",
            help_text="For example, today 9.30, 3/3/26 or about March 2026. Leave empty if it is happening now.",
            required=False,
        )
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a field of choices
        self.fields["kind"].reveals = {"phone_call": ("direction", "spoke_with")}  # type: ignore[attr-defined]  # read by the field tag
        self.fields["people"].choices = people  # type: ignore[attr-defined]  # as above


SEEN_IN_PASSING = (
    EntrySubject.Seen.SEEN_ALONE,
    EntrySubject.Seen.OBSERVED,
    EntrySubject.Seen.SEEN,
    EntrySubject.Seen.DOORSTEP,
    EntrySubject.Seen.VIDEO,
    EntrySubject.Seen.NOT_SEEN,
)
"""What a note may say of a child. Other outcomes are a visit's or an appointment's, which have their own pages."""


class SeenForm(forms.Form):
    """Whether each child was seen. Not yet born children are not asked about."""

    def __init__(self, *arguments: Any, children: Iterable[tuple[UUID, str]], **named: Any) -> None:
        super().__init__(*arguments, **(named | {"prefix": "seen"}))
        for key, name in children:
            self.fields[str(key)] = forms.ChoiceField(
                label=f"Was {name} seen?",
                choices=[
                    *((one.value, str(one.label)) for one in SEEN_IN_PASSING),
                    (NOT_TRIED, "Did not set out to see them"),
                ],
                widget=forms.RadioSelect,
                required=False,
            )

    def seen_of(self, person: UUID) -> str:
        """The answer for one child; empty where nobody set out to see them."""
        given = str(self.cleaned_data.get(str(person), ""))
        return "" if given == NOT_TRIED else given


class ParagraphForm(forms.Form):
    """A paragraph about one person only, read only where that person's record may be read."""

    text = forms.CharField(label="What is only about them", widget=forms.Textarea, required=False, max_length=LONGEST)
    about = forms.ChoiceField(label="Who is it about?", required=False)
    told_by = told_by_field()
    section = section_field()
    handling = handling_field()

    def __init__(self, *arguments: Any, people: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["about"].choices = [("", "Choose one person"), *people]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("text", "").strip() and not given.get("about"):
            self.add_error("about", "Choose whom this paragraph is about.")
        return given


class ActionForm(forms.Form):
    """Something to be done after this, by whom, and by when."""

    what = forms.CharField(label="What is to be done?", required=False, max_length=ONLY_ONE_LINE)
    post = forms.ChoiceField(label="Who does it?", required=False)
    due = forms.CharField(label="By when?", required=False)

    def __init__(self, *arguments: Any, posts: Choices, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["post"].choices = [("", "Choose who"), *posts]  # type: ignore[attr-defined]  # as above
        self.fields["due"] = DayField(
            today=today, label="By when?", help_text="For example, 27 3 2026 or tomorrow.", required=False
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what", "").strip() and not given.get("post"):
            self.add_error("post", "Choose who does it, so that it is somebody's.")
        return given


class FinishForm(forms.Form):
    """What was done about a step."""

    outcome = forms.CharField(
        label="What was done?",
        max_length=ONLY_ONE_LINE,
        error_messages={"required": "Say what was done."},
    )


class CorrectForm(forms.Form):
    """One reason for a correction; the paragraphs are beside it."""

    reason = forms.CharField(
        label="Why is this corrected?",
        help_text="Both versions stay on the record, with this reason.",
        max_length=300,
        error_messages={"required": "Say why this is corrected."},
    )


class WordsForm(forms.Form):
    """The words of one paragraph that is corrected."""

    text = forms.CharField(label="Words", widget=forms.Textarea, required=False, max_length=LONGEST)


class WithdrawForm(forms.Form):
    """Why text is taken off a record, and who keeps it."""

    reason = forms.CharField(
        label="Why is this taken off the record?",
        help_text="For example: it is about another child. The reason stays on the record, so do not repeat the text.",
        max_length=300,
        error_messages={"required": "Say why this is taken off the record."},
    )
    reader = forms.ChoiceField(
        label="Who keeps the original?",
        help_text="One person who works with this record, and can be asked about it.",
        error_messages={"required": "Choose who keeps the original."},
    )

    def __init__(self, *arguments: Any, readers: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reader"].choices = [("", "Choose one person"), *readers]  # type: ignore[attr-defined]  # as above

"""The forms of an ending: asking for one, answering for what is open, returning it. Nothing is chosen beforehand."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from sightline.journeys.open_matters import Answer, Answers, Matter
from sightline.practice.spec import Option
from sightline.record.endings import LONGEST
from sightline.web.casework.forms import DayField

LONG = 60_000


def _long(label: str, hint: str, sentence: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea,
        max_length=LONG,
        error_messages={"required": sentence},
    )


class OneReason(forms.ChoiceField):
    """Why it ends; an option may have a hint."""

    option_hints: dict[str, str]


class AskForm(forms.Form):
    """What a worker says when they ask a manager to end an involvement: the closing summary."""

    children = forms.MultipleChoiceField(
        label="For whom does it end?",
        help_text="One closing summary stands on the record of each child whom you choose.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )
    reason = OneReason(
        label="Why does involvement end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why involvement ends."},
    )
    what_changed = _long(
        "What has changed for each child?",
        "What was worrying, what helped, and how each child is now.",
        "Say what has changed for each child. If nothing has, say that.",
    )
    how_to_come_back = _long(
        "How do the family and others come back to us?",
        "Whom to ring, and what would be a reason to. The family and professionals read this.",
        "Say how the family and others come back to us.",
    )
    who_holds_worry = _long(
        "Who holds the worry from now on?",
        "By name and post, and whether they know and agree. If nobody is worried, say that.",
        "Say who holds the worry from now on. If nobody is worried, say that.",
    )

    def __init__(
        self, *arguments: Any, children: Sequence[tuple[str, str]], reasons: Iterable[Option], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        options = list(reasons)
        self.fields["children"].choices = children  # type: ignore[attr-defined]  # a field of choices
        reason = self.fields["reason"]
        reason.choices = [(one.key, str(one.label)) for one in options]  # type: ignore[attr-defined]  # a field of choices
        reason.option_hints = {one.key: str(one.hint) for one in options if one.hint}  # type: ignore[attr-defined]  # read by the field tag


class MattersForm(forms.Form):
    """What is open, each with room for what became of it and for why it is accepted; every one needs one of the two."""

    def __init__(self, *arguments: Any, matters: Sequence[Matter], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.matters = list(matters)
        for matter in self.matters:
            if not matter.stays:
                self.fields[outcome_of(matter)] = _short("What became of it")
            said = "Why you accept it" if matter.stays else "Or why you accept that it is open"
            self.fields[accepted_of(matter)] = _short(said)

    def clean(self) -> dict[str, Any]:
        """Every matter has its answer, or its own sentence beside it."""
        given: dict[str, Any] = super().clean() or {}
        for matter in self.matters:
            if not any(given.get(name, "").strip() for name in (outcome_of(matter), accepted_of(matter))):
                first = outcome_of(matter) if outcome_of(matter) in self.fields else accepted_of(matter)
                self.add_error(first, f"{matter.words}: say what became of it, or why you accept it.")
        return given

    @property
    def answers(self) -> Answers:
        """What was said of each, by what names it."""
        given = self.cleaned_data
        return {
            matter.name: Answer(given.get(outcome_of(matter), ""), given.get(accepted_of(matter), ""))
            for matter in self.matters
        }


def outcome_of(matter: Matter) -> str:
    """The name of the field for what became of it."""
    return f"outcome-{matter.kind}-{matter.subject.hex}"


def accepted_of(matter: Matter) -> str:
    """The name of the field for why it is accepted."""
    return f"accepted-{matter.kind}-{matter.subject.hex}"


def _short(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST)


class AuthoriseForm(MattersForm):
    """The same, with the day on which involvement ended."""

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["closed_on"] = DayField(
            today=today,
            label="On which day did involvement end?",
            help_text="Leave empty if it ends today.",
            required=False,
        )


class ReturnForm(forms.Form):
    """What is still to be done before it can end."""

    words = _long(
        "What is still to be done?",
        "Whoever carries the children reads this.",
        "Say what is still to be done before this can end.",
    )

"""The forms of an assessment. Nothing that is a judgement is chosen beforehand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from sightline.journeys.assess import ends_here
from sightline.journeys.open_matters import Answer, Answers, Matter
from sightline.practice.spec import Option, OptionList
from sightline.record.endings import LONGEST as LONGEST_REASON
from sightline.record.models import Passage
from sightline.web.assessments.parts import Part
from sightline.web.casework.forms import Choices, DayField
from sightline.web.endings.forms import accepted_of

LONGEST = 60_000
A_SENTENCE = 500
YES, SECOND, NO = "yes", "second", "no"
STANDS, ENDS = "stands", "ends"


def _choices(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices


class BeginForm(forms.Form):
    """For which children, and why now."""

    children = forms.MultipleChoiceField(
        label="Which children is it about?",
        help_text="One document for all of them. A child who has a document already brings it.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )
    why = forms.CharField(
        label="Why is an assessment begun now?",
        widget=forms.Textarea,
        max_length=A_SENTENCE,
        error_messages={"required": "Say why it is begun now.", "max_length": "Say it in 500 letters or fewer."},
    )

    def __init__(self, *arguments: Any, children: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _choices(self, "children", children)


class FactorsForm(forms.Form):
    """What was found for each child, and what the page showed when it was opened."""

    def __init__(
        self, *arguments: Any, options: OptionList, children: Iterable[tuple[UUID, str]],
        marked: Mapping[UUID, Sequence[str]], **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **named)
        for child, name in children:
            found = list(marked.get(child, ()))
            self.fields[f"f-{child}"] = forms.MultipleChoiceField(
                label=name,
                choices=[(one.code, str(one.label)) for one in options.options],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=found,
            )
            self.fields[f"s-{child}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=" ".join(found)
            )

    def changed(self, child: UUID) -> tuple[set[str], set[str]]:
        """What this page added, and what it took away; what somebody else marked meanwhile stays."""
        chosen, shown = set(self.cleaned_data[f"f-{child}"]), set(self.cleaned_data[f"s-{child}"].split())
        return chosen - shown, shown - chosen


class EvidenceForm(forms.Form):
    """What is asked, and for each professional a name and why not."""

    question = forms.CharField(
        label="What do you ask?",
        help_text="They read this, and the children's names. What you asked last stands here.",
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST,
    )
    other = forms.ChoiceField(label="Who?", required=False)
    other_name = forms.CharField(label="Their name", required=False, max_length=120)

    def __init__(self, *arguments: Any, proposed: Iterable[Any], others: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _choices(self, "other", [("", "Choose one"), *others])
        for one in proposed:
            self.fields[f"n-{one.agency_post}"] = forms.CharField(
                label="Their name", required=False, max_length=120, initial=one.name
            )
            self.fields[f"w-{one.agency_post}"] = forms.CharField(
                label="Why are they not asked?", required=False, max_length=300
            )

    @property
    def opens_other(self) -> bool:
        """Whether somebody who is not listed has been begun."""
        return bool(self["other"].value() or self["other_name"].value() or self["other"].errors)


class AnsweredForm(forms.Form):
    """What a professional answered another way than by the link, or that nobody waits for it any longer."""

    ANSWER, STOP = "answer", "stop"
    what = forms.ChoiceField(
        label="What happened?",
        choices=[(ANSWER, "They answered"), (STOP, "We no longer wait for their answer")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what happened."},
    )
    text = forms.CharField(label="What did they answer?", widget=forms.Textarea, required=False, max_length=LONGEST)
    told_by = forms.CharField(label="Who answered?", help_text="A name and a post.", required=False, max_length=200)
    handling = forms.ChoiceField(
        label="How may this be handled?", choices=[("", "Choose one"), *Passage.Handling.choices], required=False
    )
    because = forms.CharField(label="Why not?", required=False, max_length=200)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["what"].reveals = {self.ANSWER: ("text", "told_by", "handling"), self.STOP: ("because",)}  # type: ignore[attr-defined]  # read by the field tag

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") == self.ANSWER:
            for name, sentence in _ANSWERED.items():
                if not given.get(name, "").strip():
                    self.add_error(name, sentence)
        return given


_ANSWERED = {
    "text": "Write what they answered. If they know nothing, say so: that is an answer too.",
    "told_by": "Say who answered: a name and a post.",
    "handling": "Choose how this may be handled.",
}


class SendForm(forms.Form):
    """To whom it goes, and why parts are empty. No reason is asked for twice, and none is forced."""

    to_post = forms.ChoiceField(
        label="Which manager?", error_messages={"required": "Choose the manager whom it goes to."}
    )
    all_of_them = forms.CharField(
        label="One reason for all that have none above",
        widget=forms.Textarea,
        required=False,
        max_length=A_SENTENCE,
    )

    def __init__(self, *arguments: Any, posts: Choices, empty: Iterable[Part], **named: Any) -> None:
        super().__init__(*arguments, **named)
        _choices(self, "to_post", posts)
        self.empty = list(empty)
        for part in self.empty:
            self.fields[part.field] = forms.CharField(label=part.named, required=False, max_length=A_SENTENCE)

    def reason_of(self, part: Part) -> str:
        """The part's own reason, or the one for all of them, or nothing."""
        own = self.cleaned_data.get(part.field, "").strip()
        return str(own or self.cleaned_data.get("all_of_them", "").strip())


class SignForm(forms.Form):
    """A manager's decision about an assessment that was sent to them."""

    decision = forms.ChoiceField(
        label="Do you want to authorise this?",
        choices=[
            (YES, "Yes"),
            (SECOND, "Yes, and send it for a second check"),
            (NO, "No, return it for edits"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you authorise this."},
    )
    send_on_to = forms.ChoiceField(label="Who checks it next?", required=False)
    words = forms.CharField(
        label="What must be changed, and why?", widget=forms.Textarea, required=False, max_length=LONGEST
    )
    outcome = forms.ChoiceField(label="What does this assessment lead to?", widget=forms.RadioSelect, required=False)
    late_because = forms.CharField(
        label="Why later than due?", widget=forms.Textarea, required=False, max_length=A_SENTENCE
    )

    def __init__(
        self, *arguments: Any, outcomes: Sequence[Option], posts: Choices, late: bool, matters: Iterable[Matter] = (),
        **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **named)
        self.matters = list(matters)
        self.ending = [str(one.label) for one in outcomes if ends_here(one.key)]
        for matter in self.matters:
            said = f"Why do you accept that this stays open? {matter.words}"
            self.fields[accepted_of(matter)] = forms.CharField(label=said, required=False, max_length=LONGEST_REASON)
        outcome, decision = self.fields["outcome"], self.fields["decision"]
        _choices(self, "outcome", [(one.key, str(one.label)) for one in outcomes])
        _choices(self, "send_on_to", [("", "Choose one"), *posts])
        outcome.option_hints = {one.key: str(one.hint) for one in outcomes if one.hint}  # type: ignore[attr-defined]  # read by the field tag
        decision.reveals = {SECOND: ("send_on_to",), NO: ("words",)}  # type: ignore[attr-defined]  # as above
        decision.asking = {YES, SECOND}  # type: ignore[attr-defined]  # as above
        if not late:
            del self.fields["late_because"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        decision = given.get("decision")
        if decision == NO and not given.get("words", "").strip():
            self.add_error("words", "Say what must be changed, so that it can be.")
        if decision in {YES, SECOND} and not given.get("outcome"):
            self.add_error("outcome", "Choose what this assessment leads to.")
        if decision == SECOND and not given.get("send_on_to"):
            self.add_error("send_on_to", "Choose who checks it next.")
        if decision == YES and ends_here(given.get("outcome", "")):
            self._refuse_unaccepted(given)
        return given

    def _refuse_unaccepted(self, given: Mapping[str, Any]) -> None:
        for one in self.matters:
            name = accepted_of(one)
            if name not in self.errors and not given.get(name, "").strip():
                self.add_error(name, f"{one.words}: say why you accept that it stays open.")

    @property
    def accepted(self) -> Answers:
        """The reason for which a manager accepts by name each thing that stays open."""
        given = self.cleaned_data
        return {one.name: Answer(accepted_because=given.get(accepted_of(one), "")) for one in self.matters}

    @property
    def accepting(self) -> list[forms.BoundField]:
        """The fields in which they are accepted."""
        return [self[accepted_of(one)] for one in self.matters]

    @property
    def opens_accepting(self) -> bool:
        """Whether the reasons were begun, or are what is missing."""
        return any(field.value() or field.errors for field in self.accepting)


class StopForm(forms.Form):
    """Why a round ends without a signature."""

    because = forms.CharField(
        label="Why does it end without a signature?",
        help_text="For example: the family moved to another authority, which assesses them now.",
        widget=forms.Textarea,
        max_length=180,
        error_messages={
            "required": "Say why this assessment ends unsigned.",
            "max_length": "Say it in 180 letters or fewer.",
        },
    )


class FamilyForm(forms.Form):
    """One person's version, in words that they can read."""

    text = forms.CharField(
        label="What they will read",
        help_text="Write to them. Short sentences, and no words that only we use.",
        widget=forms.Textarea,
        max_length=LONGEST,
        error_messages={"required": "Write what they will read."},
    )


class GivenForm(forms.Form):
    """On which day somebody was given their version, and what they said."""

    how = forms.CharField(
        label="How was it given, and what did they say?",
        help_text="Leave empty if there is nothing to add.",
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST,
    )

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["given_on"] = DayField(
            today=today, label="On what day was it given?", help_text="Leave empty for today.", required=False
        )


class ConclusionForm(forms.Form):
    """Something concluded about an adult, its date, and what it rests on."""

    words = forms.CharField(
        label="What do you conclude?",
        help_text="For example: the mother is protective.",
        max_length=300,
        error_messages={"required": "Write the conclusion in one sentence."},
    )
    adult = forms.ChoiceField(label="About which adult?", required=False)
    basis = forms.CharField(
        label="What does it rest on?",
        help_text="What was seen or done, when, and who was living there.",
        widget=forms.Textarea,
        max_length=LONGEST,
        error_messages={"required": "Say what it rests on, so that a colleague can weigh it."},
    )
    children = forms.MultipleChoiceField(
        label="For which children?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )

    def __init__(self, *arguments: Any, adults: Choices, children: Choices, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _choices(self, "adult", [("", "Nobody in particular"), *adults])
        _choices(self, "children", children)
        self.fields["concluded_on"] = DayField(
            today=today, label="On what day?", help_text="Leave empty for today.", required=False
        )


class LookAgainForm(forms.Form):
    """Whether a conclusion still stands, now that something has changed or time has gone by."""

    stands = forms.ChoiceField(
        label="Does it still stand?",
        choices=[(STANDS, "Yes"), (ENDS, "No, it no longer stands")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it still stands."},
    )
    basis = forms.CharField(
        label="What does that rest on?",
        widget=forms.Textarea,
        max_length=LONGEST,
        error_messages={"required": "Say what that rests on."},
    )

"""The forms of plans. Nothing that is a judgement is chosen beforehand."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from sightline.plans.models import Agreement
from sightline.web.casework.forms import LONGEST, ONLY_ONE_LINE, DayField

Choices = Sequence[tuple[str, Any]]

NOT_DISCUSSED = "not_discussed"
LONGER_LINE = 300
NAME = 120


def long_text(label: str = "", hint: str = "", *, required: str = "", short: bool = False) -> forms.CharField:
    """A box for writing. `required` is the sentence for an empty one, where it may not be empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 2} if short else {}),
        max_length=LONGEST,
        error_messages={"required": required},
    )


def line(label: str = "", hint: str = "", *, required: str = "", longest: int = ONLY_ONE_LINE) -> forms.CharField:
    """One line of words."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(required), max_length=longest, error_messages={"required": required}
    )


def one_of(label: str = "", hint: str = "", *, required: str = "") -> forms.ChoiceField:
    """Radios, none of them chosen. The choices are given when the form is made."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.RadioSelect,
        error_messages={"required": required},
    )


def picked(label: str, hint: str = "", *, required: str = "") -> forms.ChoiceField:
    """A list to pick from."""
    return forms.ChoiceField(
        label=label, help_text=hint, required=bool(required), error_messages={"required": required}
    )


def several(label: str, hint: str = "", *, required: str) -> forms.MultipleChoiceField:
    """Checkboxes, of which at least one is ticked."""
    return forms.MultipleChoiceField(
        label=label, help_text=hint, widget=forms.CheckboxSelectMultiple, error_messages={"required": required}
    )


def offer(form: forms.Form, name: str, choices: Choices, *, hints: dict[str, str] | None = None) -> None:
    """Give a field what can be chosen in it, and what stands under each."""
    field: Any = form.fields[name]
    field.choices = choices
    field.option_hints = hints or {}


def reveal(form: forms.Form, name: str, shown: dict[str, tuple[str, ...]]) -> None:
    """Which fields a choice shows under it."""
    field: Any = form.fields[name]
    field.reveals = shown


def add_day(form: forms.Form, name: str, label: str, *, today: date, hint: str = "") -> None:
    """A day as people write it; none is an answer."""
    form.fields[name] = DayField(today=today, label=label, help_text=hint, required=False)


NO_AIM = "Say what is to be different, in the child's words or in yours."


def _aim(given: dict[str, Any]) -> bool:
    """Whether it is said what is to be different; the child's words are enough."""
    return bool(given.get("words", "").strip() or given.get("childs_words", "").strip())


class OutcomeForm(forms.Form):
    """What is to be different for one child or for all of them, and how we shall know."""

    FROM_PACK: ClassVar = {
        "childs_words": "outcome_childs_words",
        "words": "outcome",
        "how_we_know": "outcome_how_we_know",
    }
    childs_words = long_text(short=True)
    words = long_text(short=True)
    how_we_know = long_text(short=True)
    child = picked("Whom is it for?")

    def __init__(self, *arguments: Any, children: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if len(children) > 1:
            offer(self, "child", [("", "All the children of this plan"), *children])
        else:
            del self.fields["child"]

    @property
    def begun(self) -> bool:
        """Whether anything is written in it."""
        return any(self.cleaned_data.get(name, "").strip() for name in ("words", "childs_words", "how_we_know"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.begun and not _aim(given):
            self.add_error("words", NO_AIM)
        return given

    @property
    def child_key(self) -> UUID | None:
        """The one child that it is for; None for all of them."""
        chosen = self.cleaned_data.get("child")
        return UUID(chosen) if chosen else None


class ActionForm(forms.Form):
    """Who does what by when, and why. Anybody may do it; one of our posts sees that it is done."""

    FROM_PACK: ClassVar = {"who": "action_who", "why": "action_why"}
    what = line("What is to be done?")
    who = line()
    by_when = forms.CharField()
    why = line(longest=2_000)
    post = picked("Which of us sees that it is done?")

    def __init__(self, *arguments: Any, posts: Choices, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        add_day(self, "by_when", "By when?", today=today, hint="For example, 27 3 2027 or tomorrow.")
        offer(self, "post", [("", "Whoever carries the plan"), *posts])

    @property
    def begun(self) -> bool:
        """Whether there is something to be done."""
        return bool(self.cleaned_data.get("what", "").strip())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.begun and not given.get("who", "").strip():
            self.add_error("who", "Say who does it, so that it is somebody's.")
        if not self.begun and any(str(given.get(name) or "").strip() for name in ("who", "why", "by_when")):
            self.add_error("what", "Say what is to be done.")
        return given

    @property
    def post_key(self) -> UUID | None:
        """The post that sees to it; None where whoever carries the plan does."""
        chosen = self.cleaned_data.get("post")
        return UUID(chosen) if chosen else None


class TermsForm(forms.Form):
    """What holds for the whole plan."""

    FROM_PACK: ClassVar = {"contingency": "contingency", "further_action": "further_action"}
    contingency = long_text()
    further_action = long_text()


class HeldTermsForm(TermsForm):
    """The same on the page of a change, with a mark and the key of the words that it was shown with."""

    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)


class HeldOutcomeForm(forms.Form):
    """An outcome that the plan has: its words, which may be changed, and whether it has ended."""

    FROM_PACK: ClassVar = OutcomeForm.FROM_PACK
    childs_words = long_text(short=True)
    words = long_text(short=True)
    how_we_know = long_text(short=True)
    ended = forms.BooleanField(
        label="This outcome has ended",
        required=False,
        help_text="It is reached, or no longer what matters. It stays in the story of the plan.",
    )
    ended_because = line("Why has it ended?", longest=LONGER_LINE)
    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not _aim(given):
            self.add_error("words", NO_AIM)
        if given.get("ended") and not given.get("ended_because", "").strip():
            self.add_error("ended_because", "Say why this outcome has ended.")
        if not given.get("ended") and given.get("ended_because", "").strip():
            self.add_error("ended", "Say that it has ended, or take away why.")
        return given


class NewPlanForm(forms.Form):
    """What kind of plan it is, for whom, and who leads it."""

    kind = one_of("What kind of plan is it?", required="Choose what kind of plan it is.")
    children = several("Which children is it for?", required="Choose at least one child whom the plan is for.")
    lead = picked(
        "Who is the lead practitioner?",
        "The one whom the family turns to first.",
        required="Choose who the lead practitioner is.",
    )
    lead_name = line("Their name, where they do not work here", longest=NAME)
    post = picked("Which of us carries it?", "Where the lead practitioner works elsewhere, one of us carries it still.")

    def __init__(
        self, *arguments: Any, kinds: Choices, children: Choices, leads: Choices, posts: Choices, today: date,
        hints: dict[str, str], **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **named)
        offer(self, "kind", kinds, hints=hints)
        offer(self, "children", children)
        offer(self, "lead", [("", "Choose one"), *leads])
        offer(self, "post", [("", "Whoever leads it, or else I do"), *posts])
        add_day(self, "began_on", "When did it begin?", today=today, hint="Leave it empty if it begins today.")


class LeadForm(forms.Form):
    """Who leads from now on, and who comes on to the plan. Nothing in it is nothing changed."""

    lead = picked("Who is the lead practitioner from now on?")
    lead_name = line("Their name, where they do not work here", longest=NAME)
    post = picked("Which of us carries it from now on?", "What is to be done that they carried goes with it.")
    children = several("Put another child on this plan", required="")

    def __init__(
        self, *arguments: Any, leads: Choices, posts: Choices, children: Choices, today: date, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        offer(self, "post", [("", "As now"), *posts])
        offer(self, "lead", [("", "As now"), (US, "Whoever carries the plan here"), *leads])
        if not children:
            del self.fields["children"]
            return
        self.fields["children"].required = False
        offer(self, "children", children)
        add_day(self, "from_on", "From what day?", today=today, hint="Leave it empty if it is today.")


US = "us"


class AgreementForm(forms.Form):
    """What one person says of the plan. An empty one says nothing new."""

    FROM_PACK: ClassVar = {"words": "agreement_words"}
    said = one_of("Do they agree?")
    words = long_text(short=True)

    def __init__(self, *arguments: Any, called: str, today: date, withdrawal: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.called = called
        offers = [one for one in Agreement.Said if withdrawal or one != Agreement.Said.WITHDRAWN]
        offer(self, "said", [(one.value, one.label) for one in offers])
        self.fields["said"].label = f"Does {called} agree?"
        # What they said is asked once they said something.
        self.fields["said"].asking = {one.value for one in offers}  # type: ignore[attr-defined]  # read by the field tag
        add_day(self, "said_on", "On what day?", today=today, hint="Leave it empty if it was today.")

    @property
    def begun(self) -> bool:
        """Whether anything new was said."""
        return bool(self.cleaned_data.get("said"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("said") and given.get("words", "").strip():
            self.add_error("said", "Say whether they agree, beside what they said.")
        return given


class ReviewForm(forms.Form):
    """A review or core group: who was there and what was said."""

    FROM_PACK: ClassVar = {"attended": "review_attended"}
    attended = long_text(required="Say who was there.", short=True)
    text = long_text("What was said?", "What each said of how it is going, the child first.",
                     required="Write what was said.")  # fmt: skip
    late_because = line("Why was it held later than it was due?", "Leave it empty if it was held in time.", longest=500)
    then = one_of("What should happen next?", required="Choose what should happen next.")

    def __init__(self, *arguments: Any, then: Choices, hints: dict[str, str], late: bool, **named: Any) -> None:
        today = named.pop("today")
        super().__init__(*arguments, **named)
        offer(self, "then", then, hints=hints)
        add_day(self, "held_on", "When was it held?", today=today, hint="Leave it empty if it was today.")
        if not late:
            del self.fields["late_because"]


class ProgressForm(forms.Form):
    """How far one outcome has come, on a scale, with words."""

    FROM_PACK: ClassVar = {"scale": "progress_scale", "words": "progress_words"}
    scale = one_of(required="Choose a number, or that it was not discussed.")
    words = long_text(short=True)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        numbers = [(str(number), str(number)) for number in range(11)]
        offer(self, "scale", [*numbers, (NOT_DISCUSSED, "Not discussed")])

    @property
    def number(self) -> int | None:
        """The place on the scale; None where it was not discussed."""
        given = self.cleaned_data["scale"]
        return None if given == NOT_DISCUSSED else int(given)


class SignatureForm(forms.Form):
    """Whether one person signed the plan, or why not."""

    FROM_PACK: ClassVar = {"not_signed_because": "not_signed_because"}
    name = line("Name", longest=ONLY_ONE_LINE)
    capacity = line("What are they to the child?", longest=NAME)
    signed = one_of("Did they sign?")
    not_signed_because = line("Why not?", longest=LONGER_LINE)

    def __init__(self, *arguments: Any, called: str = "", today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.called = called
        offer(self, "signed", [("yes", "Signed"), ("no", "Did not sign")])
        add_day(self, "signed_on", "On what day?", today=today, hint="Leave it empty if it was today.")
        reveal(self, "signed", {"yes": ("signed_on",), "no": ("not_signed_because",)})
        if called:
            self.fields["signed"].label = f"Did {called} sign?"
            # Who they are stands above the question.
            del self.fields["name"], self.fields["capacity"]

    @property
    def begun(self) -> bool:
        """Whether this row says anything."""
        return bool(self.cleaned_data.get("signed") or self.cleaned_data.get("name", "").strip())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.called and given.get("signed") and not given.get("name", "").strip():
            self.add_error("name", "Say who this is.")
        if given.get("name", "").strip() and not given.get("signed"):
            self.add_error("signed", "Say whether they signed.")
        if given.get("signed") == "no" and not given.get("not_signed_because", "").strip():
            self.add_error("not_signed_because", "Say why they did not sign.")
        return given

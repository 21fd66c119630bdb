"""The forms of what a conference decided, all of them on one page. Nothing that is a judgement is chosen beforehand."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from sightline.access.rules import SECTION_LABELS
from sightline.conferences.models import Invitee, MeetingChild, View
from sightline.record.models import Passage
from sightline.web.asked import key_in
from sightline.web.casework.forms import MARKS
from sightline.web.plans.forms import (
    NAME,
    Choices,
    TermsForm,
    add_day,
    line,
    long_text,
    offer,
    one_of,
    picked,
    reveal,
)
from sightline.web.visits.forms import MomentField

There, Spoken, Part, Decided = Invitee.Attendance, Invitee.View, MeetingChild.Part, MeetingChild.Decision
ON_A_PLAN = (Decided.GOES_ON, Decided.ENDS)
NOT_ON_A_PLAN = (Decided.PLAN, Decided.NO_PLAN)
WITH_PLAN = (Decided.PLAN, Decided.GOES_ON)
LONGEST_REASON = 500
NOT_SAID = ("", "Choose one")


class HeldForm(forms.Form):
    """When the conference was held, why it went ahead with too few there, and when the next one is."""

    alone_because = line(
        "If too few agencies were there, why did it go ahead?",
        "Leave it empty where enough were there.",
        longest=LONGEST_REASON,
    )

    late_because = line(
        "Why was it held later than it was due?", "Leave it empty if nobody knows.", longest=LONGEST_REASON
    )

    def __init__(self, *arguments: Any, today: date, planned: str, next_due: str, late: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not late:
            del self.fields["late_because"]
        hint = f"Leave it empty if it was when planned: {planned}." if planned else "For example, today 9.30."
        self.fields["held_at"] = MomentField(today=today, label="When was it held?", help_text=hint, required=False)
        add_day(self, "next_on", "When is the next conference?", today=today, hint=next_due)


class InviteeForm(forms.Form):
    """One invitee: whether they were there, and what they think. The two are asked apart."""

    attendance = picked("Were they there?", required="Say whether {} was there.")
    deputy = line("Who came for them?", longest=NAME)
    view = picked("Did they give a view?", required="Say whether {} gave a view.")
    for_plan = picked("What would they decide?")
    words = long_text("What did they say, in their words?", short=True)

    def __init__(self, *arguments: Any, name: str, excluded: bool, wrote: bool, family: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.name = name
        for field in ("attendance", "view"):
            required = self.fields[field].error_messages["required"]
            self.fields[field].error_messages["required"] = required.format(name)
        offer(self, "attendance", [NOT_SAID, *There.choices])
        offer(self, "view", [NOT_SAID, *((one.value, one.label) for one in Spoken if not (wrote and one == "none"))])
        offer(self, "for_plan", [("", "Not said"), *View.ForPlan.choices])
        if wrote:
            # What they wrote stands already; leaving this empty adds nothing to it.
            self.fields["view"].required = False
            self.fields["view"].help_text = "What they wrote stands above. Add only what is new."
        if excluded:
            del self.fields["attendance"], self.fields["deputy"]
        if family:
            self.fields["for_plan"].label = "Do they think that the children need a plan?"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wrote = bool(given.get("words", "").strip() or given.get("for_plan"))
        if wrote and given.get("view") in {"", Spoken.NONE}:
            self.add_error("view", f"Say whether {self.name} spoke or wrote, so that their words are kept.")
        if given.get("view") == Spoken.SPOKEN and not wrote:
            self.add_error("words", f"Write what {self.name} said.")
        if given.get("deputy") and given.get("attendance") != There.DEPUTY:
            self.add_error("attendance", "Choose that somebody came for them, or take the name away.")
        return given

    @property
    def begun(self) -> bool:
        """Whether anything is said in it, so that it is not folded away."""
        return any(str(self[name].value() or "").strip() for name in ("for_plan", "words"))


class ChildForm(forms.Form):
    """One child: their part in the conference, and what it decided for them."""

    part = one_of(required="Say what part {} took in the conference.")
    part_words = long_text(short=True)
    decision = one_of(required="Choose what was decided for {}.")
    category = one_of("What is the main category?")
    others = forms.MultipleChoiceField(
        label="Does another category apply as well?", required=False, widget=forms.CheckboxSelectMultiple
    )
    reasons = long_text("Why?", "What the conference saw as harm, or as likely harm, and what makes the child safe.",
                        required="Write why it was decided for {}.")  # fmt: skip

    def __init__(
        self, *arguments: Any, name: str, on_plan: bool, born: bool, known: bool, categories: Choices, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.name = name
        for field in ("part", "decision", "reasons"):
            required = self.fields[field].error_messages["required"]
            self.fields[field].error_messages["required"] = required.format(name)
        self.fields["part"].label = f"What part did {name} take?"
        self.fields["part_words"].label = f"What {name} wanted the conference to know"
        self.fields["decision"].label = f"What was decided for {name}?"
        offer(self, "part", Part.choices)
        offer(self, "decision", [(one.value, one.label) for one in (ON_A_PLAN if on_plan else NOT_ON_A_PLAN)])
        offer(self, "category", categories)
        offer(self, "others", categories)
        reveal(self, "decision", {WITH_PLAN[on_plan].value: ("category", "others")})
        if known:
            self.fields["part"].required = False
        if not born:
            del self.fields["part"], self.fields["part_words"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        planned = given.get("decision") in WITH_PLAN
        if planned and not given.get("category"):
            self.add_error("category", f"Name the main category for {self.name}.")
        if given.get("decision") and not planned and (given.get("category") or given.get("others")):
            # Chosen and then hidden by another decision: it is not what was decided.
            given |= {"category": "", "others": []}
        if given.get("category") in given.get("others", []):
            given["others"] = [one for one in given["others"] if one != given["category"]]
        return given


class DissentForm(forms.Form):
    """Somebody who does not agree with what was decided for a child, in their words."""

    invitee = picked("Who does not agree?")
    words = long_text("In their own words", short=True)

    def __init__(self, *arguments: Any, invitees: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "invitee", [("", "Nobody"), *invitees])

    @property
    def begun(self) -> bool:
        """Whether somebody is said not to agree."""
        return bool(self.cleaned_data.get("invitee"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("words", "").strip() and not given.get("invitee"):
            self.add_error("invitee", "Say whose words these are.")
        if given.get("invitee") and not given.get("words", "").strip():
            self.add_error("words", "Write in their own words why they do not agree.")
        return given


class ParagraphForm(forms.Form):
    """One paragraph of the discussion: about whom, how it may be handled, and who is not to have it."""

    text = long_text()
    about = forms.MultipleChoiceField(
        label="Which children is it about?",
        help_text="It is about all of them where you tick none.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    section = forms.ChoiceField(
        label="What kind of information is it?", required=False,
        choices=[(str(one), str(SECTION_LABELS[one])) for one in MARKS],
    )  # fmt: skip
    handling = forms.ChoiceField(label="How may it be handled?", required=False, choices=Passage.Handling.choices)
    kept_from = forms.MultipleChoiceField(
        label="Who did not hear it, and is not to have it?",
        help_text="It is left out of their letter.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, number: int, children: Choices, invitees: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.number = number
        self.fields["text"].label = "What was said?" if number == 1 else f"Paragraph {number}"
        offer(self, "about", children)
        offer(self, "kept_from", invitees)
        if len(children) < 2:
            del self.fields["about"]

    @property
    def begun(self) -> bool:
        """Whether something is written in it."""
        return bool(self.cleaned_data.get("text", "").strip())

    @property
    def marked(self) -> bool:
        """Whether it is marked otherwise than as ordinary words for everybody."""
        values = [self[name].value() for name in self.fields if name in {"about", "kept_from"}]
        return any(values) or any((self[name].value() or "ordinary") != "ordinary" for name in ("section", "handling"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text", "").strip() and (given.get("kept_from") or given.get("about")):
            self.add_error("text", "Write what was said, or take away the ticks beneath it.")
        return given


def keys_in(values: Sequence[str]) -> tuple[UUID, ...]:
    """The keys that were ticked."""
    return tuple(key for one in values if (key := key_in(one)) is not None)


class OutlineTermsForm(TermsForm):
    """What holds for the whole plan: what is done if it does not work, and when the authority goes to court."""

    FROM_PACK: ClassVar = {"contingency": "contingency"}
    further_action = long_text(
        "At which point will we go to court?",
        "What would have to happen. The family should hear it from us first.",
    )

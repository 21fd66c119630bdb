"""The forms of a core group, all of them on one page. Nothing that is a judgement is chosen beforehand."""

from datetime import date
from typing import Any

from django import forms

from sightline.web.conferences.outcome_forms import LONGEST_REASON, NOT_SAID, Part, Spoken, There
from sightline.web.plans.forms import LONGER_LINE, NAME, add_day, line, long_text, offer, one_of, picked
from sightline.web.visits.forms import MomentField


class CoreGroupForm(forms.Form):
    """When it was held, what was said, the parents' part, and when the next one is."""

    text = long_text("What was said and decided?", "How it is going, the children first.",
                     required="Write what was said and decided.")  # fmt: skip
    parents = long_text("What part did the parents take?", "What they said of it, or why they were not there.")
    late_because = line("Why was it held later than it was due?", "Leave it empty if nobody knows.",
                        longest=LONGEST_REASON)  # fmt: skip

    def __init__(self, *arguments: Any, today: date, next_due: str, late: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        hint = "Leave it empty if it is over just now. For example, today 9.30."
        self.fields["held_at"] = MomentField(today=today, label="When was it held?", help_text=hint, required=False)
        add_day(self, "next_on", "When is the next one?", today=today, hint=next_due)
        if not late:
            del self.fields["late_because"]


class MemberForm(forms.Form):
    """One who belongs to the core group: whether they were there, and what they think. The two are asked apart."""

    attendance = picked("Were they there?")
    deputy = line("Who came for them?", longest=NAME)
    view = picked("Did they give a view?")
    words = long_text("What did they say, in their words?", short=True)

    def __init__(self, *arguments: Any, name: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.name = name
        offer(self, "attendance", [NOT_SAID, *There.choices])
        offer(self, "view", [NOT_SAID, *Spoken.choices])

    @property
    def begun(self) -> bool:
        """Whether they are of this core group."""
        return bool(self.cleaned_data.get("attendance"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        words, view, there = given.get("words", "").strip(), given.get("view"), given.get("attendance")
        if not there and (words or view or given.get("deputy")):
            self.add_error("attendance", f"Say whether {self.name} was there.")
        if there and not view:
            self.add_error("view", f"Say whether {self.name} gave a view.")
        if words and view == Spoken.NONE:
            self.add_error("view", f"Say whether {self.name} spoke or wrote, so that their words are kept.")
        if view in {Spoken.SPOKEN, Spoken.WRITTEN} and not words:
            self.add_error("words", f"Write what {self.name} said.")
        if given.get("deputy") and there != There.DEPUTY:
            self.add_error("attendance", "Choose that somebody came for them, or take the name away.")
        return given


class OtherForm(MemberForm):
    """Somebody whom the record does not name among those who work with the children."""

    who = line("Who else?", "Their name, and what they are: for example Ann Bell, grandmother.", longest=NAME)
    field_order = ("who", "attendance", "view", "deputy", "words")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("attendance") and not given.get("who", "").strip():
            self.add_error("who", "Say who this is.")
        if given.get("who", "").strip() and not given.get("attendance"):
            self.add_error("attendance", "Say whether they were there.")
        return given


class PartForm(forms.Form):
    """One child's part in it."""

    part = one_of(required="Say what part {} took.")
    words = long_text(short=True)

    def __init__(self, *arguments: Any, name: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["part"].error_messages["required"] = f"Say what part {name} took."
        self.fields["part"].label = f"What part did {name} take?"
        self.fields["words"].label = f"What {name} wanted everybody to know"
        offer(self, "part", Part.choices)


class DoneForm(forms.Form):
    """What came of something that was agreed; an empty one is still to do."""

    outcome = line("What came of it?", "Leave it empty while it is still to do.", longest=LONGER_LINE)

    @property
    def begun(self) -> bool:
        """Whether it is done, or will not be."""
        return bool(self.cleaned_data.get("outcome", "").strip())

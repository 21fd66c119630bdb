"""The forms of strategy discussions and enquiries. Nothing that is a judgement is chosen beforehand."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from sightline.enquiries.models import Discussion, DiscussionChild, EnquiryChild, TookPart
from sightline.record.models import Passage
from sightline.web.casework.forms import FilesField, handling_field, section_field
from sightline.web.plans.forms import (
    LONGER_LINE,
    NAME,
    Choices,
    add_day,
    line,
    long_text,
    offer,
    one_of,
    picked,
    reveal,
)
from sightline.web.plans.forms import several as chosen_of
from sightline.web.visits.forms import MomentField

LONG_LINE = 500
AGENCY, KIND = "agency:", "kind:"
"""What tells a post at an agency from a kind of agency in one list."""


def moment(form: forms.Form, name: str, label: str, *, today: date, hint: str = "", required: str = "") -> None:
    """A day and a time; where it may be empty, empty is None."""
    form.fields[name] = MomentField(
        today=today,
        label=label,
        help_text=hint or "For example, today 9.30 or yesterday at 4pm.",
        required=bool(required),
        error_messages={"required": required},
    )


def because(label: str, hint: str = "") -> forms.CharField:
    """A reason in a sentence or two."""
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONG_LINE, widget=forms.Textarea(attrs={"rows": 2})
    )


class AskForm(forms.Form):
    """Two fields: which children, and why."""

    children = chosen_of("Which children?", required="Choose at least one child.")
    why = long_text("Why?", required="Say what you are worried about, in a sentence or two.")
    discussion = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, children: Choices, hint: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "children", children)
        self.fields["why"].help_text = hint


class HeldForm(forms.Form):
    """When and how it was held, and what it agreed for all the children."""

    how = one_of("How was it held?")
    manner = one_of("If there is an enquiry, who makes it?")
    medical = one_of("Is a medical examination needed?")
    medical_because = because("Why, or why not?")
    safety = long_text("How are the children kept safe meanwhile?", "Who is with them tonight, and who is not.")
    alone_because = because(
        "Was it held without the police, or without health? Why?",
        "Who was tried, and when. What they know can be added as soon as they answer.",
    )

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        moment(self, "held_at", "When was it held?", today=today, required="Enter the day and the time.")
        offer(self, "how", Discussion.How.choices)
        offer(self, "manner", Discussion.Manner.choices)
        offer(self, "medical", Discussion.Medical.choices)
        self.order_fields(["held_at", "how"])


HANDLING_HINT = "It stays on these words wherever they are shown."


class TookPartForm(forms.Form):
    """Somebody who took part, or was asked and did not, with what they shared.

    `kind` is fixed for the rows that are always there; any other row is asked which agency it is.
    """

    who = picked("Which post?")
    name = line("Name", longest=NAME)
    role = line("What they are", "For example, detective sergeant.", longest=NAME)
    there = one_of("Did they take part?")
    because = line("Why not?", "Who was tried, and when.", longest=LONGER_LINE)
    shared = long_text("What they shared, or said was not known")
    about = picked("Whom is it about?")
    handling = picked("How may it be handled?", HANDLING_HINT)

    def __init__(self, *arguments: Any, posts: Choices, children: Choices, of_kind: str = "", **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kind = of_kind
        first = ("", "Choose who" if of_kind else "Choose which agency")
        offer(self, "who", [first, *posts])
        if not of_kind:
            self.fields["who"].label = "From which agency?"
        offer(self, "there", TookPart.There.choices)
        reveal(self, "there", {TookPart.There.NOT_THERE: ("because",)})
        offer(self, "handling", [(str(key), str(words)) for key, words in Passage.Handling.choices])
        if len(children) > 1:
            offer(self, "about", [("", "All the children"), *children])
        else:
            del self.fields["about"]

    @property
    def begun(self) -> bool:
        """Whether anything is said in it."""
        given = self.cleaned_data
        return any(str(given.get(name) or "").strip() for name in ("who", "name", "role", "there", "because", "shared"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.begun and not self.kind and not given.get("who"):
            self.add_error("who", "Choose which agency this was.")
        if self.begun and not given.get("there"):
            self.add_error("there", "Say whether they took part.")
        return given


class DecisionForm(forms.Form):
    """What is decided for one child, and why."""

    outcome = one_of("What is decided?")
    reasons = long_text("Why?", "What was known, what it means for this child, and what was considered and not done.")

    def __init__(self, *arguments: Any, name: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["outcome"].label = f"What is decided for {name}?"
        offer(self, "outcome", DiscussionChild.Outcome.choices, hints=WILL_DO)

    @property
    def said_something(self) -> bool:
        """Whether something was decided here."""
        return bool(self.cleaned_data.get("outcome"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") and not given.get("reasons", "").strip():
            self.add_error("reasons", "Write why, for this child.")
        if given.get("reasons", "").strip() and not given.get("outcome"):
            self.add_error("outcome", "You wrote why. Say what is decided.")
        return given


WILL_DO: dict[str, str] = {
    DiscussionChild.Outcome.ENQUIRY: "Opens the enquiry, and counts the days to a conference from this discussion.",
    DiscussionChild.Outcome.ASSESSMENT: "Asks for an assessment.",
    DiscussionChild.Outcome.GOES_ON: "Nothing new begins.",
    DiscussionChild.Outcome.NOTHING_MORE: "Nothing ends by itself: ending our involvement is asked for on the record.",
}


class ConclusionForm(forms.Form):
    """What the enquiry found for one child."""

    outcome = one_of("What did the enquiry find?")
    no_conference_because = because("If there will be no conference, why not?", "Leave it empty if there will be one.")
    reasons = long_text("Why?", "What was found, what the child said, and what it means for this child.")
    pictures = one_of("Were photographs, body maps or recordings seen?")
    media_because = because("Why were they not seen?")
    late_because = because("If it is later than it should be, why?")

    def __init__(self, *arguments: Any, name: str, today: date, may_go_without: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["outcome"].label = f"What did the enquiry find for {name}?"
        offer(self, "outcome", EnquiryChild.Outcome.choices, hints=LEADS_TO)
        if may_go_without:
            reveal(self, "outcome", {EnquiryChild.Outcome.CONTINUING_RISK: ("no_conference_because",)})
        else:
            del self.fields["no_conference_because"]
        offer(self, "pictures", EnquiryChild.Media.choices)
        reveal(self, "pictures", {EnquiryChild.Media.NOT_SEEN: ("media_because",)})
        add_day(self, "concluded_on", "When was it concluded?", today=today, hint="Leave it empty if it is today.")

    @property
    def said_something(self) -> bool:
        """Whether something was concluded for this child here."""
        return bool(self.cleaned_data.get("outcome"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("outcome"):
            if given.get("reasons", "").strip() or given.get("pictures"):
                self.add_error("outcome", "Say what the enquiry found for this child.")
            return given
        if not given.get("reasons", "").strip():
            self.add_error("reasons", "Write why, for this child.")
        if not given.get("pictures"):
            self.add_error("pictures", "Say whether photographs, body maps or recordings were seen.")
        return given


class AccountForm(forms.Form):
    """What was done or learned in an enquiry, with what shows it."""

    words = long_text("What was done or learned?", required="Write what was done or learned.")
    told_by = line("Who told us?")
    about = forms.MultipleChoiceField(
        label="Which children is it about?",
        help_text="Leave it empty if it is about all of them.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    documents = FilesField(
        label="Attach photographs, body maps, recordings or reports", help_text="Each up to 25 MB.", required=False
    )
    section = section_field()
    handling = handling_field()

    def __init__(self, *arguments: Any, children: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "about", children)
        if len(children) < 2:
            del self.fields["about"]


LEADS_TO: dict[str, str] = {
    EnquiryChild.Outcome.CONTINUING_RISK: "Asks for a child protection conference, and tells the manager.",
    EnquiryChild.Outcome.NO_CONTINUING_RISK: "No conference is asked for. Help goes on as it is planned.",
    EnquiryChild.Outcome.NOT_SUBSTANTIATED: "No conference is asked for. Help goes on where the family wants it.",
}


def chosen_post(value: str) -> tuple[UUID | None, str]:
    """The post at an agency that was chosen, or the kind of agency without one."""
    if value.startswith(AGENCY):
        return UUID(value.removeprefix(AGENCY)), ""
    return None, value.removeprefix(KIND) if value.startswith(KIND) else ""

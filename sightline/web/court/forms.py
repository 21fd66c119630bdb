"""The forms of pre-proceedings: four questions at most. Nothing that is a judgement is chosen beforehand."""

from datetime import date
from typing import Any

from django import forms

from sightline.court.rules import DAYS, FIRST, FOLLOWING
from sightline.web.casework.forms import FilesField
from sightline.web.plans.forms import Choices, add_day, line, long_text, offer, one_of, several

FILES = "Each up to 25 MB."
YES, NO, NOT_YET = "yes", "no", "not_yet"


class OfSeveral(forms.Form):
    """What happened for one child or several of those for whom pre-proceedings go on."""

    about = forms.MultipleChoiceField(
        label="For which children?",
        help_text="Leave it empty if it is for all of them.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *arguments: Any, children: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "about", children)
        if len(children) < 2:
            del self.fields["about"]


class BeginForm(forms.Form):
    """That pre-proceedings begin, for whom and why."""

    children = several("For which children?", required="Choose at least one child.")
    why = long_text(
        "Why?", "What is feared, what was tried, and what must change.", required="Write why pre-proceedings begin."
    )
    advice = long_text("What was the legal advice?", "Only those who may read legal advice see it.", short=True)

    def __init__(self, *arguments: Any, children: Choices, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "children", children)
        add_day(self, "decided_on", "When was it decided?", today=today, hint="Leave it empty if it is today.")
        self.order_fields(["children", "decided_on"])


class LetterForm(OfSeveral):
    """The letter before proceedings was sent."""

    words = long_text("How, and to whom?", short=True)
    documents = FilesField(label="Attach the letter", help_text=FILES, required=False)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        add_day(self, "sent_on", "When was it sent?", today=today, hint="Leave it empty if it is today.")
        self.order_fields(["about", "sent_on"])


class FamilyForm(OfSeveral):
    """Whether family group decision making was offered, and came about."""

    offered = one_of("Was a family group decision making meeting offered?", required="Say whether it was offered.")
    held = one_of("Has it taken place?")
    words = long_text("What did the family say, or decide?")

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "offered", [(YES, "Yes"), (NO, "No")])
        offer(self, "held", [(YES, "Yes"), (NO, "No, and it will not"), (NOT_YET, "Not yet")])


class MeetingForm(OfSeveral):
    """A meeting with the parents and their lawyers. Once there was a first, every other is a review."""

    kind = one_of("Which meeting was it?", required="Choose which meeting it was.")
    words = long_text("Who was there, and what was agreed?", required="Write who was there, and what was agreed.")
    documents = FilesField(label="Attach the minutes", help_text=FILES, required=False)

    def __init__(self, *arguments: Any, today: date, had_first: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "kind", [(FIRST, "The first meeting"), (FOLLOWING, "A review meeting")])
        if had_first:
            del self.fields["kind"]
        add_day(self, "held_on", "When was it held?", today=today, hint="Leave it empty if it is today.")
        self.order_fields(["about", "kind", "held_on"])


class DecideForm(OfSeveral):
    """How pre-proceedings end."""

    outcome = one_of("What is decided?", required="Choose what is decided.")
    why = long_text("Why?", required="Write why.")
    advice = long_text("What was the legal advice?", "Only those who may read legal advice see it.", short=True)

    def __init__(self, *arguments: Any, today: date, outcomes: Choices, hints: dict[str, str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "outcome", outcomes, hints=hints)
        add_day(self, "decided_on", "When was it decided?", today=today, hint="Leave it empty if it is today.")
        self.order_fields(["about", "outcome", "decided_on"])


class AppliedForm(OfSeveral):
    """The court was applied to."""

    words = long_text("Which court, and for what order?", short=True)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        add_day(self, "applied_on", "When was the court applied to?", today=today,
                hint="Leave it empty if it is today.")  # fmt: skip
        add_day(self, "letter_of_issue_on", "When were the parents told in a letter?", today=today,
                hint="Leave it empty if they were not yet.")  # fmt: skip
        self.order_fields(["about", "applied_on", "letter_of_issue_on"])


class DatesForm(forms.Form):
    """One date that is put right, and why."""

    which = one_of("Which date is wrong?", required="Choose which date is wrong.")
    because = line("Why is it put right?", longest=300, required="Say why it is put right.")

    def __init__(self, *arguments: Any, today: date, stood: dict[str, str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "which", [(name, f"The day on which {words}") for name, words in DAYS.items()], hints=stood)
        add_day(self, "day", "What is the right date?", today=today, hint="Leave it empty if it did not happen.")
        self.order_fields(["which", "day"])

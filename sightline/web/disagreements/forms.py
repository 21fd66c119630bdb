"""The forms of a disagreement. Nothing that is a judgement is chosen beforehand."""

from datetime import date
from typing import Any

from django import forms

from sightline.disagreements.rules import LONGEST_ABOUT, LONGEST_NAME
from sightline.practice.spec import Option
from sightline.web.plans.forms import Choices, add_day, line, long_text, offer, one_of, picked, reveal, several


class RaiseForm(forms.Form):
    """Who does not agree about what, what each says, and how the children are kept safe meanwhile."""

    about = line("What is it about?", required="Say in a sentence what they do not agree about.",
                 longest=LONGEST_ABOUT)  # fmt: skip
    side = picked("Who does not agree?", required="Choose who does not agree.")
    words = long_text("What do they say?", "In their own words.",
                      required="Write what they say, in their own words.")  # fmt: skip
    with_words = long_text("What does the other side say?", "In their own words. They can also add it later.")
    safety = long_text("How are the children kept safe until it is resolved?")
    name = line("Their name, where it is not in the list", longest=LONGEST_NAME)
    with_whom = picked("With whom do they not agree?")
    with_name = line("Their name, where it is not in the list", longest=LONGEST_NAME)
    children = several("Which children is it about?", required="Choose the child or children whom it is about.")
    post = picked("Which of us carries it, until the two of them have settled it?")

    def __init__(
        self, *arguments: Any, children: Choices, sides: Choices, posts: Choices, today: date, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        offer(self, "side", [("", "Choose one"), *sides])
        offer(self, "with_whom", [("", "With me"), *sides])
        offer(self, "children", children)
        offer(self, "post", [("", "I do"), *posts])
        add_day(self, "raised_on", "When did they say so?", today=today, hint="Leave it empty if it was today.")


class SayForm(forms.Form):
    """What one side says now, beside what was said before."""

    side = picked("Whose words are these?", required="Choose whose words these are.")
    name = line("Their name, where somebody else says it", longest=LONGEST_NAME)
    words = long_text("What do they say?", "In their own words. What they said before stands.",
                      required="Write what they say, in their own words.")  # fmt: skip

    def __init__(self, *arguments: Any, sides: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "side", [("", "Choose one"), *sides])


class SafetyForm(forms.Form):
    """How the children are kept safe until it is resolved."""

    words = long_text(
        "How are the children kept safe until it is resolved?",
        "What was written before stands above it.",
        required="Say how the children are kept safe meanwhile.",
    )


class EscalateForm(forms.Form):
    """What came of this stage, and who resolves it at the next one."""

    came_of = long_text("What came of this stage?", "Whether they met, and what each could not accept.",
                        required="Say what came of this stage, also where nobody would meet.")  # fmt: skip
    post = picked("Which of us carries it from now on?", required="Choose which of us carries it from now on.")
    resolver = line("Who resolves it, by name, where it is somebody else?", longest=LONGEST_NAME)
    stage = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, posts: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "post", [("", "Choose one"), *posts])


class ResolveForm(forms.Form):
    """How it was resolved, what came of it, and what was learned."""

    how = one_of("How was it resolved?", required="Choose how it was resolved.")
    came_of = long_text("What was decided, and why?", required="Say what came of it: what was decided, and why.")
    learned = long_text("What was learned?", "What you would do otherwise, or do again.")

    def __init__(self, *arguments: Any, answers: tuple[Option, ...], today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "how", [(one.key, str(one.label)) for one in answers])
        add_day(self, "resolved_on", "When was it resolved?", today=today, hint="Leave it empty if it was today.")


class TellForm(forms.Form):
    """The words, and how they reach them."""

    text = long_text("The message", "It is drafted for you. Read it, and change what needs changing.",
                     required="The message has no words in it.")  # fmt: skip
    means = one_of("How will they be told?", required="Choose how they are told.")
    call_words = line("Whom did you speak to, when, and what did they say?", longest=300)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "means", MEANS)
        reveal(self, "means", {"call": ("call_words",)})


MEANS = (
    ("link", "By secure link; you read the code to them over the phone"),
    ("call", "In a call that you record here"),
)

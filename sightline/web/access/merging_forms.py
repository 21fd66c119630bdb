"""The forms of one person under two keys. Nothing in them is chosen beforehand."""

from typing import Any

from django import forms

from sightline.web.plans.forms import Choices, line, long_text, offer, one_of


class FindForm(forms.Form):
    """Under which name, number or date of birth somebody may be registered a second time."""

    words = line(
        "Who may be the same person?",
        "Name, date of birth, postcode or number, in any order.",
        required="Type a name, a date of birth, a postcode or a number.",
        longest=200,
    )


class SameForm(forms.Form):
    """Under which record both go on, and how somebody knows that they are one."""

    goes_on = one_of(
        "Under which record do both go on?",
        "Nothing is moved, and you can end the link again.",
        required="Choose under which record both go on.",
    )
    reason = long_text(
        "How do you know that they are one person?",
        "For example: the same NHS number; their mother said so on a visit.",
        required="Say how you know that they are one person.",
        short=True,
    )

    def __init__(self, *arguments: Any, records: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "goes_on", records)


class TwoForm(forms.Form):
    """How somebody knows that they are two people after all."""

    reason = long_text(
        "How do you know that they are two people?", required="Say how you know that they are two people.", short=True
    )

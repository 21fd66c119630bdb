"""The forms of a letter: its words, why it is not sent, and that it was given."""

from datetime import date
from typing import Any

from django import forms

from sightline.web.plans.forms import LONGER_LINE, add_day, line, long_text


class LetterForm(forms.Form):
    """What the recipient reads. `base` is the saving from which the words were begun."""

    text = long_text("What they will read", required="Write what they will read.")
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class NotSentForm(forms.Form):
    """Why nothing goes to somebody."""

    because = line("Why is it not sent?", required="Say why it is not sent.", longest=LONGER_LINE)


class CallForm(forms.Form):
    """That somebody at an agency was told by phone, since no link reaches them."""

    call_words = line("Whom did you speak to, and when?", "For example: Bea Lund, at 10.15 today.",
                      required="Say whom you spoke to and when.", longest=LONGER_LINE)  # fmt: skip


class GivenForm(forms.Form):
    """On which day a letter was given by hand, and how."""

    how = line("How was it given?", "For example: read through with her at home.", required="Say how it was given.",
               longest=LONGER_LINE)  # fmt: skip

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        add_day(self, "given_on", "On which day?", today=today, hint="Leave it empty if it was today.")
        self.order_fields(["given_on", "how"])

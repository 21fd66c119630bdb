"""The forms of emergency access and of one person under two keys. Nothing in them is chosen beforehand."""

from typing import Any

from django import forms

from sightline.access.models import EmergencyAccess
from sightline.web.plans.forms import long_text, offer, one_of


class EmergencyForm(forms.Form):
    """Why a record is needed now."""

    reason = one_of("Why do you need to read this record now?", required="Choose why you need to read this record now.")
    words = long_text(
        "What is happening?",
        "In your own words. Whoever works with this person reads it.",
        required="Say in your own words what is happening.",
        short=True,
    )
    address_words = long_text(
        "If you need an address that is withheld for safety: why?",
        "Leave it empty if you do not. You will see where they live only if you say why.",
        short=True,
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "reason", EmergencyAccess.Reason.choices)


class ReviewForm(forms.Form):
    """What was found about an emergency access."""

    finding = one_of("What did you find?", required="Say what you found.")
    words = long_text(
        "How did you find out, and what have you done?",
        "For example: rang the hospital; spoke with the worker.",
        required="Say how you found out, and what you have done.",
        short=True,
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "finding", EmergencyAccess.Finding.choices)

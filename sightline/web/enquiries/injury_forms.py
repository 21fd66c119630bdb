"""The form of an injury: what is seen, where on the body, whose account of it, and who examined it."""

from datetime import date
from typing import Any

from django import forms

from sightline.record.models import Passage
from sightline.web.casework.forms import FilesField
from sightline.web.enquiries.forms import because
from sightline.web.plans.forms import Choices, add_day, line, long_text, offer, one_of, picked, reveal, several

YES, NO = "yes", "no"


class InjuryForm(forms.Form):
    """One injury of one child. What can be asked later can be left empty."""

    what = one_of("What is it?", required="Choose what it is.")
    sites = several("Where on the body?", "Left and right are the child's own.", required="")
    words = long_text("What does it look like?", "Size, colour and shape. Do not press the child to explain.")
    seen_by = line("Who saw it?", "Name and what they are.")
    account = long_text("What is said of how it happened?", "In the words of whoever said it.")
    account_of = line("Who said so?", "For example, his mother; or Jack himself.")
    childs_account = long_text("What does the child say of it?", "In their own words, or what they showed.")
    examined = one_of("Has a doctor or nurse examined it?")
    examined_by = line("Who examined it?", "Name and what they are.")
    not_examined_because = because("Why not?")
    agency = picked("Which agency saw it?", "Leave it empty where we did.")
    documents = FilesField(
        label="Attach photographs or body maps",
        help_text="Each up to 25 MB. They stand with the injury on the child's record.",
        required=False,
    )
    handling = picked("How may what is written here be handled?")

    def __init__(
        self, *arguments: Any, today: date, kinds: Choices, sites: Choices, agencies: Choices, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        offer(self, "what", kinds)
        offer(self, "sites", sites)
        offer(self, "agency", [("", "Us, or nobody yet"), *agencies])
        offer(self, "handling", [(str(key), str(words)) for key, words in Passage.Handling.choices])
        offer(self, "examined", [(YES, "Yes"), (NO, "No")])
        add_day(self, "examined_on", "On which day?", today=today)
        reveal(self, "examined", {YES: ("examined_by", "examined_on"), NO: ("not_examined_because",)})
        add_day(self, "seen_on", "When was it first seen?", today=today, hint="For example, today or 3/3/26.")
        self.fields["seen_on"].required = True
        self.fields["seen_on"].error_messages["required"] = "Enter the day on which somebody first saw it."
        self.fields["sites"].required = self.fields["handling"].required = self.fields["agency"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("account", "").strip() and not given.get("account_of", "").strip():
            self.add_error("account_of", "Say whose account it is.")
        if given.get("examined") == YES and not given.get("examined_by", "").strip():
            self.add_error("examined_by", "Say who examined it.")
        if given.get("examined") == NO and not given.get("not_examined_because", "").strip():
            self.add_error("not_examined_because", "Say why it was not examined.")
        return given

"""The forms of help that is asked for."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from sightline.web.plans.forms import LONGER_LINE, Choices, add_day, line, offer, one_of, picked, reveal, several


class ServiceForm(forms.Form):
    """Help that is asked for."""

    FROM_PACK: ClassVar = {"what": "service_what"}
    what = line(required="Say what help is asked for.")
    children = several("Whom is it for?", required="Choose at least one child whom it is for.")
    agency_post = picked("Who is asked?")
    of_whom = line("Who is asked, where the list does not have them?")
    post = picked("Which of us asks after it until it has begun?")

    def __init__(self, *arguments: Any, children: Choices, agencies: Choices, posts: Choices, **named: Any) -> None:
        today = named.pop("today")
        super().__init__(*arguments, **named)
        offer(self, "children", children)
        offer(self, "agency_post", [("", "Choose one, or write it below"), *agencies])
        offer(self, "post", [("", "I do"), *posts])
        add_day(self, "asked_on", "When was it asked for?", today=today, hint="Leave it empty if it was today.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("agency_post") and not given.get("of_whom", "").strip():
            self.add_error("of_whom", "Say who is asked for it.")
        return given


class ServiceAnswerForm(forms.Form):
    """What became of help that was asked for."""

    became = one_of("What became of it?", required="Say what became of it.")
    said_by = line("Who said that it began?")
    because = line("Why is it not coming?", longest=LONGER_LINE)

    def __init__(self, *arguments: Any, began: bool, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        add_day(self, "began_on", "When did it begin?", today=today, hint="Leave it empty if it was today.")
        add_day(self, "ended_on", "When did it end?", today=today, hint="Leave it empty if it was today.")
        if began:
            offer(self, "became", [("ended", "It has ended")])
        else:
            offer(self, "became", [("began", "It has begun"), ("not_coming", "It is not coming")], hints=BECAME_HINTS)
        reveal(self, "became", {"began": ("began_on", "said_by"), "not_coming": ("because",), "ended": ("ended_on",)})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        became = given.get("became")
        if became == "began" and not given.get("said_by", "").strip():
            self.add_error("said_by", "Say who told us that it began.")
        if became == "not_coming" and not given.get("because", "").strip():
            self.add_error("because", "Say why it is not coming.")
        return given


BECAME_HINTS = {
    "began": "Somebody who was there said so. Nobody is asked about it again.",
    "not_coming": "Refused, or no longer wanted. It stays on the record as asked for and not given.",
}

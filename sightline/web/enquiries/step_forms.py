"""The forms of medical examinations and of orders."""

from datetime import date
from typing import Any

from django import forms

from sightline.enquiries.models import Order
from sightline.web.casework.forms import FilesField
from sightline.web.enquiries.forms import because, moment
from sightline.web.plans.forms import Choices, line, long_text, offer, one_of, picked, reveal

WHEN_ENDED = "For example, today 9.30 or yesterday at 4pm."


class AskMedicalForm(forms.Form):
    """A medical examination that is asked for, of whom, and who waits for it."""

    asked_of = line("Who is asked?", "For example, the community paediatrician on call. It can be said later.")
    post = picked("Who waits for the answer?")

    def __init__(self, *arguments: Any, posts: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "post", [("", "Whoever works with the child"), *posts])


HELD, NOT_HELD = "held", "not_held"


class RecordMedicalForm(forms.Form):
    """What an examination found, or why there was none."""

    went = one_of("Was the child examined?", required="Say whether the child was examined.")
    because = because("Why not?")
    examiner = line("Who examined the child?", "Name and what they are.")
    words = long_text("What did they find, and what do they say of it?")
    documents = FilesField(label="Attach the report, photographs or body maps", help_text="Each up to 25 MB.",
                           required=False)  # fmt: skip

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "went", [(HELD, "Yes"), (NOT_HELD, "No, and there will be no examination")])
        reveal(self, "went", {NOT_HELD: ("because",)})
        moment(self, "held_at", "When?", today=today)
        self.order_fields(["went", "because", "held_at"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("went") == NOT_HELD and not given.get("because", "").strip():
            self.add_error("because", "Say why there was no examination.")
        if given.get("went") == HELD:
            for name, said in ((("held_at"), "Enter when the child was examined."),
                               ("examiner", "Say who examined the child.")):  # fmt: skip
                if not given.get(name) and not self.errors.get(name):
                    self.add_error(name, said)
        return given


OF_LAW: dict[str, str] = {
    Order.Kind.POLICE_PROTECTION: "Up to 72 hours, through nights and weekends (Children Act 1989, section 46).",
    Order.Kind.EMERGENCY: "Up to 8 days, through nights and weekends (Children Act 1989, sections 44 and 45).",
}


class OrderForm(forms.Form):
    """An order that keeps a child safe for a time."""

    kind = one_of("What keeps the child safe?", required="Choose what it is.")
    made_by = line("Who made it?", "The officer's name and number, or the court.")
    where_kept = line("Where is the child kept?", "With whom, and at what address.", longest=500)
    words = long_text("Why, and what was done?")

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "kind", [(key, words) for key, words in Order.Kind.choices if key in OF_LAW], hints=OF_LAW)
        moment(self, "began_at", "When did it begin?", today=today, required="Enter the day and the time.")
        moment(
            self, "until", "If it was made for a shorter time, until when?", today=today,
            hint="Leave it empty where it runs for as long as the law allows.",
        )  # fmt: skip
        self.order_fields(["kind", "began_at", "made_by", "until"])


class ExtendForm(forms.Form):
    """An emergency protection order that the court extends."""

    made_by = line("Which court extended it?")
    words = long_text("Why?")

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        moment(
            self,
            "began_at",
            "From when?",
            today=today,
            hint="Leave it empty if it goes on from when the order runs out.",
        )
        moment(
            self, "until", "If it was extended for less than 7 days, until when?", today=today,
            hint="Leave it empty where it runs for as long as the law allows.",
        )  # fmt: skip
        self.order_fields(["began_at", "made_by", "until"])


class EndOrderForm(forms.Form):
    """An order that ends before it runs out, or that has."""

    because = line("Why did it end, and where is the child now?", longest=300, required="Say why it ended.")

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        moment(
            self, "ended_at", "When did it end?", today=today, hint=WHEN_ENDED, required="Enter the day and the time."
        )
        self.order_fields(["ended_at"])

"""The forms of restrictions, conflicts of interest and possible twins. Nothing in them is chosen beforehand."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from sightline.access.rules import REVIEW_WITHIN
from sightline.kernel.dates import day_words
from sightline.web.plans.forms import add_day, long_text, offer, one_of, picked, several

Choices = Sequence[tuple[str, str]]

KNOWN = (
    ("known", "Yes, they may be known of"),
    ("hidden", "No, nobody may learn that there is such a record"),
)
KNOWN_HINTS = {
    "known": "Whoever searches for the name finds it, with whom to ring, and not where they live.",
    "hidden": "To everybody else there is nobody of this name. Choose it where the name alone could lead somebody "
    "to them.",
}
NOBODY_ELSE = ("", "Nobody else")


class RestrictForm(forms.Form):
    """Whose record, who reads it, whether others may know of it, why, and who looks at it again."""

    people = several("Whose records are restricted?", required="Choose at least one person.")
    readers = several(
        "Who goes on reading them?",
        "Only those named read them, whatever post they stand in. Being named lets somebody go on reading; it opens "
        "no record to somebody who does not work with the family.",
        required="Name at least one person who keeps reading.",
    )
    other = picked("Somebody else who reads them")
    known = one_of("May others know that there is a record?", required="Choose whether others may know of it.")
    reason = long_text(
        "Why is it restricted?",
        "Whoever reads the record can read this too.",
        required="Say why it is restricted.",
        short=True,
    )
    reviewer = picked(
        "Which manager looks at it again?",
        "A post, so that it goes on when somebody leaves. They need not read the record.",
        required="Choose a manager's post.",
    )

    def __init__(
        self, *arguments: Any, people: Choices, near: Choices, others: Choices, reviewers: Choices, today: date,
        **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **named)
        offer(self, "people", people)
        offer(self, "readers", near)
        self.fields["other"].required = False
        offer(self, "other", [NOBODY_ELSE, *others])
        offer(self, "known", KNOWN, hints=KNOWN_HINTS)
        offer(self, "reviewer", [("", "Choose a post"), *reviewers])
        add_review_day(self, "review_on", today)

    def named(self) -> list[UUID]:
        """The accounts that were named, those who are near and the other."""
        given = self.cleaned_data
        return [UUID(one) for one in (*given["readers"], given["other"]) if one]


class ReviewRestrictionForm(forms.Form):
    """Whether a restriction stays."""

    decision = one_of("What do you decide?", required="Choose whether it stays.")
    known = one_of("If it stays: may others know that there is a record?")
    words = long_text("Why?", required="Say why it stays, or why it is lifted.", short=True)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "decision", (("keep", "It stays restricted"), ("lift", "Lift it: it is read as before")))
        offer(self, "known", KNOWN, hints=KNOWN_HINTS)
        add_review_day(self, "next_on", today)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("decision") == "keep" and not given.get("known"):
            self.add_error("known", "Choose whether others may know of it.")
        return given


class ReadersForm(forms.Form):
    """Who is named from now on, and who no longer."""

    add = picked("Name one more reader")
    end = several("Take off the list", "From the next page that they open, they no longer read it.", required="")
    reason = long_text("Why?", required="Say why the readers change.", short=True)

    def __init__(self, *arguments: Any, listed: Choices, others: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["add"].required = self.fields["end"].required = False
        offer(self, "add", [NOBODY_ELSE, *others])
        offer(self, "end", listed)


class HandReviewForm(forms.Form):
    """Which post looks at a restriction from now on."""

    reviewer = picked(
        "Which manager looks at it from now on?",
        "A post. You no longer see the restriction, unless that post is below yours.",
        required="Choose a manager's post.",
    )
    words = long_text(
        "Why?", "For example: the team was merged with another.", required="Say why another post looks at it again.",
        short=True,
    )  # fmt: skip

    def __init__(self, *arguments: Any, reviewers: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "reviewer", [("", "Choose a post"), *reviewers])


class OwnConflictForm(forms.Form):
    """Whom of a family somebody knows, and how."""

    people = several("Whom do you know?", required="Choose at least one of those whom you know.")
    reason = long_text(
        "How do you know them?",
        "A few words, for your manager. For example: my neighbour, my son's coach.",
        required="Say how you know them, in a few words.",
        short=True,
    )

    def __init__(self, *arguments: Any, people: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "people", people)


class KeepAwayForm(forms.Form):
    """Which colleague is kept from a record."""

    colleague = picked("Which colleague?", required="Choose which colleague.")
    people = several("From whose records?", required="Choose at least one person.")
    reason = long_text("Why?", "For example: his niece.", required="Say why.", short=True)

    def __init__(self, *arguments: Any, people: Choices, colleagues: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "colleague", [("", "Choose one person"), *colleagues])
        offer(self, "people", people)


class EndConflictForm(forms.Form):
    """Why a conflict of interest is over."""

    words = long_text("Why is it over?", required="Say why it is over.", short=True)


class TwinForm(forms.Form):
    """Whether somebody new is the person whose record is restricted."""

    same = one_of("Are they one and the same?", required="Choose whether they are one and the same.")
    words = long_text("How do you know?", required="Say how you know, in a few words.", short=True)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(
            self,
            "same",
            (("yes", "Yes: the same person, registered twice"), ("no", "No: somebody else")),
            hints={
                "yes": "The restriction stands about both from now on, and what came in is carried by your post.",
                "no": "From now on they are found and read as anybody else.",
            },
        )


def add_review_day(form: forms.Form, name: str, today: date) -> None:
    """The day of the next review; without one it is the last day on which it may be."""
    last = day_words(today + REVIEW_WITHIN)
    add_day(form, name, "When at the latest?", today=today, hint=f"Within 90 days. Empty, it is {last}.")

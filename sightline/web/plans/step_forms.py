"""The forms of a step up or down, and of asking for one."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.web.plans.forms import NAME, Choices, add_day, line, long_text, offer, one_of, picked, reveal, several

GOES_ALONG = "What you leave out ends with this plan for them, and stays in its story."


class AskStepForm(forms.Form):
    """Asking for a step up or down, for chosen children."""

    children = several("Which children?", "The others stay as they are.", required="Choose at least one child.")
    reason = long_text(
        "Why?",
        "What has changed for them, and what the family and the child say.",
        required="Say why, so that whoever reads it later knows what was thought.",
    )

    def __init__(self, *arguments: Any, children: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "children", children)


class NeedForm(AskStepForm):
    """Saying from which day children of one plan are in need, or helped early again; or not agreeing to it."""

    to = one_of("What is their help from now on?", required="Choose what their help is from now on.")
    decision = one_of("What do you decide?", required="Choose what you decide.")
    returned = long_text("Why not, and what should happen instead?", short=True)

    def __init__(self, *arguments: Any, kinds: Choices, hints: dict[str, str], asked: bool, **named: Any) -> None:
        today = named.pop("today")
        super().__init__(*arguments, **named)
        offer(self, "to", kinds, hints=hints)
        add_day(self, "on", "From what day?", today=today, hint="Leave it empty if it is today.")
        may_return(self, asked=asked)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        judge_decision(self, given, ("children", "reason", "to"))
        return given


def may_return(form: forms.Form, *, asked: bool) -> None:
    """Where a colleague asked for it, one may agree or not; else there is nothing to answer."""
    if not asked:
        del form.fields["decision"], form.fields["returned"]
        return
    offer(form, "decision", [("agree", "I agree: do it as below"), ("return", "I do not agree")])
    reveal(form, "decision", {"return": ("returned",)})
    # Asked of whoever agrees, below.
    for name in ("children", "reason", "to"):
        if name in form.fields:
            form.fields[name].required = False


def judge_decision(form: forms.Form, given: dict[str, Any], needed: Iterable[str]) -> None:
    """What whoever agrees must say, and whoever does not."""
    decision = given.get("decision")
    if decision == "return" and not given.get("returned", "").strip():
        form.add_error("returned", "Say why not, and what should happen instead.")
    if decision == "agree":
        for name in needed:
            if not given.get(name):
                form.add_error(name, str(form.fields[name].error_messages["required"]))


class StepForm(AskStepForm):
    """Moving chosen children up to a child in need plan, or down to early help; or not agreeing to it."""

    decision = one_of("What do you decide?", required="Choose what you decide.")
    returned = long_text("Why not, and what should happen instead?", short=True)
    outcomes = several("Which outcomes go with them?", GOES_ALONG, required="")
    services = several("Which help goes with them?", required="")
    lead = picked("Who is the lead practitioner from now on?")
    lead_name = line("Their name, where they do not work here", longest=NAME)

    def __init__(
        self, *arguments: Any, leads: Choices, outcomes: Choices, services: Choices, asked: bool, **named: Any
    ) -> None:
        today = named.pop("today")
        super().__init__(*arguments, **named)
        for name, choices in (("outcomes", outcomes), ("services", services)):
            self.fields[name].required = False
            offer(self, name, choices)
            if not choices:
                del self.fields[name]
        offer(self, "lead", [("", "As on this plan"), *leads])
        add_day(self, "on", "From what day?", today=today, hint="Leave it empty if it is today.")
        may_return(self, asked=asked)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        judge_decision(self, given, ("children", "reason"))
        return given

"""The forms of conferences. Nobody is ticked beforehand, and nothing that is a judgement is chosen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from sightline.conferences.models import Invitee, Meeting, MeetingChild, View
from sightline.kernel.when import When
from sightline.web.casework.forms import FilesField, WhenField, handling_field
from sightline.web.plans.forms import (
    LONGER_LINE,
    NAME,
    Choices,
    add_day,
    line,
    long_text,
    offer,
    one_of,
    picked,
    reveal,
    several,
)

YES = "yes"
PLACE = 200
WHY = 500
NO_TIME = "Say the time as well, for example 12 6 2027 at 9.30."
NO_CHAIR = "Nobody stands in a post of a conference chair now. Ask your administrator to put somebody in one."
KINDS = [(kind.value, str(kind.label)) for kind in (Meeting.Kind.INITIAL, Meeting.Kind.REVIEW, Meeting.Kind.TRANSFER)]
KIND_HINTS = {
    "initial": "After a section 47 enquiry that found a child at continuing risk; also before a birth.",
    "review": "Of a child protection plan that is in force.",
    "transfer": "For children who moved here while they were on another authority's plan.",
}


class MomentField(WhenField):
    """A day and a time as people write them; a day alone is not enough to come to."""

    def clean(self, value: Any) -> Any:
        found: When | None = super().clean(value)
        if found is not None and found.precision != "exact":
            raise forms.ValidationError(NO_TIME)
        return found


def moment_of(given: When | None) -> datetime | None:
    """The moment that a field holds."""
    return given.earliest if given is not None else None


def moment(label: str, *, today: date, required: str = "", hint: str = "") -> MomentField:
    """A moment field. `required` is the sentence for an empty one."""
    return MomentField(
        label=label, help_text=hint, today=today, required=bool(required), error_messages={"required": required}
    )


def tick(label: str, hint: str = "") -> forms.MultipleChoiceField:
    """One box; what is `.sl-asked` beside it shows when it is ticked. It is never ticked beforehand."""
    field: Any = forms.MultipleChoiceField(
        label=label, choices=[(YES, label)], required=False, widget=forms.CheckboxSelectMultiple
    )
    field.option_hints, field.asking = ({YES: hint} if hint else {}), (YES,)
    return field  # type: ignore[no-any-return]  # it carries what Django has no place for


class ConveneForm(forms.Form):
    """Which conference, for whom, when, where, and who chairs it."""

    kind = one_of("Which conference is it?", required="Say which conference it is.")
    children = several("Which children is it about?", required="Choose at least one child.")
    place = line(
        "Where?", "The building and the room, or that it is by video.", required="Say where it is.", longest=PLACE
    )
    chair = picked("Who chairs it?", required="Choose who chairs it.")

    def __init__(
        self, *arguments: Any, children: Choices, chairs: Choices, today: date, due: str = "", **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        offer(self, "kind", KINDS, hints=KIND_HINTS)
        self.due, self.due_words = due, dict(KINDS).get(due, "")
        if due:
            self.fields["kind"].required = False
        offer(self, "children", children)
        offer(self, "chair", [("", "Choose one"), *chairs])
        if not chairs:
            self.fields["chair"].help_text = NO_CHAIR
        self.fields["starts"] = moment(
            "When?", today=today, required="Say when it is.", hint="Day and time, for example 12 6 2027 at 9.30."
        )
        self.order_fields(["kind", "children", "starts", "place", "chair"])

    def clean_kind(self) -> str:
        """The one that the record owes, unless another was chosen."""
        return str(self.cleaned_data["kind"] or self.due)


class InviteeForm(forms.Form):
    """One person who is proposed: whether they are invited, and what has to be known before they are told."""

    def __init__(self, *arguments: Any, title: str, because: str, asks: Sequence[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = {
            "name": line("Name", "Whoever stands in the post. Leave it empty if nobody is known.", longest=NAME),
            "report": forms.BooleanField(label="Ask them for a report", required=False),
            "safe": one_of("Is it safe to tell them when and where?"),
            "safe_because": line("How do you know?", longest=WHY),
        }
        self.fields["come"] = tick(title, because)
        for name in asks:
            if name in fields:
                self.fields[name] = fields[name]
        if "safe" in self.fields:
            offer(self, "safe", SAFE)
        if "left" in asks:
            self.fields["left"] = line("Why are they not invited?", longest=LONGER_LINE)
        self.title = title

    @property
    def comes(self) -> bool:
        """Whether the worker confirmed this one."""
        return bool(self.cleaned_data.get("come"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("come") and given.get("left", "").strip():
            self.add_error("left", "They are ticked, and here is why they are not invited. Keep one of the two.")
        if given.get("come") and "safe" in self.fields and "safe" not in self.errors:
            _judge_safe(self, given, self.title)
        return given


SAFE = [("yes", "Yes"), ("no", "No, or we do not know")]


def _judge_safe(form: forms.Form, given: dict[str, Any], whom: str = "them") -> None:
    """Of everybody in the family it is asked before anything goes to them; and the answer has its reason."""
    if not given.get("safe"):
        form.add_error("safe", f"Say whether it is safe to tell {whom} when and where.")
    elif not given.get("safe_because", "").strip():
        form.add_error("safe_because", "Say how you know." if whom == "them" else f"Say how you know it of {whom}.")


class OtherForm(forms.Form):
    """Somebody who is not proposed."""

    whom = picked("Who?")
    name = line("Name", "For somebody at an agency: whoever stands in the post.", longest=NAME)
    role = line(
        "What are they here?", "For example: grandmother, supporter of the mother, lawyer, interpreter.", longest=NAME
    )
    report = forms.BooleanField(label="Ask them for a report", required=False)
    safe = one_of("Family, or a friend of theirs: is it safe to tell them when and where?")
    safe_because = line("How do you know?", longest=WHY)

    def __init__(self, *arguments: Any, people: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "whom", [("", "Nobody who is listed: I write the name"), *people])
        offer(self, "safe", SAFE)

    @property
    def begun(self) -> bool:
        """Whether anybody is named."""
        given = self.cleaned_data
        return any(bool(given.get(name)) for name in ("whom", "name", "role", "safe", "safe_because", "report"))

    @property
    def is_family(self) -> bool:
        """Whoever is neither at an agency nor one of ours."""
        return not self.cleaned_data.get("whom", "").startswith(("agency-", "post-"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.begun:
            return given
        if not given.get("whom") and not given.get("name", "").strip():
            self.add_error("name", "Choose somebody, or write who it is.")
        if self.is_family and "safe" not in self.errors:
            _judge_safe(self, given)
        return given


# --- what comes after it is convened -------------------------------------------------------------


NOTHING_DANGEROUS = (
    "They read this in their letter, word for word. It must not say anything that could put somebody in danger: "
    "who is afraid of them, who told us what, when or where the meeting is, or where anybody lives."
)
SAME_WORDS = (
    "This is the reason for the record, word for word. Write what they can be told without danger to anybody, "
    "for example: The chair has decided that you cannot be at the meeting. You can write to me before it."
)


class ChairForm(forms.Form):
    """What the chair decides about one person: they may come and be told, or they are kept out."""

    decided = one_of("What do you decide?", required="Say what you decide.")
    on_record = line("Why are they kept out?", "For the record. This is not sent to them.", longest=WHY)
    because = line("", NOTHING_DANGEROUS, longest=WHY)

    def __init__(self, *arguments: Any, whom: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "decided", CHAIR, hints=CHAIR_HINTS)
        self.fields["because"].label = f"Exactly these words go to {whom}"
        reveal(self, "decided", {"exclude": ("on_record", "because")})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decided") != "exclude":
            return given
        why, told = given.get("on_record", "").strip(), given.get("because", "").strip()
        if not why and "on_record" not in self.errors:
            self.add_error("on_record", "Say why they are kept out, for the record.")
        if not told and "because" not in self.errors:
            self.add_error("because", "Say why in words that can go to them. They are told why.")
        elif told and told == why:
            self.add_error("because", SAME_WORDS)
        return given


CHAIR = [("allow", "They may come, and may be told when and where"), ("exclude", "They are kept out")]
CHAIR_HINTS = {
    "allow": "Sends nothing by itself. Whoever convened it then writes their invitation.",
    "exclude": "They may still give their views. Their letter says neither when nor where.",
}


class SafeForm(forms.Form):
    """Whether it is safe to tell somebody of the family, said after they were listed."""

    safe = one_of("Is it safe to tell them when and where?")
    safe_because = line("How do you know?", longest=WHY)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "safe", SAFE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _judge_safe(self, given)
        return given


class MoveForm(forms.Form):
    """A conference that is moved, or does not take place."""

    what = one_of("What happens to it?", required="Say whether it is moved or called off.")
    place = line("Where?", longest=PLACE)
    because = line("Why?", required="Say why.", longest=WHY)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "what", MOVES, hints=MOVE_HINTS)
        self.fields["starts"] = moment("When?", today=today, hint="Day and time, for example 12 6 2027 at 9.30.")
        reveal(self, "what", {"move": ("starts", "place")})
        self.order_fields(["what", "starts", "place", "because"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") == "move":
            if not given.get("starts") and "starts" not in self.errors:
                self.add_error("starts", "Say when it is now.")
            if not given.get("place", "").strip() and "place" not in self.errors:
                self.add_error("place", "Say where it is now.")
        return given


MOVES = [("move", "It is moved"), ("call_off", "It is called off")]
MOVE_HINTS = {
    "move": "Those who were told before are told of the new time and place. Nobody else is.",
    "call_off": "What was recorded stays. Nobody is told of it by itself.",
}


class ReportForm(forms.Form):
    """A report that came, and when the parents had it."""

    words = long_text("What the report says")
    documents = FilesField(label="The report itself", required=False)
    shared_how = line(
        "How, and with whom?", "For example: read through with both parents at home.", longest=LONGER_LINE
    )

    def __init__(self, *arguments: Any, today: date, came: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.came = came
        if came:
            self.fields["words"].label = "Anything to add to it"
        self.fields["handling"] = handling_field()
        add_day(self, "shared_on", "When did the parents have it?", today=today, hint="Leave it empty if not yet.")
        self.order_fields(["words", "documents", "handling", "shared_on", "shared_how"])

    @property
    def written(self) -> bool:
        """Whether words or files came."""
        return bool(self.cleaned_data["words"].strip() or self.cleaned_data["documents"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if not self.written and not given.get("shared_on"):
            self.add_error("words", "Write what it says, attach it, or say when it was shared.")
        if given.get("shared_on") and not self.came and not self.written:
            self.add_error("words", "Record the report first: write what it says, or attach it.")
        return given


class ViewForm(forms.Form):
    """What one invitee says: in their words, and whether they would have a plan."""

    for_plan = one_of("What would they decide?")
    words = long_text("In their words", required="Write what they said, in their words.")
    how = one_of("How did they say it?", required="Say how they said it.")

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "for_plan", View.ForPlan.choices)
        offer(self, "how", [(one.value, str(one.label)) for one in (Invitee.View.SPOKEN, Invitee.View.WRITTEN)])
        self.fields["said"] = WhenField(
            label="When?", help_text="Leave it empty if it was now.", required=False, today=today
        )
        self.fields["handling"] = handling_field()


class PartForm(forms.Form):
    """How a child is heard, and what they want the conference to know."""

    part = one_of("How is the child heard?", required="Say how the child is heard.")
    words = long_text("What do they want the conference to know, in their words?", short=True)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "part", MeetingChild.Part.choices)


class LeaveForm(forms.Form):
    """Somebody who was listed is not invited, with why."""

    because = line("Why are they not invited?", required="Say why they are not invited.", longest=LONGER_LINE)

"""The forms of a contact's own page: recommend, ask an agency, decide, and tell whoever raised it."""

from collections.abc import Iterable, Sequence

from django import forms

from sightline.front_door.queries import ContactView
from sightline.journeys.open_matters import Answer, Answers, Matter
from sightline.partnership.models import AgencyPost
from sightline.partnership.queries import is_closed
from sightline.practice.spec import Pack
from sightline.record.endings import LONGEST
from sightline.record.models import Passage
from sightline.web.front_door.asking import REQUIRED, REQUIRED_CHOICE, OneOf, Typed, offer, one_of

LINK, CALL, NOT_POSSIBLE = "link", "call", "not_possible"


def accepted_of(matter: Matter) -> str:
    """The name of the field in which something that stays open is accepted."""
    return f"accepted-{matter.kind}-{matter.subject.hex}"


def _long(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs=REQUIRED if required else {})
    return forms.CharField(label=label, help_text=hint, required=False, widget=box)


def _one_of(label: str, *, required: bool = True) -> OneOf:
    box = forms.RadioSelect(attrs=REQUIRED_CHOICE if required else {})
    return OneOf(label=label, required=False, widget=box)


class TellForm(forms.Form):
    """What is written to whoever raised it, and how it reaches them."""

    means = _one_of("How will they be told?")
    feedback_text = _long("The message", "It is drafted for you. Read it, and change what needs changing.")
    drafted = forms.CharField(required=False, widget=forms.HiddenInput)
    call_words = forms.CharField(label="Whom did you speak to, when, and what did they say?", required=False)
    not_possible = forms.CharField(label="Why can they not be told?", required=False)

    def __init__(
        self, data: Typed | None = None, *, contact: ContactView, teller: str, prefix: str | None = None
    ) -> None:
        super().__init__(data, prefix=prefix)
        link = [(LINK, f"By secure link to {teller}; you read the code to them over the phone")]
        links = link if contact.professional and contact.agency_post else []
        others = [(CALL, "In a call that you record here"), (NOT_POSSIBLE, "They cannot be told")]
        offer(self, "means", [*links, *others])
        one_of(self, "means").reveals = {CALL: ("call_words",), NOT_POSSIBLE: ("not_possible",)}


class DecisionForm(TellForm):
    """The decision, with nothing chosen beforehand, and the feedback on the same page."""

    outcome = _one_of("What does this contact become?")
    reason = _long("Why?", "What you found out about the child, and what you make of it.", required=True)
    would_change = _long("What would change this decision?")
    need = _one_of("What is the main need?", required=False)
    history_bears = _long("What in the history bears on this?")
    safe_tonight = _long("What was done to make the child safe tonight?", required=True)
    agreement = forms.BooleanField(label="The family agrees to be offered early help", required=False)
    other_authority = forms.CharField(label="Which authority does the child live in?", required=False)

    def __init__(
        self,
        data: Typed | None = None,
        *,
        pack: Pack,
        contact: ContactView,
        teller: str,
        matters: Sequence[Matter] = (),
    ) -> None:
        super().__init__(data, contact=contact, teller=teller)
        self.matters = list(matters)
        for matter in self.matters:
            said = f"Why do you accept that this stays open? {matter.words}"
            self.fields[accepted_of(matter)] = forms.CharField(label=said, required=False, max_length=LONGEST)
        # The link has a button of its own, which decides and sends: one answer less.
        self.offers_link = bool(contact.professional and contact.agency_post)
        offer(self, "means", [(CALL, "In a call that you record here"), (NOT_POSSIBLE, "They cannot be told")])
        outcomes = one_of(self, "outcome")
        offer(self, "outcome", [(one.key, str(one.label)) for one in pack.outcomes])
        outcomes.option_hints = {one.key: str(one.will_do) for one in pack.outcomes}
        outcomes.reveals = {
            **{one.key: ("agreement",) for one in pack.outcomes if one.needs_agreement},
            **{one.key: ("other_authority",) for one in pack.outcomes if "authority" in one.asks},
        }
        outcomes.asking = {one.key for one in pack.outcomes if one.is_referral}
        offer(self, "need", [(one.code, str(one.label)) for one in pack.list("main_need").options])
        self.fields["need"].help_text = "For a referral."
        if contact.danger != "yes":
            del self.fields["safe_tonight"]

    @property
    def accepted(self) -> Answers:
        """The reason for which a manager accepts by name each thing that stays open."""
        given = self.cleaned_data
        return {one.name: Answer(accepted_because=given.get(accepted_of(one), "")) for one in self.matters}

    def refuse_unanswered(self) -> None:
        """Says beside each thing that stays open that it needs a reason."""
        for one in self.matters:
            if not self.cleaned_data.get(accepted_of(one), "").strip():
                self.add_error(accepted_of(one), f"{one.words}: say why you accept that it stays open.")

    @property
    def accepting(self) -> list[forms.BoundField]:
        """The fields in which they are accepted."""
        return [self[accepted_of(one)] for one in self.matters]

    @property
    def opens_other_ways(self) -> bool:
        """Whether somebody has begun to tell them another way than by the link."""
        return not self.offers_link or any(self[name].value() for name in ("means", "call_words", "not_possible"))


class RecommendForm(forms.Form):
    """What the duty worker who sifted it would do."""

    recommendation = _one_of("What would you do?")
    why = _long("Why?", required=True)

    def __init__(self, data: Typed | None = None, *, pack: Pack) -> None:
        super().__init__(data)
        offer(self, "recommendation", [(one.key, str(one.label)) for one in pack.recommendations])


class AskForm(forms.Form):
    """A question to another agency. Which check it is follows from the kind of agency."""

    agency_post = forms.ChoiceField(label="Who is asked?", required=False, widget=forms.Select(attrs=REQUIRED))
    ask_reason = _long("Why are you asking?", "They read this.", required=True)
    question = _long("What do you need to know?")
    lawful_basis = forms.ChoiceField(
        label="On what lawful ground?", required=False, widget=forms.Select(attrs=REQUIRED)
    )

    def __init__(self, data: Typed | None = None, *, pack: Pack, posts: Iterable[AgencyPost]) -> None:
        super().__init__(data)
        kinds = {check.agency: str(check.label) for check in pack.checks}
        groups: dict[str, list[tuple[str, str]]] = {}
        for post in posts:
            if post.agency.kind in kinds and not is_closed(post):
                groups.setdefault(kinds[post.agency.kind], []).append(
                    (str(post.id), f"{post.title}, {post.agency.name}")
                )
        grounds = [(one.key, f"{one.label} ({one.basis.citation})") for one in pack.lawful_bases]
        offer(self, "agency_post", [("", "Choose one"), *groups.items()])
        offer(self, "lawful_basis", [("", "Choose one"), *grounds])


class AnswerForm(forms.Form):
    """What an agency answered, by phone or through its link."""

    answer = _long("What did they answer?", required=True)
    told_by = forms.CharField(label="Who answered?", required=False)
    handling = forms.ChoiceField(
        label="How may this be handled?",
        choices=[("", "Choose one"), *Passage.Handling.choices],
        error_messages={"required": "Choose how this may be handled."},
    )

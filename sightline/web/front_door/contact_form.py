"""The fields of the contact page. The words and options come from the practice pack."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django import forms

from sightline.kernel.errors import Refusal
from sightline.partnership.models import AgencyPost
from sightline.partnership.queries import is_closed
from sightline.people.models import Need, Particulars, Relationship
from sightline.people.queries import PersonName
from sightline.people.rules import check_birth, read_address, read_birth
from sightline.practice.spec import Form, Option, Pack
from sightline.web.front_door.asking import REQUIRED, REQUIRED_CHOICE, Choices, OneOf, Typed, offer, one_of
from sightline.web.front_door.knows import KNOWS, NEEDS_WHY
from sightline.web.front_door.newcomers import Born, born_of, number_of


def _text(label: str, hint: str = "", **attributes: object) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attributes))


def _long(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs=REQUIRED if required else {})
    return forms.CharField(label=label, help_text=hint, required=False, widget=box)


class SeveralFiles(forms.FileInput):
    """A box for several files. They are read by the page as they come, not by the form."""

    allow_multiple_selected = True


class ContactForm(forms.Form):
    """Everything on the page that is not about one person."""

    find = _text(
        "Who is this about?",
        "One line, in any order: name, date of birth or age, address or postcode, NHS number, UPN or child id.",
        **REQUIRED,
        autocomplete="off",
        spellcheck="false",
    )
    who = forms.ChoiceField(label="Who is telling us?", required=False, widget=forms.Select(attrs=REQUIRED))
    capacity = forms.ChoiceField(label="In what capacity, if the list does not say", required=False)
    who_name = _text("Their name", autocomplete="off")
    who_phone = _text("Their phone", type="tel", autocomplete="off")
    who_safe = _text("When and how is it safe to ring them back?", autocomplete="off")
    channel = forms.ChoiceField(label="How did they get in touch?", required=False)
    received = _text("When did we hear, if not just now?", "For example, today 9.30 or 20/11/2026 16:10.")
    saw_or_heard = _long("", required=True)
    fears = _long("", required=True)
    danger_now = OneOf(required=False, widget=forms.RadioSelect(attrs=REQUIRED_CHOICE))
    danger_words = _long("")
    history_bears = _long("")
    together_with = forms.ChoiceField(
        label="Is this the same incident as an earlier contact?",
        help_text="They are then read and decided side by side.",
        required=False,
    )
    documents = forms.FileField(
        label="Attach what they sent",
        help_text="PDF, Word, an e-mail or a photograph: up to 25 MB. Nothing is retyped.",
        required=False,
        widget=SeveralFiles(attrs={"multiple": True}),
    )

    def __init__(self, data: Typed, *, pack: Pack, posts: Iterable[AgencyPost], earlier: Choices = ()) -> None:
        super().__init__(data)
        asked = pack.form("contact")
        for name, key in _FROM_PACK.items():
            _say(self.fields[name], asked, key)
        sources = pack.list("source").options
        capacities = [(o.key, str(o.label)) for o in sources if o.professional]
        offer(self, "who", who_choices(posts, sources))
        offer(self, "capacity", [("", "The list above says it"), *capacities])
        offer(self, "channel", _optional(pack.list("channel").options))
        offer(self, "danger_now", [(o.key, str(o.label)) for o in asked.question("danger_now").options])
        one_of(self, "danger_now").reveals = {"yes": ("danger_words",)}
        offer(self, "together_with", [("", "No, or not known"), *earlier])


_FROM_PACK = {
    "channel": "channel",
    "saw_or_heard": "saw_or_heard",
    "fears": "fears",
    "danger_now": "danger_now",
    "danger_words": "danger_words",
    "history_bears": "history_bears",
}


def _say(field: forms.Field, asked: Form, key: str) -> None:
    question = asked.question(key)
    field.label = str(question.label)
    field.help_text = str(question.hint) if question.hint else ""


def _optional(options: Iterable[Option]) -> list[tuple[str, str]]:
    return [("", "Not said"), *[(option.key, str(option.label)) for option in options]]


def who_choices(posts: Iterable[AgencyPost], sources: Sequence[Option]) -> Choices:
    """One list: the posts that we write to, then professionals without one, then the public.

    A post that has closed is not offered.
    """
    kinds: dict[str, list[tuple[str, str]]] = {}
    for post in (one for one in posts if not is_closed(one)):
        kinds.setdefault(post.agency.name, []).append((f"post:{post.id}", f"{post.title}, {post.agency.name}"))
    public = [(f"as:{o.key}", str(o.label)) for o in sources if o.public]
    others = [(f"as:{o.key}", str(o.label)) for o in sources if not o.public]
    return [
        ("", "Choose one"),
        ("A member of the public (kept apart from what they say)", public),
        *kinds.items(),
        ("A professional whose post is not listed", others),
    ]


class PersonForm(forms.Form):
    """Somebody in the contact: found, or registered with it."""

    number_of_row = 0
    title = ""
    age = ""
    others = False
    offers_tied = False
    header: PersonName | None = None

    id = forms.CharField(widget=forms.HiddenInput)
    kind = forms.CharField(widget=forms.HiddenInput)
    known = forms.CharField(widget=forms.HiddenInput, required=False)
    given = _text("Given names", autocomplete="off")
    family = _text("Family name", autocomplete="off")
    described = _text("How they were described", autocomplete="off")
    born = _text("Born", "A date, “about 4”, “due 3 March 2027”. Leave empty if not known.", autocomplete="off")
    sex = forms.ChoiceField(
        label="Sex",
        required=False,
        choices=[("", "Not said"), *[(v, str(w)) for v, w in Particulars.Sex.choices if v != "U"]],
    )
    relation = forms.ChoiceField(label="Who are they to the child?", required=False)
    tied = forms.MultipleChoiceField(
        label="To which child?",
        help_text="Leave empty for all of them.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    responsible = forms.BooleanField(label="Has parental responsibility", required=False)
    lines = _text("Lives at", autocomplete="off")
    postcode = _text("Postcode", autocomplete="off")
    number = _text("NHS number, UPN or child id", autocomplete="off", spellcheck="false")
    situation = _long("What does this mean for this child alone?", "Only those who may read this record see it.")
    interpreter = _text(str(Need.Kind.INTERPRETER.label) + ": which language?", autocomplete="off")
    communication = _text("What helps them to communicate?", autocomplete="off")
    safe_contact = _text("How and when is it safe to reach them?", autocomplete="off")

    def __init__(self, data: Typed, *, today: date, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.today = today
        kinds = [(value, str(label)) for value, label in Relationship.Kind.choices]
        if self.part == "child":
            kinds = [(value, label) for value, label in kinds if value.endswith("sibling")]
            self.fields["relation"].label = "Who are they to the other child?"
        offer(self, "relation", [("", "Not said"), *kinds])
        described = "“Mum's new partner, possibly called Lee”: they stay open until identified."
        self.fields["described"].help_text = described if self.part == "adult" else "If nobody knows the name."
        self.birth = Born()

    @property
    def part(self) -> str:
        return str(self["kind"].value() or "child")

    @property
    def more_words(self) -> str:
        """What else is folded away for a child."""
        return "; what concerns this child alone" if self.part == "child" else ""

    @property
    def opens(self) -> bool:
        """Whether the folded part has something in it."""
        return any(self[name].value() for name in ("situation", "interpreter", "communication", "safe_contact"))

    @property
    def is_known(self) -> bool:
        return bool(self["known"].value())

    @property
    def person(self) -> UUID:
        return UUID(str(self["id"].value()))

    def clean_born(self) -> str:
        text = self.cleaned_data["born"].strip()
        if text:
            with _as_errors():
                self.birth = born_of(read_birth(text, today=self.today), text)
                check_birth(kind=self.part, on=self.today, **vars(self.birth))
        return text

    def clean_number(self) -> str:
        text = str(self.cleaned_data["number"]).strip()
        if text:
            with _as_errors():
                number_of(text)
        return text

    def clean_postcode(self) -> str:
        text = str(self.cleaned_data["postcode"]).strip()
        if text:
            with _as_errors():
                return read_address(lines="", postcode=text)[1]
        return text


class _as_errors:  # noqa: N801 - reads as a phrase: with _as_errors()
    """A refusal inside becomes the field's own error."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, refusal: object, trace: object) -> None:
        if isinstance(refusal, Refusal):
            raise forms.ValidationError(refusal.message) from refusal


class HolderForm(forms.Form):
    """Whether one person with parental responsibility knows, and agrees: one choice."""

    knows = OneOf(required=False, choices=KNOWS, widget=forms.RadioSelect(attrs=REQUIRED_CHOICE))
    why = forms.CharField(label="Why?", required=False)

    def __init__(self, data: Typed, *, name: str, person: str, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.person, self.name = UUID(person) if person else None, name
        one_of(self, "knows").asking = NEEDS_WHY
        self.fields["knows"].label = f"Does {name} know that we have been told, and agree?"
        self.fields["why"].label = "Why, if they were not told or it is not known?"

    def refuse_unanswered(self) -> None:
        """Stands what is missing beside its question."""
        knows = self.cleaned_data.get("knows", "")
        if not knows and "knows" not in self.errors:
            self.add_error("knows", f"Say whether {self.name} knows and agrees, or that it is not known.")
        if knows in NEEDS_WHY and not self.cleaned_data.get("why", "").strip():
            self.add_error("why", f"Say why {self.name} was not told, or why it is not known.")


class InjuryForm(forms.Form):
    """An injury as it is reported; never a finding."""

    id = forms.CharField(widget=forms.HiddenInput)
    child = forms.ChoiceField(label="Which child?", required=False)
    site = _text("Where on the body, and what is seen?", autocomplete="off")
    happened = _text("When?", "A date, or in words.", autocomplete="off")
    account = _text("How is it said to have happened?", autocomplete="off")
    account_by = _text("Who says so?", autocomplete="off")

    def __init__(self, data: Typed, *, children: Sequence[tuple[str, str]], prefix: str, row: int) -> None:
        super().__init__(data, prefix=prefix)
        self.titles = dict(children)
        self.row = row
        first = [] if len(children) == 1 else [("", "Choose one")]
        offer(self, "child", [*first, *children])

    def refuse_half(self) -> None:
        """A row with anything in it needs a child and a place on the body."""
        said = {name: str(self.cleaned_data.get(name, "")).strip() for name in self.fields}
        if not any(said[name] for name in ("site", "happened", "account", "account_by")):
            return
        if not said["site"]:
            whose = self.titles.get(said["child"], "")
            of = f"{whose}'s injury" if whose else f"injury {self.row}"
            self.add_error("site", f"Say where on the body {of} is, or take this row away.")
        if not said["child"]:
            self.add_error("child", f"Choose which child was hurt: injury {self.row}.")

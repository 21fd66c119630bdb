"""What a practice pack says, once it has been read: frozen, typed, and sound.

`parse.parse_pack` makes these and refuses what is wrong; nothing else does. The
law's part (the moves a contact may make, who decides, what a return needs) is code
in the rooms above, and `soundness` refuses a pack that would undo it.

A key never changes once a pack is published, while its words may. A record pins
the pack it was written under as a `Pin`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal, Protocol, TypeVar

from sightline.kernel.dates import Period
from sightline.kernel.errors import NotFound

RuleKind = Literal["statutory", "guidance", "local", "advice"]
AnswerKind = Literal["text", "long_text", "choice", "choices", "date", "moment", "number"]
AskedOf = Literal["contact", "family", "person", "child", "adult", "parental_responsibility"]
Unit = Literal["at once", "minutes", "hours", "days", "weeks", "months", "working days", "not prescribed"]
By = Literal["same time", "end of day"]
Audience = Literal["professional", "public", "family"]
AssessmentStarts = Literal["referral", "previous"]
KindOfPlan = Literal["early_help", "child_in_need", "protection"]
Lead = Literal["social worker", "anyone"]


@dataclass(frozen=True)
class Pin:
    """Which sealed pack a record was written under."""

    pack: str
    version: int


@dataclass(frozen=True)
class Words:
    """The same words in each language of the pack, its first language first."""

    texts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.texts[0][1]

    def in_language(self, language: str) -> str:
        """The words in that language, or in the pack's first."""
        return dict(self.texts).get(language, str(self))


@dataclass(frozen=True)
class Basis:
    """Where a rule comes from. ``confirmed`` is false until somebody has checked it."""

    kind: RuleKind
    citation: str
    effective: Period[date]
    confirmed: bool = True


@dataclass(frozen=True)
class Option:
    """One answer of a list. ``code`` is a national return's own, or "".

    For a source, ``professional`` and ``public`` say which kind of person speaks
    (neither, when nobody knows) and ``agency`` the kind of agency, or "". For what an
    assessment leads to, ``begins`` is the kind of assessment that it begins, or "".
    """

    key: str
    label: Words
    hint: Words | None = None
    code: str = ""
    professional: bool = False
    public: bool = False
    agency: str = ""
    begins: str = ""


@dataclass(frozen=True)
class OptionList:
    """A list of answers that several questions may share."""

    key: str
    title: Words
    options: tuple[Option, ...]
    basis: Basis

    def option(self, key: str) -> Option:
        """The option of that key. Refuses one that the list does not have."""
        return _named(self.options, key, f"the list “{self.title}”")


@dataclass(frozen=True)
class Condition:
    """Asked only when an earlier question of the same form was answered so."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question. ``bound_to`` names the typed fact that alone holds the answer, or is ""
    when the answer is local and kept with the form. A fact is "room.model.column",
    "record.passage.<heading>" or "people.need.<kind>".

    ``asked_of`` says of whom: once for the contact or once for the family, or of each person,
    child or adult, or each holder of parental responsibility.
    """

    key: str
    label: Words
    hint: Words | None
    answer: AnswerKind
    required: bool
    asked_of: AskedOf
    asked_when: Condition | None
    bound_to: str
    options: tuple[Option, ...]
    basis: Basis


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    key: str
    title: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """A page that asks."""

    key: str
    title: Words
    sections: tuple[Section, ...]
    basis: Basis

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which the page asks."""
        return tuple(question for section in self.sections for question in section.questions)

    def sections_of(self, *asked_of: AskedOf) -> tuple[Section, ...]:
        """The sections with only what is asked of these, and without those that then ask nothing."""
        kept = (
            replace(section, questions=tuple(one for one in section.questions if one.asked_of in asked_of))
            for section in self.sections
        )
        return tuple(section for section in kept if section.questions)

    def question(self, key: str) -> Question:
        """The question of that key. Refuses one that the form does not ask."""
        return _named(self.questions, key, f"the form “{self.title}”")

    def bound(self, fact: str) -> Question | None:
        """The question whose answer is that typed fact, or None when it is not asked."""
        return next((asked for asked in self.questions if asked.bound_to == fact), None)


@dataclass(frozen=True)
class Timescale:
    """How long something may take. ``length`` is in ``unit``; nought is "at once", or is not prescribed.

    ``by`` says whether it ends at the same time of day or when the day ends. ``starts`` and
    ``stops`` say which event begins it and which ends it: no due date is ever typed.
    """

    key: str
    label: Words
    unit: Unit
    length: int
    by: By
    starts: Words
    stops: Words
    basis: Basis

    @property
    def prescribed(self) -> bool:
        """Whether there is a day by which it is due. Without one, how long it has taken is still shown."""
        return self.unit != "not prescribed"


@dataclass(frozen=True)
class Threshold:
    """A number from which something is shown."""

    key: str
    label: Words
    number: int
    basis: Basis


@dataclass(frozen=True)
class StepToOpen:
    """What an outcome leaves somebody to do. ``timescale`` is a key of the same pack."""

    kind: str
    words: Words
    timescale: str


@dataclass(frozen=True)
class Outcome:
    """One thing that a contact may become.

    ``will_do`` says in plain words what the system will do; ``next_step`` is the
    sentence for whoever raised it. ``asks`` names what else the decider must give.
    ``letters`` are the keys for a professional and for a member of the public.
    """

    key: str
    label: Words
    will_do: Words
    next_step: Words
    is_referral: bool
    no_further_action: bool
    needs_social_worker: bool
    needs_agreement: bool
    kept_apart: bool
    asks: tuple[str, ...]
    opens_step: StepToOpen | None
    letter_professional: str
    letter_public: str
    basis: Basis

    def letter_for(self, audience: Audience) -> str:
        """The key of the letter with which this outcome is fed back."""
        return self.letter_professional if audience == "professional" else self.letter_public


@dataclass(frozen=True)
class Recommendation:
    """What a duty worker may say they would do. It decides nothing."""

    key: str
    label: Words


@dataclass(frozen=True)
class LawfulBasis:
    """A ground on which another agency may be asked."""

    key: str
    label: Words
    basis: Basis


@dataclass(frozen=True)
class Check:
    """What may be asked of another kind of agency, and on which grounds."""

    key: str
    label: Words
    hint: Words | None
    agency: str
    timescale: str
    lawful_bases: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True)
class AssessmentKind:
    """One kind of assessment. ``form`` and ``timescale`` are keys of the same pack.

    ``starts`` says from what its time runs: the referral, or the end of the assessment before it.
    """

    key: str
    title: Words
    form: str
    timescale: str
    starts: AssessmentStarts
    basis: Basis


@dataclass(frozen=True)
class PlanKind:
    """One of the law's kinds of plan, as this authority calls it.

    ``lead`` says who may lead it. ``one_with`` is the kind with which it is one plan, or "".
    """

    key: KindOfPlan
    title: Words
    lead: Lead
    one_with: str
    basis: Basis


@dataclass(frozen=True)
class Letter:
    """A draft. Its placeholders are in braces, and `rules.fill` fills them."""

    key: str
    audience: Audience
    subject: Words
    body: Words


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Thing = TypeVar("Thing", bound=_Keyed)


@dataclass(frozen=True)
class Pack:
    """Everything that one authority's practice model says.

    ``version`` is 0 until the pack is published and sealed.
    """

    key: str
    version: int
    title: Words
    languages: tuple[str, ...]
    basis: Basis
    forms: tuple[Form, ...]
    outcomes: tuple[Outcome, ...]
    recommendations: tuple[Recommendation, ...]
    words_that_cannot_stand_alone: tuple[str, ...]
    checks: tuple[Check, ...]
    lawful_bases: tuple[LawfulBasis, ...]
    timescales: tuple[Timescale, ...]
    thresholds: tuple[Threshold, ...]
    day_begins: time
    day_ends: time
    letters: tuple[Letter, ...]
    lists: tuple[OptionList, ...]
    assessment_kinds: tuple[AssessmentKind, ...]
    plan_kinds: tuple[PlanKind, ...]

    @property
    def first_assessment(self) -> AssessmentKind:
        """The kind of assessment that a referral begins."""
        return self.assessment_kinds[0]

    @property
    def pin(self) -> Pin:
        """What a record written under this pack keeps."""
        return Pin(self.key, self.version)

    def form(self, key: str) -> Form:
        """The form of that key."""
        return _named(self.forms, key, self._name)

    def cite(self, key: str) -> str:
        """How a record names one of this version's rules: pack, version and key."""
        return f"{self.key}:{self.version}:{key}"

    def outcome(self, key: str) -> Outcome:
        """The outcome of that key."""
        return _named(self.outcomes, key, self._name)

    def assessment_kind(self, key: str) -> AssessmentKind:
        """The kind of assessment of that key."""
        return _named(self.assessment_kinds, key, self._name)

    def plan_kind(self, key: str) -> PlanKind:
        """The kind of plan of that key: early_help, child_in_need or protection."""
        return _named(self.plan_kinds, key, self._name)

    def check(self, key: str) -> Check:
        """The check of that key."""
        return _named(self.checks, key, self._name)

    def lawful_basis(self, key: str) -> LawfulBasis:
        """The lawful basis of that key."""
        return _named(self.lawful_bases, key, self._name)

    def letter(self, key: str) -> Letter:
        """The letter of that key."""
        return _named(self.letters, key, self._name)

    def list(self, key: str) -> OptionList:
        """The list of answers of that key."""
        return _named(self.lists, key, self._name)

    def timescale(self, key: str, on: date) -> Timescale:
        """The rule of that key in force on that day. Refuses a day without one."""
        return _named(_in_force(self.timescales, on), key, f"{self._name} on {on:%d %m %Y}")

    def threshold(self, key: str, on: date) -> Threshold:
        """The threshold of that key in force on that day. Refuses a day without one."""
        return _named(_in_force(self.thresholds, on), key, f"{self._name} on {on:%d %m %Y}")

    @property
    def _name(self) -> str:
        return f"the practice pack {self.key}"


Ruled = TypeVar("Ruled", Timescale, Threshold)


def _in_force(rules: Iterable[Ruled], on: date) -> tuple[Ruled, ...]:
    return tuple(rule for rule in rules if rule.basis.effective.contains(on))


def _named(things: Iterable[Thing], key: str, where: str) -> Thing:
    for thing in things:
        if thing.key == key:
            return thing
    raise NotFound(f"There is no “{key}” in {where}. Choose one that it has, or ask for it to be added.")

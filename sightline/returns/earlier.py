"""What a census file says happened, as typed facts that are known again. Pure: no database, no clock.

Each fact becomes a row of the room it belongs to; its fields have the names of that row's columns. Two facts
that say the same are one, so a second import of a child brings only what is not there yet.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, ClassVar

from sightline.kernel.dates import day_words


@dataclass(frozen=True, kw_only=True)
class Fact(ABC):
    """One group of the file. `line` is where it stood, which says nothing about what it is."""

    NAME: ClassVar[str]
    """What many of them are called."""
    SOURCE: ClassVar[str]
    """The table of which it becomes a row."""
    ELEMENT: ClassVar[str]
    MAY_CHANGE: ClassVar[frozenset[str]] = frozenset()
    """What a newer file may say otherwise of the same fact, because it went on."""
    line: int = field(default=0, compare=False)

    @property
    @abstractmethod
    def first_day(self) -> date:
        """The day by which it is known again."""

    @property
    def is_open(self) -> bool:
        """Whether the file does not say how it ended, so that somebody here goes on with it."""
        return False

    def values(self) -> dict[str, Any]:
        """By column, as JSON has them: what is compared with a row that is there."""
        return {name: _plain(value) for name, value in self.columns().items()}

    def columns(self) -> dict[str, Any]:
        """By column, typed."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "line"}

    @abstractmethod
    def in_words(self) -> str:
        """A sentence for the child's timeline."""


@dataclass(frozen=True, kw_only=True)
class AssessmentFacts(Fact):
    """An assessment under section 17. Without `authorised_on` it is open."""

    NAME = "assessments"
    SOURCE = "assessments_earlierassessment"
    ELEMENT = "Assessments"
    started_on: date
    internal_review_on: date | None = None
    authorised_on: date | None = None
    factors: tuple[str, ...] = ()

    @property
    def first_day(self) -> date:
        return self.started_on

    @property
    def is_open(self) -> bool:
        return self.authorised_on is None

    def in_words(self) -> str:
        said = [f"Assessment begun on {day_words(self.started_on)}"]
        if self.internal_review_on:
            said.append(f"looked at inside the service on {day_words(self.internal_review_on)}")
        said.append(f"authorised on {day_words(self.authorised_on)}" if self.authorised_on else "open")
        said += [f"factors {', '.join(self.factors)}"] if self.factors else []
        return _sentence(said)


@dataclass(frozen=True, kw_only=True)
class PlanFacts(Fact):
    """A time on a child in need plan. Without `to_on` it is in force."""

    NAME = "child in need plans"
    SOURCE = "plans_earlierplan"
    ELEMENT = "CINPlanDates"
    LABEL: ClassVar[str] = "Child in need plan"
    kind: str = "child_in_need"
    from_on: date
    to_on: date | None = None
    first_category: str = ""
    last_category: str = ""
    plans_before: int | None = None
    reviewed_on: tuple[date, ...] = ()

    @property
    def first_day(self) -> date:
        return self.from_on

    @property
    def is_open(self) -> bool:
        return self.to_on is None

    def in_words(self) -> str:
        end = f"to {day_words(self.to_on)}" if self.to_on else "in force"
        said = [f"{self.LABEL} from {day_words(self.from_on)}", end]
        if self.first_category or self.last_category:
            codes = dict.fromkeys(code for code in (self.first_category, self.last_category) if code)
            said.append(f"category {', later '.join(codes)}")
        said += [f"protection plans before: {self.plans_before}"] if self.plans_before is not None else []
        said += [f"reviewed on {', '.join(map(day_words, self.reviewed_on))}"] if self.reviewed_on else []
        return _sentence(said)


@dataclass(frozen=True, kw_only=True)
class ProtectionFacts(PlanFacts):
    """A child protection plan with its categories and review conferences. Without `to_on` it is in force."""

    NAME = "child protection plans"
    ELEMENT = "ChildProtectionPlans"
    LABEL = "Child protection plan"
    MAY_CHANGE = frozenset({"last_category"})
    kind: str = "protection"


@dataclass(frozen=True, kw_only=True)
class EnquiryFacts(Fact):
    """A section 47 enquiry. With neither a conference nor word that none was needed it is open."""

    NAME = "section 47 enquiries"
    SOURCE = "enquiries_earlierenquiry"
    ELEMENT = "Section47"
    MAY_CHANGE = frozenset({"conference_target_on"})
    began_on: date
    conference_target_on: date | None = None
    conference_on: date | None = None
    conference_not_required: bool | None = None

    @property
    def first_day(self) -> date:
        return self.began_on

    @property
    def is_open(self) -> bool:
        return self.conference_on is None and not self.conference_not_required

    def in_words(self) -> str:
        said = [f"Section 47 enquiry begun on {day_words(self.began_on)}"]
        if self.conference_on:
            said.append(f"initial conference on {day_words(self.conference_on)}")
        elif self.conference_not_required:
            said.append("no conference was needed")
        else:
            said.append("open")
        if self.conference_target_on:
            said.append(f"conference due by {day_words(self.conference_target_on)}")
        return _sentence(said)


@dataclass(frozen=True, kw_only=True)
class ConferenceFacts(Fact):
    """An initial conference that the file tells of without an enquiry."""

    NAME = "conferences without an enquiry"
    SOURCE = "conferences_earlierconference"
    ELEMENT = "DateOfInitialCPC"
    held_on: date

    @property
    def first_day(self) -> date:
        return self.held_on

    def in_words(self) -> str:
        return f"Initial child protection conference on {day_words(self.held_on)}."


@dataclass(frozen=True, kw_only=True)
class PreProceedingsFacts(Fact):
    """A time of pre-proceedings. With neither a decision, an outcome nor an application it is open."""

    NAME = "pre-proceedings"
    SOURCE = "court_preproceedings"
    ELEMENT = "PreProceedingsandFGDM"
    started_on: date
    letter_sent_on: date | None = None
    meeting_offered: bool | None = None
    meeting_held: bool | None = None
    first_meeting_on: date | None = None
    review_meetings: int | None = None
    decided_on: date | None = None
    outcome: str = ""
    applied_on: date | None = None
    letter_of_issue_on: date | None = None

    @property
    def first_day(self) -> date:
        return self.started_on

    @property
    def is_open(self) -> bool:
        return not (self.decided_on or self.outcome or self.applied_on)

    def in_words(self) -> str:
        said = [f"Pre-proceedings from {day_words(self.started_on)}"]
        days = {
            "letter before proceedings": self.letter_sent_on,
            "first meeting": self.first_meeting_on,
            "decided": self.decided_on,
            "application to the court": self.applied_on,
            "letter of issue": self.letter_of_issue_on,
        }
        said += [f"{what} on {day_words(day)}" for what, day in days.items() if day]
        said += [f"outcome {self.outcome}"] if self.outcome else []
        said += ["open"] if self.is_open else []
        return _sentence(said)


KINDS: tuple[type[Fact], ...] = (
    AssessmentFacts,
    PlanFacts,
    EnquiryFacts,
    ConferenceFacts,
    ProtectionFacts,
    PreProceedingsFacts,
)
"""In the order in which they are counted and told."""


def goes_on(old: Mapping[str, Any], new: Mapping[str, Any], *, may_change: Iterable[str] = ()) -> bool:
    """Whether `new` says all that `old` says, and perhaps more: an end, a review, a meeting since.

    Both by column, as JSON has them. A count may have grown, a no become a yes; a day that was given stands.
    """
    changes = set(may_change)
    return all(name in changes or _grown(said, new[name]) for name, said in old.items())


def keeping(fact: Fact, old: Mapping[str, Any]) -> Fact:
    """The fact with what was said before of what may change, where it says nothing of it: a blank takes nothing back.

    `old` by column, as JSON has them.
    """
    kept = {name: old[name] for name in fact.MAY_CHANGE if old.get(name) and not getattr(fact, name)}
    return replace(fact, **{name: _typed(name, value) for name, value in kept.items()}) if kept else fact


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two say the same, in whatever order lists stand."""
    return {name: _settled(value) for name, value in one.items()} == {
        name: _settled(value) for name, value in other.items()
    }


def _grown(old: Any, new: Any) -> bool:
    if old in (None, "", [], False) or old == new:
        return new is not None or old is None
    if isinstance(old, list):
        return set(old) <= set(new)
    return isinstance(old, int) and isinstance(new, int) and not isinstance(old, bool) and new >= old


def _settled(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") else value


def _sentence(said: Iterable[str]) -> str:
    return "; ".join(said) + "."

"""What a census file says, as typed values that remember where they stood.

Every value keeps the text as written and its line, beside what it was read as, so
that a fault can be pointed at and nothing is lost by reading it. An element that is
absent is a `Field` with no text, on the line of the group that lacks it.
"""

# ruff: noqa: RUF009  (item, items, one and many only declare a shape, as field does)

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar, Generic, Literal, TypeVar

T = TypeVar("T")
Kind = Literal["text", "date", "flag", "count"]


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One element: its name, its line (from 1), its text as written, and what that reads as.

    ``value`` is None where the element is absent or empty, and where its text cannot
    be read as what it should be; ``given`` tells those apart.
    """

    element: str
    line: int
    raw: str = ""
    value: T | None = None

    @property
    def given(self) -> bool:
        """True where the element is there and not empty."""
        return bool(self.raw)


@dataclass(frozen=True, slots=True)
class Stray:
    """Something that the year's specification has no place for, kept as it was written."""

    rule: str
    element: str
    line: int
    text: str


def item(element: str, kind: Kind = "text") -> Any:
    """An element that stands once in its group."""
    return field(metadata={"shape": "item", "element": element, "kind": kind})


def items(container: str, element: str, kind: Kind = "text") -> Any:
    """Elements that stand any number of times inside a container."""
    return field(metadata={"shape": "items", "element": container, "each": element, "kind": kind})


def one(element: str, group: "type[Group]") -> Any:
    """A group that stands once."""
    return field(metadata={"shape": "one", "element": element, "group": group})


def many(element: str, group: "type[Group]") -> Any:
    """A group that stands any number of times."""
    return field(metadata={"shape": "many", "element": element, "group": group})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of elements: the line it begins on, and what in it has no place."""

    ELEMENT: ClassVar[str] = ""
    line: int
    strays: tuple[Stray, ...] = ()

    @property
    def here(self) -> Field[str]:
        """The group itself as a place to point at."""
        return Field(self.ELEMENT, self.line)

    def groups(self) -> "Iterator[Group]":
        """This group and every group inside it, in the file's order of kinds."""
        yield self
        for inner in self._groups_inside():
            yield from inner.groups()

    def all_fields(self) -> Iterator[Field[Any]]:
        """Every value that stands directly in this group, absent ones too."""
        for name, shape in shapes(type(self)):
            if shape["shape"] == "item":
                yield getattr(self, name)
            elif shape["shape"] == "items":
                yield from getattr(self, name)

    def _groups_inside(self) -> "Iterator[Group]":
        for name, shape in shapes(type(self)):
            if shape["shape"] == "one":
                yield getattr(self, name)
            elif shape["shape"] == "many":
                yield from getattr(self, name)

    def as_staged(self) -> dict[str, Any]:
        """The group as plain text under the file's own names, to be kept until it is used."""
        kept: dict[str, Any] = {"line": self.line}
        for value in self.all_fields():
            if value.given:
                kept.setdefault(value.element, []).append(value.raw)
        for stray in self.strays:
            kept.setdefault("unplaced", []).append({"element": stray.element, "line": stray.line, "text": stray.text})
        for inner in self._groups_inside():
            kept.setdefault(inner.ELEMENT, []).append(inner.as_staged())
        return kept


Shapes = tuple[tuple[str, Mapping[str, Any]], ...]
_KNOWN: dict[type, Shapes] = {}  # walked for every child, so worked out once for each kind


def shapes(group: type[Group]) -> Shapes:
    """The parts of a group: each one's name and the shape that it was declared with."""
    if group not in _KNOWN:
        _KNOWN[group] = tuple((each.name, each.metadata) for each in fields(group) if each.metadata)
    return _KNOWN[group]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionDetails(Group):
    """Which collection the file is for."""

    ELEMENT: ClassVar[str] = "CollectionDetails"
    collection: Field[str] = item("Collection")
    year: Field[int] = item("Year", "count")
    reference_date: Field[date] = item("ReferenceDate", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Group):
    """Who made the file, and with what."""

    ELEMENT: ClassVar[str] = "Source"
    level: Field[str] = item("SourceLevel")
    authority: Field[str] = item("LEA")
    software: Field[str] = item("SoftwareCode")
    release: Field[str] = item("Release")
    serial: Field[str] = item("SerialNo")
    made_at: Field[str] = item("DateTime")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header(Group):
    """The head of the file."""

    ELEMENT: ClassVar[str] = "Header"
    collection: CollectionDetails = one("CollectionDetails", CollectionDetails)
    source: Source = one("Source", Source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers(Group):
    """Who the child is. ``sex`` holds GenderCurrent in the years that asked for that."""

    ELEMENT: ClassVar[str] = "ChildIdentifiers"
    la_child_id: Field[str] = item("LAchildID")
    upn: Field[str] = item("UPN")
    former_upn: Field[str] = item("FormerUPN")
    upn_unknown: Field[str] = item("UPNunknown")
    birth_date: Field[date] = item("PersonBirthDate", "date")
    expected_birth_date: Field[date] = item("ExpectedPersonBirthDate", "date")
    sex: Field[str] = item("Sex")
    death_date: Field[date] = item("PersonDeathDate", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristics(Group):
    """Ethnicity and disabilities."""

    ELEMENT: ClassVar[str] = "ChildCharacteristics"
    ethnicity: Field[str] = item("Ethnicity")
    disabilities: tuple[Field[str], ...] = items("Disabilities", "Disability")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Group):
    """An assessment under section 17, and the factors found at its end."""

    ELEMENT: ClassVar[str] = "Assessments"
    start: Field[date] = item("AssessmentActualStartDate", "date")
    internal_review: Field[date] = item("AssessmentInternalReviewDate", "date")
    authorised: Field[date] = item("AssessmentAuthorisationDate", "date")
    factors: tuple[Field[str], ...] = items("FactorsIdentifiedAtAssessment", "AssessmentFactors")


@dataclass(frozen=True, slots=True, kw_only=True)
class CinPlan(Group):
    """A period on a child in need plan."""

    ELEMENT: ClassVar[str] = "CINPlanDates"
    start: Field[date] = item("CINPlanStartDate", "date")
    end: Field[date] = item("CINPlanEndDate", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section47(Group):
    """An enquiry under section 47, and the initial child protection conference after it."""

    ELEMENT: ClassVar[str] = "Section47"
    start: Field[date] = item("S47ActualStartDate", "date")
    conference_target: Field[date] = item("InitialCPCtarget", "date")
    conference: Field[date] = item("DateOfInitialCPC", "date")
    conference_not_required: Field[bool] = item("ICPCnotRequired", "flag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Group):
    """A review group of a child protection plan: the dates of its review conferences."""

    ELEMENT: ClassVar[str] = "Reviews"
    dates: tuple[Field[date], ...] = items("", "CPPreviewDate", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPlan(Group):
    """A child protection plan."""

    ELEMENT: ClassVar[str] = "ChildProtectionPlans"
    start: Field[date] = item("CPPstartDate", "date")
    end: Field[date] = item("CPPendDate", "date")
    initial_category: Field[str] = item("InitialCategoryOfAbuse")
    latest_category: Field[str] = item("LatestCategoryOfAbuse")
    previous_plans: Field[int] = item("NumberOfPreviousCPP", "count")
    reviews: tuple[Review, ...] = many("Reviews", Review)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreProceedings(Group):
    """Pre-proceedings and family group decision making, from the 2027 census."""

    ELEMENT: ClassVar[str] = "PreProceedingsandFGDM"
    start: Field[date] = item("PPStartDate", "date")
    letter_sent: Field[date] = item("LBPSentDate", "date")
    meeting_offered: Field[bool] = item("FGDMMeetingOffer", "flag")
    meeting_facilitated: Field[bool] = item("FGDMMeetingFac", "flag")
    initial_meeting: Field[date] = item("InitialPPMeetingDate", "date")
    review_meetings: Field[int] = item("ReviewMeetingsCount", "count")
    step_decision: Field[date] = item("StepDecisionDate", "date")
    outcome: Field[str] = item("PPOutcome")
    court_application: Field[date] = item("CourtAppDate", "date")
    letter_of_issue: Field[date] = item("LetterInitCPDate", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode(Group):
    """One CINdetails group: an episode of need, from referral to closure."""

    ELEMENT: ClassVar[str] = "CINdetails"
    referral_date: Field[date] = item("CINreferralDate", "date")
    referral_source: Field[str] = item("ReferralSource")
    primary_need: Field[str] = item("PrimaryNeedCode")
    closure_date: Field[date] = item("CINclosureDate", "date")
    closure_reason: Field[str] = item("ReasonForClosure")
    conference: Field[date] = item("DateOfInitialCPC", "date")
    no_further_action: Field[bool] = item("ReferralNFA", "flag")
    assessments: tuple[Assessment, ...] = many("Assessments", Assessment)
    cin_plans: tuple[CinPlan, ...] = many("CINPlanDates", CinPlan)
    enquiries: tuple[Section47, ...] = many("Section47", Section47)
    protection_plans: tuple[ProtectionPlan, ...] = many("ChildProtectionPlans", ProtectionPlan)
    pre_proceedings: tuple[PreProceedings, ...] = many("PreProceedingsandFGDM", PreProceedings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Group):
    """One child's record. ``identifiers.la_child_id`` always has a value."""

    ELEMENT: ClassVar[str] = "Child"
    identifiers: Identifiers = one("ChildIdentifiers", Identifiers)
    characteristics: Characteristics = one("ChildCharacteristics", Characteristics)
    episodes: tuple[Episode, ...] = many("CINdetails", Episode)

    @property
    def id(self) -> str:
        """The authority's own child id."""
        return self.identifiers.la_child_id.raw

"""Reading what was signed, and what was missing then."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from sightline.assessments.models import Missing, RoundChild, SignedAssessment, SignedFactor
from sightline.assessments.rules import PartKey
from sightline.kernel.errors import NotFound
from sightline.practice.spec import Pin


@dataclass(frozen=True)
class SignedView:
    """A dated assessment. Its words are the passages of `entry`, each under its question's key.

    `by` authorised it. `factors` are codes by child, as they stood. `kind` is of the practice pack that `form`
    pins, as `key:version`.
    """

    entry: UUID
    assessment: UUID
    round: UUID
    started_on: date
    authorised_at: datetime
    by: UUID
    outcome: str
    children: tuple[UUID, ...]
    factors: Mapping[UUID, tuple[str, ...]]
    late_because: str
    kind: str
    form: str

    @property
    def pin(self) -> Pin:
        """The pack that it was signed under."""
        key, _, version = self.form.partition(":")
        return Pin(key, int(version or 0))


@dataclass(frozen=True)
class MissingView:
    """A part that was empty when a round was sent, with the reason, which may be blank."""

    place: PartKey
    reason: str
    sent_at: datetime


def list_signed(children: Iterable[UUID]) -> list[SignedView]:
    """Every dated assessment of any of these children, the latest first, in three queries."""
    rounds = RoundChild.objects.filter(child__in=list(children)).values("round")
    return _signed(SignedAssessment.objects.filter(round__in=rounds))


def get_signed(entry: UUID) -> SignedView:
    """One dated assessment, by its entry. Absent and hidden read alike."""
    found = _signed(SignedAssessment.objects.filter(entry=entry))
    if not found:
        raise NotFound("There is no such signed assessment on a record that you work with.")
    return found[0]


def _signed(found: QuerySet[SignedAssessment]) -> list[SignedView]:
    rows = list(found.select_related("round", "entry").order_by("-authorised_at", "-entry"))
    children: dict[UUID, list[UUID]] = defaultdict(list)
    assessed = RoundChild.objects.filter(round__in=[row.round_id for row in rows]).order_by("id")
    for key, child in assessed.values_list("round", "child"):
        children[key].append(child)
    factors: dict[UUID, dict[UUID, list[str]]] = defaultdict(lambda: defaultdict(list))
    marked = SignedFactor.objects.filter(signed__in=[row.entry_id for row in rows]).order_by("code")
    for key, child, code in marked.values_list("signed", "child", "code"):
        factors[key][child].append(code)
    return [
        SignedView(
            entry=row.entry_id,
            assessment=row.assessment_id,
            round=row.round_id,
            started_on=row.started_on,
            authorised_at=row.authorised_at,
            by=row.authorised_by,
            outcome=row.outcome,
            children=tuple(children[row.round_id]),
            factors={child: tuple(codes) for child, codes in factors[row.entry_id].items()},
            late_because=row.late_because,
            kind=row.round.kind,
            form=row.entry.form,
        )
        for row in rows
    ]


def list_missing(round: UUID) -> list[MissingView]:  # noqa: A002 - the field's noun
    """What was empty when a round was last sent, and why."""
    rows = Missing.objects.filter(turn__round=round).select_related("turn").order_by("-turn__at", "-turn", "id")
    found = list(rows)
    return [
        MissingView((row.key, row.child_id), row.reason, row.turn.at)
        for row in found
        if row.turn_id == found[0].turn_id
    ]

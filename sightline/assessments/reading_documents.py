"""Reading the living document: what it says now, what it said, and where its signing stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from sightline.assessments.models import (
    AssessedChild,
    Factor,
    PartVersion,
    Round,
    RoundChild,
    SignedAssessment,
    Turn,
)
from sightline.assessments.rules import PartKey, Standing, standing_of
from sightline.kernel.errors import NotFound

NOT_THERE = "There is no such assessment among the children that you can see. Open it from a child's record."


@dataclass(frozen=True)
class PartView:
    """What one part says. `carried` marks words that came over from another document, unchanged since."""

    number: int
    text: str
    written_at: datetime
    by: UUID
    carried: bool


@dataclass(frozen=True)
class TurnView:
    """Something that happened to a round's signing."""

    kind: str
    label: str
    at: datetime
    by: UUID
    words: str
    outcome: str
    to_post: UUID | None


@dataclass(frozen=True)
class RoundView:
    """One time of assessing. Its key is its step's; `post` carries it, `due_at` is its step's.

    `due_at` is None where no time is prescribed; `kind` is the practice pack's. `closed_at` is when it was
    signed, or ended unsigned with the words of `closed_with`.
    """

    id: UUID
    assessment: UUID
    children: tuple[UUID, ...]
    started_on: date
    began_at: datetime
    why: str
    post: UUID
    due_at: datetime | None
    due_rule: str
    closed_at: datetime | None
    closed_with: str
    kind: str
    turns: tuple[TurnView, ...]

    @property
    def standing(self) -> Standing:
        """Where its signing stands."""
        return standing_of(turn.kind for turn in self.turns)

    @property
    def last_turn(self) -> TurnView | None:
        """What brought its signing to where it stands; that it was asked for again did not."""
        return next((turn for turn in reversed(self.turns) if turn.kind != "gone_on"), None)

    @property
    def with_post(self) -> UUID | None:
        """The manager's post that it is with, while it is with one."""
        sent = [turn for turn in self.turns if turn.kind in ("submitted", "sent_on")]
        waiting = self.closed_at is None and self.standing in (Standing.WITH_MANAGER, Standing.WITH_SECOND)
        return sent[-1].to_post if waiting and sent else None

    @property
    def sent_at(self) -> datetime | None:
        """When it was last sent to a manager."""
        return next((turn.at for turn in reversed(self.turns) if turn.kind in ("submitted", "sent_on")), None)


@dataclass(frozen=True)
class DocumentView:
    """A living document as the reader may see it.

    `parts` are what it says now, by question and child; `round` the open round that began first, or
    None. `standing` and `turns` are that round's, or the latest one's. `factors` are codes by child.
    `signed_at` is when it was last signed, and `changed_since_signed` that same moment where
    something was written since, else None.
    """

    id: UUID
    children: tuple[UUID, ...]
    parts: Mapping[PartKey, PartView]
    round: RoundView | None
    standing: Standing
    factors: Mapping[UUID, tuple[str, ...]]
    turns: tuple[TurnView, ...]
    rounds: tuple[RoundView, ...]
    signed_at: datetime | None
    changed_since_signed: datetime | None

    @property
    def kind(self) -> str:
        """Of which kind the open round is that began first, else the latest one; blank before there was any."""
        standing = self.round or (self.rounds[-1] if self.rounds else None)
        return standing.kind if standing else ""


def get_document_of(child: UUID) -> DocumentView | None:
    """The living document that a child is in now; None where nobody has begun one."""
    found = AssessedChild.objects.filter(child=child, to_at=None).values_list("assessment", flat=True).first()
    return get_document(found) if found else None


def get_document(assessment: UUID) -> DocumentView:
    """One document. Absent and hidden read alike."""
    joined = dict(
        AssessedChild.objects.filter(assessment=assessment, to_at=None)
        .order_by("from_at", "id")
        .values_list("child", "from_at")
    )
    rows = list(PartVersion.objects.filter(assessment=assessment, replaced_at=None))
    rounds = _rounds(Round.objects.filter(assessment=assessment))
    if not (joined or rows or rounds):
        raise NotFound(NOT_THERE)
    now = next((one for one in rounds if one.closed_at is None), None)
    standing = now or (rounds[-1] if rounds else None)
    signed_at = SignedAssessment.objects.filter(assessment=assessment).aggregate(latest=Max("authorised_at"))["latest"]
    factors, marked_at = _factors(assessment)
    return DocumentView(
        id=assessment,
        children=tuple(joined),
        parts={(row.key, row.child_id): _part(row) for row in rows},
        round=now,
        standing=standing.standing if standing else Standing.WRITING,
        factors=factors,
        turns=standing.turns if standing else (),
        rounds=tuple(rounds),
        signed_at=signed_at,
        changed_since_signed=_changed_since(
            signed_at, [*joined.values(), *(row.written_at for row in rows), *marked_at]
        ),
    )


def _part(row: PartVersion) -> PartView:
    return PartView(row.number, row.text, row.written_at, row.by, row.carried_from_id is not None)


def _factors(assessment: UUID) -> tuple[dict[UUID, tuple[str, ...]], list[datetime]]:
    """Marked now, by child; and every moment at which one was marked or removed."""
    marked: dict[UUID, list[str]] = defaultdict(list)
    moments = []
    for row in Factor.objects.filter(assessment=assessment).order_by("code"):
        moments += [row.marked_at] if row.removed_at is None else [row.removed_at]
        if row.removed_at is None:
            marked[row.child_id].append(row.code)
    return {child: tuple(codes) for child, codes in marked.items()}, moments


def _changed_since(signed_at: datetime | None, written: Iterable[datetime]) -> datetime | None:
    if signed_at is None or not any(moment > signed_at for moment in written):
        return None
    return signed_at


def _rounds(found: QuerySet[Round]) -> list[RoundView]:
    """In three queries, those that began first coming first."""
    rows = list(found.select_related("step").order_by("began_at", "step"))
    keys = [row.step_id for row in rows]
    children: dict[UUID, list[UUID]] = defaultdict(list)
    for key, child in RoundChild.objects.filter(round__in=keys).order_by("id").values_list("round", "child"):
        children[key].append(child)
    turns: dict[UUID, list[TurnView]] = defaultdict(list)
    for turn in Turn.objects.filter(round__in=keys).order_by("at", "id"):
        turns[turn.round_id].append(_turn(turn))
    return [_round(row, tuple(children[row.step_id]), tuple(turns[row.step_id])) for row in rows]


def _turn(row: Turn) -> TurnView:
    return TurnView(row.kind, row.get_kind_display(), row.at, row.by, row.words, row.outcome, row.to_post)


def _round(row: Round, children: tuple[UUID, ...], turns: tuple[TurnView, ...]) -> RoundView:
    return RoundView(
        id=row.step_id,
        assessment=row.assessment_id,
        children=children,
        started_on=row.started_on,
        began_at=row.began_at,
        why=row.why,
        post=row.step.post_id,
        due_at=row.step.due_at,
        due_rule=row.step.due_rule,
        closed_at=row.step.closed_at,
        closed_with=row.step.outcome,
        kind=row.kind,
        turns=turns,
    )


def get_round(round: UUID) -> RoundView:  # noqa: A002 - the field's noun
    """One round, open or closed. Absent and hidden read alike."""
    found = _rounds(Round.objects.filter(step=round))
    if not found:
        raise NotFound(NOT_THERE)
    return found[0]


def get_documents_of(rounds: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """The document of each of these rounds, in one query; what is no round, or may not be seen, is left out."""
    return dict(Round.objects.filter(step__in=list(rounds)).values_list("step", "assessment"))


def list_open_rounds(*, posts: Iterable[UUID] | None = None, children: Iterable[UUID] | None = None) -> list[RoundView]:
    """The rounds that these posts carry, or in which these children are assessed, that nobody has signed yet."""
    found = Round.objects.filter(step__closed_at=None)
    if posts is not None:
        found = found.filter(step__post__in=list(posts))
    if children is not None:
        found = found.filter(step__in=RoundChild.objects.filter(child__in=list(children)).values("round"))
    return _rounds(found)


def list_part_versions(*, assessment: UUID, key: str, child: UUID | None) -> list[PartView]:
    """Everything that one part has said, the latest first."""
    rows = PartVersion.objects.filter(assessment=assessment, key=key)
    rows = rows.filter(child=None) if child is None else rows.filter(child=child)
    return [_part(row) for row in rows.order_by("-number")]

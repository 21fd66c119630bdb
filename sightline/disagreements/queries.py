"""The only reader of this room that others use. Read under the row policies: what one may not see is not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from sightline.disagreements.models import Disagreement, Side, Stage
from sightline.disagreements.rules import state_of
from sightline.kernel.errors import NotFound
from sightline.record.models import Step, StepSubject


@dataclass(frozen=True)
class SideView:
    """What one side said at one time. `agency` is "Head teacher, Weir Primary School", empty for a post of ours."""

    id: UUID
    agency_post: UUID | None
    agency: str
    post: UUID | None
    name: str
    words: str
    section: str
    said_at: datetime
    by: UUID

    @property
    def called(self) -> str:
        """By name and post: "Ann Lee, Head teacher, Weir Primary School"."""
        return ", ".join(part for part in (self.name, self.agency) if part)[:200]


@dataclass(frozen=True)
class StageView:
    """A stage that it went through: `resolver` by name, `post` ours, and what came of it once it ended."""

    number: int
    post: UUID
    resolver: str
    began_at: datetime
    due_at: datetime
    rule: str
    ended_at: datetime | None
    came_of: str
    by: UUID


@dataclass(frozen=True)
class DisagreementView:
    """A disagreement whole. `children` are those whom the reader may see; `post` is ours that carries it."""

    step: UUID
    about: str
    subject_kind: str
    subject: UUID | None
    raised_on: date
    recorded_at: datetime
    recorded_by: UUID
    safety: str
    children: tuple[UUID, ...]
    post: UUID
    sides: tuple[SideView, ...]
    stages: tuple[StageView, ...]
    resolved_on: date | None
    resolved_by: UUID | None
    resolved_how: str
    learned: str
    entry: UUID | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it yet."""
        return self.resolved_on is None

    @property
    def stage(self) -> StageView:
        """The stage that it is at, or was at when it was resolved."""
        return self.stages[-1]

    @property
    def state(self) -> str:
        """Where it stands, as a key of `rules.STATES`."""
        return state_of(stage=self.stage.number, resolved=not self.is_open)

    @property
    def agency_posts(self) -> tuple[UUID, ...]:
        """The agencies' posts that are a side of it, each once."""
        return tuple(dict.fromkeys(one.agency_post for one in self.sides if one.agency_post))

    @property
    def parties(self) -> tuple[str, ...]:
        """Between whom it is, each once: "Ann Lee, Head teacher, Weir Primary School"."""
        return tuple(dict.fromkeys(one.called for one in self.sides))


def get_disagreement(step: UUID) -> DisagreementView:
    """One of them. Absent and hidden read alike."""
    found = _views(Disagreement.objects.filter(step=step))
    if not found:
        raise NotFound("There is no such disagreement among the children that you work with.")
    return found[0]


def list_disagreements(
    children: Iterable[UUID] = (), *, only_open: bool = True, subjects: Iterable[UUID] = ()
) -> list[DisagreementView]:
    """Those about any of these children, or about any of these subjects, latest first, in five queries.

    A subject is a decision, a plan, a conference, a reply: whatever it was raised about.
    """
    mine = StepSubject.objects.filter(person__in=list(children)).values("step")
    rows = Disagreement.objects.filter(step__in=mine) | Disagreement.objects.filter(subject__in=list(subjects))
    return _views(rows.filter(resolved_on=None) if only_open else rows)


def _views(rows: QuerySet[Disagreement]) -> list[DisagreementView]:
    found = list(rows.order_by("-raised_on", "-recorded_at", "-step"))
    keys = [one.step_id for one in found]
    sides: dict[UUID, list[SideView]] = {}
    said = Side.objects.filter(disagreement__in=keys).select_related("agency_post__agency").order_by("said_at", "id")
    for side in said:
        sides.setdefault(side.disagreement_id, []).append(_side(side))
    stages: dict[UUID, list[StageView]] = {}
    for stage in Stage.objects.filter(disagreement__in=keys).order_by("number"):
        stages.setdefault(stage.disagreement_id, []).append(_stage(stage))
    children: dict[UUID, list[UUID]] = {}
    for step, person in StepSubject.objects.filter(step__in=keys).order_by("id").values_list("step", "person"):
        children.setdefault(step, []).append(person)
    posts = dict(Step.objects.filter(id__in=keys).values_list("id", "post"))
    return [
        DisagreementView(
            step=one.step_id, about=one.about, subject_kind=one.subject_kind, subject=one.subject,
            raised_on=one.raised_on, recorded_at=one.recorded_at, recorded_by=one.recorded_by, safety=one.safety,
            children=tuple(children.get(one.step_id, ())), post=posts[one.step_id],
            sides=tuple(sides.get(one.step_id, ())), stages=tuple(stages.get(one.step_id, ())),
            resolved_on=one.resolved_on, resolved_by=one.resolved_by, resolved_how=one.resolved_how,
            learned=one.learned, entry=one.entry_id,
        )
        for one in found
    ]  # fmt: skip


def _side(row: Side) -> SideView:
    post = row.agency_post
    return SideView(
        id=row.id,
        agency_post=row.agency_post_id,
        agency=f"{post.title}, {post.agency.name}" if post else "",
        post=row.post_id,
        name=row.name,
        words=row.words,
        section=row.section,
        said_at=row.said_at,
        by=row.by,
    )


def _stage(row: Stage) -> StageView:
    return StageView(
        number=row.number,
        post=row.post_id,
        resolver=row.resolver,
        began_at=row.began_at,
        due_at=row.due_at,
        rule=row.rule,
        ended_at=row.ended_at,
        came_of=row.came_of,
        by=row.by,
    )

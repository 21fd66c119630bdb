"""Reading one plan whole: what it says today, who agreed, its versions and reviews, and how far it got."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.kernel.ages import age_in_years
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.people.queries import get_names, list_relationships_of
from sightline.plans.models import (
    Action,
    Agreement,
    Outcome,
    Plan,
    Progress,
    Review,
    Signature,
    Terms,
    Version,
)
from sightline.plans.reading_lines import Lead, OnPlan, PlanLine, ServiceLine, lines_of, list_services
from sightline.plans.rules import AGREES_FOR_THEMSELVES, state_of

AGAINST = frozenset({Agreement.Said.NOT_AGREED, Agreement.Said.WITHDRAWN})


@dataclass(frozen=True)
class TermsView:
    """What holds for the whole plan. `id` is what a writer had before them."""

    id: UUID
    contingency: str
    further_action: str
    from_at: datetime
    by: UUID


@dataclass(frozen=True)
class OutcomeView:
    """An outcome as it is worded now, or was when it ended. `child` is None where it is for all of them."""

    id: UUID
    root: UUID
    child: UUID | None
    words: str
    childs_words: str
    how_we_know: str
    from_at: datetime
    to_at: datetime | None
    ended_because: str


@dataclass(frozen=True)
class ActionView:
    """Something agreed. `outcome` is a root. `closed_at` and `done` once it is over."""

    step: UUID
    outcome: UUID | None
    what: str
    who: str
    why: str
    by_when: datetime | None
    post: UUID
    agreed_at: datetime
    closed_at: datetime | None
    done: str


@dataclass(frozen=True)
class AgreementView:
    """What one person said last. `said` is empty where nobody has recorded it: it is missing, and is asked for.

    `holder_of` are the children for whom they hold parental responsibility; none of a young person themselves.
    """

    person: UUID
    holder_of: tuple[UUID, ...]
    young: bool
    said: str
    words: str
    said_on: date | None

    @property
    def said_words(self) -> str:
        """`Agrees`; nothing where it is missing."""
        return str(Agreement.Said(self.said).label) if self.said else ""


@dataclass(frozen=True)
class SignatureView:
    """Who signed, or did not and why."""

    id: UUID
    person: UUID | None
    name: str
    capacity: str
    signed_on: date | None
    not_signed_because: str


@dataclass(frozen=True)
class VersionView:
    """A version: its words are the passages of its entry."""

    entry: UUID
    number: int
    made_at: datetime
    signatures: tuple[SignatureView, ...]


@dataclass(frozen=True)
class ReviewView:
    """A review, a core group or a review conference (`kind`): its words are the passages of its entry."""

    entry: UUID
    kind: str
    held_on: date
    attended: str
    late_because: str


@dataclass(frozen=True)
class ProgressView:
    """How far an outcome had come at one review."""

    review: UUID
    held_on: date
    scale: int | None
    words: str


@dataclass(frozen=True)
class PlanView:
    """A plan whole, as far as the reader may see it. `outcomes` are also those that ended (`to_at`)."""

    line: PlanLine
    arose_from: UUID | None
    made_by: UUID
    state: str
    terms: TermsView | None
    outcomes: tuple[OutcomeView, ...]
    actions: tuple[ActionView, ...]
    services: tuple[ServiceLine, ...]
    agreements: tuple[AgreementView, ...]
    versions: tuple[VersionView, ...]
    reviews: tuple[ReviewView, ...]
    changed_since_version: bool

    @property
    def id(self) -> UUID:
        """Its key, which is its step's."""
        return self.line.plan

    @property
    def kind(self) -> str:
        """Of which kind."""
        return self.line.kind

    @property
    def children(self) -> tuple[OnPlan, ...]:
        """Whoever is or was on it, with their days."""
        return self.line.members

    @property
    def began_on(self) -> date:
        """When it began."""
        return self.line.began_on

    @property
    def to_on(self) -> date | None:
        """When it ended for the last child."""
        return self.line.to_on

    @property
    def post(self) -> UUID | None:
        """Which post carries it."""
        return self.line.post

    @property
    def lead(self) -> Lead:
        """Who leads."""
        return self.line.lead

    @property
    def next_review_due(self) -> datetime | None:
        """When it is next reviewed."""
        return self.line.next_review_due

    @property
    def missing_agreements(self) -> tuple[AgreementView, ...]:
        """Those who have not been asked, as far as anybody recorded."""
        return tuple(one for one in self.agreements if not one.said)


@dataclass(frozen=True)
class Unagreed:
    """What is lacking to the agreement of a plan: who was not asked, who is against it, how often it was signed."""

    plan: UUID
    missing: tuple[UUID, ...]
    against: tuple[UUID, ...]
    versions: int


def list_unagreed(lines: Iterable[PlanLine], *, at: datetime) -> dict[UUID, Unagreed]:
    """Those of these plans in force to which agreement is lacking, by plan; three queries for each, and one for all."""
    open_ = [line for line in lines if line.to_on is None]
    versions = Counter(Version.objects.filter(plan__in=[one.plan for one in open_]).values_list("plan", flat=True))
    found = [_unagreed(line, versions[line.plan], at) for line in open_]
    return {one.plan: one for one in found if one.missing or one.against or not one.versions}


def _unagreed(line: PlanLine, versions: int, at: datetime) -> Unagreed:
    asked = _agreements(line.plan, line, at)
    return Unagreed(
        plan=line.plan,
        missing=tuple(one.person for one in asked if one.said in {"", Agreement.Said.NOT_ASKED}),
        against=tuple(one.person for one in asked if one.said in AGAINST),
        versions=versions,
    )


@dataclass(frozen=True)
class Against:
    """Somebody who last said that they do not agree to a plan, or no longer."""

    agreement: UUID
    plan: UUID
    person: UUID
    said: str
    recorded_at: datetime


def list_against(plans: Iterable[UUID]) -> list[Against]:
    """Who is against these plans, by what they said last, in one query."""
    rows = Agreement.objects.filter(plan__in=list(plans)).order_by("said_on", "recorded_at", "id")
    last = {(row.plan_id, row.person_id): row for row in rows}
    return [
        Against(row.id, row.plan_id, row.person_id, row.said, row.recorded_at)
        for row in last.values()
        if row.said in AGAINST
    ]


def get_plan(plan: UUID, *, at: datetime | None = None, line: PlanLine | None = None) -> PlanView:
    """A plan whole, in a fixed number of queries. Absent and hidden read alike.

    `at` says on which day it is asked who is old enough to agree for themselves; else its latest event does.
    `line` spares asking when the reader has it.
    """
    found = Plan.objects.filter(step_id=plan).first()
    line = line or next(iter(lines_of([plan])), None)
    if found is None or line is None:
        raise NotFound("There is no such plan among the children that you work with.")
    terms = _terms(plan)
    outcomes, actions = _outcomes(plan), _actions(plan)
    versions, reviews = _versions(plan), _reviews(plan)
    return PlanView(
        line=line,
        arose_from=found.arose_from_id,
        made_by=found.made_by,
        state=state_of(on_it=line.to_on is None, versions=len(versions), reviews=len(reviews)),
        terms=terms,
        outcomes=outcomes,
        actions=actions,
        services=tuple(list_services([], plans=[plan])),
        agreements=_agreements(plan, line, at),
        versions=versions,
        reviews=reviews,
        changed_since_version=_changed(terms, outcomes, actions, versions),
    )


def _changed(
    terms: TermsView | None,
    outcomes: tuple[OutcomeView, ...],
    actions: tuple[ActionView, ...],
    versions: tuple[VersionView, ...],
) -> bool:
    """Whether what the plan says today is not what its last version says. Nothing is, before the first."""
    if not versions:
        return False
    made = max(one.made_at for one in versions)
    moments = [one.from_at for one in outcomes] + [one.to_at for one in outcomes if one.to_at]
    moments += [one.agreed_at for one in actions]
    return any(moment > made for moment in [*moments, *([terms.from_at] if terms else [])])


def _terms(plan: UUID) -> TermsView | None:
    row = Terms.objects.filter(plan=plan, to_at=None).first()
    return TermsView(row.id, row.contingency, row.further_action, row.from_at, row.by) if row else None


def _outcomes(plan: UUID) -> tuple[OutcomeView, ...]:
    latest = {row.root: row for row in Outcome.objects.filter(plan=plan).order_by("from_at", "id")}
    return tuple(
        OutcomeView(
            id=row.id,
            root=row.root,
            child=row.child_id,
            words=row.words,
            childs_words=row.childs_words,
            how_we_know=row.how_we_know,
            from_at=row.from_at,
            to_at=row.to_at,
            ended_because=row.ended_because,
        )
        for row in sorted(latest.values(), key=lambda row: (row.position, row.id))
    )


def _actions(plan: UUID) -> tuple[ActionView, ...]:
    rows = Action.objects.filter(plan=plan).select_related("step").order_by("step__opened_at", "step_id")
    return tuple(
        ActionView(
            step=row.step_id,
            outcome=row.outcome,
            what=row.step.words,
            who=row.who,
            why=row.why,
            by_when=row.step.due_at,
            post=row.step.post_id,
            agreed_at=row.step.opened_at,
            closed_at=row.step.closed_at,
            done=row.step.outcome,
        )
        for row in rows
    )


def _agreements(plan: UUID, line: PlanLine, at: datetime | None) -> tuple[AgreementView, ...]:
    """Whoever holds parental responsibility for a child on it, the young people, and whoever else was asked."""
    rows = Agreement.objects.filter(plan=plan).order_by("said_on", "recorded_at", "id")
    said = {row.person_id: row for row in rows}
    holders: dict[UUID, list[UUID]] = defaultdict(list)
    for child, ties in list_relationships_of(people=line.children).items():
        for tie in ties:
            if tie.reads and tie.parental_responsibility and tie.true_to is None:
                holders[tie.other].append(child)
    young = _young(line, local_day(at) if at else line.to_on or line.last_review_on or line.began_on)
    people = list(dict.fromkeys([*holders, *young, *said]))
    return tuple(
        AgreementView(
            person=person,
            holder_of=tuple(dict.fromkeys(holders.get(person, []))),
            young=person in line.children,
            said=said[person].said if person in said else "",
            words=said[person].words if person in said else "",
            said_on=said[person].said_on if person in said else None,
        )
        for person in people
    )


def _young(line: PlanLine, on: date) -> list[UUID]:
    """Those on it who are asked for themselves."""
    names = get_names(people=line.children)
    return [
        child
        for child in line.children
        if (one := names.get(child)) and one.birth_date and age_in_years(one.birth_date, on) >= AGREES_FOR_THEMSELVES
    ]


def _versions(plan: UUID) -> tuple[VersionView, ...]:
    rows = list(Version.objects.filter(plan=plan).order_by("-number"))
    signed: dict[UUID, list[SignatureView]] = defaultdict(list)
    for row in Signature.objects.filter(version__in=[one.entry_id for one in rows]).order_by("recorded_at", "id"):
        signed[row.version_id].append(
            SignatureView(row.id, row.person_id, row.name, row.capacity, row.signed_on, row.not_signed_because)
        )
    return tuple(VersionView(one.entry_id, one.number, one.made_at, tuple(signed[one.entry_id])) for one in rows)


def _reviews(plan: UUID) -> tuple[ReviewView, ...]:
    rows = Review.objects.filter(plan=plan).order_by("-held_on", "-entry_id")
    return tuple(ReviewView(row.entry_id, row.kind, row.held_on, row.attended, row.late_because) for row in rows)


def progress_of(plan: UUID) -> Mapping[UUID, list[ProgressView]]:
    """How far each outcome of a plan has come, by its root, latest review first; also from a plan before this one."""
    roots = list(Outcome.objects.filter(plan=plan).values_list("root", flat=True))
    rows = Progress.objects.filter(outcome__in=roots).select_related("review").order_by("-review__held_on", "-id")
    found: dict[UUID, list[ProgressView]] = defaultdict(list)
    for row in rows:
        found[row.outcome].append(ProgressView(row.review_id, row.review.held_on, row.scale, row.words))
    return dict(found)

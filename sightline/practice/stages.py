"""What a pack may not say of its stages: the kinds of assessment, and what its plans are called.

How many assessments a family is asked to sit through, and how long each may take, is an era's own
choice. Which kinds of plan there are, and that a child on a protection plan has a social worker, is not.
"""

from collections.abc import Iterator

from sightline.practice.spec import AssessmentKind, KindOfPlan, Pack, PlanKind
from sightline.practice.tables import Fault

OUTCOMES = "assessment_outcome"
# The step that a referral for assessment opens.
STEP = "assessment"
# The clock with which a manager answers an assessment, and not one of how long it may take.
ANSWER = "assessment.authorise"
KINDS_OF_PLAN: tuple[KindOfPlan, ...] = ("early_help", "child_in_need", "protection")


def unsound_stages(pack: Pack) -> Iterator[Fault]:
    """Every fault of the stages of a pack."""
    yield from _assessments(pack)
    yield from _begun(pack)
    yield from _prescribed(pack)
    yield from _plans(pack)


def _assessments(pack: Pack) -> Iterator[Fault]:
    clocks = {timescale.key for timescale in pack.timescales}
    for place, kind in enumerate(pack.assessment_kinds):
        where = _place(kind)
        if kind.timescale not in clocks:
            yield Fault(where, f"there is no timescale “{kind.timescale}”", "Add it to timescales.toml")
        if not _is_of_assessments(kind.timescale):
            yield Fault(
                where,
                f"“{kind.timescale}” times something else",
                "Name a timescale “assessment”, or one whose key begins “assessment.”",
            )
        if place == 0 and kind.starts != "referral":
            yield Fault(where, "nothing comes before the first assessment", 'Write starts = "referral"')
    for outcome in pack.outcomes:
        opens = outcome.opens_step
        if opens and opens.kind == STEP and opens.timescale != pack.first_assessment.timescale:
            yield Fault(
                f"decisions.toml, outcome “{outcome.key}”",
                f"the first assessment is timed by “{pack.first_assessment.timescale}”, and this says otherwise",
                f'Write timescale = "{pack.first_assessment.timescale}"',
            )


def _begun(pack: Pack) -> Iterator[Fault]:
    kinds = {kind.key for kind in pack.assessment_kinds}
    begun: set[str] = set()
    for one in pack.lists:
        for option in one.options:
            if not option.begins:
                continue
            where = f"list “{one.key}”, option “{option.key}”"
            begun.add(option.begins)
            if one.key != OUTCOMES:
                yield Fault(where, "only what an assessment leads to begins another", "Take begins out")
            elif option.begins not in kinds:
                yield Fault(
                    where,
                    f"there is no kind of assessment “{option.begins}”",
                    f"Choose from: {', '.join(sorted(kinds))}",
                )
    for kind in pack.assessment_kinds[1:]:
        if kind.key not in begun:
            yield Fault(
                _place(kind),
                "nothing begins it",
                f'Add begins = "{kind.key}" to an option of the list {OUTCOMES}',
            )


def _prescribed(pack: Pack) -> Iterator[Fault]:
    """Only how long an assessment takes may be left open: every other clock is fixed by law, or is a promise."""
    of_assessments = {kind.timescale for kind in pack.assessment_kinds}
    for timescale in pack.timescales:
        if not timescale.prescribed and timescale.key not in of_assessments:
            yield Fault(
                f"timescales.toml, timescale “{timescale.key}”",
                "only how long an assessment takes may be left open",
                'Write unit = "working days" and a length, or another unit',
            )


def _plans(pack: Pack) -> Iterator[Fault]:
    said = {plan.key: plan for plan in pack.plan_kinds}
    for key in KINDS_OF_PLAN:
        if key not in said:
            yield Fault("stages.toml", f"it does not say what the plan “{key}” is called", "Add it under [[plans]]")
    for plan in pack.plan_kinds:
        yield from _plan(plan, said)


def _plan(plan: PlanKind, said: dict[KindOfPlan, PlanKind]) -> Iterator[Fault]:
    where = f"stages.toml, plan “{plan.key}”"
    if plan.key == "protection":
        if plan.lead != "social worker":
            yield Fault(where, "a social worker leads a protection plan", 'Write lead = "social worker"')
        if plan.one_with:
            yield Fault(where, "a protection plan is a plan by itself", "Take one_with out")
        return
    other = next((one for key, one in said.items() if key == plan.one_with), None)
    if plan.one_with and (other is None or other.key == plan.key or other.one_with != plan.key):
        yield Fault(
            where,
            f"“{plan.one_with}” does not say that they are one plan",
            "Write one_with on both plans, each naming the other, or on neither",
        )


def _is_of_assessments(clock: str) -> bool:
    return clock == "assessment" or (clock.startswith("assessment.") and clock != ANSWER)


def _place(kind: AssessmentKind) -> str:
    return f"stages.toml, assessment “{kind.key}”"

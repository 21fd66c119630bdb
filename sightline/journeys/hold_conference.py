"""A conference or a core group was held: what was decided for each child, and all that follows from it, in one act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.conferences.holding_rules import ENDS, GOES_ON, NO_PLAN, PLAN, ChildDecided, Held
from sightline.conferences.operations import record_outcome
from sightline.conferences.queries import MeetingView, get_meeting
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.journeys.conference_letters import draft_again, draft_letters, release, withhold
from sightline.journeys.core_group import hold_core_group
from sightline.journeys.next_conference import next_conference_by
from sightline.journeys.plan_help import let_read_around, make_plan
from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import Refusal
from sightline.kernel.reading import in_sentence
from sightline.people.queries import get_header
from sightline.plans.kinds import title_of
from sightline.plans.operations import (
    CategoryGiven,
    ProgressGiven,
    add_outcome,
    agree_action,
    give_way,
    hold_review,
    make_version,
    set_categories,
    set_terms,
    take_off_plan,
)
from sightline.plans.queries import PlanLine, get_plan, list_plans
from sightline.plans.rules import CHILD_IN_NEED, CONFERENCE, PROTECTION
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack
from sightline.record.operations import close_step, open_step, tell
from sightline.record.queries import get_carriers
from sightline.workforce.queries import front_door_manager, team_of

__all__ = [
    "ActionGiven",
    "HeldConference",
    "OutcomeGiven",
    "Outline",
    "draft_again",
    "draft_letters",
    "hold_conference",
    "hold_core_group",
    "next_conference_by",
    "release",
    "withhold",
]

LETTERS_STEP, LETTERS = "conference_letters", "conference.letters"
OWED_PLAN, MAKE = "make_plan", "plan.make"


@dataclass(frozen=True)
class ActionGiven:
    """Something agreed: what, who does it, why and by when. `post` is ours that carries it, else the plan's."""

    what: str
    who: str
    why: str = ""
    by_when: date | None = None
    post: UUID | None = None


@dataclass(frozen=True)
class OutcomeGiven:
    """What is to be different, for one child or for all of them, and what is done for it."""

    words: str
    child: UUID | None = None
    childs_words: str = ""
    how_we_know: str = ""
    actions: tuple[ActionGiven, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The outline plan of a conference. `post` carries a plan that begins; without it, whoever carries the children."""

    outcomes: tuple[OutcomeGiven, ...] = ()
    contingency: str = ""
    further_action: str = ""
    progress: tuple[ProgressGiven, ...] = ()
    post: UUID | None = None


@dataclass(frozen=True)
class HeldConference:
    """What came of it: `plans` by child, `left` the child in need plans that gave way, `owed` steps to make a plan."""

    entry: UUID
    plans: Mapping[UUID, UUID] = field(default_factory=dict)
    left: tuple[UUID, ...] = ()
    owed: tuple[UUID, ...] = ()
    letters: tuple[UUID, ...] = ()
    letters_step: UUID | None = None


@act("hold_conference")
def hold_conference(
    *, by: Actor, meeting: UUID, held: Held, at: datetime, outline: Outline | None = None, late_because: str = ""
) -> HeldConference:
    """A chair records a conference, and for each child what was decided follows at once.

    A plan begins on the day it was held, and the child's child in need plan ends on that day; a plan goes on,
    with another category where one is named; or it ends. Where none goes on, a child in need plan is owed next
    (step "make_plan"). A letter to each recipient is drafted and waits for the chair (`conference.letters`).

    Refuses what `record_outcome` does, a plan that ends for a child who is on none, and a next conference later
    than the rule's (Working Together 2023, chapter 3).
    """
    found, day, said = get_meeting(meeting, views=False), local_day(held.held_at), outline or Outline()
    decided = {one.child: one for one in held.children}
    on_plans = _on_plans(decided, day)
    if not found.recorded:  # a second record is answered with both texts, and not by what came of the first
        _refuse_unfit(decided, on_plans)
    pack = current_pack(at)
    _refuse_next(held, pack)
    step = _open_letters(by, found, held, pack, at)
    entry = record_outcome(by=by, meeting=meeting, held=held, at=at)
    act_on = _Acting(by, found, held, said, entry, day, pack, at)
    began, left = _begin(act_on, decided)
    _review(act_on, decided, on_plans)
    owed = _owe_next(act_on, decided)
    plans = began | {child: on_plans[child].plan for child, one in decided.items() if one.decision == GOES_ON}
    _let_chair_follow(found, {child: plan for child, plan in plans.items() if _stays(child, on_plans)}, at)
    _outline(act_on, plans, began)
    letters = draft_letters(by=by, meeting=meeting, at=at)
    _tell_carriers(by, found, at)
    if found.open:
        close_step(by=by, step=meeting, closed_by=entry, outcome="Held", late_because=late_because, at=at)
    return HeldConference(entry, plans, tuple(left), tuple(owed), tuple(letters), step)


@dataclass(frozen=True)
class _Acting:
    """Who records which conference, and when."""

    by: Actor
    meeting: MeetingView
    held: Held
    outline: Outline
    entry: UUID
    day: date
    pack: Pack
    at: datetime


def _on_plans(children: Iterable[UUID], on: date) -> dict[UUID, PlanLine]:
    """The protection plan that each of these children was on that day, also one that has ended since."""
    wanted, found = set(children), {}
    for line in list_plans(wanted, only_open=False):
        for one in line.members:
            if line.kind == PROTECTION and one.child in wanted and one.from_on <= on < (one.to_on or date.max):
                found[one.child] = line
    return found


def _stays(child: UUID, on_plans: Mapping[UUID, PlanLine]) -> bool:
    """Whether a child is still on the plan that goes on or begins; of a conference recorded late it may be over."""
    return child not in on_plans or any(one.child == child and one.to_on is None for one in on_plans[child].members)


def _refuse_unfit(decided: Mapping[UUID, ChildDecided], on_plans: Mapping[UUID, PlanLine]) -> None:
    for child, one in decided.items():
        if one.decision in {GOES_ON, ENDS} and child not in on_plans:
            raise Refusal(
                f"{_name_of(child)} was on no child protection plan that day. Choose whether one begins.",
                field=f"decision-{child}",
            )
        if one.decision in {PLAN, NO_PLAN} and child in on_plans:
            since = day_words(on_plans[child].began_on)
            raise Refusal(
                f"{_name_of(child)} is on a child protection plan since {since}. Choose whether it goes on or ends.",
                field=f"decision-{child}",
            )


def _name_of(child: UUID) -> str:
    header = get_header(person=child)
    return header.known_as or header.name if header else "This child"


# --- when the next conference is ------------------------------------------------------------------


def _refuse_next(held: Held, pack: Pack) -> None:
    if held.next_on is None:
        return
    held_on = local_day(held.held_at)
    by_rule = next_conference_by([one.decision for one in held.children], held_on, pack)
    if by_rule is not None and held.next_on > by_rule:
        raise Refusal(
            f"The next conference is held by {day_words(by_rule)}. Name an earlier day, or leave it empty.",
            field="next_on",
        )
    if held.next_on <= held_on:
        raise Refusal("The next conference comes after this one. Check the date.", field="next_on")


# --- what follows ---------------------------------------------------------------------------------


def _begin(acting: _Acting, decided: Mapping[UUID, ChildDecided]) -> tuple[dict[UUID, UUID], list[UUID]]:
    """One plan for those for whom one begins; what they were on as children in need gives way to it."""
    children = [child for child, one in decided.items() if one.decision == PLAN]
    if not children:
        return {}, []
    by, at = acting.by, acting.at
    left = give_way(by=by, children=children, on=acting.day, decided=acting.entry, at=at)
    plan = make_plan(
        by=by, kind=PROTECTION, children=children, began_on=acting.day, arose_from=acting.entry,
        post=acting.outline.post or _carrier_of(acting.meeting, children),
        first_review_on=acting.held.next_on, at=at,
    )  # fmt: skip
    _name_categories(acting, plan, [decided[child] for child in children])
    return dict.fromkeys(children, plan), left


def _name_categories(acting: _Acting, plan: UUID, named: Iterable[ChildDecided]) -> None:
    given = [CategoryGiven(one.child, one.category, tuple(one.others)) for one in named]
    set_categories(by=acting.by, plan=plan, given=given, from_on=acting.day, entry=acting.entry, at=acting.at)


def _carrier_of(meeting: MeetingView, children: Sequence[UUID]) -> UUID:
    """Whoever carries the children; else whoever convened it; never nobody."""
    carriers = get_carriers(children)
    carried = [carriers[child] for child in children if child in carriers]
    return next((post for post in (*carried, meeting.convened_post) if post), None) or front_door_manager()


def _review(acting: _Acting, decided: Mapping[UUID, ChildDecided], on_plans: Mapping[UUID, PlanLine]) -> None:
    """The review of each plan that these children were on; then whose category changes, and who comes off."""
    reviewed = [child for child, one in decided.items() if one.decision in {GOES_ON, ENDS}]
    for number, plan in enumerate(dict.fromkeys(on_plans[child].plan for child in reviewed)):
        # One record stands for one plan's review; another plan's says where it is written.
        hold_review(
            by=acting.by, plan=plan, kind=CONFERENCE, held_on=acting.day, next_on=acting.held.next_on, at=acting.at,
            entry=acting.entry if number == 0 else None,
            text=f"The review conference of {day_words(acting.day)} looked at this plan too.",
            progress=acting.outline.progress if number == 0 else (),
        )  # fmt: skip
        goes_on = [decided[child] for child in reviewed if on_plans[child].plan == plan]
        named = [one for one in goes_on if one.decision == GOES_ON and one.category]
        if named:
            _name_categories(acting, plan, named)
    for child in reviewed:
        one, line = decided[child], on_plans[child]
        if one.decision == ENDS and any(on.child == child and on.to_on is None for on in line.members):
            reason = one.reasons.strip() or "A review conference decided that the plan ends."
            take_off_plan(
                by=acting.by, plan=line.plan, child=child, to_on=acting.day, reason=reason, decided=acting.entry,
                at=acting.at,
            )  # fmt: skip


def _owe_next(acting: _Acting, decided: Mapping[UUID, ChildDecided]) -> list[UUID]:
    """Whoever is on no protection plan after this is offered help as a child in need: somebody owes that plan."""
    without = [child for child, one in decided.items() if one.decision in {ENDS, NO_PLAN}]
    if not without:
        return []
    in_need = {child for line in list_plans(without) for child in line.in_need}
    carriers = get_carriers(without)
    fallback = _carrier_of(acting.meeting, without)
    groups: dict[UUID, list[UUID]] = {}
    for child in without:
        if child not in in_need:
            groups.setdefault(carriers.get(child) or fallback, []).append(child)
    pack = acting.pack
    title = in_sentence(title_of(pack, CHILD_IN_NEED))
    return [
        open_step(
            by=acting.by,
            kind=OWED_PLAN,
            post=post,
            people=children,
            words=f"Offer the family a {title}, and make it with them",
            due_at=due_from(pack.timescale(MAKE, local_day(acting.at)), acting.at),
            due_rule=pack.cite(MAKE),
            arose_from=acting.entry,
            subject=acting.meeting.step,
            at=acting.at,
        )
        for post, children in groups.items()
    ]


def _outline(acting: _Acting, plans: Mapping[UUID, UUID], began: Mapping[UUID, UUID]) -> None:
    """The outline of a conference stands in the plan that begins, else in the one that goes on."""
    said, by, at = acting.outline, acting.by, acting.at
    general = next(iter([*began.values(), *plans.values()]), None)
    if general is None:
        return
    for one in said.outcomes:
        plan = plans.get(one.child, general) if one.child else general
        root = add_outcome(
            by=by, plan=plan, words=one.words, child=one.child, childs_words=one.childs_words,
            how_we_know=one.how_we_know, at=at,
        )  # fmt: skip
        for done in one.actions:
            agree_action(
                by=by, plan=plan, outcome=root, what=done.what, who=done.who, post=done.post, why=done.why,
                by_when=done.by_when, at=at,
            )  # fmt: skip
    if said.contingency.strip() or said.further_action.strip():
        stands = get_plan(general).terms
        set_terms(
            by=by, plan=general, contingency=said.contingency, further_action=said.further_action,
            standing=stands.id if stands else None, at=at,
        )  # fmt: skip
    for plan in dict.fromkeys(plans.get(one.child, general) if one.child else general for one in said.outcomes):
        make_version(by=by, plan=plan, at=at)


# --- the chair ------------------------------------------------------------------------------------


def _open_letters(by: Actor, meeting: MeetingView, held: Held, pack: Pack, at: datetime) -> UUID:
    """The letters are the chair's next. Its team reads the adults around the children, whose letters they are."""
    children = list(meeting.child_keys)
    step = open_step(
        by=by, kind=LETTERS_STEP, post=meeting.chair_post, people=children,
        words=f"Release the letters of the {meeting.kind_words.lower()}",
        due_at=due_from(pack.timescale(LETTERS, local_day(at)), held.held_at), due_rule=pack.cite(LETTERS),
        subject=meeting.step, at=at,
    )  # fmt: skip
    let_read_around(step, meeting.chair_post, children, at)
    return step


def _let_chair_follow(meeting: MeetingView, plans: Mapping[UUID, UUID], at: datetime) -> None:
    """The chair's team reads a child and the adults around them while the plan goes on: it reviews it next."""
    for plan in dict.fromkeys(plans.values()):
        children = [child for child, of in plans.items() if of == plan]
        give_sight(
            people=children, reader=team_of(meeting.chair_post), because="step", because_of=plan, at=at,
        )  # fmt: skip
        let_read_around(plan, meeting.chair_post, children, at)


def _tell_carriers(by: Actor, meeting: MeetingView, at: datetime) -> None:
    """Whoever carries these children is told that it is decided."""
    carriers = get_carriers(meeting.child_keys)
    for post in dict.fromkeys(carriers.values()):
        if post not in by.posts:
            child = next(key for key, carried in carriers.items() if carried == post)
            tell(post=post, kind="conference_held", person=child, subject=meeting.step, at=at)

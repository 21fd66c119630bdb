"""From what a family needs to a plan of help, and from one kind of plan to another: up, down, and from post to post.

Help that is asked for without a plan is `plans.operations.ask_service`: a plan is never a gate to it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY, IDENTITY_ONLY
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.doorway.roles import MANAGERS
from sightline.journeys.owed import close_owed
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.kernel.references import new_id
from sightline.people.queries import get_names, list_kinds, list_network
from sightline.plans.kinds import BY_LAW, one_with, title_of
from sightline.plans.operations import add_child, carry_along, change_need, give_way, open_plan, take_off_plan
from sightline.plans.permissions import refuse_unless_may_end, refuse_unless_may_plan, refuse_unless_may_step_up
from sightline.plans.queries import OnProtection, PlanLine, list_earlier, list_plans, list_services, protection_of
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP, PROTECTION, BroughtIn, listed, refuse_blank
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack
from sightline.record.models import Entry
from sightline.record.operations import close_step, move_step, open_episodes, open_step, tell, write_entry
from sightline.record.queries import get_open_episodes, get_step, list_steps_for
from sightline.record.rules import Concerned, Words
from sightline.workforce.queries import front_door_manager, manager_of, posts_below, team_of

PLAN_STEP, ASKED_STEP, ASKED_OF_PLAN = "plan", "authorise_step", "make_plan"
AUTHORISE = "ending.authorise"


@act("make_plan")
def make_plan(
    *,
    by: Actor,
    kind: str,
    children: Iterable[UUID],
    began_on: date,
    at: datetime,
    post: UUID | None = None,
    arose_from: UUID | None = None,
    lead_agency_post: UUID | None = None,
    lead_name: str = "",
    answers: UUID | None = None,
    ended_on: date | None = None,
    end_reason: str = "",
    first_review_on: date | None = None,
) -> UUID:
    """Begin a plan: opens its step at a post, whose team reads the children and the adults around them.

    `post` is the one that carries it, also where somebody of another agency leads; without one it is
    the maker's. `answers` is a step that was waiting for this plan. Early help needs nobody's leave:
    the family's agreement is recorded with it and shown where it is missing. Refuses what `open_plan` does.
    """
    on_it = list(dict.fromkeys(children))
    refuse_unless_may_plan(by, on_it)
    carrier = post or min(by.posts, default=None)
    if carrier is None:
        raise Refusal("Choose the post that carries this plan.", field="post")
    pack = current_pack(at)
    if ended_on is None:
        _refuse_second(pack, kind, on_it)
    step = open_step(
        by=by, kind=PLAN_STEP, post=carrier, people=on_it, words=title_of(pack, kind), arose_from=arose_from,
        step=new_id(), at=at,
    )  # fmt: skip
    let_read_around(step, carrier, on_it, at)
    plan = open_plan(
        by=by, kind=kind, children=on_it, began_on=began_on, step=step, arose_from=arose_from,
        lead_agency_post=lead_agency_post, lead_name=lead_name, ended_on=ended_on, end_reason=end_reason,
        first_review_on=first_review_on, at=at,
    )  # fmt: skip
    if answers is not None:
        close_step(by=by, step=answers, outcome="A plan was made", at=at)
    if ended_on is None:
        # What a signed assessment asked for; for a brother or sister with no plan yet it is still to do.
        close_owed(by=by, kind=ASKED_OF_PLAN, children=on_it, outcome="A plan was made", at=at)
    if carrier not in by.posts and ended_on is None:
        tell(post=carrier, kind="plan_yours", person=on_it[0], subject=plan, at=at)
    return plan


def _refuse_second(pack: Pack, kind: str, children: Sequence[UUID]) -> None:
    """Where early help and help as a child in need are one plan, a child who is on it gets no second one."""
    partner = one_with(pack, kind)
    there = [line for line in list_plans(children) if partner and line.kind in {kind, partner}]
    on_it = [one.child for line in there for one in line.members if one.to_on is None and one.child in children]
    if on_it:
        names = get_names(people=on_it)
        raise Refusal(
            f"{listed([names[child].name for child in on_it if child in names])}: on a "
            f"{in_sentence(there[0].kind_words)} already. It goes on: say there what has changed for each child.",
            field="children",
        )


@act("begin_protection")
def begin_protection(
    *,
    by: Actor,
    children: Iterable[UUID],
    began_on: date,
    at: datetime,
    post: UUID | None = None,
    arose_from: UUID | None = None,
    decided: UUID | None = None,
) -> UUID:
    """Begin a child protection plan for these children, as a conference decided; returns its key.

    The child in need plan of whichever of them has one ends the same day, all in one act; brothers and
    sisters whom the conference did not put on a plan stay on theirs. `decided` is the record of the
    conference (and `arose_from`, unless something else is given). Its chair records it; so may a manager,
    where a child came to us on a plan. Working Together 2023, chapter 3.
    """
    on_it = list(dict.fromkeys(children))
    if not on_it:
        raise Refusal("Choose the child or children whom this plan is for.", field="children")
    give_way(by=by, children=on_it, on=began_on, decided=decided, at=at)
    return make_plan(
        by=by, kind=PROTECTION, children=on_it, began_on=began_on, post=post, arose_from=arose_from or decided, at=at,
    )  # fmt: skip


def protection_known(children: Iterable[UUID]) -> dict[UUID, OnProtection]:
    """Those of these children who are on a protection plan now, and how often before, also by a census file."""
    wanted = list(children)
    told = {
        child: [BroughtIn(one.from_on, one.plans_before or 0) for one in found if one.kind == PROTECTION]
        for child, found in list_earlier(wanted).items()
    }
    return protection_of(wanted, brought_in=told)


def let_read_around(
    plan: UUID, post: UUID, children: Sequence[UUID], at: datetime, *, because: str = "step",
    until: datetime | None = None,
) -> None:  # fmt: skip
    """The adults around the children whole; of other children, who they are and no more."""
    around, reader = list_kinds(people=list_network(people=children) - set(children)), team_of(post)
    adults = [key for key, kind in around.items() if kind == "adult"]
    others = [key for key, kind in around.items() if kind != "adult"]
    for people, sections in ((adults, EVERYDAY), (others, IDENTITY_ONLY)):
        give_sight(people=people, reader=reader, because=because, because_of=plan, sections=sections, at=at,
                   until=until)  # fmt: skip


@act("put_on_plan")
def put_on_plan(*, by: Actor, plan: UUID, child: UUID, from_on: date, at: datetime) -> None:
    """Put a child on a plan that goes on; its team reads the child, and the adults around the child.

    A child in need plan ends the day on which a child comes on to a protection plan, as a conference decided.
    """
    if any(one.plan == plan and one.kind == PROTECTION for one in list_plans(get_step(plan).people)):
        give_way(by=by, children=[child], on=from_on, at=at)
    add_child(by=by, plan=plan, child=child, from_on=from_on, at=at)
    let_read_around(plan, get_step(plan).post, [child], at)


@act("hand_plan_over")
def hand_plan_over(*, by: Actor, plan: UUID, post: UUID, at: datetime) -> None:
    """Give a plan to another post, with the actions and the help asked for that the post before it carried."""
    refuse_unless_may_plan(by)
    found = get_step(plan)
    if found.kind != PLAN_STEP:
        raise NotFound("There is no such plan among the children that you work with.")
    if found.post == post:
        return
    asked = {one.step for one in list_services([], plans=[plan])}
    for step in list_steps_for(found.people):
        if step.post == found.post and (step.subject == plan or step.id in asked):
            move_step(by=by, step=step.id, post=post, at=at)
    let_read_around(plan, post, found.people, at)
    move_step(by=by, step=plan, post=post, at=at)
    if post not in by.posts:
        tell(post=post, kind="plan_yours", person=found.people[0], subject=plan, at=at)


@act("step_up")
def step_up(
    *,
    by: Actor,
    plan: UUID,
    children: Iterable[UUID],
    reason: str,
    at: datetime,
    on: date | None = None,
    post: UUID | None = None,
    lead_agency_post: UUID | None = None,
    lead_name: str = "",
    outcomes: Sequence[UUID] = (),
    services: Sequence[UUID] = (),
    need: str = "",
    source: str = "",
    asked: UUID | None = None,
) -> UUID:
    """Some children on an early help plan go on to a child in need plan, and the others stay; returns the new plan.

    A registered social worker decides it (Children Act 1989, section 17; Working Together 2023, chapter 3).
    A child with no open episode has one from that day: being in need is a referral. The chosen outcomes
    (roots) and help of each child go along. The manager of the post that carries it is told. Where the
    practice has one plan for both, that plan goes on whole, and is returned.
    """
    refuse_unless_may_step_up(by)
    day = on or local_day(at)
    moving = list(dict.fromkeys(children))
    old = _plan_of(moving, plan, EARLY_HELP)
    if one_with(current_pack(at), EARLY_HELP) == CHILD_IN_NEED:
        carrier = _carrier(None, old, by)
        change_need(by=by, plan=plan, children=moving, to=CHILD_IN_NEED, on=day, reason=reason, at=at)
        _goes_on(by=by, children=moving, asked=asked, at=at)
        _open_episodes(by=by, children=moving, on=day, post=carrier, given=(source, need), at=at)
        _tell(by, "stepped_up", [manager_of(carrier)], (moving[0], plan), at)
        return plan
    carrier = _carrier(post, old, by)
    new = make_plan(
        by=by, kind=CHILD_IN_NEED, children=moving, began_on=day, post=carrier, arose_from=None,
        lead_agency_post=lead_agency_post, lead_name=lead_name, answers=asked, at=at,
    )  # fmt: skip
    carry_along(
        by=by, children=moving, from_plan=plan, to_plan=new, outcomes=outcomes, services=services, post=carrier, at=at,
    )  # fmt: skip
    _open_episodes(by=by, children=moving, on=day, post=carrier, given=(source, need), at=at)
    for child in moving:
        take_off_plan(by=by, plan=plan, child=child, to_on=day, reason=f"Stepped up to child in need: {reason}", at=at)
    _tell(by, "stepped_up", [manager_of(carrier)], (moving[0], new), at)
    return new


def _open_episodes(
    *, by: Actor, children: Sequence[UUID], on: date, post: UUID, given: tuple[str, str], at: datetime
) -> None:
    """Of whoever has none: being in need is a referral. `given` are its source and the main need."""
    open_to_us = get_open_episodes(children)
    closed = [child for child in children if child not in open_to_us]
    if closed:
        source, need = given
        open_episodes(by=by, children=closed, opened_on=on, post=post, source=source, need=need, at=at)


def _goes_on(*, by: Actor, children: Sequence[UUID], asked: UUID | None, at: datetime) -> None:
    """The one plan goes on; what was asked of a manager, or by a signed assessment, is answered by it."""
    if asked is not None:
        close_step(by=by, step=asked, outcome="Authorised", at=at)
    close_owed(by=by, kind=ASKED_OF_PLAN, children=children, outcome="The plan there is goes on", at=at)


@act("step_down")
def step_down(
    *,
    by: Actor,
    plan: UUID,
    children: Iterable[UUID],
    reason: str,
    at: datetime,
    on: date | None = None,
    post: UUID | None = None,
    to_plan: UUID | None = None,
    lead_agency_post: UUID | None = None,
    lead_name: str = "",
    outcomes: Sequence[UUID] = (),
    services: Sequence[UUID] = (),
    asked: UUID | None = None,
) -> UUID:
    """Some children leave a child in need plan for early help while brothers and sisters stay; returns that plan.

    A manager authorises it, with the reason: a worker asks for it with `ask_to_step`. Early help goes on
    in `to_plan`, or in the plan that the child is helped by already, or in a new one. The chosen
    outcomes (roots) and help go along. What else is open stays with its post, and the episode goes on
    until its own ending is authorised (`end_involvement`), so nothing is left with nobody. Where the
    practice has one plan for both, that plan goes on whole, and is returned.
    """
    refuse_unless_may_end(by, CHILD_IN_NEED)
    day = on or local_day(at)
    moving = list(dict.fromkeys(children))
    old = _plan_of(moving, plan, CHILD_IN_NEED)
    carrier = _carrier(post, old, by)
    if one_with(current_pack(at), CHILD_IN_NEED) == EARLY_HELP:
        change_need(by=by, plan=plan, children=moving, to=EARLY_HELP, on=day, reason=reason, at=at)
        _goes_on(by=by, children=moving, asked=asked, at=at)
        _tell(by, "stepped_down", [old.post], (moving[0], plan), at)
        return plan
    helped = {child: one.plan for one in list_plans(moving) if one.kind == EARLY_HELP for child in one.children}
    goes_to = to_plan or next((helped[child] for child in moving if child in helped), None)
    new_to_it = [child for child in moving if child not in helped]
    if goes_to is None:
        goes_to = make_plan(
            by=by, kind=EARLY_HELP, children=new_to_it, began_on=day, post=carrier,
            lead_agency_post=lead_agency_post, lead_name=lead_name, at=at,
        )  # fmt: skip
    else:
        for child in new_to_it:
            put_on_plan(by=by, plan=goes_to, child=child, from_on=day, at=at)
    carry_along(
        by=by, children=moving, from_plan=plan, to_plan=goes_to, outcomes=outcomes, services=services, post=carrier,
        at=at,
    )  # fmt: skip
    if asked is not None:
        close_step(by=by, step=asked, outcome="Authorised", at=at)
    for child in moving:
        take_off_plan(by=by, plan=plan, child=child, to_on=day, reason=f"Stepped down to early help: {reason}", at=at)
    _tell(by, "stepped_down", [old.post, carrier], (moving[0], goes_to), at)
    return goes_to


def _plan_of(children: Sequence[UUID], plan: UUID, kind: str) -> PlanLine:
    """The open plan of that kind which all these children are on."""
    if not children:
        raise Refusal("Choose the child or children.", field="children")
    found = next((one for one in list_plans(children) if one.plan == plan), None)
    if found is None or not set(children) <= set(found.children):
        raise NotFound("There is no such plan that all these children are on.")
    if kinds_on(found, children) != {kind}:
        raise Refusal(f"This is a {in_sentence(found.kind_words)}. Choose children for whom it is {BY_LAW[kind]}.")
    return found


def kinds_on(plan: PlanLine, children: Iterable[UUID]) -> set[str]:
    """Of which kinds a plan is for these children, who are on it."""
    wanted = set(children)
    return {one.kind for one in plan.members if one.to_on is None and one.child in wanted}


def _carrier(post: UUID | None, old: PlanLine, by: Actor) -> UUID:
    carrier = post or old.post or min(by.posts, default=None)
    if carrier is None:
        raise Refusal("Choose the post that carries this plan.", field="post")
    return carrier


def _tell(by: Actor, kind: str, posts: Sequence[UUID | None], about: tuple[UUID, UUID], at: datetime) -> None:
    """Tell these posts of a child and of what became of the child's plan; not whoever does it."""
    person, subject = about
    for post in dict.fromkeys(posts):
        if post is not None and post not in by.posts:
            tell(post=post, kind=kind, person=person, subject=subject, at=at)


@act("ask_to_step")
def ask_to_step(
    *,
    by: Actor,
    plan: UUID,
    children: Iterable[UUID],
    reason: str,
    at: datetime,
    post: UUID | None = None,
) -> UUID:
    """Ask for some children to step up (from early help) or down (from child in need), with the reason.

    The reason stands on their records at once; a step waits with the manager's post: the one given, or
    the one above the post that carries the plan. Nothing changes until it is answered by `step_up` or
    `step_down` (with `asked`), or by `return_step`. Refuses no reason.
    """
    moving = list(dict.fromkeys(children))
    refuse_unless_may_plan(by, moving)
    found = next((one for one in list_plans(moving) if one.plan == plan), None)
    if found is None or not set(moving) <= set(found.children) or found.kind not in {EARLY_HELP, CHILD_IN_NEED}:
        raise NotFound("There is no such plan that all these children are on.")
    kinds = kinds_on(found, moving)
    if len(kinds) > 1:
        raise Refusal("These children are helped differently. Ask for those together who need the same.",
                      field="children")  # fmt: skip
    to = "child in need" if kinds == {EARLY_HELP} else "early help"
    said = refuse_blank(reason, f"Say why you ask for {to}.", field="reason")
    words = Words(f"Asked for a step to {to}. Because: {said}", tuple(moving), heading="step_asked")
    entry = _write(by, Entry.Kind.NOTE, words, at)
    pack = current_pack(at)
    asked_of = post or (manager_of(found.post) if found.post else None) or front_door_manager()
    names = get_names(people=moving)
    whom = listed([names[child].name for child in moving if child in names])
    return open_step(
        by=by, kind=ASKED_STEP, post=asked_of, people=moving, words=f"Decide whether {whom} step to {to}"[:200],
        due_at=due_from(pack.timescale(AUTHORISE, local_day(at)), at), due_rule=pack.cite(AUTHORISE),
        arose_from=entry, subject=plan, at=at,
    )  # fmt: skip


@act("return_step")
def return_step(*, by: Actor, step: UUID, words: str, at: datetime) -> UUID:
    """A manager does not agree to a step up or down, and says why; whoever carries the plan is told."""
    found = get_step(step)
    if found.kind != ASKED_STEP:
        raise NotFound("There is no such request among the work that you can see.")
    if not by.has_role(MANAGERS) or not {found.post} & (set(by.posts) | posts_below(by.posts)):
        raise NotPermitted("The manager who was asked answers this, or a manager above them.")
    said = refuse_blank(words, "Say why not, and what should happen instead.", field="words")
    entry = _write(by, Entry.Kind.OVERSIGHT, Words(f"Not agreed: {said}", found.people, heading="step_returned"), at)
    close_step(by=by, step=step, closed_by=entry, outcome="Returned", at=at)
    carried = {one.post for one in list_plans(found.people) if one.plan == found.subject}
    _tell(by, "step_returned", sorted(post for post in carried if post), (found.people[0], entry), at)
    return entry


def _write(by: Actor, kind: Entry.Kind, words: Words, at: datetime) -> UUID:
    return write_entry(
        by=by,
        kind=kind,
        concerned=[Concerned(person) for person in words.about],
        words=[words],
        post=min(by.posts, default=None),
        at=at,
    )

"""From a child who may be suffering significant harm to a strategy discussion, an enquiry, and who is told.

Nothing here waits for paperwork: a discussion or an enquiry is opened with the children and why, and the
rest is recorded after. Children Act 1989, sections 44 to 47; Working Together to Safeguard Children 2023, chapter 3.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.assessments import kinds
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.doorway.roles import Role
from sightline.enquiries.operations import (
    ask_for_discussion,
    ask_for_medical,
    conclude,
    decide_for,
    decide_no_conference,
    link_discussion,
    open_enquiry,
    record_discussion,
    record_order,
)
from sightline.enquiries.queries import EnquiryLine, get_discussion, get_enquiry, list_discussions, list_enquiries
from sightline.enquiries.rules import (
    ASSESSMENT,
    CONFERENCE_CLOCK,
    CONTINUING_RISK,
    ENQUIRY,
    TOLD_CLOCK,
    ConclusionGiven,
    DecisionGiven,
    DiscussionHeld,
)
from sightline.journeys.assess import ENDING
from sightline.journeys.assess import STEP as ASSESS_STEP
from sightline.journeys.owed import close_owed
from sightline.journeys.tell_of_enquiry import FEEDBACK_STEP, not_told, referrers_of, tell_agency
from sightline.kernel.errors import Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.references import new_id
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from, rule_on
from sightline.record.operations import close_step, open_episodes, open_step, set_due, tell
from sightline.record.queries import get_carriers, get_open_episodes, goes_on_without, list_steps_for
from sightline.recording.rules import Action
from sightline.workforce.queries import front_door_manager, manager_of

__all__ = [
    "ask_strategy",
    "begin_enquiry",
    "conclude_enquiry",
    "decide_strategy",
    "hold_strategy",
    "keep_safe",
    "no_conference",
    "not_told",
    "tell_agency",
]

OWED, STEP, ENQUIRY_STEP, CONFERENCE_STEP = "strategy_discussion", "strategy", "enquiry", "convene_conference"
NO_MATTER = frozenset({"acknowledge", "feedback", FEEDBACK_STEP})
"""Steps that keep nobody busy with a child: telling somebody what was decided."""


# --- the strategy discussion ----------------------------------------------------------------------


@act("ask_strategy")
def ask_strategy(*, by: Actor, children: Iterable[UUID], why: str, at: datetime, post: UUID | None = None) -> UUID:
    """Ask for a strategy discussion on these children, with why; whoever holds it is told at once.

    Where one was owed already, by a decision on a contact or an assessment, this is it: that step ends, and its
    clock and its post go on. Else the manager above whoever carries the children holds it; at night the
    emergency duty team that asks. Refuses no child and no reason.
    """
    wanted = list(dict.fromkeys(children))
    owed = next(iter(list_steps_for(wanted, kinds=[OWED])), None) if wanted else None
    holder = post or (owed.post if owed else None) or _holder(by, wanted)
    step = ask_for_discussion(
        by=by, children=wanted, why=why, post=holder, subject=owed.subject if owed else None, at=at
    )
    if owed is not None and owed.due_at is not None:
        set_due(by=by, step=step, due_at=owed.due_at, due_rule=owed.due_rule, at=at)
    close_owed(by=by, kind=OWED, children=wanted, outcome="A strategy discussion was asked for", at=at)
    _tell(by, "strategy_asked", [holder], (wanted[0], step), at)
    return step


def _holder(by: Actor, children: Sequence[UUID]) -> UUID:
    if by.has_role(frozenset({Role.EMERGENCY_DUTY})) and by.posts:
        return min(by.posts)
    carrier = next(iter(get_carriers(children).values()), None)
    return (manager_of(carrier) or carrier if carrier else None) or front_door_manager()


@act("hold_strategy")
def hold_strategy(
    *,
    by: Actor,
    discussion: UUID,
    held: DiscussionHeld,
    at: datetime,
    decisions: Sequence[DecisionGiven] = (),
    actions: Sequence[Action] = (),
    medical_for: Sequence[UUID] = (),
    medical_of: str = "",
    post: UUID | None = None,
    entry: UUID | None = None,
) -> UUID:
    """Record a strategy discussion and decide for the children, in one act; opens for each what follows.

    Each action is a step with its owner and its day. Where a medical examination is needed one waits for
    each child of `medical_for`, else for each for whom an enquiry begins, else for all. Decisions may
    also come later (`decide_strategy`). Returns the discussion's entry; refuses what `record_discussion` and
    `decide_for` do.
    """
    written = record_discussion(by=by, discussion=discussion, held=held, entry=entry, at=at)
    _count_from_it(by, discussion, at)
    if decisions:
        decide_strategy(by=by, discussion=discussion, decisions=decisions, post=post, at=at)
    seen = get_discussion(discussion)
    children = list(seen.children)
    for action in actions:
        open_step(
            by=by, kind="action", post=action.post, people=children, words=action.what.strip()[:200],
            due_at=end_of_day(action.due_on) if action.due_on else None, arose_from=written, subject=discussion, at=at,
        )  # fmt: skip
    if held.medical == "needed":
        begun = [one.child for one in decisions if one.outcome == ENQUIRY]
        carrier = post or _carrier(by, children)
        for child in medical_for or begun or children:
            ask_for_medical(by=by, child=child, enquiry=discussion, asked_of=medical_of, post=carrier, at=at)
    return written


def _count_from_it(by: Actor, discussion: UUID, at: datetime) -> None:
    """Decided first and written up afterwards: the days to the conference count from when it was held."""
    seen = get_discussion(discussion)
    begun = {one.step for one in list_enquiries(seen.children) if one.discussion == discussion}
    if seen.held_at is None or not begun:
        return
    for step in list_steps_for(seen.children, kinds=[ENQUIRY_STEP, CONFERENCE_STEP]):
        if {step.id, step.subject} & begun:
            set_due(by=by, step=step.id, **_due(CONFERENCE_CLOCK, seen.held_at, at), at=at)


@act("decide_strategy")
def decide_strategy(
    *, by: Actor, discussion: UUID, decisions: Sequence[DecisionGiven], at: datetime, post: UUID | None = None
) -> UUID:
    """Decide after a strategy discussion for these children, and open for each what follows.

    An enquiry for "enquiry", an assessment for "assessment" where none is open. A child for whom nothing
    is open any more is not left with nobody: whoever carries the child is to ask for the ending, or say what
    goes on. Other discussions that were asked for on the same children are over with this one.
    """
    entry = decide_for(by=by, discussion=discussion, decisions=decisions, at=at)
    seen = get_discussion(discussion)
    enquired = [one.child for one in decisions if one.outcome == ENQUIRY]
    if enquired:
        begin_enquiry(
            by=by, children=enquired, why=seen.why or decisions[0].reasons, discussion=discussion, post=post,
            began_at=seen.held_at, at=at,
        )  # fmt: skip
    assessed = [one.child for one in decisions if one.outcome == ASSESSMENT]
    if assessed:
        _open_assessment(by, assessed, (entry, discussion), post, at)
    decided = [child for child, one in seen.children.items() if one.outcome]
    _close_beside(by, discussion, decided, entry, at)
    _leave_nobody(by, decided, entry, at)
    return entry


def _open_assessment(
    by: Actor, children: Sequence[UUID], arose: tuple[UUID, UUID], post: UUID | None, at: datetime
) -> None:
    entry, discussion = arose
    going_on = {one for step in list_steps_for(children, kinds=[ASSESS_STEP]) for one in step.people}
    new = [child for child in children if child not in going_on]
    if not new:
        return
    carrier, pack = post or _carrier(by, new), current_pack(at)
    terms = kinds.owed(pack, pack.first_assessment.key, began=at, at=at)
    open_step(
        by=by, kind=ASSESS_STEP, post=carrier, people=new, words=terms.words, due_at=terms.due_at,
        due_rule=terms.due_rule, arose_from=entry, subject=discussion, at=at,
    )  # fmt: skip
    _open_episodes(by, new, carrier, entry, at)


def _close_beside(by: Actor, discussion: UUID, decided: Sequence[UUID], entry: UUID, at: datetime) -> None:
    """What was asked for twice is held once; one that is also for another child goes on."""
    for step in list_steps_for(decided, kinds=[STEP]):
        if step.id != discussion and not goes_on_without(step.id, decided):
            close_step(by=by, step=step.id, closed_by=entry, outcome="Held in another strategy discussion", at=at)
    close_owed(by=by, kind=OWED, children=decided, outcome="A strategy discussion was held", at=at)


# --- the enquiry ----------------------------------------------------------------------------------


@act("begin_enquiry")
def begin_enquiry(
    *,
    by: Actor,
    children: Iterable[UUID],
    why: str,
    at: datetime,
    discussion: UUID | None = None,
    began_at: datetime | None = None,
    post: UUID | None = None,
) -> UUID:
    """Begin a section 47 enquiry on these children at once, and return it; whoever carries them is told, and a manager.

    A child on whom one goes on stays in it, and a discussion that was held since is put to it. The days
    to the conference count from the discussion, else from the opening. A child with no open episode has one
    from now. Without a discussion, one is asked for by this. Refuses what `open_enquiry` does.
    """
    wanted = list(dict.fromkeys(children))
    going_on = _going_on(wanted)
    held_at = get_discussion(discussion).held_at if discussion else None
    for line in going_on:
        if discussion is not None and line.discussion is None:
            link_discussion(by=by, enquiry=line.step, discussion=discussion, at=at)
            if held_at is not None:
                set_due(by=by, step=line.step, **_due(CONFERENCE_CLOCK, held_at, at), at=at)
    # Whoever has a conclusion is enquired into anew, also where a brother's or sister's enquiry goes on.
    covered = {child for line in going_on for child, one in line.children.items() if not one.outcome}
    new = [child for child in wanted if child not in covered]
    if going_on and not new:
        return going_on[0].step
    carrier = post or _carrier(by, new)
    step = open_step(
        by=by, kind=ENQUIRY_STEP, post=carrier, people=new, words="Make the section 47 enquiry", step=new_id(), at=at,
        **_due(CONFERENCE_CLOCK, held_at or began_at or at, at),
    )  # fmt: skip
    open_enquiry(by=by, children=new, why=why, step=step, discussion=discussion, began_at=began_at, at=at)
    _open_episodes(by, new, carrier, None, at)
    _tell(by, "enquiry_begun", [carrier, manager_of(carrier)], (new[0], step), at)
    if discussion is None and not _discussed(new):
        ask_strategy(by=by, children=new, why=why, at=at)
    return step


def _going_on(children: Sequence[UUID]) -> list[EnquiryLine]:
    return [
        one
        for one in list_enquiries(children)
        if any(child in one.children and not one.children[child].outcome for child in children)
    ]


def _discussed(children: Sequence[UUID]) -> bool:
    """Whether a discussion on all of them waits to be held or decided."""
    waiting = {child for one in list_discussions(children) if one.state != "decided" for child in one.children}
    return set(children) <= waiting


@act("conclude_enquiry")
def conclude_enquiry(
    *,
    by: Actor,
    enquiry: UUID,
    conclusions: Sequence[ConclusionGiven],
    at: datetime,
    documents: Iterable[UUID] = (),
    entry: UUID | None = None,
) -> UUID:
    """Conclude an enquiry for these children, and open what follows; a manager is told.

    Where the risk continues a conference is owed, by `conference.initial` from the strategy discussion, unless a
    manager gave the reason for which there is none. When it is concluded for the last child, whoever referred
    is owed how it ended. Returns the entry; refuses what `conclude` does.
    """
    written = conclude(by=by, enquiry=enquiry, conclusions=conclusions, documents=documents, entry=entry, at=at)
    line = get_enquiry(enquiry).line
    continuing = [
        one.child for one in conclusions if one.outcome == CONTINUING_RISK and not one.no_conference_because.strip()
    ]
    _owe_conference(by, line, continuing, written, at)
    _tell(by, "enquiry_concluded", [line.post, manager_of(line.post)], (conclusions[0].child, enquiry), at)
    if line.closed_at is not None:
        _owe_feedback(by, line, written, at)
    _leave_nobody(by, [one.child for one in conclusions], written, at)
    return written


def _owe_conference(by: Actor, line: EnquiryLine, children: Sequence[UUID], entry: UUID, at: datetime) -> None:
    owed = {one for step in list_steps_for(children, kinds=[CONFERENCE_STEP]) for one in step.people}
    new = [child for child in children if child not in owed]
    if new:
        open_step(
            by=by, kind=CONFERENCE_STEP, post=line.post, people=new, words="Convene the child protection conference",
            arose_from=entry, subject=line.step, at=at, **_due(CONFERENCE_CLOCK, line.section_47_at, at),
        )  # fmt: skip


def _owe_feedback(by: Actor, line: EnquiryLine, entry: UUID, at: datetime) -> None:
    if referrers_of(line):
        open_step(
            by=by, kind=FEEDBACK_STEP, post=line.post, people=list(line.children),
            words="Tell whoever referred how the enquiry ended", arose_from=entry, subject=line.step, at=at,
            **_due(TOLD_CLOCK, at, at),
        )  # fmt: skip


@act("no_conference")
def no_conference(*, by: Actor, enquiry: UUID, children: Sequence[UUID], because: str, at: datetime) -> UUID:
    """A manager decides after the conclusion that there is no conference, and why; what was owed of it ends."""
    entry = decide_no_conference(by=by, enquiry=enquiry, children=children, because=because, at=at)
    close_owed(by=by, kind=CONFERENCE_STEP, children=children, outcome="A manager decided that there is none", at=at)
    line = get_enquiry(enquiry).line
    _tell(by, "enquiry_concluded", [line.post], (children[0], enquiry), at)
    _leave_nobody(by, children, entry, at)
    return entry


# --- an order -------------------------------------------------------------------------------------


@act("keep_safe")
def keep_safe(
    *,
    by: Actor,
    child: UUID,
    kind: str,
    began_at: datetime,
    at: datetime,
    made_by: str = "",
    words: str = "",
    where_kept: str = "",
    until: datetime | None = None,
    extends: UUID | None = None,
    post: UUID | None = None,
) -> UUID:
    """Record police protection or an order on a child, and return its step; whoever carries the child is told.

    The authority must then enquire (Children Act 1989, section 47(1)(a)): where no enquiry goes on and no
    discussion waits, a strategy discussion is asked for by this. Refuses what `record_order` does.
    """
    carrier = post or _carrier(by, [child])
    step = record_order(
        by=by, child=child, kind=kind, began_at=began_at, made_by=made_by, words=words, where_kept=where_kept,
        until=until, extends=extends, post=carrier, at=at,
    )  # fmt: skip
    _open_episodes(by, [child], carrier, None, at)
    _tell(by, "order_made", [carrier, manager_of(carrier)], (child, step), at)
    if extends is None and not _going_on([child]) and not _discussed([child]):
        ask_strategy(by=by, children=[child], why=f"{_ORDER_WHY[kind]} Section 47 asks us to enquire.", at=at)
    return step


_ORDER_WHY = {
    "police_protection": "The police have taken the child into police protection.",
    "emergency": "The court has made an emergency protection order.",
    "extended": "The court has extended an emergency protection order.",
}


# --- who carries it, and who is told --------------------------------------------------------------


def _due(key: str, since: datetime, at: datetime) -> dict[str, Any]:
    """When something is due, counted from a moment, and the dated rule that says so."""
    pack = current_pack(at)
    rule = rule_on(pack, key, local_day(since))
    return {"due_at": due_from(rule, since), "due_rule": pack.cite(key)} if rule else {}


def _carrier(by: Actor, children: Sequence[UUID]) -> UUID:
    """Whoever carries the first of the children who is open to somebody, else the post of whoever acts."""
    carriers = get_carriers(children)
    found = next((carriers[child] for child in children if child in carriers), None) or min(by.posts, default=None)
    if found is None:
        raise Refusal("Choose the post that carries this.", field="post")
    return found


def _open_episodes(by: Actor, children: Sequence[UUID], post: UUID, entry: UUID | None, at: datetime) -> None:
    closed = [child for child in children if child not in get_open_episodes(children)]
    if closed:
        open_episodes(by=by, children=closed, opened_on=local_day(at), post=post, arose_from=entry, at=at)


def _leave_nobody(by: Actor, children: Sequence[UUID], entry: UUID, at: datetime) -> None:
    """Of a child who is open to us, and for whom nothing is to be done any more, somebody says what goes on."""
    busy = {one for step in list_steps_for(children) if step.kind not in NO_MATTER for one in step.people}
    open_to_us = get_open_episodes(children)
    idle: dict[UUID, list[UUID]] = {}
    for child in children:
        episode = open_to_us.get(child)
        if episode is not None and episode.post is not None and child not in busy:
            idle.setdefault(episode.post, []).append(child)
    for post, people in idle.items():
        open_step(by=by, kind=ENDING.kind, post=post, people=people, words=ENDING.words, arose_from=entry, at=at)


def _tell(by: Actor, kind: str, posts: Iterable[UUID | None], about: tuple[UUID, UUID], at: datetime) -> None:
    """Tell these posts of a child and of what is about it; not whoever does it."""
    person, subject = about
    for post in dict.fromkeys(posts):
        if post is not None and post not in by.posts:
            tell(post=post, kind=kind, person=person, subject=subject, at=at)

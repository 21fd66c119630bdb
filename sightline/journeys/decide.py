"""From a decision to what follows it: episodes, steps, and feedback to whoever raised it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from sightline.access.operations import end_sight, give_sight
from sightline.access.rules import FRONT_DOOR
from sightline.assessments.beginning import STEP as ASSESS_STEP
from sightline.assessments.kinds import Owed, owed
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.front_door.deciding import Deciding, decide_contact
from sightline.front_door.queries import ContactView, get_contact, list_checks
from sightline.journeys.known import carriers_of
from sightline.journeys.open_matters import Answers, answered, matters_beside
from sightline.journeys.take_contact import desk_of
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.people.queries import list_network
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Outcome, Pack, StepToOpen
from sightline.record.operations import (
    LeftOpenGiven,
    close_step,
    keep_apart,
    leave_open,
    move_step,
    open_episodes,
    open_step,
    tell,
)
from sightline.record.permissions import may_authorise
from sightline.record.queries import get_open_episodes, list_steps_about
from sightline.workforce.queries import front_door_manager, get_post, list_posts, team_of


@dataclass(frozen=True)
class _Decided:
    """A contact that was just decided: by whom, as what, in which entry, and when."""

    by: Actor
    seen: ContactView
    given: Deciding
    outcome: Outcome
    pack: Pack
    entry: UUID
    desk: UUID
    at: datetime


@act("decide")
def decide(
    *,
    by: Actor,
    contact: UUID,
    given: Deciding,
    at: datetime,
    carry: UUID | None = None,
    accepted: Answers = MappingProxyType({}),
) -> UUID:
    """Decide a contact and open what follows from it.

    A referral opens an episode for each child; a manager's post carries it as unallocated until
    somebody is named. `carry` names the post that carries what follows. Every outcome but no
    further action opens a step. Feedback to whoever raised it is owed from this moment.
    While something else is open about these children, only a manager decides no further action,
    and gives in `accepted` the reason for each by name; it is kept beside the decision.
    Whoever carries what follows is told at once, and so is whoever carries one of the children.
    """
    pack = current_pack(at)
    desk = desk_of(by)
    seen = get_contact(contact)
    left = _left_open(by, seen, given, pack=pack, accepted=accepted, at=at)
    entry = decide_contact(by=by, contact=contact, given=given, pack=pack, post=desk, at=at)
    leave_open(by=by, entry=entry, left_open=left, at=at)
    decided = _Decided(by, seen, given, pack.outcome(given.outcome), pack, entry, desk, at)
    carriers = [carry] if carry else _carriers(decided)
    allocated = carriers_of(seen.children)
    _close_decision_step(decided)
    _open_episodes(decided, carriers[0])
    for carrier in carriers:
        _open_what_follows(decided, carrier)
    _owe_feedback(decided, carriers[0] if decided.outcome.kept_apart else desk)
    _let_the_desk_read_on(decided)
    if decided.outcome.kept_apart:
        _keep_apart(decided, carriers[0])
    _tell(decided, carriers, allocated)
    touch(*seen.people)
    return entry


def _left_open(
    by: Actor, seen: ContactView, given: Deciding, *, pack: Pack, accepted: Answers, at: datetime
) -> list[LeftOpenGiven]:
    """What stays open beside a decision of no further action. Nothing of it is closed by the decision."""
    if seen.decision is not None or not given.outcome or not pack.outcome(given.outcome).no_further_action:
        return []
    matters = matters_beside(seen, at=at)
    if matters and not may_authorise(by):
        raise Refusal(
            f"{'; '.join(one.words for one in matters)}. While this is open, only a manager may decide no further "
            "action. Choose another outcome, or recommend it and ask the team manager to decide.",
            field="outcome",
        )
    return answered(matters, accepted)


def _carriers(decided: _Decided) -> list[UUID]:
    """Who carries what follows: each allocated worker, the designated officer, a manager, the desk."""
    outcome = decided.outcome
    if "allocated_worker" in outcome.asks:
        return _allocated_workers(decided.seen)
    if outcome.kept_apart:
        return [_designated_officer() or front_door_manager()]
    return [front_door_manager() if outcome.is_referral else decided.desk]


def _allocated_workers(seen: ContactView) -> list[UUID]:
    """Of the children themselves; where none is open, of those around them: a brother, a sister, a housemate."""
    open_to = carriers_of(seen.children) or carriers_of(list_network(people=seen.children))
    if not open_to:
        raise Refusal(
            "None of these children is open to a worker, and nor is a brother or sister, so there is nobody to pass"
            " this to. Choose another outcome.",
            field="outcome",
        )
    return list(dict.fromkeys(open_to.values()))


def _designated_officer() -> UUID | None:
    return next((post.id for post in list_posts() if post.key == "designated-officer"), None)


def _close_decision_step(decided: _Decided) -> None:
    for step in list_steps_about(subject=decided.seen.id):
        if step.kind == "decide_contact":
            close_step(by=decided.by, step=step.id, closed_by=decided.entry, outcome="decided", at=decided.at)


def _open_episodes(decided: _Decided, carrier: UUID) -> None:
    """One for each child of a referral; a child who is open already goes on in that episode, whatever is decided.

    What comes in about an open child is no new referral: the census takes none beside an open episode (its rule 8816).
    """
    if not decided.outcome.is_referral:
        return
    ends_at_once = decided.outcome.no_further_action
    children = decided.seen.children
    already = get_open_episodes(children)
    unopened = [child for child in children if child not in already]
    if not unopened:
        return
    open_episodes(
        by=decided.by,
        children=unopened,
        opened_on=local_day(decided.seen.received_at),
        post=carrier,
        arose_from=decided.entry,
        source=decided.seen.source,
        need=decided.given.need,
        no_further_action=ends_at_once,
        at=decided.at,
    )


def _open_what_follows(decided: _Decided, carrier: UUID) -> None:
    follows = decided.outcome.opens_step
    if follows is None:
        return
    begins = decided.seen.received_at if decided.outcome.is_referral else decided.at
    terms = _owed(follows, begins, decided)
    open_step(
        by=decided.by,
        kind=follows.kind,
        post=carrier,
        people=decided.seen.people,
        words=terms.words,
        due_at=terms.due_at,
        due_rule=terms.due_rule,
        arose_from=decided.entry,
        subject=decided.seen.id,
        at=decided.at,
    )


def _owed(follows: StepToOpen, begins: datetime, decided: _Decided) -> Owed:
    """By the outcome's own rule; of an assessment, as the pack has its first kind."""
    pack = decided.pack
    if follows.kind == ASSESS_STEP:
        return owed(pack, pack.first_assessment.key, began=begins, at=decided.at)
    rule = pack.timescale(follows.timescale, local_day(decided.at))
    return Owed(str(follows.words), due_from(rule, begins), pack.cite(follows.timescale))


def _tell(decided: _Decided, carriers: list[UUID], allocated: Mapping[UUID, UUID]) -> None:
    """Also when nobody stands in the post just now: it is there when they come, or for whoever covers.

    Of what is kept apart only whoever keeps it is told: it may be about somebody's colleague.
    """
    outcome, seen = decided.outcome, decided.seen
    follows = carriers if outcome.opens_step is not None else []
    told = dict.fromkeys(follows, (next(iter(seen.children), None), "decided_yours"))
    if not outcome.kept_apart:
        told = {post: (child, "decided_child") for child, post in allocated.items()} | told
    for post, (child, kind) in told.items():
        if post not in decided.by.posts:
            tell(post=post, kind=kind, person=child, subject=seen.id, at=decided.at)


def _owe_feedback(decided: _Decided, teller: UUID) -> None:
    """A professional is told what was decided. A member of the public was thanked already."""
    if not decided.seen.professional:
        return
    rule = decided.pack.timescale("feedback.outcome", local_day(decided.at))
    open_step(
        by=decided.by,
        kind="feedback",
        post=teller,
        people=decided.seen.people,
        due_at=due_from(rule, decided.at),
        due_rule=decided.pack.cite("feedback.outcome"),
        arose_from=decided.entry,
        subject=decided.seen.id,
        sections=FRONT_DOOR,
        at=decided.at,
    )


def _let_the_desk_read_on(decided: _Decided) -> None:
    """What the desk read because of the contact it reads for a while longer, and then no more."""
    seen, at = decided.seen, decided.at
    length = decided.pack.timescale("front_door.reading_after_decision", local_day(at)).length
    end_sight(because_of=seen.id, at=at)
    desks = {get_post(desk).team for desk in (seen.desk, decided.desk) if desk is not None}
    for team in desks:
        give_sight(
            people=seen.people,
            reader=team,
            because="contact_decided",
            because_of=seen.id,
            sections=FRONT_DOOR,
            at=at,
            until=at + timedelta(days=length),
        )


def _keep_apart(decided: _Decided, carrier: UUID) -> None:
    """What is owed goes along: whoever may no longer read a contact could not answer for it."""
    by, at = decided.by, decided.at
    for step in list_steps_about(subject=decided.seen.id):
        move_step(by=by, step=step.id, post=carrier, sections=FRONT_DOOR, at=at)
    answers = [check.answer_id for check in list_checks(decided.seen.id) if check.answer_id]
    for apart in (decided.seen.id, decided.entry, *answers):
        keep_apart(by=by, entry=apart, team=team_of(carrier), at=at)

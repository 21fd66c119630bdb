"""From a referral, or the need to look again, to a dated assessment and what follows from it.

Evidence of those who know the children is asked for in `ask_evidence`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.assessments.kinds import kind_in, outcome_of, owed
from sightline.assessments.operations import authorise, begin_round, go_on_with_earlier, stop_round, submit
from sightline.assessments.permissions import refuse_unless_may_assess, refuse_unless_may_authorise
from sightline.assessments.queries import RoundView, SignedView, get_round, get_signed, list_earlier, list_open_rounds
from sightline.assessments.rules import PartKey
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.front_door.queries import get_contact
from sightline.journeys.ask_evidence import ask_for_evidence, bring_evidence, propose_evidence, stop_waiting
from sightline.journeys.open_matters import Answers, answered, matters_beside_round
from sightline.journeys.owed import close_owed
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day, start_of_day
from sightline.kernel.reading import in_sentence
from sightline.people.queries import list_kinds
from sightline.practice.queries import current_pack, get_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack
from sightline.record.operations import LeftOpenGiven, finish_for, open_step
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.queries import OpenStep, get_carriers, get_open_episodes, get_step, list_steps_for
from sightline.workforce.queries import front_door_manager, list_occupied, manager_of, team_of

__all__ = [
    "ask_for_evidence",
    "begin_assessment",
    "bring_evidence",
    "ends_here",
    "propose_evidence",
    "send_to_manager",
    "sign_off",
    "stop_assessment",
]

STEP = "assessment"


@dataclass(frozen=True)
class Follows:
    """What somebody owes after an assessment: a kind of step, its words, and the rule of its clock, if any.

    `plan` is the kind of plan to be made, whose name in the practice pack the words have a place for.
    """

    kind: str
    words: str
    timescale: str = ""
    of_manager: bool = False
    plan: str = ""

    def in_words(self, pack: Pack) -> str:
        """As the step says it."""
        return self.words.format(in_sentence(str(pack.plan_kind(self.plan).title))) if self.plan else self.words


ENDING = Follows("ask_to_end", "Ask a manager to end our involvement, or say what goes on")
FOLLOWS: Mapping[str, Follows] = {
    "child_in_need_plan": Follows("make_plan", "Make the {} with the family", "plan.make", plan="child_in_need"),
    "early_help": Follows("make_plan", "Make the {} with the family", "plan.make", plan="early_help"),
    "strategy_discussion": Follows(
        "strategy_discussion",
        "Hold the strategy discussion with at least police and health",
        "strategy",
        of_manager=True,
    ),
    "help_of_others": ENDING,
    "no_further_action": ENDING,
}
"""By outcome, where the pack does not say that another assessment begins. Of any other nothing new is owed."""


def ends_here(outcome: str) -> bool:
    """Whether an assessment that leads to this is followed by the end of our involvement."""
    return FOLLOWS.get(outcome) is ENDING


@act("begin_assessment")
def begin_assessment(*, by: Actor, children: Iterable[UUID], why: str, at: datetime) -> UUID:
    """Assess these children, and return their living document.

    Where one of them is being assessed already, that goes on with all of them. Where a referral asked
    for an assessment, it is that one, and its clock runs from the referral; where an earlier system had one
    open, it is that one, from its own first day; where an assessment was
    signed that leads to another kind, it is that one, and its clock runs from the signature. Else it
    begins anew from today, of the pack's first kind and with its clock, carried by whoever carries the
    children, also if their episode has ended.
    """
    refuse_unless_may_assess(by)
    wanted = list(dict.fromkeys(children))
    refuse_unless_may_write(by, wanted)
    going_on = _going_on(wanted)
    if going_on is not None:
        step, started_on, kind = going_on.id, going_on.started_on, going_on.kind
    else:
        step, started_on, kind = _asked_for(wanted) or (_open_own(wanted, by=by, at=at), local_day(at), "")
    document = begin_round(by=by, children=wanted, started_on=started_on, step=step, why=why, kind=kind, at=at)
    for other in go_on_with_earlier(by=by, step=step, at=at):
        finish_for(by=by, step=other, children=wanted, outcome="Assessed here together", at=at)
    return document


def _going_on(children: Sequence[UUID]) -> RoundView | None:
    """The open round with most of these children; of those, the one whose clock began first."""
    found = list_open_rounds(children=children)
    found.sort(key=lambda one: (-len(set(one.children) & set(children)), one.started_on, one.began_at))
    return found[0] if found else None


def _asked_for(children: Sequence[UUID]) -> tuple[UUID, date, str] | None:
    """The assessment that is owed and nobody began: its step, the day from which its time runs, and its kind."""
    step = next((one for one in list_steps_for(children) if one.kind == STEP), None)
    if step is None:
        return None
    there = next((one for found in list_earlier(children).values() for one in found if one.step == step.id), None)
    if there is not None:
        return step.id, there.started_on, ""
    earlier = _leads_on(step)
    if earlier is not None:
        kind = outcome_of(get_pack(earlier.pin), earlier.kind, earlier.outcome).begins
        return step.id, local_day(earlier.authorised_at), kind
    return step.id, _referred_on(step), ""


def _leads_on(step: OpenStep) -> SignedView | None:
    """The signed assessment that led to this one; nothing where a referral or anything else did."""
    try:
        return get_signed(step.arose_from) if step.arose_from else None
    except NotFound:
        return None


def _referred_on(step: OpenStep) -> date:
    if step.subject is None:
        return local_day(step.opened_at)
    try:
        return local_day(get_contact(step.subject).received_at)
    except NotFound:
        # The contact is closed to this worker: the assessment is not, and dates from when it was asked for.
        return local_day(step.opened_at)


def _open_own(children: Sequence[UUID], *, by: Actor, at: datetime) -> UUID:
    pack = current_pack(at)
    terms = owed(pack, pack.first_assessment.key, began=at, at=at)
    return open_step(
        by=by,
        kind=STEP,
        post=_post_for(children, by),
        people=children,
        words=terms.words,
        due_at=terms.due_at,
        due_rule=terms.due_rule,
        at=at,
    )


def _post_for(children: Sequence[UUID], by: Actor) -> UUID:
    """The worker's own post if it carries one of them, else who does; where nobody does, the worker."""
    carriers = list(get_carriers(children).values())
    own = [post for post in (*carriers, *list_occupied(by.id), *sorted(by.posts)) if post in by.posts]
    if carriers and not set(carriers) & by.posts:
        return carriers[0]
    if not own:
        raise Refusal("You stand in no post, so nobody would carry this assessment. Ask your manager to begin it.")
    return own[0]


@act("send_to_manager")
def send_to_manager(
    *,
    by: Actor,
    round: UUID,  # noqa: A002 - the field's noun
    at: datetime,
    reasons: Mapping[PartKey, str] | None = None,
    to_post: UUID | None = None,
) -> UUID:
    """Send a round to a manager: the one above whoever carries it, unless another is chosen. Returns their step."""
    return submit(by=by, round=round, to_post=to_post or manager_for(by, get_round(round).post), reasons=reasons, at=at)


def manager_for(by: Actor, post: UUID) -> UUID:
    """The nearest manager's post above this one in which the actor does not stand themselves."""
    above = manager_of(post)
    while above is not None and above in by.posts:
        above = manager_of(above)
    return above or front_door_manager()


@act("sign_off")
def sign_off(
    *,
    by: Actor,
    round: UUID,  # noqa: A002 - the field's noun
    outcome: str,
    at: datetime,
    late_because: str = "",
    send_on_to: UUID | None = None,
    words: str = "",
    accepted: Answers = MappingProxyType({}),
) -> UUID | None:
    """Authorise a round, and open what somebody owes because of its outcome. Returns the dated assessment's entry.

    Where the outcome ends our part, `accepted` gives the reason for each other thing that is open about
    these children; it is kept by name beside the signature, and closes none of them. Refuses without.

    Sent on to a second manager, it returns None, and nothing follows yet. Evidence that has not come
    in is no longer waited for once it is signed; what comes later still reaches the record.
    """
    found = get_round(round)
    left = _left_open(by, found, outcome, accepted, at) if send_on_to is None else []
    if send_on_to is None and found.closed_at is None:
        _keep_for_the_others(found, by=by, at=at)
        stop_waiting(by=by, round=round, because="The assessment was signed", at=at)
        _close_asked_for_meanwhile(found, by=by, at=at)
    entry = authorise(
        by=by,
        round=round,
        outcome=outcome,
        late_because=late_because,
        send_on_to=send_on_to,
        words=words,
        left_open=left,
        at=at,
    )
    if entry is not None:
        _open_what_follows(outcome, found, entry, by=by, at=at)
    return entry


def _left_open(by: Actor, found: RoundView, outcome: str, accepted: Answers, at: datetime) -> list[LeftOpenGiven]:
    """What stays open beside a signature that leads to an end; nothing of it is closed by that."""
    if found.closed_at is not None or not ends_here(outcome):
        return []
    refuse_unless_may_authorise(by)
    return answered(matters_beside_round(found, at=at), accepted)


@act("stop_assessment")
def stop_assessment(*, by: Actor, round: UUID, because: str, at: datetime) -> None:  # noqa: A002 - the field's noun
    """End a round unsigned, as a manager, with why; evidence that has not come in is no longer waited for.

    What was written stays in the document, and the next assessment goes on from it.
    """
    stop_round(by=by, round=round, because=because, at=at)
    stop_waiting(by=by, round=round, because="The assessment ended unsigned", at=at)


def _keep_for_the_others(found: RoundView, *, by: Actor, at: datetime) -> None:
    """A referral asked for an assessment of a brother or sister as well who is not in this one: it is still owed.

    With the post, the contact and the clock that it had. Nothing is owed for the adults of the referral alone.
    """
    asked = get_step(found.id)
    others = [person for person in asked.people if person not in found.children]
    if not others:
        return
    kinds = list_kinds(people=others)
    if all(kinds.get(person) == "adult" for person in others):
        _read_on_about(others, found.children, at)
    else:
        open_step(
            by=by,
            kind=STEP,
            post=asked.post,
            people=others,
            words=asked.words,
            due_at=asked.due_at,
            due_rule=asked.due_rule,
            arose_from=asked.arose_from,
            subject=asked.subject,
            at=at,
        )


def _read_on_about(adults: Sequence[UUID], children: Sequence[UUID], at: datetime) -> None:
    """An adult of the referral who is no relation was read because of the step, and from now on with the children."""
    for episode in get_open_episodes(children).values():
        if episode.post is not None:
            give_sight(
                people=adults, reader=team_of(episode.post), because="allocation", because_of=episode.id, at=at,
            )  # fmt: skip


def _close_asked_for_meanwhile(found: RoundView, *, by: Actor, at: datetime) -> None:
    """A later referral of these children asked for an assessment while this one was open: this is it."""
    begun = {one.id for one in list_open_rounds(children=found.children)}
    close_owed(
        by=by, kind=STEP, children=found.children, outcome="Assessed in the one that was already open", but=begun, at=at
    )


def _open_what_follows(outcome: str, found: RoundView, entry: UUID, *, by: Actor, at: datetime) -> None:
    """The next kind of assessment, where the pack says that this outcome begins one; else what the law has follow."""
    pack = current_pack(at)
    begins = outcome_of(pack, found.kind, outcome).begins
    if begins:
        _open_next_kind(begins, pack, found, entry, by=by, at=at)
    elif outcome in FOLLOWS:
        _open_by_law(FOLLOWS[outcome], pack, found, entry, by=by, at=at)


def _open_next_kind(kind: str, pack: Pack, found: RoundView, entry: UUID, *, by: Actor, at: datetime) -> None:
    """With its own clock: from this signature, unless the pack counts it from the referral like the first."""
    began = at if kind_in(pack, kind).starts == "previous" else start_of_day(found.started_on)
    terms = owed(pack, kind, began=began, at=at)
    open_step(
        by=by,
        kind=STEP,
        post=found.post,
        people=found.children,
        words=terms.words,
        due_at=terms.due_at,
        due_rule=terms.due_rule,
        arose_from=entry,
        subject=found.assessment,
        at=at,
    )


def _open_by_law(follows: Follows, pack: Pack, found: RoundView, entry: UUID, *, by: Actor, at: datetime) -> None:
    rule = pack.timescale(follows.timescale, local_day(at)) if follows.timescale else None
    open_step(
        by=by,
        kind=follows.kind,
        post=(manager_of(found.post) or found.post) if follows.of_manager else found.post,
        people=found.children,
        words=follows.in_words(pack),
        due_at=due_from(rule, at) if rule else None,
        due_rule=pack.cite(rule.key) if rule else "",
        arose_from=entry,
        subject=found.assessment,
        at=at,
    )

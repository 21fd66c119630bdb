"""From a decision to what follows it: episodes, steps, and feedback to whoever raised it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.operations import end_sight, give_sight
from sightline.access.rules import FRONT_DOOR
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.front_door.deciding import Deciding, decide_contact
from sightline.front_door.queries import ContactView, get_contact
from sightline.journeys.take_contact import desk_of
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Outcome, Pack
from sightline.record.operations import close_step, keep_apart, move_step, open_episode, open_step
from sightline.record.queries import get_open_episodes, list_steps_about
from sightline.workforce.queries import front_door_manager, get_post, list_posts, team_of


@act("decide")
def decide(*, by: Actor, contact: UUID, given: Deciding, at: datetime, carry: UUID | None = None) -> UUID:
    """Decide a contact and open what follows from it.

    A referral opens an episode for each child; a manager's post carries it as unallocated until
    somebody is named. `carry` names the post that carries what follows. Every outcome but no
    further action opens a step. Feedback to whoever raised it is owed from this moment.
    """
    pack = current_pack(at)
    seen = get_contact(contact)
    entry = decide_contact(by=by, contact=contact, given=given, pack=pack, post=desk_of(by), at=at)
    outcome = pack.outcome(given.outcome)
    _close_decision_step(by, contact, entry, at)
    carrier = carry or _carrier(by, seen, outcome)
    if outcome.is_referral:
        _open_episodes(by, seen, given, outcome, carrier, entry, at)
    _open_what_follows(by, seen, outcome, carrier, entry, pack, at)
    teller = carrier if outcome.kept_apart else desk_of(by)
    _owe_feedback(by, seen, entry, pack, teller, at)
    _let_the_desk_read_on(by, seen, pack, at)
    if outcome.kept_apart:
        _keep_apart(by, seen, entry, carrier, at)
    touch(*seen.people)
    return entry


def _close_decision_step(by: Actor, contact: UUID, entry: UUID, at: datetime) -> None:
    for step in list_steps_about(subject=contact):
        if step.kind == "decide_contact":
            close_step(by=by, step=step.id, closed_by=entry, outcome="decided", at=at)


def _carrier(by: Actor, seen: ContactView, outcome: Outcome) -> UUID:
    """Who carries what follows: the allocated worker, the designated officer, a manager, the desk."""
    if outcome.key == "passed_to_allocated_worker":
        open_to = [one.post for one in get_open_episodes(seen.children).values() if one.post]
        if not open_to:
            raise Refusal(
                "None of these children is open to a worker, so there is nobody to pass this to. "
                "Choose another outcome.",
                field="outcome",
            )
        return open_to[0]
    if outcome.kept_apart:
        return _designated_officer() or front_door_manager()
    if outcome.is_referral:
        return front_door_manager()
    return desk_of(by)


def _designated_officer() -> UUID | None:
    return next((post.id for post in list_posts() if post.key == "designated-officer"), None)


def _open_episodes(
    by: Actor,
    seen: ContactView,
    given: Deciding,
    outcome: Outcome,
    carrier: UUID,
    entry: UUID,
    at: datetime,
) -> None:
    already = get_open_episodes(seen.children)
    for child in seen.children:
        if child in already and not outcome.no_further_action:
            continue
        open_episode(
            by=by,
            child=child,
            opened_on=local_day(seen.received_at),
            post=carrier,
            arose_from=entry,
            source=seen.source,
            need=given.need,
            no_further_action=outcome.no_further_action,
            at=at,
        )


def _open_what_follows(
    by: Actor,
    seen: ContactView,
    outcome: Outcome,
    carrier: UUID,
    entry: UUID,
    pack: Pack,
    at: datetime,
) -> None:
    follows = outcome.opens_step
    if follows is None:
        return
    rule = pack.timescale(follows.timescale, local_day(at))
    begins = seen.received_at if outcome.is_referral else at
    open_step(
        by=by,
        kind=follows.kind,
        post=carrier,
        people=seen.people,
        words=str(follows.words),
        due_at=due_from(rule, begins),
        due_rule=f"{pack.key}:{pack.version}:{follows.timescale}",
        arose_from=entry,
        subject=seen.id,
        at=at,
    )


def _owe_feedback(by: Actor, seen: ContactView, entry: UUID, pack: Pack, teller: UUID, at: datetime) -> None:
    if not seen.professional:
        return
    rule = pack.timescale("feedback.outcome", local_day(at))
    open_step(
        by=by,
        kind="feedback",
        post=teller,
        people=seen.people,
        due_at=due_from(rule, at),
        due_rule=f"{pack.key}:{pack.version}:feedback.outcome",
        arose_from=entry,
        subject=seen.id,
        sections=FRONT_DOOR,
        at=at,
    )


def _let_the_desk_read_on(by: Actor, seen: ContactView, pack: Pack, at: datetime) -> None:
    """What the desk read because of the contact it reads for a while longer, and then no more."""
    length = pack.timescale("front_door.reading_after_decision", local_day(at)).length
    end_sight(because_of=seen.id, at=at)
    desks: Sequence[UUID] = {get_post(seen.desk).team, get_post(desk_of(by)).team}
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


def _keep_apart(by: Actor, seen: ContactView, entry: UUID, carrier: UUID, at: datetime) -> None:
    """What is owed goes along: whoever may no longer read a contact could not answer for it."""
    for step in list_steps_about(subject=seen.id):
        move_step(by=by, step=step.id, post=carrier, sections=FRONT_DOOR, at=at)
    for apart in (seen.id, entry):
        keep_apart(by=by, entry=apart, team=team_of(carrier), at=at)

"""From asking to end to an ending that a manager answers for, with nothing left open in silence.

An involvement is an episode, a plan of early help, or both. A manager authorises its end after seeing
everything that is open (Working Together to Safeguard Children 2023, chapter 3).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.assessments.operations import stop_round
from sightline.assessments.queries import list_open_rounds
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.enquiries.queries import list_enquiries, list_orders
from sightline.enquiries.rules import moment_words
from sightline.front_door.queries import list_contacts
from sightline.journeys.feed_back import no_feedback
from sightline.journeys.open_matters import Answer, Answers, Matter, answered, list_open_matters, visits_ahead
from sightline.journeys.owed import close_owed
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.people.queries import get_names
from sightline.plans.operations import end_by_law, service_not_coming, take_off_plan
from sightline.plans.queries import PlanLine, list_plans
from sightline.plans.rules import PROTECTION, ended_by_law
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Option, Pack
from sightline.record import operations as record
from sightline.record.operations import close_episode, close_step, finish_for, refuse_ending_in_part, tell, write_ending
from sightline.record.permissions import refuse_unless_may_authorise
from sightline.record.queries import (
    EndingView,
    get_ending,
    get_open_episodes,
    goes_on_without,
)
from sightline.workforce.queries import front_door_manager, get_post, manager_of, posts_of, team_of

ENDED = "Involvement ended"
READ_ON = "ending.reading_after"


@dataclass(frozen=True)
class Stop:
    """Why an involvement cannot end now, and what to do. Nobody can accept it away."""

    sentence: str
    child: UUID


def _protection_plans(children: Sequence[UUID], at: datetime) -> Iterator[Stop]:
    """A protection plan is ended by a review conference, at eighteen, or by death, and by no closing of a case."""
    on_plans = {child: one for one in list_plans(children) if one.kind == PROTECTION for child in one.children}
    headers = get_names(people=set(on_plans) & set(children))
    for child, header in headers.items():
        ended = ended_by_law(birth=header.birth, birth_date=header.birth_date, death_date=header.death_date, at=at)
        if ended is None:
            yield Stop(
                f"{header.known_as or header.name} is on a child protection plan. A review conference ends it: "
                "ask its chair for one, and end involvement after that.",
                child,
            )


def _enquiries(children: Sequence[UUID], at: datetime) -> Iterator[Stop]:
    """A section 47 enquiry ends with a conclusion for each child (Children Act 1989, section 47(1))."""
    going_on = {
        child
        for line in list_enquiries(children)
        for child, one in line.children.items()
        if child in children and not one.outcome
    }
    for child, name in _names(going_on).items():
        yield Stop(
            f"A section 47 enquiry on {name} has no conclusion. Conclude it, and end involvement after that.",
            child,
        )


def _orders(children: Sequence[UUID], at: datetime) -> Iterator[Stop]:
    """While the law keeps a child safe the authority answers for the child (Children Act 1989, sections 44 and 46)."""
    in_force = {one.child: one for one in list_orders(children, at) if one.in_force}
    for child, name in _names(in_force).items():
        yield Stop(
            f"{name} is under {in_force[child].kind_words.lower()} until {moment_words(in_force[child].runs_out_at)}. "
            "Say how that ended and where the child is, and end involvement after that.",
            child,
        )


def _names(children: Iterable[UUID]) -> dict[UUID, str]:
    return {child: one.known_as or one.name for child, one in get_names(people=children).items()}


STOPS: tuple[Callable[[Sequence[UUID], datetime], Iterable[Stop]], ...] = (_protection_plans, _enquiries, _orders)
"""What no manager can accept, because the law or the plan requires it. Each room adds its own here."""


def stops(*, children: Iterable[UUID], at: datetime) -> list[Stop]:
    """Why the involvement with these children cannot end now; empty where nothing forbids it."""
    wanted = list(dict.fromkeys(children))
    return [found for asked in STOPS for found in asked(wanted, at)]


def _refuse_stopped(children: Iterable[UUID], at: datetime) -> None:
    found = stops(children=children, at=at)
    if found:
        raise Refusal(" ".join(dict.fromkeys(one.sentence for one in found)))


@act("ask_manager_to_end")
def ask_manager_to_end(
    *,
    by: Actor,
    children: Iterable[UUID],
    reason: str,
    what_changed: str,
    how_to_come_back: str,
    who_holds_worry: str,
    at: datetime,
) -> UUID:
    """Ask the manager above whoever carries the first of these children; returns the step that waits.

    Refuses what the law or the plan forbids, and what `record.ask_to_end` refuses.
    """
    wanted = list(dict.fromkeys(children))
    if not wanted:
        raise Refusal("Choose at least one child.", field="children")
    _refuse_stopped(wanted, at)
    post = manager_for(wanted, by)
    step = record.ask_to_end(
        by=by,
        children=wanted,
        reason=reason,
        what_changed=what_changed,
        how_to_come_back=how_to_come_back,
        who_holds_worry=who_holds_worry,
        post=post,
        at=at,
    )
    close_owed(by=by, kind="ask_to_end", children=wanted, outcome="A manager was asked", at=at)
    if post not in by.posts:
        tell(post=post, kind="ending_asked", person=wanted[0], subject=step, at=at)
    return step


def manager_for(children: Sequence[UUID], by: Actor) -> UUID:
    """The manager's post that answers for these children's ending: above the post that carries them."""
    carrying = carried_by(children)
    post = next(iter(carrying), None) or min(by.posts, default=None)
    if post is None:
        return front_door_manager()
    if get_post(post).kind == "manager":
        return post
    return manager_of(post) or front_door_manager()


def carried_by(children: Sequence[UUID]) -> list[UUID]:
    """The posts that carry these children's episodes and plans, each once."""
    episodes = get_open_episodes(children)
    posts = [episodes[child].post for child in children if child in episodes]
    posts += [line.post for line in list_plans(children)]
    return list(dict.fromkeys(post for post in posts if post is not None))


def reasons_for(pack: Pack, children: Iterable[UUID]) -> tuple[Option, ...]:
    """Why involvement may end: the census's reasons where there is an episode, and else early help's own."""
    kind = "closure_reason" if get_open_episodes(children) else "ending_reason"
    return pack.list(kind).options


def reason_words(pack: Pack, reason: str) -> str:
    """A reason as a page says it, from whichever of the two lists it is."""
    options = (*pack.list("closure_reason").options, *pack.list("ending_reason").options)
    return next((str(one.label) for one in options if one.key == reason), reason)


def matters_to_answer(*, children: Iterable[UUID], at: datetime) -> list[Matter]:
    """What an ending asks about: everything open but plans, which end with it."""
    return [one for one in list_open_matters(children=children, at=at) if one.kind != "plan"]


@act("return_ending")
def return_ending(*, by: Actor, step: UUID, words: str, at: datetime) -> None:
    """Give it back to whoever carries the children, with what is still to do; they are told."""
    ending = get_ending(step)
    record.return_ending(by=by, step=step, words=words, at=at)
    _tell_carriers(by, ending, carried_by(ending.children), kind="ending_returned", subject=step, at=at)


@act("authorise_ending")
def authorise_ending(*, by: Actor, step: UUID, answers: Answers, closed_on: date, at: datetime) -> UUID:
    """End the involvement with the children of a request; returns the closing summary's entry.

    Each open matter needs its outcome, or the reason for which this manager accepts it by name.
    Episodes and plans end, visits that were planned are cancelled, and other steps close with the
    words given; where a step goes on for children who stay, these are taken off it. Refuses what
    the law or the plan forbids, a request for a child as well whom this manager may not see, and a
    matter without an answer, also one that came in meanwhile.
    """
    refuse_unless_may_authorise(by)
    ending = get_ending(step)
    if not ending.waits:
        raise Refusal("This was answered already. Look at the record for how it went.")
    children = list(ending.children)
    refuse_ending_in_part(step, children)
    _refuse_stopped(children, at)
    matters = matters_to_answer(children=children, at=at)
    given = answered(matters, answers)
    posts = carried_by(children)
    for matter in matters:
        _settle(by, matter, answers[matter.name], children, at)
    _end_plans(by, ending, closed_on, at)
    for visit in visits_ahead(children, at):
        _close(by, visit.id, children, ENDED, at)
    entry = write_ending(by=by, step=step, left_open=given, closed_on=closed_on, at=at)
    _let_them_read_on([*posts, ending.post], ending, entry, at)
    _close_episodes(by, ending, closed_on, at)
    _tell_carriers(by, ending, posts, kind="ending_authorised", subject=entry, at=at)
    return entry


def _settle(by: Actor, matter: Matter, answer: Answer, children: Sequence[UUID], at: datetime) -> None:
    """Close what an answer closes. What the front door decides, a disagreement and an adult stay as they are."""
    # Also where it goes on for a child whose record is closed to this manager.
    whole = not any(goes_on_without(step, children) for step in matter.steps)
    if matter.kind == "feedback" and whole:
        _settle_feedback(by, matter, answer, at)
    elif matter.kind == "service" and whole:
        service_not_coming(by=by, step=matter.subject, because=answer.given, at=at)
    elif matter.kind == "assessment" and whole and _is_begun(matter):
        stop_round(by=by, round=matter.subject, because=answer.given, at=at)
    else:
        for step in matter.steps:
            _close(by, step, children, answer.given, at)


def _is_begun(assessment: Matter) -> bool:
    """Whether anybody began it: what is owed from a referral alone is a step and no more."""
    return any(one.id == assessment.subject for one in list_open_rounds(children=assessment.children))


def _settle_feedback(by: Actor, matter: Matter, answer: Answer, at: datetime) -> None:
    """Feedback that was given closes with how; that it is not given is kept as the front door keeps it."""
    if answer.accepted_because.strip() and list_contacts([matter.subject]):
        no_feedback(by=by, contact=matter.subject, reason=answer.accepted_because, at=at)
        return
    for step in matter.steps:
        close_step(by=by, step=step, outcome=answer.given[:200], at=at)


def _close(by: Actor, step: UUID, children: Sequence[UUID], words: str, at: datetime) -> None:
    """Close a step, or take these children off it where it goes on for others."""
    finish_for(by=by, step=step, children=children, outcome=words[:200], at=at)


def _end_plans(by: Actor, ending: EndingView, closed_on: date, at: datetime) -> None:
    reason = reason_words(current_pack(at), ending.reason)
    for line in list_plans(ending.children):
        for child in _on_it(line, ending.children):
            if line.kind == PROTECTION:
                # What stops an ending was asked before: here the law has ended it, and no conference will.
                end_by_law(by=by, plan=line.plan, child=child, at=at)
            else:
                take_off_plan(by=by, plan=line.plan, child=child, to_on=closed_on, reason=reason, at=at)


def _on_it(line: PlanLine, children: Iterable[UUID]) -> list[UUID]:
    return [child for child in children if child in line.children]


def _close_episodes(by: Actor, ending: EndingView, closed_on: date, at: datetime) -> None:
    """Each with the census's code, which a reason of early help's own does not have."""
    code = next((one.code for one in current_pack(at).list("closure_reason").options if one.key == ending.reason), "")
    for episode in get_open_episodes(ending.children).values():
        if closed_on < episode.opened_on:
            raise Refusal("That is before involvement began. Check the day.", field="closed_on")
        close_episode(
            by=by,
            episode=episode.id,
            closed_on=closed_on,
            reason=code or "RC7",
            accepted_because="Each was answered for in the ending",
            at=at,
        )


def _let_them_read_on(posts: Iterable[UUID], ending: EndingView, entry: UUID, at: datetime) -> None:
    """The teams that ended it read on for a while: to tell whoever was involved, and to record what comes late."""
    rule = current_pack(at).timescale(READ_ON, local_day(at))
    for team in {team_of(post) for post in posts}:
        give_sight(people=ending.children, reader=team, because="involvement_ended", because_of=entry, at=at,
                   until=due_from(rule, at))  # fmt: skip


def _tell_carriers(
    by: Actor, ending: EndingView, carrying: Sequence[UUID], *, kind: str, subject: UUID, at: datetime
) -> None:
    """Whoever carries the children, and whoever asked, if they still work here; not whoever does it."""
    posts = [*carrying, *([] if carrying else sorted(posts_of(ending.asked_by, at=at)))]
    for post in dict.fromkeys(posts):
        if post not in by.posts:
            tell(post=post, kind=kind, person=next(iter(ending.children), None), subject=subject, at=at)


def what_ends(*, children: Sequence[UUID], at: datetime) -> tuple[int, list[PlanLine], int]:
    """What ends by itself with the involvement: how many episodes, which plans, how many planned visits."""
    return len(get_open_episodes(children)), list_plans(children), len(visits_ahead(children, at))

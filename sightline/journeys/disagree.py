"""Two professionals do not agree: from the day on which one says so to whoever is told how it was resolved."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.disagreements.operations import STEP, escalate, raise_disagreement, resolve
from sightline.disagreements.queries import DisagreementView, get_disagreement, list_disagreements
from sightline.disagreements.rules import LONGEST_ABOUT, SideGiven
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.front_door.queries import list_contacts
from sightline.journeys.letters import desk_line, ring_words
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.partnership.operations import Composed, compose_message, record_call
from sightline.partnership.queries import (
    describe_agency_posts,
    get_message,
    get_reply,
    list_messages,
    list_people_of,
)
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from, fill
from sightline.record.operations import close_step, open_step, tell
from sightline.record.queries import get_carriers, list_steps_about
from sightline.workforce.queries import describe_posts, list_occupied, posts_of

FEEDBACK = "feedback_disagreement"
"""The kind of the step by which the agencies of a disagreement are owed how it was resolved."""
REPLY = "reply"
"""What a disagreement is about that came as a challenge through a message's link."""


@act("disagree")
def disagree(
    *,
    by: Actor,
    children: Iterable[UUID],
    about: str,
    sides: tuple[SideGiven, ...],
    post: UUID,
    at: datetime,
    resolver: str = "",
    raised_on: date | None = None,
    subject_kind: str = "",
    subject: UUID | None = None,
    safety: str = "",
) -> UUID:
    """Raise a disagreement: a post carries it, with the first stage's clock, and whoever is concerned is told.

    `post` is ours and carries it; `resolver` is who resolves it by name, and whoever stands in that post
    where nobody is named. Whoever carries the children is told, and a post of ours that is a side of it.
    """
    about_whom = list(dict.fromkeys(children))
    if not about_whom:
        raise Refusal("Choose the child or children whom it is about.", field="children")
    step = open_step(
        by=by, kind=STEP, post=post, people=about_whom, words=f"Resolve a disagreement: {about.strip()}"[:200],
        subject=subject, at=at,
    )  # fmt: skip
    raise_disagreement(
        by=by, children=about_whom, about=about, sides=sides, safety=safety, post=post, step=step,
        resolver=resolver.strip() or describe_posts([post])[post], raised_on=raised_on or local_day(at),
        subject_kind=subject_kind, subject=subject, at=at,
    )  # fmt: skip
    if post not in by.posts:
        tell(post=post, kind="disagreement_yours", person=about_whom[0], subject=step, at=at)
    _tell_others(by, get_disagreement(step), "disagreement_raised", at, but={post})
    return step


def _tell_others(by: Actor, found: DisagreementView, kind: str, at: datetime, *, but: set[UUID]) -> None:
    """Whoever carries the children, and our posts that are a side of it; not whoever acts."""
    posts = [*get_carriers(found.children).values(), *(one.post for one in found.sides if one.post)]
    for post in dict.fromkeys(posts):
        if post not in by.posts and post not in but:
            tell(post=post, kind=kind, person=next(iter(found.children), None), subject=found.step, at=at)


@act("from_reply")
def from_reply(*, by: Actor, reply: UUID, at: datetime) -> UUID:
    """Make a disagreement of what a professional wrote through a message's link: their words are their side.

    The other side is whoever decided what they were told, or else the post that told them; it adds its own
    words later. Whoever makes the disagreement carries it.
    Refuses an answer that disagrees with nothing, and a challenge of which there is a disagreement already.
    """
    found = get_reply(reply)
    if found.kind != "challenge":
        raise Refusal("They answered, and did not say that they do not agree. Raise a disagreement on the record.")
    if list_disagreements(subjects=[reply], only_open=False):
        raise Refusal("There is a disagreement of this already. Open it on the child's record.")
    message = get_message(found.message_id)
    children = [key for key, one in get_names(people=list_people_of(message.id)).items() if one.kind == "child"]
    return disagree(
        by=by, children=children, about=_about(message.to, message.kind_label, message.composed_at),
        sides=(
            SideGiven(name=found.signed, words=found.text, agency_post=message.agency_post),
            SideGiven(post=_post_that_decided(message.subject, at) or message.sent_by_post),
        ),
        post=_desk_for(by, message.sent_by_post), raised_on=local_day(found.at),
        subject_kind=REPLY, subject=reply, at=at,
    )  # fmt: skip


def _post_that_decided(subject: UUID, at: datetime) -> UUID | None:
    """The post of whoever decided the contact that a message answers; nobody's where there is none, or they left."""
    decided = next((one.decision for one in list_contacts([subject]) if one.decision), None)
    return min(posts_of(decided.decided_by, at=at), default=None) if decided else None


def _about(to: str, kind: str, sent: datetime) -> str:
    return f"What we told {to} on {day_words(local_day(sent))} ({kind.lower()})"[:LONGEST_ABOUT]


@act("take_further")
def take_further(
    *, by: Actor, disagreement: UUID, post: UUID, came_of: str, at: datetime, resolver: str = "",
    stage: int | None = None,
) -> None:  # fmt: skip
    """Take it to the next stage, and tell the post that carries it from now on."""
    named = resolver.strip() or describe_posts([post])[post]
    escalate(by=by, disagreement=disagreement, resolver=named, post=post, came_of=came_of, stage=stage, at=at)
    found = get_disagreement(disagreement)
    if post not in by.posts:
        tell(post=post, kind="disagreement_yours", person=next(iter(found.children), None), subject=disagreement, at=at)
    _tell_others(by, found, "disagreement_further", at, but={post})


@act("settle")
def settle(
    *, by: Actor, disagreement: UUID, resolved_on: date, how: str, came_of: str, at: datetime, learned: str = ""
) -> UUID:
    """Record how it was resolved. The agencies that were a side of it are owed word of it, and ours are told."""
    found = get_disagreement(disagreement)
    # First, since with the disagreement's own step ends the sight that it gave.
    if found.is_open and found.agency_posts:
        pack = current_pack(at)
        rule = pack.timescale("feedback.outcome", local_day(at))
        open_step(
            by=by, kind=FEEDBACK, post=found.post, people=found.children, words=_owed(found), due_at=due_from(rule, at),
            due_rule=pack.cite(rule.key), subject=disagreement, at=at,
        )  # fmt: skip
    _tell_others(by, found, "disagreement_resolved", at, but=set())
    return resolve(
        by=by, disagreement=disagreement, resolved_on=resolved_on, how=how, came_of=came_of, learned=learned, at=at
    )


def _owed(found: DisagreementView) -> str:
    posts = describe_agency_posts(found.agency_posts).values()
    named = " and ".join(f"{one.title}, {one.agency.name}" for one in posts)
    return f"Say how the disagreement was resolved: {named}"[:200]


def draft_resolution(*, by: Actor, disagreement: UUID, at: datetime) -> str:
    """What is offered to be sent to a side: what it was about, how it was resolved, and nothing else of the record."""
    found, pack = _resolved(disagreement), current_pack(at)
    how = str(pack.list("disagreement_resolved").option(found.resolved_how).label)
    given = {
        "about": found.about.rstrip("."),
        "outcome": f"{how}. {found.stage.came_of}",
        "ring": ring_words(_desk(by, found), at),
    }
    return fill(pack.letter("disagreement.resolved"), given).body


@act("tell_side")
def tell_side(
    *, by: Actor, disagreement: UUID, agency_post: UUID, text: str, means: str, at: datetime, call_words: str = ""
) -> Composed:
    """Tell one agency that was a side of it how it was resolved, by a link with a second code or in a recorded call.

    What is owed closes when each of them has been told. Refuses a post that was no side of it, and a
    call of which nothing is said.
    """
    found = _resolved(disagreement)
    if agency_post not in found.agency_posts:
        raise NotFound("That post was no side of this disagreement. Choose one that was.")
    if means == "call" and not call_words.strip():
        raise Refusal("Say whom you spoke to and when.", field="call_words")
    desk = _desk(by, found)
    composed = compose_message(
        by=by, kind="outcome", means=means, agency_post=agency_post, subject=disagreement, text=text,
        about=found.children, post=desk, ring=desk_line(desk), at=at,
    )  # fmt: skip
    if means == "call":
        record_call(by=by, message=composed.message, how=call_words, at=at)
    told = {line.agency_post for line in list_messages(disagreement)}
    if told >= set(found.agency_posts):
        for step in list_steps_about(subject=disagreement):
            if step.kind == FEEDBACK:
                close_step(by=by, step=step.id, outcome="told", at=at)
    return composed


def _resolved(disagreement: UUID) -> DisagreementView:
    found = get_disagreement(disagreement)
    if found.is_open:
        raise Refusal("Nobody has resolved this yet. Record how it was resolved, and then tell them.")
    return found


def _desk(by: Actor, found: DisagreementView) -> UUID:
    return _desk_for(by, found.post)


def _desk_for(by: Actor, post: UUID) -> UUID:
    """That post, where whoever acts stands in it; else one of their own."""
    return post if post in by.posts else own_post(by) or post


def own_post(by: Actor) -> UUID | None:
    """The post that somebody occupies; one that they cover where they occupy none."""
    return min(by.posts.intersection(list_occupied(by.id)) or by.posts, default=None)

"""The only writer of this room: raising a disagreement, adding to it, taking it further, resolving it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.disagreements.models import Disagreement, Side, Stage
from sightline.disagreements.permissions import refuse_unless_may_disagree
from sightline.disagreements.queries import DisagreementView, get_disagreement
from sightline.disagreements.rules import (
    LONGEST_ABOUT,
    SETTLES,
    SideGiven,
    began_of,
    due_of,
    key_of,
    refuse_blank,
    refuse_days,
    refuse_move,
    refuse_nameless,
    state_of,
    worth_recording,
)
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.partnership.queries import describe_agency_posts
from sightline.practice.queries import current_pack
from sightline.record.models import Entry, Step
from sightline.record.operations import close_step, move_step, set_due, write_entry
from sightline.record.queries import get_step
from sightline.record.rules import Concerned, Words
from sightline.workforce.queries import describe_posts

__all__ = ["SideGiven", "add_safety", "add_side", "escalate", "raise_disagreement", "resolve"]

STEP = "disagreement"
"""The kind of the step that a disagreement details."""
SECTION_OF = {"health": Section.HEALTH, "police": Section.POLICE}
"""Health's and the police's words are read by fewer people than the rest."""
NAMELESS = "Say who resolves it at this stage, by name."


@act("raise_disagreement")
def raise_disagreement(
    *,
    by: Actor,
    children: Iterable[UUID],
    about: str,
    sides: tuple[SideGiven, ...],
    resolver: str,
    post: UUID,
    raised_on: date,
    step: UUID,
    at: datetime,
    subject_kind: str = "",
    subject: UUID | None = None,
    safety: str = "",
) -> UUID:
    """Record that two professionals do not agree. It details an open step of kind "disagreement", its key.

    So `post` carries it from the first moment, and it pauses nothing: `safety` says how the children are
    kept safe meanwhile. The first stage's clock begins, by the area's procedure. Refuses what is not
    between two, one of which neither has said a word, and a day that has not come (Working Together
    2023, chapter 2: partners agree how disagreement is resolved).
    """
    about_whom = list(dict.fromkeys(children))
    if not about_whom:
        raise Refusal("Choose the child or children whom it is about.", field="children")
    refuse_unless_may_disagree(by, about_whom)
    worth_recording(sides)
    refuse_days(raised_on, None, at=at)
    if get_step(step).kind != STEP or Disagreement.objects.filter(step_id=step).exists():
        raise Refusal("A disagreement is carried by a step of its own. Open one for it first.")
    Disagreement.objects.create(
        step_id=step, about=_sentence(about), subject_kind=subject_kind, subject=subject, raised_on=raised_on,
        recorded_at=at, recorded_by=by.id, safety=safety.strip(),
    )  # fmt: skip
    for side in sides:
        _say(by, step, side, at)
    _begin(by, step, number=1, resolver=resolver, post=post, began_at=began_of(raised_on, at), at=at)
    touch(*about_whom)
    return step


def _sentence(about: str) -> str:
    said = refuse_blank(about, "Say in a sentence what they do not agree about.", field="about")
    if len(said) > LONGEST_ABOUT:
        raise Refusal(f"Say in up to {LONGEST_ABOUT} characters what it is about. The rest goes into the two views.",
                      field="about")  # fmt: skip
    return said


def _say(by: Actor, disagreement: UUID, side: SideGiven, at: datetime) -> UUID:
    section = Section.ORDINARY
    if side.agency_post is not None:
        found = describe_agency_posts([side.agency_post]).get(side.agency_post)
        if found is None:
            raise NotFound("There is no such post at an agency. Choose one from the list.")
        section = SECTION_OF.get(found.agency.kind, Section.ORDINARY)
    name = side.name.strip()
    if not name and side.post is not None:
        name = describe_posts([side.post])[side.post]
    return Side.objects.create(
        disagreement_id=disagreement, agency_post_id=side.agency_post, post_id=side.post, name=name,
        words=side.words.strip(), section=section, said_at=at, by=by.id,
    ).id  # fmt: skip


def _begin(
    by: Actor, disagreement: UUID, *, number: int, resolver: str, post: UUID, began_at: datetime, at: datetime
) -> None:
    """A stage with its clock, which becomes the step's."""
    named = refuse_blank(resolver, NAMELESS, field="resolver")
    pack = current_pack(at)
    rule = pack.timescale(key_of(number), local_day(at))
    due, cited = due_of(rule, began_at), pack.cite(rule.key)
    Stage.objects.create(
        disagreement_id=disagreement, number=number, post_id=post, resolver=named[:200], began_at=began_at, due_at=due,
        rule=cited, by=by.id,
    )  # fmt: skip
    set_due(by=by, step=disagreement, due_at=due, due_rule=cited, at=at)


@act("add_side")
def add_side(*, by: Actor, disagreement: UUID, side: SideGiven, at: datetime) -> UUID:
    """Add what a side says, in their own words, also after it is resolved. What was said before stands as it was."""
    found = _open_to(by, disagreement, "add_side")
    refuse_nameless(side)
    refuse_blank(side.words, "Write what they say, in their own words.", field="words")
    key = _say(by, found.step, side, at)
    touch(*found.children)
    return key


@act("add_safety")
def add_safety(*, by: Actor, disagreement: UUID, words: str, at: datetime) -> None:
    """Add how the children are kept safe until it is resolved. What was written before stands above it."""
    found = _open_to(by, disagreement, "add_safety")
    said = refuse_blank(words, "Say how the children are kept safe meanwhile.", field="safety")
    Disagreement.objects.filter(step_id=disagreement).update(safety=f"{found.safety}\n\n{said}".strip())
    touch(*found.children)


@act("escalate")
def escalate(
    *, by: Actor, disagreement: UUID, resolver: str, post: UUID, came_of: str, at: datetime, stage: int | None = None
) -> int:
    """Take it to the next stage: what came of this one, who resolves it now by name, and the post of ours that
    carries it. Returns the number of the stage.

    `stage` is the one from which it was asked: refused where somebody has taken it further meanwhile.
    Refuses a fifth stage, no name, and not a word on what came of it.
    """
    found = _open_to(by, disagreement, "escalate")
    _refuse_moved_on(found, stage)
    said = refuse_blank(came_of, "Say what came of this stage, also where nobody would meet.", field="came_of")
    number = found.stage.number + 1
    Stage.objects.filter(disagreement_id=disagreement, number=found.stage.number).update(ended_at=at, came_of=said)
    _begin(by, disagreement, number=number, resolver=resolver, post=post, began_at=at, at=at)
    move_step(by=by, step=disagreement, post=post, at=at)
    touch(*found.children)
    return number


def _refuse_moved_on(found: DisagreementView, stage: int | None) -> None:
    if stage is not None and stage != found.stage.number:
        raise Refusal(
            f"Somebody has taken this to stage {found.stage.number} meanwhile: {found.stage.resolver} resolves it now. "
            "Your words are kept here. Open the disagreement again to see what came of it."
        )


@act("resolve")
def resolve(
    *, by: Actor, disagreement: UUID, resolved_on: date, how: str, came_of: str, at: datetime, learned: str = ""
) -> UUID:
    """Record how it was resolved and what was learned; it goes on to each child's timeline whole, as an entry.

    `how` is an answer of the pack's list. Both views stand in it as they were said. Its step closes.
    Refuses no answer, not a word on what came of it, and a day before it was raised.
    """
    found = _open_to(by, disagreement, "resolve")
    refuse_days(found.raised_on, resolved_on, at=at)
    answers = {one.key: str(one.label) for one in current_pack(at).list("disagreement_resolved").options}
    if how not in answers:
        raise Refusal("Choose how it was resolved.", field="how")
    said = refuse_blank(came_of, "Say what came of it: what was decided, and why.", field="came_of")
    Stage.objects.filter(disagreement_id=disagreement, number=found.stage.number).update(ended_at=at, came_of=said)
    words = _words(get_disagreement(disagreement), answers[how], learned.strip())
    entry = _write(by, found, words, resolved_on, at)
    Disagreement.objects.filter(step_id=disagreement).update(
        resolved_on=resolved_on, resolved_at=at, resolved_by=by.id, resolved_how=how, learned=learned.strip(),
        entry=entry,
    )  # fmt: skip
    # Last of all: with it ends the sight that the step gave.
    close_step(by=by, step=disagreement, closed_by=entry, outcome="resolved", at=at)
    return entry


def _words(found: DisagreementView, how: str, learned: str) -> list[Words]:
    """All of it, so that whoever reads the timeline later reads both views and how it ended."""
    whom, between = found.children, " and ".join(found.parties)
    return [
        Words(f"{found.about}\n\nBetween {between}.", whom, heading="disagreement"),
        *(
            Words(one.words, whom, heading="disagreement_view", section=Section(one.section), told_by=one.called)
            for one in found.sides
        ),
        Words(found.safety, whom, heading="disagreement_safety"),
        *(
            Words(
                f"{SETTLES[one.number].capitalize()} ({one.resolver}): {one.came_of}",
                whom,
                heading="disagreement_stage",
            )
            for one in found.stages
            if one.came_of
        ),
        Words(f"{how}.", whom, heading="disagreement_resolved"),
        Words(learned, whom, heading="disagreement_learned"),
    ]


def _write(by: Actor, found: DisagreementView, words: list[Words], resolved_on: date, at: datetime) -> UUID:
    return write_entry(
        by=by,
        kind=Entry.Kind.DISAGREEMENT,
        concerned=[Concerned(child) for child in found.children],
        words=words,
        occurred=When.exactly(at) if resolved_on == local_day(at) else When.on(resolved_on),
        post=found.post if found.post in by.posts else min(by.posts, default=None),
        answers={"disagreement": str(found.step)},
        at=at,
    )


def _open_to(by: Actor, disagreement: UUID, does: str) -> DisagreementView:
    """The disagreement, held until this act is over. Absent and hidden read alike."""
    # The step is held, since every act of a later stage changes it.
    Step.objects.select_for_update().filter(id=disagreement).first()
    found = get_disagreement(disagreement)
    refuse_unless_may_disagree(by, found.children)
    refuse_move(state_of(stage=found.stage.number, resolved=not found.is_open), does)
    return found

"""Strategy discussions: asked for, held, added to, decided. Part of this room's operations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.enquiries.models import Discussion, DiscussionChild, TookPart
from sightline.enquiries.permissions import refuse_unless_may_decide
from sightline.enquiries.rules import (
    BEFORE_BIRTH,
    ENQUIRY,
    LINE,
    LONG_LINE,
    SECTION_OF,
    STRATEGY_CLOCK,
    DecisionGiven,
    DiscussionHeld,
    TookPartGiven,
    listed,
    refuse_blank,
    refuse_future,
    who_said,
)
from sightline.enquiries.standing import (
    all_words_of,
    carrier,
    chosen,
    due,
    end_step_when_done_for,
    hold_discussion,
    names_of,
    unborn,
    words_of,
    write,
)
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.partnership.models import Agency
from sightline.practice.queries import current_pack
from sightline.record.models import Entry
from sightline.record.operations import open_step
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Words

STEP = "strategy"
HELD, SHARED, SAFETY, REASONS = "held", "shared", "safety", "reasons"
"""Headings of a discussion's passages."""


@act("ask_for_discussion")
def ask_for_discussion(
    *,
    by: Actor,
    children: Iterable[UUID],
    why: str,
    post: UUID | None,
    at: datetime,
    since: datetime | None = None,
    subject: UUID | None = None,
) -> UUID:
    """Ask for a strategy discussion: with which children, and why. It waits as a step of its own.

    Its clock (`strategy`) runs from `since`, when it was first asked for, else from now. `subject` is the
    contact or the assessment from which it arose. Refuses no child and no reason (Working Together to
    Safeguard Children 2023, chapter 3, strategy discussion).
    """
    for_whom = chosen(by, children)
    said = refuse_blank(why, "Say what you are worried about, in a sentence or two.", field="why")
    step = open_step(
        by=by, kind=STEP, post=carrier(by, post), people=for_whom, words="Hold the strategy discussion",
        subject=subject, at=at, **due(STRATEGY_CLOCK, since or at, at),
    )  # fmt: skip
    Discussion.objects.create(step_id=step, why=said, asked_at=at, asked_by=by.id)
    DiscussionChild.objects.bulk_create(DiscussionChild(discussion_id=step, child_id=child) for child in for_whom)
    return step


@act("record_discussion")
def record_discussion(
    *, by: Actor, discussion: UUID, held: DiscussionHeld, at: datetime, entry: UUID | None = None
) -> UUID:
    """Record that it was held: when, how, with whom, what each shared, and how the children are kept safe.

    Police or health absent is no reason to refuse it: why it went on without them is asked and shown.
    What each shared is a passage with who said it, in health's or the police's section, and keeps its
    handling. Refuses a time to come, and one that a colleague recorded first.
    """
    found = hold_discussion(discussion)
    children = _children(found)
    refuse_unless_may_write(by, children)
    refuse_future(held.held_at, at=at, field="held_at")
    _refuse_over_long(held)
    if found.held_at is not None:
        raise _recorded_first(found, held)
    words = [Words(_how_it_was_held(held), tuple(children), heading=HELD)]
    if held.safety.strip():
        words.append(Words(held.safety, tuple(children), heading=SAFETY))
    words += [_shared(one, children) for one in held.took_part if one.shared.strip()]
    written = write(
        by, Entry.Kind.STRATEGY, children, words, at, step=discussion, occurred=When.exactly(held.held_at), entry=entry
    )
    _keep(found, held, by, at)
    _keep_who(discussion, held.took_part, written, by, at)
    # Decided in the first minutes, and written up afterwards.
    _end_when_decided(by, discussion, DiscussionChild.objects.filter(discussion_id=discussion), written, at)
    return written


@act("add_shared")
def add_shared(*, by: Actor, discussion: UUID, given: TookPartGiven, at: datetime) -> UUID | None:
    """Add somebody who took part, or sent what they know, after the discussion was recorded; nothing is replaced.

    Returns the entry of what they shared, or None where they shared nothing.
    """
    found = hold_discussion(discussion)
    children = _children(found)
    refuse_unless_may_write(by, children)
    _refuse_unless_somebody(given)
    written = None
    if given.shared.strip():
        occurred = When.exactly(found.held_at) if found.held_at and given.there == TookPart.There.THERE else None
        written = write(
            by, Entry.Kind.STRATEGY, children, [_shared(given, children)], at, step=discussion, occurred=occurred
        )
    _keep_who(discussion, (given,), written, by, at)
    return written


@act("decide_for")
def decide_for(
    *, by: Actor, discussion: UUID, decisions: Sequence[DecisionGiven], at: datetime, entry: UUID | None = None
) -> UUID:
    """Decide for each of these children whether a section 47 enquiry begins, with the reasons; others may come later.

    The authority decides; whoever disagrees is heard in a disagreement of its own, and nothing waits for
    that. A decision may be recorded before who was there. Refuses no reasons, an enquiry on a child
    before birth where the pack has none, and a child for whom a colleague decided first.
    """
    refuse_unless_may_decide(by)
    found = hold_discussion(discussion)
    rows = {row.child_id: row for row in DiscussionChild.objects.select_for_update().filter(discussion_id=discussion)}
    _refuse_unfit(decisions, rows, at)
    children = [one.child for one in decisions]
    refuse_unless_may_write(by, children)
    words = [
        Words(f"{DiscussionChild.Outcome(one.outcome).label}. {one.reasons.strip()}", (one.child,), heading=REASONS)
        for one in decisions
    ]
    written = write(by, Entry.Kind.STRATEGY, children, words, at, step=discussion, entry=entry)
    for one in decisions:
        row = rows[one.child]
        row.outcome, row.decided_at, row.decided_by, row.entry_id = one.outcome, at, by.id, written
        row.save(update_fields=["outcome", "decided_at", "decided_by", "entry"])
    if found.held_at is not None:
        _end_when_decided(by, discussion, rows.values(), written, at)
    return written


def _end_when_decided(by: Actor, discussion: UUID, rows: Iterable[DiscussionChild], entry: UUID, at: datetime) -> None:
    done = [row.child_id for row in rows if row.outcome]
    end_step_when_done_for(by, discussion, done, at, closed_by=entry, outcome="Held and decided")


def _children(found: Discussion) -> list[UUID]:
    return list(
        DiscussionChild.objects.filter(discussion_id=found.step_id).order_by("id").values_list("child_id", flat=True)
    )


def _refuse_over_long(held: DiscussionHeld) -> None:
    refuse_longer(held.alone_because, LONG_LINE, field="alone_because", what="why it went on without them")
    refuse_longer(held.medical_because, LONG_LINE, field="medical_because", what="the reason")
    for one in held.took_part:
        _refuse_unless_somebody(one)


def _refuse_unless_somebody(given: TookPartGiven) -> None:
    if given.there not in TookPart.There.values:
        raise Refusal("Say whether they took part.", field="there")
    if given.agency_kind != "social_care" and given.agency_kind not in Agency.Kind.values:
        raise Refusal("Choose which agency this was.", field="agency_kind")
    refuse_longer(given.name, 120, field="name", what="the name")
    refuse_longer(given.role, 120, field="role", what="what they are")
    refuse_longer(given.because, LINE, field="because", what="why they were not there")


def _recorded_first(found: Discussion, held: DiscussionHeld) -> Stale:
    yours = "\n\n".join(one for one in (held.safety, *(part.shared for part in held.took_part)) if one.strip())
    return Stale(
        "Somebody recorded this discussion while you were writing. Both texts are shown; "
        "add what yours has beside theirs.",
        theirs=all_words_of(found.step_id),
        yours=yours or _how_it_was_held(held),
    )


def _how_it_was_held(held: DiscussionHeld) -> str:
    """The facts in words, so that the record reads without the table."""
    how = f", {str(Discussion.How(held.how).label).lower()}" if held.how else ""
    there = [who_said(one.name, one.role) or one.agency_kind for one in held.took_part if one.there == "there"]
    said = [f"A strategy discussion was held{how}{f', with {listed(there)}' if there else ''}."]
    if held.manner:
        said.append(f"An enquiry would be made {str(Discussion.Manner(held.manner).label).lower()}.")
    if held.medical:
        because = f" Because: {held.medical_because.strip()}" if held.medical_because.strip() else ""
        said.append(f"{Discussion.Medical(held.medical).label}.{because}")
    if held.alone_because.strip():
        said.append(f"It went on without everybody who should take part. Because: {held.alone_because.strip()}")
    return " ".join(said)


def _shared(given: TookPartGiven, children: Sequence[UUID]) -> Words:
    return Words(
        given.shared,
        tuple(given.about) or tuple(children),
        heading=SHARED,
        section=SECTION_OF.get(given.agency_kind, Section.ORDINARY),
        told_by=who_said(given.name, given.role),
        handling=given.handling or "ordinary",
    )


def _keep(found: Discussion, held: DiscussionHeld, by: Actor, at: datetime) -> None:
    found.held_at, found.how, found.manner, found.medical = held.held_at, held.how, held.manner, held.medical
    found.medical_because, found.alone_because = held.medical_because.strip(), held.alone_because.strip()
    found.recorded_at, found.recorded_by = at, by.id
    kept = ["held_at", "how", "manner", "medical", "medical_because", "alone_because", "recorded_at", "recorded_by"]
    found.save(update_fields=kept)


def _keep_who(
    discussion: UUID, took_part: Iterable[TookPartGiven], entry: UUID | None, by: Actor, at: datetime
) -> None:
    TookPart.objects.bulk_create(
        TookPart(
            discussion_id=discussion, agency_kind=one.agency_kind, agency_post_id=one.agency_post, post_id=one.post,
            name=one.name.strip(), role=one.role.strip(), there=one.there, because=one.because.strip(),
            entry_id=entry if one.shared.strip() else None, recorded_at=at, by=by.id,
        )
        for one in took_part
    )  # fmt: skip


def _refuse_unfit(decisions: Sequence[DecisionGiven], rows: dict[UUID, DiscussionChild], at: datetime) -> None:
    if not decisions:
        raise Refusal("Say for at least one child what is decided.", field="outcome")
    names = names_of(rows)
    for one in decisions:
        row, name = rows.get(one.child), names.get(one.child, "this child")
        if row is None:
            raise NotFound("That child is not part of this discussion. Ask for one with that child too.")
        if one.outcome not in DiscussionChild.Outcome.values:
            raise Refusal(f"Say what is decided for {name}.", field=f"outcome-{one.child}")
        refuse_blank(one.reasons, f"Write why, for {name}.", field=f"reasons-{one.child}")
        if row.outcome:
            raise Stale(
                f"Somebody decided for {name} while you were writing. Both texts are shown. Where the decision "
                "should be another, hold a discussion again: both then stand on the record.",
                theirs=words_of(row.entry_id, REASONS, one.child),
                yours=one.reasons.strip(),
                field=f"reasons-{one.child}",
            )
    refuse_before_birth([one.child for one in decisions if one.outcome == ENQUIRY], at)


def refuse_before_birth(children: Iterable[UUID], at: datetime) -> None:
    """Refuse a section 47 enquiry on a child before birth, where the authority opens none; says what to do instead."""
    wanted = list(children)
    not_born = unborn(wanted) if wanted else {}
    if not_born and not current_pack(at).threshold(BEFORE_BIRTH, local_day(at)).number:
        name = listed(list(not_born.values()))
        raise Refusal(
            f"{name} is not yet born, and this authority opens no section 47 enquiry before birth. Decide on an "
            "assessment before birth, and convene a conference: a plan can begin before the birth.",
            field=f"outcome-{next(iter(not_born))}",
        )

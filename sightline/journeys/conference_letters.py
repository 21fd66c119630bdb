"""Letters of a conference: drafted for each recipient out of what that person may have, and released by the chair.

Nothing is taken out of a letter: it is put together of what may be in it. Whoever is kept out of a conference, or of
whom nobody has said that it is safe, is written to in words that have no place for a day, an hour or a place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sightline.access.operations import give_sight
from sightline.conferences.holding_rules import ON_A_PLAN, Recipient, Written, may_have, unchanged_for
from sightline.conferences.operations import DraftGiven, letter_not_sent, make_letter, make_letters, release_letter
from sightline.conferences.permissions import refuse_unless_may_chair
from sightline.conferences.queries import (
    DissentView,
    InviteeView,
    LetterView,
    MeetingView,
    RecordOfMeeting,
    get_letter,
    get_meeting,
    list_dissents,
    list_letters,
    read_record,
)
from sightline.conferences.rules import says_when_or_where
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.journeys.letters import desk_line
from sightline.journeys.next_conference import core_group_by, next_conference_by
from sightline.journeys.plan_help import let_read_around
from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.operations import Composed, compose_message, record_call
from sightline.people.models import Relationship
from sightline.people.queries import get_names, list_relationships_of
from sightline.plans.queries import PlanView, get_plan, list_plans
from sightline.plans.rules import PROTECTION, listed
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from, fill
from sightline.practice.spec import Pack
from sightline.record.operations import close_step
from sightline.record.queries import goes_on_without, list_steps_about
from sightline.workforce.queries import team_of

STEP, KIND = "conference_letters", "decision"
READ_ON = "ending.reading_after"
PROFESSIONAL, FAMILY, EXCLUDED = (
    "conference.decision.professional",
    "conference.decision.family",
    "conference.decision.excluded",
)
PARENTS = frozenset({Relationship.Kind.MOTHER, Relationship.Kind.FATHER, Relationship.Kind.PARENT})
NO_MORE = "The record holds nothing more that can be put in this letter."
NO_PLAN = "There is no child protection plan."
AT_THE_CORE_GROUP = "The plan is made at the first core group."
NO_NEXT = "There is no further conference. The children's worker talks with the family about the help that goes on."


@dataclass(frozen=True)
class Source:
    """Everything that the letters of one conference are put together from.

    `names` are the children's, `ring` whom anybody may ring, with no worker's name.
    """

    meeting: MeetingView
    record: RecordOfMeeting
    dissents: tuple[DissentView, ...]
    names: Mapping[UUID, str]
    plans: Mapping[UUID, PlanView]
    pack: Pack
    ring: str


@dataclass(frozen=True)
class Draft:
    """A letter as it is put together: which of the pack's, and about whom."""

    key: str
    title: str
    text: str
    children: tuple[UUID, ...]


# --- who is written to ----------------------------------------------------------------------------


def recipients_of(meeting: MeetingView) -> dict[UUID, Recipient]:
    """Who is written to, by invitee: agencies, parents of these children, and a child who was asked.

    Somebody of ours reads the record itself. A grandparent or a friend who came with somebody is told by that
    person: nothing of the record is theirs. Whoever was left out by the worker is not written to, and nor is a
    professional whom the chair keeps out: what agencies are sent says when it was, and when the next one is.
    """
    asked = [one for one in meeting.invitees if one.confirmed_at is not None and not one.left_out]
    asked = [one for one in asked if one.family or one.standing.may_be_told]
    own = _own_children([one.person for one in asked if one.person], meeting.child_keys)
    found = (_recipient(one, own, meeting.child_keys) for one in asked if one.post is None)
    return {one.invitee: one for one in found if one.children}


def _recipient(one: InviteeView, own: Mapping[UUID, frozenset[UUID]], children: Sequence[UUID]) -> Recipient:
    if one.agency_post is not None:
        return Recipient(one.id, one.who, professional=True, children=frozenset(children), told_when=True)
    child = one.person in children
    theirs = frozenset({one.person}) if child and one.person else own.get(one.person, frozenset()) if one.person else ()
    return Recipient(one.id, one.name, child=child, children=frozenset(theirs), told_when=one.standing.may_be_told)


def _own_children(people: Sequence[UUID], children: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    related = list_relationships_of(people=people)
    return {
        person: frozenset(
            tie.other
            for tie in ties
            if not tie.reads and tie.kind in PARENTS and tie.other in children and tie.true_to is None
        )
        for person, ties in related.items()
        if person in people
    }


# --- drafting -------------------------------------------------------------------------------------


def read_source(meeting: UUID, *, at: datetime) -> Source:
    """All that letters are made from. Refuses whoever reads only some of the children, and a meeting not recorded."""
    found = get_meeting(meeting, views=False)
    if found.held_at is None or not found.recorded:
        raise Refusal("Record what was decided first. The letters follow from that.")
    if goes_on_without(meeting, found.child_keys):
        raise NotPermitted(
            "The record of one of these children is not open to you, so you could not know what may be in a letter. "
            "Ask a chair who reads it."
        )
    headers = get_names(people=found.child_keys)
    plans = [line for line in list_plans(found.child_keys) if line.kind == PROTECTION and line.to_on is None]
    views = {line.plan: get_plan(line.plan, line=line) for line in plans}
    return Source(
        meeting=found,
        record=read_record(meeting),
        dissents=tuple(list_dissents(meeting)),
        names={child: headers[child].known_as or headers[child].name for child in found.child_keys if child in headers},
        plans={child: views[line.plan] for line in plans for child in line.children},
        pack=current_pack(at),
        ring=desk_line(found.convened_post or found.chair_post),
    )


def compose(source: Source, recipient: Recipient) -> Draft:
    """One recipient's letter, of what they may have and of nothing else."""
    children = tuple(child for child in source.meeting.child_keys if child in recipient.children)
    given = {"children": listed([source.names.get(child, "your child") for child in children]), "ring": source.ring}
    if not recipient.professional and not recipient.told_when:
        key = EXCLUDED
        given["decisions"] = "\n".join(_decided(source, child) for child in children)
    else:
        key = PROFESSIONAL if recipient.professional else FAMILY
        given |= _told(source, recipient, children)
    letter = source.pack.letter(key)
    filled = fill(letter, given)
    return Draft(key, filled.subject, filled.body, children)


def _told(source: Source, recipient: Recipient, children: Sequence[UUID]) -> dict[str, str]:
    open_to = [one for one in unchanged_for(recipient.invitee, source.record.before, source.record.now)
               if may_have(recipient, one)]  # fmt: skip
    held_at = source.meeting.held_at
    return {
        "kind": source.meeting.kind_words.lower(),
        "held_on": day_words(local_day(held_at)) if held_at else "",
        "decisions": "\n\n".join(_decision(source, child, open_to) for child in children),
        "record": _record(source, recipient, open_to),
        "plan": _plan(source, recipient, children),
        "next": _next(source, children),
    }


def _decided(source: Source, child: UUID) -> str:
    """From facts alone: what the chair wrote could hold a day or a place."""
    one = next(one for one in source.meeting.children if one.child == child)
    labels = {option.code: str(option.label).lower() for option in source.pack.list("protection_category").options}
    category = f" Main category: {labels.get(one.category, one.category)}." if one.category else ""
    return f"{source.names.get(child, 'Your child')}: {one.decision_words}.{category}"


def _decision(source: Source, child: UUID, open_to: Iterable[Written]) -> str:
    said = [one.text for one in open_to if one.heading == "decision" and one.about == {child}]
    return "\n".join(f"{source.names.get(child, 'Your child')}: {text}" for text in said) or _decided(source, child)


def _record(source: Source, recipient: Recipient, open_to: Iterable[Written]) -> str:
    """The paragraphs in their order, then who did not agree: in their words where the reader may have those."""
    said = [_paragraph(source, one) for one in open_to if one.heading not in {"decision", "dissent"}]
    dissents = [_dissent(source, recipient, one) for one in source.dissents if _may_know_of(recipient, one)]
    return "\n\n".join(dict.fromkeys([*said, *dissents])) or NO_MORE


def _paragraph(source: Source, one: Written) -> str:
    child = next(iter(one.about)) if len(one.about) == 1 else None
    name = source.names.get(child, "") if child else ""
    if one.heading == "child_part":
        return f"{name} wanted everybody to know:\n{one.text}" if name else one.text
    alone = name and len(source.names) > 1
    return f"{name}: {one.text}" if alone else one.text


def _may_know_of(recipient: Recipient, one: DissentView) -> bool:
    """A professional of each; of the family, each of their own, and that a professional did not agree."""
    if recipient.professional or one.invitee == recipient.invitee:
        return True
    return not one.family and recipient.told_when and one.child in recipient.children


def _dissent(source: Source, recipient: Recipient, one: DissentView) -> str:
    """A professional's own words are not given to the family, unless the chair writes them into the letter."""
    about = source.names.get(one.child, "this child")
    if recipient.professional or one.invitee == recipient.invitee:
        return f"{one.name} does not agree with what was decided for {about}:\n{one.words}"
    return f"Not everybody who was asked agrees with what was decided for {about}."


def _plan(source: Source, recipient: Recipient, children: Sequence[UUID]) -> str:
    plans = {view.id: view for child, view in source.plans.items() if child in children}
    if not plans:
        return NO_PLAN
    parts = [part for view in plans.values() for part in _plan_parts(source, recipient, view)]
    return "\n".join(parts) or AT_THE_CORE_GROUP


def _plan_parts(source: Source, recipient: Recipient, view: PlanView) -> Iterable[str]:
    """What is for all children of a plan is about all of them, and goes to nobody who may know only of some."""
    open_roots: dict[UUID | None, UUID | None] = {None: None}
    for outcome in view.outcomes:
        own = outcome.child in recipient.children if outcome.child else _all_theirs(recipient, view, outcome.from_at)
        if outcome.to_at is None and own:
            open_roots[outcome.root] = outcome.child
            name = f"{source.names.get(outcome.child, '')}: " if outcome.child and len(source.names) > 1 else ""
            yield f"- {name}{outcome.words or outcome.childs_words}"
    for action in view.actions:
        if action.closed_at is not None or action.outcome not in open_roots:
            continue
        if open_roots[action.outcome] or _all_theirs(recipient, view, action.agreed_at):
            by_when = f", by {day_words(local_day(action.by_when))}" if action.by_when else ""
            yield f"- {action.what}. {action.who}{by_when}."
    if view.terms is not None and _all_theirs(recipient, view, view.terms.from_at):
        terms = (("If it does not work", view.terms.contingency), ("We go to court if", view.terms.further_action))
        yield from (f"- {title}: {words}" for title, words in terms if words.strip())


def _all_theirs(recipient: Recipient, view: PlanView, written_at: datetime) -> bool:
    """Whether words for the whole plan are about their children alone: those on it now, and when they were written."""
    day = local_day(written_at)
    about = {one.child for one in view.children if one.to_on is None or one.from_on <= day < one.to_on}
    return recipient.professional or about <= recipient.children


def _next(source: Source, children: Sequence[UUID]) -> str:
    meeting = source.meeting
    if meeting.held_at is None:
        return NO_NEXT
    held_on = local_day(meeting.held_at)
    of_theirs = [one.decision for one in meeting.children if one.child in children]
    by_rule = next_conference_by(of_theirs, held_on, source.pack)
    if by_rule is None or not set(of_theirs) & ON_A_PLAN:
        return NO_NEXT
    said = [f"The next conference is held by {day_words(min(by_rule, meeting.next_on or by_rule))}."]
    core_group = core_group_by(of_theirs, held_on, source.pack)
    if core_group is not None:
        said.append(f"The core group meets for the first time by {day_words(core_group)}.")
    return " ".join(said)


@act("draft_letters")
def draft_letters(*, by: Actor, meeting: UUID, at: datetime) -> list[UUID]:
    """Draft a letter for each recipient who has none yet; returns the drafts. None goes before it is released."""
    refuse_unless_may_chair(by)
    source = read_source(meeting, at=at)
    have = {one.invitee for one in list_letters(meeting)}
    made = [recipient for key, recipient in recipients_of(source.meeting).items() if key not in have]
    drafts = [(recipient.invitee, compose(source, recipient)) for recipient in made]
    given = [DraftGiven(invitee, draft.text, draft.children) for invitee, draft in drafts]
    return make_letters(by=by, meeting=meeting, kind=KIND, drafts=given, at=at)


@act("draft_again")
def draft_again(*, by: Actor, letter: UUID, at: datetime) -> UUID:
    """Put a letter together afresh from what stands now, in place of a draft that was not released."""
    refuse_unless_may_chair(by)
    draft, view = draft_of(letter, at=at)
    return make_letter(
        by=by, invitee=view.invitee, kind=KIND, text=draft.text, children=draft.children, drafted=True, at=at
    )


def draft_of(letter: UUID, *, at: datetime) -> tuple[Draft, LetterView]:
    """What a letter would be if it were put together now, beside what was saved of it."""
    view = get_letter(letter)
    source = read_source(view.meeting, at=at)
    return compose(source, _recipient_of(source, view)), view


def _recipient_of(source: Source, view: LetterView) -> Recipient:
    recipient = recipients_of(source.meeting).get(view.invitee)
    if recipient is None:
        raise NotFound("They are not written to about this conference. Look at the list of those who were asked.")
    return recipient


# --- releasing ------------------------------------------------------------------------------------


@act("release")
def release(*, by: Actor, letter: UUID, at: datetime, means: str = "", call_words: str = "") -> Composed:
    """The chair lets a letter go, once: to an agency's post by link, to the family by hand.

    `means` may be "letter" or "call" where an agency has no mailbox; a call says whom they spoke to. Refuses a
    letter that somebody may no longer have: of one who was kept out since, or that gives away when or where. The
    last letter that goes, or is not sent, ends the step that the letters were.
    """
    refuse_unless_may_chair(by)
    view = get_letter(letter)
    source = read_source(view.meeting, at=at)
    recipient = _recipient_of(source, view)
    _refuse_unfit(source, recipient, view)
    if means == "call" and not call_words.strip():
        raise Refusal("Say whom you spoke to and when.", field="call_words")
    post = source.meeting.chair_post if source.meeting.chair_post in by.posts else min(by.posts, default=None)
    invitee = next(one for one in source.meeting.invitees if one.id == view.invitee)
    composed = compose_message(
        by=by, kind="meeting", means=means or ("link" if recipient.professional else "by_hand"),
        agency_post=invitee.agency_post, to_person=invitee.person, subject=view.meeting, text=view.text,
        about=view.children, post=post or source.meeting.chair_post,
        ring=source.ring[:120], at=at,
    )  # fmt: skip
    release_letter(by=by, letter=letter, message=composed.message, at=at)
    if means == "call":
        record_call(by=by, message=composed.message, how=call_words, at=at)
    close_letters(by=by, meeting=view.meeting, at=at)
    return composed


@act("withhold")
def withhold(*, by: Actor, letter: UUID, because: str, at: datetime) -> None:
    """The chair says that a letter does not go, and why; the last one ends the step that the letters were."""
    meeting = get_letter(letter).meeting
    letter_not_sent(by=by, letter=letter, because=because, at=at)
    close_letters(by=by, meeting=meeting, at=at)


def _refuse_unfit(source: Source, recipient: Recipient, view: LetterView) -> None:
    """Of somebody who may not know when and where: not one line of the letter that the others have."""
    if recipient.professional or recipient.told_when:
        return
    fit = _lines(compose(source, recipient).text)
    added = _lines(view.text) - fit
    if added & _lines(compose(source, replace(recipient, told_when=True)).text) or _gives_away(source, added):
        raise Refusal(
            "They may not know when or where the conference was, and this letter was written as if they might, or "
            "says so. Draft it again, and then release it.",
            field="text",
        )


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip()}


def _gives_away(source: Source, added: Iterable[str]) -> bool:
    meeting, said = source.meeting, "\n".join(added)
    places = [(one.starts_at, one.place) for one in (meeting.sitting, *meeting.earlier) if one is not None]
    if meeting.held_at is not None:
        places.append((meeting.held_at, ""))
    return any(says_when_or_where(said, starts_at=starts_at, place=place) for starts_at, place in places)


def close_letters(*, by: Actor, meeting: UUID, at: datetime) -> None:
    """End the step that a conference's letters were, once each of them has gone or is not sent."""
    if any(one.waits for one in list_letters(meeting)):
        return
    for step in list_steps_about(subject=meeting):
        if step.kind == STEP:
            _let_chair_read_on(meeting, at)
            close_step(by=by, step=step.id, outcome="Every letter was released, or is not sent", at=at)


def _let_chair_read_on(meeting: UUID, at: datetime) -> None:
    """The chair's team reads on for a while what it released: somebody rings, and a letter is given late."""
    found = get_meeting(meeting, views=False)
    until = due_from(current_pack(at).timescale(READ_ON, local_day(at)), at)
    children, post = list(found.child_keys), found.chair_post
    give_sight(people=children, reader=team_of(post), because="conference_held", because_of=meeting, at=at, until=until)
    let_read_around(meeting, post, children, at, because="conference_held", until=until)

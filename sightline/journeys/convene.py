"""From the need for a conference to everybody who is asked to it, and what they write back.

Nobody is told when or where until a worker has confirmed their name; of the family not until it is answered that
this is safe, or the chair has allowed it. Whoever the chair keeps out is written to in words that have no place
for a time (Working Together to Safeguard Children 2023, chapter 3). Who is proposed is in `propose_invitees`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.conferences.inviting import refuse_when_or_where
from sightline.conferences.models import Meeting
from sightline.conferences.operations import call_off, convene, keep_invitations, move
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.conferences.queries import InviteeView, MeetingView, get_invitee, get_meeting
from sightline.conferences.rules import when_words, where_words
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.journeys.letters import children_words, desk_line, ring_words
from sightline.journeys.owed import close_owed
from sightline.journeys.plan_help import let_read_around
from sightline.journeys.propose_invitees import ProposedInvitee, propose_for, propose_invitees
from sightline.kernel.clocks import short_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.partnership.models import AgencyPost
from sightline.partnership.operations import Composed, MessageGiven, compose_messages
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import describe_agency_posts
from sightline.people.queries import list_relationships_of
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from, fill
from sightline.practice.spec import Pack
from sightline.record.operations import close_step, open_step, tell
from sightline.record.queries import OpenStep, get_step, list_steps_for
from sightline.workforce.queries import describe_posts, front_door_manager

__all__ = [
    "ProposedInvitee",
    "bring_view",
    "call_off_conference",
    "convene_conference",
    "invite",
    "invite_all",
    "move_conference",
    "propose_for",
    "propose_invitees",
]

STEP, OWED = "conference", "convene_conference"
ANSWER = "view.answer"

REPORT_ASKED = (
    "Please send a report: what you know of each child, what worries you, what goes well, and what you think should "
    "happen. The parents get to read it before the conference."
)
NO_REPORT = "Please come, and say what you know of each child and what you think should happen."


@act("convene_conference")
def convene_conference(
    *,
    by: Actor,
    kind: str,
    children: Iterable[UUID],
    starts_at: datetime,
    place: str,
    chair_post: UUID | None,
    at: datetime,
    how: str = "",
    enquiry: UUID | None = None,
    plan: UUID | None = None,
) -> UUID:
    """Convene a conference: a step at the chair's post, whose team reads the children and the adults around them.

    It takes over the due date of the conference that was owed, which it closes for these children. Before birth
    too. Nobody is invited by it. The chair's post is told. Refuses what `convene` does, and no chair.
    """
    about = list(dict.fromkeys(children))
    refuse_unless_may_convene(by, about)
    if chair_post is None:
        raise Refusal("Choose who chairs it.", field="chair_post")
    if kind not in Meeting.Kind.values:
        raise Refusal("Say which conference it is.", field="kind")
    owed = _owed(about)
    step = open_step(
        by=by, kind=STEP, post=chair_post, people=about, words=str(Meeting.Kind(kind).label),
        due_at=owed.due_at if owed else starts_at, due_rule=owed.due_rule if owed else "", at=at,
    )  # fmt: skip
    let_read_around(step, chair_post, about, at)
    convene(
        by=by, kind=kind, children=about, starts_at=starts_at, place=place, how=how, chair_post=chair_post, step=step,
        enquiry=enquiry or (owed.subject if owed and kind == Meeting.Kind.INITIAL else None), plan=plan,
        convened_post=min(by.posts, default=None), at=at,
    )  # fmt: skip
    close_owed(by=by, kind=OWED, children=about, outcome="A conference was convened", at=at)
    if chair_post not in by.posts:
        tell(post=chair_post, kind="conference_convened", person=about[0], subject=step, at=at)
    return step


def _owed(children: list[UUID]) -> OpenStep | None:
    """The conference that is owed for these children; the one that is due first."""
    return next(iter(list_steps_for(children, kinds=[OWED])), None)


# --- inviting ------------------------------------------------------------------------------------


@act("invite")
def invite(*, by: Actor, invitee: UUID, at: datetime, means: str = "") -> Composed | None:
    """Send one invitation to whoever was confirmed: what they write back comes on to the children's records.

    A professional is sent a link by e-mail, or rung where their post has no address. Somebody of the family has a
    letter with a link, to be given by hand. One of ours is told on their own day (None is returned). Whoever the
    chair keeps out gets the letter without when and where. Refuses whoever waits for the chair, whoever is not
    confirmed, and a second invitation to the same time and place unless the first came back.
    """
    refuse_unless_may_convene(by)
    meeting = get_invitee(invitee).meeting
    return invite_all(by=by, meeting=meeting, invitees=[invitee], means=means, at=at)[invitee]


@act("invite_all")
def invite_all(
    *, by: Actor, meeting: UUID, invitees: Sequence[UUID], at: datetime, means: str = ""
) -> dict[UUID, Composed | None]:
    """Send the invitations of several of one meeting, each as `invite` would; what they share is read once.

    Returns what was written to each. Refuses what `invite` does, and then nobody is told anything.
    """
    refuse_unless_may_convene(by)
    found = get_meeting(meeting, views=False)
    listed = {one.id: one for one in found.invitees}
    asked = [listed[key] for key in dict.fromkeys(invitees) if key in listed]
    if len(asked) < len(set(invitees)):
        raise NotFound("There is nobody like that on the list of this meeting. Open the list again.")
    for one in asked:
        _refuse_unready(one, found)
    outside = [one for one in asked if one.post is None]
    refuse_unless_may_send(by, found.child_keys)
    composed = dict(zip((one.id for one in outside), _write(by, found, outside, means, at), strict=True))
    messages = {one.id: composed[one.id].message if one.id in composed else None for one in asked}
    keep_invitations(by=by, meeting=meeting, messages=messages, at=at)
    for one in asked:
        if one.post is not None and one.post not in by.posts:
            tell(post=one.post, kind="conference_invited", person=found.child_keys[0], subject=meeting, at=at)
    return {one.id: composed.get(one.id) for one in asked}


def _write(
    by: Actor, meeting: MeetingView, outside: Sequence[InviteeView], means: str, at: datetime
) -> Sequence[Composed]:
    if not outside:
        return []
    shared = _shared(by, meeting, outside, at)
    return compose_messages(by=by, given=[_message(one, shared, means) for one in outside], at=at)


@dataclass(frozen=True)
class _Shared:
    """What the invitations to one meeting have in common. `ring` names whom to ring, `line` names nobody."""

    meeting: MeetingView
    pack: Pack
    posts: Mapping[UUID, AgencyPost]
    desk: UUID
    chair: str
    ring: str
    line: str
    children: str
    named: Mapping[UUID, str]
    at: datetime


def _shared(by: Actor, meeting: MeetingView, outside: Sequence[InviteeView], at: datetime) -> _Shared:
    desk = meeting.convened_post or min(by.posts, default=None) or front_door_manager()
    return _Shared(
        meeting=meeting,
        pack=current_pack(at),
        posts=describe_agency_posts(one.agency_post for one in outside if one.agency_post),
        desk=desk,
        chair=describe_posts([meeting.chair_post]).get(meeting.chair_post, "The conference chair"),
        ring=ring_words(desk, at),
        line=desk_line(desk),
        children=children_words(meeting.child_keys),
        named=_named_to([one for one in outside if one.family], meeting),
        at=at,
    )


def _named_to(family: Sequence[InviteeView], meeting: MeetingView) -> dict[UUID, str]:
    """Which children a letter to each of the family names: their own, of two fathers each his; else "your family".

    That a half-brother is talked about is nothing that another child's father is told by us.
    """
    ties = list_relationships_of(people=[one.person for one in family if one.person])
    found = {}
    for one in family:
        tied = {tie.other for tie in ties.get(one.person, ()) if tie.true_to is None} if one.person else set()
        theirs = [child for child in meeting.child_keys if child == one.person] or [
            child for child in meeting.child_keys if child in tied
        ]
        found[one.id] = (children_words(theirs) if theirs else "") or "your family"
    return found


def _message(one: InviteeView, shared: _Shared, means: str) -> MessageGiven:
    return MessageGiven(
        kind="invitation",
        means="by_hand" if one.family else means or _means_for(one, shared),
        agency_post=one.agency_post,
        to_person=one.person,
        subject=one.id,
        text=_letter(one, shared),
        about=shared.meeting.child_keys,
        post=shared.desk,
        ring=shared.line,
    )


def _means_for(one: InviteeView, shared: _Shared) -> str:
    return "link" if one.agency_post and shared.posts[one.agency_post].email else "call"


def _refuse_unready(one: InviteeView, meeting: MeetingView) -> None:
    if meeting.called_off or meeting.recorded:
        raise Refusal("This conference has been held or called off. Nobody is invited to it any more.")
    if one.left_out or one.confirmed_at is None:
        raise Refusal("They are not invited. Confirm their name first.")
    if not one.excluded and not one.standing.may_be_told:
        raise Refusal("They wait for the chair: nothing is sent to them until the chair has decided.")
    if one.came_back or one.invited_at is None or one.let_in_since:
        return
    if one.excluded and not one.letter_unwritten:
        raise Refusal("They have been written to since the chair decided. Print that letter again, or ring them.")
    if not one.excluded and one.standing.told:
        raise Refusal("They have been invited to this time and place. Ring them, or wait until it comes back.")


def _letter(one: InviteeView, shared: _Shared) -> str:
    """The words of the letter. Those for whoever is kept out are given neither a time nor a place to be filled in."""
    meeting, pack = shared.meeting, shared.pack
    words = {"ring": shared.ring, "children": shared.named.get(one.id, shared.children)}
    if one.excluded:
        refuse_when_or_where(meeting.step, one.excluded_because)
        words["because"] = one.excluded_because
        return fill(pack.letter("conference.invitation.excluded"), words).body
    sitting = meeting.sitting
    if sitting is None:
        raise Refusal("Say when and where it is before anybody is invited.")
    words |= {
        "kind": meeting.kind_words[0].lower() + meeting.kind_words[1:],
        "when": when_words(sitting.starts_at),
        "where": where_words(sitting.place, sitting.how),
        "chair": shared.chair,
    }
    if not one.family:
        words["asked"] = REPORT_ASKED if one.report_asked else NO_REPORT
        words["answer_by"] = _answer_by(pack, sitting.starts_at, shared.at)
    key = f"conference.invitation.{'professional' if not one.family else 'child' if one.child else 'family'}"
    return fill(pack.letter(key), words).body


def _answer_by(pack: Pack, starts_at: datetime, at: datetime) -> str:
    """The end of the day by which a view is asked for; never after the conference itself."""
    day = local_day(at)
    due = min(local_day(due_from(pack.timescale(ANSWER, day), at)), max(local_day(starts_at), day))
    return f"the end of {short_day(due, day)}"


# --- moved, and called off -----------------------------------------------------------------------


@act("move_conference")
def move_conference(
    *, by: Actor, meeting: UUID, starts_at: datetime, place: str, because: str, at: datetime, how: str = ""
) -> dict[UUID, Composed | None]:
    """Move it, and tell again those who had been told and may still be; returns what was written to each of them.

    Whoever had been told nothing is told nothing by this, and nor is whoever the chair has kept out since. The
    chair's post is told. Refuses what `move` does.
    """
    move(by=by, meeting=meeting, starts_at=starts_at, place=place, how=how, because=because, at=at)
    found = get_meeting(meeting)
    if found.step_post not in by.posts:
        tell(post=found.step_post, kind="conference_moved", person=found.child_keys[0], subject=meeting, at=at)
    again = [one.id for one in found.invitees if one.to_tell_again and not one.closed]
    return invite_all(by=by, meeting=meeting, invitees=again, at=at) if again else {}


@act("call_off_conference")
def call_off_conference(*, by: Actor, meeting: UUID, because: str, at: datetime) -> Sequence[InviteeView]:
    """It does not take place: what is still owed for the children is owed again, by the same day as before.

    Returns those who had been told when and where, so that each of them is rung. Refuses no reason.
    """
    call_off(by=by, meeting=meeting, because=because, at=at)
    found = get_meeting(meeting)
    if found.open:
        step = get_step(meeting)
        close_step(by=by, step=meeting, outcome="Called off", at=at)
        if found.kind != Meeting.Kind.REVIEW:
            # The next review is worked out from the plan; any other conference has nothing else to say it is owed.
            open_step(
                by=by, kind=OWED, post=found.convened_post or found.step_post, people=found.child_keys,
                words=f"Convene the {found.kind_words.lower()} that was called off"[:200], due_at=step.due_at,
                due_rule=step.due_rule, subject=found.enquiry, at=at,
            )  # fmt: skip
    for post in {found.step_post, *(one.post for one in found.asked if one.post and one.told_at)} - set(by.posts):
        tell(post=post, kind="conference_called_off", person=found.child_keys[0], subject=meeting, at=at)
    return [one for one in found.asked if one.told_at is not None]


# --- what comes back -----------------------------------------------------------------------------


@act("bring_view")
def bring_view(*, by: Actor, reply: UUID, message: UUID, at: datetime) -> UUID | None:
    """The clock brings a written view on to the records of the children; None where it is no view.

    The clock reads none of it: the steward writes the entry and the view (migration 0003 of `conferences`), which
    nobody can change. The posts of the chair and of whoever convened it are told.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, meeting, posts, people FROM conferences_take_view(%s, %s)", [reply, at])
        row = cursor.fetchone()
    if row is None:
        return None
    entry, meeting, posts, people = row
    touch(*people, message=str(message), entry=str(entry))
    for post in posts:
        tell(post=post, kind="conference_view", person=people[0], subject=meeting, at=at)
    return UUID(str(entry))

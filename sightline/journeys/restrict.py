"""Closing a record to everybody but named readers, looking at that again, and keeping one colleague away from it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.access import operations, restrictions
from sightline.access.permissions import refuse_on_emergency_alone
from sightline.access.queries import may_see, may_see_of
from sightline.access.reading_bars import BarView, get_bar, list_restrictions
from sightline.access.rules import REVIEW_WITHIN, Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.doorway.roles import MANAGERS, RECORD_READERS
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.record.operations import close_step, open_step, tell
from sightline.record.queries import list_open_steps
from sightline.workforce.models import Post
from sightline.workforce.queries import front_door_manager, get_post, list_accounts, list_occupied, manager_of

REVIEW = "review_restriction"
NOT_YOURS = "There is no such restriction or conflict among those that you review."


def may_protect(by: Actor) -> bool:
    """Whether this role decides who reads a record."""
    return by.has_role(MANAGERS)


@act("restrict_record")
def restrict_record(
    *,
    by: Actor,
    person: UUID,
    readers: Iterable[UUID],
    reviewer: UUID,
    reason: str,
    at: datetime,
    hidden: bool = True,
    review_on: date | None = None,
) -> UUID:
    """Close one person's record to all but these accounts, whatever their posts would let them see.

    Unless it is `hidden`, others find that there is a record, and whom to ring. `reviewer` is a manager's post,
    which owes a review by `review_on`: within 90 days. Being named gives nobody sight that they do not have.
    Emergency access that stands goes on to its end: whoever is with a child in danger keeps the record.
    Refuses who is no manager or may not see the person, a restriction without a reason, one that nobody could
    read, a second one, a reviewer who is no manager, and a day that is too far off.
    """
    _refuse_unless_may_protect(by, person, reason)
    named = _readable_by(readers)
    if list_restrictions(person=person):
        raise Refusal("This record is restricted already. Ask whoever reviews the restriction to change who reads it.")
    _refuse_unless_managers(reviewer)
    day = _review_day(review_on or local_day(at) + REVIEW_WITHIN, at, field="review_on")
    touch(person, readers=len(named), hidden=hidden)
    bar = operations.restrict(
        person=person, readers=named, reviewer=reviewer, reason=reason.strip(), hidden=hidden, review_on=day,
        by=by.id, at=at,
    )  # fmt: skip
    _owe_review(by=by, bar=bar, reviewer=reviewer, on=day, at=at)
    if reviewer not in by.posts:
        tell(post=reviewer, kind="restriction_yours", subject=bar, at=at)
    return bar


@act("change_readers")
def change_readers(
    *, by: Actor, bar: UUID, add: Iterable[UUID] = (), end: Iterable[UUID] = (), reason: str, at: datetime
) -> None:
    """Name more readers of a restricted record, or take some off the list, from now on.

    Refuses whoever does not review the restriction, naming oneself, a change without a reason, and one that leaves
    nobody.
    """
    found = _mine_to_review(by, bar)
    listed = {one.account for one in found.readers}
    more, fewer = set(add) - listed, set(end) & listed
    if not more and not fewer:
        raise Refusal("Choose whom to name, or whom to take off the list.", field="add")
    if by.id in more:
        raise Refusal("You cannot name yourself. The post above yours does: say why you need to read it.", field="add")
    if not reason.strip():
        raise Refusal("Say why the readers change.", field="reason")
    _readable_by((listed | more) - fewer, field="end")
    for account in more:
        restrictions.name_reader(bar=bar, account=account, at=at)
    for account in fewer:
        restrictions.end_reader(bar=bar, account=account, at=at)
    restrictions.note_readers(bar=bar, words=reason.strip(), by=by.id, at=at)
    touch(found.person, readers_named=len(more), readers_ended=len(fewer))


@act("review_restriction")
def review_restriction(
    *, by: Actor, bar: UUID, keep: bool, words: str, at: datetime, next_on: date | None = None, hidden: bool = True
) -> None:
    """Look at a restriction again: it stays, until a day within 90 days, or it is lifted from now on.

    `hidden` says anew whether others may know of it. Refuses whoever does not review it, and no reason.
    """
    found = _mine_to_review(by, bar)
    if not words.strip():
        raise Refusal("Say why it stays, or why it is lifted.", field="words")
    _close_owed(found, by=by, outcome="Stays restricted." if keep else "Lifted.", at=at)
    touch(found.person, kept=keep, hidden=hidden)
    if not keep:
        restrictions.lift_bar(bar=bar, words=words.strip(), by=by.id, at=at)
        return
    day = _review_day(next_on or local_day(at) + REVIEW_WITHIN, at, field="next_on")
    restrictions.keep_bar(bar=bar, words=words.strip(), next_on=day, by=by.id, at=at)
    restrictions.let_be_known(bar=bar, hidden=hidden)
    _owe_review(by=by, bar=bar, reviewer=found.reviewer, on=day, at=at)


@act("hand_review")
def hand_review(*, by: Actor, bar: UUID, post: UUID, words: str, at: datetime) -> None:
    """Have another manager's post look at a restriction again from now on, by the day that stood; it is told.

    For when the post itself goes: who stands in it next reviews it anyhow, and until then the post above. Refuses
    whoever does not review it, a post that is no manager's, and no reason.
    """
    found = _mine_to_review(by, bar)
    if found.is_conflict:
        raise NotFound(NOT_YOURS)
    _refuse_unless_managers(post)
    if post == found.reviewer:
        raise Refusal("That post looks at it already. Choose another one.", field="reviewer")
    if not words.strip():
        raise Refusal("Say why another post looks at it again.", field="words")
    _close_owed(found, by=by, outcome="Another post looks at it.", at=at)
    touch(found.person, post=str(post))
    _owe_review(by=by, bar=bar, reviewer=post, on=found.review_on or local_day(at) + REVIEW_WITHIN, at=at)
    if not restrictions.hand_review(bar=bar, post=post, words=words.strip(), by=by.id, at=at):
        raise NotFound(NOT_YOURS)
    if post not in by.posts:
        tell(post=post, kind="restriction_yours", subject=bar, at=at)


@act("keep_colleague_away")
def keep_colleague_away(*, by: Actor, person: UUID, colleague: UUID, reviewer: UUID, reason: str, at: datetime) -> UUID:
    """Keep one colleague from one person's record: a relative, a friend, a neighbour.

    Refuses as a restriction does. Nothing goes past it, emergency access least of all.
    """
    _refuse_unless_may_protect(by, person, reason)
    touch(person, colleague=str(colleague))
    return operations.declare_conflict(
        person=person, against=colleague, reviewer=reviewer, reason=reason.strip(), by=by.id, at=at
    )


@act("declare_own_conflict")
def declare_own_conflict(*, by: Actor, people: Iterable[UUID], reason: str, at: datetime) -> UUID:
    """Say that one knows these people. From that moment one reads nothing of theirs, and one's manager is told.

    What one owed for them stays with one's post, where the manager sees it. Only the manager's post can end it.
    Returns the key of the first. Refuses people whom one does not see, and no reason.
    """
    named = list(dict.fromkeys(people))
    if not named:
        raise Refusal("Choose at least one of those whom you know.", field="people")
    if may_see_of(people=named, section=Section.IDENTITY) != set(named):
        raise NotFound("We cannot find this person's record. Search again, or ask your manager.")
    if not reason.strip():
        raise Refusal("Say how you know them, in a few words.", field="reason")
    reviewer = _own_manager(by)
    touch(*named)
    bars = [
        operations.declare_conflict(
            person=person, against=by.id, reviewer=reviewer, reason=reason.strip(), by=by.id, at=at
        )
        for person in named
    ]
    for bar, person in zip(bars, named, strict=True):
        tell(post=reviewer, kind="conflict_declared", person=person, subject=bar, at=at)
    return bars[0]


@act("end_conflict")
def end_conflict(*, by: Actor, bar: UUID, words: str, at: datetime) -> None:
    """A conflict of interest is over, or was none. Refuses whoever does not review it, and no reason.

    Nobody reviews their own: the posts above theirs do.
    """
    found = _mine_to_review(by, bar)
    if not words.strip():
        raise Refusal("Say why it is over.", field="words")
    touch(found.person)
    restrictions.lift_bar(bar=bar, words=words.strip(), by=by.id, at=at)


def _refuse_unless_may_protect(by: Actor, person: UUID, reason: str) -> None:
    if not may_protect(by):
        raise NotPermitted("A manager decides who reads a record. Ask your team manager, and tell them why.")
    if not may_see(person=person):
        raise NotFound("We cannot find this person's record. Search again, or ask your manager.")
    refuse_on_emergency_alone([person])
    if not reason.strip():
        raise Refusal("Say why this record is closed, and to whom.", field="reason")


def _readable_by(readers: Iterable[UUID], *, field: str = "readers") -> list[UUID]:
    """Those named; refused unless at least one of them works here and reads records at all."""
    named = list(dict.fromkeys(readers))
    able = {one.id for one in list_accounts() if one.role in RECORD_READERS}
    if not able & set(named):
        raise Refusal("Name at least one person who keeps reading this record.", field=field)
    return named


def _review_day(day: date, at: datetime, *, field: str) -> date:
    """The day of the next review; refused where it has passed, or is further off than 90 days."""
    if not local_day(at) < day <= local_day(at) + REVIEW_WITHIN:
        raise Refusal("Choose a day after today, and within 90 days.", field=field)
    return day


def _owe_review(*, by: Actor, bar: UUID, reviewer: UUID, on: date, at: datetime) -> None:
    # For nobody by name: whoever reviews it need not be among those who may read the record.
    open_step(by=by, kind=REVIEW, post=reviewer, people=(), subject=bar, due_at=end_of_day(on), at=at)


def _close_owed(found: BarView, *, by: Actor, outcome: str, at: datetime) -> None:
    for step in list_open_steps(frozenset({found.reviewer}), limit=500):
        if step.kind == REVIEW and step.subject == found.id:
            close_step(by=by, step=step.id, outcome=outcome, at=at)


def _refuse_unless_managers(post: UUID) -> None:
    if get_post(post).kind != Post.Kind.MANAGER:
        raise Refusal("Choose a manager's post, which looks at it again.", field="reviewer")


def _mine_to_review(by: Actor, bar: UUID) -> BarView:
    found = get_bar(bar)
    if found is None:
        raise NotFound(NOT_YOURS)
    if not may_protect(by):
        raise NotPermitted("A manager looks at this again. Ask the manager's post above yours.")
    return found


def _own_manager(by: Actor) -> UUID:
    """The post above one's own; never a post of one's own, as long as there is another."""
    above = [manager_of(post) for post in list_occupied(by.id)]
    asked = [post for post in (*above, front_door_manager(), manager_of(front_door_manager())) if post]
    return next((post for post in asked if post not in by.posts), asked[0])
